"""What scripts rely on: commands, their answers, their exit codes. Later versions only add to it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from annotate.text import text_hash
from ui.commands import postil

TEXT = "\ufeff\r\nA title\r\nThe Kestrel\r\nSome words 😀 and e\u0301 more.\r\n"
STORED = "\nA title\nThe Kestrel\nSome words 😀 and e\u0301 more.\n"


class Study:
    """A project file and the commands on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "study.postil"

    def run(self, *words: object, code: int = 0) -> Result:
        result = CliRunner().invoke(postil, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result

    def json(self, *words: object, code: int = 0):
        return json.loads(self.run(*words, "--json", code=code).stdout)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_bytes(text.encode())
        return path

    def marks(self, *lines: dict) -> Path:
        return self.write("marks.jsonl", "".join(json.dumps(line) + "\n" for line in lines))


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study(tmp_path)
    made.run("new", made.path, "--title", "Study", "--taxonomy", "policy-frames", "--taxonomy", "cap")
    made.run("import", made.path, made.write("a.txt", TEXT))
    return made


def test_plain_text_is_stored_as_decoded(study: Study) -> None:
    (article,) = study.json("articles", study.path)["articles"]
    assert set(article) >= {"id", "title", "outlet", "date", "state", "characters", "highlights", "hash"}
    assert article["title"] == "A title"
    assert article["outlet"] == "The Kestrel"
    assert article["state"] == "to do"
    assert article["characters"] == len(STORED)
    assert article["hash"] == text_hash(STORED)
    assert article["highlights"] == 0


def test_articles_come_in_the_order_of_import(study: Study) -> None:
    for name in ("z", "b", "m"):
        study.run("import", study.path, study.write(f"{name}.txt", f"Title {name}\nwords of {name}\n"))
    titles = [each["title"] for each in study.json("articles", study.path)["articles"]]
    assert titles == ["A title", "Title z", "Title b", "Title m"]


def test_a_known_text_is_a_duplicate_and_no_failure(study: Study) -> None:
    report = study.json("import", study.path, study.folder / "a.txt", study.folder / "a.txt")
    assert (len(report["articles"]), len(report["duplicates"]), report["failures"]) == (0, 2, [])


def test_a_near_duplicate_comes_in_and_is_told(study: Study) -> None:
    words = " ".join(f"word{at}" for at in range(200))
    study.run("import", study.path, study.write("one.txt", f"{words} end\n"))
    path = study.write("two.txt", f"{words} finish\n")
    report = study.json("import", study.path, path)
    (told,) = report["near"]
    assert told["article"] == report["articles"][0]
    assert set(told) == {"article", "of", "similarity", "contained", "title", "of_title"}
    assert 0.98 < told["similarity"] < 1
    result = study.run("import", study.path, study.write("three.txt", f"{words} ends here\n"))
    assert "1 near duplicate, 0 failed" in result.output
    assert "near duplicate: " in result.output
    both = study.json("near", study.path)["near"]
    assert both[0] == told | {"kept": False}
    assert [each["of"] for each in both] == [told["of"], told["of"]]
    assert study.run("near", study.path).output.count("% alike (“") == 2
    assert study.json("near", study.path, "--threshold", "1") == {"near": []}
    assert study.run("near", study.path, "--threshold", "1").output == "No near duplicates.\n"
    study.run("near", study.path, "--threshold", "0.2", code=2)


def test_some_files_fail_and_the_rest_comes_in(study: Study) -> None:
    good, bad = study.write("good.txt", "Good\nwords\n"), study.folder / "none.txt"
    result = study.run("import", study.path, bad, good, code=1)
    assert "none.txt" in result.stderr
    assert len(study.json("articles", study.path)["articles"]) == 2
    study.run("import", study.path, bad, code=2)


def test_a_run_on_article_is_only_reported_unless_split(study: Study) -> None:
    body = (
        "The minister said on Tuesday that the plan would be carried out. Others in the house disagreed. " * 4
    )
    first = f"Ministers split over the plan for the harbour\nThe Kestrel\n{body}\n{body}It was late.\n"
    text = f"{first}\nCourt stops the first flight of the season\n{body}The court was full.\n\n\n"
    path = study.write("two.txt", text)
    report = study.json("import", study.path, path)
    assert len(report["articles"]) == 1
    assert len(report["run_on"]) == 1
    other = Study(study.folder / "other")
    other.folder.mkdir()
    other.run("new", other.path)
    report = other.json("import", other.path, path, "--split")
    assert len(report["articles"]) == 2


def test_shipped_taxonomies_are_listed(study: Study) -> None:
    listed = study.json("taxonomies")["taxonomies"]
    slugs = "policy-frames cap marpor generic-frames demig political-claims persuasion-techniques cofog sdg iptc-top"
    assert {each["slug"] for each in listed} == set(slugs.split())
    assert all(each["title"] and each["licence"] and each["codes"] > 0 for each in listed)


def test_highlights_come_in_by_id_hash_or_title_and_code(study: Study) -> None:
    (article,) = study.json("articles", study.path)["articles"]
    start = STORED.index("and e")
    file = study.marks(
        {"article": article["id"], "start": 1, "end": 8, "quote": "A title", "code": "pfc:5", "coder": "Ben"},
        {"article": article["hash"], "start": start, "end": start + 3, "quote": "and", "code": "policy-frames:1"},
        {"article": "A title", "start": start, "end": start + 6, "code": None, "memo": "m", "certainty": "sure"},
        {"article": "A title", "start": 1, "end": start + 3, "parts": [[1, 8], [start, start + 3]], "code": "cap:900"},
    )  # fmt: skip
    assert study.json("highlights", "import", study.path, file, "--coder", "Ana")["added"] == 4
    assert study.json("articles", study.path)["articles"][0]["highlights"] == 4
    again = study.json("highlights", "import", study.path, file, "--coder", "Ana")
    assert (again["added"], again["doubles"]) == (0, [1, 2, 3, 4])
    assert study.json("info", study.path)["coders"] == ["Ana", "Ben"] or set(
        study.json("info", study.path)["coders"]
    ) == {"Ana", "Ben"}


BAD = [
    ({"article": "nobody", "start": 0, "end": 1}, "No article"),
    ({"article": "A title", "start": 5, "end": 5}, "does not fit"),
    ({"article": "A title", "start": 0, "end": 10_000}, "does not fit"),
    ({"article": "A title", "start": -1, "end": 4}, "not a whole number"),
    ({"article": "A title", "start": "0", "end": 4}, "not a whole number"),
    ({"article": "A title", "start": 1, "end": 8, "quote": "B title"}, "quote differs"),
    ({"article": "A title", "start": 1, "end": 8, "code": "policy-frames:999"}, "no code"),
    ({"article": "A title", "end": 8}, "missing"),
]


@pytest.mark.parametrize(("line", "reason"), BAD)
def test_a_line_that_does_not_fit_stops_all_unless_skipped(study: Study, line: dict, reason: str) -> None:
    good = {"article": "A title", "start": 1, "end": 8}
    file = study.marks(good, line)
    result = study.run("highlights", "import", study.path, file, "--coder", "Ana", code=2)
    assert "line 2" in result.stderr
    assert reason in result.stderr
    assert study.json("info", study.path)["highlights"] == 0
    study.run("highlights", "import", study.path, file, "--coder", "Ana", "--skip-bad", code=1)
    assert study.json("info", study.path)["highlights"] == 1


def test_annotations_of_other_programs_come_in_with_texts_and_codes(study: Study) -> None:
    folder = study.folder / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("Kestrel news from Osk", encoding="utf-8")
    (folder / "a.ann").write_text(
        "T1\tOrg 0 7\tKestrel\nT2\tPlace 18 21\tOsk\nT3\tOrg 90 95\twrong\n", encoding="utf-8"
    )
    looked = study.json("import-annotations", study.path, folder, "--coder", "Ana", "--dry-run", code=1)
    assert (looked["format"], looked["added"], looked["codes"], len(looked["articles"])) == ("brat", 2, 2, 1)
    assert looked["bad"] == [{"mark": 3, "reason": "“wrong” is not what the text has there"}]
    before = study.json("info", study.path)
    assert before["highlights"] == 0
    result = study.run("import-annotations", study.path, folder, "--coder", "Ana", code=1)
    assert (
        "2 highlights added; 0 were there already; 1 article added, 0 were there; 2 codes added"
        in result.stdout
    )
    assert "corpus, mark 3: “wrong”" in result.stderr
    assert study.json("info", study.path)["highlights"] == 2
    again = study.json("import-annotations", study.path, folder, "--coder", "Ana", code=1)
    assert (again["added"], again["doubles"], again["codes"], again["articles"]) == (0, [1, 2], 0, [])


def test_a_project_goes_through_every_format_that_reads_back(study: Study) -> None:
    file = study.marks({"article": "A title", "start": 1, "end": 8, "code": "pfc:5", "memo": "é\n😀"})
    study.run("highlights", "import", study.path, file, "--coder", "Ana")
    for name in ("qdpx", "w3c", "brat", "xmi", "cas-json", "label-studio", "doccano", "prodigy", "jsonl"):
        out = study.folder / f"out.{name}"
        study.run("export", study.path, out, "--format", name)
        back = study.json("import-annotations", study.path, out, "--dry-run")
        assert (back["format"], back["added"], back["doubles"], back["codes"]) == (name, 0, [1], 0), back


def test_formats_of_annotations_are_listed_without_a_project(study: Study) -> None:
    assert "REFI-QDA project" in study.run("import-annotations", "--list-formats").stdout
    result = study.run("import-annotations", study.path, study.folder / "a.txt", code=2)
    assert "name its format with --format" in result.stderr


def test_a_line_without_a_coder_needs_one(study: Study) -> None:
    file = study.marks({"article": "A title", "start": 1, "end": 8})
    assert "coder" in study.run("highlights", "import", study.path, file, code=2).stderr


def test_export_writes_what_import_reads(study: Study) -> None:
    file = study.marks(
        {"article": "A title", "start": 1, "end": 8, "code": "pfc:5", "memo": "=1+1"},
        {"article": "A title", "start": 2, "end": 30, "parts": [[2, 5], [20, 30]], "code": None},
    )
    study.run("highlights", "import", study.path, file, "--coder", "Ana")
    out = study.folder / "out.anything"
    study.run("export", study.path, out, "--format", "jsonl")
    first = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(each["start"], each["end"], each["code"]) for each in first] == [(1, 8, "pfc:5"), (2, 30, None)]
    assert first[0]["quote"] == "A title"
    other = Study(study.folder / "other")
    other.folder.mkdir()
    other.run("new", other.path, "--taxonomy", "policy-frames")
    other.run("import", other.path, study.folder / "a.txt")
    other.run("highlights", "import", other.path, study.rewritten(out, other))
    again = other.folder / "again.jsonl"
    other.run("export", other.path, again, "--format", "jsonl")
    second = [json.loads(line) for line in again.read_text(encoding="utf-8").splitlines()]
    keys = ("start", "end", "parts", "quote", "code", "coder", "memo", "created", "modified", "text_hash")
    assert [[each.get(key) for key in keys] for each in second] == [
        [each.get(key) for key in keys] for each in first
    ]


def rewritten(self: Study, out: Path, other: Study) -> Path:
    """The same lines naming articles by text hash, as a colleague with the same texts would."""
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    return other.marks(*({**line, "article": line["text_hash"]} for line in lines))


Study.rewritten = rewritten  # type: ignore[attr-defined]


def test_csv_says_what_is_asked_and_no_text_leaves_it_out(study: Study) -> None:
    file = study.marks(
        {"article": "A title", "start": 1, "end": 8, "code": "pfc:5", "memo": "=1+1"},
        {"article": "A title", "start": 1, "end": 8, "code": "cap:900", "coder": "Ben"},
    )
    study.run("highlights", "import", study.path, file, "--coder", "Ana")
    out = study.folder / "out.csv"
    study.run("export", study.path, out, "--format", "csv", "--coder", "Ana", "--code", "policy-frames:5")
    (row,) = table(out)
    assert (row["quote"], row["notation"], row["taxonomy"], row["coder"]) == (
        "A title",
        "5",
        "policy-frames",
        "Ana",
    )
    assert row["memo"] == "=1+1"
    study.run("export", study.path, out, "--format", "csv", "--no-text")
    assert "A title" not in [row.get("quote") for row in table(out)]
    study.run("export", study.path, out, "--format", "csv", "--for-spreadsheet")
    assert "'=1+1" in out.read_text(encoding="utf-8-sig")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_formats_are_listed(study: Study) -> None:
    formats = study.json("export", study.path, "--list-formats")["formats"]
    assert {"csv", "jsonl"} <= {each["name"] for each in formats}
    assert all(set(each) == {"name", "suffix", "available"} for each in formats)


def test_an_export_that_fails_leaves_nothing(study: Study) -> None:
    assert (
        "no format" in study.run("export", study.path, study.folder / "x", "--format", "nope", code=2).stderr
    )
    missing = study.folder / "nowhere" / "x.csv"
    assert "not written" in study.run("export", study.path, missing, "--format", "csv", code=2).stderr
    assert sorted(path.name for path in study.folder.iterdir()) == ["a.txt", "study.postil"]


def test_demo_is_refused_over_a_file(study: Study) -> None:
    before = study.path.read_bytes()
    assert "already there" in study.run("demo", "--at", study.path, "--no-window", code=2).stderr
    assert study.path.read_bytes() == before


@pytest.mark.parametrize("command", ["info", "check", "articles"])
def test_looking_creates_and_changes_nothing(study: Study, command: str) -> None:
    missing, empty = study.folder / "missing.postil", study.write("empty.postil", "")
    study.run(command, missing, code=2)
    assert not missing.exists()
    study.run(command, empty, code=2)
    assert empty.read_bytes() == b""
    before, stamp = study.path.read_bytes(), study.path.stat().st_mtime_ns
    study.run(command, study.path)
    assert (study.path.read_bytes(), study.path.stat().st_mtime_ns) == (before, stamp)
    assert sorted(path.name for path in study.folder.iterdir()) == ["a.txt", "empty.postil", "study.postil"]


def test_errors_are_one_sentence_on_standard_error(study: Study) -> None:
    result = study.run("info", study.folder / "nothing.postil", code=2)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    study.run("new", study.path, code=2)
    study.run("new", study.folder / "x.postil", "--taxonomy", "nope", code=2)
    assert not (study.folder / "x.postil").exists()
    study.run("no-such-command", code=2)


def test_every_command_explains_itself(study: Study) -> None:
    for name in postil.commands:
        assert "Usage" in study.run(name, "--help").output


def test_a_taxonomy_goes_out_and_comes_in(study: Study) -> None:
    out = study.folder / "frames.csv"
    study.run("taxonomy", study.path, "export", "policy-frames", "--out", out)
    other = Study(study.folder / "other")
    other.folder.mkdir()
    other.run("new", other.path)
    assert other.json("taxonomy", other.path, "import", out, "--slug", "mine")["codes"] == 27
    keys = ("id", "notation", "label", "definition")
    mine, frames = (
        [[code.get(key) for key in keys] for code in each.json("taxonomy", each.path, "show", slug)["codes"]]
        for each, slug in ((other, "mine"), (study, "policy-frames"))
    )
    assert mine == frames
    listed = other.json("taxonomy", other.path, "list")["taxonomies"]
    assert [(each["slug"], each["codes"]) for each in listed] == [("mine", 27)]


def test_search_finds_words_and_phrases(study: Study) -> None:
    (hit,) = study.json("search", study.path, "words more")["hits"]
    assert hit["title"] == "A title"
    assert study.json("search", study.path, '"more words"')["hits"] == []
    assert study.json("search", study.path, '"*(')["hits"] == []


def test_backup_and_back(study: Study) -> None:
    study.run("backup", study.path)
    study.run("import", study.path, study.write("b.txt", "Another\nwords\n"))
    assert len(study.json("restore", study.path)["backups"]) == 1
    study.run("restore", study.path, "--latest")
    assert len(study.json("articles", study.path)["articles"]) == 1
    assert len(study.json("restore", study.path)["backups"]) == 2, "the state before is kept"


def test_writing_goes_through_while_a_window_holds_the_project(study: Study) -> None:
    from storage import Project

    with Project.open(study.path, hold=True) as project:
        study.run("import", study.path, study.write("b.txt", "Another\nwords\n"))
        change = project.poll()
        assert change is not None
        assert len(change.ids["article"]) == 1
        assert "open in another window" in study.run("restore", study.path, study.path, code=2).stderr
        assert study.json("info", study.path)["articles"] == 2


def test_a_file_name_that_is_no_unicode_comes_in(study: Study) -> None:
    import os

    name = os.fsencode(study.folder) + b"/caf\xe9.txt"
    try:
        with open(name, "wb") as file:
            file.write(b"A caf\xc3\xa9\nwords in it\n")
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    report = study.json("import", study.path, os.fsdecode(name))
    assert len(report["articles"]) == 1


def test_the_file_an_article_came_from_is_given_back_identical(study: Study) -> None:
    (article,) = study.json("articles", study.path)["articles"]
    study.run("article", "original", study.path, article["id"], study.folder / "back.txt")
    assert (study.folder / "back.txt").read_bytes() == TEXT.encode()
    study.run("import", study.path, study.write("b.txt", "Not kept"), "--no-original")
    other = study.json("articles", study.path)["articles"][1]["id"]
    gone = study.run("article", "original", study.path, other, study.folder / "no.txt", code=2)
    assert "was not kept" in gone.stderr
    assert not (study.folder / "no.txt").exists()


def test_a_table_comes_in_by_its_columns(study: Study) -> None:
    table = study.write(
        "t.csv", "headline,when,body,reach\nOne,2025-03-01,The first text,12\nTwo,2025,The second,14\n"
    )
    words = (
        "import",
        study.path,
        table,
        "--map",
        "text=body",
        "--map",
        "title=headline",
        "--map",
        "date=when",
    )
    look = study.json(*words, "--dry-run")
    assert ([told["what"] for told in look["expected"]], look["articles"]) == (["One", "Two"], [])
    assert len(study.json("articles", study.path)["articles"]) == 1
    study.run(*words, "--attribute", "round=1")
    rows = study.json("articles", study.path)["articles"][1:]
    assert [(row["title"], row["date"]) for row in rows] == [("One", "2025-03-01"), ("Two", "2025")]
    for wrong in ("text=nothing", "colour=body", "text"):
        told = study.run("import", study.path, table, "--map", wrong, code=2)
        assert told.stderr.count("\n") == 1


def test_fields_are_defined_filled_and_told(study: Study) -> None:
    (article,) = study.json("articles", study.path)["articles"]
    study.run(
        "fields", "define", study.path, "leaning", "--kind", "choice", "--choice", "left", "--choice", "right"
    )
    study.run("fields", "set", study.path, article["id"], "leaning=left", "outlet=CNN")
    study.run("fields", "set", study.path, article["id"], "leaning=north", code=2)
    table = study.write("f.csv", f"id,reach\n{article['id']},12\nnobody,3\n")
    told = study.json("fields", "import", study.path, table, "--key", "id", code=1)
    assert told == {"articles": 1, "unknown": ["nobody"]}
    study.run("fields", "from-names", study.path, "{letter}")
    (article,) = study.json("articles", study.path)["articles"]
    assert article["attributes"] == {"leaning": "left", "reach": "12", "letter": "a"}
    names = [each["name"] for each in study.json("fields", "list", study.path)["fields"]]
    assert names == ["leaning", "letter", "reach"]


def test_reports_of_imports_and_what_was_left_out_are_told(study: Study) -> None:
    (report,) = study.json("imports", study.path)["imports"]
    assert (report["files"], len(report["articles"])) == (1, 1)
    (article,) = study.json("articles", study.path)["articles"]
    assert study.json("article", "left-out", study.path, article["id"]) == {"lines": []}


@pytest.mark.skipif(os.name != "posix", reason="the limit is the system's")
def test_an_import_that_fills_the_disk_says_what_is_in_and_can_be_repeated(study: Study) -> None:
    texts = study.folder / "texts"
    texts.mkdir()
    for at in range(1500):
        (texts / f"{at:04}.txt").write_text(f"Text {at}. " + "Words of it. " * 120)
    limit = study.path.stat().st_size + 3_000_000
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    run = "from ui.commands import postil; postil()"
    done = subprocess.run(
        [sys.executable, "-c", f"{limited}; {run}", "import", study.path, texts],
        capture_output=True, text=True, cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert done.returncode == 1, done
    (said,) = done.stderr.splitlines()
    assert "was not stored" in said
    assert said.endswith("the same command adds the rest.")
    added = study.json("info", study.path)["articles"] - 1
    assert 0 < added < 1500
    assert f"{added:,} articles added" in done.stdout
    assert study.json("check", study.path)
    report = study.json("import", study.path, texts)
    assert (len(report["articles"]), len(report["duplicates"])) == (1500 - added, added)


def test_an_export_is_narrowed_made_anonymous_looked_at_and_kept(study: Study) -> None:
    study.run(
        "import", study.path, study.write("b.txt", "Another text\n\nwith words.\n"), "--attribute", "reach=12"
    )
    first, second = study.json("articles", study.path)["articles"]
    marks = "".join(
        json.dumps({"article": each["id"], "start": 1, "end": 5, "coder": coder}) + "\n"
        for each, coder in ((first, "Ana"), (second, "Ben"))
    )
    study.run("highlights", "import", study.path, study.write("m.jsonl", marks))
    out = study.folder / "out.csv"
    look = study.json("export", study.path, "--format", "csv", "--filter", "reach>10", "--dry-run")
    assert (look["rows"], look["articles"], look["highlights"]) == (1, 1, 1)
    assert not out.exists()
    words = ("--format", "csv", "--filter", "reach>10", "--anonymous", "--keep-preset", "far")
    study.run("export", study.path, out, *words)
    (row,) = csv.DictReader(out.read_text("utf-8").splitlines())
    assert (row["article"], row["coder"]) == (second["id"], "Coder 2")
    again = study.json("export", study.path, study.folder / "again.csv", "--preset", "far")
    assert (again["format"], again["rows"]) == ("csv", 1)
    all_ = study.json(
        "export",
        study.path,
        study.folder / "all.jsonl",
        "--preset",
        "far",
        "--format",
        "jsonl",
        "--filter",
        "",
    )
    assert all_["rows"] == 2
    assert "no preset" in study.run("export", study.path, out, "--preset", "near", code=2).stderr
