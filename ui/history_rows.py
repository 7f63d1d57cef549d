"""Rows of the history, painted: what was done, by whom and when; what was undone is struck out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.dates import moment
from ui.fonts import tabular, ui_font
from ui.look import Look
from ui.session import Session
from ui.theme import load_tokens

STEP = Qt.ItemDataRole.UserRole  # a StepInfo
HERE = Qt.ItemDataRole.UserRole + 1  # whether the project stands after this step
Index = QModelIndex | QPersistentModelIndex
DOT = 3  # radius of the mark where the project stands


class StepDelegate(QStyledItemDelegate):
    """Two lines; a dot marks the step after which the project stands."""

    def __init__(self, session: Session, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        sizes = load_tokens()["type"]["ui"]
        self._plain, self._small = ui_font(sizes["size"]), tabular(ui_font(sizes["small"]))
        self._now, self._struck = ui_font(sizes["size"], 600), QFont(self._plain)
        self._struck.setStrikeOut(True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, max(48, QFontMetrics(self._now).height() + QFontMetrics(self._small).height() + 14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step, here, theme = index.data(STEP), bool(index.data(HERE)), self._look.theme
        box = option.rect.adjusted(0, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, box)
        gone = step.kind == "undo" or step.undone
        font = self._struck if step.undone and step.kind != "undo" else self._now if here else self._plain
        title, small = QFontMetrics(font), QFontMetrics(self._small)
        top = box.top() + (box.height() - title.height() - small.height() - 2) // 2
        inner = QRect(box.left() + 22, top, box.width() - 32, title.height())
        if here:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawEllipse(QPoint(box.left() + 11, inner.center().y() + 1), DOT, DOT)
        painter.setFont(font)
        painter.setPen(QColor(theme.dim if gone else theme.text))
        said = title.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, said)
        facts = [self._session.coder_name(step.coder), moment(step.at), "now here" if here else ""]
        painter.setFont(self._small)
        painter.setPen(QColor(theme.dim))
        line = QRect(inner.left(), inner.bottom() + 3, inner.width(), small.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, " · ".join(fact for fact in facts if fact))
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect) -> None:
        theme, state = self._look.theme, option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_back if chosen else theme.hover))
            painter.drawRoundedRect(box, 6, 6)
