"""The stored text: normalising keeps offsets, counting and cutting agree with it."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.text import lines, normalise, text_hash, word_count

anything = st.text(st.characters(), max_size=200) | st.text(
    st.sampled_from("\r\n\x0b\x0c\x85\u2028\u2029\0\x1f\t\ufeff\ufdd0\ufdd1\ufffc\ud800\udfff😀aé "),
    max_size=60,
)
BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
FOREIGN = "\ufdd0\ufdd1\ufffc" + "".join(chr(c) for c in range(32) if chr(c) not in "\t\n\r\x0b\x0c")


@given(anything)
def test_normalise_is_idempotent(raw: str) -> None:
    assert normalise(normalise(raw)) == normalise(raw)


@given(anything)
def test_normalised_text_holds_nothing_that_a_text_document_takes_for_its_own(raw: str) -> None:
    text = normalise(raw)
    assert not set(text) & set(BREAKS + FOREIGN)
    assert not any("\ud800" <= c <= "\udfff" for c in text)
    text.encode("utf-8")


@given(anything)
def test_normalise_moves_no_offset_but_for_marks_and_double_newlines(raw: str) -> None:
    text = raw.lstrip("\ufeff").replace("\r\n", "\n")
    assert len(normalise(raw)) == len(text)
    for before, after in zip(text, normalise(raw), strict=True):
        expected = (
            "\n"
            if before in BREAKS
            else "\ufffd"
            if before in FOREIGN or "\ud800" <= before <= "\udfff"
            else before
        )
        assert after == expected


def test_normalise_keeps_combining_characters_and_spaces_as_they_are() -> None:
    raw = "  e\u0301 \u00a0 ﬁ \u200f עברית 👩‍👩‍👧 \t\n\n "
    assert normalise(raw) == raw


def test_hash_is_sha_256_of_utf_8() -> None:
    assert text_hash("é") == hashlib.sha256(b"\xc3\xa9").hexdigest()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Don't panic — well-known, 3.5 %.", 4),
        ("Straße café", 2),
        ("日本語 text", 4),
        ("— … !", 0),
        ("한국어 문장", 2),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert word_count(text) == words


def test_counting_in_pieces_gives_the_same() -> None:
    text = "twelve words stand in this sentence, which is said again and again. " * 40_000
    assert word_count(text) == 12 * 40_000


def test_counting_ten_megabytes_takes_less_than_two_seconds() -> None:
    text = "Ein Satz mit Umlauten: Größe, Äpfel, Übung. " * 230_000
    start = time.perf_counter()
    assert word_count(text) == 7 * 230_000
    assert time.perf_counter() - start < 2


@given(anything)
def test_lines_cover_the_text(raw: str) -> None:
    text = normalise(raw)
    spans = list(lines(text))
    assert "\n".join(text[start:end] for start, end in spans) == text
