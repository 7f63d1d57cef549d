"""Steps: one transaction each, logged, undone and redone, announced truly."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from annotate.errors import UserError
from annotate.model import ArticleState, Draft
from storage import Project, articles, coders, highlights, search, taxonomies
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


class Undoing(RuleBasedStateMachine):
    """Any series of steps: all undone gives the first contents, all redone the last."""

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.project = Project.create(Path(self.folder.name) / "p.postil")
        self.filled = fill(self.project)
        self.first = contents(self.project)
        self.floor = self.project.last_step()
        self.number = 0

    def do(self, work) -> None:
        self.number += 1
        self.project.do(f"Step {self.number}", work)

    def ids(self, table: str) -> list[str]:
        return [id for (id,) in self.project.rows(f"SELECT id FROM [{table}] ORDER BY id")]

    @rule(text=st.text(min_size=1, max_size=20))
    def add_article(self, text: str) -> None:
        draft = Draft(text=f"{text.encode('utf-8', 'replace').decode()} {self.number}", title="t")
        self.do(lambda step: articles.add(step, [draft], ["x"], [articles.Original("x", b"\0\1bytes")]))

    @rule(data=st.data(), title=st.text(max_size=8))
    def edit_article(self, data: st.DataObject, title: str) -> None:
        if ids := self.ids("article"):
            id = data.draw(st.sampled_from(ids))
            self.do(lambda step: articles.edit(step, [id], title=title, attributes={"k": title}))

    @rule(data=st.data())
    def remove_articles(self, data: st.DataObject) -> None:
        if ids := self.ids("article"):
            chosen = data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
            self.do(lambda step: articles.remove(step, chosen))

    @rule(data=st.data(), state=st.sampled_from(list(ArticleState)))
    def set_state(self, data: st.DataObject, state: ArticleState) -> None:
        if ids := self.ids("article"):
            self.do(lambda step: articles.set_state(step, ids, state, "why"))

    @rule(data=st.data())
    def add_mark(self, data: st.DataObject) -> None:
        found = self.project.rows("SELECT id, characters FROM article WHERE characters > 1 ORDER BY id")
        codes = [None, *self.ids("code")]
        if not found:
            return
        id, length = data.draw(st.sampled_from(found))
        start = data.draw(st.integers(0, length - 1))
        end = data.draw(st.integers(start + 1, length))
        code, coder = data.draw(st.sampled_from(codes)), data.draw(st.sampled_from(self.ids("coder")))
        self.do(lambda step: highlights.add(step, [highlights.make(id, coder, code, [(start, end)])]))

    @rule(data=st.data(), memo=st.text(max_size=10))
    def edit_mark(self, data: st.DataObject, memo: str) -> None:
        if ids := self.ids("highlight"):
            chosen = data.draw(st.lists(st.sampled_from(ids), max_size=3, unique=True))
            self.do(lambda step: highlights.edit(step, chosen, memo=memo, certainty="sure"))

    @rule(data=st.data())
    def remove_mark(self, data: st.DataObject) -> None:
        if ids := self.ids("highlight"):
            self.do(lambda step: highlights.remove(step, [data.draw(st.sampled_from(ids))]))

    @rule(data=st.data(), marks=st.sampled_from(["keep", "delete", "move"]))
    def remove_code(self, data: st.DataObject, marks: str) -> None:
        leaves = [id for (id,) in self.project.rows(
            "SELECT id FROM code WHERE id NOT IN (SELECT parent FROM code WHERE parent IS NOT NULL) ORDER BY id"
        )]  # fmt: skip
        if len(leaves) > 1:
            id, to = data.draw(st.lists(st.sampled_from(leaves), min_size=2, max_size=2, unique=True))
            self.do(lambda step: taxonomies.remove_codes(step, [id], marks=marks, to=to))

    @rule(data=st.data(), label=st.text(min_size=1, max_size=8).filter(str.strip))
    def add_and_move_code(self, data: st.DataObject, label: str) -> None:
        made = taxonomies.make_code("policy-frames", None, label)
        if self.project.rows("SELECT 1 FROM taxonomy WHERE id = ?", ["policy-frames"]):
            self.do(lambda step: taxonomies.add_codes(step, [made]))
            self.do(lambda step: taxonomies.edit_codes(step, [made.id], parent="pfc:frames", position=0)
                    if taxonomies.code(self.project, "pfc:frames") else None)  # fmt: skip

    @rule(name=st.sampled_from(["Cleo", "Dan"]))
    def add_coder(self, name: str) -> None:
        self.do(lambda step: coders.ensure(step, name))

    @rule()
    def undo_one(self) -> None:
        step = self.project.undoable()
        if step is not None and step.id > self.floor:
            self.project.undo()

    @rule()
    def redo_one(self) -> None:
        self.project.redo()

    @rule()
    def reopen(self) -> None:
        path = self.project.path
        self.project.close()
        self.project = Project.open(path)

    @precondition(lambda self: self.number)
    @rule()
    def all_undone_all_redone(self) -> None:
        while self.project.redo():
            pass
        last = contents(self.project)
        while (step := self.project.undoable()) is not None and step.label.startswith("Step"):
            self.project.undo()
        assert contents(self.project) == self.first
        while self.project.redo():
            pass
        assert contents(self.project) == last

    @invariant()
    def the_file_is_sound(self) -> None:
        assert self.project.rows("PRAGMA foreign_key_check") == []

    def teardown(self) -> None:
        if hasattr(self, "project"):
            assert self.project.value("PRAGMA integrity_check") == "ok"
            self.project.close()
            self.folder.cleanup()


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
