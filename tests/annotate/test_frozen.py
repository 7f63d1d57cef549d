"""Values behave as frozen dataclasses do."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, fields, replace
from typing import Any

import pytest

from annotate.frozen import frozen
from annotate.model import Code, Coder, Highlight


@frozen
class Pair:
    """Two things."""

    left: str
    right: int = 0
    more: list[str] = field(default_factory=list)

    @property
    def both(self) -> str:
        return f"{self.left}{self.right}"


@dataclass(frozen=True, slots=True)
class Plain:
    left: str
    right: int = 0


def test_values_are_equal_where_class_and_fields_are() -> None:
    assert Pair("a", 1) == Pair("a", 1) != Pair("a", 2)
    assert Pair("a", 1) != Plain("a", 1)
    assert Pair("a", 1) != ("a", 1)


def test_values_are_hashed_by_their_fields() -> None:
    assert len({Coder("1", "Ana"), Coder("1", "Ana"), Coder("2", "Ana")}) == 2
    with pytest.raises(TypeError):
        hash(Pair("a"))  # it holds a list


def test_values_say_what_is_in_them() -> None:
    assert repr(Pair("a", 1)) == "Pair(left='a', right=1, more=[])"


def test_a_changed_copy_leaves_the_first_alone() -> None:
    first = Pair("a", 1, ["x"])
    second = replace(first, right=2)
    assert (first.right, second.right, second.both) == (1, 2, "a2")
    assert Pair("a").more is not Pair("a").more
    assert [each.name for each in fields(first)] == ["left", "right", "more"]


def test_values_go_to_other_processes() -> None:
    mark = Highlight("h", "a", "c", None, 1, 2, parts=((1, 2),))
    assert pickle.loads(pickle.dumps(mark)) == mark


def test_values_have_no_room_for_anything_else() -> None:
    code: Any = Code("1", "t", None, "", "Legality")
    with pytest.raises(AttributeError):
        code.colours = "teal"
