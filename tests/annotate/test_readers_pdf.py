"""PDF: reading order, paragraphs, hyphens, furniture, right-to-left, and what cannot be read."""

from __future__ import annotations

import time

import pytest

from annotate.errors import UserError
from annotate.model import BlockKind
from annotate.places import Box, from_bytes
from annotate.readers import Wishes, read_bytes, read_file
from annotate.readers.pdf_bidi import logical
from annotate.readers.pdf_blocks import Words
from tests.shared import shared

Line = tuple[float, float, float, str]  # x, y, size, text


def make_pdf(pages: list[list[Line]], title: str = "", more: str = "") -> bytes:
    """A PDF in Courier (each character 0.6 sizes wide) with the given lines on its pages.

    `more` stands in each page's dictionary.
    """
    count = len(pages)
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(count))
    font, info = 3 + 2 * count, 4 + 2 * count
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    for number, lines in enumerate(pages):
        content = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, size, text in lines
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {more} /Contents {4 + 2 * number} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects += ["<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>", f"<< /Title ({title}) >>"]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
    start = out.index("xref")
    out += f"<< /Size {len(objects) + 1} /Root 1 0 R /Info {info} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def column(x: float, top: float, lines: list[str], size: float = 10) -> list[Line]:
    return [(x, top - 12 * n, size, line) for n, line in enumerate(lines)]


LEFT = [
    "The council of Northhaven voted on",
    "Tuesday to open the harbour road to",
    "buses, after years in which the go-",
    "vernment had put off the plan again",
    "and again for want of money and of",
]
RIGHT = [
    "a majority that would have stood by",
    "it. The mayor cast her vote last and",
    "for the buses, to the surprise of a",
    "well-filled gallery, where some had",
    "waited since the morning to hear it.",
]


def test_two_columns_read_one_after_the_other_under_a_heading() -> None:
    page = [(60, 740, 18, "Harbour road opens to buses"), *column(60, 700, LEFT), *column(320, 700, RIGHT)]
    draft = read_bytes(make_pdf([page]), "road.pdf")[0]
    assert draft.title == "Harbour road opens to buses"
    assert draft.text == (
        "Harbour road opens to buses\nThe council of Northhaven voted on Tuesday to open the harbour road to "
        "buses, after years in which the government had put off the plan again and again for want of money "
        "and of a majority that would have stood by it. The mayor cast her vote last and for the buses, to "
        "the surprise of a well-filled gallery, where some had waited since the morning to hear it."
    )
    assert draft.layout.pages == ()


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Year", "Ships", "Boats"), ("2023", "12", "130"), ("2024", "15", "141"), ("2025", "11", "99")]
    page = [
        (60 + 120 * n, 700 - 14 * r, 10.0, cell) for r, row in enumerate(rows) for n, cell in enumerate(row)
    ]
    draft = read_bytes(make_pdf([page]), "table.pdf")[0]
    assert draft.text == "Year\tShips\tBoats\n2023\t12\t130\n2024\t15\t141\n2025\t11\t99"
    assert {block.kind for block in draft.layout.blocks} == {BlockKind.ROW}


def test_running_heads_and_page_numbers_go_and_a_sentence_runs_over_the_page() -> None:
    pages = [
        [(60, 760, 8, f"Northhaven Review 2025, number {n}"), *column(60, 700, text), (300, 30, 8, str(n))]
        for n, text in ((7, LEFT), (8, RIGHT), (9, ["Third page."]))
    ]
    draft = read_bytes(make_pdf([*pages]), "review.pdf")[0]
    assert "Review" not in draft.text
    assert not any(line.isdecimal() for line in draft.text.split("\n"))
    assert "for want of money and of a majority that would" in draft.text
    first, second, third = draft.layout.pages
    assert (first.start, first.label, second.label, third.label) == (0, "1", "2", "3")
    assert draft.text[second.start :].startswith("a majority")
    assert draft.text[third.start :] == "Third page."


def test_paragraphs_are_told_by_space_and_indent() -> None:
    body = ["The first paragraph has two full lines", "of text, and ends."]
    indented = [
        (80, 640, 10, "An indented one follows on the next"),
        (60, 628, 10, "line and goes on there."),
    ]
    page = [*column(60, 700, body), *column(60, 664, body), *indented]
    text = read_bytes(make_pdf([page]), "x.pdf")[0].text
    assert text.split("\n") == [
        "The first paragraph has two full lines of text, and ends.",
        "The first paragraph has two full lines of text, and ends.",
        "An indented one follows on the next line and goes on there.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("the govern-", "ment said", "the government said"),
        ("a well-", "known fact", "a well-known fact"),
        ("a state-of-", "the art", "a state-of-the art"),
        ("the Franco-", "German border", "the Franco-German border"),
        ("the Trace-", "Monkey engine", "the TraceMonkey engine"),
        ("soft hy\u00ad", "phen", "soft hyphen"),
        ("2019-", "2020", "2019-2020"),
        ("said -", "and went", "said - and went"),
        ("日本", "語", "日本語"),
        ("plain", "words", "plain words"),
    ],
)
def test_line_ends_are_joined(before: str, after: str, joined: str) -> None:
    words = Words.of(["it is well and it is known to all that TraceMonkey runs"])
    assert words.joined(before, after) == joined


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("םולש", "שלום"),
        ("12 םולש", "שלום 12"),
        ("(םולש)", "(שלום)"),
        ("Qt תיב", "בית Qt"),
        ("plain (a) 5 %", "plain (a) 5 %"),
    ],
)
def test_right_to_left_text_is_put_into_logical_order(seen: str, read: str) -> None:
    assert logical(list(seen)) == read


def test_what_cannot_be_read_says_so_in_a_sentence() -> None:
    with pytest.raises(UserError, match=r"x\.pdf is a damaged PDF"):
        read_bytes(b"%PDF-1.4\ngarbage", "x.pdf")
    with pytest.raises(UserError, match=r"x\.pdf holds no text"):
        read_bytes(make_pdf([[]]), "x.pdf")


def test_an_object_that_refers_to_itself_does_not_hang_the_reader() -> None:
    data = make_pdf([[(60, 700, 10, "Words")]]).replace(b"<< /Title () >>", b"6 0 R\nendobj\n  ")
    with pytest.raises(UserError, match="is a damaged PDF"):
        read_bytes(data.replace(b"/Root 1 0 R", b"/Root 6 0 R"), "x.pdf")


def test_a_pdf_called_txt_is_a_pdf() -> None:
    assert read_bytes(make_pdf([[(60, 700, 10, "Words of a page")]]), "x.txt")[0].text == "Words of a page"


def test_encrypted_samples_ask_for_their_password() -> None:
    path = shared("samples/pdf/password-example.pdf")
    with pytest.raises(UserError, match="is encrypted; give its password"):
        read_file(path)
    with pytest.raises(UserError, match="that is not its password"):
        read_file(path, wishes=Wishes(("wrong",)))
    assert "network environment" in read_file(path, wishes=Wishes(("wrong", "test")))[0].text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "multi-column.pdf",
            "Open-domain question answering relies on efficient passage retrieval to select",
        ),
        (
            "tracemonkey.pdf",
            "Every compiled trace contains all the guards (checks) required to validate the speculation.",
        ),
        (
            "federal-register-2020-17221.pdf",
            "the AD docket on the internet at https://www.regulations.gov by searching",
        ),
        (
            "naacl06-shinyama.pdf",
            "We are trying to extend the boundary of Information Extraction (IE) systems. Existing IE",
        ),
        ("copy_paste_ligatures.pdf", "ffffiflffifflst"),
        ("arabic.pdf", "اسمي سلطان"),
        ("right_to_left_01.pdf", "تحسين الإنتاجية وحل المشكلات من خلال البرمجة"),
        ("nics-background-checks-2015-11-rotated.pdf", "Alabama\t18,870\t23,022"),
        (
            "icdar_us-001.pdf",
            "Were this population included in the SIPP, the magnitude of the disability estimates",
        ),
        ("pdfjs_wikipedia.pdf", "such as Server-side rendering.\n"),
        ("icdar_eu-014.pdf", "10. Financing: investment in human resources"),
    ],
)
def test_samples_read_in_order(name: str, words: str) -> None:
    start = time.perf_counter()
    assert words in read_file(shared(f"samples/pdf/{name}"))[0].text
    assert time.perf_counter() - start < 30


def test_scanned_samples_without_text_are_told_from_damaged_ones() -> None:
    with pytest.raises(UserError):
        read_file(shared("samples/pdf/175.pdf"))


@pytest.mark.parametrize(
    ("more", "left", "top", "wide"),
    [
        ("", 124, 284, 18),
        ("/CropBox [50 60 562 700]", 74, 192, 18),
        ("/Rotate 90", 497.8, 124, 10.2),
        ("/Rotate 180", 470, 497.8, 18),
        ("/Rotate 270", 284, 470, 10.2),
        ("/Rotate 90 /CropBox [50 60 562 700]", 437.8, 74, 10.2),
        ("/Rotate 270 /CropBox [50 60 562 700]", 192, 420, 10.2),
    ],
)
def test_a_word_lies_where_the_page_shows_it(more: str, left: float, top: float, wide: float) -> None:
    (draft,) = read_bytes(make_pdf([[(100, 500, 10, "one two three")]], more=more), "a.pdf")
    start = draft.text.index("two")
    (box,) = from_bytes(draft.places).boxes([(start, start + 3)])
    high = 28.2 - wide  # 18 along the line, 10.2 across it
    assert box == Box(0, *(pytest.approx(n, abs=0.11) for n in (left, top, left + wide, top + high)))


def test_a_word_cut_at_a_line_end_has_both_its_halves() -> None:
    (draft,) = read_bytes(make_pdf([column(72, 700, LEFT) + column(330, 700, RIGHT)]), "a.pdf")
    start = draft.text.index("government")
    first, second = from_bytes(draft.places).boxes([(start, start + len("government"))])
    assert (first.right - first.left, second.right - second.left) == pytest.approx((12, 48), abs=0.3)
    assert second.top > first.top
    assert second.left == pytest.approx(72, abs=0.11)


def test_every_code_point_of_the_samples_has_its_place() -> None:
    read = 0
    for path in sorted(shared("samples/pdf").glob("*.pdf")):
        try:
            (draft,) = read_file(path, wishes=Wishes(("test",)))
        except UserError:
            continue
        read += 1
        places = from_bytes(draft.places)
        placed = [at for line in places.lines for at in range(line.start, line.end)]
        assert placed == sorted(set(placed)), path.name
        assert {at for at, c in enumerate(draft.text) if not c.isspace()} <= set(placed), path.name
        boxes = places.boxes([(line.start, line.end) for line in places.lines])
        assert all(-20 < b.left < b.right < places.pages[b.page].width + 20 for b in boxes), path.name
        if len(draft.text) > 50_000:
            assert len(draft.places) < len(draft.text), path.name
    assert read > 15
