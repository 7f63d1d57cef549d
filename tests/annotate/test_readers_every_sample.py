"""What holds for every draft of every file, and that bad bytes get a sentence and nothing worse."""

from __future__ import annotations

import gzip
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import Wishes, read_bytes, split
from annotate.text import normalise
from tests.annotate.test_readers_mail import BOX, PAGE, PLAIN, mixed
from tests.annotate.test_readers_pdf import LEFT, RIGHT, column, make_pdf
from tests.annotate.test_readers_saved_page import FRAME, MAIN, make_mhtml
from tests.annotate.test_readers_warc import ARCHIVE
from tests.shared import shared

FILES = Path(__file__).resolve().parent.parent / "files" / "readers"
FOLDERS = ("annotated", "encodings", "documents", "news-database", "saved-web", "bibliography", "pdf")
PASSWORDS = {"password-example.pdf": "test"}
SEEDS = {
    "report.html": (FILES / "report.html").read_bytes(),
    "news.html": (FILES / "news.html").read_bytes(),
    "notes.md": (FILES / "notes.md").read_bytes(),
    "words.txt": "Für die Straße\nThe Gazette\n日本語 text — “quoted”.\n".encode(),
    "wide.txt": "Für die Straße\nThe Gazette\n".encode("utf-16"),
    "page.pdf": make_pdf(
        [[*column(60, 700, LEFT), *column(320, 700, RIGHT)], column(60, 700, LEFT)], "Harbour road"
    ),
    "page.mhtml": make_mhtml(MAIN, FRAME),
    "letter.eml": mixed("alternative", PLAIN, PAGE),
    "letters.mbox": BOX,
    "pages.warc": b"".join(ARCHIVE),
    "pages.warc.gz": b"".join(map(gzip.compress, ARCHIVE)),
}


def check(draft: Draft) -> None:
    """The invariants that everything behind an import stands on."""
    text = draft.text
    assert normalise(text) == text
    assert text.strip()
    blocks = draft.layout.blocks
    assert all(0 <= block.start <= block.end <= len(text) for block in blocks)
    assert all("\n" not in text[block.start : block.end] for block in blocks)
    assert all(one.end < other.start for one, other in pairwise(blocks))
    starts = [page.start for page in draft.layout.pages]
    assert starts == sorted(starts)
    assert all(0 <= start < len(text) for start in starts)
    cuts = [0, *draft.split_at, len(text)]
    assert all(one < other for one, other in pairwise(cuts))
    for field in (draft.title, draft.outlet, draft.author, draft.date, draft.url, draft.language):
        assert normalise(field) == field
        assert "\n" not in field
    if draft.split_at:
        for part in split(draft):
            check(part)


def check_bytes(data: bytes, name: str) -> None:
    """The drafts of a file are sound, or there is one sentence that names it."""
    sentence = ""
    try:
        for draft in read_bytes(data, name, wishes=Wishes((PASSWORDS[name],) if name in PASSWORDS else ())):
            check(draft)
    except UserError as error:
        sentence = str(error)
    assert not sentence or (name in sentence and "\n" not in sentence)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_sample_gives_sound_drafts_or_a_sentence(folder: str) -> None:
    for path in sorted(shared(f"samples/{folder}").rglob("*")):
        if path.is_file():
            check_bytes(path.read_bytes(), path.name)


def test_every_sample_page_gives_a_sound_draft() -> None:
    for path in shared("samples/web-pages").glob("*.html.gz"):
        check_bytes(gzip.decompress(path.read_bytes()), path.name.removesuffix(".gz"))


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_files_give_drafts_or_a_sentence(name: str, data: st.DataObject) -> None:
    whole = SEEDS[name]
    mutated = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, max(0, len(mutated) - 1)))
        piece = data.draw(
            st.binary(max_size=6) | st.sampled_from([b"<", b">", b"\0", b"obj", b"&#x110000;", b"[", b"\xff"])
        )
        gone = data.draw(st.integers(0, 40))
        mutated[place : place + gone] = piece
    check_bytes(bytes(mutated), name)


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["a.txt", "a.md", "a.html", "a.pdf", "a.csv", "a.json", "a.xlsx", "a.eml", "a.mht", "a.warc", "a"]
    ),
)
def test_any_bytes_give_drafts_or_a_sentence(data: bytes, name: str) -> None:
    check_bytes(data, name)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_ten_megabytes_on_one_line_take_less_than_two_seconds(name: str) -> None:
    data = ("Größe und Länge. " * 600_000).encode()
    start = time.perf_counter()
    assert len(read_bytes(data, name)[0].text) > 10_000_000
    assert time.perf_counter() - start < 2
