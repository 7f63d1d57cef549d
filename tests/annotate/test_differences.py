"""Two versions of a text: what is the same is, and nothing is left out."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.differences import Aligned, Kind, differences
from annotate.side_by_side import side_by_side

TEXTS = st.text(alphabet="ab \n漢", max_size=60)
LONG = st.lists(st.sampled_from(["the", "a", "court", "said", "on", "Tuesday.", "\n", "\n\n"]), max_size=700)


def told(one: str, other: str) -> list[tuple[str, str, str]]:
    return [
        (str(each.kind), one[slice(*each.one)], other[slice(*each.other)]) for each in differences(one, other)
    ]


def shown(pieces) -> list[tuple[str, bool]]:
    return [(piece.text, piece.differs) for piece in pieces if piece.text.strip()]


def words(text: str) -> str:
    return "".join(text.split())


def holds(one: str, other: str) -> None:
    passages = differences(one, other)
    for side, text in (("one", one), ("other", other)):
        spans = [getattr(each, side) for each in passages]
        assert words("".join(text[a:b] for a, b in spans)) == words(text)
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
    for each in passages:
        mine, theirs = one[slice(*each.one)], other[slice(*each.other)]
        assert (each.kind == Kind.SAME) == (mine.split() == theirs.split() or words(mine) == words(theirs))
    for whole in (False, True):
        rows = side_by_side(one, other, whole=whole)
        assert any(row.differs for row in rows) == any(each.kind != Kind.SAME for each in passages)
    assert words("".join(piece.text for row in rows for piece in row.one)) == words(one)
    assert words("".join(piece.text for row in rows for piece in row.other)) == words(other)


@given(TEXTS, TEXTS)
def test_every_word_is_in_one_passage(one, other):
    holds(one, other)


@given(LONG, LONG)
def test_long_ones_too(one, other):
    holds(" ".join(one), " ".join(other))


def test_a_changed_word_an_added_one_and_a_lost_paragraph():
    one = "The court met on Tuesday.\nIt decided after a long debate.\nThis goes.\nThe end."
    other = "The court met on Tuesday.\nIt decided today after a short debate.\nThe end."
    assert told(one, other) == [
        ("same", "The court met on Tuesday.\nIt decided", "The court met on Tuesday.\nIt decided"),
        ("only in the other", "", "today"),
        ("same", "after a", "after a"),
        ("changed", "long", "short"),
        ("same", "debate.", "debate."),
        ("only in one", "This goes.", ""),
        ("same", "The end.", "The end."),
    ]


def test_white_space_is_no_difference():
    assert [each.kind for each in differences("a b\n\nc", " a\nb c ")] == [Kind.SAME]
    assert differences("", " \n") == []


def test_a_paragraph_that_moved_is_in_one_and_in_the_other():
    first, second = (" ".join(f"{letter}{at}" for at in range(300)) for letter in "xy")
    kinds = [each.kind for each in differences(f"{first}\n{second}", f"{second}\n{first}")]
    assert sorted(kinds) == [Kind.ONLY_ONE, Kind.ONLY_OTHER, Kind.SAME]


def test_rows_stand_beside_each_other_and_leave_out_what_is_the_same():
    same = "\n".join(f"Paragraph {at} says what the other says, too." for at in range(20))
    one, other = f"Title\n{same}\nThe end is near.", f"Title\n{same}\nThe end is far.\nRead more."
    rows = side_by_side(one, other)
    assert [row.skipped for row in rows] == [161, 0]
    assert shown(rows[1].one) == [("The end is", False), ("near.", True)]
    assert shown(rows[1].other) == [("The end is", False), ("far.\nRead more.", True)]
    assert len(side_by_side(one, other, whole=True)) == 22


def test_a_paragraph_of_one_text_stands_beside_nothing():
    rows = side_by_side("One.\nTwo.\nThree.", "One.\nThree.")
    assert [(shown(row.one), shown(row.other)) for row in rows] == [
        ([("One.", False)], [("One.", False)]),
        ([("Two.", True)], []),
        ([("Three.", False)], [("Three.", False)]),
    ]


def test_a_difference_in_a_long_paragraph_is_shown_with_the_words_around_it():
    around = [f"word{at}" for at in range(400)]
    one = " ".join(around)
    rows = side_by_side(one, one.replace("word200", "other"))
    assert [row.skipped for row in rows] == [175, 0, 174]
    assert len("".join(piece.text for piece in rows[1].one).split()) == 51


@pytest.mark.parametrize("kind", ["equal", "changed", "other", "one word", "shuffled"])
def test_a_megabyte_is_aligned_in_time_whatever_it_is(kind):
    chance = random.Random(5)
    listed = chance.choices([f"word{at}" for at in range(3_000)], k=130_000)
    others = {
        "equal": listed,
        "changed": [f"x{word}" if at % 9 == 0 else word for at, word in enumerate(listed)],
        "other": chance.choices(listed, k=130_000),
        "one word": ["x"] * 130_000,
        "shuffled": chance.sample(listed, len(listed)),
    }
    one, other = " ".join(listed), " ".join(others[kind])
    began = time.process_time()
    Aligned(one, other)
    assert time.process_time() - began < 4


def test_a_long_difference_is_shown_by_its_beginning():
    one, other = "The same words.", "The same words.\n" + "more of it " * 300
    row = side_by_side(one, other)[-1]
    assert (len(row.other[-1].text.split()), row.other[-1].more) == (250, 650)
    assert len(side_by_side(one, other, whole=True)[-1].other[-1].text.split()) == 900
