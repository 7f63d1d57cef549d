"""What a code is called in other languages: a small table of language and label."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from annotate.languages import Labels, labels_of

LANGUAGE = 64  # pixels


class OtherLanguages(QWidget):
    """A row for each label and an empty one; leaving a row stores it. Emptying a row takes the label out."""

    changed = Signal(object)  # Labels

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: Labels = ()
        self.rows: list[tuple[QLineEdit, QLineEdit]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(9, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    def show_labels(self, labels: Labels, *, writable: bool) -> None:
        """What stands in half-written rows is kept while they have the keyboard."""
        self._labels = labels
        shown = (*labels, ("", ""))
        while len(self.rows) < len(shown):
            self.rows.append(self._row(len(self.rows)))
        for at, (language, label) in enumerate(self.rows):
            there = at < len(shown)
            for field, text in zip((language, label), shown[at] if there else ("", ""), strict=True):
                field.setVisible(there and (writable or at < len(labels)))
                field.setReadOnly(not writable)
                if not field.hasFocus():
                    field.setText(text)

    def labels(self) -> Labels:
        """What the rows say, rows with one half alone left out; a language that comes twice has its last label.
        Sorted by language.
        """
        said = [(_tag(language.text()), " ".join(label.text().split())) for language, label in self.rows]
        return labels_of(dict(said))

    def _row(self, at: int) -> tuple[QLineEdit, QLineEdit]:
        language, label = QLineEdit(), QLineEdit()
        language.setFixedWidth(LANGUAGE)
        language.setPlaceholderText("fr")
        label.setPlaceholderText("Label in that language")
        language.setAccessibleName("Language, as a code of two or three letters")
        label.setAccessibleName("Label in that language")
        for column, field in enumerate((language, label)):
            field.editingFinished.connect(self._left)
            self._grid.addWidget(field, at, column)
        return language, label

    def _left(self) -> None:
        now = self.labels()
        if now != self._labels:
            self._labels = now
            self.changed.emit(now)


def _tag(text: str) -> str:
    """A language as files have it: `pt-br`."""
    return text.strip().lower().replace("_", "-")
