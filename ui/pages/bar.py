"""The slim bar over a PDF: text or pages, which page, how large."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ui.fonts import tabular
from ui.icon_button import IconButton
from ui.icons import Icon
from ui.look import Look


class PagesBar(QFrame):
    """Says what is wished; the page mode does it."""

    mode_asked = Signal(bool)  # pages, else text
    page_asked = Signal(int)  # index
    zoom_asked = Signal(int)  # 1 larger, -1 smaller, 0 fit to the width
    thumbnails_asked = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "chrome")
        row = QHBoxLayout(self)
        self.setFixedHeight(42)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        self._modes = QButtonGroup(self)
        for at, name in enumerate(("Text", "Pages")):
            button = QPushButton(name, checkable=True)
            button.setProperty("role", "tab")
            self._modes.addButton(button, at)
            row.addWidget(button)
        self._modes.button(0).setChecked(True)
        self._modes.idClicked.connect(lambda at: self.mode_asked.emit(at == 1))
        self.said = QLabel("")
        self.said.setProperty("role", "small")
        row.addWidget(self.said)
        row.addStretch(1)
        self.thumbnails = IconButton(look, Icon.THUMBNAILS, "Thumbnails")
        self.thumbnails.setCheckable(True)
        self.thumbnails.toggled.connect(self.thumbnails_asked)
        self.previous = IconButton(look, Icon.ARROW_UP, "Previous page")
        self.next = IconButton(look, Icon.ARROW_DOWN, "Next page")
        self.number = QLineEdit()
        self.number.setFixedWidth(52)
        self.number.setFont(tabular(self.font()))
        self.number.setValidator(QIntValidator(1, 999_999, self))
        self.number.setAccessibleName("Page")
        self.number.returnPressed.connect(self._go)
        self.of = QLabel("")
        self.of.setProperty("role", "small")
        self.smaller = IconButton(look, Icon.MINUS, "Smaller")
        self.percent = QLabel("")
        self.percent.setProperty("role", "small")
        self.percent.setFont(tabular(self.percent.font()))
        self.larger = IconButton(look, Icon.PLUS, "Larger")
        self.fit = IconButton(look, Icon.FIT_WIDTH, "Fit to the width")
        self.fit.setCheckable(True)
        self._tools: tuple[QWidget, ...] = (
            self.thumbnails,
            self.previous,
            self.number,
            self.of,
            self.next,
            self.smaller,
            self.percent,
            self.larger,
            self.fit,
        )
        for tool in self._tools:
            row.addWidget(tool)
        self._page = 0
        self.previous.clicked.connect(lambda: self.page_asked.emit(self._page - 1))
        self.next.clicked.connect(lambda: self.page_asked.emit(self._page + 1))
        self.smaller.clicked.connect(lambda: self.zoom_asked.emit(-1))
        self.larger.clicked.connect(lambda: self.zoom_asked.emit(1))
        self.fit.clicked.connect(lambda: self.zoom_asked.emit(0))
        self.show_mode(False)

    def show_mode(self, pages: bool, said: str = "") -> None:
        """Which of the two is shown; `said` is why there are no pages."""
        self._modes.button(int(pages)).setChecked(True)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        for tool in self._tools:
            tool.setVisible(pages)

    def show_page(self, page: int, count: int, label: str = "") -> None:
        """`page` is an index; `label` is what the document calls it, where that is another number."""
        self._page = page
        self.number.setText(str(page + 1))
        other = f" (p. {label})" if label and label != str(page + 1) else ""
        self.of.setText(f"of {count:,}{other}")
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page + 1 < count)

    def show_zoom(self, percent: int, fits: bool) -> None:
        self.percent.setText(f"{percent} %")
        self.fit.setChecked(fits)

    def _go(self) -> None:
        self.page_asked.emit(int(self.number.text()) - 1)
