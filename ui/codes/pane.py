"""The pane of codes: find one, see them all, read about the one under the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotate.fuzzy import LETTERS, CodeIndex, rank
from storage import Change
from ui.codes import deeds
from ui.codes.colours import chip_icon
from ui.codes.field import SearchField
from ui.codes.menu import CodeMenu
from ui.codes.model import CodesModel
from ui.codes.note import CodeNote
from ui.codes.tree import CodeTree
from ui.look import Look
from ui.session import Session


class CodesPane(QWidget):
    """The window codes the selection with what `code_chosen` says."""

    code_chosen = Signal(str)  # double click or Enter on a code
    code_hovered = Signal(object)  # id of the code under the cursor, or None
    span_dropped = Signal(str)  # the text selection was dropped on this code
    add_taxonomy_asked = Signal()
    left = Signal()  # Esc: the keyboard goes back to the text

    def __init__(
        self, session: Session, look: Look, parent: QWidget | None = None, *, alone: bool = False
    ) -> None:
        """`alone`: without the notes on the code under the cursor, which a page beside it shows."""
        super().__init__(parent)
        self._session, self._look, self._alone = session, look, alone
        self._index: CodeIndex | None = None
        self._indexed: tuple[bool, str | None] = (False, None)  # what of the codes stands in it
        self.model = CodesModel(session, self)
        self.tree = CodeTree(self.model, look)
        self.field = SearchField(look, "Find a code", "/")
        self.note = CodeNote(session, look)
        self.menu = CodeMenu(session, look, self.tree, self)
        self._nothing = self._nothing_found()
        self._stack = QStackedWidget()
        for page in (self.tree, self._nothing, self._empty()):
            self._stack.addWidget(page)
        self._lay_out()
        self._connect()
        self._choose_page()

    def focus_field(self) -> None:
        """The keyboard goes to the search field."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def new_code(self) -> None:
        """Asks for a new code beside the current one."""
        self.menu.new_code()

    def add_taxonomy(self) -> None:
        """Opens the chooser of taxonomies."""
        from ui.codes.add_taxonomy import AddTaxonomy

        sheet = AddTaxonomy(self._session, self._look, self.window())
        sheet.added.connect(self.tree.go_to)
        sheet.open()

    def chip(self, id: str) -> QIcon:
        """A code's colour as an icon for menus."""
        return chip_icon(self._session.colour(id), self._look.theme)

    def show_code(self, id: str) -> None:
        """Selects a code in the tree, opening what is above it."""
        self.field.clear()
        self.tree.go_to(id)

    def refresh(self) -> None:
        """What there is to see, after the tree was given other codes."""
        self._index = None
        self._choose_page()

    def _connect(self) -> None:
        self.field.textChanged.connect(self._filter)
        self.field.stepped.connect(self._step)
        self.field.taken.connect(lambda _: self._take_first())
        self.field.left.connect(self.left)
        self.tree.chosen.connect(self.code_chosen)
        self.tree.pointed.connect(self.note.show_code)
        self.tree.pointed.connect(self.code_hovered)
        self.tree.menu_asked.connect(self.menu.open)
        self.tree.delete_asked.connect(self.menu.delete)
        self.tree.copy_asked.connect(self.menu.copy)
        self.tree.paste_asked.connect(self.menu.paste)
        self.model.span_dropped.connect(self.span_dropped)
        self.model.move_asked.connect(lambda *move: deeds.move(self._session, *move))
        self._session.changed.connect(self._follow)

    # ------------------------------------------------------------ finding

    def _filter(self, words: str) -> None:
        if not words.strip():
            current = self.tree.current_id()
            self.tree.filtered = False
            self.model.show_only(None)
            if current:
                self.tree.go_to(current)
        else:
            found = self._found(words)
            self.tree.filtered = True
            self.model.show_only(found)
            codes = self._session.codes
            if found:
                self.tree.go_to(next((id for id in found if codes[id].offered), found[0]))
        self._choose_page()

    def _found(self, words: str) -> list[str]:
        """Ids of the codes, groupings too, that hold the words, best first; scattered letters only if none do."""
        asked = self.model.shows_retired, self.model.taxonomy
        if self._index is None or self._indexed != asked:
            self._indexed = asked
            codes = self._session.codes.values()
            seen = [
                code
                for code in codes
                if (self.model.shows_retired or not code.retired)
                and self.model.taxonomy in (None, code.taxonomy)
            ]
            self._index = CodeIndex(seen, whole=True)
        matches = rank(words, self._index, limit=1000)
        good = [match for match in matches if match.score > LETTERS]
        return [match.code.id for match in good or matches]

    def _step(self, key: int) -> None:
        """The arrow keys leave the field for the tree."""
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.tree.currentIndex().isValid():
            self.tree.setCurrentIndex(self.model.index(0, 0))
        elif key == Qt.Key.Key_Down:
            below = self.tree.indexBelow(self.tree.currentIndex())
            self.tree.setCurrentIndex(below if below.isValid() else self.tree.currentIndex())

    def _take_first(self) -> None:
        id = self.tree.current_id()
        if self.field.text().strip() and id and self._session.codes[id].offered:
            self.code_chosen.emit(id)

    def _follow(self, change: Change) -> None:
        if change.touches("taxonomy", "code"):
            self._index = None
            if self.field.text().strip():
                self._filter(self.field.text())
            self._choose_page()

    def _choose_page(self) -> None:
        page = 2 if not self._session.taxonomies else 0 if self.model.rowCount() else 1
        self._stack.setCurrentIndex(page)
        self.field.setVisible(page != 2)
        for widget in (self.note, self._rule):
            widget.setVisible(page != 2 and not self._alone)

    # ------------------------------------------------------------ look

    def _lay_out(self) -> None:
        rule = self._rule = QFrame()
        rule.setProperty("role", "rule")
        head = QVBoxLayout()
        head.setContentsMargins(12, 8, 12, 6)
        head.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(rule)
        column.addWidget(self.note)

    def _nothing_found(self) -> QWidget:
        label = QLabel("No code holds these letters.")
        label.setProperty("role", "dim")
        label.setContentsMargins(20, 12, 20, 12)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        return label

    def _empty(self) -> QWidget:
        page = QWidget()
        word = QLabel("No codes yet. Add a taxonomy, or make a code.")
        word.setWordWrap(True)
        word.setProperty("role", "dim")
        add = QPushButton("Add a taxonomy…")
        add.setProperty("role", "primary")
        add.clicked.connect(self.add_taxonomy_asked)
        make = QPushButton("New code…")
        make.clicked.connect(self.new_code)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(add)
        row.addWidget(make)
        row.addStretch(1)
        column = QVBoxLayout(page)
        column.setContentsMargins(20, 20, 16, 16)
        column.setSpacing(12)
        column.addWidget(word)
        column.addLayout(row)
        column.addStretch(1)
        for widget in (add, make):
            widget.setEnabled(self._session.project.writable)
        return page
