"""Web archives: pages come in, the rest is counted, damage and bombs cost no more than a sentence."""

from __future__ import annotations

import contextlib
import gzip
import time
import zlib
from pathlib import Path

import brotli
import pytest

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import compressed, http_answer, is_heavy, opened, read_bytes, read_file
from tests.shared import shared

URL = "https://gazette.example/road"


def page(words: str) -> bytes:
    return f"<html><head><title>{words}</title></head><body><p>{words} and the harbour.</p></body></html>".encode()


def record(
    block: bytes, kind: str = "response", url: str = URL, length: int | None = None, more: str = ""
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-03-06T04:02:06Z\r\n"
        f"{more}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, kind: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


ARCHIVE = [
    record(b"software: x", "warcinfo"),
    record(b"--warc-file", "resource", "<metadata://gnu.org/software/wget/warc/wget_arguments.txt>"),
    record(answer(page("The road"))),
    record(b"GET /road HTTP/1.1\r\n\r\n", "request"),
    record(answer(b"", "text/html", "301 Moved", "Location: /\r\n")),
    record(answer(page("Not found"), status="404 Not Found")),
    record(answer(b"\x89PNG....", "image/png")),
    record(answer(b"", "text/html", "200 OK"), "revisit"),
    record(answer(page("The road")), url=URL + "?again"),
    record(answer(page("The ships")), url=URL + "/ships"),
]
NOTE = "Left out: 2 duplicates; 1 error page; 1 picture, script or other file; 1 redirect."


def texts(data: bytes, name: str = "a.warc") -> list[str]:
    return [draft.text for draft in read_bytes(data, name)]


def only(data: bytes, name: str = "a.warc") -> Draft:
    (draft,) = read_bytes(data, name)
    return draft


@pytest.mark.parametrize("packed", ["no", "by record", "whole"])
def test_each_page_is_an_article_and_the_rest_is_counted(packed: str) -> None:
    data = b"".join(gzip.compress(each, mtime=0) if packed == "by record" else each for each in ARCHIVE)
    data = gzip.compress(data, mtime=0) if packed == "whole" else data
    first, second = read_bytes(data, "a.warc" if packed == "no" else "a.warc.gz")
    assert (first.title, first.text) == ("The road", "The road\nThe road and the harbour.")
    assert (first.url, first.attributes) == (URL, {"captured": "2025-03-06T04:02:06Z"})
    assert first.notes == (NOTE,)
    assert (second.title, second.url, second.notes) == ("The ships", URL + "/ships", ())


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(page("The road")), "Content-Encoding: gzip\r\n"),
        (zlib.compress(page("The road")), "Content-Encoding: deflate\r\n"),
        (zlib.compress(page("The road"))[2:-4], "Content-Encoding: deflate\r\n"),
        (brotli.compress(page("The road")), "Content-Encoding: br\r\n"),
        (page("The road"), "Content-Encoding: br\r\n"),
        (page("The road"), "Content-Encoding: gzip\r\n"),
        (b"5\r\n<html\r\n1;x=y\r\n>\r\n9\r\nThe road \r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"),
        (page("The road"), "Transfer-Encoding: chunked\r\n"),
    ],
    ids=("gzip", "zlib", "deflate", "br", "no br", "no gzip", "chunked", "no chunks"),
)
def test_bodies_as_servers_send_them(body: bytes, headers: str) -> None:
    assert only(record(answer(body, more=headers))).text.startswith("The road")


def test_the_charset_of_the_server_goes_first() -> None:
    body = "<html><body><p>Дорога к порту закрыта.</p></body></html>".encode("cp1251")
    assert only(record(answer(body, "text/html; charset=windows-1251"))).text == "Дорога к порту закрыта."


def test_a_page_without_title_is_called_by_its_address() -> None:
    assert only(record(answer(b"<html><body><p>Words of a page.</p></body></html>"))).title == URL


def test_a_page_kept_as_a_resource() -> None:
    assert only(record(page("The road"), "resource", more="Content-Type: text/html\r\n")).title == "The road"


@pytest.mark.parametrize("length", [3, 10_000])
def test_a_wrong_length_costs_nothing_behind_it(length: int) -> None:
    data = record(answer(page("The road")), length=length) + record(answer(page("The ships")))
    assert texts(data)[-1].startswith("The ships")


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_file_that_was_cut_off_gives_what_is_whole(is_packed: bool) -> None:
    pack = gzip.compress if is_packed else bytes
    data = pack(record(answer(page("The road")))) + pack(record(answer(page("The ships") * 50)))
    draft = only(data[:-40], "a.warc.gz" if is_packed else "a.warc")
    assert draft.title == "The road"
    assert "1 of its records cut off and left out." in draft.notes
    assert ("This is a gzip file that was cut off." in draft.notes) is is_packed


def test_an_archive_without_pages_is_said() -> None:
    with pytest.raises(UserError, match=r"^a\.warc holds no page with text\. Left out: 1 redirect\.$"):
        read_bytes(ARCHIVE[0] + ARCHIVE[4], "a.warc")


def test_bombs_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "LARGEST", 8 << 20)
    monkeypatch.setattr(http_answer, "LARGEST", 1 << 20)
    bomb = b"<html>" + b" " * (4 << 20)
    for packing, body in (("gzip", gzip.compress(bomb, mtime=0)), ("br", brotli.compress(bomb))):
        data = record(answer(body, more=f"Content-Encoding: {packing}\r\n")) + ARCHIVE[2]
        assert only(data).notes == ("Left out: 1 unreadable response.",)
    draft = only(gzip.compress(ARCHIVE[2]) + gzip.compress(b"\0" * (16 << 20)), "a.warc.gz")
    assert draft.notes == ("This unpacks to more than 8 MB and was left out.",)


@pytest.mark.parametrize(
    "hostile",
    [
        b"WARC/1.0\r\n" * 200_000,
        b"WARC/1.0\r\n" + b"a: b\r\n" * 300_000,
        b"WARC/1.0\r\n" + b"a: b\r\n " * 300_000,
        record(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 300_000),
        record(answer(b"1\r\nx\r\n" * 300_000, more="Transfer-Encoding: chunked\r\n")),
        record(b"x", length=10**15),
    ],
)
def test_hostile_archives_take_little_time(hostile: bytes) -> None:
    start = time.perf_counter()
    with contextlib.suppress(UserError):
        read_bytes(hostile, "a.warc")
    assert time.perf_counter() - start < 5


def test_many_small_members_take_little_time() -> None:
    data = gzip.compress(ARCHIVE[3]) * 20_000 + gzip.compress(ARCHIVE[2])
    start = time.perf_counter()
    assert only(data, "a.warc.gz").title == "The road"
    assert time.perf_counter() - start < 5


def test_a_packed_archive_wants_a_worker(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(ARCHIVE[2]))
    assert is_heavy(opened((tmp_path / "a.warc.gz").read_bytes(), "a.warc.gz")[1])


def test_samples() -> None:
    folder = shared("samples/saved-web")
    (whole,), (crooked,) = read_file(folder / "example.warc.gz"), read_file(folder / "example-trunc.warc")
    assert whole.text == crooked.text
    assert whole.text.startswith("Example Domain\nThis domain is established")
    assert (whole.url, whole.attributes) == ("http://example.com/", {"captured": "2017-03-06T04:02:06Z"})
    assert whole.notes == ("Left out: 1 duplicate.",)
