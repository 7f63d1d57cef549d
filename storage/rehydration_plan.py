"""Where the marks of coding without texts belong in a project: its articles, and the places in their texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from annotate.marks import BadLine
from annotate.model import Article, Span
from annotate.sharing.pairing import By, Pairs, pair
from annotate.sharing.placing import Placed, Why, place
from annotate.sharing.shared_file import SharedArticle, SharedFile, SharedMark
from annotate.sharing.words import Words
from storage import articles
from storage.project import Project
from storage.rehydrated import ArticleTold, MarkTold, Rehydrated

TELL = 500  # marks between two words on how far it is
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
