"""Coded spans out: exact, read back exactly, safe in a spreadsheet, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.taxonomy import load_shipped
from annotate.writers import Options, codebook_csv, csv_spans, export, jsonl_spans, writer, writers
from annotate.writers.csv_spans import guarded, read, unguarded
from annotate.writers.dataset import Dataset
from annotate.writers.spans import COLUMNS, CodedSpan
from annotate.writers.whole import written_whole
from tests.shared import ROOT


def ordered(said: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(said.items(), reverse=True))


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
awkward = st.one_of(words, st.text("=+-@\t\r\n'\",; 1.e%😀\0\u2028", max_size=8))
spans = st.builds(
    CodedSpan,
    **dict.fromkeys(COLUMNS, awkward)
    | {"start": st.integers(0, 10**7), "end": st.integers(0, 10**7), "parts": st.just("")}
    | {"code": st.one_of(st.none(), awkward.filter(bool))}
    | {"before": st.just(""), "after": st.just(""), "split": st.just(""), "fields": st.just(())},
    qualifiers=st.dictionaries(st.sampled_from(["stance", "Stärke: x"]), awkward.filter(bool)).map(ordered),
)


def span(**values: object) -> CodedSpan:
    plain = dict.fromkeys(COLUMNS, "") | {"start": 0, "end": 1, "code": None}
    return CodedSpan(**plain | values)  # type: ignore[arg-type]


def of(rows: Iterable[CodedSpan], taxonomies: Sequence[Taxonomy] = ()) -> Dataset:
    rows = list(rows)
    names = sorted({name for row in rows for name, _ in row.qualifiers}, reverse=True)
    said = dict.fromkeys(names, ())
    return Dataset("Study", taxonomies, [], lambda: iter(rows), lambda: iter(()), said)


def written(rows: list[CodedSpan], **options: bool) -> bytes:
    out = io.BytesIO()
    assert csv_spans.write(of(rows), out, Options(**options)).rows == len(rows)
    return out.getvalue()


@given(st.lists(spans, max_size=4), st.booleans())
def test_csv_reads_back_exactly(rows: list[CodedSpan], for_spreadsheet: bool) -> None:
    assert read(written(rows, for_spreadsheet=for_spreadsheet)) == rows


@given(awkward)
def test_the_guard_comes_off_again(cell: str) -> None:
    assert unguarded(str(guarded(cell))) == cell


@pytest.mark.parametrize(
    "cell", ["=1+1", "+A1", "-A1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "-1-2", "+49 30 1"]
)
def test_what_a_spreadsheet_would_compute_is_guarded(cell: str) -> None:
    assert guarded(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+1.5", "-.5", "-1e-5", "-12 %", "'tis", "word", "", "1=1", 7, -7])
def test_numbers_and_words_stay_as_they_are(cell: object) -> None:
    assert guarded(cell) == ("'-12 %" if cell == "-12 %" else cell)


def test_a_row_is_what_any_csv_reader_reads() -> None:
    quote = 'He said “no”, then "yes",\nand left;\r\nfor good 😀'
    data = written([span(quote=quote, memo="line\rbreak", label="Ä")])
    assert not data.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(data.decode(), newline=""))
    assert (row["quote"], row["memo"], row["label"]) == (quote, "line\rbreak", "Ä")
    assert list(row) == list(COLUMNS)


def test_a_quote_as_long_as_an_article_reads_back() -> None:
    rows = [span(quote="long words " * 100_000)]
    before = csv.field_size_limit()
    assert read(written(rows)) == rows
    assert csv.field_size_limit() == before


def test_without_text_there_is_no_quote() -> None:
    rows = [span(quote="secret", memo="kept")]
    assert b"secret" not in written(rows, text=False)
    assert read(written(rows, text=False)) == [span(memo="kept")]


@pytest.mark.parametrize(
    ("table", "reason"),
    [("a,b\r\n1,2\r\n", "no column “id”"), (",".join(COLUMNS) + "\r\nx,y\r\n", "Line 2"), ("", "no column")],
)
def test_another_table_is_refused_in_a_sentence(table: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        read(table.encode())


def test_json_lines_have_every_field_and_parts_as_lists() -> None:
    out = io.BytesIO()
    rows = [span(memo="é\u2028", parts="[[0, 1], [3, 4]]", code="cap:1"), span()]
    assert jsonl_spans.write(of(rows), out, Options()).rows == 2
    first, second = (json.loads(line) for line in out.getvalue().decode().rstrip("\n").split("\n"))
    assert tuple(first) == tuple(second) == COLUMNS
    assert (first["parts"], first["code"], first["memo"]) == ([[0, 1], [3, 4]], "cap:1", "é\u2028")
    assert (second["parts"], second["code"], second["memo"]) == (None, None, "")


def test_the_codebook_has_every_code_with_its_path() -> None:
    cap = load_shipped("cap")
    out = io.BytesIO()
    assert codebook_csv.write(of([], [cap, load_shipped("sdg")]), out, Options()).rows == len(
        cap.codes
    ) + len(load_shipped("sdg").codes)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert [row["id"] for row in rows[: len(cap.codes)]] == [code.id for code in cap.codes]
    child = next(row for row in rows if row["parent"])
    assert child["path"].endswith(" > " + child["label"])


def test_formats_are_found_by_name() -> None:
    assert {"csv", "jsonl", "codebook"} <= {each.NAME for each in writers()}
    with pytest.raises(UserError, match=r"there are csv, .*codebook"):
        writer("xls")


def test_an_export_that_breaks_off_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    out.write_text("before")

    def broken():
        yield span()
        raise UserError("the article went away")

    with pytest.raises(UserError, match="went away"):
        export("csv", of(broken()), out, Options())
    assert out.read_text() == "before"
    assert list(tmp_path.iterdir()) == [out]


def test_an_export_never_replaces_a_database(tmp_path: Path) -> None:
    project = tmp_path / "study.postil"
    project.write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(UserError, match="choose another name"):
        export("csv", of([span()]), project, Options())
    assert project.stat().st_size == 116


@pytest.mark.skipif(sys.platform == "win32", reason="links and devices as on Unix")
def test_links_stay_links_and_devices_devices(tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    link.symlink_to(real)
    export("csv", of([span()]), link, Options())
    assert link.is_symlink()
    assert read(real.read_bytes()) == [span()]
    export("csv", of([span()]), Path(os.devnull), Options())
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(UserError, match=r"nowhere.*was not written: No such file"),
        written_whole(tmp_path / "nowhere" / "x.csv"),
    ):
        pass


def test_another_packages_format_is_found(tmp_path: Path) -> None:
    (tmp_path / "shouting.py").write_text(SHOUTING, encoding="utf-8")
    info = tmp_path / "shouting-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[postil.writers]\nshouting = shouting\n")
    script = (
        "import sys; sys.path[:0] = sys.argv[1:3]\n"
        "from pathlib import Path\nfrom annotate.writers import Dataset, Options, export, writers\n"
        "assert [each.NAME for each in writers()][-1] == 'shouting'\n"
        "print(export('shouting', Dataset('', [], [], list, list), Path(sys.argv[1], 'out'), Options()).rows)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path), str(ROOT)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "7\n"
    assert (tmp_path / "out").read_bytes() == b"SPANS"


SHOUTING = """
NAME, TITLE, SUFFIX, ROWS = "shouting", "Shouting", ".txt", "spans"

def available():
    return True

def write(dataset, out, options):
    from annotate.writers import Written

    out.write(b"SPANS")
    return Written(7)
"""
