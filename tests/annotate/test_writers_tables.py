"""Tables out: a mark, an article or a unit a row, as CSV, TSV and Excel workbooks."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from annotate.errors import UserError
from annotate.sentences import units
from annotate.writers import Options, csv_spans, export, tsv_spans, xlsx_spans
from annotate.writers.shapes import covered, shaped
from annotate.writers.spans import COLUMNS
from annotate.writers.tables import Table, distinct
from tests.annotate.hard_data import FIRST, LONG, SECOND, article, hard, mark, of

OPTIONS = [
    Options(),
    Options(shape="wide"),
    Options(shape="wide", values="counts"),
    Options(shape="wide", values="shares", text=False),
    Options(shape="units", values="shares"),
    Options(shape="units", values="counts", unit="paragraph"),
]


def drawn(options: Options, dataset=None) -> tuple[Table, list[dict[str, Any]]]:
    table = shaped(dataset or hard(), options)
    return table, [dict(zip(table.names, row, strict=True)) for row in table.rows()]


def cells(options: Options, said: Callable[[Any], str] = str) -> list[list[str]]:
    """The table as text, as a reader of CSV should find it."""
    table = shaped(hard(), options)
    return [table.names, *(["" if cell is None else said(cell) for cell in row] for row in table.rows())]


def as_excel(cell: Any) -> str:
    """Excel has one kind of number."""
    return f"{cell:g}" if isinstance(cell, float | int) else str(cell)


def delimited(module, options: Options, delimiter: str) -> list[list[str]]:
    out = io.BytesIO()
    module.write(hard(), out, options)
    return list(csv.reader(io.StringIO(out.getvalue().decode(), newline=""), delimiter=delimiter))


@pytest.mark.parametrize("options", OPTIONS)
def test_csv_and_tsv_are_read_as_written(options: Options) -> None:
    expected = cells(options)
    assert delimited(csv_spans, options, ",") == expected
    assert delimited(tsv_spans, options, "\t") == expected


@pytest.mark.parametrize("options", OPTIONS)
def test_a_workbook_holds_the_same_rows(options: Options) -> None:
    out = io.BytesIO()
    done = xlsx_spans.write(hard(), out, options)
    book = load_workbook(io.BytesIO(out.getvalue()))
    sheet = book.worksheets[0]
    found = [[unescape(str("" if cell.value is None else cell.value)) for cell in row] for row in sheet.rows]
    expected = [[cell[: xlsx_spans.LONGEST] for cell in row] for row in cells(options, as_excel)]
    assert found == expected
    assert not any(cell.data_type == "f" for row in sheet.rows for cell in row)
    assert done.rows == len(expected) - 1
    cut = [note for note in done.notes if "cut at 32,767" in note]
    assert cut == (
        ["1 cell cut at 32,767 characters, the most that Excel takes."] if options.text else []
    ) or (options.shape == "units" and options.unit == "sentence")


def test_a_workbook_says_what_its_columns_stand_for() -> None:
    out = io.BytesIO()
    xlsx_spans.write(hard(), out, Options(shape="wide"))
    book = load_workbook(io.BytesIO(out.getvalue()))
    assert book.sheetnames == ["articles", "columns"]
    rows = [[cell.value for cell in row] for row in book["columns"].rows]
    assert rows[0] == list(xlsx_spans.COLUMNS)
    assert ["own:1.1", "own", "1.1", "=1+1", "Law, “order” and\n'more' > =1+1", None] in rows


def test_control_characters_and_what_looks_like_an_escape_are_said_and_kept() -> None:
    out = io.BytesIO()
    memo = "a\x00b\x0bc _x0041_ \ufffe 😀"
    data = of([article("a", "Text", [mark("m", 0, 4, memo=memo, label="#N/A")])])
    done = xlsx_spans.write(data, out, Options())
    assert done.notes == ("Control characters in 1 cell, which Excel cannot hold, became “\ufffd”.",)
    row = [cell.value for cell in load_workbook(io.BytesIO(out.getvalue())).worksheets[0][2]]
    assert row[COLUMNS.index("memo")] == "a\ufffdb\ufffdc _x005F_x0041_ \ufffd 😀"
    assert row[COLUMNS.index("label")] == "#N/A"


def test_a_cell_is_cut_between_characters() -> None:
    out = io.BytesIO()
    text = "x" + "😀" * 20_000
    xlsx_spans.write(of([article("a", text, [mark("m", 0, len(text))])]), out, Options())
    row = [cell.value for cell in load_workbook(io.BytesIO(out.getvalue())).worksheets[0][2]]
    assert row[COLUMNS.index("quote")] == "x" + "😀" * 16_383


def test_more_rows_than_a_sheet_go_on_in_another(monkeypatch) -> None:
    monkeypatch.setattr(xlsx_spans, "MOST_ROWS", 5)
    out = io.BytesIO()
    assert xlsx_spans.write(hard(), out, Options()).rows == 11
    book = load_workbook(io.BytesIO(out.getvalue()))
    assert [(sheet.title, sheet.max_row) for sheet in book] == [
        ("highlights", 5),
        ("highlights 2", 5),
        ("highlights 3", 4),
    ]


def test_more_columns_than_a_sheet_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(xlsx_spans, "MOST_COLUMNS", 20)
    with pytest.raises(UserError, match="26 columns"):
        xlsx_spans.write(hard(), io.BytesIO(), Options())


def test_wide_has_every_article_and_every_code_in_use() -> None:
    table, (first, second, third) = drawn(Options(shape="wide"))
    assert [row["article"] for row in (first, second, third)] == ["a1", "a2", "a3"]
    codes = table.names[table.names.index("own:1") : table.names.index("text")]
    assert codes == ["own:1", "own:1.1", "own:2", "own:أمان; {x}", "own:3/a", "two:1", "no_code"]
    assert [first[name] for name in codes] == [1] * 7
    assert [second[name] for name in codes] == [0] * 7
    assert (first["coders"], second["coders"], third["coders"]) == ("Ana; Бен, =B", "", "Бен, =B")
    assert (first["section"], second["=pages"], second["text"]) == ('World; "A"', "3", SECOND)
    assert table.notes == [
        "2 codes without a mark have no column.",
        "The marks of 2 coders stand together in the row of an article.",
        "Not in this table, of the marks: exact places (11), memos (1), certainty (1).",
    ]
    assert "text" not in drawn(Options(shape="wide", text=False))[0].names


def test_counts_and_shares() -> None:
    _, (first, *_) = drawn(Options(shape="wide", values="counts"))
    assert (first["own:1"], first["own:1.1"], first["own:3/a"], first["highlights"]) == (2, 2, 2, 10)
    _, (first, _, third) = drawn(Options(shape="wide", values="shares"))
    assert first["own:1"] == round((5 + 18) / len(FIRST), 6)
    assert first["own:1.1"] == round(26 / len(FIRST), 6)  # one lies within the other
    assert first["own:3/a"] == round((3 + 4 + 2) / len(FIRST), 6)
    assert first["two:1"] == third["own:1"] == 1
    assert third["characters"] == len(LONG)


def test_sentences_with_their_codes() -> None:
    _, rows = drawn(Options(shape="units", values="shares"))
    of_first = [row for row in rows if row["article"] == "a1"]
    assert [row["text"] for row in of_first] == [
        FIRST[start:end] for start, end in units(FIRST, "sentence", "en")
    ]
    assert [row["unit"] for row in of_first] == list(range(1, len(of_first) + 1))
    said = next(row for row in of_first if row["text"] == "The court said no.")
    assert (said["paragraph"], said["start"]) == (2, FIRST.index("The court"))
    assert (said["own:1"], said["own:3/a"], said["two:1"]) == (1, round(3 / 18, 6), 1)
    late = next(row for row in of_first if row["text"].startswith("“It is late"))
    assert late["own:1"] == 0
    assert 0 < late["own:1.1"] < 1
    assert [row["text"] for row in rows if row["article"] == "a2"] == ["One.", "Two.", "Three.", "Four."]


def test_a_mark_on_nothing_but_white_space_is_said() -> None:
    data = of([article("a", "One.  \n \nTwo.", [mark("m1", 4, 8), mark("m2", 3, 10)])])
    table, rows = drawn(Options(shape="units", values="counts", unit="paragraph"), data)
    assert [row["no_code"] for row in rows] == [1, 1]
    assert "1 mark on white space touched no paragraph." in table.notes


def test_names_of_columns_are_told_apart() -> None:
    assert distinct(["a", "A", "b\n c", " ", "a (2)"]) == ["a", "A (2)", "b c", "column", "a (2) (2)"]
    data = of([article("a", "x", **{"Text": "in the way"})])
    assert drawn(Options(shape="wide"), data)[0].names[-2:] == ["Text", "text (2)"]


def test_a_format_of_one_shape_refuses_another(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="“jsonl” has one shape; csv, tsv, xlsx"):
        export("jsonl", hard(), tmp_path / "out", Options(shape="wide"))


pairs = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(pairs, max_size=8))
def test_covered_counts_each_position_once(spans: list[tuple[int, int]]) -> None:
    assert covered(spans) == len({at for start, end in spans for at in range(start, end)})


@given(st.lists(pairs, max_size=6), st.sampled_from(["sentence", "paragraph"]))
def test_units_share_out_what_is_covered(spans: list[tuple[int, int]], unit: str) -> None:
    text = "One. Two is a bit longer. Three.\nFour, five"
    data = of([article("a", text, [mark(f"m{n}", *span) for n, span in enumerate(spans)])])
    _, rows = drawn(Options(shape="units", values="shares", unit=unit), data)
    for row in rows:
        places = range(row["start"], row["end"])
        held = sum(any(start <= at < end for start, end in spans) for at in places)
        assert row.get("no_code", 0) == round(held / len(places), 6)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not here")
@pytest.mark.parametrize("options", [Options(shape="wide", values="counts"), Options(shape="units")])
@pytest.mark.parametrize(("module", "reader"), [(csv_spans, "read_csv"), (tsv_spans, "read_tsv")])
def test_readr_reads_the_same(options: Options, module, reader: str, tmp_path: Path) -> None:
    with (tmp_path / "in").open("wb") as out:
        module.write(hard(), out, options)
    script = f"""
        if (!requireNamespace("readr", quietly = TRUE)) quit(status = 3)
        t <- readr::{reader}(commandArgs(TRUE)[1], show_col_types = FALSE, col_types = readr::cols(
            .default = "c"), na = character(), trim_ws = FALSE)
        readr::write_csv(t, commandArgs(TRUE)[2], quote = "all", escape = "double")
    """
    again = tmp_path / "again.csv"
    ran = subprocess.run(
        ["Rscript", "-e", script, str(tmp_path / "in"), str(again)], capture_output=True, text=True
    )
    if ran.returncode == 3:
        pytest.skip("R's package readr is not here")
    assert ran.returncode == 0, ran.stderr
    with again.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == cells(options)
