"""Every question to the user, in one replaceable place: tests put their answers here by assignment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

PROJECTS = "Postil projects (*.postil);;All files (*)"


def confirm(parent: QWidget | None, question: str, detail: str, yes: str, *, for_good: bool = False) -> bool:
    """Whether the user wants what the button `yes` says. `for_good`: it cannot be undone, so that Enter is no."""
    return choose(parent, question, detail, (yes,), for_good=for_good) == 0


def choose(
    parent: QWidget | None, question: str, detail: str, answers: tuple[str, ...], *, for_good: bool = False
) -> int | None:
    """Which of the answers was chosen, or None."""
    from ui.dialogs.sheet import Sheet, note

    sheet = Sheet(question, parent, width=460)
    if detail:
        sheet.body.addWidget(note(detail))
    chosen: list[int] = []

    def take(at: int) -> None:
        chosen.append(at)
        sheet.accept()

    cancel = sheet.button("Cancel", sheet.reject)
    for at, answer in enumerate(answers):
        primary = at == len(answers) - 1 and not for_good
        role = "danger" if for_good else ""
        button = sheet.button(answer, lambda at=at: take(at), primary=primary, role=role)  # type: ignore[misc]
        (cancel if for_good else button).setFocus()
    return chosen[0] if sheet.exec() and chosen else None


def text(parent: QWidget | None, title: str, label: str, begin: str = "", yes: str = "") -> str | None:
    """A line of text, or None. `yes` is what the button says; the title, unless given."""
    from ui.dialogs.sheet import Sheet, labelled

    sheet = Sheet(title, parent, width=460)
    field = QLineEdit(begin)
    field.selectAll()
    sheet.body.addLayout(labelled(label, field))
    sheet.button("Cancel", sheet.reject)
    sheet.button(yes or title.rstrip("…"), sheet.accept, primary=True)
    field.setFocus()
    return field.text() if sheet.exec() else None


def password(parent: QWidget | None, title: str, detail: str) -> str | None:
    """A password, or None. What is typed is not shown."""
    from ui.dialogs.sheet import Sheet, labelled, note

    sheet = Sheet(title, parent, width=460)
    field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
    sheet.body.addWidget(note(detail))
    sheet.body.addLayout(labelled("Password", field))
    sheet.button("Cancel", sheet.reject)
    sheet.button("Read", sheet.accept, primary=True)
    field.setFocus()
    return field.text() if sheet.exec() else None


def open_files(parent: QWidget | None, folder: Path) -> list[Path]:
    """Files to make articles of."""
    names, _ = _dialog().getOpenFileNames(parent, "Add articles", str(folder), readable())
    return [Path(name) for name in names]


def _dialog() -> type[QFileDialog]:
    """The system's dialog for files: as a class, with all it needs, not on the way to the window."""
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog


def readable() -> str:
    """The kinds of files that articles come from, as a file dialog wants them."""
    from annotate.bibliographies import SUFFIXES
    from annotate.readers import readers

    known = {suffix for reader in readers() for suffix in reader.SUFFIXES} | set(SUFFIXES)
    patterns = " ".join(f"*{suffix}" for suffix in sorted(known))
    return f"Articles ({patterns} *.gz);;All files (*)"


def open_folder(parent: QWidget | None, folder: Path) -> Path | None:
    """A folder whose files are to be added."""
    name = _dialog().getExistingDirectory(parent, "Add articles from a folder", str(folder))
    return Path(name) if name else None


def open_project(parent: QWidget | None, folder: Path) -> Path | None:
    """A project file that is there."""
    return open_one(parent, "Open a project", folder, PROJECTS)


def open_one(parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
    """A file that is there, of one of the `kinds` ("Name (*.suffix);;…")."""
    name, _ = _dialog().getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def save_file(parent: QWidget | None, title: str, path: Path, kinds: str) -> Path | None:
    """A place to write to; an existing file there was agreed to be replaced."""
    name, _ = _dialog().getSaveFileName(parent, title, str(path), kinds)
    return Path(name) if name else None
