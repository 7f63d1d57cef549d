"""A crosswalk is begun: between which taxonomies, or one that comes with the program."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from storage import crosswalks
from ui.dialogs.sheet import Sheet, labelled, note
from ui.session import Session


class NewCrosswalk(Sheet):
    """Asks for the two taxonomies and a title; `made` is its id afterwards."""

    def __init__(self, session: Session, parent: QWidget | None) -> None:
        self._session = session
        super().__init__("New crosswalk", parent, width=480)
        self.made: str | None = None
        self.source, self.target = QComboBox(), QComboBox()
        for box in (self.source, self.target):
            for each in session.taxonomies:
                box.addItem(each.title, each.id)
        self.target.setCurrentIndex(min(1, self.target.count() - 1))
        self.title = QLineEdit()
        self.origin = QLineEdit(placeholderText="A publication, or the study itself")
        self.body.addWidget(
            note(
                "A crosswalk says which code of one taxonomy is which of another: the same, wider, narrower."
            )
        )
        self.body.addLayout(labelled("From", self.source))
        self.body.addLayout(labelled("To", self.target))
        self.body.addLayout(labelled("Title", self.title))
        self.body.addLayout(labelled("Who says so", self.origin))
        self.button("Cancel", self.reject)
        self.button("Begin", self.accept, primary=True)
        for box in (self.source, self.target):
            box.activated.connect(lambda _: self._name())
        self._name()
        session.failed.connect(self.say_problem)
        self.source.setFocus()

    def accept(self) -> None:
        from annotate.errors import UserError

        ends = self.source.currentData(), self.target.currentData()
        try:
            made = crosswalks.make(self.title.text(), *ends, origin=self.origin.text().strip())
        except UserError as error:
            self.say_problem(str(error))
            return
        if self._session.do(f"Crosswalk “{made.title}”", lambda step: crosswalks.add(step, made)):
            self.made = made.id
            super().accept()

    def _name(self) -> None:
        if not self.title.isModified():
            self.title.setText(f"{self.source.currentText()} to {self.target.currentText()}")
