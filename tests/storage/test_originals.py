"""The bytes articles came from, and where PDFs stand on their pages, through storing, undo and removal."""

from __future__ import annotations

import json
from pathlib import Path

from annotate.model import Draft
from annotate.readers.reading import Loaded
from storage import Project, articles, coders, exchange, highlights, importing
from storage.checking import check
from storage.originals import name, original
from tests.annotate.test_readers_pdf import make_pdf

WHOLE = b"one file\n" * 1000


def many(monkeypatch, number: int) -> None:
    """Lets each file that is read give so many articles."""

    def read_all(paths, **_):
        for path in paths:
            drafts = tuple(Draft(f"Article {at} of {path.name}", f"{path.name} {at}") for at in range(number))
            yield Loaded(path, drafts, WHOLE + path.name.encode())

    monkeypatch.setattr(importing, "read_all", read_all)


def files(project: Project) -> int:
    return project.value("SELECT count(*) FROM file")


def test_a_file_of_many_articles_is_kept_once_and_given_back_for_each(
    project: Project, tmp_path: Path, monkeypatch
) -> None:
    many(monkeypatch, 40)
    paths = [tmp_path / "a.html", tmp_path / "b.html"]
    for path in paths:
        path.touch()
    report = importing.Importer(project).run(paths)
    assert (len(report.articles), files(project)) == (80, 2)
    assert {original(project, id) for id in report.articles[:40]} == {WHOLE + b"a.html"}
    assert {original(project, id) for id in report.articles[40:]} == {WHOLE + b"b.html"}
    assert name(project, report.articles[-1]) == "b.html"
    assert check(project) == []
    project.undo()
    assert files(project) == 0
    project.redo()
    assert original(project, report.articles[0]) == WHOLE + b"a.html"


def test_the_file_goes_with_the_last_of_its_articles_and_comes_back(
    project: Project, tmp_path: Path, monkeypatch
) -> None:
    many(monkeypatch, 3)
    (tmp_path / "a.html").touch()
    made = importing.Importer(project).run([tmp_path / "a.html"]).articles
    project.do("Remove two", lambda step: articles.remove(step, made[:2]))
    assert files(project) == 1
    project.do("Remove one", lambda step: articles.remove(step, made[2:]))
    assert files(project) == 0
    project.undo()
    project.undo()
    assert [original(project, id) for id in made] == [WHOLE + b"a.html"] * 3
    assert check(project) == []


def test_a_pdf_knows_its_places_after_undo_and_redo(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf([[(100, 500, 10, "one two three")]]))
    (id,) = importing.Importer(project).run([tmp_path / "a.pdf"]).articles
    before = articles.places(project, id)
    assert before is not None
    assert [box.page for box in before.boxes([(0, 3)])] == [0]
    project.undo()
    assert not articles.has_places(project, id)
    project.redo()
    assert articles.has_places(project, id)
    assert articles.places(project, id) == before
    assert articles.places(project, "another") is None


def test_a_mark_in_a_pdf_goes_out_with_its_page_and_boxes(project: Project, tmp_path: Path) -> None:
    pages = [[(100, 500, 10, "one two three")], [(72, 700, 10, "four five"), (72, 688, 10, "six")]]
    (tmp_path / "a.pdf").write_bytes(make_pdf(pages))
    (id,) = importing.Importer(project).run([tmp_path / "a.pdf"]).articles
    text = articles.text(project, id)
    spans = [(text.index("two"), text.index("two") + 3), (text.index("five"), text.index("six") + 3)]

    def work(step):
        highlights.add(step, [highlights.make(id, coders.ensure(step, "Ana"), None, spans)])

    project.do("Mark", work)
    (span,) = exchange.coded_spans(project)
    assert span.page == "1"
    assert [row[0] for row in json.loads(span.boxes)] == [1, 2, 2]
    assert json.loads(span.boxes)[0][1] == 124.0
