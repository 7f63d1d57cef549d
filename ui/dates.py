"""Dates and times as a person reads them."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QLocale

MONTHS = QLocale(QLocale.Language.English)


def spoken_date(date: str) -> str:
    """An ISO date, or a year or month alone, as one writes it: "12 March 2025"."""
    parts = date.split("T")[0].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return date
    year, month, day = (*parts, "", "")[:3]
    if not month or not 1 <= int(month) <= 12:
        return date
    name = QLocale().standaloneMonthName(int(month))
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def short_date(stored: str) -> str:
    """`2025-03-12` as `12 Mar 2025`."""
    parts = stored.split("-")
    if len(parts) < 2 or not all(part.isdecimal() for part in parts):
        return stored
    month = MONTHS.monthName(int(parts[1]), QLocale.FormatType.ShortFormat) or parts[1]
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{month} {parts[0]}"


def moment(stored: str) -> str:
    """A UTC time as local `14:02` today, `3 Nov 14:02` this year, `3 Nov 2024` before."""
    if not stored:
        return ""
    at = datetime.fromisoformat(stored.replace("Z", "+00:00")).astimezone()
    today = date.today()
    month = MONTHS.monthName(at.month, QLocale.FormatType.ShortFormat)
    if at.date() == today:
        return f"{at:%H:%M}"
    return f"{at.day} {month} {at:%H:%M}" if at.year == today.year else f"{at.day} {month} {at.year}"
