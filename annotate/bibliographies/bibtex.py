"""BibTeX and BibLaTeX, read by bibtexparser; LaTeX's accents and signs become letters."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from annotate.bibliographies import fields
from annotate.bibliographies.ris import spoken
from annotate.readers.blocks import one_line
from annotate.references import Reference

_BEGINS = re.compile(
    r"(?:\s|%[^\n]*\n)*@(?:(?:string|preamble|comment)\s*[{(]|[a-z]{3,20}\s*[{(]\s*[^\s,{}\"]{0,200},\s*[\w-]+\s*=)",
    re.IGNORECASE,
)
_LONGEST = 20_000  # code points of a field that is taken for LaTeX
_DEEPEST = 50  # braces in braces: the library recurses on them
_ESCAPED = re.compile(r"\\([_%&#$~{}])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def sniff(head: str) -> bool:
    return bool(_BEGINS.match(head))


def read(text: str) -> list[Reference]:
    """The entries in order; broken ones are left out."""
    parser = _library()
    return [_reference(entry) for entry in parser.parse_string(text).entries]


@cache
def _library() -> Any:
    import bibtexparser

    for name in ("bibtexparser", "pylatexenc"):  # they say on the terminal what is wrong with a file
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return bibtexparser


def _reference(entry: Any) -> Reference:
    stated = {field.key.lower(): str(field.value) for field in entry.fields}

    def said(*keys: str) -> str:
        return next((words for key in keys if (words := words_of(stated.get(key, "")))), "")

    links = [bare(stated.get(key, "")) for key in ("url", "howpublished", "note")]
    title, subtitle = said("title"), said("subtitle")
    return Reference(
        key=str(entry.key),
        title=f"{title}: {subtitle}" if title and subtitle else title,
        authors=tuple(_names(stated.get("author", ""))),
        date=_date(stated),
        outlet=said("journaltitle", "journal", "newspaper", "booktitle", "maintitle"),
        doi=fields.doi(bare(stated.get("doi", "")), *links),
        url=fields.address([link.removeprefix(r"\url{") for link in links]).rstrip("}"),
        language=fields.language(said("langid", "language", "hyphenation")),
        abstract=said("abstract"),
        attributes=fields.filled(
            {
                "type": said("entrysubtype") or str(entry.entry_type).lower(),
                "section": said("journalsubtitle", "section"),
                "edition": said("edition"),
                "volume": said("volume"),
                "issue": said("number", "issue"),
                "pages": said("pages").replace("–", "-"),
                "publisher": said("publisher", "institution", "organization"),
                "place": said("location", "address"),
                "issn": said("issn"),
                "isbn": said("isbn"),
                "editors": "; ".join(_names(stated.get("editor", ""))),
                "keywords": said("keywords"),
                "accessed": fields.date(stated.get("urldate", "")),
            }
        ),
        files=tuple(_files(stated.get("file", ""))),
    )


def words_of(stated: str) -> str:
    """A field's words as they are printed."""
    if ("\\" in stated or "$" in stated) and len(stated) <= _LONGEST and _depth(stated) < _DEEPEST:
        stated = _printed(stated)
    else:
        stated = stated.replace("--", "–").replace("``", "“").replace("''", "”").replace("~", " ")
    return one_line(re.sub(r"[{}]", "", stated))


def _printed(stated: str) -> str:
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexWalkerError

    _library()
    protected = re.sub(r"(?<!\\)%", r"\\%", stated)  # in a bibliography it is no comment
    try:
        return str(LatexNodes2Text(math_mode="text").latex_to_text(protected))
    except (LatexWalkerError, RecursionError, ValueError, IndexError, TypeError, AttributeError, KeyError):
        return bare(stated)


def _depth(stated: str) -> int:
    depth = deepest = 0
    for sign in re.findall(r"[{}]", stated):
        depth += 1 if sign == "{" else -1
        deepest = max(deepest, depth)
    return deepest


def bare(stated: str) -> str:
    """An address or path: only the signs that LaTeX wants escaped are put right."""
    return _ESCAPED.sub(r"\1", stated).strip()


def _names(stated: str) -> Iterator[str]:
    """People divided by "and"; what stands in braces is one name."""
    stated = " ".join(stated.split())
    pieces: list[str] = []
    depth = place = 0
    for match in re.finditer(r"[{}]| and ", stated):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth <= 0:
            pieces.append(stated[place : match.start()])
            place = match.end()
    for piece in (*pieces, stated[place:]):
        name = piece.strip()
        is_whole = name.startswith("{") and name.endswith("}") and name.count("{") == 1
        words = words_of(name)
        if words and words != "others":
            yield words if is_whole else _in_order(words)


def _in_order(name: str) -> str:
    """ "Lee, Ann" and BibTeX's "Lee, Jr., Ann" as they are spoken."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[2]} {parts[0]}, {parts[1]}" if len(parts) == 3 else spoken(name)


def _date(stated: dict[str, str]) -> str:
    if found := fields.date(re.sub(r"[{}]", "", stated.get("date", ""))):
        return found
    year, month = words_of(stated.get("year", "")), words_of(stated.get("month", "")).lower()
    day = words_of(stated.get("day", ""))
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdecimal() else 0
    return fields.date(f"{year}-{number:02d}-{day if day.isdecimal() else ''}" if number else year)


def _files(stated: str) -> Iterator[str]:
    r"""Zotero's and JabRef's `Title:path:type;...` with `\:` `\;` `\\` escaped, or paths alone with `;` between."""
    for one in re.split(r"(?<!\\);", stated):
        parts = re.split(r"(?<!\\):", one)
        has_type = len(parts) >= 3 and ("/" in parts[-1] or parts[-1].isalnum())
        path = ":".join(parts[1:-1]) if has_type else one
        path = re.sub(r"\\([\\:;_%&#{}])", r"\1", path).strip().strip("{}")
        if path:
            yield path
