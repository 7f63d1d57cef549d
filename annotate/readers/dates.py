"""Dates as articles state them, told as ISO 8601."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro januari января январь",
            "february feb februar février fevrier febrero febbraio fevereiro februari февраля февраль",
            "march mar märz mär mars marzo março maart марта март",
            "april apr avril abril aprile апреля апрель",
            "may mai mayo maggio maio mei maj мая май",
            "june jun juni juin junio giugno junho июня июнь",
            "july jul juli juillet julio luglio julho июля июль",
            "august aug août aout agosto augustus августа август",
            "september sep sept septembre septiembre settembre setembro сентября сентябрь",
            "october oct oktober octobre octubre ottobre outubro октября октябрь",
            "november nov novembre noviembre novembro ноября ноябрь",
            "december dec dezember décembre decembre diciembre dicembre dezembro декабря декабрь",
        ),
        1,
    )
    for name in names.split()
}
_EARLIEST = 1400
_LONGEST = 400  # code points of a line in which a date is looked for
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:[T ]\d\d:\d\d.*)?")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_WEEKDAY = re.compile(r"^[^\W\d]{2,12}(?:day|tag|di|s|o|a)?,\s+")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?([^\W\d]{3,10})\.?,?\s+(?:de\s+)?(\d{4})"
)
_MONTH_FIRST = re.compile(r"([^\W\d]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_MONTH_ONLY = re.compile(r"([^\W\d]{3,10})\.?\s+(\d{4})")
_WITHIN = re.compile(
    r"(?<!\d)(?:\d{4}-\d\d(?:-\d\d)?|\d{4}[/.]\d{1,2}[/.]\d{1,2}|\d{1,2}\.\d{1,2}\.\d{4}"
    rf"|{_DAY_FIRST.pattern}|{_MONTH_FIRST.pattern}|{_MONTH_ONLY.pattern})(?!\d)"
)
_EASTERN = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?")
_CLOCK = re.compile(
    r"[\s,|•·-]*(?:at\s+)?\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AboutDate:
    """A line cut at its date; `date` is ISO 8601, "" where there is none and `before` is all."""

    before: str
    date: str = ""
    behind: str = ""


def iso_date(stated: str) -> str:
    """`12 March 2025`, `Mar 12, 2025, 10:30`, `12.3.2025`, `2025-03-12T10:30Z` as `2025-03-12`.

    A month alone gives `2025-03`, a year alone `2025`. `03/04/2025` gives "", since it may be March or April.
    Anything else, or a date with other words about it, gives "".
    """
    text = stated.strip().rstrip(".")
    if match := _ISO.fullmatch(text):
        return _joined(*match.groups())
    text = _WEEKDAY.sub("", _CLOCK.sub("", text))
    if match := _SLASHED.fullmatch(text):
        return _joined(*match.groups())
    if match := _DOTTED.fullmatch(text):
        return _joined(match[3], match[2], match[1])
    if match := _DAY_FIRST.fullmatch(text):
        return _named(match[3], match[2], match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return _named(match[3], match[1], match[2])
    if match := _MONTH_ONLY.fullmatch(text):
        return _named(match[2], match[1], None)
    return ""


def date_within(line: str) -> str:
    """The first date in a line with other words about it (`January 11, 2010 Monday, Final Edition`) or ""."""
    return about_date(line).date


def about_date(line: str) -> AboutDate:
    """The first date in a line, and the words before and behind it."""
    if match := _EASTERN.search(line[:_LONGEST]):
        return AboutDate(line[: match.start()], _joined(*match.groups()), line[match.end() :])
    place = 0
    while match := _WITHIN.search(line, place, _LONGEST):
        if found := iso_date(match[0]):
            return AboutDate(line[: match.start()], found, line[match.end() :])
        place = match.start() + 1
    return AboutDate(line)


def _named(year: str, month: str, day: str | None) -> str:
    number = _MONTHS.get(month.casefold())
    return _joined(year, str(number), day) if number else ""


def _joined(year: str, month: str | None, day: str | None) -> str:
    if int(year) < _EARLIEST:  # 0001-01-01 stands for no date on some pages
        return ""
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])
