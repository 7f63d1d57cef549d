"""Annotations of another program into the project: its texts, codes and marks as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotate.marks import BadLine, MarkLine
from annotate.marks_from.found import Found
from annotate.model import Draft
from annotate.spoken import counted
from annotate.text import text_hash
from storage import articles
from storage.codes_in import take_codes
from storage.looking import do_or_look
from storage.marks_in import Lookup, NumberedMark, store_marks
from storage.project import Project
from storage.relations_in import take_relations
from storage.steps import Step


@dataclass(slots=True)
class AnnotationsReport:
    """What came of a file of annotations."""

    marks: int = 0  # that the file holds
    added: int = 0
    doubles: list[int] = field(default_factory=list)  # numbers of marks that were there already
    moved: list[int] = field(default_factory=list)  # numbers of those that stand where their words are found
    bad: list[BadLine] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)  # ids of those that are new
    known: int = 0  # texts that were there already
    codes: int = 0  # new ones
    relations: int = 0  # new ones
    unit: str = "mark"
    notes: tuple[str, ...] = ()


def import_annotations(
    project: Project, found: Found, *, coder: str = "", source: str = "", dry_run: bool = False
) -> AnnotationsReport:
    """Adds what is new as one step; `coder` serves the marks that name none.

    A mark that does not fit is in the report, the others come in. A text that is there already keeps its
    metadata. A dry run reports the same and leaves no trace.
    """
    report = AnnotationsReport(len(found.marks), unit=found.unit, notes=found.notes)

    def work(step: Step) -> None:
        taken = take_codes(step, project, found.taxonomies, by_label=found.by_label)
        report.codes = taken.added
        _take_texts(step, project, found.drafts, source, report)
        lookup = Lookup(project, coder)
        fitting: list[NumberedMark] = []
        keys = {line.number: line.key for line in found.marks if isinstance(line, MarkLine)}
        placed: dict[int, str] = {}
        for line in found.marks:
            made = line if isinstance(line, BadLine) else lookup.mark(_with_code(line, taken.ids))
            if isinstance(made, BadLine):
                report.bad.append(made)
            else:
                fitting.append(made)
        if fitting:
            report.doubles = store_marks(step, fitting, placed)
        report.added, report.moved = len(fitting) - len(report.doubles), lookup.moved
        marks = {keys[number]: id for number, id in reversed(placed.items()) if keys[number]}
        related = take_relations(step, found.relations, marks, coder)
        report.relations = related.added
        report.notes = (*found.notes, *related.notes())

    label = f"Import annotations from {source}" if source else "Import annotations"
    do_or_look(project, label, work, dry_run=dry_run)
    return report


def _with_code(line: MarkLine, ids: Mapping[str, str]) -> MarkLine:
    """With the project's id of its code."""
    return line if line.code is None or line.code not in ids else replace(line, code=ids[line.code])


def _take_texts(
    step: Step, project: Project, drafts: Sequence[Draft], source: str, report: AnnotationsReport
) -> None:
    hashed = {text_hash(draft.text): draft for draft in reversed(drafts)}
    known = articles.known_hashes(project, list(hashed))
    fresh = [draft for hash, draft in reversed(hashed.items()) if hash not in known]
    report.known = len(drafts) - len(fresh)
    report.articles = articles.add(step, fresh, [source] * len(fresh), [None] * len(fresh))


def said(report: AnnotationsReport, *, dry_run: bool) -> str:
    """The report as one line."""
    would = "would be added" if dry_run else "added"
    parts = [f"{counted(report.added, 'highlight')} {would}", f"{len(report.doubles)} were there already"]
    if report.articles or report.known:
        parts.append(f"{counted(len(report.articles), 'article')} {would}, {report.known} were there")
    if report.relations:
        parts.append(f"{counted(report.relations, 'relation')} {would}")
    if report.moved:
        parts.append(f"{len(report.moved)} found by their words elsewhere than stated")
    if report.codes:
        parts.append(f"{counted(report.codes, 'code')} {would}")
    return "; ".join(parts)
