"""Main text of web pages scored as the article-extraction benchmark does: 4-gram shingles against gold.

`uv run python -m tests.bench.html_score` prints a table: ours, trafilatura alone, its fast mode, all text, and with
`uv run --group readers` the two next best libraries.
Each page's shingles found, spurious and missed are divided by their sum, so that long pages weigh no more;
precision and recall are means over the pages, F1 is theirs.
"""

from __future__ import annotations

import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from statistics import mean

from annotate.model import BlockKind
from annotate.readers.html_page import _extractor, parse, read_page
from tests.shared import shared

_GRAM = 4


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i : i + _GRAM]) for i in range(max(1, len(words) - _GRAM + 1)) if words)


def page_score(gold: str, found: str) -> tuple[float, float]:
    """Precision and recall of one page."""
    wanted, got = shingles(gold), shingles(found)
    hit = (wanted & got).total()
    precision = hit / got.total() if got else float(not wanted)
    recall = hit / wanted.total() if wanted else 1.0
    return precision, recall


def pages() -> list[tuple[str, str, str]]:
    """(id, HTML, gold text) of every sample page."""
    folder = shared("samples/web-pages")
    gold = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    return [
        (path.name, _page(path), gold[path.name.split(".")[0]]["articleBody"])
        for path in sorted(folder.glob("*.html.gz"))
    ]


def _page(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")


def ours(page: str) -> str:
    """The text without its title line, which the gold texts do not have."""
    draft = read_page(page, "page.html")
    title = [block for block in draft.layout.blocks[:1] if block.kind is BlockKind.TITLE]
    return draft.text[title[0].end :] if title else draft.text


def library(fast: bool) -> Callable[[str], str]:
    def extract(page: str) -> str:
        document = _extractor()(page, fast=fast, include_comments=False)
        return document.text if document else ""

    return extract


def readability(page: str) -> str:
    from lxml.html import document_fromstring
    from readability import Document

    return str(document_fromstring(Document(page).summary()).text_content())


def resiliparse(page: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page, main_content=True, alt_texts=False))


def others() -> list[tuple[str, Callable[[str], str]]]:
    """The two next best libraries, where the group `readers` is installed."""
    there = (("readability-lxml", "readability", readability), ("resiliparse", "resiliparse", resiliparse))
    return [(name, extract) for name, module, extract in there if find_spec(module)]


def all_text(page: str) -> str:
    tree = parse(page)
    return "" if tree is None else str(tree.text_content())


def score(extract: Callable[[str], str]) -> tuple[float, float, float, float]:
    """Mean precision, mean recall, F1 and milliseconds a page."""
    sample = pages()
    start = time.perf_counter()
    results = [extract(page) for _, page, _ in sample]
    spent = (time.perf_counter() - start) * 1000 / len(sample)
    scores = [page_score(gold, found) for (_, _, gold), found in zip(sample, results, strict=True)]
    precision, recall = mean(p for p, _ in scores), mean(r for _, r in scores)
    return precision, recall, 2 * precision * recall / (precision + recall), spent


def main() -> None:
    print(f"{'':18}{'precision':>10}{'recall':>10}{'F1':>10}{'ms/page':>10}")
    _extractor()
    for name, extract in (
        ("ours", ours),
        ("trafilatura", library(False)),
        ("trafilatura fast", library(True)),
        *others(),
        ("all text", all_text),
    ):
        precision, recall, f1, spent = score(extract)
        print(f"{name:18}{precision:10.3f}{recall:10.3f}{f1:10.3f}{spent:10.1f}")


if __name__ == "__main__":
    main()
