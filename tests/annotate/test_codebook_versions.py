"""Two versions of a taxonomy compared."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotate.codebook_versions import Piece, What, compare, dump, in_words, load, marked, word_pieces
from annotate.model import Code

ECONOMIC = Code("1", "t", None, "1", "Economic", definition="Money matters most here")
COSTS = Code("11", "t", "1", "11", "Costs", synonyms=("price", "bill"), related=("2",))
MORAL = Code("2", "t", None, "2", "Moral", position=1)
CODES = (ECONOMIC, COSTS, MORAL)


def said(before: tuple[Code, ...], after: tuple[Code, ...]) -> list[str]:
    return [in_words(each) for each in compare(before, after)]


def test_what_says_which_passages_get_a_code_is_compared_and_nothing_else() -> None:
    assert compare(CODES, CODES) == []
    assert compare(CODES, [replace(code, colour="teal", shortcut="x", position=9) for code in CODES]) == []


def test_the_differences_read_as_sentences() -> None:
    after = (
        replace(ECONOMIC, label="Economy", definition="Money matters here, and jobs"),
        replace(COSTS, parent=None, notation="3", synonyms=("price", "sum"), related=()),
        Code("4", "t", "1", "", "Jobs"),
    )
    assert said(CODES, after) == [
        "1 “Economy” renamed, was “Economic”",
        "1 “Economy” definition: Money matters [-most here -]{+here, and jobs+}",
        "3 “Costs” has another notation, was “11”",
        "3 “Costs” moved from Economic to the top",
        "3 “Costs” synonyms: price, [-bill-], {+sum+}",
        "3 “Costs” related codes: [-Moral-]",
        "“Jobs” added under Economy",
        "2 “Moral” removed",
    ]
    assert said((MORAL,), (replace(MORAL, retired=True, assignable=False),)) == [
        "2 “Moral” retired",
        "2 “Moral” made a grouping",
    ]
    assert [each.what for each in compare((replace(MORAL, retired=True),), (MORAL,))] == [What.BROUGHT_BACK]


def test_words_are_marked_where_they_changed() -> None:
    assert marked(word_pieces("a b c", "a c")) == "a [-b -]c"
    assert marked(word_pieces("a b", "a")) == "a[- b-]"
    assert marked(word_pieces("", "a b")) == "{+a b+}"
    assert word_pieces("same", "same") == (Piece("same"),)


TEXTS = st.text(alphabet="ab c.\n漢é", max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = word_pieces(before, after)
    assert "".join(piece.text for piece in pieces if piece.sign >= 0) == after
    kept = "".join(piece.text for piece in pieces if piece.sign <= 0)
    assert "".join(kept.split()) == "".join(before.split())


WORDS = st.text(max_size=5)
CODE = st.builds(
    Code,
    id=st.just("1"),
    taxonomy=st.just("t"),
    parent=st.none(),
    notation=WORDS,
    label=WORDS,
    definition=WORDS,
    counter_examples=WORDS,
    colour=WORDS,
    assignable=st.booleans(),
    synonyms=st.lists(WORDS, max_size=3).map(tuple),
    related=st.lists(WORDS, max_size=3).map(tuple),
    retired=st.booleans(),
    replaced_by=st.none() | WORDS.filter(bool),
)


@given(CODE)
def test_a_version_reads_as_it_was_written(code: Code) -> None:
    child = replace(code, id="2", parent="1", position=3)
    assert load(dump((code, child)), "t") == (code, child)
    assert load(dump((code,)), "u") == (replace(code, taxonomy="u"),)


def test_a_version_of_a_later_program_is_read() -> None:
    assert load('[{"id": "1", "label": "A", "mood": "new"}]', "t") == (Code("1", "t", None, "", "A"),)
