"""What is typed to narrow the list of articles: words, and conditions on fields (`region=North`, `reach>10`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

OPERATORS = ("<=", ">=", "!=", "=", "<", ">")
_TOKEN = re.compile(
    r"""(?P<name>[^\s=<>!"]+|"[^"]+")(?P<sign><=|>=|!=|=|<|>)(?P<value>"[^"]*"|\S*) | (?P<word>\S+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """`name` is in lower case; `value` as typed."""

    name: str
    sign: str
    value: str

    def holds(self, fields: Mapping[str, str]) -> bool:
        """Whether it is true of an article whose fields have these values, their names in lower case.

        Numbers are compared as numbers, the rest as text without regard to case; a date that is a year or month
        (`date=2025`) holds for all days in it. A field that is not there, or is empty, only holds for `!=`.
        """
        stated = fields.get(self.name, "").strip()
        if not stated:
            return (self.sign == "!=") == bool(self.value)
        if not self.value:
            return self.sign == "!="
        if self.name == "date":
            stated = stated[: len(self.value)]
        return self._compare(stated)

    def _compare(self, stated: str) -> bool:
        one: float | str
        other: float | str
        try:
            one, other = float(stated.replace(",", ".")), float(self.value.replace(",", "."))
        except ValueError:
            one, other = stated.casefold(), self.value.casefold()
        return {
            "=": one == other,
            "!=": one != other,
            "<": one < other,  # type: ignore[operator]
            ">": one > other,  # type: ignore[operator]
            "<=": one <= other,  # type: ignore[operator]
            ">=": one >= other,  # type: ignore[operator]
        }[self.sign]


def parsed(typed: str) -> tuple[list[str], list[Condition]]:
    """The words, in lower case, and the conditions in what was typed."""
    words, conditions = [], []
    for found in _TOKEN.finditer(typed):
        if found["name"]:
            name = found["name"].strip('"').casefold()
            conditions.append(Condition(name, found["sign"], found["value"].strip('"')))
        else:
            words.append(found["word"].casefold())
    return words, conditions
