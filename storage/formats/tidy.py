"""A tidy SQLite database: plain tables with keys to each other, for Datasette, R, Python or SQL by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import IO

from annotate.codetree import by_id, path
from annotate.model import Code, Taxonomy
from annotate.version import VERSION
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.labelled import parts_of
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.whole import COPY
from storage.formats.database import made

NAME, TITLE, SUFFIX, ROWS = "sqlite", "SQLite tables (Datasette)", ".db", "spans"
INDEXES = (
    ("codes", "taxonomy"),
    ("codes", "parent"),
    ("highlights", "article"),
    ("highlights", "code"),
    ("highlights", "coder"),
)
README = """Coded texts, exported from a project. One row of highlights is one mark of one coder on one article;
code is empty where a passage was marked without a code. start and end are Unicode code points in articles.text,
half open: in Python, text[start:end] is the quote. A mark with gaps has a row in highlight_parts for each stretch,
and " … " in its quote. text_hash is the SHA-256 of the text in UTF-8. Fields of an article that only some projects
have are in article_fields. The view coded_spans has all of it joined."""


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """Written as it comes: only the codes and the coders' names are held in memory."""
    with made(out, "tidy.sql", int.from_bytes(COPY)) as db:
        about = {"title": dataset.title, "readme": README, "program": f"Postil {VERSION}"}
        db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        for taxonomy in dataset.taxonomies:
            _add_taxonomy(db, taxonomy)
        tables = _Tables(db, dataset.coders, options)
        for article in dataset.articles():
            tables.add(article)
        for table, column in INDEXES:
            db.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")
    return Written(tables.marks)


def _add_taxonomy(db: sqlite3.Connection, held: Taxonomy) -> None:
    about = (held.title, held.version, held.licence, held.source, held.credit, held.note)
    db.execute(f"INSERT INTO taxonomies VALUES ({_holes(7)})", (held.slug, *about))
    known = by_id(held.codes)
    db.executemany(
        f"INSERT INTO codes VALUES ({_holes(15)})",
        (_code(code, held.slug, path(code, known)) for code in held.codes),
    )


def _code(code: Code, slug: str, way: str) -> tuple[object, ...]:
    return (
        code.id, slug, code.parent, code.notation, code.label, way, code.definition, code.use_when,
        code.avoid_when, code.examples, code.counter_examples, code.colour, code.assignable, code.retired,
        code.position,
    )  # fmt: skip


class _Tables:
    def __init__(self, db: sqlite3.Connection, coders: Sequence[str], options: Options) -> None:
        self._db, self._text = db, options.text
        self._coders: dict[str, int] = {}
        self.marks = 0
        for name in coders:
            self._coder(name)

    def add(self, article: CodedArticle) -> None:
        text = (len(article.text), article.text) if self._text else (None, None)
        about = (
            article.id, article.title, article.outlet, article.author, article.date, article.url, article.language,
            article.state, article.text_hash,
        )  # fmt: skip
        self._db.execute(f"INSERT INTO articles VALUES ({_holes(11)})", (*about, *text))
        own = [(article.id, name, value) for name, value in article.attributes.items()]
        self._db.executemany("INSERT INTO article_fields VALUES (?, ?, ?)", own)
        self._db.executemany(f"INSERT INTO highlights VALUES ({_holes(13)})", map(self._mark, article.spans))
        gapped = [span for span in article.spans if span.parts]
        parts = ((span.id, number, *part) for span in gapped for number, part in enumerate(parts_of(span), 1))
        self._db.executemany("INSERT INTO highlight_parts VALUES (?, ?, ?, ?)", parts)
        self.marks += len(article.spans)

    def _mark(self, span: CodedSpan) -> tuple[object, ...]:
        return (
            span.id, span.article, span.code, self._coder(span.coder), span.start, span.end,
            span.quote if self._text else None, span.memo, span.certainty, span.created, span.modified, span.page,
            span.boxes,
        )  # fmt: skip

    def _coder(self, name: str) -> int:
        if name not in self._coders:
            self._coders[name] = len(self._coders) + 1
            self._db.execute("INSERT INTO coders VALUES (?, ?)", (self._coders[name], name))
        return self._coders[name]


def _holes(number: int) -> str:
    return ", ".join("?" * number)
