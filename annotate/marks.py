"""Highlights as JSON Lines: what a line may say, and what is wrong with one that does not fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from annotate.model import Span
from annotate.text import GAP

KNOWN_CERTAINTY = ("", "sure", "unsure")


@dataclass(frozen=True, slots=True)
class MarkLine:
    """One line as it was read: names are not yet looked up. `number` counts from 1.

    `text_hash` is that of the text the mark was made on, empty if the line does not say. `start` is negative where
    the place is not known. With `prefix` and `suffix`, the characters before and behind its quote, a mark may stand
    where these are found; a `loose` one where its letters stand, whatever the white space.
    """

    number: int
    article: str
    start: int
    end: int
    parts: tuple[Span, ...] = ()
    quote: str | None = None
    code: str | None = None
    coder: str = ""
    memo: str = ""
    certainty: str = ""
    created: str = ""
    modified: str = ""
    text_hash: str = ""
    prefix: str | None = None
    suffix: str | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()
    key: str = ""  # by which relations of the same file name the mark
    loose: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.parts or ((self.start, self.end),)


@dataclass(frozen=True, slots=True)
class RelationLine:
    """A relation as it was read: `source` and `target` are keys of marks, the type is not yet looked up.

    `type` is the id of the type where the file has one of ours, `label` what it is called.
    """

    source: str
    target: str
    label: str
    type: str = ""
    symmetric: bool = False
    coder: str = ""
    memo: str = ""
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    reason: str


def read_lines(
    lines: Iterable[str], relations: list[RelationLine] | None = None
) -> Iterator[MarkLine | BadLine]:
    """Every line that is not empty, as a mark or as what is wrong with it. The relations that marks have are put
    into `relations`.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                held = json.loads(line)
                yield _parsed(number, held)
                if relations is not None:
                    relations += _relations(held)
            except json.JSONDecodeError as error:
                yield BadLine(number, f"no JSON ({error.msg} at column {error.colno})")
            except _UnfitError as error:
                yield BadLine(number, str(error))
            except (ValueError, RecursionError):
                yield BadLine(number, "no JSON (nested too deeply, or with a number that is too long)")


def parsed_mark(number: int, held: dict[str, Any]) -> MarkLine | BadLine:
    """A mark out of named values as JSON has them, or what is wrong with them."""
    try:
        return _parsed(number, held)
    except _UnfitError as error:
        return BadLine(number, str(error))


def pairs_in(said: str) -> tuple[tuple[str, str], ...]:
    """The names and values of a JSON object of texts; none where it is no such thing."""
    try:
        held = json.loads(said) if said.startswith("{") else None
    except (ValueError, RecursionError):
        return ()
    if not isinstance(held, dict) or not all(isinstance(value, str) for value in held.values()):
        return ()
    return tuple((name, value) for name, value in held.items() if value)


def quote_fits(line: MarkLine, text: str) -> bool:
    """Whether the quote, if one is given, is what the text holds there."""
    if line.quote is None:
        return True
    whole = text[line.start : line.end]
    return line.quote == whole or line.quote == quote_of(text, line.spans)


def quote_of(text: str, spans: Iterable[Span]) -> str:
    """The words under a mark; where it has gaps, GAP stands for what was left out."""
    return GAP.join(text[start:end] for start, end in spans)


class _UnfitError(Exception):
    pass


def _parsed(number: int, held: Any) -> MarkLine:
    if not isinstance(held, dict):
        raise _UnfitError("not a JSON object")
    for name in ("article", "start", "end"):
        if held.get(name) is None:
            raise _UnfitError(f"“{name}” is missing")
    start, end = _position(held, "start"), _position(held, "end")
    parts = _parts(held.get("parts"))
    if parts and (parts[0][0] != start or parts[-1][1] != end):
        raise _UnfitError(f"the parts do not reach from {start} to {end}")
    certainty = _text(held, "certainty")
    if certainty not in KNOWN_CERTAINTY:
        raise _UnfitError(f"certainty is “{certainty}”, not sure or unsure")
    quote, code = held.get("quote"), held.get("code")
    return MarkLine(
        number,
        _text(held, "article"),
        start,
        end,
        parts if len(parts) > 1 else (),
        _text(held, "quote") if quote is not None else None,
        _text(held, "code") if code is not None else None,
        _text(held, "coder"),
        _text(held, "memo"),
        certainty,
        _time(held, "created"),
        _time(held, "modified"),
        _text(held, "text_hash"),
        qualifiers=_qualifiers(held),
        key=held["id"] if isinstance(held.get("id"), str) else "",
    )


def _relations(held: dict[str, Any]) -> Iterator[RelationLine]:
    """Those that start from the mark of a line; what is in no shape is passed over."""
    listed = held.get("relations")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and isinstance(each.get("target"), str):
            said = {
                name: each[name] if isinstance(each.get(name), str) else ""
                for name in ("relation", "type", "coder", "memo", "created", "modified")
            }
            label = said.pop("relation")
            yield RelationLine(
                str(held.get("id") or ""),
                each["target"],
                label,
                symmetric=bool(each.get("symmetric")),
                **said,
            )


def _position(held: dict[str, Any], name: str) -> int:
    value = held[name]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _UnfitError(f"“{name}” is {json.dumps(value)}, not a whole number from 0")
    return value


def _text(held: dict[str, Any], name: str) -> str:
    value = held.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _UnfitError(f"“{name}” is no text")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise _UnfitError(f"“{name}” holds half a character (a lone surrogate)")
    return value


def _qualifiers(held: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    said = held.get("qualifiers")
    if said is None:
        return ()
    if not isinstance(said, dict):
        raise _UnfitError("“qualifiers” is no object of names and values")
    pairs = ((str(name), _text(said, name)) for name in said)
    return tuple((name, value) for name, value in pairs if value)


def _time(held: dict[str, Any], name: str) -> str:
    said = _text(held, name)
    if not said:
        return ""
    if not (time := utc(said)):
        raise _UnfitError(f"“{name}” is “{said}”, no time as in 2025-03-12T09:30:00Z")
    return time


def utc(said: str) -> str:
    """A time in UTC with milliseconds; one without a zone is taken as UTC. "" for what is no time."""
    try:
        time = datetime.fromisoformat(said)
        time = time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return ""
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _parts(held: Any) -> tuple[Span, ...]:
    if held is None or held == []:
        return ()
    if not isinstance(held, list) or not all(_is_pair(each) for each in held):
        raise _UnfitError("“parts” is no list of [start, end]")
    return tuple((start, end) for start, end in held)


def _is_pair(held: Any) -> bool:
    return (
        isinstance(held, list)
        and len(held) == 2
        and all(isinstance(each, int) and not isinstance(each, bool) for each in held)
    )
