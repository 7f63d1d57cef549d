"""PDF: characters as pdfium gives them, undone to what is drawn, and pdfminer.six where pdfium is wrong."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from annotate.readers import Wishes, read_bytes
from annotate.readers.pdf_glyphs import UNKNOWN
from annotate.readers.pdf_miner import Miner
from annotate.readers.pdf_pdfium import Found, Pdfium, UnreadableError
from annotate.readers.pdf_source import open_pdf
from tests.shared import shared

VERTICAL = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UTF16-V "
    "/DescendantFonts [6 0 R] >>",
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /DW 1000 /FontDescriptor 7 0 R "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 4 >> >>",
    "<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /Ascent 800 /Descent -200 /CapHeight 700 "
    "/ItalicAngle 0 /StemV 80 /FontBBox [0 -200 1000 900] >>",
)
LETTERS = {65: "ש", 66: "ל", 67: "ו", 68: "ם", 69: "ff", 70: "ffi", 71: "¨", 72: "ı"}


def one_page(content: str, fonts: tuple[str, ...], page: str = "/MediaBox [0 0 612 792]") -> bytes:
    """A PDF of one page; `fonts`: the object of the font /F1 and those that it needs, from object 5 on."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        *fonts,
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def typewriter(letters: Mapping[int, str]) -> tuple[str, ...]:
    """A font each of whose characters is 0.6 sizes wide, and what some of its codes mean."""
    rows = "\n".join(f"<{code:02X}> <{text.encode('utf-16-be').hex()}>" for code, text in letters.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        f"1 begincodespacerange <00> <FF> endcodespacerange {len(letters)} beginbfchar\n{rows}\nendbfchar "
        "endcmap end end"
    )
    return (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Typewriter-Bold /ToUnicode 6 0 R "
        f"/FirstChar 0 /LastChar 255 /Widths [{'600 ' * 256}] /FontDescriptor 7 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
        "<< /Type /FontDescriptor /FontName /Typewriter-Bold /Flags 33 /Ascent 800 /Descent -200 /CapHeight 700 "
        "/ItalicAngle 0 /StemV 120 /FontBBox [0 -200 600 900] >>",
    )


def drawn(*lines: str, page: str = "/MediaBox [0 0 612 792]") -> bytes:
    content = "\n".join(f"BT /F1 10 Tf 100 {700 - 12 * n} Td ({line}) Tj ET" for n, line in enumerate(lines))
    return one_page(content, typewriter(LETTERS), page)


def pdfium_page(data: bytes) -> Found:
    found = Pdfium(data, None).page(1)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("DCBA", "שלום"),
        ("12 DCBA", "שלום 12"),
        ("\\(DCBA\\)", "(שלום)"),
        ("\\(DCBA\\) 12", "12 (שלום)"),
        ("DCBA \\(DCBA\\) DCBA", "שלום (שלום) שלום"),
        ("plain \\(a\\) 5", "plain (a) 5"),
    ],
)
def test_text_that_runs_to_the_left_is_read_with_its_brackets(seen: str, read: str) -> None:
    assert read_bytes(drawn(seen), "x.pdf")[0].text == read


def test_a_ligature_is_one_glyph_and_both_letters_of_ff_are_kept() -> None:
    data = drawn("oEer oFce")
    assert [glyph.text for glyph in pdfium_page(data).page.glyphs] == [*"o", "ff", *"er o", "ffi", *"ce"]
    assert read_bytes(data, "x.pdf")[0].text == "offer office"


def test_a_hyphen_at_a_line_end_is_a_hyphen() -> None:
    data = drawn("the go-", "vernment is well-known")
    assert "".join(glyph.text for glyph in pdfium_page(data).page.glyphs[:7]) == "the go-"
    assert read_bytes(data, "x.pdf")[0].text == "the government is well-known"


def test_spaces_that_pdfium_adds_are_left_out() -> None:
    data = one_page(
        "BT /F1 10 Tf 100 700 Td [(a) -140 (b) -400 (c)] TJ ET BT /F1 10 Tf 300 700 Td (d) Tj ET",
        typewriter(LETTERS),
    )
    assert [glyph.text for glyph in pdfium_page(data).page.glyphs] == [*"abcd"]


def test_an_accent_drawn_over_a_letter_is_put_into_it() -> None:
    data = one_page("BT /F1 10 Tf 100 700 Td [(naG) 600 (Hve)] TJ ET", typewriter(LETTERS))
    assert read_bytes(data, "x.pdf")[0].text == "naïve"


@pytest.mark.parametrize(
    "page",
    [
        "/MediaBox [0 0 612 792]",
        "/MediaBox [10 20 622 812] /CropBox [50 60 500 750]",
        "/MediaBox [0 0 612 792] /Rotate 90",
        "/MediaBox [10 20 622 812] /CropBox [50 60 500 750] /Rotate 180",
        "/MediaBox [10 20 622 812] /CropBox [50 60 500 750] /Rotate 270",
    ],
)
def test_both_readers_find_the_same_glyphs_at_the_same_places(page: str) -> None:
    data = drawn("plain words and oEers", "in two lines", page=page)
    found, other = pdfium_page(data).page, Miner(data, "x.pdf", None).page(1)
    assert other is not None
    assert (found.width, found.height) == pytest.approx((other.width, other.height))
    shift = _shift(other.left, other.bottom, other.glyphs[0].angle)
    by_place = [sorted(page.glyphs, key=lambda glyph: (-round(glyph.y), glyph.x)) for page in (found, other)]
    for mine, its in zip(*by_place, strict=True):
        assert (mine.text, mine.angle, mine.bold) == (its.text, its.angle, its.bold)
        place = (mine.x, mine.y, mine.width, mine.size)
        assert place == pytest.approx((its.x - shift[0], its.y - shift[1], its.width, its.size), abs=0.01)


def _shift(left: float, bottom: float, angle: int) -> tuple[float, float]:
    return {0: (left, bottom), 90: (bottom, -left), 180: (-left, -bottom), 270: (-bottom, left)}[angle]


def test_vertical_text_is_read_by_the_other_reader() -> None:
    columns = ("吾輩は猫である。", "名前はまだない。")
    content = "\n".join(
        f"BT /F1 12 Tf {300 - 20 * n} 700 Td <{text.encode('utf-16-be').hex()}> Tj ET"
        for n, text in enumerate(columns)
    )
    data = one_page(content, VERTICAL)
    assert pdfium_page(data).falls > 3
    assert read_bytes(data, "x.pdf")[0].text == "".join(columns)


def test_what_is_drawn_beyond_the_page_is_left_out() -> None:
    content = "BT /F1 10 Tf 100 700 Td (on the page) Tj 800 0 Td (off) Tj ET"
    assert read_bytes(one_page(content, typewriter(LETTERS)), "x.pdf")[0].text == "on the page"


def test_a_page_of_unknown_characters_is_left_to_the_reader_that_knows_them() -> None:
    data = shared("samples/pdf/multi-column.pdf").read_bytes()
    found = Pdfium(data, None).page(5)
    assert found is not None
    assert sum(glyph.text == UNKNOWN for glyph in found.page.glyphs) > 100
    fifth = list(open_pdf(data, "x.pdf", None).pages)[4]
    assert not any(glyph.text == UNKNOWN for glyph in fifth.glyphs)


def test_a_document_that_pdfium_does_not_open_is_left_to_the_other_reader() -> None:
    data = shared("samples/pdf/r6-user-password.pdf").read_bytes()
    with pytest.raises(UnreadableError):
        Pdfium(data, None)
    assert "asdfzxcv" in read_bytes(data, "x.pdf")[0].text
    assert "asdfzxcv" in read_bytes(data, "x.pdf", wishes=Wishes(("asdfzxcv",)))[0].text


def test_titles_in_broken_utf16_do_not_stop_the_reading() -> None:
    data = drawn("Words").replace(b"/Root 1 0 R", b"/Root 1 0 R /Info << /Title <FEFFD8000041> >>")
    assert read_bytes(data, "x.pdf")[0].text == "Words"


def test_ligatures_of_bitmap_fonts_that_say_nothing_are_known_by_their_code() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = "/" + " /".join(letters)
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] "
        f"/FirstChar 0 /LastChar 255 /Widths [{'600 ' * 256}] "
        f"/Encoding << /Type /Encoding /Differences [28 /x1 97 {names}] >> "
        f"/CharProcs << /x1 6 0 R {' '.join(f'/{c} 6 0 R' for c in letters)} >> >>",
        "<< /Length 43 >>\nstream\n600 0 0 0 500 700 d1 0 0 500 700 re f      \nendstream",
    )
    data = one_page("BT /F1 10 Tf 100 700 Td (\\034lled with tra\\034c) Tj 300 0 Td (\\034) Tj ET", font)
    assert read_bytes(data, "x.pdf")[0].text == f"filled with trafic {UNKNOWN}"
