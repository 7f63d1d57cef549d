"""From characters on a page to pieces of lines: what stands on one baseline without a wide gap."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from annotate.readers.pdf_accents import FIRST_MARK, with_accents
from annotate.readers.pdf_bidi import MIRRORED, reading_order, runs_left
from annotate.readers.pdf_glyphs import Glyph

_WORD_GAP = 0.17  # of the type size: a wider gap is a space
_PIECE_GAP = 0.75  # of the type size: a wider gap may be one between columns or cells

Edges = tuple[float, float]


@dataclass(slots=True)
class _Seen:
    """A character (with its accents), a ligature's letters or a space, as it stands in a row."""

    text: str
    x0: float
    x1: float

    def as_read(self, turned: bool) -> _Seen:
        return replace(self, text=self.text.translate(MIRRORED)) if turned else self

    def edges(self) -> list[Edges]:
        """An equal part of the width for each letter; none for accents."""
        if len(self.text) == 1:
            return [(self.x0, self.x1)]
        letters = sum(not unicodedata.combining(c) for c in self.text) or 1
        step = (self.x1 - self.x0) / letters
        made: list[Edges] = []
        x = self.x0
        for at, c in enumerate(self.text):
            after = x + step if not unicodedata.combining(c) or at == 0 else x
            made.append((x, after))
            x = after
        return made


@dataclass(slots=True)
class Piece:
    """A stretch of one line, in points, y upwards; `text` in logical order."""

    text: str
    x0: float
    x1: float
    y: float  # the baseline
    size: float
    bold: bool
    edges: tuple[Edges, ...] = ()  # where each code point of `text` begins and ends, left before right
    angle: int = 0  # degrees by which the text is turned on the page
    order: int = 0  # how many characters of the page were drawn before it

    @property
    def width(self) -> float:
        return self.x1 - self.x0


def pieces(glyphs: Iterable[Glyph]) -> list[list[Piece]]:
    """The pieces of a page, apart for each direction of text, the direction with most characters first."""
    turned: defaultdict[int, list[Glyph]] = defaultdict(list)
    for order, glyph in enumerate(glyphs):
        glyph.order = order
        turned[_rounded(glyph.angle)].append(glyph)
    groups = sorted(turned.items(), key=lambda group: len(group[1]), reverse=True)
    return [[piece for row in _rows(group) for piece in _cut(row, angle)] for angle, group in groups]


@cache
def _rounded(angle: int) -> int:
    """Scans stand askew by a degree or two: these are one direction."""
    near = round(angle / 90) * 90
    return near % 360 if abs(angle - near) <= 3 else angle


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters on one baseline, top row first; raised and lowered small ones join the row they touch."""
    visible = with_accents([glyph for glyph in glyphs if glyph.text])
    rows: list[list[Glyph]] = []
    for glyph in sorted(visible, key=lambda glyph: -glyph.y):
        if rows and rows[-1][-1].y - glyph.y <= 0.12 * min(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return _with_raised(rows)


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Footnote marks and indices put into the rows whose words they stand beside."""
    sizes = [sorted(glyph.size for glyph in row)[len(row) // 2] for row in rows]
    homes: dict[int, list[Glyph]] = {place: list(row) for place, row in enumerate(rows)}
    for place, row in enumerate(rows):
        least = 1.12 * min(glyph.size for glyph in row)
        if max(sizes[max(0, place - 2) : place + 3]) <= least:
            continue
        for run in _runs(row):
            for other in (place + 1, place - 1, place + 2, place - 2):
                if (
                    0 <= other < len(rows)
                    and sizes[other] > run[0].size * 1.12
                    and _touches(run, rows[other])
                ):
                    homes[other] += run
                    gone = set(map(id, run))
                    homes[place] = [glyph for glyph in homes[place] if id(glyph) not in gone]
                    break
    return [row for row in homes.values() if row]


def _runs(row: list[Glyph]) -> list[list[Glyph]]:
    """The row cut at gaps of a type size."""
    runs: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda glyph: glyph.x):
        if glyph.text.isspace():
            continue
        if runs and glyph.x - runs[-1][-1].end <= 0.6 * glyph.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _touches(run: list[Glyph], row: list[Glyph]) -> bool:
    """Whether a short run of small characters begins or ends beside one of the row, raised or lowered."""
    size, rise = row[0].size, run[0].y - row[0].y
    if len(run) > 12 or not -0.4 * size < rise < 0.8 * size:
        return False
    reach, left, right = 0.45 * size, run[0].x, run[-1].end
    return any(
        (abs(left - other.end) < reach or abs(other.x - right) < reach) and other.size > run[0].size * 1.12
        for other in row
        if not other.text.isspace()
    )


def _cut(row: list[Glyph], angle: int) -> list[Piece]:
    """The row's pieces from left to right."""
    row = _without_doubles(sorted(row, key=lambda glyph: (glyph.x, glyph.width)))
    made: list[Piece] = []
    run: list[Glyph] = []
    words: list[_Seen] = []
    spaced = False
    end = before = 0.0  # where the last two and the last one end
    for glyph in row:
        if glyph.text.isspace():
            spaced = True
            continue
        if run:
            last = run[-1]
            gap = glyph.x - end
            if gap > _PIECE_GAP * glyph.size and gap > _PIECE_GAP * last.size:
                made.append(_piece(run, words, angle))
                run, words = [], []
            elif gap > -0.5 * glyph.size if spaced else gap > 0 and _is_space(last, glyph, gap):
                words.append(_Seen(" ", last.end, max(last.end, glyph.x)))
        spaced = False
        here = glyph.x + glyph.width
        end, before = (max(here, before), here) if run else (here, here)
        run.append(glyph)
        mark = glyph.text >= FIRST_MARK and unicodedata.combining(glyph.text[0])
        if mark and words and words[-1].text != " ":
            words[-1].text += glyph.text
        else:
            words.append(_Seen(glyph.text, glyph.x, here))
    if run:
        made.append(_piece(run, words, angle))
    return made


def _is_space(last: Glyph, glyph: Glyph, gap: float) -> bool:
    size = min(last.size, glyph.size)
    wide = 0.7 if _is_cjk(last.text[-1]) and _is_cjk(glyph.text[0]) else _WORD_GAP
    return gap > wide * size


def _is_cjk(c: str) -> bool:
    return "\u3000" <= c <= "\u9fff" or "\uf900" <= c <= "\ufaff" or "\uff00" <= c <= "\uffef"


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Some producers print a character twice, a hair apart, to make it bold."""
    kept: list[Glyph] = []
    for glyph in row:
        near = glyph.x - 0.08 * glyph.size
        close = kept and kept[-1].x > near and glyph.width > 0 and not glyph.text.isspace()
        if not close or not any(other.text == glyph.text and other.x > near for other in kept[-3:]):
            kept.append(glyph)
    return kept


def _piece(run: Sequence[Glyph], words: Sequence[_Seen], angle: int) -> Piece:
    common = Counter(glyph.size for glyph in run).most_common(1)[0][0]
    bold = sum(glyph.bold for glyph in run) * 2 > len(run)
    base = sorted(glyph.y for glyph in run)[len(run) // 2]
    text = "".join(seen.text for seen in words)
    ordered = words
    if runs_left(text):
        order = reading_order([seen.text for seen in words])
        ordered = [words[place].as_read(turned) for place, turned in order]
        text = "".join(seen.text for seen in ordered)
    if len(text) == len(ordered):
        edges = tuple([(seen.x0, seen.x1) for seen in ordered])
    else:
        edges = tuple(edge for seen in ordered for edge in seen.edges())
    first = min(glyph.order for glyph in run)
    end = max(glyph.x + glyph.width for glyph in run)
    return Piece(text, run[0].x, end, base, round(common, 1), bold, edges, angle, first)
