"""Every question to the user, in one replaceable place: tests put their answers here."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

READABLE = "Articles (*.txt *.md *.markdown *.html *.htm *.pdf);;All files (*)"
PROJECTS = "Postil projects (*.postil);;All files (*)"


def confirm(parent: QWidget | None, question: str, detail: str, yes: str) -> bool:
    """Whether the user wants what the button `yes` says."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Postil", question, parent=parent)
    box.setInformativeText(detail)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(agree)
    box.exec()
    return box.clickedButton() is agree


def choose(parent: QWidget | None, question: str, detail: str, answers: tuple[str, ...]) -> int | None:
    """Which of the answers was chosen, or None."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "Postil", question, parent=parent)
    box.setInformativeText(detail)
    buttons = [box.addButton(answer, QMessageBox.ButtonRole.AcceptRole) for answer in answers]
    box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
    box.exec()
    clicked = box.clickedButton()
    return next((at for at, button in enumerate(buttons) if button is clicked), None)


def text(parent: QWidget | None, title: str, label: str, begin: str = "") -> str | None:
    """A line of text, or None."""
    answer, agreed = QInputDialog.getText(parent, title, label, text=begin)
    return answer if agreed else None


def open_files(parent: QWidget | None, folder: Path) -> list[Path]:
    names, _ = QFileDialog.getOpenFileNames(parent, "Add articles", str(folder), READABLE)
    return [Path(name) for name in names]


def open_folder(parent: QWidget | None, folder: Path) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, "Add articles from a folder", str(folder))
    return Path(name) if name else None


def open_project(parent: QWidget | None, folder: Path) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, "Open a project", str(folder), PROJECTS)
    return Path(name) if name else None


def open_one(parent: QWidget | None, title: str, folder: Path, kinds: str) -> Path | None:
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
    return Path(name) if name else None


def save_file(parent: QWidget | None, title: str, path: Path, kinds: str) -> Path | None:
    name, _ = QFileDialog.getSaveFileName(parent, title, str(path), kinds)
    return Path(name) if name else None
