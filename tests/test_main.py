"""The command line as scripts meet it: processes of their own, other writers beside them, odd surroundings."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storage import Project
from tests.shared import ROOT, shared
from ui.commands import postil

Run = Callable[..., Result]


def process(*words: object, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(ROOT / "main.py"), *(str(word) for word in words)]
    return subprocess.run(command, cwd=cwd, env=os.environ | env, capture_output=True)


def run(*words: object) -> Result:
    return CliRunner().invoke(postil, [str(word) for word in words])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project with one article."""
    (tmp_path / "a.txt").write_text("A title\nThe Kestrel\nSome words 😀 and é more.\n", encoding="utf-8")
    path = tmp_path / "study.postil"
    assert run("new", path, "--taxonomy", "policy-frames").exit_code == 0
    assert run("import", path, tmp_path / "a.txt").exit_code == 0
    return path


def test_a_whole_sitting_from_another_folder(path: Path) -> None:
    here = path.parent
    marks = '{"article": "A title", "start": 0, "end": 7, "code": "pfc:1"}\n'
    (here / "marks.jsonl").write_text(marks, encoding="utf-8")
    done = process("highlights", "import", "study.postil", "marks.jsonl", "--coder", "Zoë", cwd=here)
    assert (done.returncode, done.stderr) == (0, b"")
    done = process("export", "study.postil", "out.jsonl", "--format", "jsonl", cwd=here)
    assert (done.returncode, done.stderr) == (0, b"")
    (line,) = (here / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["coder"] == "Zoë"


@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"}, {"LC_ALL": "C"}]
)
def test_json_can_be_read_whatever_the_terminal_speaks(path: Path, env: dict[str, str]) -> None:
    done = process("search", path, "words", "--json", cwd=path.parent, **env)
    assert (done.returncode, done.stderr) == (0, b"")
    (hit,) = json.loads(done.stdout)["hits"]
    assert "😀 and é" in hit["snippet"]
    assert process("search", path, "words", cwd=path.parent, **env).returncode == 0


def test_a_pipe_that_closes_early_is_no_mistake_of_ours(path: Path) -> None:
    command = [sys.executable, str(ROOT / "main.py"), "articles", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert b"Error" not in running.stderr.read()
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], "No such command 'nonsense'."),
        (["info"], "Missing argument 'PROJECT'. See: "),
        (["info", "x.postil", "--nonsense"], "--nonsense"),
        (["search", "x.postil", "word", "--limit", "many"], "many"),
        (["export", "x.postil", "out"], "--format"),
        (["taxonomy", "x.postil", "burn"], "burn"),
        (["info", "x.postil"], "There is no project at x.postil."),
        (["restore", "x.postil"], "There is no project at x.postil"),
        (["screenshot", "x.postil", "x.png", "--size", "large"], "1280x800"),
        (["screenshot", "x.postil", "x.png", "--size", "0x800"], "1280x800"),
    ],
)
def test_usage_is_corrected_in_one_line_and_exits_with_2(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_mistake_of_our_own_is_one_sentence_too(path: Path) -> None:
    with closing(sqlite3.connect(path)) as outside:
        outside.execute("ALTER TABLE highlight RENAME TO elsewhere")
    done = process("export", path, "out", "--format", "csv", cwd=path.parent)
    assert done.returncode == 2
    assert done.stderr.startswith(b"Error: Postil made a mistake of its own (OperationalError")
    assert done.stderr.count(b"\n") == 1
    assert not (path.parent / "out").exists()
    done = process("export", path, "out", "--format", "csv", cwd=path.parent, POSTIL_TRACE="1")
    assert b"Traceback" in done.stderr


def test_a_projects_path_alone_opens_it(tmp_path: Path) -> None:
    result = run(tmp_path / "missing.postil")
    assert result.exit_code == 2
    assert "There is no project at" in result.stderr


def test_another_long_write_is_waited_for_and_then_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.project.BUSY_SECONDS", 0.2)
    (path.parent / "b.txt").write_text("Another\nwords\n", encoding="utf-8")
    with Project.open(path) as other, other.unlogged():
        result = run("import", path, path.parent / "b.txt")
        assert result.exit_code == 2
        assert "busy" in result.stderr
        assert run("info", path).exit_code == 0
        assert run("check", path).exit_code == 0
    assert run("import", path, path.parent / "b.txt").exit_code == 0


def test_nothing_is_asked_when_no_one_is_there(path: Path) -> None:
    for words in (["demo", "--at", path], ["restore", path], ["taxonomy", path, "import"], ["new", path]):
        command = [sys.executable, str(ROOT / "main.py"), *(str(word) for word in words)]
        assert subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60
        ).returncode in (0, 2)


def test_no_export_or_picture_replaces_a_project(path: Path) -> None:
    before = path.read_bytes()
    assert "another name" in run("export", path, path, "--format", "csv").stderr
    assert "another name" in run("taxonomy", path, "export", "--out", path).stderr
    assert "another name" in run("screenshot", path, path).stderr
    assert path.read_bytes() == before


def test_an_export_of_what_is_not_there_makes_no_file(path: Path) -> None:
    out = path.parent / "out.csv"
    for words in (["--coder", "Nobody"], ["--code", "cap:1"], ["--article", "None"], ["--state", "lost"]):
        assert run("export", path, out, "--format", "csv", *words).exit_code == 2
        assert not out.exists()


def test_a_taxonomy_goes_to_the_named_file_and_back(path: Path) -> None:
    for name in ("frames.csv", "frames.json"):
        out = path.parent / name
        assert run("taxonomy", path, "export", out).exit_code == 0
        other = path.with_name(name + ".postil")
        assert run("new", other).exit_code == 0
        assert run("taxonomy", other, "import", out).exit_code == 0
        assert run("taxonomy", other, "export").stdout == run("taxonomy", path, "export").stdout
    assert "policy-frames" in run("taxonomy", path, "export", "frames").stderr


def test_the_sample_news_article_keeps_its_text(tmp_path: Path) -> None:
    sample = shared("samples/news-article.txt")
    path = tmp_path / "study.postil"
    run("new", path)
    report = json.loads(run("import", path, sample, "--json").stdout)
    assert len(report["articles"]) == 1
    assert len(report["run_on"]) == 1
    (article,) = json.loads(run("articles", path, "--json").stdout)["articles"]
    text = sample.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    assert article["characters"] == len(text)
    assert article["title"]
    assert article["outlet"]


@pytest.mark.skipif(sys.platform == "win32", reason="folders that may not be written, as on Unix")
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_looking_works_in_a_folder_that_may_not_be_written(path: Path) -> None:
    path.parent.chmod(0o555)
    try:
        for command in ("info", "check", "articles"):
            assert run(command, path).exit_code == 0
        assert "cannot be written" in run("import", path, path.parent / "a.txt").stderr
    finally:
        path.parent.chmod(0o755)


def test_what_a_killed_program_left_is_looked_at_without_a_change(path: Path) -> None:
    killed = (
        "import os, sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from storage import Project, coders\n"
        "project = Project.open(Path(sys.argv[2]))\n"
        "project.do('Add', lambda step: coders.ensure(step, 'Zoe')); os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", killed, str(ROOT), str(path)], check=False)
    log = path.with_name(path.name + "-wal")
    before = path.read_bytes(), log.read_bytes(), sorted(each.name for each in path.parent.iterdir())
    assert "Zoe" in run("info", path).stdout
    assert run("check", path).exit_code == 0
    assert (
        path.read_bytes(),
        log.read_bytes(),
        sorted(each.name for each in path.parent.iterdir()),
    ) == before


def test_an_encrypted_file_comes_in_with_its_password(path: Path) -> None:
    locked = shared("samples/pdf/password-example.pdf")
    without = process("import", path, locked, cwd=path.parent)
    assert without.returncode == 2
    assert b"is encrypted; give its password" in without.stderr
    done = run("import", path, locked, "--password", "no", "--password", "test", "--json")
    report = json.loads(done.stdout)
    assert (done.exit_code, len(report["articles"]), report["failures"]) == (0, 1, [])


def test_the_terminal_is_asked_for_a_password(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = shared("samples/pdf/password-example.pdf")
    monkeypatch.setattr("ui.commands.texts.is_terminal", lambda: True)
    done = CliRunner().invoke(postil, ["import", str(path), str(locked)], input="test\n")
    assert done.exit_code == 0, done.output
    assert "1 article added" in done.stdout
