"""The marks behind the figures of a code: where coders marked alike, and where not."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby

from annotate.codetree import by_id
from annotate.frozen import frozen
from annotate.marks import quote_of
from storage import articles, taxonomies
from storage.agreement import Wanted, raised, universe
from storage.highlights import parts_from_text
from storage.project import Project


@frozen
class Passage:
    """One coder's mark. It is `shared` where every other compared coder has one with the same characters."""

    mark: str
    article: str
    title: str
    coder: str  # the name
    start: int
    quote: str
    shared: bool


def passages(project: Project, wanted: Wanted, code: str) -> list[Passage]:
    """All marks that count as the code at the wanted level, by article and place. Raises UserError."""
    within = universe(project, wanted)
    codes = by_id(each for taxonomy in taxonomies.all_taxonomies(project) for each in taxonomy.codes)
    raise_ = raised(codes, wanted.level)
    counted_as = [id for id in codes if raise_(id) == code]
    names = {coder.id: coder.name for coder in within.coders}
    rows = project.rows(
        """SELECT a.id, a.title, h.id, h.coder, h.start, h."end", h.parts FROM article a
           JOIN highlight h ON h.article = a.id
           WHERE a.id IN (SELECT value FROM json_each(?)) AND h.coder IN (SELECT value FROM json_each(?))
           AND h.code IN (SELECT value FROM json_each(?)) ORDER BY a.number, h.start, h."end", h.coder, h.id""",
        [json.dumps(within.articles), json.dumps(list(names)), json.dumps(counted_as)],
    )
    found: list[Passage] = []
    for (article, title), group in groupby(rows, key=lambda row: row[:2]):
        held = [
            (id, coder, parts_from_text(parts) or ((start, end),))
            for _, _, id, coder, start, end, parts in group
        ]
        met = Counter(spans for spans, _ in {(spans, coder) for _, coder, spans in held})
        text = articles.text(project, article)
        found += [
            Passage(
                id, article, title, names[coder], spans[0][0], quote_of(text, spans), met[spans] == len(names)
            )
            for id, coder, spans in held
        ]
    return found
