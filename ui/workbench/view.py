"""The workbench: the codes of one taxonomy at the left, the page of one of them at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from storage import Change
from ui.codes.model import Role
from ui.codes.pane import CodesPane
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session
from ui.workbench.again import Again
from ui.workbench.inplace import PAD
from ui.workbench.page import CodePage
from ui.workbench.rules_side import RulesSide
from ui.workbench.side import WIDTH, Side
from ui.workbench.tabs import TaxonomyTabs
from ui.workbench.taxonomy_page import TaxonomyPage
from ui.workbench.version_side import VersionSide

LEFT = 360
COLUMN = 640  # of a page, at most
LATER_MS = 120
BESIDE = 800  # the room in which the side stands beside the page; below it in less


class Workbench(QWidget):
    """`left` asks for the way back to the text."""

    left = Signal()
    add_taxonomy_asked = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.tabs = TaxonomyTabs()
        self.codes = CodesPane(session, look, alone=True)
        self.page, self.taxonomy_page = CodePage(session, look), TaxonomyPage(session, look)
        self.side = Side(session, look)
        self.back = QToolButton()
        self.back.setAccessibleName("Back to the text")
        self.back.setToolTip("Back to the text (Esc)")
        self.back.clicked.connect(self.left)
        self._shown: CodePage | TaxonomyPage = self.taxonomy_page
        self._wants_side = True
        self._later = QTimer(self, singleShot=True, interval=LATER_MS)
        self._later.timeout.connect(self._show_current)
        self._lay_out()
        self._connect()
        self._paint()
        self._show_first()

    # ------------------------------------------------------------ what is shown

    def show_code(self, id: str) -> None:
        """The page of a code, which is selected in the tree."""
        code = self._session.codes.get(id)
        if code is None:
            return
        self._turn_to(code.taxonomy)
        self.codes.show_code(id)
        self._show_current()

    def show_taxonomy(self, id: str) -> None:
        """The page of a whole taxonomy."""
        self._turn_to(id)
        self.codes.show_code(id)
        self._show_current()

    @property
    def taxonomy(self) -> str | None:
        """The id of the one that is shown."""
        return self.codes.model.taxonomy

    def flush(self) -> bool:
        """Stores what was typed; False if something could not be stored."""
        return all([self.page.flush(), self.taxonomy_page.flush()])

    def focus_tree(self) -> None:
        self.codes.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_parts(self, tree: bool, side: bool) -> None:
        self._tree_part.setVisible(tree)
        self._wants_side = side
        self._place_side()

    # ------------------------------------------------------------ inside

    def _connect(self) -> None:
        tree = self.codes.tree
        self.tabs.chosen.connect(self.show_taxonomy)
        tree.selectionModel().currentChanged.connect(self._current_changed)
        tree.takes_all = True
        self.codes.code_chosen.connect(self._write)
        self.codes.left.connect(self.left)
        self.codes.add_taxonomy_asked.connect(self.add_taxonomy_asked)
        self.codes.menu.made.connect(self.show_code)
        self.codes.menu.page_asked.connect(self._edit)
        self.page.code_asked.connect(self.show_code)
        self.page.taxonomy_asked.connect(self.show_taxonomy)
        versions, again = self.side.section(VersionSide), self.side.section(Again)
        versions.compare_asked.connect(self.codes.menu.versions)
        versions.freeze_asked.connect(self.codes.menu.freeze)
        self.side.section(RulesSide).asked.connect(self.codes.menu.rules)
        again.asked.connect(self.codes.menu.check_again)
        self._session.changed.connect(self._follow)
        self._look.changed.connect(self._paint)

    def _show_first(self) -> None:
        if self._session.taxonomies:
            self.show_taxonomy(self._session.taxonomies[0].id)

    def _turn_to(self, id: str) -> None:
        if id != self.codes.model.taxonomy:
            self.flush()
            self.codes.field.clear()
            self.codes.model.show_taxonomy(id)
            self.codes.refresh()
        self.tabs.show_taxonomies(self._session.taxonomies, id)

    def _current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        if current.isValid():
            self._show_current()

    def _show_current(self) -> None:
        self._later.stop()
        index = self.codes.tree.currentIndex()
        if not index.isValid():
            return
        code = self.codes.model.code(index)
        if code is None:
            self.page.flush()
            self.taxonomy_page.show_taxonomy(str(index.data(Role.ID)))
            self.side.show_taxonomy(str(index.data(Role.ID)))
            self._bring(self.taxonomy_page)
        else:
            if code.id != self.page.id:
                self._scroll.verticalScrollBar().setValue(0)
            self.taxonomy_page.flush()
            self.page.show_code(code.id)
            self.side.show_code(self.page.code() or code)
            self._bring(self.page)

    def _write(self, id: str) -> None:
        """Enter or a double click in the tree: the keyboard goes to the page."""
        self._show_current()
        self._shown.fields()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _bring(self, page: CodePage | TaxonomyPage) -> None:
        self._shown = page
        for each in (self.page, self.taxonomy_page):
            each.setVisible(each is page)

    def _edit(self, id: str, field: str) -> None:
        self.show_code(id)
        self.page.edit(field)

    def _follow(self, change: Change) -> None:
        if not self.isVisible():
            return
        if change.touches("code", "taxonomy"):
            self._follow_codes()
        else:
            self.side.follow(change)

    def _follow_codes(self) -> None:
        known = [each.id for each in self._session.taxonomies]
        if self.taxonomy not in known:
            self.codes.model.show_taxonomy(known[0] if known else None)
            if known:
                self.codes.show_code(known[0])
        self.tabs.show_taxonomies(self._session.taxonomies, self.taxonomy)
        if not self.codes.tree.currentIndex().isValid() and self.taxonomy:
            self.codes.show_code(self.taxonomy)
        self._show_current()

    def refresh(self) -> None:
        """What changed while it was not in sight."""
        self._follow_codes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            in_page = self._scroll.isAncestorOf(self.focusWidget() or self)
            self.focus_tree() if in_page else self.left.emit()
        elif event.key() == Qt.Key.Key_Slash:
            self.codes.focus_field()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_side()
        return False

    def _place_side(self) -> None:
        """The side stands beside the page, or below it where there is no room; there it is always seen."""
        beside = self._scroll.viewport().width() >= BESIDE
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != way:
            self._both.setDirection(way)
        self.side.setMinimumWidth(WIDTH if beside else 0)
        self.side.setMaximumWidth(WIDTH if beside else COLUMN)
        self.side.setContentsMargins(0 if beside else PAD, 0, 0, 0)
        self.side.setVisible(self._wants_side or not beside)

    def _paint(self) -> None:
        self.back.setIcon(icon(Icon.ARROW_LEFT, self._look.theme.text, 16))

    def _lay_out(self) -> None:
        self._tree_part = QFrame()
        self._tree_part.setProperty("role", "chrome")
        head = QHBoxLayout()
        head.setContentsMargins(8, 10, 12, 0)
        head.setSpacing(4)
        head.addWidget(self.back)
        head.addWidget(self.tabs, 1)
        column = QVBoxLayout(self._tree_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.codes, 1)
        for page in (self.page, self.taxonomy_page):
            page.setMaximumWidth(COLUMN)
        sheet = QFrame()
        sheet.setProperty("role", "paper")
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, sheet)
        self._both.setContentsMargins(46, 38, 40, 40)
        self._both.setSpacing(44)
        self._both.addWidget(self.page, 1)
        self._both.addWidget(self.taxonomy_page, 1)
        self._both.addWidget(self.side, 0)
        self._both.addStretch(0)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(sheet)
        self._scroll.viewport().installEventFilter(self)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._tree_part)
        parts.addWidget(self._scroll)
        parts.setStretchFactor(1, 1)
        parts.setSizes([LEFT, 1440 - LEFT])
        self._tree_part.setMinimumWidth(240)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(parts)
