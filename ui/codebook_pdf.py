"""A report as PDF, set by Qt from its HTML: A4, pages numbered."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.writers import as_html
from annotate.writers.codebook_text import DEEP
from annotate.writers.document import Part
from annotate.writers.whole import written_whole
from ui.fonts import load_fonts, ui_family

if TYPE_CHECKING:
    from PySide6.QtGui import QTextDocument

MARGIN = 22  # millimetres
FOOT = 12  # points of room for the number below the text
STYLE = """
body { font-family: "Source Serif 4", Georgia, serif; font-size: 10pt; color: #1f2328; }
h1, h2, h3, h4, h5, h6, th, td, .dim { font-family: "SANS"; }
h1 { font-size: 19pt; margin: 0 0 6px 0; }
h2 { font-size: 15pt; margin: 22px 0 4px 0; }
h3 { font-size: 12pt; margin: 20px 0 4px 0; }
h4 { font-size: 10pt; margin: 14px 0 2px 0; }
p { margin: 0 0 6px 0; }
blockquote { margin: 0 0 5px 14px; }
.dim { color: #5c6168; font-size: 8pt; }
th { color: #5c6168; font-size: 8.5pt; text-align: left; }
td { font-size: 8.5pt; }
"""


def write_pdf(title: str, parts: Iterable[Part], out: Path) -> None:
    """Writes the file whole or not at all. Raises UserError. Needs an application of Qt."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
    from PySide6.QtGui import (
        QAbstractTextDocumentLayout,
        QFont,
        QPageLayout,
        QPageSize,
        QPainter,
        QPdfWriter,
        QTextDocument,
    )

    buffer = QBuffer(held := QByteArray())
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(144)
    margins = QMarginsF(MARGIN, MARGIN, MARGIN, MARGIN)
    size, upright = QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, upright, margins, QPageLayout.Unit.Millimeter))
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.documentLayout().setPaintDevice(writer)
    load_fonts()
    document.setDefaultStyleSheet(STYLE.replace("SANS", ui_family()))
    document.setHtml(_html(title, parts))
    paper = writer.pageLayout().paintRectPixels(writer.resolution())
    foot = round(FOOT * 2 * writer.resolution() / 72)
    page = QRectF(0, 0, paper.width(), paper.height() - foot)
    document.setPageSize(page.size())
    _keep_headings(document, page.height())
    with QPainter(writer) as painter:
        painter.setFont(QFont(ui_family(), 8))
        for number in range(document.pageCount()):
            if number:
                writer.newPage()
            painter.save()
            painter.translate(0, -number * page.height())
            context = QAbstractTextDocumentLayout.PaintContext()
            context.clip = page.translated(0, number * page.height())
            painter.setClipRect(context.clip)
            document.documentLayout().draw(painter, context)
            painter.restore()
            place = QRectF(0, page.height(), page.width(), foot)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            painter.drawText(place, right, f"{number + 1} / {document.pageCount()}")
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, title)
    buffer.close()
    with written_whole(out) as file:
        file.write(held.data())


def _keep_headings(document: QTextDocument, height: float) -> None:
    """A heading goes to the next page with what it is over, where only it would fit."""
    from PySide6.QtGui import QTextCursor, QTextFormat

    layout, block = document.documentLayout(), document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            below = block.next()
            while below.isValid() and below.blockFormat().headingLevel():
                below = below.next()
            one, other = layout.blockBoundingRect(block), layout.blockBoundingRect(below)
            line = min(other.height(), document.defaultFont().pointSizeF() * 4)
            if below.isValid() and int(one.top() // height) != int((other.top() + line) // height):
                form = block.blockFormat()
                form.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(form)
                document.markContentsDirty(block.position(), document.characterCount() - block.position())
                document.pageCount()
                block = below
                continue
        block = block.next()


def _html(title: str, parts: Iterable[Part]) -> str:
    """The body of the page, with what Qt's own HTML understands in place of the style."""
    out = io.BytesIO()
    as_html.write(title, parts, out)
    text = out.getvalue().decode()
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    text = re.sub(r'(<h\d[^>]*class=")page( ?[^"]*")', r'\1\2 style="page-break-before: always"', text)
    text = re.sub(r'<p dir="auto" class="item"([^>]*)>', r"<p\1>•&nbsp;&nbsp;", text)
    text = re.sub(r"<(/?)h[56]", r"<\1h4", text).replace(DEEP, "&nbsp;" * 4)
    text = text.replace("<table>", '<table width="100%" cellspacing="0" cellpadding="3">')
    return text.replace("margin-inline-start", "margin-left").replace(' dir="auto"', "")
