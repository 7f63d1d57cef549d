"""Who codes: asked once, switched, added, renamed, recoloured, set as who stands for what was agreed on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QMenu, QPushButton, QRadioButton, QWidget

from annotate.model import Coder
from annotate.taxonomy import PALETTE
from storage import coders
from ui import ask
from ui.dialogs.sheet import Sheet, labelled, note, section
from ui.look import Look
from ui.session import Session
from ui.theme import Theme, code_colour

CHIP = 12


class CoderDialog(Sheet):
    """Lists the project's coders; a new name makes a new one."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None) -> None:
        known = session.coders
        super().__init__("Who codes?", parent, width=480)
        self._session, self._look = session, look
        self.body.addWidget(
            note("The name stands on every highlight. Two coders in one project keep their marks apart.")
        )
        self.choices = QButtonGroup(self)
        self.name = QLineEdit(placeholderText="Type a name")
        self.colours: dict[str, QPushButton] = {}
        self.agreed: dict[str, QPushButton] = {}
        if known:
            self.body.addWidget(section("In this project"))
        for at, coder in enumerate(known):
            self.body.addLayout(self._row(at, coder))
        if not known:
            self.name.setText(session.settings.coder)
        self.name.textEdited.connect(self._typed)
        self.body.addLayout(labelled("Somebody else" if known else "Your name", self.name))
        self.button("Cancel", self.reject)
        self.go = self.button("Go on", self.take, primary=True)
        self.choices.buttonClicked.connect(lambda _: self.name.clear())
        self.choices.buttonClicked.connect(lambda _: self._say())
        self.name.textChanged.connect(lambda _: self._say())
        self._say()
        checked = self.choices.checkedButton()
        (checked or self.name).setFocus()

    def take(self) -> None:
        """Goes on under the name typed, or the one chosen."""
        name = self._chosen()
        if not name:
            self.say_problem("Type a name, or choose one.")
        elif self._session.code_as(name):
            self.accept()
        else:
            self.say_problem("This project is open read-only, and no coder in it has that name.")

    # ------------------------------------------------------------ inside

    def _row(self, at: int, coder: Coder) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        choice = QRadioButton(coder.name)
        choice.setChecked(self._session.coder is not None and coder.id == self._session.coder.id)
        self.choices.addButton(choice, at)
        colour = self.colours[coder.id] = QPushButton(autoDefault=False)
        colour.setProperty("role", "quiet")
        colour.setIconSize(QSize(CHIP, CHIP))
        colour.setAccessibleName(f"Colour of {coder.name}")
        colour.setToolTip("Colour")
        colour.clicked.connect(partial(self._open_colours, coder.id))
        self._paint(colour, coder.colour)
        rename = QPushButton("Rename…", autoDefault=False)
        rename.setProperty("role", "link")
        rename.clicked.connect(partial(self._rename, coder.id, choice))
        agreed = self.agreed[coder.id] = QPushButton("Consensus", checkable=True, autoDefault=False)
        agreed.setProperty("role", "tab")
        agreed.setToolTip("Stands for what the others agreed on: never compared with them")
        agreed.setAccessibleName(f"{coder.name} stands for the consensus")
        agreed.setChecked(coder.consensus)
        agreed.clicked.connect(lambda: self._agree(coder.id, agreed.isChecked()))
        row.addWidget(choice, 1)
        row.addWidget(agreed)
        row.addWidget(colour)
        row.addWidget(rename)
        for button in (agreed, colour, rename):
            button.setVisible(self._session.project.writable)
        return row

    def _chosen(self) -> str:
        typed = " ".join(self.name.text().split())
        checked = self.choices.checkedButton()
        return typed or (checked.text() if checked else "")

    def _typed(self, _: str) -> None:
        self.choices.setExclusive(False)
        for button in self.choices.buttons():
            button.setChecked(False)
        self.choices.setExclusive(True)

    def _say(self) -> None:
        name = self._chosen()
        self.go.setText(f"Code as {name}" if name else "Go on")
        self.go.setEnabled(bool(name))
        self.say_problem("")

    def _rename(self, id: str, choice: QRadioButton) -> None:
        name = ask.text(self, f"Rename {choice.text()}", "Name", choice.text())
        if name is None or not name.strip() or name.strip() == choice.text():
            return
        problems: list[str] = []
        self._session.failed.connect(problems.append)
        was_me = self._session.coder is not None and self._session.coder.id == id
        done = self._session.do(
            f"Rename coder {choice.text()} to {name.strip()}", lambda step: coders.rename(step, id, name)
        )
        self._session.failed.disconnect(problems.append)
        if done is None:
            self.say_problem(problems[-1] if problems else "")
            return
        choice.setText(coders.checked_name(name))
        self._say()
        if was_me:
            self._session.settings.set_coder(choice.text())

    def _agree(self, id: str, on: bool) -> None:
        name = self._session.coder_name(id)
        label = f"{name} stands for the consensus" if on else f"{name} stands for themselves"
        self._session.do(label, lambda step: coders.set_consensus(step, id if on else None))
        for coder in self._session.coders:
            self.agreed[coder.id].setChecked(coder.consensus)

    def _open_colours(self, id: str) -> None:
        menu = self.colour_menu(id)
        button = self.colours[id]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def colour_menu(self, id: str) -> QMenu:
        """The palette, to choose a coder's colour from."""
        menu = QMenu(self)
        for name in PALETTE:
            menu.addAction(chip(name, self._look.theme), name.capitalize(), partial(self._recolour, id, name))
        return menu

    def _recolour(self, id: str, colour: str) -> None:
        name = self._session.coder_name(id)
        if self._session.do(f"Recolour coder {name}", lambda step: coders.recolour(step, id, colour)):
            self._paint(self.colours[id], colour)

    def _paint(self, button: QPushButton, colour: str) -> None:
        button.setIcon(chip(colour, self._look.theme))
        button.setAccessibleDescription(colour or "none yet")


def chip(colour: str, theme: Theme) -> QIcon:
    """A small rounded square in a colour of the palette."""
    picture = QPixmap(CHIP * 2, CHIP * 2)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(0, 0, 0, 0))
    painter.setBrush(code_colour(colour, theme))
    painter.drawRoundedRect(picture.rect(), 6, 6)
    painter.end()
    picture.setDevicePixelRatio(2)
    return QIcon(picture)
