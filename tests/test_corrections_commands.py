"""Texts corrected, names replaced and earlier texts purged from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_contract import Study

TEXT = "A title\n\nAngela Merkel spoke of the law.\nThe law was new.\n"


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study(tmp_path)
    made.run("new", made.path, "--title", "Study", "--taxonomy", "policy-frames")
    made.run("import", made.path, made.write("a.txt", TEXT), made.write("b.txt", "Other\n\nMerkel again.\n"))
    return made


def first(study: Study) -> str:
    return study.json("articles", study.path)["articles"][0]["id"]


def test_a_text_is_corrected_and_its_versions_are_listed(study: Study) -> None:
    id = first(study)
    at = TEXT.index("the law")
    study.run(
        "highlights",
        "import",
        study.path,
        study.marks({"article": id, "start": at, "end": at + 7}),
        "--coder",
        "A",
    )
    assert "never corrected" in study.run("article", "versions", study.path, id).output
    new = study.write("new.txt", TEXT.replace("spoke of the law", "spoke"))
    report = study.json("article", "correct", study.path, id, new, "--reason", "shorter", "--coder", "Ben")
    assert (report["corrected"], len(report["lost"])) == ([id], 1)
    last, one = study.json("article", "versions", study.path, id)["versions"]
    assert (last["number"], last["coder"], last["reason"], last["present"]) == (2, "Ben", "shorter", True)
    assert one["number"] == 1
    assert study.run("article", "versions", study.path, id, "--show", "1").stdout == TEXT
    (lost,) = study.json("highlights", "lost", study.path)["lost"]
    assert (lost["quote"], lost["coder"]) == ("the law", "A")
    assert study.json("check", study.path)["ok"]
    assert "Nothing was changed" in study.run("article", "correct", study.path, id, new).output


def test_words_are_replaced_after_a_look(study: Study) -> None:
    shown = study.json("replace", study.path, "law", "act", "--words", "--dry-run")
    assert (shown["places"], len(shown["articles"])) == (2, 1)
    assert "[law → act]" in study.run("replace", study.path, "law", "act", "--dry-run").output
    assert study.json("replace", study.path, "law", "act")["replaced"] == 2
    again = study.run("replace", study.path, "law", "act")
    assert "Nothing was changed" in again.output
    study.run("replace", study.path, r"(\w+)\.", r"<\1>", "--regex")
    assert "cannot be read" in study.run("replace", study.path, "(", "", "--regex", code=2).stderr


def test_names_become_pseudonyms(study: Study) -> None:
    names = study.write("names.csv", "name,pseudonym\nAngela Merkel,Person A\nMerkel,Person A\n")
    assert study.json("pseudonyms", study.path, names, "--dry-run")["places"] == 2
    assert study.json("pseudonyms", study.path, names)["replaced"] == 2
    assert study.json("search", study.path, "Merkel")["hits"] == []
    assert b"Merkel" in study.path.read_bytes()


def test_a_purge_asks_first_and_is_thorough(study: Study) -> None:
    names = study.write("names.csv", "Angela Merkel,Person A\nMerkel,Person B\n")
    study.run("backup", study.path)
    study.run("pseudonyms", study.path, names)
    ids = [each["id"] for each in study.json("articles", study.path)["articles"]]
    asked = study.run("article", "purge", study.path, *ids, code=2)
    assert "2 earlier texts, 2 original files" in asked.output
    assert "--yes" in asked.stderr
    done = study.json("article", "purge", study.path, *ids, "--yes")
    assert (done["rewritten"], len(done["backups"])) == (True, 1)
    data = study.path.read_bytes()
    assert b"Merkel" not in data
    assert b"merkel" not in data
    assert study.json("check", study.path)["ok"]
    (present,) = study.json("article", "versions", study.path, ids[0])["versions"]
    assert present["number"] == 2


def test_what_was_removed_can_be_purged(study: Study) -> None:
    from storage import Project, articles

    study.run("article", "purge", study.path, code=2)
    assert "No removed article" in study.run("article", "purge", study.path, "--removed", code=2).stderr
    with Project.open(study.path) as project:
        ids = [each.id for each in articles.all_articles(project)]
        project.do("Remove", lambda step: articles.remove(step, ids))
    assert b"merkel" in study.path.read_bytes()
    assert study.json("article", "purge", study.path, "--removed", "--yes")["rewritten"]
    assert b"merkel" not in study.path.read_bytes().lower()
