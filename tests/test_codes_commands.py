"""Codes restructured and versions compared from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.test_contract import Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study(tmp_path)
    made.run("new", made.path, "--title", "Study", "--taxonomy", "policy-frames")
    made.run("import", made.path, made.write("a.txt", "A title\n\nThe law was new and costly.\n"))
    article = made.json("articles", made.path)["articles"][0]["id"]
    marks = made.marks(
        {"article": article, "start": 9, "end": 16, "code": "pfc:1"},
        {"article": article, "start": 9, "end": 16, "code": "pfc:5"},
        {"article": article, "start": 17, "end": 20, "code": "pfc:5"},
    )
    made.run("highlights", "import", made.path, marks, "--coder", "Ann")
    return made


def test_codes_are_restructured_and_the_log_tells_it(study: Study) -> None:
    at = ("codes", study.path)
    merged = study.json(*at, "merge", "5", "--into", "Economic", "--reason", "the same", "--coder", "Ann")
    assert (merged["moved"], merged["joined"]) == (1, 1)
    study.run(*at, "rename", "pfc:1", "Economy")
    study.run(*at, "move", "6", "1")
    assert "Nothing was changed" in study.run(*at, "move", "6", "1").output
    study.run(*at, "retire", "7", "--replaced-by", "8")
    study.run(*at, "retire", "9")
    study.run(*at, "bring-back", "9")
    changes = study.json(*at, "log")["changes"]
    assert [each["what"] for each in changes] == [
        "brought back", "retired", "replaced", "moved", "renamed", "merged",
    ]  # fmt: skip
    assert (changes[-1]["coder"], changes[-1]["reason"]) == ("Ann", "the same")
    assert changes[-1]["says"].endswith("merged into “Economic”, 1 highlight moved, 1 joined")
    assert "“Economy” renamed, was “Economic”" in study.run(*at, "log").output
    assert study.json("check", study.path)["ok"]


def test_a_code_that_is_not_clear_is_asked_for(study: Study) -> None:
    at = ("codes", study.path)
    assert "no code “nope”" in study.run(*at, "retire", "nope", code=2).stderr
    study.run("taxonomy", study.path, "import", "cap")
    assert "codes; give one’s id" in study.run(*at, "retire", "1", code=2).stderr
    assert "Name one with --slug" in study.run(*at, "log", code=2).stderr
    study.run(*at, "retire", "1", "--slug", "cap")
    assert "which code the marks go to" in study.run(*at, "retire", "pfc:2", "--marks", code=2).stderr


def test_versions_are_frozen_listed_and_compared(study: Study) -> None:
    at = ("versions", study.path)
    assert study.json(*at, "freeze", "--note", "as published", "--coder", "Ann")["number"] == "1.0"
    assert "Nothing differs" in study.run(*at, "diff", "1.0").output
    study.run("codes", study.path, "rename", "pfc:1", "Economy")
    assert study.json(*at, "freeze")["number"] == "1.1"
    study.run("codes", study.path, "retire", "pfc:2")
    (renamed,) = study.json(*at, "diff", "1.0", "1.1")["differences"]
    assert (renamed["what"], renamed["before"], renamed["after"]) == ("renamed", "Economic", "Economy")
    assert len(study.json(*at, "diff", "1.0")["differences"]) == 2
    assert "renamed, was “Economic”" in study.run(*at, "diff", "1.0").output
    listed = study.json(*at, "list")
    assert [each["number"] for each in listed["versions"]] == ["1.1", "1.0"]
    assert (listed["changes_since"], listed["marks_before"]) == (1, 3)
    assert "1 change since 1.1" in study.run(*at, "list").output
    assert study.json(*at, "recheck")["marks"] == []
    assert "0 marks to check again" in study.run(*at, "recheck", "--code", "5").output
    assert "There is no version “7”" in study.run(*at, "diff", "7", code=2).stderr


def test_the_taxonomy_command_knows_them_too(study: Study) -> None:
    study.run("taxonomy", study.path, "import", "cap")
    at = ("taxonomy", study.path)
    assert study.json(*at, "freeze", "policy-frames", "--note", "first")["number"] == "1.0"
    assert study.json(*at, "freeze", "cap", "2026")["number"] == "2026"
    study.run(*at, "merge-codes", "pfc:5", "--into", "pfc:1")
    found = study.json(*at, "diff", "policy-frames", "1.0")["differences"]
    assert [each["what"] for each in found] == ["text changed", "removed"]
    assert study.json(*at, "versions", "cap")["versions"][0]["number"] == "2026"
    assert "Name the version" in study.run(*at, "diff", "cap", code=2).stderr
    assert "one word too many" in study.run(*at, "freeze", "cap", "1", "2", code=2).stderr
