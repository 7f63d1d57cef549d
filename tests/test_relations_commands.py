"""`postil relations`: what links what in a project."""

import json
from pathlib import Path

import pytest

from storage import Project, highlights
from tests.test_main import run


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("relations") / "demo.postil"
    assert run("demo", "--at", path, "--no-window").exit_code == 0
    return path


def told(*words: object) -> dict:
    result = run("relations", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_relations_are_listed_with_their_ends(demo: Path) -> None:
    rows = told(demo)["relations"]
    assert len(rows) == 7
    marsh = next(row for row in rows if row["source_quote"].startswith("The justice minister"))
    assert (marsh["relation"], marsh["target_quote"], marsh["target_label"], marsh["coder"]) == (
        "makes the claim", "she would not put her name to it", "Substantive issue", "Ana",
    )  # fmt: skip
    assert "→ makes the claim → “she would not put her name to it” (Ana)" in run("relations", demo).stdout


def test_they_can_be_asked_for_by_article_and_type(demo: Path) -> None:
    rows = told(demo, "--type", "is justified by")["relations"]
    assert len(rows) == 2
    assert len(told(demo, "--type", "is justified by", "--article", rows[0]["article"])["relations"]) == 1
    unknown = run("relations", demo, "--type", "hates")
    assert (unknown.exit_code, "there are makes the claim" in unknown.stderr.replace("“", "")) == (2, True)


def test_types_are_listed_with_what_they_link(demo: Path) -> None:
    types = {row["id"]: row for row in told(demo, "--types")["types"]}
    assert (types["pca:rel.makes"]["relations"], types["pca:rel.same"]["symmetric"]) == (4, True)
    assert "is justified by: Substantive issue" in run("relations", demo, "--types").stdout


def test_a_check_tells_what_no_longer_fits(tmp_path: Path) -> None:
    path = tmp_path / "demo.postil"
    assert run("demo", "--at", path, "--no-window").exit_code == 0
    assert run("relations", path, "--check").exit_code == 0
    mark = told(path)["relations"][0]["source"]
    with Project.open(path) as project:
        project.do("Code", lambda step: highlights.edit(step, [mark], code="pfc:1"))
    wrong = run("relations", path, "--check", "--json")
    assert (wrong.exit_code, len(json.loads(wrong.stdout)["relations"])) == (1, 1)


def test_a_table_of_relations_goes_out(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "r.csv"
    made = run("export", demo, out, "--format", "csv", "--shape", "relations")
    assert (made.exit_code, len(out.read_text(encoding="utf-8").splitlines())) == (0, 8)
    note = run("export", demo, tmp_path / "m.csv", "--format", "csv").stdout
    assert "7 relations between the marks" in note
