"""Codes merged, split, retired and replaced: marks follow, the log says so, undo takes all of it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.model import Code
from storage import Project, change_log, coders, highlights, restructuring, taxonomies
from storage.change_log import What
from storage.restructuring import Merged
from tests.storage.data import ada, contents, ids_of, mark, project_with


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with project_with(tmp_path / "p.postil") as made:
        yield made


def code(project: Project, id: str) -> Code:
    found = taxonomies.code(project, id)
    assert found
    return found


def log(project: Project) -> list[tuple[str, str, str]]:
    return [(line.what.value, line.code, line.reason) for line in change_log.lines(project, "t-frames")]


def test_marks_follow_a_merge_and_same_spans_of_one_coder_become_one(project: Project) -> None:
    first, second = ids_of(project)
    mark(project, first, 0, 3, "f-2")
    double = mark(project, first, 4, 8, "f-2")
    stands = mark(project, first, 4, 8, "f-11")
    project.do("Memo", lambda step: highlights.edit(step, [double.id], memo="two", certainty="unsure"))
    project.do("Memo", lambda step: highlights.edit(step, [stands.id], memo="one", certainty="sure"))
    ben = []
    project.do("Ben", lambda step: ben.append(coders.ensure(step, "Ben")))
    other = highlights.make(first, ben[0], "f-2", [(4, 8)])
    project.do("Highlight", lambda step: highlights.add(step, [other]))
    mark(project, second, 0, 5, "f-11")
    before = contents(project)
    foreseen = restructuring.would_merge(project, ["f-2"], "f-11")
    done: list[Merged] = []
    project.do("Merge", lambda step: done.append(restructuring.merge(step, ["f-2"], "f-11", "the same")))
    assert done == [foreseen] == [Merged(2, 1)]
    assert taxonomies.code(project, "f-2") is None
    assert code(project, "f-11").synonyms == ("Moral",)
    kept = highlights.highlight(project, stands.id)
    assert kept
    assert (kept.memo, kept.certainty, kept.created) == ("one\n\ntwo", "unsure", double.created)
    assert highlights.highlight(project, double.id) is None
    assert highlights.counts_by_code(project) == {"f-11": 4}
    assert log(project)[0] == ("merged", "f-2", "the same")
    project.undo()
    assert contents(project) == before


def test_codes_below_a_merged_one_and_pointers_to_it_go_to_the_target(project: Project) -> None:
    project.do(
        "Point", lambda step: taxonomies.edit_codes(step, ["f-11"], related=("f-1", "f-2"), replaced_by="f-1")
    )
    project.do("Merge", lambda step: restructuring.merge(step, ["f-1"], "f-2"))
    costs = code(project, "f-11")
    assert (costs.parent, costs.related, costs.replaced_by) == ("f-2", ("f-2",), "f-2")
    project.do("Delete", lambda step: taxonomies.remove_codes(step, ["f-2"]))
    assert taxonomies.all_taxonomies(project)[0].codes == ()


@pytest.mark.parametrize(
    ("sources", "target", "said"),
    [(["f-1"], "f-1", "into itself"), (["f-1"], "f-11", "stands below"), (["f-1"], "no", "no longer")],
)
def test_a_merge_that_cannot_be_is_refused(project: Project, sources, target, said) -> None:
    with pytest.raises(UserError, match=said):
        project.do("Merge", lambda step: restructuring.merge(step, sources, target))


def test_a_retired_code_keeps_its_marks_and_is_not_offered(project: Project) -> None:
    made = mark(project, ids_of(project)[0], 0, 3, "f-11")
    project.do("Retire", lambda step: restructuring.retire(step, ["f-1"], "too broad"))
    assert [code(project, id).offered for id in ("f-1", "f-11", "f-2")] == [False, False, True]
    kept = highlights.highlight(project, made.id)
    assert kept
    assert kept.code == "f-11"
    assert log(project)[:2] == [("retired", "f-11", "too broad"), ("retired", "f-1", "too broad")]
    project.do("Back", lambda step: restructuring.bring_back(step, ["f-11"]))
    assert code(project, "f-1").offered
    assert code(project, "f-11").offered


def test_a_code_is_replaced_with_or_without_its_marks(project: Project) -> None:
    mark(project, ids_of(project)[0], 0, 3, "f-2")
    project.do("Replace", lambda step: restructuring.replace_by(step, "f-2", "f-11"))
    assert code(project, "f-2").replaced_by == "f-11"
    assert highlights.counts_by_code(project) == {"f-2": 1}
    project.do("Replace", lambda step: restructuring.replace_by(step, "f-2", "f-11", marks=True))
    assert highlights.counts_by_code(project) == {"f-11": 1}
    with pytest.raises(UserError, match="retired itself"):
        project.do("Replace", lambda step: restructuring.replace_by(step, "f-11", "f-2"))


def test_a_walk_through_a_split_is_one_line_and_one_undo(project: Project) -> None:
    first, second = ids_of(project)
    made = [mark(project, first, 4, 6), mark(project, first, 0, 3), mark(project, second, 0, 3)]
    order = restructuring.to_split(project, "f-1")
    assert order == [made[1].id, made[0].id, made[2].id]
    before = contents(project)
    lines: list[str] = []
    with project.step("Split") as handle:
        lines.append(restructuring.split(handle.step, "f-1", {order[0]: "f-11"}, "two things"))
    batch = handle.step.number
    for id, to in ((order[1], "f-2"), (order[2], "f-2"), (order[1], "f-1")):
        with project.step("Split", batch=batch) as handle:
            restructuring.split(handle.step, "f-1", {id: to}, line=lines[0])
    assert highlights.counts_by_code(project) == {"f-1": 1, "f-11": 1, "f-2": 1}
    (line,) = (each for each in change_log.lines(project, "t-frames") if each.what is What.SPLIT)
    assert line.details["to"] == {"f-11": 1, "f-2": 1}
    assert line.details["labels"] == {"f-11": "Costs", "f-2": "Moral"}
    project.undo()
    assert contents(project) == before


def test_edits_that_matter_are_logged_with_who_and_why(project: Project) -> None:
    by = ada(project)
    project.do("Rename", lambda step: restructuring.rename(step, "f-2", "Ethics", "wider"), by)
    project.do("Define", lambda step: taxonomies.edit_codes(step, ["f-2"], definition="What is right"), by)
    project.do("Colour", lambda step: taxonomies.edit_codes(step, ["f-2"], colour="teal"), by)
    project.do("Move", lambda step: taxonomies.edit_codes(step, ["f-2"], parent="f-1", position=1), by)
    lines = change_log.lines(project, "t-frames")
    assert [(line.what.value, line.coder, line.reason) for line in lines] == [
        ("moved", by, ""), ("defined", by, ""), ("renamed", by, "wider"),
    ]  # fmt: skip
    assert lines[0].details == {"label": "Ethics", "before": "", "after": "Economic"}
    assert lines[1].details["definition"] == ["", "What is right"]
    assert lines[2].details == {"label": "Ethics", "before": "Moral"}
    assert change_log.count(project, "t-frames", lines[1].at) == 1


def test_what_codes_say_of_themselves_is_kept(project: Project) -> None:
    values = {"synonyms": ("price", "bill"), "related": ("f-2",), "counter_examples": "It cost him his seat."}
    project.do("Edit", lambda step: taxonomies.edit_codes(step, ["f-11"], **values))
    kept = code(project, "f-11")
    assert {name: getattr(kept, name) for name in values} == values
    project.do("Edit", lambda step: taxonomies.edit_codes(step, ["f-11"], synonyms=()))
    assert code(project, "f-11").synonyms == ()
