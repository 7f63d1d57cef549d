"""A Taguette project (.sqlite3): texts as HTML, highlights in UTF-8 bytes of its words, codes as tags."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from html import escape
from typing import IO

from annotate.errors import UserError
from annotate.ids import now
from annotate.model import Span
from annotate.offsets import ByteMap
from annotate.sidecar import file_names, unused
from annotate.spoken import counted
from annotate.text import runs_right
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.labelled import labels_of, own, parts_of
from annotate.writers.refi_codes import Cleaner, prose_of
from annotate.writers.spans import CodedSpan, Options
from storage.formats.database import made
from storage.formats.own import keep, keep_codes

NAME, TITLE, SUFFIX, ROWS = "taguette", "Taguette project", ".sqlite3", "spans"
APPLICATION_ID = 0x54677474  # "Tgtt"
PROJECT, ADMIN = 1, "admin"  # the one who works in a Taguette without accounts
NAMES, PATHS, PROSE = 50, 200, 102_400  # characters that Taguette takes in a name, a tag, a description


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One project with all texts; a mark with gaps is a highlight for each part. Raises UserError without text."""
    if not options.text:
        raise UserError("A Taguette project carries its texts; they cannot be left out.")
    with made(out, "taguette.sql", APPLICATION_ID) as db:
        project = _Project(db, dataset)
        for number, article in enumerate(dataset.articles(), 1):
            project.add(number, article)
        return Written(project.marks, tuple(project.notes()))


class _Project:
    def __init__(self, db: sqlite3.Connection, dataset: Dataset) -> None:
        self._db, self._clean, self._at = db, Cleaner(), _moment(now())
        self.marks = self._gapped = self._cut = self._highlights = 0
        title = self._shortened(dataset.title or "Postil", NAMES)
        db.execute("INSERT INTO projects VALUES (?, ?, '', ?)", (PROJECT, title, self._at))
        self._logins = _logins(dataset.coders)
        for login in (ADMIN, *self._logins.values()):
            db.execute("INSERT INTO users (login, created, disabled) VALUES (?, ?, 0)", (login, self._at))
            db.execute("INSERT INTO project_members VALUES (?, ?, 'ADMIN')", (PROJECT, login))
        labels = labels_of(dataset.taxonomies)
        taken: set[str] = set()
        self._tags: dict[str | None, tuple[int, str]] = {}
        for taxonomy in dataset.taxonomies:
            for code in taxonomy.codes:
                path = unused(self._shortened(labels[code.id], PATHS - 8), taken)
                prose = self._shortened(prose_of(code), PROSE)
                self._tags[code.id] = (len(self._tags) + 1, path)
                row = (self._tags[code.id][0], PROJECT, path, prose)
                db.execute("INSERT INTO tags VALUES (?, ?, ?, ?)", row)
        self._labels: dict[str | None, str] = {code: path for code, (_, path) in self._tags.items()}
        keep_codes(db, dataset.taxonomies, self._labels)
        keep(db, "coders", {login: name for name, login in self._logins.items()})

    def add(self, number: int, article: CodedArticle) -> None:
        text = self._clean(article.text)
        name = self._shortened(article.title or f"Text {number}", NAMES)
        direction = "RIGHT_TO_LEFT" if runs_right(text) else "LEFT_TO_RIGHT"
        about = (number, name, "", f"{file_names(number, article.title)}.txt", self._at, PROJECT, direction)
        self._db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*about, _html(text)))
        places = ByteMap(text)
        for span in article.spans:
            self.marks += 1
            self._gapped += bool(span.parts)
            for start, end in parts_of(span):
                bytes_ = places.to_bytes(start), places.to_bytes(end)
                self._highlight(number, text[start:end], span, bytes_)
        keep(self._db, str(number), own(article, article.spans, self._labels))

    def _highlight(self, document: int, words: str, span: CodedSpan, place: Span) -> None:
        self._highlights += 1
        id, tags = self._highlights, [self._tags[span.code][0]] if span.code in self._tags else []
        self._db.execute(
            "INSERT INTO highlights VALUES (?, ?, ?, ?, ?)", (id, document, *place, _html(words))
        )
        self._db.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(id, tag) for tag in tags])
        said = {"highlight_id": id, "start_offset": place[0], "end_offset": place[1], "tags": tags}
        at, who = _moment(span.created) if span.created else self._at, self._logins.get(span.coder, ADMIN)
        self._db.execute(
            "INSERT INTO commands (date, user_login, project_id, document_id, payload) VALUES (?, ?, ?, ?, ?)",
            (at, who, PROJECT, document, json.dumps({"type": "highlight_add", **said}, sort_keys=True)),
        )

    def notes(self) -> list[str]:
        said = (
            [f"{counted(self._gapped, 'mark')} with gaps: a highlight for each part."] if self._gapped else []
        )
        if self._cut:
            said.append(f"{counted(self._cut, 'name')} longer than Taguette takes {_were(self._cut)} cut.")
        return [*said, *self._clean.notes()]

    def _shortened(self, said: str, most: int) -> str:
        fit = self._clean(said)
        self._cut += len(fit) > most
        return fit if len(fit) <= most else f"{fit[: most - 1]}…"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _html(text: str) -> str:
    """A paragraph for each line, and the line's end behind it: so its words and the text have the same bytes."""
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n"))


def _logins(coders: Sequence[str]) -> dict[str, str]:
    taken = {ADMIN}
    found = {}
    for name in coders:
        plain = re.sub("[^a-z0-9._-]+", "-", name.lower()).strip("-._")[:16] or "coder"
        found[name] = unused(plain, taken)
    return found


def _moment(said: str) -> str:
    """A time in UTC as this database has it."""
    return said.removesuffix("Z").replace("T", " ").ljust(23, "0") + "000"
