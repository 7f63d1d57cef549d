"""How quick a large file of a news database comes apart into its articles, beside merely parsing it."""

from __future__ import annotations

import io
import random
import textwrap
import time
import zipfile
from collections.abc import Callable, Iterator

from annotate.readers import plain, read_bytes
from tests.annotate.word import docx, p
from tests.bench.project import some_words
from tests.bench.row import Row

ARTICLES, PARAGRAPHS, WORDS = 500, 12, 60
TARGET = "<= 5,000 ms"


def rows() -> Iterator[Row]:
    yield row("Factiva HTML", factiva(), parse_html)
    yield row("Nexis Uni DOCX", nexis_uni(), parse_docx)
    yield row("LexisNexis text", lexisnexis(), read_plain)
    yield web_pages()


def row(name: str, data: bytes, parse: Callable[[bytes], object]) -> Row:
    """Reading `data` as its reader does, and the floor: parsing its markup and doing nothing with it."""
    began = time.perf_counter()
    drafts = read_bytes(data, "download")
    taken = time.perf_counter() - began
    assert (len(drafts), drafts[0].notes) == (ARTICLES, ())
    began = time.perf_counter()
    parse(data)
    floor = time.perf_counter() - began
    return Row(f"{name}: {ARTICLES} articles, {len(data) / 1e6:.1f} MB", taken * 1000, floor * 1000, TARGET)


def web_pages() -> Row:
    """The sample pages, each by ours and by the bare extraction in turn, so that both have the same weather."""
    from tests.bench import html_score

    bare, sample = html_score.library(False), [page for _, page, _ in html_score.pages()]
    taken: list[tuple[float, float]] = []
    for _ in range(5):
        ours = floor = 0.0
        for page in sample:
            began = time.process_time()
            html_score.ours(page)
            between = time.process_time()
            bare(page)
            ours, floor = ours + between - began, floor + time.process_time() - between
        taken.append((ours * 1000 / len(sample), floor * 1000 / len(sample)))
    ours, floor = sorted(taken, key=lambda pair: pair[0] / pair[1])[2]
    return Row("a web page, of the samples (floor: the bare library)", ours, floor, "<= 1.25x")


def parse_html(data: bytes) -> object:
    from lxml.html import document_fromstring

    return document_fromstring(data)


def parse_docx(data: bytes) -> object:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return etree.fromstring(file.read("word/document.xml"))


def read_plain(data: bytes) -> object:
    """The same text as one article."""
    return plain.read(data, "download")


def paragraphs(chance: random.Random) -> list[str]:
    return [" ".join(some_words(chance, WORDS)) for _ in range(PARAGRAPHS)]


def factiva() -> bytes:
    """Articles as Factiva saves them for display."""
    chance = random.Random(5)
    parts = ["<html><head><meta charset='utf-8'><title>Factiva</title></head><body><div id='contentLeft'>"]
    for number in range(ARTICLES):
        body = "".join(
            f'<p class="articleParagraph enarticleParagraph">{text}</p>\n' for text in paragraphs(chance)
        )
        parts.append(
            f"""<div id="article-HRBRHR00202503{number:08}" class="article"><div class="article enArticle"><p>
            <div>News</div><div id="hd"><span class='enHeadline'>Article number {number}</span></div>
            <div>720 words</div><div>12 March 2025</div><div>The Herald</div><div>HRBRHR</div><div>6</div>
            <div>English</div><div>(c) 2025 Herald Ltd</div></p>
            {body}<p>Document HRBRHR00202503{number:08}</p></div></div><br/><span></span>"""
        )
    return "".join([*parts, "</div></body></html>"]).encode()


def nexis_uni() -> bytes:
    """Articles as Nexis Uni packs them into a Word document, with the list of them."""
    chance = random.Random(6)
    parts = [
        p(f"Documents ({ARTICLES})"),
        *(p(f"{number + 1}. ", f"Article {number}") for number in range(ARTICLES)),
    ]
    for number in range(ARTICLES):
        parts += [
            p(f"Article {number}", props='<w:outlineLvl w:val="0"/>'),
            p("The Herald"),
            p("July 3, 2019"),
        ]
        parts += [p("Length: 720 words"), p("Byline: Ann Lee"), p("Body"), *map(p, paragraphs(chance))]
        parts += [
            p("Classification"),
            p("Language: ENGLISH"),
            p("Load-Date: July 4, 2019"),
            p("End of Document"),
        ]
    return docx("".join(parts))


def lexisnexis() -> bytes:
    """Articles as LexisNexis wrote them into a text file."""
    chance = random.Random(7)
    parts = []
    for number in range(ARTICLES):
        body = "\n\n".join(textwrap.fill(text, 78) for text in paragraphs(chance))
        parts.append(
            f"""{number + 1:>30} of {ARTICLES} DOCUMENTS\n\n{"The Herald":>40}\n\n{"July 3, 2019 Wednesday":>46}

Article {number}\n\nBYLINE: Ann Lee\n\nLENGTH: 720 words\n\n{body}

LOAD-DATE: July 4, 2019\n\nLANGUAGE: ENGLISH\n\n{"Copyright 2019 The Herald":>50}\n\n"""
        )
    return "".join(parts).encode()
