"""EPUB books: reading order, chapters, metadata; protected and damaged ones said in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import find_reader, read_bytes, read_file
from tests.annotate.test_readers_archive import packed
from tests.annotate.test_readers_every_sample import check, check_bytes
from tests.shared import shared

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PAGE = (
    '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "x.dtd">'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>'
    "<body>{}</body></html>"
)
NAV = (
    '<nav epub:type="toc"><ol><li><a href="two.xhtml">Part Two</a><ol><li><a href="two.xhtml#b">The road</a></li>'
    "</ol></li></ol></nav>"
)
META = (
    "<dc:title>The harbour</dc:title><dc:creator id='a'>Ann Lee</dc:creator><dc:creator id='b'>Bo</dc:creator>"
    "<dc:creator>Cy Day</dc:creator><meta refines='#b' property='role'>edt</meta><dc:language>en-GB</dc:language>"
    "<dc:publisher>Quay Press</dc:publisher><dc:date>2021-04</dc:date><dc:subject>Roads</dc:subject>"
    "<dc:identifier>urn:isbn:978-3-16-148410-0</dc:identifier><dc:identifier>doi:10.1234/ab.5</dc:identifier>"
    "<dc:identifier>https://example.org/harbour</dc:identifier>"
)
ITEMS = "".join(
    f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{more}/>'
    for name, more in (
        ("one", ""),
        ("two", ""),
        ("notes", ""),
        ("nav", ' properties="nav"'),
        ("gone%20by", ""),
    )
)
SPINE = (
    '<itemref idref="nav" linear="no"/><itemref idref="notes" linear="no"/><itemref idref="two"/>'
    '<itemref idref="one"/><itemref idref="gone%20by"/><itemref idref="unknown"/>'
)


def members(**pages: str) -> dict[str, bytes]:
    """A book whose pages "two" and "one" are read in this order, then "notes"."""
    texts = {"one": "<p>First.</p>", "two": "<p>Second.</p>", "notes": "<p>1 Note.</p>", "nav": NAV} | pages
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{META}</metadata><manifest>{ITEMS}</manifest><spine>{SPINE}</spine></package>"
    )
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": CONTAINER.encode(),
        "OPS/book.opf": package.encode(),
        **{f"OPS/{name}.xhtml": PAGE.format(text).encode() for name, text in texts.items()},
    }


def read(**pages: str) -> Draft:
    (draft,) = read_bytes(packed(members(**pages)), "a.epub")
    check(draft)
    return draft


def told(draft: Draft) -> list[tuple[str, int, str]]:
    return [
        (str(block.kind), block.level, draft.text[block.start : block.end]) for block in draft.layout.blocks
    ]


def test_pages_come_in_reading_order_as_one_article() -> None:
    draft = read()
    assert draft.text == "Second.\nFirst.\n1 Note."
    assert draft.notes == ("1 page missing in the file.",)


def test_chapters_are_headings_also_where_only_the_contents_say_so() -> None:
    draft = read(two="<h2>Part One</h2><div>PART TWO</div><p>The road</p><p>It is closed.</p>")
    assert told(draft)[:4] == [
        ("heading", 2, "Part One"),
        ("heading", 1, "PART TWO"),
        ("heading", 2, "The road"),
        ("paragraph", 0, "It is closed."),
    ]


def test_metadata() -> None:
    draft = read()
    assert (draft.title, draft.author, draft.outlet, draft.date, draft.language, draft.url) == (
        "The harbour", "Ann Lee, Cy Day", "Quay Press", "2021-04", "en", "https://example.org/harbour"
    )  # fmt: skip
    assert draft.attributes == {"isbn": "9783161484100", "doi": "10.1234/ab.5", "subject": "Roads"}


def test_entities_lists_tables_and_page_numbers() -> None:
    draft = read(
        two='<p>caf&eacute;&nbsp;&amp; co<span epub:type="pagebreak" title="12">12</span>de &unknown;x</p>'
        "<ol><li>one</li><li>two</li></ol><table><tr><th>a</th><td>b</td></tr></table>"
        '<span class="pagenum">[Pg 3]</span><p class="pagenum">Not only a number.</p>'
    )
    assert draft.text.split("\n")[:6] == [
        "café\xa0& code x", "1. one", "2. two", "a\tb", "Not only a number.", "First."
    ]  # fmt: skip


def test_a_page_that_is_no_sound_xml() -> None:
    assert read(two="<p>Sec<br>ond<p>and &copy; third").text.startswith("Sec\nond\nand © third")


def test_a_protected_book_is_refused_and_scrambled_fonts_are_not() -> None:
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:CipherData>'
        '<enc:CipherReference URI="{}"/></enc:CipherData></enc:EncryptedData></encryption>'
    )
    name = "META-INF/encryption.xml"
    font = packed(members() | {name: locked.format("OPS/font.otf").encode()})
    assert read_bytes(font, "a.epub")[0].text.startswith("Second.")
    page = packed(members() | {name: locked.format("OPS/two.xhtml").encode()})
    with pytest.raises(UserError, match=r"a\.epub is protected against copying \(DRM\) and cannot be read\."):
        read_bytes(page, "a.epub")


def test_one_sentence_where_it_cannot_be_read() -> None:
    whole = members()
    pages = {name: b"<html/>" for name in whole if name.endswith(".xhtml")}
    for bad, sentence in (
        (whole | pages, "a.epub holds no text."),
        (whole | {"OPS/book.opf": b"<package"}, "a.epub is damaged: the XML in it cannot be read."),
        (
            {name: data for name, data in whole.items() if name != "OPS/book.opf"},
            "a.epub is damaged: its package is missing.",
        ),
        (
            {name: data for name, data in whole.items() if "META-INF" not in name},
            "a.epub is damaged: META-INF/container.xml is missing in it.",
        ),
    ):
        with pytest.raises(UserError) as caught:
            read_bytes(packed(bad), "a.epub")
        assert str(caught.value) == sentence


def test_paths_that_climb_out_find_nothing() -> None:
    book = members()
    book["OPS/book.opf"] = book["OPS/book.opf"].replace(b'href="two.xhtml"', b'href="../../../etc/passwd"')
    assert read_bytes(packed(book), "a.epub")[0].text == "First.\n1 Note."


def test_it_is_known_by_content() -> None:
    assert find_reader(packed(members()), "a.zip").NAME == "EPUB book"


def test_samples() -> None:
    folder = shared("samples/documents")
    (draft,) = read_file(folder / "winter-sports.epub")
    assert (draft.title, draft.author, draft.date) == (
        "Winter Sports in Switzerland", "E. F. Benson", "2019-08-23"
    )  # fmt: skip
    headings = [text for kind, _, text in told(draft) if kind == "heading"]
    assert headings.index("CHAPTER I") < headings.index("CHAPTER II") < headings.index("CHAPTER VIII")
    assert "broken by sounds of cowbells perhaps" in draft.text
    (draft,) = read_file(folder / "testEPUB.epub")
    assert (draft.title, draft.outlet, draft.date) == ("An ePub for Tika", "Apache", "2009-10-07")
    assert draft.text.split("\n")[3:5] == ["Chapter 1", "This is the text for chapter One"]
    assert "isbn" not in draft.attributes
    (draft,) = read_file(folder / "formatting.epub")
    assert draft.title == "EPUBTEST 0101 - Styling Tests"


MEMBERS = members(
    two="<h2>Part</h2><p>caf&eacute; <a href='x'>link</a></p><table><tr><td>a</td></tr></table>"
)
PIECES = [b"<p>", b"</p>", b"<", b"&", b"&#0;", b"&nbsp;", b"\0", b"%", b"#", b"../", b'""', b"\xff"]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(MEMBERS)), st.data())
def test_mutated_books_give_a_draft_or_a_sentence(part: str, data: st.DataObject) -> None:
    mutated = bytearray(MEMBERS[part])
    for _ in range(data.draw(st.integers(1, 4))):
        place, gone = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 20))
        mutated[place : place + gone] = data.draw(st.binary(max_size=4) | st.sampled_from(PIECES))
    check_bytes(packed({**MEMBERS, part: bytes(mutated)}), "a.epub")
