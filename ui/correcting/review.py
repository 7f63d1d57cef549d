"""What an edited text does to the stored one and to its marks: worked out while one types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotate.alignment import Alignment, aligned
from annotate.model import Highlight, Span
from annotate.moving import Mover
from annotate.spoken import counted


@dataclass(frozen=True, slots=True)
class Review:
    """Code points of the new text: what is new or other, where something went, where marks stand."""

    changed: tuple[Span, ...] = ()
    gone: tuple[int, ...] = ()
    marks: tuple[tuple[str | None, tuple[Span, ...]], ...] = ()  # code and spans
    others: int = 0  # marks some of whose words are others
    lost: int = 0  # marks whose words are gone

    @property
    def passages(self) -> int:
        return len(self.changed) + len(self.gone)

    def said(self) -> str:
        """One line, for under the text."""
        if not self.passages:
            return "No changes yet"
        parts = [f"{counted(self.passages, 'passage')} changed"]
        if self.others:
            parts.append(f"{counted(self.others, 'highlight')} with other words")
        if self.lost:
            parts.append(
                f"{counted(self.lost, 'highlight')} would lose {'its' if self.lost == 1 else 'their'} place"
            )
        return " · ".join(parts)


def reviewed(old: str, new: str, marks: Sequence[Highlight]) -> Review:
    """Compares two texts and moves the marks along."""
    alignment = aligned(old, new)
    mover = Mover(alignment)
    moved = [(mark.code, mover.moved(mark.spans)) for mark in marks]
    gaps = list(_gaps(alignment))
    return Review(
        tuple(span for span in gaps if span[0] < span[1]),
        tuple(start for start, end in gaps if start == end),
        tuple((code, result.spans) for code, result in moved if not result.lost),
        sum(result.changed for _, result in moved),
        sum(result.lost for _, result in moved),
    )


def _gaps(alignment: Alignment) -> Iterator[Span]:
    """What of the new text was not in the old one, and empty spans where something of that is gone. Gaps
    that only a space or a letter or two divide are one.
    """
    old_at = at = 0
    open_: Span | None = None
    for start, end, new_start, new_end in [
        *((piece.start, piece.end, piece.new_start, piece.new_end) for piece in alignment.pieces),
        (len(alignment.old), len(alignment.old), len(alignment.new), len(alignment.new)),
    ]:
        if start > old_at or new_start > at:
            if open_ and at - open_[1] < NEAR and "\n" not in alignment.new[open_[1] : at]:
                open_ = (open_[0], new_start)
            else:
                if open_:
                    yield open_
                open_ = (at, new_start)
        old_at, at = end, new_end
    if open_:
        yield open_


NEAR = 3  # code points
