"""Code points and UTF-16 units meet again, whatever the text holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotate.offsets import OffsetMap

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MIXED = st.text(st.sampled_from("a é\n漢\u0301\U0001f469\u200d\U0001f680ب"), max_size=60)


@given(st.one_of(ANY, MIXED))
def test_every_position_goes_there_and_back(text):
    offsets = OffsetMap(text)
    for place in range(len(text) + 1):
        unit = len(text[:place].encode("utf-16-le")) // 2
        assert offsets.to_units(place) == unit
        assert offsets.to_points(unit) == place
    assert offsets.units == len(text.encode("utf-16-le")) // 2


@given(MIXED)
def test_inside_a_pair_means_its_start(text):
    offsets = OffsetMap(text)
    for place, letter in enumerate(text):
        if ord(letter) > 0xFFFF:
            assert offsets.to_points(offsets.to_units(place) + 1) == place


def test_far_emoji_in_a_long_text_are_found():
    text = "a" * 20_000 + "\U0001f600" + "é" * 20_000 + "\U0001f600z"
    offsets = OffsetMap(text)
    assert offsets.to_units(20_000) == 20_000
    assert offsets.to_units(20_001) == 20_002
    assert offsets.to_units(len(text)) == len(text) + 2
