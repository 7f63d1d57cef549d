"""Tables with one article a row: what is divided by what, which column is what, and what is left of odd files."""

from __future__ import annotations

import contextlib
import csv
import datetime
import io
import json
import time
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import BlockKind, Draft
from annotate.readers import compressed, find_reader, read_bytes
from annotate.readers.table_columns import Mapping, guess, header, unlike
from annotate.readers.table_dates import DateStyle, style_of
from annotate.readers.tables import drafts, open_table, preview, read_table
from tests.annotate.test_readers_every_sample import check as check_draft

ROWS = [
    ["id", "headline", "Text", "published", "source", "words"],
    [
        "7",
        "Harbour road",
        "The road is closed,\nsince “March”; nobody\tknows.",
        "2025-03-12",
        "The Gazette",
        "9",
    ],
    ["8", "Ships", 'He said "no" | and left.', "2025-03-13T08:00:00Z", "Courier", ""],
    ["9", "Empty", " ", "", "Courier", "0"],
]


def make_csv(rows: list[list[str]] = ROWS, divider: str = ",", **how: object) -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=divider, **how).writerows(rows)  # type: ignore[arg-type]
    return file.getvalue().encode()


def make_xlsx(*sheets: list[list[object]], hidden: int | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {place + 1}")
        sheet.sheet_state = "hidden" if place == hidden else "visible"
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


OBJECTS = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
PRINTED = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('\n\t",;|')
JSONL = "\n".join(map(json.dumps, OBJECTS)).encode()
XLSX = make_xlsx([*ROWS])  # type: ignore[list-item]


def check(found: list[Draft]) -> None:
    first, second = found
    assert first.text == "The road is closed,\nsince “March”; nobody\tknows."
    assert (first.title, first.date, first.outlet) == ("Harbour road", "2025-03-12", "The Gazette")
    assert first.attributes == {"id": "7", "words": "9"}
    assert first.notes == ("1 row without text left out.",)
    assert (second.text, second.date, second.attributes) == (
        'He said "no" | and left.',
        "2025-03-13",
        {"id": "8"},
    )


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "how",
    [
        {},
        {"quoting": csv.QUOTE_ALL},
        {"lineterminator": "\n"},
        {"escapechar": "\\", "doublequote": False, "quoting": csv.QUOTE_ALL},
    ],
)
def test_text_tables_of_every_dialect(divider: str, how: dict[str, object]) -> None:
    check(read_bytes(make_csv(divider=divider, **how), "a.csv"))


def test_encodings_of_text_tables() -> None:
    check(read_bytes(make_csv(divider="\t").decode().encode("utf-8-sig"), "a.tsv"))
    wide = read_bytes(make_csv(divider="\t").decode().encode("utf-16"), "a.tsv")
    assert wide[0].notes[0] == "Read as utf-16-le."
    assert wide[0].text == "The road is closed,\nsince “March”; nobody\tknows."
    western = make_csv([["title", "text"], ["Straße", "Die Straße zum Hafen ist gesperrt – seit März."]])
    (draft,) = read_bytes(western.decode().encode("cp1252"), "a.csv")
    assert (draft.title, draft.notes) == ("Straße", ("Read as windows-1252.",))


def test_excels_hint_of_the_divider() -> None:
    check(read_bytes(b"sep=;\r\n" + make_csv(divider=";"), "a.csv"))


def test_a_stray_quotation_mark_costs_nothing() -> None:
    rows = [["title", "text", "date"], *([f"T{n}", f"Words of row {n}", "2025"] for n in range(50))]
    data = "\n".join("\t".join(row) for row in rows).replace("Words of row 5\t", '"Words of row 5\t')
    found = read_bytes(data.encode(), "a.tsv")
    assert len(found) == 50
    assert found[5].text == '"Words of row 5'


def test_rows_of_other_widths() -> None:
    data = b"title,text\nHarbour,The road is closed, since March, for good\nShips\nRoads,Open.\nX,Closed.\n"
    first, *_ = found = read_bytes(data, "a.csv")
    assert first.text == "The road is closed, since March, for good"
    assert first.notes == (
        "1 row with more cells than columns: kept in the last one.",
        "1 row without text left out.",
    )
    assert len(found) == 3


def test_a_table_without_names_above() -> None:
    rows = [
        [
            "2025-03-12",
            "The road to the harbour is closed since March, and nobody knows for how long that will be.",
        ]
    ]
    (draft,) = read_bytes(make_csv(rows), "a.csv")
    assert draft.text == rows[0][1]
    assert draft.attributes == {"column 1": "2025-03-12"}


def test_a_single_column() -> None:
    found = read_bytes(b"text\nThe road is closed.\nThe ships are gone.\n", "a.csv")
    assert [(draft.text, draft.title) for draft in found] == [
        ("The road is closed.", "a 1"),
        ("The ships are gone.", "a 2"),
    ]


def test_workbooks() -> None:
    check(read_bytes(XLSX, "a.xlsx"))
    assert find_reader(XLSX, "a.bin").NAME == "table (Excel)"


def test_cells_of_workbooks() -> None:
    when = datetime.datetime(2025, 3, 12, 8, 30)
    rows: list[list[object]] = [["text", "a", "b", "c", "date"], [None], ["Words", 3.0, 2.5, True, when]]
    (draft,) = read_bytes(make_xlsx(rows), "a.xlsx")
    assert draft.attributes == {"a": "3", "b": "2.5", "c": "true"}
    assert draft.date == "2025-03-12"


def test_sheets_with_the_same_columns_are_one_table() -> None:
    same: list[list[object]] = [["title", "text"], ["T", "More words"]]
    notes: list[list[object]] = [["about", "who"], ["this", "me"]]
    first, second = read_bytes(
        make_xlsx([["title", "text"], ["T", "Words"]], notes, same, same, hidden=3), "a.xlsx"
    )
    assert (first.text, second.text) == ("Words", "More words")
    assert first.notes == ("Sheets left out: “Sheet 2”.",)


def test_a_stray_cell_far_out() -> None:
    from openpyxl import Workbook

    book = Workbook()
    for place, words in (("A1", "text"), ("A2", "Words"), ("A1048576", "Last")):
        book.active[place] = words
    file = io.BytesIO()
    book.save(file)
    assert [draft.text for draft in read_bytes(file.getvalue(), "a.xlsx")] == ["Words", "Last"]
    book.active["XFD1"] = "x"
    book.save(file := io.BytesIO())
    with pytest.raises(UserError, match="more than 2,000 columns"):
        read_bytes(file.getvalue(), "a.xlsx")


def test_workbooks_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"^a\.xlsx is damaged"):
        read_bytes(XLSX[:-300], "a.xlsx")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(UserError, match=r"^a\.xlsx is no Excel workbook that can be read"):
        read_bytes(file.getvalue(), "a.xlsx")
    monkeypatch.setattr("annotate.readers.xlsx_table.LARGEST", 1000)
    with pytest.raises(UserError, match="unpacks to more than"):
        read_bytes(XLSX, "a.xlsx")


def test_entities_in_workbooks_are_not_expanded() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY a{n} "{("&a%s;" % (n - 1 or "")) * 10}">' for n in range(1, 12)
    )
    with zipfile.ZipFile(io.BytesIO(XLSX)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    name = "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in parts else "xl/workbook.xml"
    parts[name] = bomb.encode() + b"]><sst><si><t>&a11;</t></si></sst>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    start = time.perf_counter()
    with contextlib.suppress(UserError):
        assert all(len(draft.text) < 10_000 for draft in read_bytes(file.getvalue(), "a.xlsx"))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    "data",
    [
        JSONL,
        JSONL.replace(b"\n", b"\r\n") + b"\n\n",
        json.dumps(OBJECTS, indent=2).encode(),
        json.dumps({"status": "ok", "response": {"docs": OBJECTS}}).encode(),
    ],
)
def test_json(data: bytes) -> None:
    check(read_bytes(data, "a.txt"))


def test_values_within_values() -> None:
    item = {
        "_source": {"title": "Harbour", "body": "The road is closed."},
        "source": {"id": None, "name": "The Gazette"},
        "authors": [{"name": "Ann Lee"}, {"name": "Bob"}],
        "tags": ["roads", "ships"],
        "id": 12345678901234567890123,
        "score": 1.50,
    }
    (draft,) = read_bytes(json.dumps([item]).encode(), "a.json")
    assert (draft.text, draft.title, draft.outlet) == ("The road is closed.", "Harbour", "The Gazette")
    assert draft.author == "Ann Lee; Bob"
    assert draft.attributes == {"tags": "roads; ships", "id": "12345678901234567890123", "score": "1.5"}


def test_broken_lines_are_counted() -> None:
    data = JSONL + b'\n{"id": 3, "Text": "cut of'
    assert read_bytes(data, "a.jsonl")[0].notes == (
        "1 line without an object left out.",
        "1 row without text left out.",
    )


@pytest.mark.parametrize(
    "data", [b'{"text": ' + b"[" * 100_000, b'[{"text": "cut off', b'[{"a": ' + b'{"a": ' * 50_000]
)
def test_json_that_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UserError, match=r"^a\.json is no JSON that can be read"):
        read_bytes(data, "a.json")


def test_parquet_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(
        UserError, match=r"^a\.x is a Parquet table; install `postil\[parquet\]` to read it\.$"
    ):
        read_bytes(b"PAR1\0\0\0", "a.x")


def test_parquet() -> None:
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    columns = {key: [item[key] for item in OBJECTS] for key in ROWS[0]}
    columns["published"] = [datetime.date(2025, 3, 12), datetime.date(2025, 3, 13), None]  # type: ignore[list-item]
    parquet.write_table(pa.table(columns), file := io.BytesIO())
    check(read_bytes(file.getvalue(), "a.parquet"))
    assert preview(file.getvalue(), "a.parquet").count == 3
    with pytest.raises(UserError, match=r"^a\.parquet is a damaged or encrypted Parquet table\.$"):
        read_bytes(file.getvalue()[:-30], "a.parquet")


def test_a_preview_shows_the_first_rows_and_the_guess() -> None:
    found = preview(make_csv(), "a.csv", rows=2)
    assert found.columns == tuple(ROWS[0])
    assert [list(row) for row in found.rows] == ROWS[1:3]
    assert found.mapping == Mapping(("Text",), title="headline", date="published", outlet="source", id="id")
    assert preview(XLSX, "a.xlsx").count == 3


def test_a_mapping_goes_before_the_guess() -> None:
    mapping = Mapping(("headline", "Text"), title="headline", author="source")
    first, *_ = read_table(make_csv(), "a.csv", mapping)
    assert first.text == "Harbour road\n\nThe road is closed,\nsince “March”; nobody\tknows."
    assert (first.title, first.author, first.outlet, first.date) == ("Harbour road", "The Gazette", "", "")
    assert first.layout.blocks[0].kind is BlockKind.TITLE
    assert first.attributes == {"id": "7", "published": "2025-03-12", "words": "9"}


def test_a_mapping_of_columns_that_are_not_there_is_said() -> None:
    with pytest.raises(UserError, match=r"^a\.csv has no column “body”; it has “id”, “headline”, "):
        read_table(make_csv(), "a.csv", Mapping(("body",)))


def test_a_table_without_a_text_is_said() -> None:
    sentence = r"^a\.csv has no column that is certainly the text; say which of “a”, “b” it is\.$"
    with pytest.raises(UserError, match=sentence):
        read_bytes(b"a,b\n1,2\n3,4\n", "a.csv")


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ("id,article,title,start,end,text_hash,quote,coder", "highlights"),
        ("taxonomy,version,id,notation,label,parent,use_when,avoid_when", "a codebook"),
    ],
)
def test_our_own_exports_are_no_articles(columns: str, kind: str) -> None:
    with pytest.raises(UserError, match=f"^a.csv holds {kind} exported by Postil, no articles"):
        read_bytes(f"{columns}\n{',x' * columns.count(',')}\n".encode(), "a.csv")
    line = json.dumps(dict.fromkeys(columns.split(","), "x"))
    with pytest.raises(UserError, match=f"^a.jsonl holds {kind} exported"):
        read_bytes(f"{line}\n{line}\n".encode(), "a.jsonl")


def test_markup_in_cells_is_taken_out() -> None:
    rows = [["title", "content"], ["T", "<h2>Roads</h2><p>The road &amp; the <b>harbour</b>.</p>"]]
    (draft,) = read_bytes(make_csv(rows), "a.csv")
    assert draft.text == "Roads\nThe road & the harbour."
    assert draft.layout.blocks[0].kind is BlockKind.HEADING


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("Titel,Volltext,Datum,Zeitung,Autor", ("Volltext", "Titel", "Datum", "Zeitung", "Autor")),
        (
            "titre,contenu,date de publication,source,auteur",
            ("contenu", "titre", "date de publication", "source", "auteur"),
        ),
        ("Título,Texto,Fecha,Medio,Autor", ("Texto", "Título", "Fecha", "Medio", "Autor")),
        ("标题,正文,日期,来源,作者", ("正文", "标题", "日期", "来源", "作者")),
        ("tytuł,treść,data,źródło,autor", ("treść", "tytuł", "data", "źródło", "autor")),
        ("x,tweet_text,created_at,y,user", ("tweet_text", "", "created_at", "", "user")),
    ],
)
def test_columns_are_known_by_name(columns: str, expected: tuple[str, ...]) -> None:
    found = guess(columns.split(","), [("x",) * 5])
    assert found is not None
    assert (found.text[0], found.title, found.date, found.outlet, found.author) == expected


def test_names_of_columns() -> None:
    assert unlike(["a", "a", "", "a 2", "", "column 3"]) == (
        "a",
        "a 2",
        "column 3",
        "a 2 2",
        "column 5",
        "column 3 2",
    )
    assert header(("a", " b\nc ")) == ("a", "b c")
    assert header(("a", "12.5")) is None


@pytest.mark.parametrize(
    ("cells", "stated", "expected"),
    [
        (["13/04/2025"], "03/04/2025", "2025-04-03"),
        (["04/13/2025"], "03/04/2025 10:30", "2025-03-04"),
        (["03/04/2025"], "03/04/2025", ""),
        (["13/04/2025", "04/13/2025"], "03/04/2025", ""),
        ([], "03.04.2025", "2025-04-03"),
        (["13/04/25"], "03/04/99", "1999-04-03"),
        ([], "20250312", "2025-03-12"),
        ([], "20250312103000", "2025-03-12"),
        ([], "1741775400", "2025-03-12"),
        ([], "1741775400000", "2025-03-12"),
        ([], "Wed Mar 12 10:30:00 +0000 2025", "2025-03-12"),
        ([], "Wed, 12 Mar 2025 10:30:00 GMT", "2025-03-12"),
        ([], "2025-03-12 00:00:00+00:00", "2025-03-12"),
        ([], "yesterday", ""),
    ],
)
def test_dates_of_a_column(cells: list[str], stated: str, expected: str) -> None:
    assert style_of(cells).iso(stated) == expected


def test_a_date_that_cannot_be_told_is_kept() -> None:
    (draft,) = read_bytes(b"text,date\nThe road.,03/04/2025\n", "a.csv")
    assert (draft.date, draft.attributes) == ("", {"date": "03/04/2025"})


def test_a_long_cell_and_many_rows_take_little_time() -> None:
    start = time.perf_counter()
    (draft,) = read_bytes(make_csv([["title", "text"], ["T, x", "word " * 2_000_000]], ";"), "a.csv")
    assert len(draft.text) == 10_000_000
    many = make_csv([["title", "text"], *([f"T{n}", "The road is closed. " * 20] for n in range(20_000))])
    assert len(read_bytes(many, "a.csv")) == 20_000
    assert time.perf_counter() - start < 8


def test_a_bomb_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    monkeypatch.setattr(compressed, "LARGEST", 1 << 20)
    with pytest.raises(UserError, match="unpacks to more"):
        read_bytes(gzip.compress(b"text\n" + b"word " * 1_000_000), "a.csv.gz")
    assert open_table(gzip.compress(make_csv()), "a.csv.gz").columns == tuple(ROWS[0])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(*[st.text(PRINTED, max_size=30)] * 3), max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_was_written_quoted_is_read(rows: list[tuple[str, str, str]], divider: str) -> None:
    data = make_csv([["title", "text", "n"], *map(list, rows)], divider, quoting=csv.QUOTE_ALL)
    found = list(open_table(data, "a.csv").rows)
    assert found == [row for row in rows if any(cell.strip() for cell in row)]


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.json", "a.xlsx"])
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_mutated_tables_give_drafts_or_a_sentence(name: str, data: st.DataObject) -> None:
    seeds = {"a.csv": make_csv(), "a.tsv": make_csv(divider="\t"), "a.jsonl": JSONL, "a.xlsx": XLSX}
    mutated = bytearray(seeds.get(name) or json.dumps(OBJECTS).encode())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(mutated)))
        piece = data.draw(
            st.binary(max_size=5) | st.sampled_from([b'"', b",", b"\r", b"{", b"}", b"null", b"\0"])
        )
        mutated[place : place + data.draw(st.integers(0, 40))] = piece
    with contextlib.suppress(UserError):
        for draft in read_bytes(bytes(mutated), name):
            check_draft(draft)


def test_drafts_can_be_taken_one_by_one() -> None:
    table = open_table(make_csv(), "a.csv")
    assert next(drafts(table, Mapping(("Text",)))).text.startswith("The road is closed")
    assert DateStyle().iso("") == ""
