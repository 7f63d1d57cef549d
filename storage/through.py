"""Codings seen through a crosswalk: counted, and exported, under the codes of the other taxonomy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotate.crosswalks import Crosswalk, Way, ways
from annotate.model import Code, Taxonomy
from annotate.spoken import counted
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan
from storage import taxonomies
from storage.exchange import Choice, code_cells, count_by_code
from storage.project import Project


@dataclass(slots=True)
class Seen:
    """Marks by code of the other taxonomy, `own` of them there already; `without` counts those that lead nowhere, by
    code of the first. `split` marks lead to several codes and stand under each; `above` come by a code above theirs.
    """

    counts: dict[str, int] = field(default_factory=dict)
    own: int = 0
    come: int = 0
    without: dict[str, int] = field(default_factory=dict)
    split: int = 0
    above: int = 0
    elsewhere: int = 0  # of other taxonomies
    bare: int = 0  # without a code

    def notes(self, title: str) -> Iterator[str]:
        """In a sentence each, what an export through the crosswalk must say."""
        yield f"Seen through “{title}”: {counted(self.come, 'mark')} under the codes of the other taxonomy."
        if self.own:
            yield f"{counted(self.own, 'mark')} had a code of it already."
        if self.without:
            number, codes = sum(self.without.values()), len(self.without)
            what = f"{counted(codes, 'code')} without an exact, close or broad match"
            yield f"{counted(number, 'mark')} left out: {what}."
        if self.split:
            yield f"{counted(self.split, 'mark')} with a code that leads to several: a row for each of these."
        if self.above:
            yield f"{counted(self.above, 'mark')} by the mapping of a code above theirs."
        if self.elsewhere:
            yield f"{counted(self.elsewhere, 'mark')} of other taxonomies left out."
        if self.bare:
            yield f"{counted(self.bare, 'mark')} without a code left out."


def seen(project: Project, crosswalk: Crosswalk, choice: Choice | None = None) -> Seen:
    """How the chosen marks come out through a crosswalk."""
    codes = _codes(project)
    led = ways(crosswalk, {id: code for id, code in codes.items() if code.taxonomy == crosswalk.taxonomy})
    found = Seen()
    for id, number in count_by_code(project, choice or Choice()).items():
        _count(found, codes.get(id or ""), led.get(id or ""), crosswalk, number)
    return found


def _count(found: Seen, code: Code | None, way: Way | None, crosswalk: Crosswalk, number: int) -> None:
    if code is None:
        found.bare += number
    elif way is not None:
        found.come += number
        found.split += number if len(way.to) > 1 else 0
        found.above += number if way.above else 0
        for to in way.to:
            found.counts[to] = found.counts.get(to, 0) + number
    elif code.taxonomy == crosswalk.taxonomy:
        found.without[code.id] = number
    elif code.taxonomy == crosswalk.other:
        found.own += number
        found.counts[code.id] = found.counts.get(code.id, 0) + number
    else:
        found.elsewhere += number


def through(
    project: Project, dataset: Dataset, crosswalk: Crosswalk, choice: Choice | None = None
) -> Dataset:
    """The dataset with the codes of the other taxonomy; marks that lead to none of them are left out and counted.

    A mark that leads to several is there once for each, its id with ~2, ~3 behind it but for the first.
    """
    held = taxonomies.all_taxonomies(project)
    target = next(each for each in held if each.id == crosswalk.other)
    sources = {code.id: code for each in held if each.id == crosswalk.taxonomy for code in each.codes}
    led = {id: way.to for id, way in ways(crosswalk, sources).items()}
    led |= {code.id: (code.id,) for code in target.codes}
    cells = code_cells([target])

    def turned(span: CodedSpan) -> Iterator[CodedSpan]:
        for at, code in enumerate(led.get(span.code or "", ()), 1):
            made = span.recoded(cells[code])
            yield made if at == 1 else made._replace(id=f"{span.id}~{at}")

    def spans() -> Iterator[CodedSpan]:
        return (made for span in dataset.spans() for made in turned(span))

    def articles() -> Iterator[CodedArticle]:
        for each in dataset.articles():
            kept = tuple(made for span in each.spans for made in turned(span))
            ids = {span.id for span in kept}
            links = tuple(link for link in each.relations if {link.source, link.target} <= ids)
            yield replace(each, spans=kept, relations=links)

    def relations() -> Iterator[CodedRelation]:
        links = list(dataset.relations())
        coded = _coded(project, links)
        return (link for link in links if all(coded.get(end) in led for end in (link.source, link.target)))

    notes = tuple(seen(project, crosswalk, choice).notes(crosswalk.title))
    whole = [target, *_types_alone(held, target)]
    return replace(
        dataset, taxonomies=whole, spans=spans, articles=articles, relations=relations, notes=notes
    )


def _types_alone(held: list[Taxonomy], target: Taxonomy) -> list[Taxonomy]:
    """The other taxonomies that have types of relations, without their codes."""
    return [replace(each, codes=()) for each in held if each.id != target.id and each.relation_types]


def _coded(project: Project, links: list[CodedRelation]) -> Mapping[str, str]:
    ends = json.dumps(sorted({end for link in links for end in (link.source, link.target)}))
    return dict(
        project.rows("SELECT id, code FROM highlight WHERE id IN (SELECT value FROM json_each(?))", [ends])
    )


def _codes(project: Project) -> dict[str, Code]:
    held = taxonomies.all_taxonomies(project, uses=False)
    return {code.id: code for each in held for code in each.codes}
