"""JSON files of unknown making: parsed, and asked for texts, numbers and lists without trusting them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from annotate.errors import UserError
from annotate.readers.encoding import decode


def json_of(data: bytes, name: str) -> Any:
    """What the file holds. Raises UserError where it is no JSON."""
    text = _decoded(data, name)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UserError(f"{name} is no JSON ({error.msg} in line {error.lineno}).") from None
    except (ValueError, RecursionError):
        raise UserError(f"{name} is no JSON that can be read: it is nested too deeply.") from None


def lines_of(data: bytes, name: str) -> Iterator[tuple[int, Any]]:
    """Number and value of each line that is not empty; the value is None where it is no JSON."""
    for number, line in enumerate(_decoded(data, name).split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError):
                yield number, None


def text_at(held: Any, *way: str | int) -> str:
    """The text that lies there, "" where there is none; lone surrogates become U+FFFD."""
    found = at(held, *way)
    if isinstance(found, str):
        return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return ""


def number_at(held: Any, *way: str | int) -> int:
    """The whole number from 0 that lies there, -1 where there is none."""
    found = at(held, *way)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return found if isinstance(found, int) and not isinstance(found, bool) and found >= 0 else -1


def list_at(held: Any, *way: str | int) -> list[Any]:
    """The list that lies there; a single value is a list of one."""
    found = at(held, *way)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def at(held: Any, *way: str | int) -> Any:
    for step in way:
        if isinstance(held, dict) and isinstance(step, str):
            held = held.get(step)
        elif isinstance(held, list) and isinstance(step, int) and step < len(held):
            held = held[step]
        else:
            return None
    return held


def _decoded(data: bytes, name: str) -> str:
    decoded = decode(data, "utf-8")
    if decoded is None:
        raise UserError(f"{name} is no text.")
    return decoded.text
