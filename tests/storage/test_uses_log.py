"""What is done to rules, questions and types of relations stands in the change log of their taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.change_words import in_words
from annotate.questions import QuestionKind
from annotate.rules import RuleKind, Where
from storage import Project, Step, change_log, questions, relations, rules, taxonomies
from tests.storage.data import FRAMES, ada, contents, project_with


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_with(tmp_path / "p.postil") as made:
        yield made


def said(project: Project) -> list[str]:
    """Oldest first."""
    lines = reversed(change_log.lines(project, "t-frames"))
    return [in_words(line.what, line.details) for line in lines]


RULE = rules.new("t-frames", RuleKind.EXCLUSIVE, "f-1")
ASKED = questions.new("t-frames", "urgent", text="Is it urgent?", kind=QuestionKind.YES_NO)
CAUSES = relations.make_type("t-frames", "causes", ("f-1",), ("f-2",))


@pytest.mark.parametrize(
    ("add", "change", "remove", "lines"),
    [
        (
            lambda step: rules.add(step, [RULE]),
            lambda step: rules.edit(step, replace(RULE, code=None, where=Where.ARTICLE, note="Why")),
            lambda step: rules.remove(step, [RULE.id]),
            [
                "Rule for “Economic” added: At most one of these codes on a passage.",
                "Rule for all codes moved from Economic to all codes",
                "Rule for all codes changed (note): At most one of these codes in an article.",
                "Rule for all codes removed: At most one of these codes in an article.",
            ],
        ),
        (
            lambda step: questions.add(step, [ASKED]),
            lambda step: questions.edit(step, replace(ASKED, name="hurry", required=True)),
            lambda step: questions.remove(step, [ASKED.id]),
            [
                "Question “urgent” added: Is it urgent?",
                "Question “hurry” renamed, was “urgent”",
                "Question “hurry” changed: required",
                "Question “hurry” removed: Is it urgent?",
            ],
        ),
        (
            lambda step: relations.add_types(step, [CAUSES]),
            lambda step: relations.edit_type(step, CAUSES.id, symmetric=True),
            lambda step: relations.remove_types(step, [CAUSES.id]),
            [
                "Relation “causes” added: Economic → Moral",
                "Relation “causes” changed: Economic ↔ Moral",
                "Relation “causes” removed: Economic ↔ Moral",
            ],
        ),
    ],
)  # fmt: skip
def test_each_is_a_line_and_undone_with_it(
    project: Project,
    add: Callable[[Step], None],
    change: Callable[[Step], None],
    remove: Callable[[Step], None],
    lines: list[str],
) -> None:
    before = contents(project)
    for work in (add, change, remove):
        project.do("Work", work, ada(project))
    assert said(project) == lines
    assert {line.coder for line in change_log.lines(project, "t-frames")} == {ada(project)}
    for _ in range(3):
        project.undo()
    assert contents(project) == before


def test_what_comes_and_goes_with_its_taxonomy_is_not_told(project: Project) -> None:
    known = replace(
        FRAMES, id="x", slug="x", codes=(), rules=(replace(RULE, code=None),), questions=(ASKED,),
        relation_types=(replace(CAUSES, sources=None, targets=None),),
    )  # fmt: skip
    project.do("Add", lambda step: taxonomies.add(step, known))
    assert change_log.lines(project, "x") == []
    change = project.do("Remove", lambda step: taxonomies.remove_taxonomy(step, "x"))
    assert change is not None
    assert not change.touches("taxonomy_change")
