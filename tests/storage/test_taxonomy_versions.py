"""Versions of a taxonomy: frozen, compared, and the marks made under them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.codebook_difference import What, in_words
from annotate.codebook_versions import Stand, dump
from annotate.errors import UserError
from annotate.questions import QuestionKind
from annotate.rules import RuleKind
from storage import Project, Step, questions, relations, restructuring, rules, taxonomies, taxonomy_versions
from tests.storage.data import FRAMES, ada, contents, ids_of, mark, project_with


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_with(tmp_path / "p.postil") as made:
        yield made


def freeze(project: Project, number: str, note: str = "") -> None:
    later()
    project.do("Freeze", lambda step: taxonomy_versions.freeze(step, "t-frames", number, note), ada(project))
    later()


def later() -> None:
    """Times are kept to the millisecond."""
    time.sleep(0.002)


def test_a_version_keeps_the_codes_as_they_stood(project: Project) -> None:
    before = contents(project)
    freeze(project, "1.0", "as published")
    project.do("Rename", lambda step: restructuring.rename(step, "f-2", "Ethics"))
    project.do("Delete", lambda step: taxonomies.remove_codes(step, ["f-11"]))
    (version,) = taxonomy_versions.versions(project, "t-frames")
    assert (version.number, version.note, version.coder) == ("1.0", "as published", ada(project))
    assert taxonomy_versions.stood(project, version).codes == FRAMES.codes
    found = taxonomy_versions.differences(project, "t-frames", "1.0")
    assert [(each.what, each.label, each.before) for each in found] == [
        (What.RENAMED, "Ethics", "Moral"),
        (What.REMOVED, "Costs", "Economic"),
    ]
    while project.undo():
        pass
    project.redo()
    assert contents(project) == before


@pytest.mark.parametrize("number", ["", " ", "now", "1.0"])
def test_a_number_is_needed_and_given_once(project: Project, number: str) -> None:
    freeze(project, "1.0")
    with pytest.raises(UserError, match="number"):
        freeze(project, number)


def test_the_next_number_is_offered(project: Project) -> None:
    assert taxonomy_versions.next_number([]) == "1.0"
    for number, following in (("1.0", "1.1"), ("1.9", "1.10"), ("2026-11", "2026-12"), ("final", "final.1")):
        freeze(project, number)
        assert taxonomy_versions.next_number(taxonomy_versions.versions(project, "t-frames")) == following
    with pytest.raises(UserError, match=r"There is no version “3”.*final, 2026-11, 1\.9, 1\.0"):
        taxonomy_versions.differences(project, "t-frames", "3")


def test_marks_know_their_version_and_wait_to_be_checked_when_a_definition_changes(project: Project) -> None:
    first, second = ids_of(project)
    early = mark(project, second, 0, 3, "f-2")
    freeze(project, "1.0")
    late = mark(project, first, 0, 3, "f-2")
    mark(project, first, 4, 6, "f-1")
    assert taxonomy_versions.marks_by_version(project, "t-frames") == {"": 1, "1.0": 2}
    assert taxonomy_versions.version_of(project, late.id) == "1.0"
    assert taxonomy_versions.to_check(project, "t-frames") == []
    later()
    project.do("Define", lambda step: taxonomies.edit_codes(step, ["f-2"], use_when="it is about duty"))
    later()
    mark(project, first, 2, 6, "f-2")
    waiting = taxonomy_versions.to_check(project, "t-frames")
    assert [(each.mark, each.version) for each in waiting] == [(late.id, "1.0"), (early.id, "")]
    assert taxonomy_versions.count_to_check(project, "t-frames") == {"f-2": 2}
    assert taxonomy_versions.to_check(project, "t-frames", "f-1") == []
    project.do("Checked", lambda step: taxonomy_versions.checked(step, [late.id]))
    assert [each.mark for each in taxonomy_versions.to_check(project, "t-frames")] == [early.id]
    project.undo()
    project.undo()
    assert len(taxonomy_versions.to_check(project, "t-frames")) == 2


def test_a_taxonomy_goes_with_its_versions_and_log_and_comes_back_with_them(project: Project) -> None:
    freeze(project, "1.0")
    project.do("Retire", lambda step: restructuring.retire(step, ["f-2"]))
    before = contents(project)
    project.do("Remove", lambda step: taxonomies.remove_taxonomy(step, "t-frames"))
    assert contents(project)["taxonomy_version"] == contents(project)["taxonomy_change"] == []
    project.undo()
    assert contents(project) == before


def test_a_version_keeps_rules_questions_and_types_of_relations(project: Project) -> None:
    rule = rules.new("t-frames", RuleKind.LEAVES)
    asked = questions.new("t-frames", "tone", kind=QuestionKind.YES_NO)
    first, second = (relations.make_type("t-frames", label) for label in ("causes", "addresses"))

    def use(step: Step) -> None:
        rules.add(step, [rule])
        questions.add(step, [asked])
        relations.add_types(step, [first, second])

    project.do("Use", use)
    freeze(project, "1.0")
    (version,) = taxonomy_versions.versions(project, "t-frames")
    kept = taxonomy_versions.stood(project, version)
    assert kept == taxonomy_versions.present(project, "t-frames")
    assert kept.uses is not None
    assert [type.label for type in kept.uses.relation_types] == ["causes", "addresses"]
    project.do("Change", lambda step: questions.edit(step, replace(asked, required=True)))
    project.do("Drop", lambda step: rules.remove(step, [rule.id]))
    found = taxonomy_versions.differences(project, "t-frames", "1.0")
    assert [in_words(each) for each in found] == [
        "Rule for all codes removed: Only codes with none below them are put on passages.",
        "Question “tone” required: [-no -]{+yes+}",
    ]
    assert taxonomy_versions.count_to_check(project, "t-frames") == {}


def test_a_version_frozen_before_rules_were_kept_says_so(project: Project) -> None:
    freeze(project, "1.0")
    (version,) = taxonomy_versions.versions(project, "t-frames")
    codes = dump(Stand(FRAMES.codes, None))
    project.do("Age", lambda step: step.edit("taxonomy_version", [{"id": version.id, "codes": codes}]))
    assert taxonomy_versions.differences(project, "t-frames", "1.0") == []
    project.do("Rule", lambda step: rules.add(step, [rules.new("t-frames", RuleKind.LEAVES)]))
    (told,) = taxonomy_versions.differences(project, "t-frames", "1.0")
    assert told.what is What.NOT_KEPT
