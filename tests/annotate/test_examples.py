"""Examples of a code: passages with where they stand, in and out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotate.examples import Example, examples, written

PLAIN = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="“”()"), min_size=1)


def test_passages_are_told_from_what_else_is_written():
    text = "Rulings of all courts.\nAlso tribunals.\n"
    text += "“a ruling stands” (Court halts flight · Ana)\n“a right”\n\nNot this."
    assert examples(text) == [
        Example("Rulings of all courts.\nAlso tribunals."),
        Example("a ruling stands", "Court halts flight · Ana", quoted=True),
        Example("a right", "", quoted=True),
        Example("Not this."),
    ]


def test_nothing_written_is_no_example():
    assert examples(" \n ") == []


@given(st.lists(st.tuples(PLAIN, st.one_of(st.just(""), PLAIN)), max_size=5))
def test_what_is_written_is_read_again(pairs):
    text = "\n".join(written(quote, source) for quote, source in pairs)
    assert examples(text) == [Example(quote, source, quoted=True) for quote, source in pairs]
