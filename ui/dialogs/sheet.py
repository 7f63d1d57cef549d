"""A dialog in the look of the program: a rounded page over the window, with buttons that say what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QHideEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from ui.theme import load_tokens, mix

MARGIN = 24  # the least that is seen of the window round a sheet
SHADOW = 20
VEIL = 190  # how much of the window is covered, of 255


class Sheet(QFrame):
    """Fill `body` (and `side`, where there is one); add buttons with `button`. Esc closes.

    It lies over the window of `parent`, which cannot be used until it is closed, by mouse or by keys.
    Without a parent it is a window of its own.
    """

    finished = Signal(bool)  # True after `accept`

    def __init__(
        self, title: str, parent: QWidget | None, *, width: int = 560, height: int = 0, side: bool = False
    ) -> None:
        self._over = parent.window() if parent is not None else None
        super().__init__(self._over)
        self._wanted = QSize(width, height)
        self._loop: QEventLoop | None = None
        self._before = (
            QApplication.focusWidget()
        )  # a field of the sheet may take the keyboard before it opens
        self._done = False
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.panel = QFrame(self)
        self.panel.setObjectName("sheet")
        self.panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self.heading = QLabel(title, wordWrap=True)
        self.heading.setProperty("role", "title")
        self.body = QVBoxLayout()
        self.body.setSpacing(14)
        self.side = QVBoxLayout()
        self.problem = QLabel(wordWrap=True, visible=False)
        self.problem.setProperty("role", "danger")
        self.aside = QLabel("")
        self.aside.setProperty("role", "dim")
        self.foot = QHBoxLayout()
        self._build(side)
        if self._over is not None:
            self._over.installEventFilter(self)
        self.hide()

    # ------------------------------------------------------------ what is in it

    def button(
        self, text: str, work: Callable[[], object], *, primary: bool = False, role: str = ""
    ) -> QPushButton:
        """Adds a button to the foot. The primary one answers to Enter in a field."""
        made = QPushButton(text, autoDefault=False)
        if primary or role:
            made.setProperty("role", role or "primary")
        if primary:
            self._primary = made
        made.clicked.connect(lambda: work())
        self.foot.addWidget(made)
        return made

    _primary: QPushButton | None = None

    def say_problem(self, text: str) -> None:
        """One sentence above the foot; an empty one takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    # ------------------------------------------------------------ coming and going

    def open(self) -> None:
        """Shows it over its window and returns at once."""
        held = QApplication.focusWidget()
        if held is not None and not self.isAncestorOf(held):
            self._before = held
        if self._over is None:
            self.resize(self._wanted.expandedTo(self.panel.sizeHint()))
        self._place()
        self.show()
        self.raise_()
        (self.focusWidget() or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def exec(self) -> bool:
        """Shows it and waits; whether it was accepted."""
        self._loop = QEventLoop()
        answers: list[bool] = []
        self.finished.connect(answers.append)
        self.open()
        if not self._done:
            self._loop.exec()
        return bool(answers and answers[0])

    def accept(self) -> None:
        self.done(True)

    def reject(self) -> None:
        self.done(False)

    def done(self, accepted: bool) -> None:
        """Closes it, tells `finished`, and gives the focus back."""
        if self._done:
            return
        self._done = True
        self.hide()
        before = self._before
        if before is not None and _alive(before) and before.isVisible():
            before.setFocus()
        self.finished.emit(accepted)
        if self._loop is not None:
            self._loop.quit()
        self.deleteLater()

    # ------------------------------------------------------------ its place

    def sizeHint(self) -> QSize:
        return self._wanted

    def _build(self, side: bool) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(28, 26, 28, 20)
        inner.setSpacing(16)
        inner.addWidget(self.heading)
        inner.addWidget(self._scrolled(self.body), 1)
        inner.addWidget(self.problem)
        across = QHBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        if side:
            self.side.setContentsMargins(8, 18, 8, 18)
            holder = QWidget()
            holder.setLayout(self.side)
            across.addWidget(holder)
            across.addWidget(rule(upright=True))
        across.addLayout(inner, 1)
        self.foot.setContentsMargins(24, 16, 24, 16)
        self.foot.setSpacing(12)
        self.foot.addWidget(self.aside)
        self.foot.addStretch(1)
        self._foot = QWidget()
        self._foot.setLayout(self.foot)
        self._side = side
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(across, 1)
        column.addWidget(rule())
        column.addWidget(self._foot)

    def _scrolled(self, body: QLayout) -> QScrollArea:
        """What does not fit a small window or a large face can be scrolled to."""
        inside = QWidget()
        inside.setLayout(body)
        body.setContentsMargins(0, 0, 2, 2)
        self._scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(inside)
        return self._scroll

    def _place(self) -> None:
        if self._over is not None:
            self.setGeometry(self._over.rect())
        edge = MARGIN if self._over is not None else 0
        room = self.rect().adjusted(edge, edge, -edge, -edge).size()
        width = min(self._wanted.width(), room.width()) if edge else room.width()
        height = self._wanted.height() or self._needed(width)
        height = min(height, room.height()) if edge else room.height()
        left = (self.width() - width) // 2
        self.panel.setGeometry(left, max(edge, (self.height() - height) // 2), width, height)

    def _needed(self, width: int) -> int:
        """The height at which nothing has to be scrolled."""
        self.panel.ensurePolished()
        inside = self._scroll.widget()
        inner = width - 58
        layout = inside.layout()
        body = layout.heightForWidth(inner) if layout.hasHeightForWidth() else layout.sizeHint().height()
        head = max(self.heading.heightForWidth(inner), self.heading.sizeHint().height())
        problem = self.problem.heightForWidth(inner) + 16 if not self.problem.isHidden() else 0
        return body + head + problem + self._foot.sizeHint().height() + 26 + 20 + 16 + 8

    # ------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._over is not None:
            event.accept()  # the window's keys rest while it is covered
            return True
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focus, QAbstractButton):
                focus.click()
            elif self._primary is not None and not isinstance(focus, QTextEdit | QPlainTextEdit):
                self._primary.click()
        event.accept()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside."""
        stops = self._stops()
        if not stops:
            return True
        focus = QApplication.focusWidget()
        at = stops.index(focus) if focus in stops else -1 if forward else 0
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        following = stops[(at + (1 if forward else -1)) % len(stops)]
        following.setFocus(reason)
        self._scroll.ensureWidgetVisible(following)
        return True

    def _stops(self) -> list[QWidget]:
        """What Tab goes through, in order."""
        found: list[QWidget] = []
        each = self.nextInFocusChain()
        while each is not None and each is not self:
            policy = each.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
            if policy and self.isAncestorOf(each) and each.isVisibleTo(self) and each.isEnabled():
                found.append(each)
            each = each.nextInFocusChain()
        return found

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._loop is not None and not self._done and not event.spontaneous():
            self.reject()  # its window was closed

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.reject()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chrome, line = self.palette().window().color(), self.palette().dark().color()
        radius = load_tokens()["radius"]["panel"] if self._over is not None else 0
        box = self.panel.geometry()
        if self._over is not None:
            veil = QColor(chrome)
            veil.setAlpha(VEIL)
            painter.fillRect(self.rect(), veil)
            _shadow(painter, box, radius, dark=chrome.lightness() < 128)
        _page(painter, box, radius, self.paper(), chrome, line, self._foot_top(), self._side_width())

    def paper(self) -> QColor:
        """The ground of the page: between the window's chrome and a field's white."""
        chrome, raised = self.palette().window().color(), self.palette().base().color()
        if chrome.lightness() < 128:
            return chrome.darker(118)
        return mix(chrome, raised, 2 / 3)

    def _foot_top(self) -> int:
        return self.panel.y() + self._foot.y()

    def _side_width(self) -> int:
        return self.side.geometry().width() + 1 if self._side else 0


def rule(*, upright: bool = False) -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("role", "upright" if upright else "rule")
    return made


def labelled(text: str, field: QWidget) -> QVBoxLayout:
    """A field under its label, as all forms have it."""
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(section(text, field))
    column.addWidget(field)
    return column


def section(text: str, field: QWidget | None = None) -> QLabel:
    """The small heading over a field or a group."""
    label = QLabel(text)
    label.setProperty("role", "section")
    if field is not None:
        label.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(text)
    return label


def choices(offered: Iterable[tuple[str, Any]]) -> QComboBox:
    """A box of values, each with the words it is offered by."""
    box = QComboBox()
    for words, value in offered:
        box.addItem(words, value)
    return box


def number(most: int, *, least: int = 0, value: int = 0) -> QSpinBox:
    """A field for a whole number; its digits stand where the words of other fields begin."""
    box = QSpinBox(minimum=least, maximum=most, value=value)
    box.lineEdit().setTextMargins(8, 0, 0, 0)  # a style sheet's padding does not reach it
    return box


def note(text: str, role: str = "dim") -> QLabel:
    """A sentence that may take several lines."""
    label = QLabel(text, wordWrap=True)
    label.setProperty("role", role)
    return label


def _page(
    painter: QPainter,
    box: QRect,
    radius: int,
    paper: QColor,
    chrome: QColor,
    line: QColor,
    foot: int,
    side: int,
) -> None:
    """The page with its darker foot and side, clipped to rounded corners, in a hairline."""
    shape = QPainterPath()
    shape.addRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(box, paper)
    painter.fillRect(box.x(), foot, box.width(), box.bottom() - foot + 1, chrome)
    painter.fillRect(box.x(), box.y(), side, foot - box.y(), chrome)
    painter.restore()
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(shape)


def _shadow(painter: QPainter, box: QRect, radius: int, *, dark: bool) -> None:
    """A soft shadow, a little below."""
    painter.setPen(Qt.PenStyle.NoPen)
    for out in range(SHADOW, 0, -2):
        painter.setBrush(QColor(0, 0, 0, 8 if dark else 2))
        spread = box.adjusted(-out, -out + 5, out, out + 5)
        painter.drawRoundedRect(spread, radius + out, radius + out)


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return bool(isValid(widget))
