"""Steps: one transaction each, logged, undone and redone, announced truly."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.model import Draft
from storage import Project, articles, highlights, search
from tests.storage.conftest import Filled, contents, fill, mark


def test_a_step_tells_what_it_touched(filled: Filled) -> None:
    made = highlights.make(filled.first, filled.ana, "pfc:1", [(0, 7)])
    change = filled.project.do("Mark", lambda step: highlights.add(step, [made]), filled.ana)
    assert change.ids == {"highlight": frozenset({made.id})}
    assert change.articles == {filled.first}
    assert change.codes == {"pfc:1"}
    assert change.touches("highlight")
    assert not change.touches("article", "code")


def test_changing_a_code_touches_both_codes(filled: Filled) -> None:
    id = mark(filled)
    change = filled.project.do("Change", lambda step: highlights.edit(step, [id], code="pfc:2"))
    assert change.codes == {"pfc:1", "pfc:2"}
    undone = filled.project.undo()
    assert undone is not None
    assert undone.codes == {"pfc:1", "pfc:2"}


def test_an_exception_leaves_no_trace(filled: Filled) -> None:
    before, steps = contents(filled.project), filled.project.last_step()

    def work(step):
        articles.remove(step, [filled.first])
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        filled.project.do("Remove", work)
    assert contents(filled.project) == before
    assert filled.project.last_step() == steps


def test_a_step_that_changed_nothing_is_not_in_the_history(filled: Filled) -> None:
    steps = filled.project.last_step()
    change = filled.project.do("Same", lambda step: articles.edit(step, [filled.first], title="A title"))
    assert not change.ids
    assert filled.project.last_step() == steps


def test_a_mark_on_an_article_that_is_gone_is_refused(filled: Filled) -> None:
    made = highlights.make(filled.first, filled.ana, None, [(0, 3)])
    filled.project.do("Remove", lambda step: articles.remove(step, [filled.first]))
    with pytest.raises(UserError, match="no longer"):
        filled.project.do("Mark", lambda step: highlights.add(step, [made]))


@pytest.mark.parametrize("span", [(3, 3), (5, 2), (-1, 4), (0, 1000)])
def test_a_span_outside_the_text_is_refused(filled: Filled, span: tuple[int, int]) -> None:
    with pytest.raises(UserError, match="does not fit"):
        filled.project.do(
            "Mark",
            lambda step: highlights.add(step, [highlights.make(filled.first, filled.ana, None, [span])]),
        )


def test_undo_names_the_step_and_takes_it_back(filled: Filled) -> None:
    before = contents(filled.project)
    mark(filled)
    step = filled.project.undoable()
    assert step is not None
    assert step.label == "Mark"
    filled.project.undo()
    assert contents(filled.project) == before
    redo = filled.project.redoable()
    assert redo is not None
    assert redo.label == "Mark"


def test_something_new_after_undo_ends_redo(filled: Filled) -> None:
    mark(filled)
    filled.project.undo()
    mark(filled, 2, 5)
    assert filled.project.redoable() is None
    assert filled.project.redo() is None


def test_undo_after_redo_after_undo(filled: Filled) -> None:
    mark(filled)
    after = contents(filled.project)
    for _ in range(3):
        filled.project.undo()
        filled.project.redo()
    assert contents(filled.project) == after


def test_after_reopening_the_last_hundred_steps_can_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "many.postil"
    with Project.create(path) as project:
        filled = fill(project)
        for at in range(130):
            mark(filled, at % 5, 6 + at % 3)
    with Project.open(path) as project:
        undone = 0
        while project.undo():
            undone += 1
        assert undone == 100
        assert highlights.count(project) == 30
        while project.redo():
            undone -= 1
        assert undone == 0
        assert highlights.count(project) == 130


def test_a_group_is_undone_as_one_and_after_what_was_done_meanwhile(filled: Filled) -> None:
    project, before = filled.project, contents(filled.project)
    ids: list[str] = []
    with project.step("Add 3 files") as handle:
        ids += articles.add(handle.step, [Draft(text="one", title="one")], ["1"], [None])
        group = handle.step.number
    made = highlights.make(ids[0], filled.ana, None, [(0, 3)])
    project.do("Mark meanwhile", lambda step: highlights.add(step, [made]))
    with project.step("Add 3 files", batch=group) as handle:
        ids += articles.add(handle.step, [Draft(text="two", title="two")], ["2"], [None])
    after = contents(project)
    assert [step.label for step in project.history(2)] == ["Mark meanwhile", "Add 3 files"]
    first, second = project.undo(), project.undo()
    assert first is not None
    assert second is not None
    assert (first.label, second.label) == ("Mark meanwhile", "Add 3 files")
    assert contents(project) == before
    project.redo()
    project.redo()
    assert contents(project) == after


def test_another_process_is_noticed(filled: Filled) -> None:
    here = filled.project
    assert here.poll() is None
    with Project.open(here.path) as there:
        made = highlights.make(filled.first, filled.ben, "pfc:2", [(0, 7)])
        there.do("Mark", lambda step: highlights.add(step, [made]))
        change = here.poll()
        assert change is not None
        assert change.ids["highlight"] == {made.id}
        assert change.articles == {filled.first}
        there.do("Delete", lambda step: highlights.remove(step, [made.id]))
        change = here.poll()
        assert change is not None
        assert change.articles == {filled.first}, "also where the mark is gone"
    assert here.poll() is None


def test_the_word_index_follows_undo(filled: Filled) -> None:
    assert [hit.article for hit in search.search(filled.project, "last line")] == [filled.first]
    filled.project.do("Remove", lambda step: articles.remove(step, [filled.first]))
    assert search.search(filled.project, "last line") == []
    filled.project.undo()
    assert [hit.article for hit in search.search(filled.project, "last line")] == [filled.first]
    filled.project.db.conn.execute("INSERT INTO article_text_fts(article_text_fts) VALUES('integrity-check')")


def test_a_foreign_key_holds_at_the_end_of_a_step(filled: Filled) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        filled.project.do("Wrong", lambda step: step.remove("coder", [filled.ana]) or mark_by(step, filled))


def mark_by(step, filled: Filled) -> None:
    step.add("highlight", [highlights.as_row(highlights.make(filled.first, filled.ana, None, [(0, 1)]))])
