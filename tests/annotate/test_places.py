"""Where text stands on a page: boxes of spans, places under points, and the packed form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.places import UNIT, Box, PageSize, PlacedLine, Places, from_bytes, to_bytes

PAGE = PageSize(600, 800)


def line(start: int, y: float, words: str, *, x: float = 100, page: int = 0, angle: int = 0) -> PlacedLine:
    """Letters 10 points wide, in type of 20."""
    lefts = [x + 10.0 * at for at in range(len(words))]
    return PlacedLine(start, page, angle, y, 20, lefts, [left + 10 for left in lefts])


TWO = Places(
    (PAGE, PAGE), (line(0, 700, "first line"), line(11, 660, "second one"), line(22, 700, "over", page=1))
)


def test_a_span_is_a_box_for_each_line_it_covers() -> None:
    assert TWO.boxes([(6, 17)]) == [
        Box(0, 160, 84, 200, pytest.approx(104.4)),
        Box(0, 100, 124, 160, pytest.approx(144.4)),
    ]
    assert TWO.boxes([(10, 11)]) == []
    assert [box.page for box in TWO.boxes([(0, 4), (22, 24)])] == [0, 1]


def test_a_point_is_the_nearest_place_in_the_text() -> None:
    assert TWO.at(0, 161, 95) == 6
    assert TWO.at(0, 168, 95) == 7
    assert TWO.at(0, 20, 95) == 0
    assert TWO.at(0, 590, 135) == 21
    assert TWO.at(1, 0, 0) == 22
    assert TWO.at(5, 0, 0) is None


def test_pages_and_places_lead_to_each_other() -> None:
    assert [TWO.page_at(place) for place in (0, 10, 20, 21, 22, 99)] == [0, 0, 0, 1, 1, 1]
    assert [TWO.begin_of(page) for page in (0, 1, 2)] == [0, 22, 26]


def test_text_that_runs_to_the_left_is_found_from_the_right() -> None:
    lefts = [200.0, 190.0, 180.0]
    places = Places((PAGE,), (PlacedLine(0, 0, 0, 700, 20, lefts, [left + 10 for left in lefts]),))
    assert places.at(0, 215, 95) == 0
    assert places.at(0, 170, 95) == 3
    assert places.boxes([(0, 1)]) == [Box(0, 200, 84, 210, pytest.approx(104.4))]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_turned_text_has_upright_boxes_in_which_its_places_are_found(angle: int) -> None:
    along = {90: 100, 180: -500, 270: -700}[angle]
    y = {90: -300, 180: -400, 270: 300}[angle]
    places = Places((PAGE,), (line(0, y, "sideways", x=along, angle=angle),))
    (box,) = places.boxes([(3, 4)])
    assert 0 < box.left < box.right < 600
    assert 0 < box.top < box.bottom < 800
    wide, high = box.right - box.left, box.bottom - box.top
    assert (wide, high) == pytest.approx((10, 20.4) if angle == 180 else (20.4, 10))
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    assert places.at(0, *middle) in (3, 4)


@st.composite
def lines(draw: st.DrawFn) -> Places:
    made, place = [], 0
    number = st.integers(-15_000, 30_000).map(lambda n: n * UNIT)
    for _ in range(draw(st.integers(0, 5))):
        place += draw(st.integers(0, 3))
        lefts = draw(st.lists(number, min_size=1, max_size=8))
        rights = [left + draw(st.integers(0, 500)) * UNIT for left in lefts]
        if any(abs(a - b) > 3000 for a, b in zip(lefts[1:], rights, strict=False)):
            continue
        made.append(
            PlacedLine(place, draw(st.integers(0, 1)), draw(st.integers(0, 359)), 500, 12, lefts, rights)
        )
        place += len(lefts)
    return Places((PAGE, PageSize(595.3, 841.9)), tuple(made))


@given(lines())
def test_packed_and_unpacked_it_is_the_same_to_a_tenth_of_a_point(places: Places) -> None:
    back = from_bytes(to_bytes(places))
    assert [page.width for page in back.pages] == pytest.approx([600, 595.3])
    assert len(back.lines) == len(places.lines)
    for one, other in zip(back.lines, places.lines, strict=True):
        assert (one.start, one.page, one.angle) == (other.start, other.page, other.angle)
        assert list(one.lefts) == pytest.approx(list(other.lefts), abs=UNIT)
        assert list(one.rights) == pytest.approx(list(other.rights), abs=UNIT)


@given(st.binary(max_size=60))
def test_rubbish_is_said_to_be_none(held: bytes) -> None:
    with pytest.raises(UserError):
        from_bytes(held)


def test_behind_the_last_code_point_of_a_line_is_on_that_line_and_not_on_the_next():
    """As where a word is parted at the end of a line: the next one begins at the very next code point."""
    places = two_lines()
    first, second = places.lines
    assert first.end == second.start
    behind, before = places.caret_behind(first.end), places.caret(first.end)
    assert behind is not None
    assert before is not None
    assert behind.top < before.top
    assert behind.left > before.left
    assert places.caret_behind(0) is None


def two_lines():
    line = PlacedLine(0, 0, 0, 100.0, 10.0, (10.0, 20.0, 30.0), (20.0, 30.0, 40.0))
    below = PlacedLine(3, 0, 0, 80.0, 10.0, (10.0, 20.0), (20.0, 30.0))
    return Places((PageSize(200, 200),), (line, below))
