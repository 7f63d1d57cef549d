"""Coding that came without texts, onto the project's own copies of them: looked at first, then done as one step."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from annotate.codetree import by_id
from annotate.marks import BadLine
from annotate.marks_from.json_file import text_at
from annotate.model import Taxonomy
from annotate.sharing.shared_file import SharedFile, SharedMark
from annotate.taxonomy_plan import plan as taxonomy_plan
from storage import taxonomies
from storage.answers_in import take_answers
from storage.codes_in import take_codes
from storage.looking import do_or_look
from storage.marks_in import Lookup, NumberedMark, store_marks
from storage.project import Project
from storage.rehydrated import Rehydrated, TaxonomyTold
from storage.rehydration_plan import Plan, Watch, look
from storage.relations_in import take_relations
from storage.steps import Step

BATCH = 2000  # marks stored at once
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def rehydrate(
    project: Project,
    file: SharedFile,
    *,
    coder: str = "",
    dry_run: bool = False,
    plan: Plan | None = None,
    watch: Watch = lambda number: None,
) -> Rehydrated:
    """Adds what has its place as one step; `coder` serves the marks that name none.

    A `plan` that was made before serves unless the project changed. A dry run reports the same and leaves no trace.
    """
    if plan is None or plan.step != project.last_step():
        plan = look(project, file)
    found = plan
    report = found.report.again()

    def work(step: Step) -> None:
        brought = file.taxonomies()
        report.taxonomies = _told(taxonomies.all_taxonomies(project), brought)
        taken = take_codes(step, project, brought, by_label=False)
        report.uses, ids = +taken.uses, taken.ids
        lookup = Lookup(project, coder)
        marks = (
            mark
            for mark in file.marks()
            if isinstance(mark, SharedMark) and mark.line.number not in found.lost
        )
        links = file.relations()
        placed = dict.fromkeys((id for link in links for id in (link.source, link.target)), "")
        while batch := list(islice(marks, BATCH)):
            watch(batch[0].line.number)
            _store(step, [_made(mark, found, ids, lookup, report) for mark in batch], batch, placed, report)
        related = take_relations(step, links, {key: id for key, id in placed.items() if id}, coder)
        answers = take_answers(step, project, _here(file.answers(), found, report), coder)
        report.relations, report.answers = related.added, answers.added
        report.notes += [each for each in related.notes() if "already" not in each]
        report.notes += [f"Answer in line {each.number}: {each.reason}." for each in answers.bad]

    do_or_look(project, f"Bring in coding from {file.name}", work, dry_run=dry_run)
    return report


def _made(
    mark: SharedMark, plan: Plan, ids: Mapping[str, str], lookup: Lookup, report: Rehydrated
) -> NumberedMark | None:
    """The mark in its place; what is wrong with it goes into the report."""
    line = mark.line
    spans = plan.places.get(line.number, line.spans)
    made = lookup.mark(
        replace(
            line,
            article=plan.pairs.found[line.article].article,
            start=spans[0][0],
            end=spans[-1][1],
            parts=spans if len(spans) > 1 else (),
            code=ids.get(line.code, line.code) if line.code else line.code,
        )
    )
    if isinstance(made, BadLine):
        report.bad.append(made)
        return None
    return made


def _store(
    step: Step,
    made: Sequence[NumberedMark | None],
    batch: Sequence[SharedMark],
    placed: dict[str, str],
    report: Rehydrated,
) -> None:
    """Adds the marks with the ids they came with; those that are there already are counted. `placed` takes up, for
    the ids that it has, those in the project.
    """
    known = _there(step, [mark.id for mark in batch])
    fresh: list[NumberedMark] = []
    for found, mark in zip(made, batch, strict=True):
        if found is None:
            continue
        if mark.id in known:
            report.doubles += 1
            if mark.id in placed:
                placed[mark.id] = mark.id
            continue
        number, held = found
        if _ID.fullmatch(mark.id):
            known.add(mark.id)
            held = replace(held, id=mark.id)
        fresh.append((number, held))
    stands: dict[int, str] = {}
    doubles = store_marks(step, fresh, stands)
    for mark in batch:
        if mark.id in placed and mark.line.number in stands:
            placed[mark.id] = stands[mark.line.number]
    report.doubles += len(doubles)
    report.added += len(fresh) - len(doubles)


def _there(step: Step, ids: Sequence[str]) -> set[str]:
    """Which marks are in the project, with a place or without."""
    return {id for table in ("highlight", "lost_highlight") for id in step.rows(table, ids)}


def _here(answers: Iterator[tuple[int, Any]], plan: Plan, report: Rehydrated) -> Iterator[tuple[int, Any]]:
    """The answers about the articles that are here, under their ids here; how many others there are is told."""
    lost = 0
    for number, held in answers:
        pair = plan.pairs.found.get(text_at(held, "article"))
        if pair is not None:
            yield number, held | {"article": pair.article}
        else:
            lost += 1
    if lost:
        report.notes.append(f"Left out: answers about articles that are not here ({lost:,}).")


def _told(held: Sequence[Taxonomy], brought: Sequence[Taxonomy]) -> list[TaxonomyTold]:
    """What each of the file's taxonomies brings, and how many of its codes say something else here."""
    return list(_each_told(held, brought))


def _each_told(held: Sequence[Taxonomy], brought: Sequence[Taxonomy]) -> Iterator[TaxonomyTold]:
    known = by_id(code for taxonomy in held for code in taxonomy.codes)
    for incoming in brought:
        mine = {known[code.id].taxonomy for code in incoming.codes if code.id in known}
        new = sum(code.id not in known for code in incoming.codes)
        same = [each for each in held if each.id in mine]
        differing = sum(len(taxonomy_plan(each, incoming).changed) for each in same)
        yield TaxonomyTold(incoming.title, not mine, new, differing)
