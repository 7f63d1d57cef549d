"""QualCoder projects: the database `data.qda`, by itself or in the packed folder."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from annotate.errors import UserError
from annotate.marks_from import Found
from annotate.marks_from.json_file import list_at, number_at, text_at
from annotate.marks_from.labelled import Labelled, Stretch, found
from annotate.marks_from.labels import Labels
from annotate.marks_from.positions import Counting
from annotate.marks_from.zip_names import holds
from annotate.model import Code, Taxonomy
from annotate.offsets import OffsetMap
from annotate.readers import archive
from annotate.readers.contract import stem
from annotate.refi import colour_name
from annotate.spoken import counted
from annotate.writers.labelled import UNCODED
from storage.formats.database import count, is_database, names, opened, rows, text, whole
from storage.formats.own import Own, kept

NAME, TITLE, SUFFIXES = "qualcoder", "QualCoder project", (".qda",)
FILE = "data.qda"
TABLES = ("source", "code_text", "code_name", "code_cat")
LEFT = {  # tables, and what they hold that is no mark on a text
    "code_image": "codings of pictures and PDF pages",
    "code_av": "codings of recordings",
    "journal": "journal entries",
}
QT = Counting(units=True)


def sniff(data: bytes, name: str) -> bool:
    return is_database(data, b"code_text", b"code_cat") or holds(data, FILE)


def read(data: bytes, name: str) -> Found:
    """Positions count code points or UTF-16 units: QualCoder writes both; which, the coded words tell."""
    if data.startswith(archive.MAGIC):
        data = _unpacked(data, name)
    with opened(data, name, *TABLES) as db:
        own = kept(db)
        title = _title(db) or stem(name)
        labels = own.codes(title)
        if not own.books:
            labels = _codes(db, title)
        held = list(_texts(db, own))
        if not held:
            raise UserError(f"{name} holds no texts.")
        return found(held, title, list(_notes(db)), labels=labels, counting=QT if own.texts else None)


def _unpacked(data: bytes, name: str) -> bytes:
    held = archive.Archive(data, name)
    inside = sorted((each for each in held.names if each.lower().endswith(FILE)), key=len)
    if not inside:
        raise UserError(f"{name} is no QualCoder project: it holds no {FILE}.")
    return held.read(inside[0], archive.LARGEST_ALL)


def _title(db: sqlite3.Connection) -> str:
    """The first line of the project's memo, where it is short enough for a title."""
    found = rows(db, "SELECT memo FROM project LIMIT 1") if "project" in names(db) else []
    line = text(found[0][0]).strip().split("\n")[0] if found else ""
    return line if len(line) <= 80 else ""


def _codes(db: sqlite3.Connection, title: str) -> Labels:
    """Categories as headings, codes below them, and codes below codes as QualCoder 4 has them."""
    labels = Labels(title)
    above: dict[int, str] = {}
    waiting = rows(db, "SELECT catid, name, supercatid FROM code_cat ORDER BY name")
    while waiting:
        ready = [row for row in waiting if row[2] is None or whole(row[2]) in above] or waiting
        for catid, name, parent in ready:
            above[whole(catid)] = labels.id(text(name), parent=above.get(whole(parent)))
        waiting = [row for row in waiting if row not in ready]
    headings = set(above.values())
    nested = any(column[1] == "supercid" for column in db.execute("PRAGMA table_info(code_name)"))
    sql = f"SELECT cid, name, memo, catid, color, {'supercid' if nested else 'NULL'} FROM code_name ORDER BY name"
    codes, known, said = rows(db, sql), {}, {}
    made: dict[int, str] = {}
    while codes:
        ready = [row for row in codes if row[5] is None or whole(row[5]) in made] or codes
        for cid, name, memo, catid, colour, parent in ready:
            home = made.get(whole(parent)) or above.get(whole(catid))
            id = labels.id(text(name), colour=colour_name(text(colour)), parent=home)
            made[whole(cid)] = known[" ".join(text(name).split())] = id
            said[id] = text(memo)
        codes = [row for row in codes if row not in ready]
    books = [_described(book, headings - set(made.values()), said) for book in labels.taxonomies()]
    return Labels(title, books, known)


def _described(book: Taxonomy, headings: set[str], said: dict[str, str]) -> Taxonomy:
    def whole_code(code: Code) -> Code:
        return replace(code, definition=said.get(code.id, ""), assignable=code.id not in headings)

    return replace(book, codes=tuple(map(whole_code, book.codes)))


def _texts(db: sqlite3.Connection, own: Own) -> Iterator[Labelled]:
    attributes = _attributes(db)
    for id, name, fulltext in rows(
        db, "SELECT id, name, fulltext FROM source WHERE fulltext IS NOT NULL AND fulltext != '' ORDER BY id"
    ):
        stretches = [
            Stretch(whole(start), whole(end), text(code), text(owner), text(memo), text(words), text(date))
            for start, end, code, owner, memo, words, date in rows(
                db,
                "SELECT t.pos0, t.pos1, n.name, t.owner, t.memo, t.seltext, t.date FROM code_text t "
                "JOIN code_name n ON n.cid = t.cid WHERE t.fid = ? ORDER BY t.pos0, t.ctid",
                [id],
            )
        ]
        known = own.texts.get(text(id))
        stretches += _doubled(known, stretches, text(fulltext))
        stretches += _annotations(db, id)
        yield Labelled(text(fulltext), stretches, known, text(name), attributes=attributes[whole(id)])


def _doubled(known: Any, stretches: Sequence[Stretch], words: str) -> Iterator[Stretch]:
    """What a coder had given a code twice, which this database holds once."""
    units = OffsetMap(words)
    there = Counter((each.start, each.end, each.label, each.coder) for each in stretches)
    wanted = Counter(
        (
            units.to_units(number_at(part, 0)), units.to_units(number_at(part, 1)),
            text_at(mark, "label"), text_at(mark, "coder"),
        )
        for mark in list_at(known, "marks")
        for part in list_at(mark, "parts")
    )  # fmt: skip
    for key, number in wanted.items():
        for _ in range(number - 1 if there[key] == 1 else 0):
            yield Stretch(*key)


def _annotations(db: sqlite3.Connection, source: object) -> list[Stretch]:
    """Memos on a stretch of text: marks without a code."""
    if "annotation" not in names(db):
        return []
    sql = "SELECT pos0, pos1, owner, memo, date FROM annotation WHERE fid = ? ORDER BY pos0, anid"
    return [
        Stretch(whole(start), whole(end), UNCODED, text(owner), text(memo), created=text(date))
        for start, end, owner, memo, date in rows(db, sql, [source])
    ]


def _attributes(db: sqlite3.Connection) -> dict[int, dict[str, str]]:
    """By source: its own, and the cases it belongs to."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    held = names(db)
    if "attribute" in held:
        for name, value, id in rows(db, "SELECT name, value, id FROM attribute WHERE attr_type = 'file'"):
            if text(value):
                found[whole(id)][text(name)] = text(value)
    if {"cases", "case_text"} <= set(held):
        sql = "SELECT DISTINCT t.fid, c.name FROM case_text t JOIN cases c ON c.caseid = t.caseid ORDER BY c.name"
        for id, name in rows(db, sql):
            before = found[whole(id)].get("case")
            found[whole(id)]["case"] = f"{before}; {text(name)}" if before else text(name)
    return found


def _notes(db: sqlite3.Connection) -> Iterator[str]:
    yield (
        f"In the file: {counted(count(db, 'source'), 'source')}; {counted(count(db, 'code_text'), 'coding')}; "
        f"{counted(count(db, 'code_name'), 'code')}."
    )
    for table, what in LEFT.items():
        if number := count(db, table):
            yield f"Left out: {what} ({number:,})."
