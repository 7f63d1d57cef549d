"""Reports as PDF: every word is on the pages, highlights are drawn, and no screen is needed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Layout
from annotate.writers import Options
from annotate.writers.colours import on_paper, tinted
from annotate.writers.document import part, row
from tests.annotate.hard_data import article, hard, mark, of
from tests.shared import ROOT
from ui.formats import writers
from ui.printing import as_pdf


def written(name: str, data=None, **options: bool) -> tuple[pypdfium2.PdfDocument, list[str]]:
    out = io.BytesIO()
    done = writers.writer(name).write(data or hard(), out, Options(**options))
    return pypdfium2.PdfDocument(out.getvalue()), list(done.notes)


def words(pdf: pypdfium2.PdfDocument) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())


def colours(pdf: pypdfium2.PdfDocument, page: int = 0) -> set[str]:
    image = pdf[page].render(scale=2)
    pixels = bytes(image.buffer)
    step = image.n_channels
    return {
        f"#{pixels[at + 2]:02x}{pixels[at + 1]:02x}{pixels[at]:02x}"
        for at in range(0, len(pixels) - step, step)
    }


@pytest.mark.parametrize("name", ["quotes-pdf", "articles-pdf", "codebook-pdf"])
def test_every_report_goes_out_as_pdf(name: str, qapp) -> None:
    assert writers.writer(name).available()
    pdf, notes = written(name)
    assert len(pdf) >= 1
    assert pdf.get_metadata_dict()["Title"] == "Study: “hard”"
    assert pdf[0].get_size() == pytest.approx((595, 842), abs=1)
    assert all("no font" in note for note in notes), notes


def test_the_whole_text_is_on_the_pages(qapp) -> None:
    text = "The court said no.\n\n法院裁定。部长走了。\n=1+1;\t'tis <b>bold</b> & *starred*"
    plain = words(written("articles-pdf", of([article("a", text)]))[0])
    for word in text.split():
        assert word in plain
    assert words(written("articles-pdf")[0]).count("A long line of words that goes on.") > 1100


def test_highlights_have_their_colours_and_a_line_each(qapp) -> None:
    text = "One two three."
    marks = [mark("m1", 0, 13, "own:1"), mark("m2", 4, 7, "own:2")]
    pdf, _ = written("articles-pdf", of([article("a", text, marks)]))
    seen = colours(pdf)
    indigo, amber = on_paper("indigo"), on_paper("amber")
    assert {indigo, amber, tinted((indigo,)), tinted((indigo, amber))} <= seen


def test_a_highlight_on_hebrew_stands_where_the_words_are(qapp) -> None:
    text = "שלום עולם"
    pdf, _ = written("articles-pdf", of([article("a", text, [mark("m1", 0, 4, "own:1")])]))
    image = pdf[0].render(scale=1)
    tint = tinted((on_paper("indigo"),))
    pixels, step = bytes(image.buffer), image.n_channels
    places = [
        divmod(at // step, image.width)
        for at in range(0, len(pixels) - step, step)
        if f"#{pixels[at + 2]:02x}{pixels[at + 1]:02x}{pixels[at]:02x}" == tint
    ]
    lowest = max(y for y, _ in places)  # the text stands below the legend
    assert min(x for y, x in places if y > lowest - 6) > 400, "the first word stands at the right"


def test_a_long_table_has_its_head_on_every_page(qapp) -> None:
    out = io.BytesIO()
    rows = [row("Sign", "Meaning", head=True), *(row(f"s{at}", "some words " * 20) for at in range(60))]
    as_pdf.write("T", [part("title", "T"), *rows, part("paragraph", "The end.")], out)
    pdf = pypdfium2.PdfDocument(out.getvalue())
    assert len(pdf) > 2
    for page in pdf:
        said = page.get_textpage().get_text_range()
        assert ("Meaning" in said) == ("some words" in said)
    assert "The end." in words(pdf)


def test_headings_keep_what_follows(qapp) -> None:
    out = io.BytesIO()
    lines = [part("paragraph", f"Line {at}.") for at in range(28)]
    as_pdf.write(
        "T", [*lines, part("heading", "The heading", level=2), part("paragraph", "Words. " * 60)], out
    )
    pdf = pypdfium2.PdfDocument(out.getvalue())
    for page in pdf:
        said = page.get_textpage().get_text_range()
        if "The heading" in said:
            assert "Words." in said


def test_blocks_are_set_apart(qapp) -> None:
    text = "Head\nFirst words.\nan item\nquoted\nlast"
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.PARAGRAPH)
    blocks, at = [], 0
    for line, kind in zip(text.split("\n"), kinds, strict=True):
        blocks.append(Block(at, at + len(line), kind, 1 if kind is BlockKind.HEADING else 0))
        at += len(line) + 1
    made = replace(article("a", text, [mark("m1", 0, 4, "own:1")]), layout=Layout(tuple(blocks)))
    said = words(written("articles-pdf", of([made]))[0])
    assert "• an item quoted last" in said


def test_articles_without_their_texts_are_refused(qapp) -> None:
    with pytest.raises(UserError, match="without their texts"):
        written("articles-pdf", text=False)


def test_it_is_written_without_a_screen(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("QT_QPA_PLATFORM", "DISPLAY")}
    made = ["demo", "--at", "d.postil", "--no-window"]
    for command in (made, ["export", "d.postil", "q.pdf", "--format", "quotes-pdf"]):
        words_ = [sys.executable, str(ROOT / "main.py"), *command]
        done = subprocess.run(words_, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=100)
        assert done.returncode == 0, done.stderr
    assert len(pypdfium2.PdfDocument(tmp_path / "q.pdf")) > 10
