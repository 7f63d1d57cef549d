"""Saved pages (MHTML): the main page comes in, wherever it stands and however crooked the parts are."""

from __future__ import annotations

import time

import pytest

from annotate.errors import UserError
from annotate.model import BlockKind, Draft
from annotate.readers import find_reader, read_bytes, read_file
from annotate.readers.capture import moment
from tests.shared import shared

PAGE = (
    "<html lang=en><head><title>Harbour road</title></head><body><h1>Harbour road</h1>"
    "<p>The road to the harbour is closed since March, and nobody knows for how long – “a month”.</p></body></html>"
)


def make_mhtml(
    *parts: tuple[str, str, str], head: str = "From: <Saved by Blink>\r\n", edge: str = "----edge--x----"
) -> bytes:
    """A saved page: parts are (type, location, text). `edge`: the boundary really used between them."""
    said = (
        f"{head}Subject: =?utf-8?Q?Harbour=20road?=\r\nDate: Mon, 17 Mar 2025 11:28:18 -0000\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----edge--x----"\r\n\r\n\r\n'
    )
    for kind, place, text in parts:
        said += f"--{edge}\r\nContent-Type: {kind}\r\nContent-Location: {place}\r\n\r\n{text}\r\n"
    return f"{said}--{edge}--\r\n".encode()


FRAME = ("text/html", "cid:frame@mhtml.blink", "<html><body><p>An advertisement.</p></body></html>")
MAIN = ("text/html", "https://gazette.example/road", PAGE)
STYLE = ("text/css", "https://gazette.example/a.css", "p { color: red }")


def only(data: bytes, name: str = "road.mhtml") -> Draft:
    (draft,) = read_bytes(data, name)
    return draft


def test_the_main_page_comes_in_with_address_and_moment() -> None:
    draft = only(make_mhtml(MAIN, STYLE, FRAME))
    assert draft.text.startswith("Harbour road\nThe road to the harbour is closed")
    assert draft.text.endswith("“a month”.")
    assert draft.layout.blocks[0].kind is BlockKind.TITLE
    assert (draft.title, draft.url, draft.language) == ("Harbour road", "https://gazette.example/road", "en")
    assert draft.attributes == {"captured": "2025-03-17T11:28:18Z"}


def test_the_main_page_is_the_one_the_snapshot_was_taken_of() -> None:
    head = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/road\r\n"
    assert "harbour is closed" in only(make_mhtml(FRAME, STYLE, MAIN, head=head)).text


def test_of_a_page_made_of_frames_the_longest_frame_is_the_article() -> None:
    outer = "<html><frameset><frame src=a><noframes><p>No frames?</p></noframes></frameset></html>"
    assert (
        "harbour is closed"
        in only(make_mhtml(("text/html", "https://gazette.example", outer), FRAME, MAIN)).text
    )


def test_a_page_without_title_has_that_of_the_message() -> None:
    page = (
        "text/html",
        "https://gazette.example/road",
        "<html><body><p>Words and more words.</p></body></html>",
    )
    assert only(make_mhtml(page)).title == "Harbour road"


def test_the_address_a_page_claims_is_kept_apart() -> None:
    page = PAGE.replace("<head>", '<head><link rel=canonical href="https://gazette.example/">')
    draft = only(make_mhtml(("text/html", MAIN[1], page)))
    assert draft.url == "https://gazette.example/road"
    assert draft.attributes["canonical url"] == "https://gazette.example/"


def test_the_charset_of_the_part_goes_first() -> None:
    data = make_mhtml(("text/html; charset=windows-1251", MAIN[1], "<html><body><p>@@</p></body></html>"))
    draft = only(data.replace(b"@@", "Дорога к порту закрыта.".encode("cp1251")))
    assert "Дорога к порту закрыта." in draft.text


def test_wrong_boundaries_still_give_the_page() -> None:
    draft = only(make_mhtml(MAIN, STYLE, edge="----another--edge----"))
    assert draft.text.endswith("“a month”.")
    assert draft.url == "https://gazette.example/road"
    assert draft.notes[0].startswith("Its parts are not divided")


def test_a_file_without_a_page_is_said() -> None:
    with pytest.raises(UserError, match=r"^road.mhtml is a saved page with no page in it\.$"):
        read_bytes(make_mhtml(STYLE), "road.mhtml")


def test_a_message_with_pictures_is_no_saved_page() -> None:
    letter = make_mhtml(MAIN, head="From: Ann <ann@gazette.example>\r\nTo: Bob <bob@gazette.example>\r\n")
    assert find_reader(make_mhtml(MAIN)[:4096], "x.txt").NAME == "saved page"
    assert find_reader(make_mhtml(MAIN, head="")[:4096], "x.txt").NAME == "saved page"
    assert find_reader(letter[:4096], "x.txt").NAME == "e-mail"


def test_parts_nested_without_end_are_said() -> None:
    nested = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
    for depth in range(3000):
        nested += b"Content-Type: multipart/related; boundary=%d\r\n\r\n--%d\r\n" % (depth, depth)
    start = time.perf_counter()
    with pytest.raises(UserError, match="nested deeper"):
        read_bytes(nested, "deep.mhtml")
    assert time.perf_counter() - start < 5


def test_many_crooked_header_lines_take_little_time() -> None:
    head = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    )
    lines = ("X: y\n" + " " * 20 + "z\n") * 100 + "no header\n"
    start = time.perf_counter()
    assert "closed" in only(f"{head}{lines}Content-Type: text/html\n\n{PAGE}".encode()).text
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("Mon, 17 Dec 2018 11:28:18 -0000", "2018-12-17T11:28:18Z"),
        ("Fri Mar 10 2006 13:40:00 GMT+0100", "2006-03-10T13:40:00+01:00"),
        ("Sun Jul 12 2020 15:42:53 GMT+0200 (Central European Summer Time)", "2020-07-12T15:42:53+02:00"),
        ("Wed Sep 24 2025", "2025-09-24"),
        ("Sun Jul 42 2020 15:42:53 GMT+0200", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_moments(stated: str, expected: str) -> None:
    assert moment(stated) == expected


def test_samples() -> None:
    folder = shared("samples/saved-web")
    chrome, firefox = (
        read_file(folder / "example.com.mhtml")[0],
        read_file(folder / "testMHTMLFirefox.mhtml")[0],
    )
    assert chrome.text.split("\n")[0] == chrome.title == "Example Domain"
    assert (chrome.url, chrome.attributes["captured"]) == ("http://example.com/", "2018-12-17T11:28:18Z")
    assert (firefox.title, firefox.author) == ("Aperture Framework", "Leo Sauermann, Christiaan Fluit")
    assert "Main Entry: ap·er·ture" in firefox.text
    assert "116\xa0comments" in read_file(folder / "hn.mhtml")[0].text
    with pytest.raises(UserError, match=r"^missing_boundary\.mhtml holds no text\.$"):
        read_file(folder / "missing_boundary.mhtml")
