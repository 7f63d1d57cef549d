"""The taxonomies of a project as tabs, which scroll sideways where there is no room for all."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QScrollArea, QWidget

from annotate.model import Taxonomy

LONGEST, SHORT = 28, 8  # letters of a title, of a version


class TaxonomyTabs(QScrollArea):
    """Says which one was `chosen`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Taxonomies")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        for policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStretch(1)
        self.setWidget(inside)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self.setFixedHeight(30)

    def show_taxonomies(self, held: list[Taxonomy], current: str | None) -> None:
        """A tab for each."""
        if list(self.buttons) != [each.id for each in held]:
            self._make(held)
        for each in held:
            button = self.buttons[each.id]
            version = each.version if len(each.version) <= SHORT else ""
            title = f"{each.title} {version}".strip()
            button.setText(
                (title if len(title) <= LONGEST else title[: LONGEST - 1] + "…").replace("&", "&&")
            )
            button.setToolTip(title)
            button.setChecked(each.id == current)
            if each.id == current:
                self.ensureWidgetVisible(button)

    def _make(self, held: list[Taxonomy]) -> None:
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = {}
        for at, each in enumerate(held):
            button = QPushButton(checkable=True, autoDefault=False)
            button.setProperty("role", "tab")
            button.clicked.connect(lambda _=False, id=each.id: self.chosen.emit(id))
            self._group.addButton(button)
            self._row.insertWidget(at, button)
            self.buttons[each.id] = button
