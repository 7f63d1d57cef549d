"""Tables as JSON: one object a line (JSON Lines), an array of objects, or an object that holds such an array."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.contract import no_text
from annotate.readers.encoding import decode
from annotate.readers.table_columns import Row
from annotate.readers.tables import Table, read_table

NAME = "table (JSON)"
SUFFIXES = (".jsonl", ".ndjson", ".json")
HEAVY = True

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*\"(?:[^\"\\\n]|\\.){1,200}\"\s*:")
_DEEPEST = 4  # objects in objects: beyond, they stay JSON
_WIDEST = 2000  # columns


def sniff(head: bytes) -> bool:
    """Whether it begins as an object with a named value, or a list of such."""
    return bool(_BEGINS.match(head))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article for each object."""
    return read_table(data, name)


def open_table(data: bytes, name: str, most: int) -> Table:
    """The objects as rows: a column for each name, `a.b` for a value within a value."""
    found = decode(data)
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    notes = [found.note] if found.note else []
    objects = [dict(_flat(each)) for each in _objects(found.text.lstrip("\ufeff"), name, most, notes)]
    if not objects:
        raise no_text(name)
    columns = tuple(dict.fromkeys(key for each in objects for key in each))
    if len(columns) > _WIDEST:
        raise UserError(f"{name} has more than {_WIDEST:,} different names for its values: it is no table.")
    count = len(objects) if len(objects) <= most else None
    return Table(columns, _rows(objects, columns), count, notes)


def _rows(objects: list[dict[str, str]], columns: tuple[str, ...]) -> Iterator[Row]:
    return (tuple(each.get(column, "") for column in columns) for each in objects)


def _objects(text: str, name: str, most: int, notes: list[str]) -> list[dict[str, object]]:
    """The lines' objects if the first line holds one, else those of the whole."""
    first, _, rest = text.lstrip().partition("\n")
    if isinstance(_loaded(first), dict) and rest.strip():
        return list(islice(_of_lines(text, notes), most + 1))
    whole = _loaded(text)
    if whole is None:
        lines = list(islice(_of_lines(text, notes), most + 1))
        if lines:
            return lines
        raise UserError(f"{name} is no JSON that can be read; it may be cut off.")
    return _longest_list(whole)


def _loaded(text: str) -> object:
    """What a piece of JSON says, numbers as they stand; None where it is none."""
    try:
        return json.loads(text, strict=False, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None


def _of_lines(text: str, notes: list[str]) -> Iterator[dict[str, object]]:
    broken = 0
    for line in text.split("\n"):
        if line.strip():
            said = _loaded(line)
            if isinstance(said, dict):
                yield said
            else:
                broken += 1
    if broken:
        notes.append(f"{broken:,} line{'s' if broken > 1 else ''} without an object left out.")


def _longest_list(whole: object) -> list[dict[str, object]]:
    """The longest list of objects, at the top or a few levels down (`{"response": {"docs": [...]}}`)."""
    best: list[dict[str, object]] = []
    level = [whole]
    for _ in range(_DEEPEST):
        below: list[object] = []
        for each in level:
            if isinstance(each, list):
                objects = [item for item in each if isinstance(item, dict)]
                best = objects if len(objects) > len(best) else best
            elif isinstance(each, dict):
                below += each.values()
        if best:
            return best
        level = below
    return [whole] if isinstance(whole, dict) else []


def _flat(stated: dict[str, object], above: str = "", depth: int = 1) -> Iterator[tuple[str, str]]:
    for key, value in stated.items():
        name = f"{above}{key}"
        if isinstance(value, dict) and value and depth < _DEEPEST:
            yield from _flat(value, f"{name}.", depth + 1)
        else:
            yield name, cell_words(value)


def cell_words(value: object) -> str:
    """A value on its own: a list of words with "; " between them, other lists and objects as JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return "; ".join(map(str, value))
    if isinstance(value, list) and all(
        isinstance(each, dict) and isinstance(each.get("name"), str) for each in value
    ):
        return "; ".join(str(each["name"]) for each in value)
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return ""
