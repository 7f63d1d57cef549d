"""From lines in reading order to paragraphs, headings, items and table rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from statistics import median

from annotate.model import BlockKind
from annotate.readers.pdf_lines import Piece
from annotate.readers.pdf_rows import Row

_ITEM = re.compile(r"(?:[•●▪■◦‣∙·\ufffdo–—*-]|\(?\d{1,2}[.)]|\(?[a-z]\)|\([ivx]{1,4}\))\s+\S")
_BULLETS = "•●▪■◦‣∙\ufffdo"
ENDED = re.compile(r"[.!?:;。！？؟]['\"”’»)\]\d]*$")
_HYPHENS = "-\u2010\u00ad"
_OPEN_END = re.compile(r"\w–$|\d-$|://?$|\w/$")  # goes on without a space
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_HEADING = 200  # code points


@dataclass(slots=True)
class Para:
    """A block being put together; `breaks` are the places in `text` at which pages begin inside it."""

    text: str
    kind: BlockKind
    size: float
    bold: bool
    page: int  # index of the page on which it begins
    full: bool = False  # its last line reached the right edge
    breaks: list[tuple[int, int]] = field(default_factory=list)  # (place, page index)
    pieces: list[tuple[int, Piece]] = field(default_factory=list)  # page index and piece, as they are read


@dataclass(frozen=True, slots=True)
class Words:
    """Which words the document uses, to tell a hyphen of the language from one of the line end."""

    counts: Counter[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """Counted inside lines only: the first and last word of a line may be a half."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(word.casefold() for word in _WORD.findall(text)[1:-1])
        return cls(counts)

    def joined(self, before: str, after: str) -> str:
        """Two lines as one text: with a space, or with the line-end hyphen resolved."""
        if _OPEN_END.search(before) and after[:1].isalnum():
            return before + after
        if not before or before[-1] not in _HYPHENS or len(before) < 2 or not before[-2].isalpha():
            return before + ("" if _runs_on(before, after) else " ") + after
        if before[-1] == "\u00ad":
            return before[:-1] + after
        if not after[:1].isalpha():
            return f"{before} {after}"
        return (before if self._is_real(before, after) else before[:-1]) + after

    def wrapped(self, cell: str) -> str:
        """A cell's lines as one text."""
        return reduce(self.joined, cell.split("\n"))

    def _is_real(self, before: str, after: str) -> bool:
        """Whether the hyphen belongs to the word: the document says so, or both halves are words of it."""
        left = (_WORD.findall(before) or [""])[-1].casefold().rstrip("-")
        right = _WORD.findall(after)[0].casefold()
        if self.counts[left + right]:
            return False
        if after[0].isupper():
            return True
        if self.counts[f"{left}-{right}"] or "-" in left or len(left) == 1:
            return True
        return min(len(left), len(right)) > 2 and self.counts[left] > 0 and self.counts[right] > 0


def _runs_on(before: str, after: str) -> bool:
    """Chinese and Japanese lines join without a space."""
    return bool(before and after) and all(
        "\u2e80" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" for c in (before[-1], after[0])
    )


def paragraphs(region: Sequence[Row], page: int, words: Words) -> Iterator[Para]:
    """The blocks of one region: lines joined where nothing says that a new block begins."""
    if not region:
        return
    leading = _leading(region)
    left = _edge([row.x0 for row in region])
    right = max(row.x1 for row in region)
    open_para: Para | None = None
    for place, row in enumerate(region):
        above = region[place - 1] if place else None
        if open_para and above and not _begins(row, above, leading, left, right):
            open_para.text = words.joined(open_para.text, row.text)
            open_para.full = row.x1 > right - 3 * row.size
            open_para.pieces += [(page, piece) for piece in row.pieces]
            continue
        if open_para:
            yield open_para
        is_table = len(row.cells) > 1
        kind = BlockKind.ROW if is_table else BlockKind.ITEM if _ITEM.match(row.text) else BlockKind.PARAGRAPH
        text = "\t".join(words.wrapped(cell) for cell in row.cells) if is_table else row.text
        open_para = Para(text, kind, row.size, row.bold, page, row.x1 > right - 3 * row.size)
        open_para.pieces = [(page, piece) for piece in row.pieces]
    if open_para:
        yield open_para


def _leading(region: Sequence[Row]) -> float:
    steps = [a.y - b.y for a, b in pairwise(region) if a.size * 0.8 < a.y - b.y < a.size * 2.5]
    return median(steps) if steps else 1.5 * region[0].size


def _edge(starts: Sequence[float]) -> float:
    """Where most lines begin."""
    common = Counter(round(start / 2) for start in starts).most_common(1)[0]
    return common[0] * 2.0 if common[1] > 1 else min(starts)


def _begins(row: Row, above: Row, leading: float, left: float, right: float) -> bool:
    """Whether `row` begins a new block under the row `above`."""
    step = above.y - row.y
    if len(row.cells) > 1 or len(above.cells) > 1:
        return True
    if (
        step > 1.35 * max(leading, 1.15 * row.size)
        or step < 0
        or abs(row.size - above.size) > 0.12 * above.size
    ):
        return True
    if row.bold != above.bold and (row.bold or above.x1 < right - 4 * row.size):
        return True
    if _ITEM.match(row.text) and (
        row.text[0] in _BULLETS
        or ENDED.search(above.text)
        or _ITEM.match(above.text)
        or row.x0 - above.x0 > row.size
    ):
        return True
    indented = 0.8 * row.size < row.x0 - left < 8 * row.size and row.x0 - above.x0 > 0.8 * row.size
    if indented and not _ITEM.match(above.text):
        return True
    short = above.x1 < right - 0.15 * (right - left)
    return short and bool(ENDED.search(above.text)) and not row.text[:1].islower()


def flowing(blocks: Iterable[Para], words: Words) -> list[Para]:
    """Blocks with those rejoined that a column or page end had cut in the middle of a sentence."""
    made: list[Para] = []
    for para in blocks:
        last = made[-1] if made else None
        if last and _goes_on(last, para):
            before = len(last.text)
            last.text = words.joined(last.text, para.text)
            if para.page != last.page or last.breaks:
                last.breaks.append(
                    (max(0, len(last.text) - len(para.text)) if len(last.text) > before else 0, para.page)
                )
            last.full = para.full
            last.pieces += para.pieces
        else:
            made.append(para)
    return made


def _goes_on(last: Para, para: Para) -> bool:
    return (
        last.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        and para.kind is BlockKind.PARAGRAPH
        and abs(last.size - para.size) <= 0.06 * last.size
        and last.bold == para.bold
        and last.full
        and not ENDED.search(last.text)
        and (para.text[0].islower() or last.text[-1] in _HYPHENS + ",")
    )


def with_headings(blocks: Sequence[Para]) -> list[tuple[Para, int]]:
    """Each block with its level as a heading, 1 to 6, or 0: told by type larger than the body's, or bold."""
    sizes: Counter[float] = Counter()
    bold = 0
    for para in blocks:
        sizes[round(para.size, 1)] += len(para.text)
        bold += len(para.text) * para.bold
    body = sizes.most_common(1)[0][0] if sizes else 10.0
    mostly_bold = bold * 2 > sum(sizes.values())
    large = sorted({round(para.size, 1) for para in blocks if _is_large(para, body)}, reverse=True)
    levels = {size: min(place + 1, 5) for place, size in enumerate(large)}
    out = []
    for para in blocks:
        if _is_large(para, body):
            out.append((para, levels[round(para.size, 1)]))
        elif (
            not mostly_bold
            and para.bold
            and para.size > 0.95 * body
            and _may_head(para)
            and len(para.text) < 100
            and not ENDED.search(para.text)
        ):
            out.append((para, min(len(large) + 1, 6)))
        else:
            out.append((para, 0))
    return out


def _is_large(para: Para, body: float) -> bool:
    return para.size > 1.14 * body and _may_head(para)


def _may_head(para: Para) -> bool:
    return (
        para.kind is not BlockKind.ROW
        and 2 < len(para.text) <= _LONGEST_HEADING
        and sum(c.isalpha() for c in para.text) * 2 > len(para.text)
    )
