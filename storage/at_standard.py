"""A dataset at the level of its standards: the study's own codes go out as the standard's codes they stand below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotate.codetree import by_id
from annotate.spoken import counted
from annotate.standards import rolled_up
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.spans import CodedSpan
from storage.exchange import Choice, code_cells, count_by_code
from storage.project import Project


def at_standard(project: Project, dataset: Dataset, choice: Choice | None = None) -> Dataset:
    """Every mark stays; its code is the standard's where it was one of the study's own. The notes count them."""
    codes = by_id(code for taxonomy in dataset.taxonomies for code in taxonomy.codes)
    above = rolled_up(codes)
    cells = code_cells(dataset.taxonomies)

    def raised(span: CodedSpan) -> CodedSpan:
        to = above.get(span.code or "")
        return span.recoded(cells[to]) if to else span

    def spans() -> Iterator[CodedSpan]:
        return map(raised, dataset.spans())

    def articles() -> Iterator[CodedArticle]:
        for each in dataset.articles():
            yield replace(each, spans=tuple(map(raised, each.spans)))

    standards = [
        replace(each, codes=tuple(code for code in each.codes if code.id not in above))
        for each in dataset.taxonomies
    ]
    notes = (*dataset.notes, *_notes(project, choice, above))
    return replace(dataset, taxonomies=standards, spans=spans, articles=articles, notes=notes)


def _notes(project: Project, choice: Choice | None, above: dict[str, str]) -> Iterator[str]:
    numbers = count_by_code(project, choice or Choice())
    raised = {code: number for code, number in numbers.items() if code in above}
    if raised:
        what = (
            f"{counted(sum(raised.values()), 'mark')} with {counted(len(raised), 'code')} of the study's own"
        )
        yield f"At the standard's level: {what} went out under the standard's code above."
