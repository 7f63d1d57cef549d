"""Where and when a page was saved, as the program that saved it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC
from urllib.parse import urlsplit

from annotate.model import Draft
from annotate.readers.blocks import one_line
from annotate.readers.dates import iso_date

_BROWSER = re.compile(
    r"\s*(?:[A-Za-z]{3},?\s+)?([A-Za-z]{3})\s+(\d{1,2})\s+(\d{4})"
    r"(?:\s+([0-2]\d:[0-5]\d:[0-5]\d)(?:\s+(?:GMT|UTC)([+-]\d{4})?)?(?:\s+\([^()]*\))?)?\s*"
)  # Tue Nov 12 2024 10:11:12 GMT+0100 (Central European Standard Time)

_HEAD = 16384  # code points in which a page says where it comes from
_SINGLE_FILE = re.compile(
    r"<!--\s*(?:Page (?:saved|archived) with|Archive processed by) SingleFile(.{0,6000}?)-->",
    re.IGNORECASE | re.DOTALL,
)
_SAID = re.compile(r"^[ \t]*(url|saved date):[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_SAVE_PAGE_WE = re.compile(
    r"<meta name=[\"']?savepage-(url|date)[\"']? content=[\"']?([^\"'>]{1,2000})", re.IGNORECASE
)
_BROWSER_SAVE = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)(\S{1,4000})\s*-->", re.IGNORECASE)
_DATA = re.compile(r"data:(?<=[\"'(=]data:)[a-zA-Z]+/[\w.+-]+(?:;[\w=-]+)*,[^\s\"'<>()]{64,}")


@dataclass(frozen=True, slots=True)
class Capture:
    """The address a page was saved from, and the moment as ISO 8601 with its zone; empty where unknown."""

    url: str = ""
    moment: str = ""


def stated_in(page: str) -> Capture:
    """What SingleFile, Save Page WE or a browser's "complete page" wrote into the page when it was saved."""
    head = page[:_HEAD]
    if match := _SINGLE_FILE.search(head):
        told = {key.lower(): value for key, value in _SAID.findall(match[1].replace("\r", ""))}
        return Capture(told.get("url", ""), moment(told.get("saved date", "")))
    if said := {key.lower(): value for key, value in _SAVE_PAGE_WE.findall(head)}:
        return Capture(said.get("url", ""), moment(said.get("date", "")))
    match = _BROWSER_SAVE.search(head)
    return Capture(match[1] if match else "")


def without_data(page: str) -> str:
    """The page without the pictures and fonts that stand in it as long `data:` addresses."""
    return _DATA.sub("data:,", page) if "data:" in page else page


def with_capture(draft: Draft, capture: Capture) -> Draft:
    """The draft with the address it was really saved from; another one that the page claims is kept apart."""
    about = dict(draft.attributes)
    url = web_address(capture.url)
    if url and draft.url and url != draft.url:
        about["canonical url"] = draft.url
    if capture.moment:
        about["captured"] = capture.moment
    return replace(draft, url=url or draft.url, attributes=about)


def web_address(stated: str) -> str:
    """The address if it is one on the web, else ""."""
    try:
        is_web = urlsplit(stated.strip()).scheme in ("http", "https")
    except ValueError:
        return ""
    return one_line(stated) if is_web else ""


def moment(stated: str) -> str:
    """A moment as e-mail (`Mon, 17 Dec 2018 11:28:18 -0000`) and browsers write it, as ISO 8601; else ""."""
    match = _BROWSER.fullmatch(stated)
    return _of_browser(*match.groups()) if match else _of_mail(stated)


def _of_browser(month: str, day: str, year: str, clock: str | None, zone: str | None) -> str:
    date = iso_date(f"{day} {month} {year}")
    if not date or not clock:
        return date
    return f"{date}T{clock}" + ("Z" if zone in (None, "+0000") else f"{zone[:3]}:{zone[3:]}")


def _of_mail(stated: str) -> str:
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.isoformat().replace("+00:00", "Z")
