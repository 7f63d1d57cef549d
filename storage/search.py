"""Words in the texts of all articles, through the full-text index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.text import UNSPACED
from storage.project import Project

OPEN, CLOSE = "\ue000", "\ue001"  # private characters round a found word inside a snippet
AROUND = 60  # characters shown on each side of a found stretch

_UNSPACED = re.compile(f"[{UNSPACED}]")  # the index knows only their whole runs


@dataclass(frozen=True, slots=True)
class Hit:
    article: str
    number: int
    title: str
    outlet: str
    date: str
    snippet: str  # found words stand between OPEN and CLOSE


def search(project: Project, query: str, limit: int = 200) -> list[Hit]:
    """Articles that hold all words of `query`, best first. "Quoted words" stand together; the last
    word may be a beginning. Nothing for a query without a word.

    Chinese, Japanese, Thai and other words in unspaced script are looked for letter by letter.
    """
    match, stretches = as_match(query), unspaced(query)
    if not match and not stretches:
        return []
    holds = "".join(" AND instr(t.text, ?)" for _ in stretches)
    if not match:
        found = project.rows(
            f"""SELECT a.id, a.number, a.title, a.outlet, a.date, t.text
                FROM article_text t CROSS JOIN article a ON a.number = t.number
                WHERE true {holds} ORDER BY a.number LIMIT ?""",
            [*stretches, limit],
        )
        return [
            Hit(id, number, title, outlet, date, _snippet(text, stretches[0]))
            for id, number, title, outlet, date, text in found
        ]
    found = project.rows(
        f"""SELECT a.id, a.number, a.title, a.outlet, a.date, snippet(article_text_fts, 0, ?, ?, '…', 16)
            FROM article_text_fts f CROSS JOIN article a ON a.number = f.rowid
            CROSS JOIN article_text t ON t.number = a.number
            WHERE article_text_fts MATCH ? {holds} ORDER BY rank LIMIT ?""",
        [OPEN, CLOSE, match, *stretches, limit],
    )
    return [Hit(*row) for row in found]


def as_match(query: str) -> str:
    """A query as FTS5 reads it: every word and quoted phrase as a string, the last word as a prefix."""
    terms = []
    last = ""
    for phrase, word in _parts(query):
        last = word
        if any(letter.isalnum() for letter in phrase + word) and not _UNSPACED.search(phrase + word):
            terms.append('"' + (phrase or word.replace('"', " ")) + '"')
    if terms and len(last) > 1 and query[-1:].isalnum() and not _UNSPACED.search(last):
        terms[-1] += "*"
    return " ".join(terms)


def unspaced(query: str) -> list[str]:
    """The words and phrases of a query that are in unspaced script, as they stand."""
    parts = (phrase or word.strip('"') for phrase, word in _parts(query))
    return [part for part in parts if _UNSPACED.search(part)]


def _parts(query: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = re.findall(r'"([^"]*)"|(\S+)', query.replace("\0", " "))
    return parts


def _snippet(text: str, stretch: str) -> str:
    at = text.index(stretch)
    start, end = max(0, at - AROUND), at + len(stretch)
    before, after = text[start:at], text[end : end + AROUND]
    return (
        ("…" if start else "")
        + f"{before}{OPEN}{stretch}{CLOSE}{after}"
        + ("…" if end + AROUND < len(text) else "")
    )
