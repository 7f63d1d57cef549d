"""A dataset at the level of its standards: the study's own codes go out as the standard's codes they stand below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from annotate.codetree import by_id, path
from annotate.spoken import counted
from annotate.standards import rolled_up
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.spans import CodedSpan
from storage.exchange import Choice, condition
from storage.project import Project


def at_standard(project: Project, dataset: Dataset, choice: Choice | None = None) -> Dataset:
    """Every mark stays; its code is the standard's where it was one of the study's own. The notes count them."""
    codes = by_id(code for taxonomy in dataset.taxonomies for code in taxonomy.codes)
    above = rolled_up(codes)
    told = {own: (code := codes[to], path(code, codes)) for own, to in above.items()}

    def raised(span: CodedSpan) -> CodedSpan:
        if span.code not in told:
            return span
        code, way = told[span.code]
        return span._replace(code=code.id, notation=code.notation, label=code.label, path=way)

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
    where, parameters = condition(choice or Choice())
    rows = project.rows(
        f"SELECT h.code, count(*) FROM article a JOIN highlight h ON h.article = a.id {where} GROUP BY h.code",
        parameters,
    )
    raised = {code: number for code, number in rows if code in above}
    if raised:
        what = (
            f"{counted(sum(raised.values()), 'mark')} with {counted(len(raised), 'code')} of the study's own"
        )
        yield f"At the standard's level: {what} went out under the standard's code above."
