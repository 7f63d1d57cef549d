"""What came of coding that was brought onto a project's own texts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from annotate.marks import BadLine
from annotate.model import Span
from annotate.sharing.pairing import By
from annotate.spoken import counted

NOT_HERE = "not in this project"


@dataclass(frozen=True, slots=True)
class ArticleTold:
    """An article of the file: its marks, those without a place, and which of the project's it is (or none)."""

    named: str
    marks: int
    lost: int
    article: str = ""
    title: str = ""
    by: By | None = None
    could_be: int = 0  # how many of the project's it could be, where none was taken

    @property
    def why(self) -> str:
        """Why it was not found; "" if it was."""
        if self.by is not None:
            return ""
        return f"could be any of {self.could_be} articles" if self.could_be else NOT_HERE


@dataclass(frozen=True, slots=True)
class MarkTold:
    """A mark of the file that does not stand as it stood: `before` there, `spans` here (none where it is lost)."""

    number: int  # the line
    named: str  # the article
    article: str  # its id here
    label: str
    coder: str
    before: tuple[Span, ...]
    spans: tuple[Span, ...] = ()
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class TaxonomyTold:
    """`codes`: how many are new here; `differing`: how many say something else here, and stay as they are."""

    title: str
    new: bool
    codes: int
    differing: int


@dataclass(slots=True)
class Rehydrated:
    """The report. Marks of articles that are not here are counted there alone, not in `lost`."""

    articles: list[ArticleTold] = field(default_factory=list)
    marks: int = 0  # that the file holds
    exact: int = 0  # whose place is the same
    moved: list[MarkTold] = field(default_factory=list)  # the same words, elsewhere
    changed: list[MarkTold] = field(default_factory=list)  # nearly the same words
    lost: list[MarkTold] = field(default_factory=list)
    bad: list[BadLine] = field(default_factory=list)
    added: int = 0
    doubles: int = 0  # that were there already
    taxonomies: list[TaxonomyTold] = field(default_factory=list)
    uses: Counter[str] = field(
        default_factory=Counter
    )  # rules, questions, relation types added to what was there
    relations: int = 0  # added between marks
    answers: int = 0  # added about whole articles
    notes: list[str] = field(default_factory=list)  # on relations and answers that did not come

    def again(self) -> Rehydrated:
        """The same with nothing stored yet."""
        return replace(self, bad=list(self.bad), taxonomies=[], uses=Counter(), added=0, doubles=0, notes=[])

    @property
    def missing(self) -> list[ArticleTold]:
        """The articles that are not here, or could be several."""
        return [each for each in self.articles if each.by is None]

    @property
    def others(self) -> list[ArticleTold]:
        """Those that are here with another text."""
        return [each for each in self.articles if each.by not in (None, By.TEXT)]

    @property
    def homeless(self) -> int:
        """Marks whose article is not here."""
        return sum(each.marks for each in self.missing)

    @property
    def codes(self) -> int:
        return sum(each.codes for each in self.taxonomies)

    @property
    def brings(self) -> bool:
        """Whether anything comes into the project."""
        return bool(self.added or self.codes or self.uses or self.relations or self.answers)

    @property
    def whole(self) -> bool:
        """Whether every mark found its place, and all that hangs on them."""
        return not (self.homeless or self.lost or self.bad or self.notes)


def said(report: Rehydrated, *, dry_run: bool) -> str:
    """The report as one line."""
    would = "would be added" if dry_run else "added"
    facts = [f"{counted(report.added, 'highlight')} {would}"]
    facts += [f"{report.doubles:,} there already"] if report.doubles else []
    facts += [f"{len(report.moved):,} moved"] if report.moved else []
    facts += [f"{len(report.changed):,} on words that differ a little"] if report.changed else []
    without = report.homeless + len(report.lost) + len(report.bad)
    facts += [f"{without:,} without a place"] if without else []
    hung = ((report.relations, "relation"), (report.answers, "answer"), (report.codes, "code"))
    for number, noun in (*hung, *((number, noun) for noun, number in report.uses.items())):
        facts += [f"{counted(number, noun)} {would}"] if number else []
    return "; ".join(facts)
