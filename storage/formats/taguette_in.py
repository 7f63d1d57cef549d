"""Taguette projects (.sqlite3): every project of the file, its texts, tags and highlights."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict

from annotate.codebook_files import slug_of
from annotate.errors import UserError
from annotate.marks_from import Found
from annotate.marks_from.html_words import HtmlWords
from annotate.marks_from.labelled import Labelled, Stretch, found
from annotate.marks_from.positions import STANDARD
from annotate.model import Code, Taxonomy
from annotate.readers.contract import stem
from annotate.spoken import counted
from annotate.writers.labelled import UNCODED
from storage.formats.database import count, is_database, opened, rows, text, whole
from storage.formats.own import Own, kept

NAME, TITLE, SUFFIXES = "taguette", "Taguette project", (".sqlite3",)
TABLES = ("projects", "documents", "tags", "highlights", "highlight_tags")


def sniff(data: bytes, name: str) -> bool:
    return is_database(data, b"highlight_tags", b"start_offset")


def read(data: bytes, name: str) -> Found:
    """Its positions are UTF-8 bytes of a text's words. Who made a highlight is told by the log of commands."""
    with opened(data, name, *TABLES) as db:
        own = kept(db)
        projects = rows(db, "SELECT id, name FROM projects ORDER BY id")
        title = next((text(project[1]) for project in projects if text(project[1])), stem(name))
        if not own.books:
            own.books, own.labels = _tags(db, title)
        texts = _Texts(db, own)
        held = [
            texts.read(*document)
            for document in rows(db, "SELECT id, name, description, contents FROM documents ORDER BY id")
        ]
        if not held:
            raise UserError(f"{name} holds no texts.")
        notes = [f"In the file: {counted(len(projects), 'project')}; {counted(count(db, 'tags'), 'tag')}."]
        return found(held, title, notes, labels=own.codes(title), counting=STANDARD)


def _tags(db: sqlite3.Connection, title: str) -> tuple[tuple[Taxonomy, ...], dict[str, str]]:
    """The tags as codes, also those that are on nothing."""
    slug = slug_of(title)
    said: dict[str, str] = {}
    for path, description in rows(db, "SELECT path, description FROM tags ORDER BY path"):
        label = " ".join(text(path).split())
        said[label] = said.get(label) or text(description)
    codes = tuple(
        Code(f"{slug}:{label}", slug, None, "", label, definition, position=place)
        for place, (label, definition) in enumerate(said.items())
        if label
    )
    books = (Taxonomy(slug, slug, title, codes=codes),) if codes else ()
    return books, {code.label: code.id for code in codes}


class _Texts:
    """Reads documents one by one."""

    def __init__(self, db: sqlite3.Connection, own: Own) -> None:
        self._db, self._own = db, own
        self._tags: dict[int, list[str]] = defaultdict(list)
        for highlight, path in rows(
            db,
            "SELECT h.highlight_id, t.path FROM highlight_tags h JOIN tags t ON t.id = h.tag_id ORDER BY t.id",
        ):
            self._tags[whole(highlight)].append(text(path))
        self._made: dict[int, tuple[str, str]] = {}
        if count(db, "commands"):
            for login, date, payload in rows(
                db, "SELECT user_login, date, payload FROM commands ORDER BY id"
            ):
                if (highlight := _added(text(payload))) >= 0:
                    self._made.setdefault(highlight, (text(login), text(date)))

    def read(self, id: object, name: object, description: object, contents: object) -> Labelled:
        words = HtmlWords(text(contents))
        stretches: list[Stretch] = []
        for highlight, start, end in rows(
            self._db,
            "SELECT id, start_offset, end_offset FROM highlights WHERE document_id = ? ORDER BY start_offset, id",
            [id],
        ):
            place = words.point(whole(start)), words.point(whole(end))
            login, made = self._made.get(whole(highlight), ("", ""))
            coder = self._own.coders.get(login, login)
            labels = self._tags.get(whole(highlight)) or [UNCODED]
            stretches += [Stretch(*place, label, coder, created=made) for label in labels]
        attributes = {"description": text(description)} if text(description).strip() else {}
        own = self._own.texts.get(text(id))
        return Labelled(words.text, stretches, own, text(name), attributes=attributes)


def _added(payload: str) -> int:
    """The highlight that a command tells of, -1 for any other command."""
    try:
        held = json.loads(payload)
    except (ValueError, RecursionError):
        return -1
    if not isinstance(held, dict) or held.get("type") != "highlight_add":
        return -1
    return whole(held.get("highlight_id"))
