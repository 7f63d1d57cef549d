"""Marks that are known by hashes of their words find them in another copy of the text, and never elsewhere."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.marks import quote_of
from annotate.model import Span
from annotate.sharing.anchors import anchor, read, said
from annotate.sharing.near_words import near_run
from annotate.sharing.placing import Placed, Plain, Why, place
from annotate.sharing.words import AROUND, Words
from tests.annotate.hard import FAMILY, datasets, hard

TEXT = "The court said that the rule stands. The court said no. Ministers left the court, and the rule fell."
PROSE = [
    "harbour", "minister", "court", "ruling", "border", "asylum", "coast", "ferry", "union", "strike",
    "water", "法", "院", "裁", "Straße", "שלום", "😀", "e\u0301t",
]  # fmt: skip


def span_of(text: str, quote: str, nth: int = 1) -> Span:
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return at, at + len(quote)


def found(text: str, quote: str, other: str, plain: Plain | None = None, nth: int = 1) -> str | Why:
    """What a mark on `quote` stands on in another text, or why nowhere."""
    made = anchor(Words(text), span_of(text, quote, nth))
    got = place(Words(other), [made], plain or Plain())
    return got if isinstance(got, Why) else quote_of(other, got.spans)


@given(datasets())
def test_the_same_text_gives_the_same_spans(data) -> None:
    for article in data.articles():
        words = Words(article.text)
        for mark in article.spans:
            spans = (
                [tuple(each) for each in json.loads(mark.parts)] if mark.parts else [(mark.start, mark.end)]
            )
            anchors = [anchor(words, span) for span in spans]
            if all(anchors):
                assert place(words, anchors) == Placed(tuple(spans))
            else:
                assert place(words, anchors) is Why.NO_WORDS


@given(datasets())
def test_what_is_said_of_a_mark_is_read_again_and_holds_none_of_its_words(data) -> None:
    for article in data.articles():
        words = Words(article.text)
        for mark in article.spans:
            made = anchor(words, (mark.start, mark.end))
            assert read(json.loads(json.dumps(said(made)))) == made


def test_the_hard_texts_find_every_mark() -> None:
    for article in hard().articles():
        words, other = Words(article.text), Words("A heading that is new.\n\n" + article.text + "\nThe end.")
        for mark in article.spans:
            spans = (
                [tuple(each) for each in json.loads(mark.parts)] if mark.parts else [(mark.start, mark.end)]
            )
            placed = place(other, [anchor(words, span) for span in spans])
            assert isinstance(placed, Placed), mark
            assert quote_of(other.text, placed.spans) == mark.quote


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, str, list[Span], list[str]]:
    """A text of words, another that differs away from the marks, the marks, and their quotes."""
    words = draw(st.lists(st.sampled_from(PROSE), min_size=20, max_size=120))
    seed = random.Random(draw(st.integers(0, 1 << 30)))
    marks = []
    for _ in range(draw(st.integers(1, 4))):
        first = seed.randrange(len(words))
        marks.append((first, min(len(words), first + seed.randint(1, 9))))
    near = {at for a, b in marks for at in range(a - AROUND - 2, b + AROUND + 2)}
    far = [at for at in range(len(words)) if at not in near]
    other = list(words)
    for at in seed.sample(far, min(len(far), 6)):
        other[at] = seed.choice(["", f"new{at}", f"two{at} words{at}", words[at] + "s"])
    one = " ".join(words)
    starts = [len(" ".join(words[:at])) + (at > 0) for at in range(len(words) + 1)]
    spans = [(starts[a], starts[b - 1] + len(words[b - 1])) for a, b in marks]
    return one, "  ".join(filter(None, other)), spans, [" ".join(words[a:b]) for a, b in marks]


@given(edited_texts())
def test_edits_away_from_the_marks_leave_all_on_their_quotes(made) -> None:
    one, other, spans, quotes = made
    before, after = Words(one), Words(other)
    for span, quote in zip(spans, quotes, strict=True):
        got = place(after, [anchor(before, span)])
        if got is Why.AMBIGUOUS:  # the same words with the same five on both sides, twice
            first, behind = before.touched(span)
            around = before.forms[max(0, first - AROUND) : behind + AROUND]
            joined = "\x1f".join(after.forms)
            assert (
                joined.count("\x1f".join(around)) > 1
                or joined.count("\x1f".join(before.forms[first:behind])) > 1
            )
            continue
        assert isinstance(got, Placed), (got, quote)
        assert not got.changed
        assert " ".join(quote_of(other, got.spans).split()) == quote


@given(edited_texts())
def test_a_mark_that_is_placed_stands_where_it_stood(made) -> None:
    """With words around it that are the same, not only on the same words somewhere."""
    one, other, spans, _ = made
    before, after = Words(one), Words(other)
    for span in spans:
        got = place(after, [anchor(before, span)])
        if isinstance(got, Placed):
            a, b = before.touched(span)
            c, d = after.touched(got.spans[0])
            assert before.before(a) == after.before(c)
            assert before.behind(b) == after.behind(d)


def test_the_place_with_the_same_words_around_it_is_taken() -> None:
    assert place(Words(TEXT + " More."), [anchor(Words(TEXT), span_of(TEXT, "court", 2))]) == Placed(
        (span_of(TEXT, "court", 2),)
    )


def test_where_all_around_it_differs_the_same_one_of_as_many_is_taken() -> None:
    text = "a x b c d e f g x h i j k l m x n"
    other = "A x B C D E F G x H I J K L M x N"
    assert place(Words(other), [anchor(Words(text), (16, 17))]) == Placed(((16, 17),))
    assert place(Words(other + " x"), [anchor(Words(text), (16, 17))]) is Why.AMBIGUOUS


def test_one_word_that_is_left_of_several_is_not_taken_for_another() -> None:
    assert found(TEXT, "court", "A court of another kind.") is Why.ELSEWHERE
    assert found(TEXT, "Ministers", "And Ministers of another kind.") == "Ministers"


def test_typography_and_white_space_do_not_count() -> None:
    text = "She said: “It’s late” — and left the café."
    other = 'She said:\n"It\'s  late" - and left the cafe\u0301.'
    assert found(text, "“It’s late” — and left the café", other) == '"It\'s  late" - and left the cafe\u0301'


def test_a_mark_within_a_word_keeps_its_edges() -> None:
    assert found("On legality we agree.", "legal", "So: on legality we agree.") == "legal"
    assert found("On legality we agree. ", "ality we", "On legality  we agreed.") == "ality  we"
    assert found(f"On {FAMILY} we agree.", f"{FAMILY} we", f"But on {FAMILY} we agree.") == f"{FAMILY} we"


def test_white_space_at_the_edge_of_a_mark_stays_where_it_is_there() -> None:
    assert found("One two  three four.", "two  ", "Zero. One two  three four.") == "two  "
    assert found("One two  three four.", "two  ", "Zero. One two three four.") == "two "


def test_a_mark_whose_words_were_mended_is_found_by_those_around_it() -> None:
    other = TEXT.replace("Ministers left", "The ministers left")
    assert found(TEXT, "Ministers left the court", other) == "The ministers left the court"
    assert found(TEXT, "no", TEXT.replace("said no", "said nothing")) == "nothing"


def test_with_its_words_given_it_is_found_though_those_around_it_differ() -> None:
    text = "Before that. " + TEXT
    other = "Ah. The court said then that this rule stands? Ministers."
    assert found(text, "The court said that the rule stands", other) is Why.NOT_FOUND
    plain = Plain("The court said that the rule stands")
    assert found(text, plain.quote, other, plain) == "The court said then that this rule stands"


def test_plain_words_around_it_decide_between_places() -> None:
    text, other = "xx one yy a b c d e", "p one yy q a b c d f g h i one zz"
    assert found(text, "one", other) is Why.AMBIGUOUS
    assert found(text, "one", other, Plain(prefix="xx ", suffix=" yy a")) == "one"


def test_parts_in_another_order_have_no_place() -> None:
    words = Words("The first part is here, and the second part is there.")
    anchors = [anchor(words, span_of(words.text, each)) for each in ("first part", "second part")]
    assert place(Words("The second part is there. And the first part is here."), anchors) is Why.ORDER


def test_nothing_is_found_where_nothing_is() -> None:
    assert found(TEXT, "said that the rule", "Something else altogether was written.") is Why.NOT_FOUND
    assert found(TEXT, "said that the rule", "") is Why.NOT_FOUND
    assert found(TEXT, " ", TEXT) is Why.NO_WORDS


@pytest.mark.parametrize("held", [None, [], {}, {"words": 1}, {"words": True, "hash": "a" * 32}, "x"])
def test_what_is_no_anchor_is_none(held) -> None:
    assert read(held) is None


noise = st.lists(st.sampled_from("abcdef"), max_size=30)
sought_words = st.lists(st.sampled_from("ABCDEFGHIJ"), min_size=5, max_size=10, unique=True)


@given(noise, sought_words, st.data())
def test_a_run_of_which_one_word_is_another_is_found(words, sought, data) -> None:
    there = list(sought)
    there[data.draw(st.integers(0, len(there) - 1))] = "x"
    assert near_run([*words, *there, *words], sought) == [(len(words), len(words) + len(there))]
