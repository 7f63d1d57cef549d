"""Distances of colours against the published pairs, and palettes that stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.colour_difference import ciede2000, closest, seen
from annotate.palettes import apart, nearest, spread

# L, a, b of two colours and their distance: Sharma, Wu and Dalal 2005, table 1.
PUBLISHED = (
    (50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425),
    (50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615),
    (50, 2.8361, -74.0200, 50, 0, -82.7485, 3.4412),
    (50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000),
    (50, -1.1848, -84.8006, 50, 0, -82.7485, 1.0000),
    (50, -0.9009, -85.5211, 50, 0, -82.7485, 1.0000),
    (50, 0, 0, 50, -1, 2, 2.3669),
    (50, -1, 2, 50, 0, 0, 2.3669),
    (50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792),
    (50, 2.49, -0.001, 50, -2.49, 0.0010, 7.1792),
    (50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195),
    (50, 2.49, -0.001, 50, -2.49, 0.0012, 7.2195),
    (50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045),
    (50, -0.001, 2.49, 50, 0.0010, -2.49, 4.8045),
    (50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461),
    (50, 2.5, 0, 50, 0, -2.5, 4.3065),
    (50, 2.5, 0, 73, 25, -18, 27.1492),
    (50, 2.5, 0, 61, -5, 29, 22.8977),
    (50, 2.5, 0, 56, -27, -3, 31.9030),
    (50, 2.5, 0, 58, 24, 15, 19.4535),
    (50, 2.5, 0, 50, 3.1736, 0.5854, 1.0000),
    (50, 2.5, 0, 50, 3.2972, 0, 1.0000),
    (50, 2.5, 0, 50, 1.8634, 0.5757, 1.0000),
    (50, 2.5, 0, 50, 3.2592, 0.3350, 1.0000),
    (60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644),
    (63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.2630),
    (61.2901, 3.7196, -5.3901, 61.4292, 2.2480, -4.9620, 1.8731),
    (35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645),
    (22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373),
    (36.4612, 47.8580, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146),
    (90.8027, -2.0831, 1.4410, 91.1528, -1.6435, 0.0447, 1.4441),
    (90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381),
    (6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377),
    (2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082),
)
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("row", PUBLISHED)
def test_the_published_distances_come_out(row):
    assert ciede2000(row[:3], row[3:6]) == pytest.approx(row[6], abs=5e-5)
    assert ciede2000(row[3:6], row[:3]) == pytest.approx(row[6], abs=5e-5)


def test_known_colours_in_cielab():
    white, red = seen("#ffffff")[0], seen("#ff0000")[0]
    assert white == pytest.approx((100, 0, 0), abs=1e-4)
    assert red == pytest.approx((53.2371, 80.0901, 67.2033), abs=1e-3)


@given(st.integers(0, 255))
def test_grey_is_grey_to_all_eyes(level):
    for light, a, b in seen(f"#{level:02x}{level:02x}{level:02x}"):
        assert light == pytest.approx(seen(f"#{level:02x}{level:02x}{level:02x}")[0][0], abs=1e-3)
        assert (a, b) == pytest.approx((0, 0), abs=1e-2)


@given(COLOUR, COLOUR)
def test_the_nearest_is_no_farther_than_for_normal_eyes_and_the_same_both_ways(one, other):
    distance, _ = closest(one, other)
    assert 0 <= distance <= ciede2000(seen(one)[0], seen(other)[0]) + 1e-9
    assert closest(other, one)[0] == pytest.approx(distance)
    assert closest(one, one)[0] == 0


def test_red_and_green_of_one_lightness_meet_for_deuteranopes_and_not_for_others():
    distance, eyes = closest("#c47a0c", "#7f8423")
    assert eyes in ("deuteranopia", "protanopia")
    assert distance < 3 < ciede2000(seen("#c47a0c")[0], seen("#7f8423")[0])


def test_spread_colours_stay_farther_apart_than_those_in_order():
    candidates = {name: (name, name) for name in ("#c47a0c", "#7f8423", "#334fb8", "#068683", "#ffffff")}
    chosen = [candidates[name] for name in spread(candidates, 3)]
    in_order = list(candidates.values())[:3]
    assert nearest(chosen)[0] > nearest(in_order)[0]
    assert spread(candidates, 7)[5:] == spread(candidates, 2)
    assert apart(("#000000", "#ffffff"), ("#ffffff", "#ffffff")) == 0
