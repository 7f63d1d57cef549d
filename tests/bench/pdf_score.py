"""Text of PDF pages scored against pages transcribed by eye: wrong and misplaced characters.

`uv run python -m tests.bench.pdf_score` prints a table with two numbers for each reader and page. `edits` is
the edit distance in reading order: a misplaced character counts as one missing and one too many. `lost` counts
characters that are missing or too many wherever they stand: those in no stretch of five that both texts have.
White space, the dots of leaders and differences that the eye does not see are left out of account. Where the
transcript is of a region, what the reader has before and after it does not count.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from annotate.readers import Wishes, read_file
from tests.shared import ROOT, shared

GOLD = ROOT / "tests" / "files" / "readers" / "pdf-gold"
PASSWORDS = {"password-example.pdf": "test", "r6-user-password.pdf": "asdfzxcv"}
_GRAM = 5
_LEADERS = re.compile(r"(?:\s*\.){2,}")
_ALIKE = str.maketrans("ſ∗−\u2010\u2011\u00ad▪■●◦", "s*----••••", "\u200e\u200f\ufeff")


@dataclass(frozen=True, slots=True)
class Gold:
    """A transcript: its name, the sample and page (from 1) it is of, its text; `whole`: of all the page."""

    name: str
    file: str
    page: int
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Characters wrong in order, and those missing or too many in any order."""

    edits: int
    lost: int


def golds() -> list[Gold]:
    """The transcripts; the first line of each file says of what it is."""
    made = []
    for path in sorted(GOLD.glob("*.txt")):
        head, _, text = path.read_text("utf-8").partition("\n")
        match = re.match(r"(\S+\.pdf)[^,]*, page (\d+), (whole)?", head)
        assert match, head
        made.append(Gold(path.stem, match[1], int(match[2]), text, bool(match[3])))
    return made


def plain(text: str) -> str:
    """The characters that are compared."""
    text = _LEADERS.sub("", unicodedata.normalize("NFC", text).replace("…", "...").translate(_ALIKE))
    return "".join(text.split())


def edits(gold: str, found: str, whole: bool = True) -> tuple[int, int]:
    """Edit distance and the place in `found` at which the best match ends (its end, if `whole`).

    Myers 1999, with Hyyrö's change for whole texts: a column of the matrix is two integers of len(gold) bits.
    """
    size = len(gold)
    if not size:
        return (len(found) if whole else 0), len(found)
    places: dict[str, int] = {}
    for place, c in enumerate(gold):
        places[c] = places.get(c, 0) | 1 << place
    mask, last = (1 << size) - 1, 1 << (size - 1)
    up, down, distance = mask, 0, size
    best, end = distance, 0
    for place, c in enumerate(found, 1):
        equal = places.get(c, 0)
        vertical = equal | down
        across = (((equal & up) + up) ^ up) | equal
        right = down | (~(across | up) & mask)
        left = up & across
        distance += bool(right & last) - bool(left & last)
        right = (right << 1 | whole) & mask
        left = (left << 1) & mask
        up = left | (~(vertical | right) & mask)
        down = right & vertical
        if distance < best:
            best, end = distance, place
    return (distance, len(found)) if whole else (best, end)


def region(gold: str, found: str) -> str:
    """The stretch of `found` that is most like `gold`."""
    _, end = edits(gold, found, whole=False)
    _, length = edits(gold[::-1], found[:end][::-1], whole=False)
    return found[end - length : end]


def uncovered(text: str, other: str) -> int:
    """Characters of `text` in no shingle that `other` has as well, each as often as it has it."""
    shingles = Counter(other[i : i + _GRAM] for i in range(max(1, len(other) - _GRAM + 1)))
    covered = bytearray(len(text))
    for place in range(max(1, len(text) - _GRAM + 1)):
        shingle = text[place : place + _GRAM]
        if shingles[shingle] > 0:
            shingles[shingle] -= 1
            covered[place : place + len(shingle)] = b"\1" * len(shingle)
    return covered.count(0)


def score(gold: Gold, text: str) -> Score:
    """How far a reader's text of the page is from the transcript."""
    wanted, found = plain(gold.text), plain(text)
    distance, _ = edits(wanted, found, gold.whole)
    own = found if gold.whole else region(wanted, found)
    return Score(distance, uncovered(wanted, found) + uncovered(own, wanted))


@cache
def _read(file: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Our text of a sample, and from where to where each page goes by its label."""
    path = shared(f"samples/pdf/{file}")
    draft = read_file(path, wishes=Wishes(tuple(PASSWORDS.values())))[0]
    marks = draft.layout.pages
    ends = [*(mark.start for mark in marks[1:]), len(draft.text)]
    return draft.text, {mark.label: (mark.start, end) for mark, end in zip(marks, ends, strict=False)}


def ours(file: str, page: int) -> str:
    text, places = _read(file)
    start, end = places.get(str(page), (0, len(text))) if places else (0, len(text))
    return text[start:end]


def pdfminer(file: str, page: int) -> str:
    """What pdfminer.six gives by itself."""
    from pdfminer.high_level import extract_text

    path = shared(f"samples/pdf/{file}")
    return str(extract_text(path, password=PASSWORDS.get(file, ""), page_numbers=[page - 1]))


def pdfium(file: str, page: int) -> str:
    """What pdfium gives by itself."""
    from pypdfium2 import PdfDocument

    document = PdfDocument(shared(f"samples/pdf/{file}"), password=PASSWORDS.get(file))
    try:
        return str(document[page - 1].get_textpage().get_text_range())
    finally:
        document.close()


READERS: dict[str, Callable[[str, int], str]] = {"ours": ours, "pdfminer.six": pdfminer, "pdfium": pdfium}


def main() -> None:
    wanted = sys.argv[1:]
    print(f"{'':42}{'chars':>6}" + "".join(f"{name + ' edits':>20}{'lost':>6}" for name in READERS))
    sums: Counter[tuple[str, str]] = Counter()
    for gold in golds():
        if wanted and not any(word in gold.name for word in wanted):
            continue
        scores = {name: score(gold, read(gold.file, gold.page)) for name, read in READERS.items()}
        best = min(found.edits for name, found in scores.items() if name != "ours")
        mark = " *" if scores["ours"].edits > best else ""
        print(
            f"{gold.name:42}{len(plain(gold.text)):6}"
            + "".join(f"{found.edits:20}{found.lost:6}" for found in scores.values())
            + mark
        )
        for name, found in scores.items():
            sums[name, "edits"] += found.edits
            sums[name, "lost"] += found.lost
    print(f"{'sum':48}" + "".join(f"{sums[name, 'edits']:20}{sums[name, 'lost']:6}" for name in READERS))


if __name__ == "__main__":
    main()
