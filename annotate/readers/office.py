"""From the lines of an office document to a draft: which title, author and date can be trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotate.model import BlockKind, Draft
from annotate.readers.blocks import Line, compose, one_line, same_words
from annotate.readers.contract import no_text, stem
from annotate.readers.dates import iso_date
from annotate.readers.plain import SECTIONS, TITLE_LONGEST, is_title

_JUNK_TITLE = re.compile(
    r"microsoft word\b.*|(?:untitled|document|dokument|sans titre|unbenannt|title|titel)[\s\d]*|.*\.[a-z]{3,4}"
    r"|\W*",
    re.IGNORECASE,
)
_JUNK_AUTHOR = re.compile(
    r"(?:windows[- ])?user|admin\w*|owner|author|unknown|anonymous|\S*-user|python-docx|docx4j|apache poi"
    r"|(?:microsoft|office|ms)\b.*|.*\bmicrosoft\b.*|.*майкрософт|\W*",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von|par|por|di)[: ]\s*(\S[^!?;:]{1,59}[^!?;:.])$", re.IGNORECASE)
_MARKS = re.compile(r"\[(?:\d{1,3}|[ivx]{1,5})\]")  # of notes
_COVER = 40  # lines in which a title page ends
_TOP = 6  # lines in which title, author and date are looked for


@dataclass(frozen=True, slots=True)
class About:
    """What a document states of itself; `styled` is the text of its title paragraph, where it has one."""

    title: str = ""
    author: str = ""
    language: str = ""
    created: str = ""
    modified: str = ""
    styled: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def office_draft(lines: Sequence[Line], about: About, name: str, notes: Sequence[str] = ()) -> Draft:
    """The draft of a document.

    The title is its title paragraph, else the heading it begins with, else what the properties say. The date
    is one that stands at the top of the text: the properties' dates tell of the file, so they become
    attributes. UserError where there is no text.
    """
    kept = [line for line in lines if line.text]
    if not kept:
        raise no_text(name)
    title = _title(kept, about)
    begins = bool(title) and same_words(_MARKS.sub("", kept[0].text), title)
    text, layout = compose(kept, kept[0].text if begins else "")
    dates = {"created": iso_date(about.created), "modified": iso_date(about.modified)}
    return Draft(
        text,
        title=title or stem(name),
        author=_byline(kept) or _author(about.author),
        date=next((date for line in kept[:_TOP] if (date := iso_date(line.text))), ""),
        language=language_code(about.language),
        attributes={**about.attributes, **{key: date for key, date in dates.items() if date}},
        layout=layout,
        notes=tuple(notes),
    )


def _title(lines: list[Line], about: About) -> str:
    top = [_MARKS.sub("", line.text).strip() for line in lines[:_TOP]]
    stated = one_line(about.title)
    if about.styled and any(line.text == about.styled for line in lines[:_COVER]):
        return _MARKS.sub("", about.styled).strip()
    if _JUNK_TITLE.fullmatch(stated) or len(stated) > TITLE_LONGEST * 2:
        stated = ""
    if stated and any(same_words(line, stated) for line in top):
        return stated
    headings = [text for text, line in zip(top[:3], lines, strict=False) if line.kind is BlockKind.HEADING]
    if headings and headings[0] == top[0] and top[0].casefold() not in SECTIONS:
        return top[0]
    if stated or headings:
        return stated or headings[0]
    return top[0] if len(lines) > 1 and lines[0].kind is BlockKind.PARAGRAPH and is_title(top[0]) else ""


def _byline(lines: list[Line]) -> str:
    found = (_BYLINE.match(line.text) for line in lines[1:_TOP] if line.kind is BlockKind.PARAGRAPH)
    return next((match[1].strip() for match in found if match and match[1][0].isupper()), "")


def _author(stated: str) -> str:
    author = one_line(stated)
    return "" if _JUNK_AUTHOR.fullmatch(author) or len(author) > 120 else author


def language_code(stated: str) -> str:
    """ "en" for "en-GB"."""
    match = re.match(r"([a-zA-Z]{2,3})(?:[-_]|$)", stated.strip())
    return match[1].lower() if match else ""


def counted(number: int, what: str, did: str = "left out") -> tuple[str, ...]:
    """A note such as "3 tracked deletions left out.", none for 0. `what` is in the singular."""
    if not number:
        return ()
    return (f"{number} {what}{'' if number == 1 else 's'} {did}.",)
