"""Marks from a table of quotes, as Taguette exports its highlights: document, tag, content; a row for each tag.

There are no positions: each quote is looked for in the article that is called like the document. Taguette puts a space
wherever its markup changed, so white space does not count. A quote that stands in several places is told, not placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotate.marks import BadLine, MarkLine
from annotate.marks_from.found import Found
from annotate.marks_from.labels import Labels
from annotate.readers.contract import stem

QUOTES = ("document", "tag", "content")


def quotes_in(rows: Iterator[tuple[int, Sequence[str]]], columns: Mapping[str, int], name: str) -> Found:
    """Rows with their numbers, without the header; tags become codes, by their labels."""
    labels = Labels(stem(name))
    marks: list[MarkLine | BadLine] = []
    for number, cells in rows:
        held = {key: cells[at].strip() for key, at in columns.items() if at < len(cells)}
        document, tag, content = (held.get(each, "") for each in QUOTES)
        if not any(held.values()):
            continue
        if not document or not content:
            marks.append(BadLine(number, f"no {'content' if document else 'document'} is named"))
            continue
        code = labels.id(tag) if tag else None
        marks.append(
            MarkLine(number, document, -1, -1, quote=content, code=code, prefix="", suffix="", loose=True)
        )
    return Found(
        tuple(marks),
        taxonomies=labels.taxonomies(),
        by_label=True,
        unit="row",
        notes=("The file has no positions: each quote was looked for in its article.",),
    )
