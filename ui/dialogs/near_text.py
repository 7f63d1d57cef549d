"""Two texts beside each other in one document, so that they scroll as one; what differs is marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)
from PySide6.QtWidgets import QTextBrowser

from annotate.side_by_side import Piece, Row
from annotate.spoken import counted
from ui.fonts import reading_font, ui_font
from ui.theme import Theme, load_tokens

MOST, LETTERS = 400, 100_000  # rows shown, and characters in them: more takes seconds to lay out
SIZE, LEADING = 15, 122  # pixels; percent
GUTTER, ABOVE = 14, 5


class SideBySide(QTextBrowser):
    """Read-only; the keys that scroll do."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("The two texts side by side")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)

    def show_rows(self, rows: Sequence[Row], theme: Theme) -> None:
        """Fills it anew, from the top."""
        self.clear()
        shown = list(_first(rows))
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        table = cursor.insertTable(max(1, len(shown)), 2, _table(theme))
        for at, row in enumerate(shown):
            if row.skipped:
                table.mergeCells(at, 0, 1, 2)
                words = f"…  {counted(row.skipped, 'word')} the same  …"
                _write(table.cellAt(at, 0).firstCursorPosition(), [(words, _aside(theme))], middle=True)
                continue
            for side, pieces in enumerate((row.one, row.other)):
                cell = table.cellAt(at, side)
                cell.setFormat(_cell(side, theme))
                _write(
                    cell.firstCursorPosition(), [(_lines(piece), _format(piece, theme)) for piece in pieces]
                )
        if len(rows) > len(shown):
            cursor.movePosition(QTextCursor.MoveOperation.End)
            more = f"and {counted(len(rows) - len(shown), 'paragraph')} more; open the articles to read them"
            _write(cursor, [(more, _aside(theme))], middle=True)
        cursor.endEditBlock()
        self._trim()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def marked(self) -> list[str]:
        """The stretches that are marked as differing, in the order of the document."""
        found = []
        block = self.document().begin()
        while block.isValid():
            parts = block.begin()
            while not parts.atEnd():
                piece = parts.fragment()
                if piece.charFormat().fontUnderline():
                    found.append(piece.text())
                parts += 1
            block = block.next()
        return found

    def _trim(self) -> None:
        """The empty paragraph that Qt keeps behind a table takes no room."""
        last = QTextCursor(self.document().lastBlock())
        if not last.block().text():
            flat = QTextBlockFormat()
            flat.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            last.setBlockFormat(flat)


def _write(
    cursor: QTextCursor, pieces: Sequence[tuple[str, QTextCharFormat]], *, middle: bool = False
) -> None:
    block = QTextBlockFormat()
    block.setLineHeight(LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if middle:
        block.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    cursor.setBlockFormat(block)
    for text, format in pieces:
        cursor.insertText(text, format)


def _first(rows: Sequence[Row]) -> Iterator[Row]:
    letters = 0
    for row in rows[:MOST]:
        if letters > LETTERS:
            return
        yield row
        letters += sum(len(piece.text) for piece in (*row.one, *row.other))


def _written(pieces: Sequence[Piece], theme: Theme) -> Iterator[tuple[str, QTextCharFormat]]:
    for piece in pieces:
        yield _lines(piece), _format(piece, theme)
        if piece.more:
            yield f"  …  {counted(piece.more, 'word')} more", _aside(theme)


def _lines(piece: Piece) -> str:
    """Line breaks stay within the paragraph; other white space is one space."""
    lines = [" ".join(line.split()) for line in piece.text.split("\n")]
    inner = "\u2028".join(line for at, line in enumerate(lines) if line or at in (0, len(lines) - 1))
    before = " " if piece.text[:1].isspace() and not inner.startswith("\u2028") else ""
    after = " " if piece.text.strip() and piece.text[-1:].isspace() else ""
    return before + inner + after


def _format(piece: Piece, theme: Theme) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(reading_font(SIZE))
    made.setForeground(QColor(theme.text))
    if piece.differs:
        made.setBackground(QColor(theme.accent_back))
        made.setFontUnderline(True)
        made.setUnderlineColor(QColor(theme.accent))
    return made


def _aside(theme: Theme) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(ui_font(load_tokens()["type"]["ui"]["small"]))
    made.setForeground(QColor(theme.dim))
    return made


def _table(theme: Theme) -> QTextTableFormat:
    made = QTextTableFormat()
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_None)
    made.setBorder(0)
    made.setCellSpacing(0)
    made.setCellPadding(0)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    half = QTextLength(QTextLength.Type.PercentageLength, 50)
    made.setColumnWidthConstraints([half, half])
    return made


def _cell(side: int, theme: Theme) -> QTextTableCellFormat:
    made = QTextTableCellFormat()
    made.setTopPadding(ABOVE)
    made.setBottomPadding(ABOVE)
    made.setRightPadding(0 if side else GUTTER)
    made.setLeftPadding(GUTTER if side else 0)
    return made
