"""What the history keeps, for how long, and what a step refuses."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.model import Draft
from storage import Project, articles, coders, highlights, taxonomies
from storage.originals import Original, original
from storage.search import search
from tests.storage.data import FRAMES, ada, add_texts, contents, ids_of, mark, project_with


def rename(project: Project, title: str) -> None:
    project.do(title, lambda step: articles.edit(step, ids_of(project)[:1], title=title))


def test_a_step_that_wrote_nothing_is_not_in_the_history(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        rename(project, "Same")
        before = project.history()
        change = project.do("Same", lambda step: articles.edit(step, ids_of(project)[:1], title="Same"))
        assert (change.step, change.ids, change.articles) == (0, {}, frozenset())
        assert project.history() == before
        project.do("Nobody", lambda step: highlights.remove(step, ["not there"]))
        assert project.history() == before


def test_the_same_memo_again_is_no_step(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        made = mark(project, ids_of(project)[0], 0, 3)
        before = contents(project)
        time.sleep(0.002)
        project.do("Memo", lambda step: highlights.edit(step, [made.id], memo="", code="f-1"))
        assert contents(project) == before


def test_a_step_inside_a_step_is_refused(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        before = contents(project)
        with pytest.raises(AssertionError, match="inside"), project.step("Outer"):
            project.do("Inner", lambda step: coders.ensure(step, "Grace"))
        assert contents(project) == before


def test_what_was_removed_meanwhile_cannot_be_changed(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        first = ids_of(project)[0]
        made = mark(project, first, 0, 3)
        project.do("Remove", lambda step: articles.remove(step, [first]))
        before = contents(project)
        for work in (
            lambda step: articles.edit(step, [first], title="x"),
            lambda step: highlights.edit(step, [made.id], memo="x"),
            lambda step: highlights.move(step, made, [(0, 1)]),
            lambda step: highlights.add(step, [made]),
            lambda step: coders.recolour(step, "nobody", "red"),
            lambda step: taxonomies.edit_codes(step, ["no code"], label="x"),
        ):
            with pytest.raises(UserError, match="no longer in the project"):
                project.do("Change", work)
        assert contents(project) == before


def test_a_mark_needs_a_code_and_a_coder_that_are_there(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        first = ids_of(project)[0]
        for coder, code in ((ada(project), "gone"), ("gone", "f-1")):
            made = highlights.make(first, coder, code, [(0, 1)])
            with pytest.raises(UserError, match="no longer in the project"):
                project.do("Mark", lambda step, made=made: highlights.add(step, [made]))


def test_a_number_is_never_given_again(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil", ["first"]) as project:
        with project.step("Import") as handle:
            batch = handle.step.number
            (early,) = add_texts(handle.step, ["early words"])
        project.do("Remove", lambda step: articles.remove(step, [early]))
        with project.step("Import", batch=batch) as handle:
            add_texts(handle.step, ["late words"])
        last = contents(project)
        while project.undo():
            pass
        while project.redo():
            pass
        assert contents(project) == last
        assert [hit.title for hit in search(project, "words")] == ["late words"]


def test_undone_texts_are_not_found_and_redone_ones_are(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil", ["zebra one", "zebra two"]) as project:
        project.do("Add", lambda step: add_texts(step, ["zebra three"]))
        assert len(search(project, "zebra")) == 3
        project.undo()
        assert len(search(project, "zebra")) == 2
        project.redo()
        assert len(search(project, "zebra")) == 3
        assert project.rows("SELECT count(*) FROM article_text_fts_docsize") == [(3,)]


def test_a_hundred_steps_can_be_undone_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        with project.step("Import") as handle:
            batch = handle.step.number
            add_texts(handle.step, ["x"])
        kept = []
        for number in range(100):
            kept.append(contents(project))
            rename(project, f"title {number}")
        with project.step("Import", batch=batch) as handle:  # it ends last and began first
            add_texts(handle.step, ["y"])
        whole = contents(project)
    with Project.open(path) as project:
        undone = 0
        while project.undo():
            undone += 1
        assert undone == 100
        assert contents(project)["article"][0] == kept[0]["article"][0]
        while project.redo():
            pass
        assert contents(project) == whole


def test_texts_of_an_undone_import_are_kept_while_they_can_be_redone(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        for number in range(150):
            rename(project, f"title {number}")
        project.do("Add", lambda step: add_texts(step, ["z" * 5000]))
        last = contents(project)
        while project.undo():
            pass
    with Project.open(path) as project:
        while project.redo():
            pass
        assert contents(project) == last


def test_texts_of_an_undone_import_go_when_they_are_old(tmp_path: Path) -> None:
    path = tmp_path / "p.postil"

    def copies(project: Project) -> int:
        return int(
            project.value(
                "SELECT count(*) FROM step_row WHERE [table] = 'article_text' AND before IS NOT NULL"
            )
        )

    with project_with(path) as project:
        project.do("Add", lambda step: add_texts(step, ["z" * 5000]))
        project.undo()
        for number in range(99):
            rename(project, f"title {number}")
    with Project.open(path) as project:
        assert copies(project) == 1
        rename(project, "one more")
    with Project.open(path) as project:
        assert copies(project) == 0
        last = contents(project)
        while project.undo():
            pass
        while project.redo():
            pass
        assert contents(project) == last


def test_history_has_a_line_for_each_group(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        with project.step("Add 2 files", "ada") as handle:
            batch = handle.step.number
            add_texts(handle.step, ["x"])
        with project.step("Add 2 files", "ada", batch=batch) as handle:
            add_texts(handle.step, ["y"])
        project.undo("grace")
        lines = [(info.label, info.kind, info.coder, info.undone) for info in project.history()]
        assert lines == [
            ("Add 2 files", "undo", "grace", False),
            ("Add 2 files", "do", "ada", True),
            ("Fill", "do", "", False),
        ]


def test_taxonomies_come_and_go_with_their_marks(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        first = ids_of(project)[0]
        made = mark(project, first, 0, 3, "f-11")
        project.do("Move", lambda step: taxonomies.remove_codes(step, ["f-1"], marks="move", to="f-2"))
        moved = highlights.highlight(project, made.id)
        assert moved
        assert moved.code == "f-2"
        project.undo()
        assert highlights.highlight(project, made.id) == made
        with pytest.raises(UserError, match="deleted with them"):
            project.do("Move", lambda s: taxonomies.remove_codes(s, ["f-1"], marks="move", to="f-11"))
        with pytest.raises(UserError, match="already"):
            project.do("Again", lambda step: taxonomies.add(step, FRAMES))


def test_an_article_with_bytes_comes_back_as_it_was(tmp_path: Path) -> None:
    whole = Original("a.bin", bytes(range(256)) * 40)
    with Project.create(tmp_path / "p.postil") as project:
        draft = Draft("text\nwith an emoji 😀 " * 400, attributes={"a": "ü"})
        project.do("Add", lambda step: articles.add(step, [draft], ["a.bin"], [whole]))
        (id,) = ids_of(project)
        project.do("Remove", lambda step: articles.remove(step, [id]))
        project.undo()
        assert original(project, id) == whole.data
        assert articles.text(project, id) == draft.text


def test_the_last_step_is_found_at_once_in_a_long_history(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil") as project:
        with project.unlogged() as db:
            db.conn.executemany(
                "INSERT INTO step (id, at, label, kind, [of], batch, undone) VALUES (?, '', 'x', 'do', 0, ?, 0)",
                ((number, number) for number in range(2, 100_002)),
            )
        began = time.perf_counter()
        found = [project.undoable() for _ in range(100)]
        assert time.perf_counter() - began < 0.5
        assert found[-1]
        assert found[-1].id == 100_001
