"""Marks from the rows of a table: a mark a row, or a unit of text a row with a column for each code.

The columns have the names that an export gives them. In a table of marks `article`, `start` and `end` are needed. In
one of units those of codes are called `taxonomy:notation` (or `no_code`), and a cell that is neither empty nor 0 is a
mark of that code on the whole unit; its coder is the one named in `coders`, if it is one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine, parsed_mark
from annotate.marks_from.found import Found
from annotate.marks_from.quotes import QUOTES, quotes_in
from annotate.writers.shapes import WITHOUT
from annotate.writers.spans import QUALIFIER

NEEDED = ("article", "start", "end")
TEXTS = (
    "article", "code", "coder", "memo", "certainty", "created", "modified", "text_hash", "quote",
)  # fmt: skip

Cells = Sequence[str]


def is_header(names: Iterable[str]) -> bool:
    """Whether a first row is that of a table of marks or units, or of quotes."""
    held = {name.strip().lower() for name in names}
    return set(NEEDED) <= held or set(QUOTES) <= held


def found_in(rows: Iterator[tuple[int, Cells]], name: str, longest_quote: int = 0) -> Found:
    """What the rows hold, each with its number; the first is the header.

    A quote of `longest_quote` UTF-16 units may have been cut and is not compared. Raises UserError.
    """
    _, header = next(rows, (0, ()))
    names = [each.strip() for each in header]
    columns = {_key(each): place for place, each in reversed(list(enumerate(names)))}
    if set(QUOTES) <= set(columns):
        return quotes_in(rows, columns, name)
    if missing := [each for each in NEEDED if each not in columns]:
        raise UserError(f"{name} is no table of marks: it has no column “{missing[0]}”.")
    codes = (
        {}
        if "code" in columns
        else {at: each for at, each in enumerate(names) if ":" in each or each == WITHOUT}
    )
    marks: list[MarkLine | BadLine] = []
    for number, cells in rows:
        if any(cells):
            held = {key: cells[at] for key, at in columns.items() if at < len(cells)}
            if codes:
                marks += _of_unit(number, held, cells, codes)
            else:
                marks.append(_of_mark(number, held, longest_quote))
    notes = ("Each mark is a whole unit.",) if codes else ()
    return Found(tuple(marks), unit="row", notes=notes)


def _key(name: str) -> str:
    """A column's name in small letters, but for that of a qualifier."""
    lower = name.lower()
    return QUALIFIER + name[len(QUALIFIER) :] if lower.startswith(QUALIFIER) else lower


def _of_mark(number: int, held: dict[str, str], longest_quote: int) -> MarkLine | BadLine:
    said: dict[str, object] = {key: held[key] for key in TEXTS if key in held}
    said |= {key: _number(held.get(key, "")) for key in ("start", "end")}
    said["code"] = held.get("code") or None
    said["qualifiers"] = {
        name.removeprefix(QUALIFIER): value for name, value in held.items() if name.startswith(QUALIFIER)
    }
    if parts := held.get("parts", ""):
        try:
            said["parts"] = json.loads(parts)
        except (ValueError, RecursionError):
            return BadLine(number, "“parts” is no JSON")
    quote = held.get("quote", "")
    if (
        longest_quote
        and len(quote) * 2 >= longest_quote
        and len(quote.encode("utf-16-le")) >= longest_quote * 2 - 2
    ):
        del said["quote"]
    return parsed_mark(number, said)


def _of_unit(
    number: int, held: dict[str, str], cells: Cells, codes: dict[int, str]
) -> Iterator[MarkLine | BadLine]:
    coder = held.get("coders", "")
    said: dict[str, object] = {
        "article": held.get("article", ""),
        "text_hash": held.get("text_hash", ""),
        "start": _number(held.get("start", "")),
        "end": _number(held.get("end", "")),
        "coder": "" if ";" in coder else coder,
    }
    for at, code in codes.items():
        if at < len(cells) and _is_set(cells[at]):
            yield parsed_mark(number, said | {"code": None if code == WITHOUT else code})


def _is_set(cell: str) -> bool:
    """Whether a code's cell says that it is there; any number but 0, and words but those for no."""
    try:
        return float(cell.replace(",", ".") or 0) != 0
    except ValueError:
        return cell.strip().lower() not in ("", "no", "false", "n")


def _number(cell: str) -> object:
    """A whole number; anything else as it is, to be told."""
    plain = cell.strip().removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 12 else cell
