"""The tidy SQLite copy: its rows are the dataset, its keys hold, and Datasette serves it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tracemalloc
import warnings
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from annotate.errors import UserError
from annotate.writers import CodedArticle, Dataset, Options, export
from annotate.writers.labelled import parts_of
from storage import Project
from storage.formats import tidy
from tests.annotate.hard import datasets, hard, written
from ui.formats import writers


def held(path: Path, data: bytes) -> sqlite3.Connection:
    path.write_bytes(data)
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    return db


def check(db: sqlite3.Connection, data: Dataset) -> None:
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    marks = db.execute(
        "SELECT h.*, k.name, a.text FROM highlights h JOIN coders k ON k.id = h.coder "
        "JOIN articles a ON a.id = h.article ORDER BY h.id"
    ).fetchall()
    parts: dict[str, list[tuple[int, int]]] = {}
    for row in db.execute("SELECT * FROM highlight_parts ORDER BY highlight, part"):
        parts.setdefault(row["highlight"], []).append((row["start"], row["end"]))
    expected = sorted(data.spans(), key=lambda span: span.id)
    assert len(marks) == len(expected)
    for row, span in zip(marks, expected, strict=True):
        said = (row["article"], row["code"], row["name"], row["memo"], row["certainty"], row["quote"])
        assert said == (span.article, span.code, span.coder, span.memo, span.certainty, span.quote)
        stretches = parts.get(row["id"], [(row["start"], row["end"])])
        assert stretches == parts_of(span)
        assert " … ".join(row["text"][start:end] for start, end in stretches) == span.quote


def test_the_rows_are_the_dataset(tmp_path: Path) -> None:
    data, done = written(tidy, hard())
    assert (done.rows, done.notes) == (12, ())
    with closing(held(tmp_path / "a.db", data)) as db:
        check(db, hard())
        assert [tuple(row) for row in db.execute("SELECT name, value FROM article_fields")] == [
            ("section", "=1+1")
        ]
        assert db.execute("SELECT count(*) FROM coded_spans WHERE label IS NULL").fetchone()[0] == 1
        ways = dict(map(tuple, db.execute("SELECT id, path FROM codes")))
        assert ways["hard:5"] == "אמת > Αλήθεια"
        assert "half open" in db.execute("SELECT value FROM about WHERE name = 'readme'").fetchone()[0]


@settings(max_examples=40, deadline=None)
@given(data=datasets())
def test_any_dataset_is_held(tmp_path_factory: pytest.TempPathFactory, data: Dataset) -> None:
    with closing(held(tmp_path_factory.mktemp("tidy") / "a.db", written(tidy, data)[0])) as db:
        check(db, data)


def test_without_text_no_word_of_it_goes_out() -> None:
    data = written(tidy, hard(), text=False)[0]
    assert b"Some words" not in data
    assert b"title" in data


def test_it_is_exported_anew_but_replaces_no_project(tmp_path: Path) -> None:
    assert writers.writer("sqlite") is tidy
    out = tmp_path / "study.db"
    for _ in range(2):
        assert export("sqlite", hard(), out, Options()).rows == 12
    Project.create(tmp_path / "one.postil").close()
    with pytest.raises(UserError, match="choose another name"):
        export("sqlite", hard(), tmp_path / "one.postil", Options())


def test_many_articles_take_no_memory(tmp_path: Path) -> None:
    article = replace(next(iter(hard().articles())), text="word " * 20_000)

    def many() -> Iterator[CodedArticle]:
        for number in range(200):  # 20 MB of text
            id = f"a{number}"
            spans = (each._replace(id=f"{number} {each.id}", article=id) for each in article.spans)
            yield replace(article, id=id, spans=tuple(spans))

    tracemalloc.start()
    with (tmp_path / "a.db").open("wb") as out:
        done = tidy.write(replace(hard(), articles=many), out, Options())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert done.rows == 200 * 8
    assert (tmp_path / "a.db").stat().st_size > 20_000_000
    assert peak < 6_000_000


def test_datasette_serves_it(tmp_path: Path) -> None:
    (tmp_path / "study.db").write_bytes(written(tidy, hard())[0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        datasette = pytest.importorskip("datasette.app")

        async def asked() -> tuple[list[str], dict[str, object]]:
            served = datasette.Datasette([str(tmp_path / "study.db")])
            await served.invoke_startup()
            tables = (await served.client.get("/study.json")).json()["tables"]
            page = await served.client.get("/study/highlights.json?_labels=on&_shape=objects")
            return [each["name"] for each in tables], page.json()["rows"][0]

        names, row = asyncio.run(asked())
    assert {"articles", "codes", "coders", "highlights", "taxonomies"} <= set(names)
    assert row["coder"] == {"value": 1, "label": "Ana"}, json.dumps(row)
