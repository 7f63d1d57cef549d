"""Words in the texts of all articles, through the full-text index."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storage.project import Project

OPEN, CLOSE = "\ue000", "\ue001"  # private characters round a found word inside a snippet


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
    """
    match = as_match(query)
    if not match:
        return []
    found = project.rows(
        """SELECT a.id, a.number, a.title, a.outlet, a.date,
                  snippet(article_text_fts, 0, ?, ?, '…', 16)
           FROM article_text_fts f CROSS JOIN article a ON a.number = f.rowid
           WHERE article_text_fts MATCH ? ORDER BY rank LIMIT ?""",
        [OPEN, CLOSE, match, limit],
    )
    return [Hit(*row) for row in found]


def as_match(query: str) -> str:
    """A query as FTS5 reads it: every word and quoted phrase as a string, the last word as a prefix."""
    parts = re.findall(r'"([^"]*)"|(\S+)', query)
    terms = []
    for phrase, word in parts:
        words = re.findall(r"\w+", phrase or word)
        if words:
            terms.append('"' + " ".join(words) + '"')
    if terms and parts[-1][1] and query[-1:].isalnum():
        terms[-1] += "*"
    return " ".join(terms)
