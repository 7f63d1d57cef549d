"""The codes that a code points to: each can be taken off, more can be added."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.codes.choosing import CodeButton
from ui.codes.colours import chip_icon
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session


class RelatedCodes(QWidget):
    """`ids` are the codes, in the order they were added. With `links` each leads to its page."""

    changed = Signal()
    opened = Signal(str)  # code id

    def __init__(
        self,
        session: Session,
        look: Look,
        own: str,
        ids: tuple[str, ...],
        *,
        links: bool = False,
        groupings: bool = False,
    ) -> None:
        super().__init__()
        self._session, self._look, self.own, self._links = session, look, own, links
        self.ids = [id for id in ids if id in session.codes]
        self._rows: list[QWidget] = []
        self.more = CodeButton(session, look, "A related code", text="Add a code…", groupings=groupings)
        if links:
            self.more.setProperty("role", "link")
        self.more.chosen.connect(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        last = QHBoxLayout()
        last.addWidget(self.more)
        last.addStretch(1)
        self._column.addLayout(last)
        self._fill()

    def add(self, id: str) -> None:
        if id != self.own and id not in self.ids:
            self.ids.append(id)
            self._fill()
            self.changed.emit()

    def take_off(self, id: str) -> None:
        self.ids.remove(id)
        self._fill()
        self.changed.emit()
        self.more.setFocus()

    def _fill(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(id) for id in self.ids]
        for at, row in enumerate(self._rows):
            self._column.insertWidget(at, row)
        self.more.leave_out = frozenset((self.own, *self.ids))
        self.more.show_code(None)

    def _row(self, id: str) -> QWidget:
        code = self._session.codes[id]
        made = QWidget()
        name = QPushButton(code.label, autoDefault=False, enabled=self._links)
        name.setProperty("role", "quiet")
        name.setIcon(chip_icon(self._session.colour(id), self._look.theme))
        name.setStyleSheet(f"text-align: left; padding: 0 4px; color: {self._look.theme.text};")
        name.clicked.connect(partial(self.opened.emit, id))
        off = QPushButton(autoDefault=False)
        off.setProperty("role", "quiet")
        off.setIcon(icon(Icon.CLOSE, self._look.theme.dim, 14))
        off.setToolTip("Take it off")
        off.setAccessibleName(f"Take “{code.label}” off")
        off.clicked.connect(partial(self.take_off, id))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(name)
        row.addWidget(off)
        row.addStretch(1)
        return made
