"""Marks, blocks, pages and places move along with an edited text."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.alignment import Edit, aligned, edited
from annotate.model import Block, BlockKind, Layout, PageMark, Span
from annotate.moving import Mover
from annotate.places import PageSize, PlacedLine, Places

OLD = "Angela Merkel spoke.\nThe colour was nice, she said.\nA third line."
WORD = st.sampled_from(["the", "law", "Merkel", "😀", "שלום", "漢字", "said", ",", "\n", " ", "colour", "é"])
TEXT = st.lists(WORD, max_size=30).map("".join)


def moved(old: str, new: str, words: str) -> list[str]:
    """What a mark on these words covers afterwards."""
    at = old.index(words)
    return [new[a:b] for a, b in Mover(aligned(old, new)).moved([(at, at + len(words))]).spans]


@pytest.mark.parametrize(
    ("new", "words", "after"),
    [
        (OLD, "colour was", ["colour was"]),
        ("Before.\n" + OLD, "colour was", ["colour was"]),
        (OLD.replace("colour", "color"), "colour", ["color"]),
        (OLD.replace("was nice", "was very nice"), "was nice", ["was very nice"]),
        (OLD.replace("nice", "nice indeed"), "nice", ["nice"]),
        (OLD.replace("Angela Merkel", "A woman"), "Angela Merkel", []),
        (OLD.replace("Angela Merkel", "A woman"), "Angela Merkel spoke", ["A woman spoke"]),
        (OLD.replace("Merkel spoke", "Maier talked"), "Angela Merkel", ["Angela Maier"]),
        (OLD.replace("The colour was nice, she said.\n", ""), "colour", []),
        (OLD.replace("The colour was nice, she said.\n", ""), "spoke.\nThe colour", ["spoke.\n"]),
        (OLD.replace("nice, she", "nice; they"), ", she", []),
        ("", "colour", []),
    ],
)
def test_a_mark_keeps_what_is_left_of_its_words(new: str, words: str, after: list[str]) -> None:
    assert moved(OLD, new, words) == after


def test_a_mark_says_whether_its_words_are_others() -> None:
    mover = Mover(aligned(OLD, OLD.replace("colour", "color")))
    assert not mover.moved([(0, 6)]).changed
    assert mover.moved([(21, 31)]).changed
    assert mover.moved([(0, 6), (25, 31)]).changed
    gone = Mover(aligned(OLD, OLD[:20])).moved([(25, 31)])
    assert gone.lost


def test_a_part_that_is_gone_leaves_the_others() -> None:
    new = OLD.replace("colour", "")
    result = Mover(aligned(OLD, new)).moved([(0, 6), (25, 31), (36, 40)])
    assert [new[a:b] for a, b in result.spans] == ["Angela", "nice"]
    assert result.changed


def test_a_mark_on_a_name_stays_on_its_pseudonym() -> None:
    alignment = edited(OLD, [Edit(0, 13, "Person A"), Edit(25, 31, "")])
    mover = Mover(alignment)
    assert alignment.new == "Person A spoke.\nThe  was nice, she said.\nA third line."
    for span in ((0, 13), (7, 13), (0, 6)):
        assert [alignment.new[a:b] for a, b in mover.moved([span]).spans] == ["Person A"]
    assert [alignment.new[a:b] for a, b in mover.moved([(7, 19)]).spans] == ["Person A spoke"]
    assert mover.moved([(25, 31)]).lost


def test_blocks_go_with_their_lines() -> None:
    layout = Layout(
        (Block(0, 20, BlockKind.HEADING, 1), Block(21, 51, BlockKind.ITEM), Block(52, 65, BlockKind.QUOTE)),
        (PageMark(0, "1"), PageMark(21, "2"), PageMark(52, "3")),
    )
    new = "Other words altogether\nNew.\nThe colour was\nnice, she said, yes.\nA third line."
    got = Mover(aligned(OLD, new)).layout(layout)
    assert [(new[b.start : b.end], b.kind, b.level) for b in got.blocks] == [
        ("The colour was", BlockKind.ITEM, 0),
        ("nice, she said, yes.", BlockKind.ITEM, 0),
        ("A third line.", BlockKind.QUOTE, 0),
    ]
    assert [new[page.start :][:10] for page in got.pages] == ["Other word", "The colour", "A third li"]
    renamed = OLD.replace("Angela Merkel spoke.", "Ein Anfang")
    got = Mover(aligned(OLD, renamed)).layout(layout)
    assert got.blocks[0] == Block(0, 10, BlockKind.HEADING, 1)


def test_a_page_without_text_goes() -> None:
    layout = Layout((), (PageMark(0, "1"), PageMark(21, "2"), PageMark(52, "3")))
    new = OLD[:21] + OLD[52:]
    assert Mover(aligned(OLD, new)).layout(layout).pages == (PageMark(0, "1"), PageMark(21, "3"))


def test_places_on_pages_follow_their_words() -> None:
    line = PlacedLine(21, 0, 0, 700.0, 10.0, [float(n) for n in range(30)], [n + 1.0 for n in range(30)])
    places = Places((PageSize(600, 800),), (line,))
    new = "So. " + OLD.replace("colour", "tint")
    got = Mover(aligned(OLD, new)).places(places)
    assert got
    for each in got.lines:
        for at, left in enumerate(each.lefts):
            assert new[each.start + at] == OLD[21 + int(left)]
    assert [new[each.start : each.end] for each in got.lines] == ["The ", " was nice, she said."]
    assert Mover(aligned(OLD, "else")).places(places) is None


def spans_of(data: st.DataObject, text: str) -> list[Span]:
    edges = data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True).map(sorted))
    return list(zip(edges[::2], edges[1::2], strict=False))


def test_a_pseudonym_stands_on_the_page_where_the_name_stood() -> None:
    line = PlacedLine(0, 0, 0, 700.0, 10.0, [float(n) for n in range(20)], [n + 1.0 for n in range(20)])
    back = PlacedLine(21, 0, 0, 680.0, 10.0, [50.0 - n for n in range(9)], [51.0 - n for n in range(9)])
    mover = Mover(edited(OLD, [Edit(7, 13, "B"), Edit(24, 26, "wxyz")]))
    got = mover.places(Places((PageSize(600, 800),), (line, back)))
    assert got
    found = [(each.start, each.lefts[0], each.rights[-1], len(each.lefts)) for each in got.lines]
    assert found == [
        (0, 0, 7, 7),
        (7, 7, 13, 1),
        (8, 13, 20, 7),
        (16, 50, 49, 3),
        (19, 47.5, 46.5, 4),
        (23, 45, 43, 4),
    ]


@settings(max_examples=300, deadline=None)
@given(TEXT.filter(lambda text: len(text) > 1), TEXT, st.data())
def test_what_moves_is_what_it_says(old: str, new: str, data: st.DataObject) -> None:
    alignment = aligned(old, new)
    last = (0, 0)
    for piece in alignment.pieces:
        assert old[piece.start : piece.end] == new[piece.new_start : piece.new_end]
        assert piece.start < piece.end
        assert (piece.start, piece.new_start) >= last
        last = (piece.end, piece.new_end)
    assert last <= (len(old), len(new))
    mover = Mover(alignment)
    spans = spans_of(data, old)
    result = mover.moved(spans)
    before = -1
    for start, end in result.spans:
        assert before < start < end <= len(new)
        before = end
    words = ([old[a:b] for a, b in spans], [new[a:b] for a, b in result.spans])
    assert result.lost or result.changed == (words[0] != words[1])


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT, TEXT.filter(bool), TEXT, st.data())
def test_an_unchanged_text_keeps_every_mark(a: str, b: str, kept: str, c: str, data: st.DataObject) -> None:
    """Edits around a stretch that is known to stay."""
    old = a + kept + c
    edits = [Edit(0, len(a), b)] if a else []
    if c:
        edits.append(Edit(len(a) + len(kept), len(old), "x"))
    alignment = edited(old, edits)
    mover = Mover(alignment)
    start = data.draw(st.integers(0, len(kept) - 1))
    end = data.draw(st.integers(start + 1, len(kept)))
    result = mover.moved([(len(a) + start, len(a) + end)])
    assert not result.changed
    assert [alignment.new[x:y] for x, y in result.spans] == [kept[start:end]]


@settings(max_examples=200, deadline=None)
@given(TEXT, TEXT)
def test_layouts_fit_the_new_text(old: str, new: str) -> None:
    edges = [0, *(at + 1 for at, sign in enumerate(old) if sign == "\n")]
    blocks = [Block(at, len(old[at:].split("\n")[0]) + at, BlockKind.ITEM, 1) for at in edges]
    layout = Layout(tuple(b for b in blocks if b.start < b.end), tuple(PageMark(at, "1") for at in edges))
    assert Mover(aligned(old, old)).layout(layout) == layout
    got = Mover(aligned(old, new)).layout(layout)
    before = 0
    for block in got.blocks:
        assert before <= block.start < block.end <= len(new)
        assert "\n" not in new[block.start : block.end]
        before = block.end
    starts = [page.start for page in got.pages]
    assert starts == sorted(starts)
    assert all(start <= len(new) for start in starts)


def test_long_texts_are_aligned_in_bounded_time() -> None:
    random.seed(4)
    words = [f"w{random.randint(0, 3000)}" for _ in range(100_000)]
    old = " ".join(words)
    new = " ".join("other" if random.random() < 0.01 else word for word in words)
    begun = time.process_time()
    kept = sum(piece.end - piece.start for piece in aligned(old, new).pieces)
    assert kept > 0.97 * len(old)
    aligned("a b " * 100_000, "b a " * 100_000)
    aligned("x\n" * 100_000, "y\nx\n" * 100_000)
    aligned(old, old[::-1])
    assert time.process_time() - begun < 15
