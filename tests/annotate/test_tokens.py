"""Tokens and sentences: what they are in many scripts, and that nothing but white space stands between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.tokens import sentences, tokens, touched
from tests.annotate.hard import FAMILY, TEXTS, texts


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in tokens(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We don’t know, he'd said.", ["We", "don’t", "know", ",", "he'd", "said", "."]),
        ("third-country plan (1,200.50 €)", ["third", "-", "country", "plan", "(", "1,200.50", "€", ")"]),
        (f"a {FAMILY}\U0001f3fd 🇩🇪🇫🇷 ❤\ufe0f!", ["a", f"{FAMILY}\U0001f3fd", "🇩🇪", "🇫🇷", "❤\ufe0f", "!"]),
        ("cafe\u0301s שָׁלוֹם עולם", ["cafe\u0301s", "שָׁלוֹם", "עולם"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("日本語です", ["日", "本", "語", "で", "す"]),
        ("𝔘𝔫𝔦 a_b", ["𝔘𝔫𝔦", "a", "_", "b"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("  \n\t", []),
        ("", []),
    ],
)
def test_tokens(text: str, found: list[str]) -> None:
    assert words(text) == found


def said(text: str) -> list[str]:
    of = tokens(text)
    return [text[of[first][0] : of[end - 1][1]] for first, end in sentences(text, of)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! “Three?” Four", ["One.", "Two!", "“Three?”", "Four"]),
        ("A title\nA line. 3 more", ["A title", "A line.", "3 more"]),
        ("日本語です。次？「はい。」", ["日本語です。", "次？", "「はい。」"]),
        ("\n\n", []),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert said(text) == found


@given(texts)
def test_only_white_space_stands_between_tokens(text: str) -> None:
    of = tokens(text)
    at = 0
    for start, end in [*of, (len(text), len(text))]:
        assert not text[at:start].strip()
        assert start == len(text) or not any(each.isspace() for each in text[start:end])
        at = end
    ranges = list(sentences(text, of))
    assert [each for first, end in ranges for each in range(first, end)] == list(range(len(of)))


@given(texts, st.data())
def test_the_tokens_that_a_stretch_touches(text: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(text) - 1))
    end = draw.draw(st.integers(start + 1, len(text)))
    of = tokens(text)
    first, last = touched(of, start, end)
    assert list(range(first, last)) == [at for at, (a, b) in enumerate(of) if a < end and b > start]


def test_hard_texts_have_whole_tokens() -> None:
    assert FAMILY in words(TEXTS[0])
    assert "e\u0301" in words(TEXTS[0])
