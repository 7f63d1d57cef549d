"""Marks, layout and places on pages moved from a text to its next version."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotate.alignment import Alignment, Piece
from annotate.model import Block, Layout, PageMark, Span
from annotate.places import PlacedLine, Places

NOTHING = Piece(0, 0, 0, 0)  # before the first piece


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a mark stands in the new text: nowhere (no spans) if all its words are gone."""

    spans: tuple[Span, ...]
    changed: bool = False  # its words are not what they were

    @property
    def lost(self) -> bool:
        return not self.spans


class Mover:
    """Answers for one alignment."""

    def __init__(self, alignment: Alignment) -> None:
        self.old, self.new = alignment.old, alignment.new
        self.pieces = alignment.pieces
        self._starts = [piece.start for piece in self.pieces]

    def moved(self, spans: Sequence[Span]) -> Moved:
        """A mark of one part or several, in order.

        A part whose edge was at the edge of words that were replaced takes in those that replace them; one
        that was cut there keeps to what is left of it. Text put in at its edge stays outside.
        """
        kept: list[Span] = []
        for span in spans:
            part = self._part(*span)
            if part and kept and part[0] <= kept[-1][1]:
                part = (kept.pop()[0], part[1])
            if part:
                kept.append(part)
        words = [self.old[start:end] for start, end in spans]
        return Moved(tuple(kept), bool(kept) and words != [self.new[start:end] for start, end in kept])

    def place(self, place: int) -> int:
        """Where a code point stands now, or what came in its place, or the one that follows it."""
        at = self._at(place)
        before = self.pieces[at] if at >= 0 else NOTHING
        if place < before.end:
            return before.new_start + (place - before.start if before.same else 0)
        if place == before.end:
            return before.new_end
        return self.pieces[at + 1].new_start if at + 1 < len(self.pieces) else len(self.new)

    def layout(self, layout: Layout) -> Layout:
        """Blocks go with their lines, both halves of one that was divided; a page that is empty now goes."""
        blocks: list[Block] = []
        for block in layout.blocks:
            taken = blocks[-1].end if blocks else 0
            blocks.extend(each for each in self._blocks(block) if each.start >= taken)
        return Layout(tuple(blocks), tuple(self._pages(layout.pages)))

    def places(self, places: Places) -> Places | None:
        """What is put in place of words stands where they stood, what is new nowhere; None where nothing is
        left.
        """
        lines = tuple(new for line in places.lines for new in self._lines(line))
        return Places(places.pages, lines) if lines else None

    # ------------------------------------------------------------ inside

    def _at(self, place: int) -> int:
        """The last piece that begins here or before."""
        return bisect_right(self._starts, place) - 1

    def _between(self, start: int, end: int) -> Sequence[Piece]:
        """The pieces that touch this stretch of the old text."""
        first = self._at(start)
        if first < 0 or self.pieces[first].end <= start:
            first += 1
        return self.pieces[first : bisect_left(self._starts, end)]

    def _part(self, start: int, end: int) -> Span | None:
        found = self._between(start, end)
        if not found or not self._words_left(found, start, end):
            return None
        return self._begin(found[0], start), self._end(found[-1], end)

    def _words_left(self, found: Sequence[Piece], start: int, end: int) -> bool:
        """Whether a letter or digit of it is still there, if it had any."""
        if any(not piece.same for piece in found) or not _has_words(self.old[start:end]):
            return True
        return any(_has_words(self.old[max(start, piece.start) : min(end, piece.end)]) for piece in found)

    def _begin(self, first: Piece, start: int) -> int:
        if not first.same:
            return first.new_start
        if first.start <= start:
            return first.new_start + start - first.start
        at = self._at(start)
        before = self.pieces[at] if at >= 0 else NOTHING
        return before.new_end if before.end == start else first.new_start

    def _end(self, last: Piece, end: int) -> int:
        if not last.same:
            return last.new_end
        if last.end >= end:
            return last.new_start + end - last.start
        at = bisect_left(self._starts, end)
        behind, new_behind = len(self.old), len(self.new)
        if at < len(self.pieces):
            behind, new_behind = self.pieces[at].start, self.pieces[at].new_start
        return new_behind if behind == end else last.new_end

    def _pages(self, pages: Sequence[PageMark]) -> Iterator[PageMark]:
        ends = [*(page.start for page in pages[1:]), len(self.old)]
        for page, end in zip(pages, ends, strict=False):
            start = self.place(page.start)
            if page.start >= end or start < (len(self.new) if end >= len(self.old) else self.place(end)):
                yield replace(page, start=start)

    def _blocks(self, block: Block) -> Iterator[Block]:
        found = [piece for piece in self._between(block.start, block.end) if piece.same]
        if len(found) == 1 and found[0].start <= block.start and block.end <= found[0].end:
            by = found[0].new_start - found[0].start
            if self._is_line(block.start + by, block.end + by) or not self._is_line_of_old(block):
                yield replace(block, start=block.start + by, end=block.end + by)
                return
        kept = [(self._shifted(piece, block.start), self._shifted(piece, block.end)) for piece in found]
        touched = [span for span in kept if _has_words(self.new[slice(*span)])] or self._replaced_line(block)
        last = -1
        for start, end in touched:
            for line in self._lines_of(start, end):
                if line[0] > last and line[0] < line[1]:
                    last = line[0]
                    yield replace(block, start=line[0], end=line[1])

    def _replaced_line(self, block: Block) -> list[Span]:
        """Where a line whose words are all others stands now: between the line breaks it had."""
        before, behind = block.start - 1, block.end
        start = 0 if before < 0 else self._kept(before)
        end = len(self.new) if behind >= len(self.old) else self._kept(behind)
        if start is None or end is None:
            return []
        start += before >= 0
        return [(start, end)] if start < end and "\n" not in self.new[start:end] else []

    def _kept(self, place: int) -> int | None:
        """Where a code point that is still there stands now."""
        at = self._at(place)
        if at < 0 or place >= self.pieces[at].end or not self.pieces[at].same:
            return None
        return self.pieces[at].new_start + place - self.pieces[at].start

    def _shifted(self, piece: Piece, place: int) -> int:
        return min(max(place, piece.start), piece.end) - piece.start + piece.new_start

    def _is_line(self, start: int, end: int) -> bool:
        return self._lines_of(start, end) == [(start, end)]

    def _is_line_of_old(self, block: Block) -> bool:
        before = block.start == 0 or self.old[block.start - 1] == "\n"
        return before and (block.end == len(self.old) or self.old[block.end] == "\n")

    def _lines_of(self, start: int, end: int) -> list[Span]:
        """The whole lines of the new text that this stretch touches."""
        at = self.new.rfind("\n", 0, start) + 1
        found: list[Span] = []
        while at <= end:
            stop = self.new.find("\n", at)
            stop = len(self.new) if stop < 0 else stop
            if max(at, start) < min(stop, end):
                found.append((at, stop))
            at = stop + 1
        return found

    def _lines(self, line: PlacedLine) -> Iterator[PlacedLine]:
        for piece in self._between(line.start, line.end):
            first = max(piece.start, line.start) - line.start
            last = min(piece.end, line.end) - line.start
            lefts, rights = line.lefts[first:last], line.rights[first:last]
            if piece.same:
                start = piece.new_start + line.start + first - piece.start
                yield replace(line, start=start, lefts=lefts, rights=rights)
            elif piece.start >= line.start:
                lefts, rights = _spread(lefts, rights, piece.new_end - piece.new_start)
                yield replace(line, start=piece.new_start, lefts=lefts, rights=rights)


def _spread(lefts: Sequence[float], rights: Sequence[float], count: int) -> tuple[list[float], list[float]]:
    """As many boxes of one width over the room of those that were there, in their direction."""
    left, right = min(lefts), max(rights)
    step = (right - left) / count
    edges = [left + step * at for at in range(count)]
    if lefts[0] > lefts[-1]:
        edges.reverse()
    return edges, [edge + step for edge in edges]


def _has_words(text: str) -> bool:
    return any(sign.isalnum() for sign in text)
