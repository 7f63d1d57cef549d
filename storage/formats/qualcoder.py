"""A QualCoder project: a folder with its database, packed. Positions are UTF-16 units, as its window counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import IO

from annotate.codetree import by_id, resolved_colour
from annotate.errors import UserError
from annotate.ids import now
from annotate.model import Code, Taxonomy
from annotate.offsets import OffsetMap
from annotate.sidecar import unused
from annotate.spoken import counted
from annotate.version import VERSION
from annotate.writers.colours import NEUTRAL, on_paper
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.labelled import FIELDS, UNCODED, labels_of, own, parts_of
from annotate.writers.refi_codes import Cleaner, prose_of
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.zipped import Zipped
from storage.formats.database import made
from storage.formats.own import keep, keep_codes

NAME, TITLE, SUFFIX, ROWS = "qualcoder", "QualCoder project", ".zip", "spans"
SCHEMA = "v8"  # of QualCoder 3.5; newer ones bring it up to date when they open it
FOLDERS = ("images", "audio", "video", "documents")


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """The folder `postil.qda` in a ZIP. A mark with gaps is a coding for each part. Raises UserError without text."""
    if not options.text:
        raise UserError("A QualCoder project carries its texts; they cannot be left out.")
    packed = Zipped(out)
    for folder in FOLDERS:
        packed.add(f"postil.qda/{folder}/", b"")
    with packed.file("postil.qda/data.qda") as file, made(file, "qualcoder.sql") as db:
        project = _Project(db, dataset)
        for article in dataset.articles():
            project.add(article)
        project.finish()
    packed.close()
    return Written(project.marks, tuple(project.notes()))


class _Project:
    def __init__(self, db: sqlite3.Connection, dataset: Dataset) -> None:
        self._db, self._clean, self._at = db, Cleaner(), _moment(now())
        self.marks = self._gapped = self._twice = self._texts = self._drifting = 0
        self._owner = dataset.coders[0] if dataset.coders else "default"
        about = f"QualCoder {SCHEMA} project, made by Postil {VERSION}"
        row = (SCHEMA, self._at, self._clean(dataset.title), about, self._owner)
        db.execute("INSERT INTO project VALUES (?, ?, ?, ?, 0, 0, ?)", row)
        self._labels = labels_of(dataset.taxonomies)
        self._names: set[str] = set()
        self._attributes: dict[str, str] = {}
        self._cids: dict[str | None, int] = {}
        categories: set[str] = set()
        for taxonomy in dataset.taxonomies:
            self._add_codes(taxonomy, categories, several=len(dataset.taxonomies) > 1)
        keep_codes(db, dataset.taxonomies, self._labels)

    def _add_codes(self, taxonomy: Taxonomy, categories: set[str], *, several: bool) -> None:
        """A code with others below it is a category, and a code in it where passages can get it."""
        known = by_id(taxonomy.codes)
        above: dict[str | None, int | None] = {None: None}
        if several:
            above[None] = self._category(unused(taxonomy.title or taxonomy.slug, categories), "", None)
        parents = {code.parent for code in taxonomy.codes}
        for code in taxonomy.codes:
            home = above[code.parent]
            if code.id in parents or not code.assignable:
                name = unused(self._labels[code.id], categories)
                home = above[code.id] = self._category(name, prose_of(code), home)
            if code.assignable:
                self._code(code.id, code, home, known)

    def _category(self, name: str, memo: str, above: int | None) -> int:
        row = (self._clean(name), self._owner, self._at, self._clean(memo), above)
        sql = "INSERT INTO code_cat (name, owner, date, memo, supercatid) VALUES (?, ?, ?, ?, ?)"
        return self._db.execute(sql, row).lastrowid or 0

    def _code(self, id: str | None, code: Code | None, home: int | None, known: Mapping[str, Code]) -> int:
        colour = on_paper(resolved_colour(code, known)) if code else NEUTRAL
        memo = self._clean(prose_of(code)) if code else ""
        row = (self._clean(self._labels[id]), memo, home, self._owner, self._at, colour)
        sql = "INSERT INTO code_name (name, memo, catid, owner, date, color) VALUES (?, ?, ?, ?, ?, ?)"
        self._cids[id] = self._db.execute(sql, row).lastrowid or 0
        return self._cids[id]

    def add(self, article: CodedArticle) -> None:
        text = self._clean(article.text)
        self._texts += 1
        name = unused(self._clean(article.title or article.id), self._names)
        row = (self._texts, name, text, self._owner, self._at)
        sql = "INSERT INTO source (id, name, fulltext, memo, owner, date) VALUES (?, ?, ?, '', ?, ?)"
        self._db.execute(sql, row)
        units = OffsetMap(text)
        self._drifting += units.units != units.length
        for span in article.spans:
            self.marks += 1
            self._gapped += bool(span.parts)
            for number, (start, end) in enumerate(parts_of(span)):
                place = (text[start:end], units.to_units(start), units.to_units(end))
                self._coding(span, place, self._clean("" if number else span.memo))
        said = {name: getattr(article, name) for name in FIELDS[1:]} | dict(article.attributes)
        for name, value in said.items():
            if value:
                self._value(self._clean(name), self._clean(value))
        keep(self._db, str(self._texts), own(article, article.spans, self._labels))

    def _coding(self, span: CodedSpan, place: tuple[str, int, int], memo: str) -> None:
        code = span.code if span.code in self._labels else None
        cid = self._cids.get(code) or self._code(code, None, None, {})
        row = (cid, self._texts, *place, span.coder or self._owner, _moment(span.created or now()), memo)
        done = self._db.execute(
            "INSERT OR IGNORE INTO code_text (cid, fid, seltext, pos0, pos1, owner, date, memo) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            row,
        )
        self._twice += not done.rowcount

    def _value(self, name: str, value: str) -> None:
        held = self._attributes.setdefault(name.lower(), name)
        row = (held, value, self._texts, self._at, self._owner)
        columns = "name, attr_type, value, id, date, owner"
        self._db.execute(f"INSERT OR IGNORE INTO attribute ({columns}) VALUES (?, 'file', ?, ?, ?, ?)", row)

    def finish(self) -> None:
        """QualCoder wants a value of every attribute for every file."""
        for name in self._attributes.values():
            row = (name, self._at, self._owner)
            self._db.execute("INSERT INTO attribute_type VALUES (?, ?, ?, '', 'file', 'character')", row)
            self._db.execute(
                "INSERT OR IGNORE INTO attribute (name, attr_type, value, id, date, owner) "
                "SELECT ?, 'file', '', id, ?, ? FROM source",
                row,
            )

    def notes(self) -> list[str]:
        said = [f"{counted(self._gapped, 'mark')} with gaps: a coding for each part."] if self._gapped else []
        if self._twice:
            said.append(f"{counted(self._twice, 'coding')} that a coder gave twice: there once.")
        if None in self._cids:
            said.append(f"Marks without a code have the code “{UNCODED}”.")
        if self._drifting:
            said.append(
                f"{counted(self._drifting, 'text')} with emoji or the like: positions are those of QualCoder's window."
            )
        return [*said, *self._clean.notes()]


def _moment(said: str) -> str:
    """A time in UTC as this database has it."""
    return said[:19].replace("T", " ")
