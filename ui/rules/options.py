"""Options whose words wrap where their place is narrow, and a list that ends in an ellipsis."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

SIGN = 30  # pixels of the indicator and the space behind it


class _Wrapped:
    """Keeps the words as they were given, and shows them in as many lines as the width asks for."""

    def _take(self, label: str) -> None:
        assert isinstance(self, QAbstractButton)
        self.label = label
        self.setText(label.replace("&", "&&"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)

    def resizeEvent(self, event: QResizeEvent) -> None:
        assert isinstance(self, QAbstractButton)
        super().resizeEvent(event)  # type: ignore[misc]
        text = "\n".join(wrapped(self.label, self.fontMetrics(), self.width() - SIGN)).replace("&", "&&")
        if text != self.text():
            self.setText(text)
            self.updateGeometry()


class WrappedRadio(_Wrapped, QRadioButton):
    def __init__(self, label: str) -> None:
        super().__init__()
        self._take(label)
        self.setAutoExclusive(False)


class WrappedCheck(_Wrapped, QCheckBox):
    def __init__(self, label: str) -> None:
        super().__init__()
        self._take(label)


class ElidedBox(QComboBox):
    """As wide as its place; what does not fit ends in an ellipsis and stands in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self.width() - 44
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room
        )
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """The words in lines of at most `width` pixels; a word that is longer has a line of its own."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
