"""What a replication package says of agreement, rounds and who agreed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotate.model import ArticleState
from annotate.package.about import About
from annotate.rounds import Kind
from annotate.sampling import Method
from storage import Project, answers, articles, coders, highlights, questions, rounds
from tests.storage.data import ids_of, mark, project_with
from tests.storage.test_packaging import WHOLE, others_find_nothing_wrong, packed, table, words_in
from tests.storage.test_packaging import study as study


@pytest.fixture
def compared(study: Project) -> Project:
    """The hard project, done, with a second coder who marked half of it alike, a consensus coder and a round."""
    ana = coders.named(study, "Ana")
    assert ana

    def fill(step: Any) -> None:
        ids = [each.id for each in articles.all_articles(study)]
        articles.set_state(step, ids, ArticleState.DONE)
        ben, agreed = coders.ensure(step, "Bruno"), coders.ensure(step, "Consensus")
        theirs = [each for id in ids for each in highlights.of_article(study, id)]
        for at, each in enumerate(theirs):
            spans = each.spans if at % 2 else ((each.start, each.start + 1),)
            made = [highlights.make(each.article, ben, each.code, spans)]
            made += [highlights.make(each.article, agreed, each.code, each.spans)]
            highlights.add(step, made)
        tone = next(each for each in questions.by_taxonomy(study)["hard"] if each.name == "tone")
        answers.give(step, theirs[0].article, ben, tone.id, ("+",))

    study.do("Fill", fill)
    who = [ana.id, coders.named(study, "Bruno").id]  # type: ignore[union-attr]
    method = Method(2, "lead!=x", "outlet", "50%", near=True)
    plan = rounds.drawn(study, who, method, 7)
    study.do("Plan", lambda step: rounds.add(step, "Pilot; “1”", Kind.CALIBRATION, method, 7, plan, "=1+1"))
    return study


def test_agreement_rounds_and_consensus_are_in_it(compared: Project, tmp_path: Path) -> None:
    _, root = packed(compared, WHOLE, tmp_path / "p")
    report = (root / "agreement" / "agreement.md").read_text("utf-8")
    assert "Bruno" in report
    said = table(root, "agreement/comparisons.csv")
    assert {row["coders"] for row in said}
    assert all(int(row["articles"]) > 0 for row in said)
    codes = table(root, "agreement/code_agreement.csv")
    assert any(row["exact_f1"] for row in codes)
    assert "Consensus" not in {row["coder"] for row in table(root, "agreement/compared_coders.csv")}
    flags = {row["coder"]: row["consensus"] for row in table(root, "data/coders.csv")}
    assert flags["Consensus"] == "1"
    assert sum(map(int, flags.values())) == 1
    (planned,) = table(root, "data/rounds.csv")
    assert (planned["round"], planned["kind"], planned["seed"], planned["articles"], planned["note"]) == (
        "Pilot; “1”", "calibration", "7", "2", "=1+1",
    )  # fmt: skip
    given = table(root, "data/assignments.csv")
    assert len(given) == 3
    readme = (root / "README.md").read_text("utf-8")
    assert "how far the coders agree, to read" in readme
    assert "report of agreement" not in readme.split("## What is not in it")[1]
    assert "Rounds and sampling seeds" not in readme


def test_every_key_leads_somewhere(compared: Project, tmp_path: Path) -> None:
    _, root = packed(compared, WHOLE, tmp_path / "p")
    described = json.loads((root / "datapackage.json").read_text("utf-8"))
    tables = {each["name"]: each for each in described["resources"] if each["type"] == "table"}
    rows = {name: table(root, each["path"]) for name, each in tables.items()}
    assert {
        "comparisons",
        "code_agreement",
        "confusion",
        "question_agreement",
        "rounds",
        "assignments",
    } <= set(rows)
    for name, each in tables.items():
        for key in each["schema"].get("foreignKeys", []):
            (column,), (to,) = key["fields"], key["reference"]["fields"]
            known = {row[to] for row in rows[key["reference"]["resource"] or name]}
            assert {row[column] for row in rows[name]} - {""} <= known, (name, key)


def test_frictionless_and_mlcroissant_find_nothing_wrong(compared: Project, tmp_path: Path) -> None:
    pytest.importorskip("frictionless")
    pytest.importorskip("mlcroissant")
    _, root = packed(compared, WHOLE, tmp_path / "p")
    others_find_nothing_wrong(root)


def test_names_can_stay_and_no_words_of_texts_come_with_it(compared: Project, tmp_path: Path) -> None:
    _, root = packed(compared, About("Nameless", anonymous=True, text=False), tmp_path / "p")
    whole = words_in(root)
    assert "Bruno" not in whole
    assert "Coder 1" in (root / "agreement" / "agreement.md").read_text("utf-8")


def test_with_one_coder_it_says_why_there_is_no_report(tmp_path: Path) -> None:
    with project_with(tmp_path / "one.postil") as project:
        mark(project, ids_of(project)[0], 0, 3)
        project.do("Done", lambda step: articles.set_state(step, ids_of(project), ArticleState.DONE))
        _, root = packed(project, WHOLE, tmp_path / "p")
    readme = (root / "README.md").read_text("utf-8")
    assert (
        "A report of agreement between coders. Agreement needs two coders: Ada alone has coded articles that are done."
    ) in readme
    assert not (root / "agreement").exists()
