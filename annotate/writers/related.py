"""Relations as they go out: one link between two marks that go out as well, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from annotate.spoken import counted
from annotate.writers.tables import Cell, Column, Table

if TYPE_CHECKING:
    from annotate.writers.dataset import Dataset
    from annotate.writers.spans import CodedSpan

SAID = {
    "relation": "What the link is called",
    "type": "Id of the relation type",
    "symmetric": "1: the link has no direction",
    "source": "Id of the mark it starts from",
    "target": "Id of the mark it leads to",
}
OF_ENDS = ("code", "notation", "label", "start", "end", "quote", "coder")


class CodedRelation(NamedTuple):
    """One link. `source` and `target` are ids of marks of the dataset, `type` that of its type, `relation` what the
    type is called, `taxonomy` a slug.
    """

    id: str
    article: str
    relation: str
    type: str
    taxonomy: str
    symmetric: bool
    source: str
    target: str
    coder: str
    memo: str
    created: str
    modified: str


def by_source(relations: Iterable[CodedRelation]) -> dict[str, list[CodedRelation]]:
    """For each mark the links that start from it."""
    found: dict[str, list[CodedRelation]] = {}
    for each in relations:
        found.setdefault(each.source, []).append(each)
    return found


def left_out(relations: Iterable[CodedRelation]) -> Iterator[str]:
    """What a format without a place for links says of them."""
    if number := sum(1 for _ in relations):
        yield f"{counted(number, 'relation')} between marks left out: this format has no place for them."


def table(dataset: Dataset, *, text: bool) -> Table:
    """A link a row, with what is known of the marks at its ends."""
    ends = [name for name in OF_ENDS if text or name != "quote"]
    about = ("id", "article", "title", "relation", "type", "taxonomy", "symmetric")
    columns = [Column(name, "flag" if name == "symmetric" else "text", SAID.get(name, "")) for name in about]
    for end in ("source", "target"):
        columns.append(Column(end, "text", SAID[end]))
        columns += [Column(f"{end}_{name}", "whole" if name in ("start", "end") else "text") for name in ends]
    columns += [Column(name) for name in ("coder", "memo", "created", "modified")]
    return Table("relations", tuple(columns), _rows(dataset, ends))


def _rows(dataset: Dataset, ends: list[str]) -> Iterator[tuple[Cell, ...]]:
    held = list(dataset.relations())
    wanted = {each.source for each in held} | {each.target for each in held}
    marks: dict[str, CodedSpan] = {}
    if wanted:
        marks = {span.id: span for span in dataset.spans() if span.id in wanted}
    for each in held:
        source, target = marks[each.source], marks[each.target]
        about = (source.article, source.title, each.relation, each.type, each.taxonomy, int(each.symmetric))
        tail = (each.coder, each.memo, each.created, each.modified)
        yield (each.id, *about, source.id, *_end(source, ends), target.id, *_end(target, ends), *tail)


def _end(span: CodedSpan, names: list[str]) -> tuple[Cell, ...]:
    return tuple(getattr(span, name) for name in names)
