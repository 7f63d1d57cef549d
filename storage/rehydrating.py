"""Coding that came without texts, onto the project's own copies of them: looked at first, then done as one step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from annotate.codetree import by_id
from annotate.marks import BadLine
from annotate.model import Article, Span, Taxonomy
from annotate.sharing.pairing import By, Pairs, pair
from annotate.sharing.placing import Placed, Why, place
from annotate.sharing.shared_file import SharedArticle, SharedFile, SharedMark
from annotate.sharing.words import Words
from annotate.taxonomy_plan import plan as taxonomy_plan
from storage import articles, taxonomies
from storage.codes_in import take_codes
from storage.looking import do_or_look
from storage.marks_in import Lookup, NumberedMark, store_marks
from storage.project import Project
from storage.rehydrated import ArticleTold, MarkTold, Rehydrated, TaxonomyTold
from storage.steps import Step

BATCH = 2000  # marks stored at once
TELL = 500  # marks between two words on how far it is
_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Watch = Callable[[int], object]  # told the marks looked at so far; it may raise to stop


@dataclass(slots=True)
class Plan:
    """Where the marks of a file belong. Those not in `places` stand as the file says, or are `lost` (by line)."""

    step: int  # the project's last one when this was made
    pairs: Pairs
    articles: dict[str, SharedArticle]
    places: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    report: Rehydrated = field(default_factory=Rehydrated)


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
        ids = take_codes(step, project, brought, by_label=False).ids
        lookup = Lookup(project, coder)
        marks = (
            mark
            for mark in file.marks()
            if isinstance(mark, SharedMark) and mark.line.number not in found.lost
        )
        while batch := list(islice(marks, BATCH)):
            watch(batch[0].line.number)
            _store(step, [_made(mark, found, ids, lookup, report) for mark in batch], batch, report)

    do_or_look(project, f"Bring in coding from {file.name}", work, dry_run=dry_run)
    return report


def look(project: Project, file: SharedFile, watch: Watch = lambda number: None) -> Plan:
    """Pairs the articles and finds the places of the marks, in the order of the file; stores nothing."""
    shared = file.articles()
    held = articles.all_articles(project)
    now = {each.hash: each.id for each in reversed(held)}
    once = articles.known_hashes(project, [each.text_hash for each in shared])
    plan = Plan(project.last_step(), pair(shared, held, now, once), {each.id: each for each in shared})
    codes = {code.id: code.label for taxonomy in file.taxonomies() for code in taxonomy.codes}
    seeker = _Seeker(project, plan, by_article(held), codes)
    for number, mark in enumerate(file.marks()):
        if number % TELL == 0:
            watch(number)
        if isinstance(mark, BadLine):
            plan.report.bad.append(mark)
        else:
            seeker.seek(mark)
        plan.report.marks += 1
    plan.report.articles = [seeker.told(each) for each in shared]
    return plan


def by_article(held: Sequence[Article]) -> dict[str, Article]:
    return {each.id: each for each in held}


class _Seeker:
    """Finds the places of marks, one article after the other."""

    def __init__(
        self, project: Project, plan: Plan, held: Mapping[str, Article], codes: Mapping[str, str]
    ) -> None:
        self._text = partial(articles.text, project)
        self._plan, self._held, self._codes = plan, held, codes
        self._of, self._words = "", Words("")
        self._marks: dict[
            str, list[int]
        ] = {}  # by the article's id in the file: all, and those without a place

    def seek(self, mark: SharedMark) -> None:
        """Notes where it belongs, if that is not where the file says."""
        line, plan = mark.line, self._plan
        if line.article not in plan.articles:
            plan.lost.add(line.number)
            plan.report.bad.append(BadLine(line.number, "its article is not in the file"))
            return
        counts = self._marks.setdefault(line.article, [0, 0])
        counts[0] += 1
        pair = plan.pairs.found.get(line.article)
        if pair is None:
            plan.lost.add(line.number)
            counts[1] += 1
            return
        if pair.by is By.TEXT:
            plan.report.exact += 1
            return
        if self._of != pair.article:
            self._of, self._words = pair.article, Words(self._text(pair.article))
        found = place(self._words, mark.anchors, mark.plain)
        if isinstance(found, Why):
            plan.lost.add(line.number)
            counts[1] += 1
            plan.report.lost.append(self._mark_told(mark, (), str(found)))
            return
        self._take(mark, found)

    def _take(self, mark: SharedMark, found: Placed) -> None:
        report, line = self._plan.report, mark.line
        self._plan.places[line.number] = found.spans
        if found.changed:
            report.changed.append(self._mark_told(mark, found.spans))
        elif found.spans != line.spans:
            report.moved.append(self._mark_told(mark, found.spans))
        else:
            report.exact += 1

    def told(self, shared: SharedArticle) -> ArticleTold:
        """What came of an article of the file."""
        marks, lost = self._marks.get(shared.id, (0, 0))
        pair = self._plan.pairs.found.get(shared.id)
        if pair is not None:
            title = self._held[pair.article].title
            return ArticleTold(shared.named, marks, lost, pair.article, title, pair.by)
        return ArticleTold(shared.named, marks, lost, could_be=self._plan.pairs.several.get(shared.id, 0))

    def _mark_told(self, mark: SharedMark, spans: tuple[Span, ...], why: str = "") -> MarkTold:
        line = mark.line
        shared = self._plan.articles[line.article]
        quote = " … ".join(self._words.text[start:end] for start, end in spans) or mark.plain.quote
        label = self._codes.get(line.code or "", line.code or "")
        return MarkTold(line.number, shared.named, self._of, label, line.coder, line.spans, spans, quote, why)


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
    report: Rehydrated,
) -> None:
    """Adds the marks with the ids they came with; those that are there already are counted."""
    known = _there(step, [mark.id for mark in batch])
    fresh: list[NumberedMark] = []
    for found, mark in zip(made, batch, strict=True):
        if found is None:
            continue
        if mark.id in known:
            report.doubles += 1
            continue
        number, held = found
        if _ID.fullmatch(mark.id):
            known.add(mark.id)
            held = replace(held, id=mark.id)
        fresh.append((number, held))
    doubles = store_marks(step, fresh)
    report.doubles += len(doubles)
    report.added += len(fresh) - len(doubles)


def _there(step: Step, ids: Sequence[str]) -> set[str]:
    """Which marks are in the project, with a place or without."""
    return {id for table in ("highlight", "lost_highlight") for id in step.rows(table, ids)}


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
