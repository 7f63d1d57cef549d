"""Drawing articles and dealing them to coders: the same seed draws the same from the same articles, on any machine.

Articles stand in the order of the SHA-256 of "seed, line feed, hash of the text, line feed, id", which is as good as
any shuffle and depends neither on the order of import nor on a library's generator: one more article moves no other.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, cycle

from annotate.errors import UserError
from annotate.frozen import frozen


@frozen
class Candidate:
    """An article that may be drawn; `stratum` is its value of the field that is drawn by, `group` is the same for near
    duplicates.
    """

    id: str
    hash: str
    stratum: str = ""
    group: str = ""


@frozen
class Method:
    """How many are drawn (None: all) of those a `filter` lets through, `by` which field in proportion, and how many of
    them several coders code: `overlap` as stated (a share as 20%, or a number), by `together` coders each (0: all).
    """

    articles: int | None = None
    filter: str = ""
    by: str = ""
    overlap: str = "0"
    together: int = 0
    near: bool = False  # near duplicates may be drawn together

    def in_words(self) -> str:
        """The method as a sentence of a report."""
        what = "All articles" if self.articles is None else f"{self.articles:,} articles, drawn at random"
        parts = [what + (f" in proportion by {self.by}" if self.by else "")]
        if self.filter:
            parts.append(f"of those with {self.filter}")
        if overlapping(self.overlap, 100):
            who = "all coders" if not self.together else f"{self.together} coders"
            parts.append(f"{self.overlap} of them coded by {who}")
        if not self.near and self.articles is not None:
            parts.append("no two near duplicates")
        return ", ".join(parts)


@frozen
class Plan:
    """What was drawn, in the order it is dealt: who codes which article. `strata` are the numbers drawn by value,
    `passed` how many candidates were passed over as near duplicates of one before them.
    """

    articles: tuple[str, ...]
    overlap: tuple[str, ...]
    assignments: tuple[tuple[str, str], ...]  # article, coder
    strata: Mapping[str, int]
    passed: int

    def by_ids(self, ids: Mapping[str, str]) -> Plan:
        """The same with other names for the coders: those of `ids`."""
        return replace(self, assignments=tuple((article, ids[coder]) for article, coder in self.assignments))

    def load(self) -> dict[str, int]:
        """How many articles each coder has."""
        return dict(Counter(coder for _, coder in self.assignments))


def plan(candidates: Iterable[Candidate], coders: Sequence[str], method: Method, seed: int) -> Plan:
    """Draws and deals. Raises UserError where that cannot be."""
    if not coders:
        raise UserError("A round needs a coder.")
    if method.together and not 2 <= method.together <= len(coders):
        raise UserError(
            f"An article can be coded by 2 to {len(coders)} of these coders, not {method.together}."
        )
    ordered = shuffled(candidates, seed)
    kept = ordered if method.near or method.articles is None else _without_near(ordered)
    drawn = _drawn(kept, method)
    several = overlapping(method.overlap, len(drawn))
    if several and len(coders) < 2:
        raise UserError("For articles that several coders code, name two coders or more.")
    both, alone = drawn[:several], drawn[several:]
    sets = list(combinations(coders, method.together or len(coders)))
    turns = [(each.id, coder) for each, group in zip(both, cycle(sets), strict=False) for coder in group]
    dealt = [(each.id, coder) for each, coder in zip(alone, _evenly(coders, turns), strict=False)]
    return Plan(
        tuple(each.id for each in drawn),
        tuple(each.id for each in both),
        (*turns, *dealt),
        dict(sorted(Counter(each.stratum for each in drawn).items())) if method.by else {},
        len(ordered) - len(kept),
    )


def shuffled(candidates: Iterable[Candidate], seed: int) -> list[Candidate]:
    """In the order that the seed gives them."""
    return sorted(candidates, key=lambda each: (_place(each, seed), each.id))


def overlapping(stated: str, articles: int) -> int:
    """How many of the articles several coders code: of `20%` the next whole number, else the number stated. Raises
    UserError for what is neither, and for more than there are.
    """
    said = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?)\s*(%?)\s*", stated)
    if said is None or (not said[2] and not said[1].isdigit()):
        raise UserError(f"“{stated}” is no overlap: say a share as 20%, or a number of articles.")
    if said[2]:
        share = Fraction(said[1].replace(",", "."))
        if share > 100:
            raise UserError("An overlap is 100% at most.")
        return math.ceil(share * articles / 100)
    number = int(said[1])
    if number > articles:
        raise UserError(f"{number:,} articles for several coders are more than the {articles:,} drawn.")
    return number


def _place(candidate: Candidate, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}\n{candidate.hash}\n{candidate.id}".encode()).digest()


def _without_near(ordered: Sequence[Candidate]) -> list[Candidate]:
    """The first of each group of near duplicates."""
    met: set[str] = set()
    kept = []
    for each in ordered:
        if not each.group or each.group not in met:
            kept.append(each)
        met.add(each.group)
    return kept


def _drawn(kept: Sequence[Candidate], method: Method) -> list[Candidate]:
    if method.articles is None:
        return list(kept)
    if method.articles < 1:
        raise UserError("A round needs an article.")
    if method.articles > len(kept):
        raise UserError(f"{method.articles:,} articles cannot be drawn: there are {len(kept):,}.")
    if not method.by:
        return list(kept[: method.articles])
    strata: dict[str, list[Candidate]] = defaultdict(list)
    for each in kept:
        strata[each.stratum].append(each)
    sizes = proportional({name: len(held) for name, held in strata.items()}, method.articles)
    chosen = {each.id for name, held in strata.items() for each in held[: sizes[name]]}
    return [each for each in kept if each.id in chosen]


def proportional(counts: Mapping[str, int], number: int) -> dict[str, int]:
    """The number shared out in proportion, by largest remainders; ties go to the larger group, then by name."""
    total = sum(counts.values())
    whole = {name: number * count // total for name, count in counts.items()}
    rest = number - sum(whole.values())
    by_rest = sorted(counts, key=lambda name: (-(number * counts[name] % total), -counts[name], name))
    for name in by_rest[:rest]:
        whole[name] += 1
    return whole


def _evenly(coders: Sequence[str], already: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Coders in turn, those first who have fewer so far; without end."""
    load = Counter(dict.fromkeys(coders, 0))
    load.update(coder for _, coder in already)
    most = max(load.values())
    lead = [coder for level in range(most) for coder in coders if load[coder] <= level]
    yield from lead
    yield from cycle(coders)
