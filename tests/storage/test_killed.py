"""The lid is closed in the middle of it: nothing acknowledged is lost, and the file is sound."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotate.model import Draft
from storage import Project, articles, importing
from storage.checking import check
from tests.shared import ROOT

KILLS = 200
STREAM = """
import sys
sys.path.insert(0, {root!r})
from pathlib import Path
from storage import Project, articles, highlights
project = Project.open(Path({path!r}))
article = project.rows("SELECT id FROM article")[0][0]
coder = project.rows("SELECT id FROM coder")[0][0]
out = sys.stdout
while True:
    made = highlights.make(article, coder, None, [(0, 5)], memo="x" * 3000)
    project.do("Mark", lambda step: highlights.add(step, [made]))
    out.write(made.id + "\\n"); out.flush()
    project.do("Memo", lambda step: highlights.edit(step, [made.id], memo="y"))
    out.write(made.id + " y\\n"); out.flush()
    project.undo()
    out.write(made.id + " x\\n"); out.flush()
"""


@pytest.mark.slow
def test_killed_two_hundred_times_it_holds_every_acknowledged_step(tmp_path: Path) -> None:
    path = tmp_path / "killed.postil"
    with Project.create(path) as project:
        from storage import coders

        project.do("Begin", lambda step: coders.ensure(step, "Ana"))
        project.do("Add", lambda s: articles.add(s, [Draft(text="Some words", title="t")], ["t"], [None]))
    source = STREAM.format(root=str(ROOT), path=str(path))
    chance = random.Random(7)
    acknowledged: dict[str, str] = {}
    parent = subprocess.Popen([sys.executable, "-c", FORKS, source], stdin=-1, stdout=-1, text=True)
    assert parent.stdin is not None
    assert parent.stdout is not None
    for at in range(KILLS):
        parent.stdin.write("go\n")
        parent.stdin.flush()
        pid = int(parent.stdout.readline())
        wanted = chance.randint(0, 9)
        lines = [parent.stdout.readline() for _ in range(wanted)]
        time.sleep(chance.random() * 0.004)
        os.kill(pid, signal.SIGKILL)
        while (line := parent.stdout.readline().rstrip("\n")) != "dead":
            lines.append(line)
        for line in lines:
            parts = line.split()
            if len(parts) == 1 and len(parts[0]) == 36:
                acknowledged[parts[0]] = "x" * 3000
            elif len(parts) == 2 and parts[1] in "xy":
                acknowledged[parts[0]] = "y" if parts[1] == "y" else "x" * 3000
        if at % 10 == 0 or at == KILLS - 1:
            with Project.open(path) as project:
                assert project.value("PRAGMA integrity_check") == "ok"
                held = dict(project.rows("SELECT id, memo FROM highlight"))
            for id, memo in acknowledged.items():
                assert id in held
                assert held[id] in (memo, "y", "x" * 3000), "one step more may be in, none less"
    parent.stdin.close()
    parent.stdout.close()
    parent.wait()
    assert len(acknowledged) > KILLS / 4
    with Project.open(path) as project:
        assert check(project) == []
    assert not path.with_name(path.name + "-wal").exists()


# A parent that imported everything forks a child for each life, so that 200 lives take seconds.
FORKS = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
import storage.highlights, storage.articles
source = sys.argv[1]
for _ in sys.stdin:
    pid = os.fork()
    if pid == 0:
        exec(source)
    print(pid, flush=True)
    os.waitpid(pid, 0)
    print("\\ndead", flush=True)
"""


def test_a_killed_import_keeps_what_came_in_and_can_go_on(tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for at in range(60):
        (files / f"{at:02}.txt").write_text(f"Title {at}\n" + f"words {at} " * 400, encoding="utf-8")
    path = tmp_path / "study.postil"
    Project.create(path).close()
    source = f"""
import sys, os
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from storage import Project, importing
def progress(now):
    if now.done == 40:
        os.kill(os.getpid(), 9)
    return True
importing.Importer(Project.open(Path({str(path)!r})), beside=True, progress=progress).run([Path({str(files)!r})])
"""
    done = subprocess.run([sys.executable, "-c", source], check=False)
    assert done.returncode == -signal.SIGKILL
    with Project.open(path) as project:
        assert check(project) == []
        came_in = articles.count(project)
        (left,) = importing.unfinished(project)
        assert 0 < came_in <= 40
        assert came_in + len(left.paths) >= 60
        assert project.undoable() is None, "an import that may still run is not offered for undo"
        importing.seal(project, left.run)
        report = importing.Importer(project).run([Path(each) for each in left.paths])
        assert articles.count(project) == 60
        assert report.failures == []
        project.undo()
        project.undo()
        assert articles.count(project) == 0
