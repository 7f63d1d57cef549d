"""Articles shared out: by the seed alone, groups together, shares held; and the words around a quote."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.context import words_after, words_before
from annotate.errors import UserError
from annotate.splitting import Item, divided, split_of

items = st.lists(st.integers(0, 60), unique=True, max_size=60).map(
    lambda numbers: [Item(f"a{n}", f"{n * 7919:064x}", f"code {n % 3}") for n in numbers]
)


@given(items, st.integers(0, 9), st.dictionaries(st.integers(0, 60), st.integers(0, 4)), st.randoms())
def test_groups_stay_together_and_order_does_not_matter(held, seed, groups, chance) -> None:
    split = split_of("70/20/10", seed)
    assert split is not None
    together = {f"a{n}": f"group {g}" for n, g in groups.items()}
    parts = divided(held, together, split)
    assert parts.keys() == {item.id for item in held}
    for name in set(together.values()):
        assert len({parts[item.id] for item in held if together.get(item.id) == name}) <= 1
    mixed = list(held)
    chance.shuffle(mixed)
    assert divided(mixed, together, split) == parts


def test_shares_are_held_in_every_stratum() -> None:
    held = [Item(f"a{n}", f"{n * 7919:064x}", f"code {n % 4}") for n in range(400)]
    split = split_of("80/10/10", 3)
    assert split is not None
    parts = divided(held, {}, split)
    assert Counter(parts.values()) == {"train": 320, "dev": 40, "test": 40}
    for stratum in {item.stratum for item in held}:
        number = Counter(parts[item.id] for item in held if item.stratum == stratum)
        assert abs(number["test"] - 10) <= 1
    other = split_of("80/10/10", 4)
    assert other is not None
    assert divided(held, {}, other) != parts


def test_what_is_a_split_is_said() -> None:
    two = split_of("3/1")
    assert two is not None
    assert two.shares == (0.75, 0.0, 0.25)
    assert set(divided([Item(f"a{n}", str(n)) for n in range(40)], {}, two).values()) == {"train", "test"}
    assert split_of(" ") is None
    for said in ("80", "a/b", "1/-1", "0/0/0", "nan/1", "1/2/3/4"):
        with pytest.raises(UserError, match="is no split"):
            split_of(said)


@given(st.text(st.sampled_from("ab é😀法\n .,"), max_size=80), st.integers(0, 80), st.integers(0, 6))
def test_words_around_are_of_the_text(text: str, place: int, number: int) -> None:
    place = min(place, len(text))
    before, after = words_before(text, place, number), words_after(text, place, number)
    assert text[place - len(before) : place] == before
    assert text[place : place + len(after)] == after


def test_so_many_words() -> None:
    text = "One two, three four. Five six"
    at = text.index("four")
    assert words_before(text, at, 2) == "two, three "
    assert words_after(text, at + 4, 1) == ". Five"
    assert words_before("法院裁定", 3, 2) == "院裁"
    assert words_before(text, at, 0) == words_after(text, at, 0) == ""
