"""What was purged is gone: from tables, log, index and the bytes of the file; and what still holds it is named."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Draft
from annotate.replacing import pseudonym_rule
from storage import Project, articles, coders, corrections, highlights, lost_marks, purging, search, versions
from storage.backup import backup_folder, make_backup
from storage.checking import check
from storage.originals import Original, original
from storage.purging import purge, removed, what_is_held
from tests.storage.data import ids_of, mark, project_with

SECRET = "Quetzalcoatlus"
TEXT = f"A talk with {SECRET} in a town.\n" + "Words that stay the same. " * 300
OTHER = f"Another of the same file, without the name.\n{'More. ' * 200}"


@pytest.fixture
def project(tmp_path: Path):
    with project_with(tmp_path / "p.postil", ()) as made:
        drafts = [Draft(TEXT, title="One"), Draft(OTHER, title="Two")]
        whole = f"{TEXT}{OTHER}".encode() * 2
        originals = [Original("f.txt", whole, "file-1"), Original("f.txt", None, "file-1")]
        made.do("Add", lambda step: articles.add(step, drafts, ["f.txt"] * 2, originals))
        yield made


def raw(project: Project) -> bytes:
    beside = [project.path.with_name(project.path.name + suffix) for suffix in ("", "-wal", "-journal")]
    return b"".join(path.read_bytes() for path in beside if path.exists())


def pseudonymise(project: Project) -> None:
    rule = pseudonym_rule([(SECRET, "Person A")])
    project.do("Pseudonyms", lambda step: corrections.replace_in_many(step, ids_of(project), rule))


def test_a_word_that_was_purged_is_in_no_byte_of_the_file(project: Project) -> None:
    id, other = ids_of(project)
    mark(project, id, 12, 26)
    pseudonymise(project)
    project.undo()
    project.redo()
    lost = mark(project, id, 2, 6)
    project.do("C", lambda s: corrections.correct(s, id, articles.text(project, id).replace("talk", "chat")))
    assert SECRET.encode() in raw(project)
    assert SECRET.lower().encode() in raw(project)
    held = what_is_held(project, [id])
    assert (held.articles, held.versions, held.originals, held.others, held.quotes) == (1, 2, 1, 1, 1)
    done = purge(project, [id])
    assert done.rewritten
    assert done.change.articles == {id, other}
    for word in (SECRET, SECRET.lower(), SECRET[:9].lower()):
        assert word.encode() not in raw(project)
    assert [(each.number, each.present) for each in versions.versions(project, id)] == [(3, True)]
    assert (original(project, id), original(project, other)) == (None, None)
    assert [(each.id, each.quote) for each in lost_marks.lost(project)] == [(lost.id, "")]
    assert [each.article for each in search.search(project, "Person town")] == [id]
    assert check(project) == []
    project.close()
    with Project.open(project.path) as again:
        assert check(again) == []
        assert SECRET.encode() not in raw(again)


def test_a_purge_of_a_text_that_was_never_corrected_takes_what_it_came_from(project: Project) -> None:
    id = ids_of(project)[0]
    purge(project, [id])
    assert original(project, id) is None
    assert articles.text(project, id) == TEXT
    assert project.undo().label == "Add"
    assert articles.count(project) == 0
    assert project.redo().label == "Add"
    assert check(project) == []


def test_steps_from_before_a_purge_stay_done_and_later_ones_do_not(project: Project) -> None:
    id = ids_of(project)[0]
    pseudonymise(project)
    made = mark(project, id, 2, 6)
    purge(project, [id])
    assert project.history()[0].kind == "purge"
    assert project.undo().label == "Highlight"
    assert (project.undoable(), project.undo()) == (None, None)
    assert "purge" in project.why_no_undo()
    assert project.redo().label == "Highlight"
    assert highlights.of_article(project, id) == [made]
    assert articles.text(project, id).startswith("A talk with Person A in")


def test_nothing_can_be_done_again_after_a_purge(project: Project) -> None:
    pseudonymise(project)
    project.undo()
    purge(project, [ids_of(project)[0]])
    assert project.redoable() is None


def test_a_window_that_had_the_project_open_cannot_undo_past_a_purge_either(project: Project) -> None:
    pseudonymise(project)
    with Project.open(project.path) as other:
        done = purge(other, [ids_of(project)[0]])
        assert done.rewritten
    change = project.poll()
    assert change
    assert ids_of(project)[0] in change.articles
    assert project.undoable() is None


def test_a_reader_that_keeps_the_log_is_told_of(project: Project, monkeypatch) -> None:
    pseudonymise(project)
    with Project.open(project.path, write=False) as other:
        other.db.execute("BEGIN")
        other.rows("SELECT count(*) FROM article")
        monkeypatch.setattr(purging, "WAIT_MS", 10)
        done = purge(project, [ids_of(project)[0]])
        assert not done.rewritten
        other.db.execute("ROLLBACK")
    assert purge(project, [ids_of(project)[0]]).rewritten
    assert SECRET.encode() not in raw(project)


def test_other_articles_in_the_same_steps_keep_their_texts(project: Project) -> None:
    id, other = ids_of(project)
    project.do("C", lambda s: [corrections.correct(s, each, "New text.") for each in (id, other)])
    purge(project, [id])
    assert versions.text(project, versions.numbered(project, other, 1)) == OTHER
    with pytest.raises(UserError):
        versions.numbered(project, id, 1)
    assert check(project) == []


def test_the_backups_that_still_hold_it_are_named(project: Project) -> None:
    id = ids_of(project)[0]
    with project_with(project.path.with_name("x.postil")) as stranger:
        stranger.close()
    before = make_backup(project.path)
    pseudonymise(project)
    between = make_backup(project.path)
    done = purge(project, [id])
    after = make_backup(project.path)
    assert before
    assert between
    assert after
    assert set(done.held.backups) == {before.path, between.path}
    assert set(what_is_held(project, [id]).backups) == {before.path, between.path}
    broken = backup_folder(project.path) / "2020-01-01 000000 step 1.postil"
    broken.write_bytes(b"none")
    assert broken in what_is_held(project, [id]).backups


def test_an_article_that_was_removed_goes_for_good(project: Project) -> None:
    id, other = ids_of(project)
    pseudonymise(project)
    assert removed(project) == []
    backup = make_backup(project.path)
    project.do("Remove", lambda step: articles.remove(step, [id]))
    later = mark(project, other, 0, 3)
    assert removed(project) == [id]
    assert SECRET.encode() in raw(project)
    done = purge(project, removed(project))
    assert SECRET.encode() not in raw(project)
    assert SECRET[:9].lower().encode() not in raw(project)
    assert b"stay the same" not in raw(project)
    assert removed(project) == []
    assert backup
    assert done.held.backups == (backup.path,)
    assert project.undo().label == "Highlight"
    assert project.undo() is None
    assert highlights.highlight(project, later.id) is None
    assert check(project) == []


def test_an_article_that_is_not_there_cannot_be_purged(project: Project) -> None:
    with pytest.raises(UserError):
        purge(project, ["none"])


DEEDS = (
    "correct",
    "correct",
    "back",
    "mark",
    "mark",
    "move",
    "remove",
    "add",
    "undo",
    "undo",
    "redo",
    "purge",
    "gone",
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 20)), min_size=5, max_size=30))
def test_whatever_was_done_the_project_is_whole_after_a_purge(deeds: list[tuple[str, int]]) -> None:
    with (
        TemporaryDirectory() as folder,
        project_with(Path(folder) / "p.postil", ("ab cd ef", "gh ij kl")) as it,
    ):
        for at, (deed, which) in enumerate(deeds):
            done(it, deed, which, at)
            assert check(it) == []
        while it.undo():
            assert check(it) == []


def done(project: Project, deed: str, which: int, at: int) -> None:
    ids = ids_of(project)
    id = ids[which % len(ids)] if ids else ""
    if deed == "undo":
        project.undo()
    elif deed == "redo":
        project.redo()
    elif deed == "gone" and removed(project):
        purge(project, removed(project))
        assert removed(project) == []
    elif deed == "add":
        whole = Original("f", b"secret" * 9, "one" if which % 2 else "")
        drafts = [Draft(f"x{at} y z"), Draft(f"v{at} w")]
        if not project.value("SELECT 1 FROM file") or not whole.file:
            originals = [whole, Original("f", None, whole.file)]
            project.do("Add", lambda step: articles.add(step, drafts, ["f", "f"], originals))
    elif ids:
        done_to(project, deed, id, which, at)


def done_to(project: Project, deed: str, id: str, which: int, at: int) -> None:
    text = articles.text(project, id)
    known = versions.versions(project, id)
    marks = highlights.of_article(project, id)
    if deed == "correct":
        new = f"{text[: which % 5]}k{at} {text[which % 7 :]}"
        project.do("C", lambda step: corrections.correct(step, id, new))
    elif deed == "back" and known:
        project.do("B", lambda step: corrections.go_back(step, known[which % len(known)].id))
    elif deed == "mark" and coders.named(project, "Ada"):
        mark(project, id, 0, 1 + which % len(text))
    elif deed == "move" and marks:
        project.do("M", lambda step: highlights.move(step, marks[0], [(0, 1)]))
    elif deed == "remove":
        project.do("R", lambda step: articles.remove(step, [id]))
    elif deed == "purge":
        purge(project, [id])
        assert versions.count_earlier(project, id) == 0
        assert original(project, id) is None
