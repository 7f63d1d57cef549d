"""A layout written and read back is the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotate.layouts import KINDS, layout_from_json, layout_to_json
from annotate.model import Block, BlockKind, Layout, PageMark

BLOCKS = st.builds(
    Block, st.integers(0, 10**7), st.integers(0, 10**7), st.sampled_from(BlockKind), st.integers(0, 6)
)
LAYOUTS = st.builds(
    Layout,
    st.lists(BLOCKS, max_size=9).map(tuple),
    st.lists(st.builds(PageMark, st.integers(0, 10**7), st.text()), max_size=5).map(tuple),
)


@given(LAYOUTS)
def test_a_layout_comes_back_without_its_plain_paragraphs(layout: Layout) -> None:
    plain = Block(0, 0)
    told = tuple(
        block for block in layout.blocks if replace(block, start=plain.start, end=plain.end) != plain
    )
    assert layout_from_json(layout_to_json(layout)) == Layout(told, layout.pages)


def test_a_layout_that_says_nothing_is_empty_text() -> None:
    assert layout_to_json(Layout((Block(0, 9),))) == ""
    assert layout_from_json("") == Layout()


def test_the_form_in_the_file_is_fixed() -> None:
    layout = Layout((Block(0, 4, BlockKind.TITLE), Block(5, 9, BlockKind.ITEM, 2)), (PageMark(0, "iv"),))
    assert layout_to_json(layout) == '{"b":[[0,4,"t"],[5,9,"i",2]],"p":[[0,"iv"]]}'


def test_every_kind_of_block_has_a_letter_of_its_own() -> None:
    assert set(KINDS) == set(BlockKind)
    assert len(set(KINDS.values())) == len(KINDS)
