"""Coding without texts on the command line: out of one project, onto the texts of another."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.test_contract import STORED, TEXT, Study, study

__all__ = ["study"]

QUOTE = "Some words"


@pytest.fixture
def coded(study: Study) -> Path:
    """The file of coding without texts of a project with one mark."""
    (article,) = study.json("articles", study.path)["articles"]
    start = STORED.index(QUOTE)
    line = {
        "article": article["id"],
        "start": start,
        "end": start + len(QUOTE),
        "code": "pfc:1",
        "coder": "Ana",
    }
    study.run("highlights", "import", study.path, study.marks(line))
    out = study.folder / "coding.zip"
    study.run("export", study.path, out, "--format", "standoff")
    return out


@pytest.fixture
def colleague(study: Study) -> Study:
    folder = study.folder / "colleague"
    folder.mkdir()
    made = Study(folder)
    made.run("new", made.path)
    return made


def quotes(study: Study) -> list[str]:
    out = study.folder / "out.jsonl"
    study.run("export", study.path, out, "--format", "jsonl")
    return [json.loads(line)["quote"] for line in out.read_text("utf-8").splitlines()]


def test_the_coding_comes_onto_the_same_text(coded: Path, colleague: Study) -> None:
    colleague.run("import", colleague.path, colleague.write("copy.txt", TEXT))
    looked = colleague.json("rehydrate", colleague.path, coded, "--dry-run")
    assert (looked["dry_run"], looked["added"], quotes(colleague)) == (True, 1, [])
    done = colleague.json("rehydrate", colleague.path, coded)
    assert (done["added"], done["in_place"], done["articles"]["same_text"]) == (1, 1, 1)
    assert quotes(colleague) == [QUOTE]
    assert colleague.run("rehydrate", colleague.path, coded).output.startswith(
        "0 highlights added; 1 there already"
    )


def test_a_copy_that_differs_gets_it_where_its_words_are(coded: Path, colleague: Study) -> None:
    colleague.run(
        "import", colleague.path, colleague.write("copy.txt", TEXT.replace("Kestrel", "Kestrel, 4 May"))
    )
    report = colleague.json("rehydrate", colleague.path, coded)
    (other,) = report["articles"]["other_text"]
    assert (other["by"], other["lost"], report["moved"][0]["quote"]) == ("title, outlet and date", 0, QUOTE)
    assert quotes(colleague) == [QUOTE]


def test_what_has_no_place_is_said_and_the_exit_code_tells(coded: Path, colleague: Study) -> None:
    report = colleague.json("rehydrate", colleague.path, coded, code=1)
    (missing,) = report["articles"]["missing"]
    assert (missing["why"], missing["highlights"], report["added"]) == ("not in this project", 1, 0)
    colleague.run(
        "import", colleague.path, colleague.write("copy.txt", "A title\nThe Kestrel\nOther words.\n")
    )
    result = colleague.run("rehydrate", colleague.path, coded, code=2)
    assert "no place: “A title”" in result.output
    assert "another text: “A title”, known by title, outlet and date; 1 without a place" in result.output


def test_what_belongs_to_coding_without_texts_is_refused_elsewhere(study: Study) -> None:
    result = study.run(
        "export", study.path, study.folder / "a.csv", "--format", "csv", "--quotes-up-to", 3, code=2
    )
    assert "--quotes-up-to belongs to --format standoff" in result.stderr


def test_quotes_go_along_where_they_are_wanted(coded: Path, study: Study) -> None:
    out = study.folder / "more.zip"
    study.run("export", study.path, out, "--format", "standoff", "--quotes-up-to", 2, "--context-words", 1)
    with zipfile.ZipFile(out) as held:
        line = json.loads(held.read("highlights.jsonl"))
    assert (line["quote"], line["prefix"], line["suffix"]) == (QUOTE, "Kestrel\n", " 😀")


def test_another_zip_is_no_coding(study: Study) -> None:
    with zipfile.ZipFile(study.folder / "x.zip", "w") as made:
        made.writestr("a.txt", "words")
    result = study.run("rehydrate", study.path, study.folder / "x.zip", code=2)
    assert "is no coding without texts" in result.stderr


def test_a_package_is_made_and_its_coding_comes_onto_other_copies(
    coded: Path, study: Study, colleague: Study
) -> None:
    out = study.folder / "package.zip"
    words = ("--author", "Lee, Ann", "--licence", "cc0-1.0", "--no-text")
    report = study.json("package", study.path, out, *words)
    assert (report["articles"], report["highlights"]) == (1, 1)
    assert [note for note in report["notes"] if "Parquet" not in note] == []
    with zipfile.ZipFile(out) as held:
        assert len(held.namelist()) == report["files"]
        assert all(name.startswith("study/") for name in held.namelist())
        assert b"CC0-1.0" in held.read("study/CITATION.cff")
    colleague.run("import", colleague.path, colleague.write("copy.txt", TEXT))
    assert colleague.json("rehydrate", colleague.path, out)["added"] == 1


def test_a_package_without_author_or_licence_says_so(coded: Path, study: Study) -> None:
    result = study.run("package", study.path, study.folder / "p.zip")
    assert "No author was named" in result.output
    assert "No licence was stated" in result.output
    assert (
        "CC-BY-4.0"
        in study.run("package", study.path, study.folder / "p.zip", "--licence", "x", code=2).stderr
    )


def test_a_package_never_takes_the_place_of_a_project(study: Study) -> None:
    assert "another name" in study.run("package", study.path, study.path, code=2).stderr
