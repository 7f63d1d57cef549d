"""Near duplicates: which articles are like an earlier one, found by their signatures (annotate.near)."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from annotate.near import ALIKE, CONTAINED, Likeness, bands, estimate, likeness, shingles, signature
from storage.project import Project
from storage.steps import CHUNK, Step

CROWD = 100  # articles listed under a band: where more share it, it stands for little
LOOKED_AT = 12  # articles that share most bands, whose signatures are compared ...
CHECKED = 3  # ... and of which so many are compared word by word
HOPELESS = 0.35  # an estimate below which they are not
WAITING = 10_000  # signatures written at once: in order, which touches each page of the index once
TOGETHER = 40  # articles looked up at once
PIECE = 2_500  # rows of the index in a transaction, while a window holds the project

Stored = Mapping[bytes, Sequence[int]]  # band -> numbers of the articles that have it


@dataclass(frozen=True, slots=True)
class Near:
    """An article and the earlier one that it is most like; `similarity` and `contained` are from 0 to 1."""

    article: str
    of: str
    similarity: float  # five words in a row that are in both, of those in either
    contained: float  # of those in the shorter one
    title: str
    of_title: str

    @property
    def said(self) -> str:
        """`86 % alike`; never 100 %, as something differs."""
        if self.similarity > 0.9995:
            return "the same but for signs and spaces"
        alike = f"{int(self.similarity * 100)} % alike"
        if self.contained < CONTAINED or self.similarity >= ALIKE:
            return alike
        return f"{alike}, one holds the other"


class Neighbours:
    """Finds the closest of the earlier articles, by the project's index and the signatures not yet in it."""

    def __init__(self, project: Project, *, pause: float = 0.0) -> None:
        """`pause`: seconds that are left to others between two writes."""
        self._project = project
        self._pause = pause
        self._any_written = bool(project.value("SELECT 1 FROM signature_band LIMIT 1"))
        self._bands: dict[bytes, list[int]] = {}
        self._signatures: dict[int, bytes] = {}

    def catch_up(self, go_on: Callable[[], bool]) -> bool:
        """Signs the articles that are not yet (of an older project, or after undo); False if stopped."""
        lacking = _lacking(self._project)
        for at in range(0, len(lacking), CHUNK):
            if at and not go_on():
                return False
            texts = self._project.rows(
                f"SELECT number, text FROM article_text WHERE number IN ({_holes(lacking[at : at + CHUNK])})",
                lacking[at : at + CHUNK],
            )
            self._take([(number, signature(text)) for number, text in texts])
        return True

    def compare(self, fresh: Sequence[tuple[int, bytes]]) -> list[Near]:
        """Which of the new articles (number and signature, in order) are like one before them."""
        found = []
        stored = self._stored([data for _, data in fresh])
        for number, data in fresh:
            if near := self._closest(number, data, stored):
                found.append(near)
            self._add(number, data, stored)
        if len(self._signatures) >= WAITING:
            self.write()
        return found

    def closest(self, number: int, data: bytes, threshold: float = ALIKE) -> Near | None:
        """The article before this one that it is most like, if it is near enough."""
        return self._closest(number, data, self._stored([data]), threshold)

    def pairs(self, threshold: float) -> Iterator[Near]:
        """All of the project's, in order; what lacks a signature is given one that is not written."""
        numbers = [number for (number,) in self._project.rows("SELECT number FROM article ORDER BY number")]
        for at in range(0, len(numbers), TOGETHER):
            chunk = numbers[at : at + TOGETHER]
            known = dict(
                self._project.rows(
                    f"SELECT number, data FROM signature WHERE number IN ({_holes(chunk)})", chunk
                )
            )
            made = {row[0]: signature(row[3]) for row in self._texts([n for n in chunk if n not in known])}
            stored = self._stored([*known.values(), *made.values()])
            for number, data in sorted((known | made).items()):
                if near := self._closest(number, data, stored, threshold):
                    yield near
                if number in made:
                    self._add(number, data, stored)

    def write(self) -> None:
        """Puts the signatures into the file; those of articles that went meanwhile are dropped."""
        rows = sorted((band, number) for band, numbers in self._bands.items() for number in numbers)
        size = PIECE if self._pause else max(1, len(rows))
        for at in range(0, len(rows), size):
            with self._project.unlogged() as db:
                db.conn.executemany(
                    "INSERT OR IGNORE INTO signature_band VALUES (?, ?)", rows[at : at + size]
                )
            self._any_written = True
            time.sleep(self._pause)
        if self._signatures:
            with self._project.unlogged() as db:  # last, so that one of a killed import is made anew
                db.conn.executemany(
                    """INSERT OR IGNORE INTO signature
                       SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM article_text WHERE number = ?1)""",
                    sorted(self._signatures.items()),
                )
        self._bands.clear()
        self._signatures.clear()

    def _take(self, signed: Sequence[tuple[int, bytes]]) -> None:
        stored = self._stored([data for _, data in signed])
        for number, data in signed:
            self._add(number, data, stored)
        if len(self._signatures) >= WAITING:
            self.write()

    def _add(self, number: int, data: bytes, stored: Stored) -> None:
        self._signatures[number] = data
        for band in bands(data):
            here = self._bands.setdefault(band, [])
            if len(here) + len(stored.get(band, ())) < CROWD:
                here.append(number)

    def _stored(self, signatures: Sequence[bytes]) -> Stored:
        """The articles in the file that share a band with one of these."""
        if not self._any_written:
            return {}
        wanted = [band for data in signatures for band in bands(data)]
        found: dict[bytes, list[int]] = {}
        for at in range(0, len(wanted), CHUNK):
            chunk = wanted[at : at + CHUNK]
            for band, number in self._project.db.conn.execute(
                f"SELECT band, number FROM signature_band WHERE band IN ({_holes(chunk)})", chunk
            ):
                found.setdefault(band, []).append(number)
        return found

    def _closest(self, number: int, data: bytes, stored: Stored, threshold: float = ALIKE) -> Near | None:
        candidates = self._candidates(number, data, stored)
        if not candidates:
            return None
        texts = {row[0]: row for row in self._texts([number, *candidates])}
        if number not in texts:
            return None
        mine = frozenset(shingles(texts[number][3]))
        best: tuple[Likeness, int] | None = None
        for other in candidates:
            if other in texts:
                like = likeness(mine, frozenset(shingles(texts[other][3])))
                if like.is_near(threshold) and (best is None or like.resembling > best[0].resembling):
                    best = like, other
        return _near(texts[number], texts[best[1]], best[0]) if best else None

    def _candidates(self, number: int, data: bytes, stored: Stored) -> list[int]:
        """The likeliest ones among the articles before this one, by their signatures."""
        held = [at[band] for band in bands(data) for at in (stored, self._bands) if band in at]
        shared = Counter(chain.from_iterable(held))
        earlier = [(-times, other) for other, times in shared.items() if other < number]
        if not earlier:
            return []
        looked_at = [other for _, other in sorted(earlier)[:LOOKED_AT]]
        signatures = dict(
            self._project.rows(
                f"SELECT number, data FROM signature WHERE number IN ({_holes(looked_at)})", looked_at
            )
        )
        signatures |= {other: self._signatures[other] for other in looked_at if other in self._signatures}
        ranked = sorted((-estimate(data, known), other) for other, known in signatures.items())
        return [other for guess, other in ranked[:CHECKED] if -guess >= HOPELESS]

    def _texts(self, numbers: Sequence[int]) -> list[Any]:
        return self._project.rows(
            f"""SELECT a.number, a.id, a.title, t.text
                FROM article a JOIN article_text t ON t.number = a.number
                WHERE a.number IN ({_holes(numbers)})""",
            numbers,
        )


def groups(project: Project, threshold: float = ALIKE) -> dict[str, str]:
    """The articles that are like another one, each with the first of its group: ids."""
    first: dict[str, str] = {}
    for pair in pairs(project, threshold):
        first[pair.article] = _first(first, pair.of)
    return {id: _first(first, id) for pair in first.items() for id in pair}


def _first(above: Mapping[str, str], id: str) -> str:
    while id in above:
        id = above[id]
    return id


def pairs(project: Project, threshold: float = ALIKE) -> Iterator[Near]:
    """Every article that is like an earlier one, with the one it is most like. Writes nothing.

    Of pairs that are 0.6 alike one in ten is missed, of those at 0.5 one in four.
    """
    return Neighbours(project).pairs(threshold)


def keep_both(step: Step, one: str, other: str) -> None:
    """Notes that two articles were compared and both stay."""
    first, second = sorted((one, other))
    step.put("kept_pair", [{"id": f"{first} {second}", "article": first, "other": second}])


def forget_pairs(step: Step, articles: Sequence[str]) -> None:
    """What was noted of pairs goes with the articles in them."""
    holes = _holes(articles)
    found = step.db.conn.execute(
        f"SELECT id FROM kept_pair WHERE article IN ({holes}) UNION SELECT id FROM kept_pair WHERE other IN ({holes})",
        [*articles, *articles],
    ).fetchall()
    step.remove("kept_pair", [id for (id,) in found])


def kept(project: Project) -> frozenset[frozenset[str]]:
    """The pairs of which both are kept."""
    return frozenset(frozenset(pair) for pair in project.rows("SELECT article, other FROM kept_pair"))


def undecided(project: Project, told: Sequence[Near]) -> list[Near]:
    """Those of an import's near duplicates that are still to be looked at.

    Where the other one is gone, the closest of those that are there takes its place.
    """
    decided, numbers = kept(project), _numbers(project, told)
    found = []
    for near in told:
        if near.article not in numbers:
            continue
        now = near if near.of in numbers else _closest_now(project, numbers[near.article])
        if now is not None and frozenset((now.article, now.of)) not in decided:
            found.append(now)
    return found


def _numbers(project: Project, told: Sequence[Near]) -> dict[str, int]:
    """The numbers of the articles that are still there, by id."""
    ids = sorted({id for near in told for id in (near.article, near.of)})
    found: dict[str, int] = {}
    for at in range(0, len(ids), CHUNK):
        chunk = ids[at : at + CHUNK]
        found.update(project.rows(f"SELECT id, number FROM article WHERE id IN ({_holes(chunk)})", chunk))
    return found


def _closest_now(project: Project, number: int) -> Near | None:
    data = project.value("SELECT data FROM signature WHERE number = ?", [number])
    return Neighbours(project).closest(number, data) if data else None


def _lacking(project: Project) -> list[int]:
    found = project.rows("SELECT number FROM article WHERE number NOT IN (SELECT number FROM signature)")
    return sorted(number for (number,) in found)


def _near(article: Sequence[Any], of: Sequence[Any], like: Likeness) -> Near:
    return Near(article[1], of[1], round(like.resembling, 3), round(like.contained, 3), article[2], of[2])


def _holes(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
