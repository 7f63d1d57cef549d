"""Words, sentences and characters of a text, and how a selection grows by them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.model import Span
from ui.reading.find import find_all, next_hit
from ui.reading.words import grown, next_place, sentence, whole_characters, whole_words, word

TEXT = "One two. Three four, five!\nA second paragraph. It ends"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
PIECES = st.sampled_from(["a", "\u00e9", "e\u0301", " ", ".", "\n", FAMILY, "\u05d0", "\u6f22"])
LETTERS = st.lists(PIECES, max_size=20).map("".join)


def cut(text: str, span: Span) -> str:
    return text[slice(*span)]


@pytest.mark.parametrize(
    ("place", "expected"),
    [(0, "One"), (2, "One"), (3, "One"), (4, "two"), (7, "two"), (8, "."), (10, "Three")],
)
def test_the_word_at_a_place(place, expected):
    assert cut(TEXT, word(TEXT, place)) == expected


def test_sentences_stop_at_full_stops_and_line_ends():
    assert cut(TEXT, sentence(TEXT, 1)) == "One two."
    assert cut(TEXT, sentence(TEXT, 12)) == "Three four, five!"
    assert cut(TEXT, sentence(TEXT, len(TEXT))) == "It ends"


def test_a_selection_takes_in_whole_words_and_no_spaces():
    start = TEXT.index("ree")
    assert cut(TEXT, whole_words(TEXT, (start, start + 6))) == "Three four"
    assert cut(TEXT, whole_words(TEXT, (3, 6))) == "two"
    assert whole_words(TEXT, (3, 4)) == (3, 3)


def test_growing_goes_from_word_to_sentence_to_paragraph():
    steps = [(5, 5)]
    for _ in range(4):
        steps.append(grown(TEXT, steps[-1]))
    assert [cut(TEXT, span) for span in steps[1:4]] == ["two", "One two.", "One two. Three four, five!"]
    assert steps[4] == steps[3]


def test_the_caret_goes_by_sentence_and_paragraph_and_back():
    places = [0]
    for _ in range(4):
        places.append(next_place("sentence", TEXT, places[-1], 1))
    assert [TEXT[place:][:5] for place in places] == ["One t", "Three", "A sec", "It en", ""]
    for place in reversed(places[:-1]):
        places.append(next_place("sentence", TEXT, places[-1], -1))
        assert places[-1] == place
    assert next_place("paragraph", TEXT, 3, 1) == TEXT.index("A second")
    assert next_place("paragraph", TEXT, len(TEXT), -1) == TEXT.index("A second")
    assert next_place("paragraph", TEXT, TEXT.index("A second"), -1) == 0


@given(LETTERS, st.data())
def test_no_emoji_and_no_accent_is_cut(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = whole_characters(text, (start, end))
    assert low <= start and high >= end if end > start else low == high
    for edge in (low, high):
        assert text[edge : edge + 1] not in ("\u200d", "\u0301")
        assert text[max(edge - 1, 0) : edge] != "\u200d"


@given(LETTERS, st.data())
def test_steps_always_move_and_stay_inside(text, data):
    place = data.draw(st.integers(0, len(text)))
    for kind in ("sentence", "paragraph"):
        assert place < next_place(kind, text, place, 1) <= len(text) or place == len(text)
        assert 0 <= next_place(kind, text, place, -1) < place or place == 0


def test_finding_ignores_case_and_crosses_lines():
    text = "The ministry\nof Health. A ministry of health; ministries"
    assert [cut(text, span) for span in find_all(text, "ministry of")] == ["ministry\nof", "ministry of"]
    assert len(find_all(text, "MINISTR")) == 3
    assert len(find_all(text, "Ministry", case_sensitive=True)) == 0
    assert len(find_all(text, "health", whole_words=True)) == 2
    assert len(find_all(text, "ministr", whole_words=True)) == 0
    assert find_all(text, "  ") == []


def test_hits_go_round_the_end():
    hits = [(2, 4), (10, 12)]
    assert [next_hit(hits, place, 1) for place in (0, 3, 11)] == [0, 1, 0]
    assert [next_hit(hits, place, -1) for place in (0, 3, 11)] == [1, 0, 1]
    assert next_hit([], 3, 1) == -1
