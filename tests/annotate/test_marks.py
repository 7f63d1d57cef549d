"""Highlights as JSON Lines: what fits, and what is said of a line that does not."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.marks import BadLine, MarkLine, quote_fits, quote_of, read_lines
from annotate.writers import Dataset, Options, jsonl_spans
from annotate.writers.spans import COLUMNS, CodedSpan

NEEDED: dict[str, object] = {"article": "a", "start": 3, "end": 9}


def one(**more: object) -> MarkLine | BadLine:
    (found,) = read_lines([json.dumps(NEEDED | more)])
    return found


def test_what_is_needed_is_enough() -> None:
    assert one() == MarkLine(1, "a", 3, 9)


def test_everything_optional_is_read() -> None:
    line = one(
        quote="words", code="cap:1", coder="Ana", memo="m", certainty="unsure", parts=[[3, 5], [7, 9]],
        created="2025-03-12T10:30:00+01:00", modified="2025-03-12", text_hash="ff", unknown=[1],
    )  # fmt: skip
    assert line == MarkLine(
        1, "a", 3, 9, ((3, 5), (7, 9)), "words", "cap:1", "Ana", "m", "unsure",
        "2025-03-12T09:30:00.000Z", "2025-03-12T00:00:00.000Z", "ff",
    )  # fmt: skip


def test_null_stands_for_nothing() -> None:
    names = "quote code coder memo certainty parts created modified text_hash"
    assert one(**dict.fromkeys(names.split())) == MarkLine(1, "a", 3, 9)


def test_empty_lines_are_passed_over_and_counted() -> None:
    lines = ["", "  ", json.dumps(NEEDED), "\r", "nonsense"]
    assert [line.number for line in read_lines(lines)] == [3, 5]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"article": None}, "“article” is missing"),
        ({"article": 7}, "“article” is no text"),
        ({"start": None}, "“start” is missing"),
        ({"start": True}, "not a whole number"),
        ({"start": 3.0}, "not a whole number"),
        ({"start": "3"}, "not a whole number"),
        ({"end": -1}, "not a whole number"),
        ({"code": 1305}, "“code” is no text"),
        ({"memo": ["m"]}, "“memo” is no text"),
        ({"memo": "\ud83d"}, "half a character"),
        ({"certainty": "maybe"}, "not sure or unsure"),
        ({"created": "yesterday"}, "no time as in"),
        ({"modified": "0001-01-01T00:00:00+14:00"}, "no time as in"),
        ({"parts": "3-9"}, "no list"),
        ({"parts": {"3": 9}}, "no list"),
        ({"parts": [[3, 9, 1]]}, "no list"),
        ({"parts": [[3, "9"]]}, "no list"),
        ({"parts": ["39"]}, "no list"),
        ({"parts": [[3, 8]]}, "do not reach"),
        ({"parts": [[4, 5], [6, 9]]}, "do not reach"),
    ],
)
def test_what_does_not_fit_is_said(more: dict[str, object], reason: str) -> None:
    found = one(**more)
    assert isinstance(found, BadLine)
    assert reason in found.reason


@pytest.mark.parametrize(
    "line", ["{", "[1]", "7", "null", "[" * 100_000, "9" * 5000, '{"start": ' + "9" * 5000]
)
def test_what_is_no_object_is_said(line: str) -> None:
    (found,) = read_lines([line])
    assert isinstance(found, BadLine)


def test_a_quote_fits_with_its_gap_or_without() -> None:
    text = "one two three four"
    gapped = MarkLine(1, "a", 0, 13, ((0, 3), (8, 13)), "one … three")
    assert quote_of(text, gapped.spans) == "one … three"
    assert quote_fits(gapped, text)
    assert quote_fits(MarkLine(1, "a", 0, 13, gapped.parts, "one two three"), text)
    assert not quote_fits(MarkLine(1, "a", 0, 13, gapped.parts, "one three"), text)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    st.sampled_from(["", "sure", "unsure"]),
    st.one_of(st.none(), st.just("[[0, 3], [5, 9]]")),
)
def test_a_line_that_was_written_is_read_as_it_was(memo: str, certainty: str, parts: str | None) -> None:
    at = "2026-11-24T21:30:00.123Z"
    plain = dict.fromkeys(COLUMNS, "") | {"article": "a", "start": 0, "end": 9, "code": None, "coder": "Ana"}
    values = plain | {
        "memo": memo,
        "certainty": certainty,
        "created": at,
        "modified": at,
        "parts": parts or "",
    }
    out = io.BytesIO()
    span = CodedSpan(**values)  # type: ignore[arg-type]
    jsonl_spans.write(Dataset("", [], [], lambda: iter([span]), lambda: iter(())), out, Options(text=False))
    (line,) = read_lines(out.getvalue().decode().rstrip("\n").split("\n"))
    expected = tuple((a, b) for a, b in json.loads(parts)) if parts else ()
    assert line == MarkLine(1, "a", 0, 9, expected, None, None, "Ana", memo, certainty, at, at)
