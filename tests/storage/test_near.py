"""Near duplicates: found at import and in the whole project, kept, taken along, and found again after undo."""

from __future__ import annotations

import json
import random
from dataclasses import asdict

import pytest

from annotate.near import signature
from storage import Project, articles, importing, near
from storage.importing import Importer, ImportReport
from tests.storage.data import add_texts, ids_of

WORDS = [f"word{at}" for at in range(800)]


def text(seed: int, *, changed: int = 0, words: int = 300) -> str:
    """A text of its own for each seed; so many of its words, far apart, are other ones."""
    made = random.Random(seed).choices(WORDS, k=words)
    for at in range(changed):
        made[at * words // max(1, changed)] = f"changed{at}"
    return " ".join(made)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def put(folder, **texts: str) -> None:
    for name, each in texts.items():
        (folder / f"{name}.txt").write_text(each, encoding="utf-8")


def run(project: Project, *paths) -> ImportReport:
    return Importer(project).run(paths)


def found(project: Project, listed) -> list[tuple[str, str]]:
    sources = {each.id: each.source for each in articles.all_articles(project)}
    return [(sources.get(each.article, "gone"), sources.get(each.of, "gone")) for each in listed]


def held(project: Project) -> tuple[int, int]:
    return (
        project.value("SELECT count(*) FROM signature"),
        project.value("SELECT count(*) FROM signature_band"),
    )


def test_an_import_finds_what_is_like_an_article_of_it_or_of_an_earlier_one(project, folder):
    put(folder, a=text(1), b=text(2), c=text(1, changed=4), d=text(3), e=text(2, changed=60))
    report = run(project, folder)
    assert len(report.articles) == 5
    assert found(project, report.near) == [("c.txt", "a.txt")]
    assert 0.8 < report.near[0].similarity < 0.95
    put(folder, f=text(3, changed=3), g=text(2))
    again = run(project, folder)
    assert len(again.duplicates) == 6
    assert found(project, again.near) == [("f.txt", "d.txt")]


def test_an_article_is_told_with_the_one_it_is_most_like(project, folder):
    put(folder, a=text(1), b=text(1, changed=5), c=text(1, changed=5) + " and one word more")
    assert found(project, run(project, folder).near) == [("b.txt", "a.txt"), ("c.txt", "b.txt")]


def test_a_shortened_text_is_near_though_much_of_the_longer_one_is_gone(project, folder):
    put(folder, a=text(1), b=" ".join(text(1).split()[:200]))
    (told,) = run(project, folder).near
    assert told.contained == 1
    assert told.similarity < 0.7


def test_the_report_is_kept_and_older_ones_still_read(project, folder):
    put(folder, a=text(1), b=text(1, changed=3))
    report = run(project, folder)
    ((_, kept),) = importing.reports(project)
    assert kept == report
    older = asdict(report)
    del older["near"]
    with project.unlogged() as db:
        db.conn.execute("UPDATE import_run SET report = ?", (json.dumps(older),))
    ((_, kept),) = importing.reports(project)
    assert kept.near == []
    assert kept.articles == report.articles


def test_articles_take_their_signatures_along_and_undo_and_redo_are_right(project, folder):
    put(folder, a=text(1), b=text(1, changed=3))
    run(project, folder)
    assert held(project) == (2, 20)
    first, second = ids_of(project)
    project.do("Keep", lambda step: near.keep_both(step, second, first))
    assert near.kept(project) == {frozenset((first, second))}
    project.do("Remove", lambda step: articles.remove(step, [first]))
    assert held(project) == (1, 10)
    assert near.kept(project) == frozenset()
    project.undo()
    assert near.kept(project) == {frozenset((first, second))}
    project.undo()
    project.undo()
    assert held(project) == (0, 0)
    project.redo()
    put(folder, c=text(1, changed=3) + " more")
    report = run(project, folder)  # signs again what undo brought back
    assert held(project) == (3, 30)
    assert found(project, report.near) == [("c.txt", "b.txt")]


def test_a_text_that_changes_is_signed_anew(project, folder):
    put(folder, a=text(1))
    run(project, folder)
    (id,) = ids_of(project)
    project.do("Correct", lambda step: step.edit("article_text", [{"article": id, "text": text(2)}]))
    assert held(project) == (0, 0)
    put(folder, b=text(2, changed=3))
    assert found(project, run(project, folder).near) == [("b.txt", "a.txt")]


def test_articles_of_an_older_project_are_compared_from_the_next_import_on(project, folder):
    project.do("Add", lambda step: add_texts(step, [text(at) for at in range(900)]))
    assert held(project) == (0, 0)
    put(folder, new=text(7, changed=3))
    assert found(project, run(project, folder).near) == [("7.txt", "new.txt")[::-1]]
    assert held(project) == (901, 9010)


def test_signing_the_articles_of_an_older_project_can_be_stopped(project, folder):
    project.do("Add", lambda step: add_texts(step, [text(at, words=20) for at in range(900)]))
    put(folder, new=text(7))
    report = Importer(project, progress=lambda _: False).run([folder])
    assert report.cancelled
    assert report.articles == []
    assert held(project) == (0, 0)  # a cancelled import ends at once
    Importer(project).run([folder])
    assert held(project)[0] == 901


def test_many_that_are_alike_stay_quick_and_are_all_found(project, folder):
    for at in range(260):
        put(folder, **{f"{at:03}": text(1) + f" number {at}"})
    assert len(run(project, folder).near) == 259
    most = project.value("SELECT max(n) FROM (SELECT count(*) AS n FROM signature_band GROUP BY band)")
    assert most <= near.CROWD


def test_all_pairs_of_a_project_with_and_without_signatures(project, folder):
    put(folder, a=text(1), b=text(2))
    run(project, folder)
    project.do("Add", lambda step: add_texts(step, [text(1, changed=4), text(2, changed=40), text(5)]))
    assert found(project, near.pairs(project)) == [("0.txt", "a.txt")]
    assert found(project, near.pairs(project, 0.5)) in (
        [("0.txt", "a.txt")],
        [("0.txt", "a.txt"), ("1.txt", "b.txt")],
    )
    assert held(project) == (2, 20)
    assert list(near.pairs(project, 0.99)) == []


def test_what_is_still_to_be_looked_at(project, folder):
    put(
        folder,
        a=text(1),
        b=text(1, changed=3),
        c=text(1, changed=3) + " more",
        d=text(4),
        e=text(4, changed=3),
    )
    told = run(project, folder).near
    assert found(project, told) == [("b.txt", "a.txt"), ("c.txt", "b.txt"), ("e.txt", "d.txt")]
    a, b, *_, d, e = ids_of(project)
    project.do("Keep", lambda step: near.keep_both(step, d, e))
    assert found(project, near.undecided(project, told)) == [("b.txt", "a.txt"), ("c.txt", "b.txt")]
    project.do("Remove", lambda step: articles.remove(step, [b]))
    assert found(project, near.undecided(project, told)) == [("c.txt", "a.txt")]
    project.do("Remove", lambda step: articles.remove(step, [a]))
    assert near.undecided(project, told) == []


def test_keeping_both_twice_is_no_second_step(project):
    project.do("Add", lambda step: add_texts(step, ["one", "two"]))
    first, second = ids_of(project)
    assert project.do("Keep", lambda step: near.keep_both(step, first, second)).step
    assert not project.do("Keep", lambda step: near.keep_both(step, second, first)).step


def test_texts_without_words_are_signed_once_and_near_nothing(project, folder):
    put(folder, a="…", b="— —")
    assert run(project, folder).near == []
    assert held(project) == (2, 0)
    assert signature("…") == b""


def test_pasted_text_is_compared_too(project, folder):
    from annotate.readers import read_text

    put(folder, a=text(1))
    run(project, folder)
    report = Importer(project).run_drafts([read_text(text(1, changed=3), "Pasted")], "Pasted")
    assert [each.of for each in report.near] == ids_of(project)[:1]
