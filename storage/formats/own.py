"""What Postil itself knows of the marks, in a table that other programs pass over: see annotate.writers.labelled."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotate.codebook_files import read_json, write_json
from annotate.errors import UserError
from annotate.marks_from.labels import Labels
from annotate.model import Taxonomy
from storage.formats import database

TABLE = "postil"  # name, value (JSON): "codebooks", "labels", "coders", and under the id of a text its marks


@dataclass(slots=True)
class Own:
    """`labels` are ids of codes by label, `coders` names by what stands for them, `texts` what is known by id."""

    books: tuple[Taxonomy, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    coders: dict[str, str] = field(default_factory=dict)
    texts: dict[str, Any] = field(default_factory=dict)

    def codes(self, title: str) -> Labels:
        return Labels(title, self.books, self.labels)


def keep(db: sqlite3.Connection, name: str, value: Any) -> None:
    db.execute(f"INSERT INTO {TABLE} VALUES (?, ?)", (name, json.dumps(value, ensure_ascii=False)))


def keep_codes(
    db: sqlite3.Connection, taxonomies: Sequence[Taxonomy], labels: Mapping[str | None, str]
) -> None:
    keep(db, "codebooks", [json.loads(write_json(taxonomy)) for taxonomy in taxonomies])
    keep(db, "labels", {label: code for code, label in labels.items() if code})


def kept(db: sqlite3.Connection) -> Own:
    """What is there of it; whatever is not in shape is passed over."""
    found = Own()
    if TABLE not in database.names(db):
        return found
    for name, value in database.rows(db, f"SELECT name, value FROM {TABLE}"):
        try:
            held = json.loads(value)
        except (ValueError, TypeError, RecursionError):
            continue
        if name == "codebooks" and isinstance(held, list):
            found.books = tuple(book for each in held if (book := _book(each)))
        elif name in ("labels", "coders") and isinstance(held, dict):
            setattr(found, name, {key: text for key, text in held.items() if isinstance(text, str)})
        else:
            found.texts[str(name)] = held
    return found


def _book(held: object) -> Taxonomy | None:
    try:
        return read_json(json.dumps(held))
    except UserError:
        return None
