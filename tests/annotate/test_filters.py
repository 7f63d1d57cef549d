"""What is typed to narrow the list: words and conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.filters import Condition, parsed

FIELDS = {"outlet": "The Kestrel", "date": "2025-03-12", "reach": "12", "region": "North East", "empty": ""}


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        ("region=north", False),
        ('region="north east"', True),
        ("outlet!=CNN", True),
        ("reach>9", True),
        ("reach>12", False),
        ("reach>=12.0", True),
        ("reach<100", True),
        ("date=2025", True),
        ("date>=2025-03", True),
        ("date<2025-03-12", False),
        ("date>2024", True),
        ("nothing=1", False),
        ("nothing!=1", True),
        ("empty=", True),
        ("region=", False),
        ("region!=", True),
        ("nothing!=", False),
        ("NOTHING<3", False),
    ],
)
def test_conditions(typed: str, holds: bool) -> None:
    words, (condition,) = parsed(typed)
    assert words == []
    assert condition.holds(FIELDS) is holds


def test_words_and_conditions_stand_beside_each_other() -> None:
    words, conditions = parsed('Court  reach>9 "my field"="a b" flight')
    assert words == ["court", "flight"]
    assert conditions == [Condition("reach", ">", "9"), Condition("my field", "=", "a b")]


@given(st.text(max_size=30))
def test_anything_can_be_typed(typed: str) -> None:
    words, conditions = parsed(typed)
    for condition in conditions:
        condition.holds(FIELDS)
    assert all(words)
