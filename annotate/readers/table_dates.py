"""Dates in a column of a table, all written in one way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from annotate.readers.capture import moment
from annotate.readers.dates import iso_date

_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ ,T]+\d{1,2}:\d\d.*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{4}|\d{6}|[T ]?\d\d:?\d\d.*)?")
_SECONDS = re.compile(r"(1\d{9}|[2-9]\d{8})(?:\d{3})?(?:\.\d+)?")  # since 1970, from 1976 on
_TWITTER = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) \d\d:\d\d:\d\d [+-]\d{4} (\d{4})")


@dataclass(frozen=True, slots=True)
class DateStyle:
    """Whether of `03/04/2025` the day comes first; None: nobody can tell."""

    day_first: bool | None = None

    def iso(self, stated: str) -> str:
        """A date as ISO 8601, "" where it cannot be told."""
        if not stated:
            return ""
        if match := _COMPACT.fullmatch(stated):
            return iso_date("-".join(match.groups()[:3]))
        if match := _SECONDS.fullmatch(stated):
            return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
        if match := _NUMBERS.fullmatch(stated):
            return self._numbers(match)
        if match := _TWITTER.fullmatch(stated):
            return iso_date(f"{match[2]} {match[1]} {match[3]}")
        return iso_date(stated) or moment(stated)[:10]

    def _numbers(self, match: re.Match[str]) -> str:
        one, other, year = match.groups()
        year = year if len(year) == 4 else f"{'19' if int(year) > 68 else '20'}{year}"
        day_first = True if "." in match[0][:6] and self.day_first is None else self.day_first
        if day_first is None and one != other:
            return ""
        day, month = (one, other) if day_first else (other, one)
        return iso_date(f"{year}-{int(month):02d}-{int(day):02d}")


def style_of(cells: Iterable[str]) -> DateStyle:
    """The style of a column, found from the dates in it that can only be meant one way."""
    pairs = [(int(match[1]), int(match[2])) for cell in cells if (match := _NUMBERS.fullmatch(cell.strip()))]
    day_first = any(one > 12 >= other for one, other in pairs)
    month_first = any(other > 12 >= one for one, other in pairs)
    return DateStyle(day_first if day_first != month_first else None)
