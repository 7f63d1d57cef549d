"""What stands between the two trees: how the two codes relate, the mappings of the first, and what may be meant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotate.crosswalks import SAID, Link, Match
from ui.codes.colours import chip_icon
from ui.codes.elided import ElidedButton
from ui.icon_button import IconButton
from ui.icons import Icon
from ui.layouts import emptied
from ui.look import Look
from ui.session import Session

KEYS = {"e": Match.EXACT, "c": Match.CLOSE, "b": Match.BROAD, "n": Match.NARROW, "r": Match.RELATED}
WIDTH = 264


class Between(QWidget):
    """Buttons with their keys; lines that lead to a code of the other tree."""

    match_chosen = Signal(object)  # Match
    dropped = Signal(str)  # id of a mapping
    go_asked = Signal(str)  # a code of the other taxonomy

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self._session, self._look = session, look
        self.setFixedWidth(WIDTH)
        self.pair = QLabel(wordWrap=True)
        self.buttons: dict[Match, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.pair)
        for key, match in KEYS.items():
            button = QPushButton(
                f"{SAID[match][0].upper()}{SAID[match][1:]}", checkable=True, autoDefault=False
            )
            button.setProperty("role", "quiet")
            button.setStyleSheet("text-align: left;")
            button.setToolTip(f"Key {key.upper()}")
            button.clicked.connect(lambda _, match=match: self.match_chosen.emit(match))
            cap = QLabel(key.upper())
            cap.setProperty("role", "key")
            cap.setFixedSize(24, 22)
            cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(cap)
            row.addWidget(button, 1)
            column.addLayout(row)
            self.buttons[match] = button
        self._held = self._part(column, "Mappings of this code")
        self._likely = self._part(column, "Like it by its words")
        column.addStretch(1)

    def show_pair(self, left: str | None, right: str | None, standing: Link | None) -> None:
        """The two codes, and what is said of them."""
        codes = self._session.codes
        both = left in codes and right in codes
        if left in codes and right in codes:
            self.pair.setText(f"“{codes[left].label}” … “{codes[right].label}”")
        else:
            self.pair.setText("Choose a code at each side.")
        for match, button in self.buttons.items():
            button.setChecked(standing is not None and standing.match == match)
            button.setEnabled(both and self._session.project.writable)

    def show_links(self, links: Sequence[Link], likely: Sequence[str]) -> None:
        """The mappings of the code at the left, and codes that may be meant."""
        self._fill(self._held, [self._link(each) for each in links], "None yet")
        self._fill(self._likely, [self._line(id, "") for id in likely], "No label is like it")

    def _part(self, column: QVBoxLayout, title: str) -> QVBoxLayout:
        label = QLabel(title)
        label.setProperty("role", "section")
        label.setContentsMargins(0, 12, 0, 0)
        column.addWidget(label)
        rows = QVBoxLayout()
        rows.setSpacing(0)
        column.addLayout(rows)
        return rows

    def _fill(self, rows: QVBoxLayout, lines: list[QWidget], empty: str) -> None:
        emptied(rows)
        if not lines:
            word = QLabel(empty)
            word.setProperty("role", "dim")
            lines = [word]
        for line in lines:
            rows.addWidget(line)

    def _link(self, link: Link) -> QWidget:
        label = self._session.codes[link.other].label if link.other in self._session.codes else link.other
        gone = IconButton(
            self._look, Icon.CLOSE, "Take the mapping off (Delete)", lambda: self.dropped.emit(link.id),
            says=f"Take off: {SAID[link.match]} {label}", size=14,
        )  # fmt: skip
        gone.setEnabled(self._session.project.writable)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._line(link.other, f"{link.match.capitalize()}: "), 1)
        row.addWidget(gone)
        return box

    def _line(self, id: str, before: str) -> QWidget:
        code = self._session.codes.get(id)
        line = ElidedButton()
        line.setText(f"{before}{code.label if code else id}")
        line.setAccessibleName(line.text())
        line.setIcon(chip_icon(self._session.colour(id), self._look.theme))
        line.clicked.connect(lambda: self.go_asked.emit(id))
        return line
