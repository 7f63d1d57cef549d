"""What LexisNexis states in all its formats: labelled fields in several languages, and the order of an article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from annotate.model import BlockKind
from annotate.readers.blocks import Line, one_line
from annotate.readers.database import Entry
from annotate.readers.dates import about_date
from annotate.readers.languages import language_code

COVER = re.compile(r"(?:Request|Printopdracht):[^:\n]{0,60}:[ \t]*(\d[\d, \t-]*)$", re.MULTILINE)
RIGHTS = re.compile(
    r"(?:copyright|copr\.|copy \d{4}|©|\(c\)|all rights reserved|alle rechte vorbehalten|tous droits r|"
    r"todos los derechos|alle rechten voorbehouden)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"([^\W\d_][\w./ -]{2,30}?)\s?:(?:\s+|$)")
_PAGE = re.compile(r"(?:pg\.|page|s\.|p\.|pág\.|blz\.)\s*([\w-]+)(?:,?\s+(.*))?", re.IGNORECASE)
_VERSION = re.compile(r"version:\s*(\S+)", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|"
    r"sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\b\d{1,2}:\d\d(?::\d\d)?(?:\s*[AP]M)?(?:\s*[A-Z]{2,5}(?:[+-]\d{1,2}(?::\d\d)?)?)?\b")

TITLE, AUTHOR, LENGTH, LANGUAGE, URL = "title", "author", "length", "language", "url"
BODY, ABSTRACT, NONE = "body", "abstract", ""
FIELDS = {
    label: key
    for key, labels in (
        (TITLE, "headline, titel, titre, título, überschrift"),
        (AUTHOR, "byline, autor, auteur, author"),
        (LENGTH, "length, länge, longueur, longitud, lengte, lunghezza"),
        (LANGUAGE, "language, sprache, langue, idioma, taal, lingua"),
        (BODY, "body, haupttext"),
        (ABSTRACT, "highlight, encart, zusammenfassung, samenvatting, resumen"),
        (URL, "url"),
        (NONE, "load date, update, date chargement, fecha carga, end of document"),
        ("section", "section, rubrik, rubrique, sección, sectie, sezione"),
        ("dateline", "dateline, ort"),
        ("series", "series, serie"),
        ("column", "column"),
        ("graphic", "graphic, grafik, graphique, gráfico, bild"),
        ("correction", "correction, correction date, korrektur"),
        ("notes", "notes, note, anmerkung"),
        ("subjects", "subject, thema, sujet, tema, term"),
        ("organisations", "organization, organisation, organisationen"),
        ("companies", "company, firma, unternehmen, societe, société, empresa"),
        ("tickers", "ticker, symbole boursier"),
        ("industries", "industry, branche, secteur activite"),
        ("people", "person, personne, persona"),
        ("places", "geographic, city, state, country, localisation geo, region"),
        ("publication type", "publication type, type publication, pub type"),
        ("source code", "journal code, zeitungs code, code revue"),
        ("type", "type, document type"),
        ("document id", "acc no, accession no, accession number"),
        ("issn", "issn"),
        ("distribution", "distribution"),
        ("category", "category"),
    )
    for label in labels.split(", ")
}
MARKERS = {  # lines of Nexis Uni that stand over what belongs to them
    "classification": NONE,
    "klassifizierung": NONE,
    "clasificación": NONE,
    "link to image": NONE,
    "link to pdf": NONE,
    "graphic": "graphic",
    "grafik": "graphic",
    "correction": "correction",
    "notes": "notes",
}
_SEVERAL = frozenset(
    ("graphic", "correction", "notes", ABSTRACT)
)  # fields that may run over several paragraphs
_HEAD = 6  # parts in which the date is looked for
_RUN_ON = 4  # paragraphs that such a field has at most at the end of an article


@dataclass(frozen=True, slots=True)
class Part:
    """What stands together in the file: a paragraph, a field or a line of the head, as lines."""

    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def field(self) -> tuple[str, str] | None:
        """The key of its label and the value behind it, where it begins with a label that is known or is a marker."""
        if (marked := MARKERS.get(self.words.casefold())) is not None:
            return marked, ""
        match = _LABEL.match(self.words)
        key = FIELDS.get(match[1].casefold().replace("-", " ").strip()) if match else None
        return None if match is None or key is None else (key, self.words[match.end() :].strip())

    @property
    def is_rights(self) -> bool:
        return bool(RIGHTS.match(self.words))


def entry_of(parts: Sequence[Part]) -> Entry:
    """An article whose outlet, date and headline stand before its fields, in this order."""
    entry = Entry()
    at = _take_head(entry, parts)
    at = _take_headline(entry, parts, at)
    end = tail_of(parts, at)
    take_fields(entry, parts[at:end])
    take_tail(entry, parts[end:])
    return entry


def _take_head(entry: Entry, parts: Sequence[Part]) -> int:
    """Outlet, date and edition; gives the place of what follows."""
    head = list(takewhile(lambda part: not part.field, parts[:_HEAD]))
    for place, part in enumerate(head):
        names = [line.text for line in part.lines]
        at = next((at for at, name in enumerate(names) if is_date(name)), len(names))
        named = [name for name in names[:at] if not RIGHTS.match(name)]
        if not entry.outlet:
            entry.outlet = " ".join(named)
        if at < len(names):
            take_date(entry, names[at:])
            return place + 1
    return min(1, len(head))


def is_date(line: str) -> bool:
    """Whether a line begins with a date, a weekday before it not counted."""
    about = about_date(line)
    return bool(about.date) and len(_WEEKDAY.sub("", about.before).strip(" ,")) < 3


def take_date(entry: Entry, lines: Sequence[str]) -> None:
    """The date in the first line; what else is told beside and under it is the edition."""
    about = about_date(lines[0])
    entry.date = about.date
    if clock := _CLOCK.search(about.behind):
        entry.put("time", clock[0])
    rest = [_WEEKDAY.sub("", _CLOCK.sub("", about.behind)), *lines[1:]]
    entry.put("edition", "; ".join(told for each in rest if (told := one_line(each).strip(" ,;"))))


def _take_headline(entry: Entry, parts: Sequence[Part], at: int) -> int:
    """The headline, and lines under it; without a field to end it, one part is the headline."""
    end = next((place for place, part in enumerate(parts) if place >= at and part.field), at + 1)
    heads = [part for part in parts[at:end] if not part.is_rights]
    if heads:
        entry.title = heads[0].words
        entry.lines += [Line(part.words, BlockKind.HEADING, 2) for part in heads[1:]]
    return min(end, len(parts))


def tail_of(parts: Sequence[Part], at: int) -> int:
    """Where the fields behind the text begin, all of which to the end are fields or tell rights."""
    end, known = len(parts), set()
    while end > at:
        steps = range(1, min(_RUN_ON, end - at) + 1)
        back = next((step for step in steps if parts[end - step].is_rights or parts[end - step].field), 0)
        label = parts[end - back].field if back else None
        key = label[0] if label else NONE
        if not back or (back > 1 and (key not in _SEVERAL or key in known)):
            break
        known.add(key)
        end -= back
    return end


def take_fields(entry: Entry, parts: Sequence[Part]) -> None:
    """Fields before the text, and the text; a label in its midst is part of it."""
    waiting = ""
    body = False
    for part in parts:
        field = None if body else part.field
        if waiting and field is None:
            take_field(entry, waiting, part.words)
            waiting = ""
        elif field is None:
            body = True
            entry.lines += part.lines
        elif field[0] == BODY:
            body = True
            entry.lines += [Line(_LABEL.sub("", part.lines[0].text, count=1)), *part.lines[1:]]
        elif field[1]:
            take_field(entry, *field)
        else:
            waiting = field[0]


def take_tail(entry: Entry, parts: Sequence[Part]) -> None:
    """Fields behind the text; what follows a field without a label belongs to it."""
    key = NONE
    for part in parts:
        if part.is_rights:
            key = NONE
        elif field := part.field:
            key = field[0]
            take_field(entry, *field)
        else:
            take_field(entry, key, part.words)


def take_field(entry: Entry, key: str, value: str) -> None:
    match key:
        case "title":
            entry.title = entry.title or one_line(value)
        case "author":
            entry.put_author(value)
        case "length":
            entry.put_length(value)
        case "language":
            entry.language = language_code(value)
        case "section":
            _take_section(entry, value)
        case "abstract":
            entry.lines.append(Line(one_line(value)))
        case "url":
            entry.url = one_line(value)
        case "" | "body":
            pass
        case _:
            entry.put(key, value)


def _take_section(entry: Entry, value: str) -> None:
    """`NEWS; Pg. 3`, `Section B; Page 22, Column 2; National Desk`, `POLITICS; Version:28`."""
    rest = []
    for piece in map(str.strip, one_line(value).split(";")):
        if match := _VERSION.fullmatch(piece):
            entry.put("version", match[1])
        elif match := _PAGE.fullmatch(piece):
            entry.put("page", match[1])
            rest += [match[2]] if match[2] else []
        elif piece:
            rest.append(piece)
    entry.put("section", "; ".join(rest))
