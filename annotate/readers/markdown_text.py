"""Markdown: the words without the markup, with headings, items, quotes, tables and front matter."""

from __future__ import annotations

import re
from dataclasses import replace

from annotate.errors import UserError
from annotate.model import BlockKind, Draft
from annotate.readers.blocks import Line, compose, one_line, tree_lines
from annotate.readers.contract import no_text, stem
from annotate.readers.dates import iso_date
from annotate.readers.encoding import decode
from annotate.readers.html_page import parse
from annotate.readers.plain import read_text
from annotate.text import normalise

NAME = "Markdown"
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".rmd", ".qmd")

_LONGEST = 2 << 20  # code points; the library takes more than linear time
_DEEPEST = 50  # quotes in quotes: the library recurses on them
_MOST_PAIRS = 20_000_000  # of brackets, entities, tags in a paragraph: the library looks at each from each
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z][\w -]{0,40}):[ \t]*(.*)$", re.MULTILINE)
_MARKS = re.compile(r"[\[\]<&`*_!]")
_TOO_DEEP = re.compile(rf"^[ \t]*(?:>[ \t]*){{{_DEEPEST}}}", re.MULTILINE)


def sniff(head: bytes) -> bool:
    """Never certain: Markdown is plain text."""
    return False


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article: title from front matter or the first heading, text clean of markup."""
    found = decode(data)
    if found is None:
        raise UserError(f"{name} is not a text Postil can read.")
    notes = (found.note,) if found.note else ()
    source = normalise(found.text)
    about, body = front_matter(source)
    if _is_hostile(body):
        return [
            replace(
                read_text(source, name), notes=(*notes, "Too large or deep for Markdown: read as plain text.")
            )
        ]
    lines = markdown_lines(body)
    if not lines:
        raise no_text(name)
    first = next((line.text for line in lines if line.kind is BlockKind.HEADING and line.level == 1), "")
    title = about.get("title") or first
    text, layout = compose(lines, about.get("title") or (first if lines[0].text == first else ""))
    return [
        Draft(
            text,
            title=title or stem(name),
            outlet=about.get("outlet") or about.get("source", ""),
            author=about.get("author") or about.get("authors", ""),
            date=iso_date(about.get("date", "")),
            url=about.get("url", ""),
            language=about.get("lang") or about.get("language", ""),
            layout=layout,
            notes=notes,
        )
    ]


def _is_hostile(body: str) -> bool:
    """Whether the library would take minutes or too much stack."""
    if len(body) > _LONGEST or _TOO_DEEP.search(body):
        return True
    return sum(len(_MARKS.findall(part)) ** 2 for part in body.split("\n\n")) > _MOST_PAIRS


def front_matter(source: str) -> tuple[dict[str, str], str]:
    """The fields (`title: ...`) between `---` lines before a text, with lower-case names, and the rest."""
    match = _FRONT.match(source)
    fields = _FIELD.findall(match[1]) if match else []
    if not match or not fields:
        return {}, source
    return {key.strip().lower(): _value(value) for key, value in fields}, source[match.end() :]


def _value(stated: str) -> str:
    value = one_line(stated).strip("[]")
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def markdown_lines(source: str) -> list[Line]:
    """The lines of a text in Markdown."""
    import markdown

    html = markdown.markdown(source, extensions=["tables", "fenced_code", "footnotes", "sane_lists"])
    tree = parse(f"<html><body>{html}</body></html>")
    return [] if tree is None else tree_lines(tree)
