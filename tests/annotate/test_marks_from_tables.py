"""Marks out of tables: what an export wrote comes back the same, and what does not fit is told."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine
from annotate.marks_from import format_for, marks_reader
from annotate.writers import CodedSpan, Options, writer
from tests.annotate.hard_data import FIRST, article, hard, mark, of

FORMATS = pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])


def exported(name: str, data, **options: Any) -> bytes:
    out = io.BytesIO()
    writer(name).write(data, out, Options(**options))
    return out.getvalue()


def expected(number: int, span: CodedSpan) -> MarkLine:
    parts = tuple((start, end) for start, end in json.loads(span.parts)) if span.parts else ()
    return MarkLine(
        number, span.article, span.start, span.end, parts, span.quote, span.code, span.coder, span.memo,
        span.certainty, span.created, span.modified, span.text_hash,
    )  # fmt: skip


@FORMATS
@pytest.mark.parametrize("for_spreadsheet", [False, True])
def test_hard_marks_come_back_the_same(name: str, for_spreadsheet: bool) -> None:
    data = exported(name, hard(), for_spreadsheet=for_spreadsheet)
    found = marks_reader(name).read(data, "a")
    lines = [expected(number, span) for number, span in enumerate(hard().spans(), 2)]
    if name == "xlsx":  # of the longest quote a part alone went out: it is not compared
        assert (lines[-1].quote or "")[:9] == "A long li"
        lines[-1] = MarkLine(**{key: getattr(lines[-1], key) for key in MarkLine.__slots__} | {"quote": None})
    assert list(found.marks) == lines
    assert found.unit == "row"


words = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from("\n\t=';,\"_x0041_"), max_size=12
)
tables = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20), words, words), min_size=1, max_size=4)


@FORMATS
@given(rows=tables, for_spreadsheet=st.booleans())
@settings(max_examples=60)
def test_any_words_come_back(name: str, rows: list[tuple[int, int, str, str]], for_spreadsheet: bool) -> None:
    marks = [
        mark(f"m{n}", start, start + size, coder=coder, memo=memo)
        for n, (start, size, coder, memo) in enumerate(rows)
    ]
    data = of([article("a", FIRST, marks)])
    found = marks_reader(name).read(exported(name, data, for_spreadsheet=for_spreadsheet), "a")
    assert list(found.marks) == [expected(number, span) for number, span in enumerate(data.spans(), 2)]


@FORMATS
def test_units_come_back_as_marks_on_whole_units(name: str) -> None:
    text = "One. Two. Three."
    marks = [mark("m1", 0, 4, "own:1"), mark("m2", 6, 7, "own:3", coder="Ben"), mark("m3", 5, 9)]
    data = of([article("a", text, marks)])
    found = marks_reader(name).read(exported(name, data, shape="units", values="shares"), "a")
    seen = [(each.number, each.start, each.end, each.code, each.coder) for each in found.marks]
    assert seen == [(2, 0, 4, "own:1", "Ana"), (3, 5, 9, "own:2", ""), (3, 5, 9, None, "")]
    assert found.notes == ("Each mark is a whole unit.",)


def test_what_does_not_fit_is_told_by_row() -> None:
    table = (
        b"Article;Start;End;Code;Parts\n"
        b"a;0;4;own:1;\n;0;1;;\na;x;4;;\n\na;1.0;4;;[[1, 2], [3, 4]]\na;-1;4;;\na;1;2;;[oh\na;99999999999999;1;;\na;1\n"
    )
    marks = marks_reader("csv").read(table, "a").marks
    assert [type(each) for each in marks] == [MarkLine, MarkLine, BadLine, MarkLine, *[BadLine] * 4]
    assert [each.number for each in marks] == [2, 3, 4, 6, 7, 8, 9, 10]
    assert marks[3] == MarkLine(6, "a", 1, 4, ((1, 2), (3, 4)))
    assert '“start” is "x"' in marks[2].reason


def test_formats_are_told_by_their_columns() -> None:
    for name in ("csv", "xlsx"):
        assert name == format_for(exported(name, hard()), "x").NAME
    assert format_for(exported("tsv", hard()), "x.tsv").NAME in ("csv", "tsv")
    assert format_for(b"a;b\n", "x.csv").NAME == "csv"


@FORMATS
def test_another_table_is_refused_in_a_sentence(name: str) -> None:
    data = exported(name, hard(), shape="wide")
    with pytest.raises(UserError, match="no column “start”"):
        marks_reader(name).read(data, "a")
    with pytest.raises(UserError):
        marks_reader(name).read(b"", "a")


@FORMATS
@given(at=st.integers(0, 3000), junk=st.binary(min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_damaged_files_give_marks_or_a_sentence(name: str, at: int, junk: bytes) -> None:
    data = exported(name, of([article("a", FIRST, [mark("m", 0, 9, "own:1")])]))
    at %= len(data)
    with suppress(UserError):
        marks_reader(name).read(data[:at] + junk + data[at + len(junk) :], "a")
