"""A report as a Word document, where the optional `postil[docx]` (python-docx) is installed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.util import find_spec
from typing import IO, Any

from annotate.text import runs_right
from annotate.writers.colours import tinted
from annotate.writers.document import Part, Run

SUFFIX, SAID, EXTRA = ".docx", "Word", "docx"
STYLES = {
    "title": "Title",
    "paragraph": "Normal",
    "item": "List Bullet",
    "listed": "Normal",
    "quote": "Normal",
    "dim": "Normal",
}

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def available() -> bool:
    return find_spec("docx") is not None


def write(title: str, parts: Iterable[Part], out: IO[bytes]) -> None:
    """The document, held in memory until it is whole."""
    from docx import Document

    made = Document()
    made.core_properties.title = _UNFIT.sub("\ufffd", title)[:255]
    made.core_properties.author = ""
    rows: list[Part] = []
    for each in parts:
        if each.kind == "row":
            rows.append(each)
            continue
        _table(made, rows)
        rows = []
        _paragraph(made, each)
    _table(made, rows)
    made.save(out)


def _paragraph(made: Any, each: Part) -> None:
    from docx.shared import Pt

    style = f"Heading {each.level}" if each.kind == "heading" else STYLES.get(each.kind, "Normal")
    paragraph = made.add_paragraph(style=style)
    if runs_right("".join(run.text for run in each.runs)):
        paragraph._p.get_or_add_pPr().append(_element("bidi"))
    paragraph.paragraph_format.page_break_before = each.page or None
    if each.kind in ("item", "listed"):
        paragraph.paragraph_format.left_indent = Pt(18 * (each.level + 1))
    if each.edge:
        _edge(paragraph, each.edge)
    for run in each.runs:
        _run(paragraph, run, dim=each.kind == "dim")


def _table(made: Any, rows: list[Part]) -> None:
    if not rows:
        return
    width = max(len(each.cells) for each in rows)
    table = made.add_table(rows=0, cols=width, style="Table Grid")
    for each in rows:
        cells = table.add_row().cells
        for cell, runs in zip(cells, each.cells, strict=False):
            for run in runs:
                _run(cell.paragraphs[0], Run(run.text, bold=True) if each.head else run)
    made.add_paragraph()


def _run(paragraph: Any, run: Run, *, dim: bool = False) -> None:
    from docx.shared import Pt, RGBColor

    made = paragraph.add_run(_UNFIT.sub("\ufffd", run.text))
    made.font.bold = run.bold or None
    made.font.superscript = run.raised or None
    if dim:
        made.font.size, made.font.color.rgb = Pt(9), RGBColor.from_string("5C6168")
    if run.colour:
        made.font.color.rgb = RGBColor.from_string(run.colour[1:].upper())
    if run.colours:
        _ground(made, run)


def _ground(made: Any, run: Run) -> None:
    """The tints as shading, and one line below the words in the first mark's colour."""
    held = made._r.get_or_add_rPr()
    held.append(_element("u", val="single", color=run.colours[0][1:]))
    held.append(_element("shd", val="clear", color="auto", fill=tinted(run.colours)[1:]))


def _edge(paragraph: Any, colour: str) -> None:
    borders = _element("pBdr")
    borders.append(_element("left", val="single", sz="18", space="8", color=colour[1:]))
    paragraph._p.get_or_add_pPr().append(borders)


def _element(tag: str, **values: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made
