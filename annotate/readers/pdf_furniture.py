"""What repeats on the pages and is no text of the document: running heads, feet, page and line numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from annotate.readers.pdf_columns import rows
from annotate.readers.pdf_lines import Piece

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:(?:page|seite|p\.|pág\.?|pagina|página)\s*)?[-–—|\[(]*\s*(?:\d{1,4}|[ivxlc]{1,7})\s*[-–—|\])]*"
    r"(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?",
    re.IGNORECASE,
)
_EDGE_ROWS = 3  # at the top and at the bottom of a page
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def without_furniture(pages: Sequence[list[Piece]]) -> list[list[Piece]]:
    """The pages' pieces without rows at their edges that recur, but for their numbers, and page numbers."""
    edges = [_edges(page) for page in pages]
    seen: defaultdict[str, set[int]] = defaultdict(set)
    for number, rows_here in enumerate(edges):
        for row in rows_here:
            seen[_pattern(row)].add(number)
    enough = max(2, min(4, len(pages) // 4))
    kept = []
    for number, page in enumerate(pages):
        going: set[int] = set()
        for row in edges[number]:
            near = seen[_pattern(row)] & set(range(number - 3, number + 4))
            if (len(seen[_pattern(row)]) >= enough and len(near) > 1) or _counts_pages(row, number, edges):
                going.update(map(id, row))
        kept.append([piece for piece in page if id(piece) not in going])
    return [without_line_numbers(page) for page in kept]


def _edges(page: list[Piece]) -> list[list[Piece]]:
    """The first and last rows, from the edge inwards."""
    lines = rows(page)
    if len(lines) <= 2 * _EDGE_ROWS:
        return lines[:1] + lines[1:][-1:]
    return lines[:_EDGE_ROWS] + lines[-_EDGE_ROWS:]


def _text(row: Iterable[Piece]) -> str:
    return " ".join(piece.text for piece in row).strip()


def _pattern(row: list[Piece]) -> str:
    """Its words without numbers in any order (even pages mirror odd ones), and about how high it stands."""
    words = sorted(_NUMBER.sub("#", _text(row)).casefold().split())
    return f"{round(row[0].y / 6)} {' '.join(words)}"


def _counts_pages(row: list[Piece], number: int, edges: Sequence[list[list[Piece]]]) -> bool:
    """Whether the row is a page number: one that a neighbouring page has one less or one more of."""
    here = _page_number(row)
    if here is None:
        return False
    for other in (number - 1, number + 1):
        if 0 <= other < len(edges):
            wanted = here + (other - number)
            if any(wanted in _outer_numbers(candidate) for candidate in edges[other]):
                return True
    return False


def _page_number(row: list[Piece]) -> int | None:
    text = _text(row)
    if not _PAGE_NUMBER.fullmatch(text):
        return None
    if digits := _NUMBER.search(text):
        return int(digits[0])
    letters = [_ROMAN[c] for c in re.sub(r"[^ivxlc]", "", text.lower())]
    return sum(-v if any(w > v for w in letters[i + 1 :]) else v for i, v in enumerate(letters))


def _outer_numbers(row: list[Piece]) -> set[int | None]:
    """The page number that the row is, or the numbers with which it begins and ends."""
    words = _text(row).split()
    return {_page_number(row), *(int(word) for word in (words[:1] + words[-1:]) if word.isdecimal())}


def without_stamps(pages: Sequence[list[list[Piece]]]) -> list[list[list[Piece]]]:
    """What is set in another direction than a page's own, without what stands on several pages but for numbers:
    stamps and margins.
    """
    seen = Counter(
        text
        for page in pages
        for text in {_stamp(piece) for group in page for piece in group if _stamp(piece)}
    )
    return [[[piece for piece in group if seen[_stamp(piece)] < 2] for group in page] for page in pages]


def _stamp(piece: Piece) -> str:
    """Its words without numbers; empty where that says too little."""
    text = _NUMBER.sub("#", piece.text)
    return text if sum(c.isalpha() for c in text) > 2 else ""


def without_line_numbers(page: list[Piece]) -> list[Piece]:
    """Without the numbers 1, 2, 3 ... that stand before the lines of a transcript or a bill."""
    numbers = [piece for piece in page if piece.text.isdecimal() and len(piece.text) <= 3]
    if len(numbers) < 10:
        return page
    place, count = Counter(round(piece.x1 / 4) for piece in numbers).most_common(1)[0]
    column = sorted((p for p in numbers if abs(round(p.x1 / 4) - place) <= 1), key=lambda piece: -piece.y)
    steps = sum(int(b.text) - int(a.text) == 1 for a, b in pairwise(column))
    first = min(piece.x0 for piece in page)
    if count < 10 or steps < 0.9 * (len(column) - 1) or column[0].x0 > first + 3 * column[0].size:
        return page
    going = set(map(id, column))
    return [piece for piece in page if id(piece) not in going]
