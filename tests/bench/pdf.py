"""How quickly PDF documents are read: ours in two worker processes beside one plain pdfminer.six process."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotate.readers import Wishes
from annotate.readers.reading import read_all
from tests.bench.pdf_score import PASSWORDS
from tests.bench.row import Row
from tests.shared import shared

SLOW = "nics-background-checks-2015-11-rotated.pdf"  # one page that keeps pdfminer.six busy
PLAIN = """
import sys
from pdfminer.high_level import extract_text
for path, password in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        extract_text(path, password=password)
    except Exception as error:
        print(path, error)
"""


def ours(paths: Sequence[Path]) -> float:
    """Seconds that two workers take, their start included."""
    start = time.perf_counter()
    for _ in read_all(paths, wishes=Wishes(tuple(PASSWORDS.values())), workers=2):
        pass
    return time.perf_counter() - start


def plain(paths: Sequence[Path]) -> float:
    """Seconds that a process of nothing but pdfminer.six's `extract_text` takes, its start included."""
    pairs = [word for path in paths for word in (str(path), PASSWORDS.get(path.name, ""))]
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", PLAIN, *pairs], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def pages(paths: Sequence[Path]) -> int:
    """Pages of the documents that pdfium opens."""
    from pypdfium2 import PdfDocument, PdfiumError

    count = 0
    for path in paths:
        try:
            with PdfDocument(path, password=PASSWORDS.get(path.name)) as document:
                count += len(document)
        except PdfiumError:
            continue
    return count


def rows() -> Iterator[Row]:
    """Milliseconds a page over all samples, and over all but the one that keeps pdfminer.six busy."""
    everything = sorted(shared("samples/pdf").glob("*.pdf"))
    for name, paths in (
        ("all samples", everything),
        ("all but the rotated table", [path for path in everything if path.name != SLOW]),
    ):
        count = pages(paths)
        mine, floor = min(ours(paths) for _ in range(2)), plain(paths)
        speed = f"{count / mine:.1f} pages/s, pdfminer.six {count / floor:.1f}"
        yield Row(f"PDF, {name} ({count} pages): {speed}", mine / count * 1000, floor / count * 1000, "0.2x")
