"""The presets of an export: one is chosen, what is chosen now is kept as one, or one is forgotten."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from annotate.errors import UserError
from storage import presets
from ui import ask
from ui.chosen import KIND, Chosen, chosen_of, keep
from ui.session import Session


class PresetButton(QPushButton):
    """Says which preset is on; its menu has all of them."""

    picked = Signal(object)  # Chosen
    failed = Signal(str)

    def __init__(self, session: Session, chosen: Callable[[], Chosen], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._chosen, self._over = session, chosen, parent
        self.setAutoDefault(False)
        self.setProperty("role", "link")
        self._menu = QMenu(self)
        self._menu.setAccessibleName("Presets")
        self.clicked.connect(self._open)
        self.say("")

    def say(self, name: str) -> None:
        """Shows that this one is on; none, once something was chosen otherwise."""
        self.name = name
        self.setText(f"Preset: {name or 'none'}")
        self.setAccessibleName(self.text())

    def _open(self) -> None:
        self._fill()
        self._menu.popup(self.mapToGlobal(QPoint(0, -self._menu.sizeHint().height())))

    def _fill(self) -> None:
        self._menu.clear()
        known = presets.kept(self._session.project, KIND)
        for name, held in known.items():
            action = self._menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self.name)
            action.triggered.connect(lambda _=False, name=name, held=held: self._pick(name, chosen_of(held)))
        if known:
            self._menu.addSeparator()
        writable = self._session.project.writable
        self._menu.addAction("Keep these choices…", self._keep).setEnabled(writable)
        if self.name:
            self._menu.addAction(f"Forget “{self.name}”", self._forget).setEnabled(writable)

    def _pick(self, name: str, chosen: Chosen) -> None:
        self.picked.emit(chosen)
        self.say(name)

    def _keep(self) -> None:
        said = ask.text(self._over, "Keep these choices", "Name of the preset", self.name, "Keep")
        name = " ".join((said or "").split())
        if not name:
            return
        try:
            keep(self._session.project, name, self._chosen())
        except UserError as error:
            self.failed.emit(str(error))
        else:
            self.say(name)

    def _forget(self) -> None:
        try:
            presets.forget(self._session.project, KIND, self.name)
        except UserError as error:
            self.failed.emit(str(error))
        else:
            self.say("")
