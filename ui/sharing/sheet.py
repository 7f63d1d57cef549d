"""A sheet whose work takes its time: a bar, a button that stops it, and what is left to say afterwards."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QProgressBar, QSizePolicy, QSpinBox, QWidget

from ui.dialogs.sheet import Sheet, choices, number
from ui.look import Look
from ui.session import Session
from ui.sharing.job import Job, Work


class WorkingSheet(Sheet):
    """Fill it, `begin` the work; `came` is told of the answer. While it works, `resting` cannot be used."""

    def __init__(
        self, title: str, session: Session, look: Look, parent: QWidget | None, *, width: int, height: int = 0
    ) -> None:
        super().__init__(title, parent, width=width, height=height)
        self._session, self._look = session, look
        self.job: Job | None = None
        self.resting: list[QWidget] = []
        self.bar = QProgressBar(textVisible=False, visible=False)
        self.bar.setAccessibleName("Progress")
        self.notes = QLabel(wordWrap=True, visible=False)
        self.notes.setProperty("role", "dim")
        self.notes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes.setAccessibleName("What is to be said of it")
        self.cancel = self.button("Cancel", self.reject)

    def begin(self, work: Work, most: int, *, writes: bool = False) -> None:
        """`most` is about what the work will count to."""
        if self.job is not None:
            return
        self.say_problem("")
        self.notes.hide()
        self.job = Job(self._session.project.path, work, self, writes=writes)
        self.job.progress.connect(self.bar.setValue)
        self.job.ended.connect(self._ended)
        self.bar.setRange(0, most)
        self.bar.setValue(0)
        self._busy(True)
        self.job.start()

    def came(self, answer: object) -> None:
        """What is done with the answer."""
        raise NotImplementedError

    def stayed(self) -> None:
        """What is done when nothing came, once that was said."""

    def tell(self, said: str, notes: tuple[str, ...]) -> None:
        """The sheet stays until the notes were read; without any it closes."""
        self._session.said.emit(said)
        if not notes:
            self.accept()
            return
        self.aside.setText(said)
        self.notes.setText("\n".join(notes))
        self._bring_up(self.notes)
        self.cancel.setText("Close")

    def _ended(self, answer: object, problem: str) -> None:
        job, self.job = self.job, None
        assert job is not None
        job.wait()
        self._busy(False)
        if problem:
            self.say_problem(problem)
            self.stayed()
            if isinstance(answer, Exception):
                raise answer
        else:
            self.came(answer)

    def _busy(self, on: bool) -> None:
        self.bar.hide()
        if on:
            self._bring_up(self.bar)
        for widget in self.resting:
            widget.setEnabled(not on)
        self.cancel.setText("Stop" if on else "Cancel")

    def _bring_up(self, widget: QWidget) -> None:
        """Shows it, in a small window too, where the sheet has to be scrolled."""
        widget.show()
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(widget))

    def reject(self) -> None:
        """Stops what is under way; a second time, closes."""
        if self.job is not None:
            self.job.stop()
        else:
            super().reject()

    def done(self, accepted: bool) -> None:
        if self.job is not None:
            self.job.stop()
        super().done(accepted)


def choice(*entries: tuple[str, object]) -> QComboBox:
    """A box of named values, as narrow as its place is."""
    box = choices(entries)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return box


def words(none: str, before: str) -> QSpinBox:
    """A number of words; `none` is what 0 means, `before` stands before the others."""
    box = number(500)
    box.setSpecialValueText(none)
    box.setPrefix(before)
    box.setSuffix(" words")
    beside = choice()
    beside.ensurePolished()
    box.setFixedHeight(beside.sizeHint().height())  # as the boxes it stands among
    return box
