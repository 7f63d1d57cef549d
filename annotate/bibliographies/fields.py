"""What bibliographies of all formats state in their own ways: dates, addresses, languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from annotate.readers.blocks import one_line
from annotate.readers.dates import iso_date
from annotate.references import find_doi

_DATE = re.compile(r"(-?\d{4})(?:[-/](\d{1,2})?(?:[-/](\d{1,2})?)?)?")
_CODE = re.compile(r"([a-zA-Z]{2,3})(?:[-_][\w-]{2,12})?")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|su[bp]|sc|span)(?:\s[^<>]{0,80})?/?>", re.IGNORECASE)
_LANGUAGES = {
    name: code
    for code, names in {
        "ar": "arabic", "cs": "czech", "da": "danish dansk", "de": "german ngerman deutsch austrian naustrian",
        "el": "greek", "en": "english american british usenglish ukenglish", "es": "spanish español",
        "fi": "finnish", "fr": "french français francais", "he": "hebrew", "hu": "hungarian magyar",
        "it": "italian italiano", "ja": "japanese", "ko": "korean", "nl": "dutch nederlands",
        "no": "norwegian norsk", "pl": "polish polski", "pt": "portuguese português brazilian",
        "ru": "russian", "sv": "swedish svenska", "tr": "turkish", "uk": "ukrainian", "zh": "chinese",
    }.items()
    for name in names.split()
}  # fmt: skip


def date(stated: str) -> str:
    """`2014/07/04/`, `2014//`, `2014-07-04/2014-08`, `4 July 2014` as ISO 8601: of a range its beginning."""
    words = stated.strip().rstrip("/~?% ")
    match = _DATE.match(words)
    if match is None:
        return iso_date(words)
    year, month, day = match.groups()
    parts = [year, *(f"{int(part):02d}" for part in (month, day if month else None) if part and int(part))]
    return iso_date("-".join(parts)) or iso_date(year)


def doi(*stated: str) -> str:
    """The first DOI in these fields, lower case and bare."""
    return next((found for found in map(find_doi, stated) if found), "")


def address(stated: Sequence[str]) -> str:
    """The first web address."""
    return next((each.strip() for each in stated if re.match(r"\s*https?://", each, re.IGNORECASE)), "")


def language(stated: str) -> str:
    """The code in lower case without region, for `en-GB` as for `ngerman`; "" for what is no language."""
    name = stated.strip().casefold()
    if name in _LANGUAGES:
        return _LANGUAGES[name]
    match = _CODE.fullmatch(name)
    return match[1] if match else ""


def clean(stated: str) -> str:
    """On one line, without the few tags that titles may have."""
    return one_line(_MARKUP.sub("", stated))


def filled(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes that say something, on one line each."""
    return {key: words for key, value in attributes.items() if (words := clean(value))}


def pages(first: str, last: str) -> str:
    return f"{first}-{last}" if first and last and first != last else first
