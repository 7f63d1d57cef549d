"""Taguette projects: what goes out comes back, and Taguette itself reads the same words."""

from __future__ import annotations

import json
import logging
import random
import sqlite3
import warnings
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.marks import MarkLine
from annotate.marks_from.html_words import HtmlWords
from annotate.offsets import ByteMap
from annotate.writers import Dataset
from storage import Project
from storage.annotations_in import import_annotations
from storage.exchange import dataset as stored_dataset
from storage.formats import taguette, taguette_in
from tests.annotate.hard import TAXONOMIES, TEXTS, datasets, facts, facts_found, hard, texts, written

HARD = written(taguette, hard())[0]


def database(path: Path, data: bytes) -> sqlite3.Connection:
    path.write_bytes(data)
    return sqlite3.connect(path)


def theirs(path: Path, *documents: tuple[str, list[tuple[int, int, tuple[str, ...]]]]) -> bytes:
    """A project as Taguette has it: documents as HTML, each with its highlights (start, end, tags)."""
    with closing(database(path, HARD)) as db:
        for table in ("postil", "highlights", "highlight_tags", "tags", "documents", "commands"):
            db.execute(f"DELETE FROM {table}")
        db.execute("DROP TABLE postil")
        db.execute("INSERT INTO users (login, created, disabled) VALUES ('remi', '2024-01-02 03:04:05', 0)")
        for number, (html, marks) in enumerate(documents, 1):
            db.execute(
                "INSERT INTO documents VALUES (?, 'Interview', 'spoken', 'a.html', '2024-01-02', 1, "
                "'LEFT_TO_RIGHT', ?)",
                (number, html),
            )
            for start, end, tags in marks:
                row = (number, start, end)
                id = db.execute(
                    "INSERT INTO highlights (document_id, start_offset, end_offset, snippet) VALUES (?, ?, ?, '')",
                    row,
                ).lastrowid
                for tag in tags:
                    db.execute(
                        "INSERT OR IGNORE INTO tags (project_id, path, description) VALUES (1, ?, 'D')", [tag]
                    )
                    db.execute("INSERT INTO highlight_tags SELECT ?, id FROM tags WHERE path = ?", (id, tag))
                said = {"type": "highlight_add", "highlight_id": id}
                db.execute(
                    "INSERT INTO commands (date, user_login, project_id, document_id, payload) "
                    "VALUES ('2024-01-02 03:04:05.000000', 'remi', 1, ?, ?)",
                    (number, json.dumps(said)),
                )
        db.commit()
    return path.read_bytes()


def test_what_went_out_comes_in_the_same() -> None:
    done = written(taguette, hard())[1]
    assert (done.rows, done.notes) == (12, ("2 marks with gaps: a highlight for each part.",))
    assert taguette_in.sniff(HARD, "x")
    found = taguette_in.read(HARD, "x")
    assert facts_found(found) == facts(hard())
    assert [draft.text for draft in found.drafts] == list(TEXTS)
    assert found.drafts[0].attributes == {"section": "=1+1"}
    assert [[code.id for code in each.codes] for each in found.taxonomies] == [
        sorted((code.id for code in each.codes), key=[code.id for code in each.codes].index)
        for each in TAXONOMIES
    ]


@settings(max_examples=60, deadline=None)
@given(data=datasets())
def test_any_marks_come_in_the_same(data: Dataset) -> None:
    found = taguette_in.read(written(taguette, data)[0], "x")
    assert facts_found(found) == facts(data)
    assert [draft.text for draft in found.drafts] == [each.text for each in data.articles()]


@given(text=texts, place=st.integers(0, 60))
def test_bytes_and_code_points_are_inverse(text: str, place: int) -> None:
    place = min(place, len(text))
    places = ByteMap(text * 40)
    for at in (place, place + 20 * len(text)):
        assert places.to_points(places.to_bytes(at)) == at
        assert places.to_bytes(at) == len((text * 40)[:at].encode())


def test_a_project_goes_out_and_into_another(tmp_path: Path) -> None:
    with Project.create(tmp_path / "one.postil") as one:
        report = import_annotations(one, taguette_in.read(HARD, "x"))
        assert (report.added, report.bad, len(report.articles)) == (12, [], 3)
        again = written(taguette, stored_dataset(one))[0]
        report = import_annotations(one, taguette_in.read(again, "y"))
        assert (report.added, report.codes, report.articles) == (0, 0, [])


def test_what_taguette_made_comes_in(tmp_path: Path) -> None:
    html = (
        "\n<h1>Ein Käfer</h1>\n<p>Er <em>kroch</em> über\nden <b>Weg</b>.</p>"
        "\n<ul>\n<li>eins</li>\n<li>zwei 😀</li></ul>"
    )
    words = "Ein Käfer\nEr kroch über\nden Weg.\n\neins\nzwei 😀".encode()
    at = words.index("über".encode())
    data = theirs(tmp_path / "a.sqlite3", (html, [(at, at + 12, ("way", "way.over")), (0, 4, ())]))
    found = taguette_in.read(data, "a.sqlite3")
    (draft,) = found.drafts
    assert draft.text == "Ein Käfer\nEr kroch über den Weg.\neins\nzwei 😀"
    assert (draft.title, draft.attributes) == ("Interview", {"description": "spoken"})
    marks = [line for line in found.marks if isinstance(line, MarkLine)]
    assert [(draft.text[m.start : m.end], m.code, m.coder) for m in marks] == [
        ("Ein ", None, "remi"),
        ("über den Weg"[:11], "a-hard-study:way", "remi"),
        ("über den Weg"[:11], "a-hard-study:way.over", "remi"),
    ]
    assert marks[0].created == "2024-01-02T03:04:05.000Z"
    assert [code.definition for code in found.taxonomies[0].codes] == ["D", "D"]


@given(text=texts)
def test_words_in_paragraphs_keep_their_bytes(text: str) -> None:
    words = HtmlWords(taguette._html(text))
    assert words.text == text
    assert [words.point(len(text[:at].encode())) for at in range(len(text) + 1)] == list(range(len(text) + 1))


def test_without_text_there_is_nothing_to_write() -> None:
    with pytest.raises(UserError, match="cannot be left out"):
        written(taguette, hard(), text=False)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_damaged_files_give_a_result_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(HARD)
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(16, len(data))] = chance.randrange(256)
    with suppress(UserError):
        taguette_in.read(bytes(data), "x")


@pytest.mark.parametrize("data", [b"", b"words", b"SQLite format 3\0", b"SQLite format 3\0" + b"x" * 4096])
def test_what_is_no_database_is_said(data: bytes) -> None:
    with pytest.raises(UserError, match="no database"):
        taguette_in.read(data, "x.sqlite3")


def test_taguette_imports_it_and_reads_the_same_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL, "taguette")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("taguette")
        read_by_taguette(tmp_path)


def read_by_taguette(folder: Path) -> None:
    """Its own import, which checks every field, and its own way from bytes to words."""
    from bs4 import BeautifulSoup
    from taguette import database as db
    from taguette import extract

    (folder / "study.sqlite3").write_bytes(HARD)
    source = db.connect(f"sqlite:///{folder / 'study.sqlite3'}", external=True)()
    target = db.connect(f"sqlite:///{folder / 'theirs.sqlite3'}")()
    target.add(db.User(login="admin"))
    target.commit()
    db.copy_project(source, target, 1, "admin")
    said: list[Any] = []
    for each in target.query(db.Highlight).order_by(db.Highlight.document_id, db.Highlight.id):
        snippet = extract.extract(each.document.contents, each.start_offset, each.end_offset)
        words = BeautifulSoup(snippet, "html5lib").text
        assert BeautifulSoup(each.snippet, "html5lib").text.strip("\n") == words.strip("\n")
        said.append((words.strip("\n"), [tag.path for tag in each.tags]))
    marks = [(article.text, mark) for article in hard().articles() for mark in article.spans]
    expected = [
        (text[start:end].strip("\n"), mark.label)
        for text, mark in marks
        for start, end in (json.loads(mark.parts) if mark.parts else [(mark.start, mark.end)])
    ]
    assert [words for words, _ in said] == [words for words, _ in expected]
    assert [bool(tags) for _, tags in said] == [bool(label) for _, label in expected]
    target.close()
    source.close()
    target.get_bind().dispose()
    source.get_bind().dispose()
