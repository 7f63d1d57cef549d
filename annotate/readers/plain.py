"""Plain text in any encoding: nothing is cut, what stands at the top is recognised."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Draft, Layout, Span
from annotate.readers.contract import no_text, stem
from annotate.readers.dates import iso_date
from annotate.readers.encoding import decode
from annotate.text import lines, normalise

NAME = "plain text"
SUFFIXES = (".txt", ".text", ".asc", ".log")

TITLE_LONGEST = 160  # code points
_SENTENCE_END = re.compile(r"[.!?:;,…。！？؟]['\"”’»)\]]*$")
_ITEM = re.compile(r"(\s*)(?:[-*•‣▪–]|\d{1,3}[.)]|[a-z]\))\s+\S")
_QUOTE = re.compile(r"\s*((?:>\s?)+)\S")
_BYLINE = re.compile(r"(?:by|von|par|por|di)[: ]\s*(\S.{2,60})$", re.IGNORECASE)
_NAME_WORD = re.compile(
    r"[A-Z0-9À-ÞĀ-Ž&][\w.'’&-]*|of|the|and|de|la|le|les|del|des|der|die|das|da|do|di|el|for|&|\|"
)
SECTIONS = frozenset(("abstract", "summary", "introduction", "background", "overview", "contents", "preface"))
_BODY = 200  # code points that a line has at least to be certain body text


def sniff(head: bytes) -> bool:
    """Never certain: any text may be a text in some other format."""
    return False


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """The text as decoded, as one draft; UserError where the bytes are no text."""
    found = decode(data)
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    draft = read_text(found.text, name)
    return [replace(draft, notes=(found.note,)) if found.note else draft]


def read_text(raw: str, name: str) -> Draft:
    """A draft of text that is already decoded (a pasted one, for instance), normalised but not cut."""
    text = normalise(raw)
    filled = [(start, end) for start, end in lines(text) if not text[start:end].isspace() and end > start]
    if not filled:
        raise no_text(name)
    top = _top(text, filled)
    return replace(top, title=top.title or stem(name), split_at=tuple(_run_ons(text, filled)))


def split(draft: Draft) -> list[Draft]:
    """The draft cut at its `split_at`, each part with its own title; joined, their texts are the draft's."""
    cuts = [0, *draft.split_at, len(draft.text)]
    first, *others = [
        read_text(draft.text[start:end], draft.title) for start, end in itertools.pairwise(cuts)
    ]
    kept = replace(draft, text=first.text, layout=first.layout, split_at=())
    return [
        kept,
        *(replace(part, attributes=draft.attributes, notes=draft.notes, split_at=()) for part in others),
    ]


def _top(text: str, filled: list[Span]) -> Draft:
    """Title, outlet, author and date from the lines that stand first, and the kinds of all lines."""
    words = [text[start:end].strip() for start, end in filled[:5]]
    title = words[0] if len(filled) > 1 and is_title(words[0]) else ""
    found: dict[str, str] = {}
    for line in words[1:] if title else ():
        kind = _top_line(line)
        if not kind or kind[0] in found:
            break
        found[kind[0]] = kind[1]
    blocks = [_block(text, span, title=bool(title) and span == filled[0]) for span in filled]
    told = tuple(block for block in blocks if block.kind is not BlockKind.PARAGRAPH)
    outlet, author, date = (found.get(key, "") for key in ("outlet", "author", "date"))
    return Draft(text, title, outlet, author, date, layout=Layout(told))


def _top_line(line: str) -> tuple[str, str] | None:
    """What a line under the title says, as (field, value); None where it is body already."""
    if date := iso_date(line):
        return "date", date
    if match := _BYLINE.match(line):
        return "author", match[1].strip()
    return ("outlet", line) if is_name(line) else None


def is_title(line: str) -> bool:
    """Whether a line could be a headline: short, with letters, and no sentence, list item or quotation."""
    return (
        2 <= len(line) <= TITLE_LONGEST
        and any(c.isalpha() for c in line)
        and (line[0].isupper() or line[0].isdigit() or line[0] in "\"“‘'«¿¡‹„" or not line[0].isascii())
        and not _SENTENCE_END.search(line)
        and not _ITEM.match(line)
        and not _QUOTE.match(line)
        and "\t" not in line
    )


def is_name(line: str) -> bool:
    """Whether a line could name an outlet: up to five words, capitals and particles, no sentence."""
    words = line.split()
    return (
        len(line) <= 40
        and 1 <= len(words) <= 5
        and line[0].isupper()
        and "_" not in line
        and line.casefold() not in SECTIONS
        and not _SENTENCE_END.search(line)
        and all(_NAME_WORD.fullmatch(word) for word in words)
    )


def _block(text: str, span: Span, *, title: bool) -> Block:
    line = text[span[0] : span[1]]
    if title:
        return Block(*span, BlockKind.TITLE)
    if match := _QUOTE.match(line):
        return Block(*span, BlockKind.QUOTE, match[1].count(">") - 1)
    if match := _ITEM.match(line):
        return Block(*span, BlockKind.ITEM, min(len(match[1].expandtabs(4)) // 2, 5))
    return Block(*span)


def _run_ons(text: str, filled: list[Span]) -> list[int]:
    """Where a headline follows a gap after body text: another article's start.

    Conservative, since subheadings look alike: the text must begin with a headline itself, the new headline
    must be long, and either all gaps of the text divide whole articles or the gap is wider than all others.
    """
    breaks = {
        place: text.count("\n", filled[place - 1][1], filled[place][0])
        for place in range(1, len(filled))
        if text.count("\n", filled[place - 1][1], filled[place][0]) > 1
    }
    if not breaks or min(breaks) < 2 or not is_title(_line(text, filled[0])):
        return []
    edges = [*breaks, len(filled)]
    sections = [filled[start:end] for start, end in itertools.pairwise(edges)]
    starts = [place for place, section in zip(breaks, sections, strict=True) if _is_article(text, section)]
    usual = max((width for place, width in breaks.items() if place not in starts), default=0)
    return [filled[place][0] for place in starts if breaks[place] > usual]


def _is_article(text: str, section: list[Span]) -> bool:
    """A headline of several words with body under it, without a blank line between."""
    head, *rest = (_line(text, span) for span in section)
    return (
        is_title(head)
        and len(head) >= 40
        and len(head.split()) >= 6
        and any(len(line) >= _BODY and _SENTENCE_END.search(line) for line in rest)
    )


def _line(text: str, span: Span) -> str:
    return text[span[0] : span[1]].strip()
