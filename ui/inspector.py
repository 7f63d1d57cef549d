"""The selected highlight: its words, code, coder, certainty and memo."""

from __future__ import annotations

from datetime import datetime
from html import escape

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import Highlight
from storage import Change, articles, highlights
from ui.codes.colours import chip_icon
from ui.codes.elided import ElidedButton
from ui.codes.memo import MemoField
from ui.codes.quote import Quote
from ui.icons import Icon, icon
from ui.look import Look
from ui.relations.panel import RelationsList
from ui.rules.broken import BrokenNote
from ui.rules.qualifiers import QualifierRows
from ui.session import Session

LEAST, MOST = 200, 312  # pixels of height that a highlight asks for
CERTAINTIES = (("sure", "Sure"), ("unsure", "Unsure"), ("", "Not said"))


class Inspector(QWidget):
    """Follows `session.highlight_selected`. Call `flush` before the window closes and before undo."""

    change_code_asked = Signal(str)  # highlight id: the window opens the quick-tag popup for it
    delete_asked = Signal(str)  # highlight id
    cycle_asked = Signal()  # the next highlight at the same place
    go_asked = Signal(str)  # highlight id: the other end of a relation
    relate_asked = Signal()

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self._mark: Highlight | None = None
        self._quote_text = ""
        self.quote = Quote(look)
        self.more = _link("Show all")
        self.code = ElidedButton()
        self.code.setToolTip("Change the code")
        self.coder = _value()
        self.parts = _value()
        self.certainty = self._certainty_buttons()
        self.qualifiers = QualifierRows()
        self.broken = BrokenNote(look)
        self.memo = MemoField(session)
        self.relations = RelationsList(session, look, self._words)
        self.locked = QLabel()
        self.locked.setProperty("role", "small")
        self.locked.setWordWrap(True)
        self.next_here = self._tool("Next highlight at this place")
        self.remove = self._tool("Delete the highlight")
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing())
        self._pages.addWidget(self._page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self._connect()
        self._show(session.selected)

    # ------------------------------------------------------------ what the window may ask

    def flush(self) -> bool:
        """Stores what was typed into the memo; False if that could not be done."""
        return self.memo.flush()

    def edit_memo(self) -> None:
        """The keyboard goes to the memo."""
        if self._mark:
            self.memo.toggle.setChecked(False)
            self.memo.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------ following

    def _connect(self) -> None:
        self._session.highlight_selected.connect(self._show)
        self._session.changed.connect(self._follow)
        self._session.coder_changed.connect(lambda: self._show(self._session.selected))
        self._look.changed.connect(lambda: self._fill())
        self.more.clicked.connect(self._unfold)
        self.code.clicked.connect(lambda: self._mark and self.change_code_asked.emit(self._mark.id))
        self.relations.go_asked.connect(self.go_asked)
        self.relations.relate_asked.connect(self.relate_asked)
        self.next_here.clicked.connect(self.cycle_asked)
        self.remove.clicked.connect(self._ask_delete)
        self.locked.linkActivated.connect(self._unlock)
        self.qualifiers.chosen.connect(self._qualify)
        self.certainty.buttonClicked.connect(lambda button: self._set_certainty(button.property("value")))

    def _follow(self, change: Change) -> None:
        shown = self._mark.id if self._mark else self._session.selected
        about = ("code", "taxonomy", "coder", "rule", "relation", "relation_type")
        if shown in change.ids.get("highlight", ()) or change.touches(*about):
            self._show(self._session.selected)
        elif self._mark and self._mark.article in change.articles and change.touches("highlight"):
            self._say_broken()

    def _show(self, id: str | None) -> None:
        mark = highlights.highlight(self._session.project, id) if id else None
        if mark and (self._mark is None or (mark.id, mark.spans) != (self._mark.id, self._mark.spans)):
            self._quote_text = self._words(mark)
        self._mark = mark
        self._fill()

    def _fill(self) -> None:
        mark = self._mark
        self._pages.setCurrentIndex(int(mark is not None))
        self.relations.show_mark(mark)
        self._claim_room()
        if mark is None:
            self.memo.show_memo(None, "", locked=True)
            return
        theme, code = self._look.theme, self._session.codes.get(mark.code or "")
        colour, locked = self._session.colour(mark.code), self._is_locked()
        self.quote.show_quote(self._quote_text, colour)
        self.more.setVisible(self.quote.is_cut())
        self.code.setText(code.label if code else "No code")
        self.code.setIcon(chip_icon(colour, theme, hollow=code is None))
        self.code.setAccessibleName(f"Code: {self.code.text()}")
        facts = (self._coder_name(), made_at(mark.created, datetime.now()), self._version(mark))
        self.coder.setText(" · ".join(filter(None, facts)))
        self.parts.setText(f"{len(mark.parts)} parts" if mark.parts else "")
        self.parts.setVisible(bool(mark.parts))
        self._parts_title.setVisible(bool(mark.parts))
        for button in self.certainty.buttons():
            button.setChecked(button.property("value") == mark.certainty)
            button.setEnabled(not locked)
        checker = self._session.checker
        self.qualifiers.show_of(mark, checker.qualifiers(mark.code) if checker else (), locked=locked)
        self._say_broken()
        self.code.setEnabled(not locked)
        self.remove.setEnabled(not locked)
        self._say_lock(locked)
        self.memo.show_memo(mark, self._quote_text, locked=locked)
        self.memo.toggle.setIcon(icon(Icon.BOOK, theme.dim, 16))
        self.next_here.setIcon(icon(Icon.ARROW_DOWN, theme.dim, 16))
        self.remove.setIcon(icon(Icon.TRASH, theme.dim, 16))

    def _claim_room(self) -> None:
        """A third of the window, as far as that is of use; little while nothing is selected."""
        self.setMinimumHeight(min(MOST, max(LEAST, self.window().height() // 3)) if self._mark else 0)

    def _say_lock(self, locked: bool) -> None:
        writable = self._session.project.writable
        anyway = (
            f' <a href="edit" style="color:{self._look.theme.accent}">Edit anyway</a>' if writable else ""
        )
        self.locked.setText(
            f"{escape(self._coder_name())}’s highlight.{anyway}" if writable else "Open read-only."
        )
        self.locked.setVisible(locked)

    # ------------------------------------------------------------ doing

    def _set_certainty(self, value: str) -> None:
        mark = self._mark
        if mark and value != mark.certainty:
            said = {"sure": "Sure", "unsure": "Unsure", "": "Certainty not said"}[value]
            self._session.do(
                f"{said}: {self._named()}", lambda step: highlights.edit(step, [mark.id], certainty=value)
            )

    def _qualify(self, name: str, value: str) -> None:
        if mark := self._mark:
            said = tuple({**dict(mark.qualifiers), name: value}.items())
            self._session.do(
                f"{name[:1].upper()}{name[1:]} {value or 'not said'}: {self._named()}",
                lambda step: highlights.edit(step, [mark.id], qualifiers=said),
            )

    def _say_broken(self) -> None:
        """The rules that the highlight breaks."""
        mark = self._mark
        self.broken.show_lines([each.says for each in self._session.broken_by(mark)] if mark else [])

    def _ask_delete(self) -> None:
        if self._mark and not self._is_locked():
            self.memo.flush()
            self.delete_asked.emit(self._mark.id)

    def _unlock(self) -> None:
        self._session.unlocked = self._mark.id if self._mark else None
        self._fill()

    def _unfold(self) -> None:
        self.quote.unfold()
        self.more.hide()

    def _is_locked(self) -> bool:
        return self._mark is None or not self._session.may_edit(self._mark)

    def _words(self, mark: Highlight) -> str:
        try:
            text = articles.text(self._session.project, mark.article)
        except UserError:
            return ""
        return " … ".join(text[start:end] for start, end in mark.spans)

    def _named(self) -> str:
        quote = " ".join(self._quote_text.split())
        return f"“{quote if len(quote) <= 40 else quote[:39].rstrip() + '…'}”"

    def _version(self, mark: Highlight) -> str:
        """Under which version of its taxonomy it was made, if one was frozen before."""
        from storage import taxonomy_versions

        found = taxonomy_versions.version_of(self._session.project, mark.id)
        return f"version {found}" if found else ""

    def _coder_name(self) -> str:
        mark = self._mark
        return self._session.coder_name(mark.coder) if mark else ""

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.more.setVisible(self._mark is not None and self.quote.is_cut())

    # ------------------------------------------------------------ look

    def _page(self) -> QWidget:
        title = QLabel("Selected highlight")
        title.setProperty("role", "section")
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(title, 1)
        head.addWidget(self.memo.toggle)
        head.addWidget(self.next_here)
        head.addWidget(self.remove)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 10, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.quote)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._facts())
        column.addWidget(self.qualifiers)
        column.addWidget(self.broken)
        column.addWidget(self.locked)
        column.addWidget(self.relations)
        column.addWidget(self.memo)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        return area

    def _facts(self) -> QGridLayout:
        sure = QHBoxLayout()
        sure.setSpacing(2)
        for button in self.certainty.buttons():
            sure.addWidget(button)
        sure.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, 70)
        grid.setColumnStretch(1, 1)
        self._parts_title = QLabel("Gaps")
        for line, (name, field) in enumerate(
            ((QLabel("Code"), self.code), (QLabel("Coder"), self.coder), (self._parts_title, self.parts))
        ):
            name.setProperty("role", "dim")
            grid.addWidget(name, line, 0)
            grid.addWidget(field, line, 1)
        word = QLabel("Certainty")
        word.setProperty("role", "dim")
        grid.addWidget(word, 3, 0)
        grid.addLayout(sure, 3, 1)
        return grid

    def _certainty_buttons(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for value, text in CERTAINTIES:
            button = QPushButton(text)
            button.setProperty("role", "quiet")
            button.setProperty("value", value)
            button.setCheckable(True)
            button.setStyleSheet("padding: 0 6px; min-height: 24px;")
            button.setAccessibleName(f"Certainty: {text}")
            group.addButton(button)
        return group

    def _nothing(self) -> QWidget:
        page = QWidget()
        title = QLabel("Selected highlight")
        title.setProperty("role", "section")
        word = QLabel("Click a highlight to see it here, or select words and press Enter to tag them.")
        word.setProperty("role", "dim")
        word.setWordWrap(True)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(word)
        column.addStretch(1)
        return page

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(name)
        button.setAccessibleName(name)
        return button


def made_at(iso: str, now: datetime) -> str:
    """When a mark was made, in local time: the hour today, with the date before."""
    try:
        at = datetime.fromisoformat(iso).astimezone()
    except ValueError:
        return iso
    if at.date() == now.date():
        return f"{at:%H:%M}"
    month = QLocale(QLocale.Language.English).monthName(at.month, QLocale.FormatType.ShortFormat)
    return f"{at.day} {month} {at.year}, {at:%H:%M}"


def _value() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setContentsMargins(7, 5, 0, 5)
    return label


def _link(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", "link")
    return button
