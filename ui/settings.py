"""What a person set up once: kept per user, outside the projects."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, QTemporaryDir, Signal

from annotate.frozen import frozen

RECENT = 12


@frozen
class Typography:
    """How the article is set, in pixels; an empty face is the shipped serif."""

    size: int = 18
    line: int = 30
    column: int = 640
    face: str = ""


@frozen
class Recent:
    """A project opened before."""

    path: str
    title: str
    opened: str  # UTC ISO 8601
    articles: int
    highlights: int


class Settings(QObject):
    """The settings, and a signal when one that is on screen changed.

    The environment variable POSTIL_SETTINGS names another file, for tests and portable use.
    """

    typography_changed = Signal()
    theme_changed = Signal()
    display_changed = Signal()  # paragraph numbers, margin, word snapping
    recent_changed = Signal()

    def __init__(self, parent: QObject | None = None, *, passing: bool = False) -> None:
        """`passing` settings begin with the plain ones and are forgotten (for pictures)."""
        super().__init__(parent)
        place = os.environ.get("POSTIL_SETTINGS")
        if passing:
            self._scratch = QTemporaryDir()
            place = self._scratch.filePath("settings.ini")
        if place:
            self._held = QSettings(place, QSettings.Format.IniFormat, self)
        else:
            self._held = QSettings(
                QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Postil", "Postil", self
            )

    @property
    def typography(self) -> Typography:
        plain = Typography()
        return Typography(
            self._number("typography/size", plain.size),
            self._number("typography/line", plain.line),
            self._number("typography/column", plain.column),
            str(self._held.value("typography/face", "")),
        )

    def set_typography(self, *, face: str | None = None, **values: int) -> None:
        """Changes size, line, column or face; kept within what can be read."""
        if face is not None:
            self._held.setValue("typography/face", face)
        chosen = self.typography
        wanted = {name: values.get(name, getattr(chosen, name)) for name in ("size", "line", "column")}
        bounds = {"size": (12, 40), "line": (16, 72), "column": (360, 1200)}
        for name, value in wanted.items():
            low, high = bounds[name]
            self._held.setValue(f"typography/{name}", min(high, max(low, value)))
        self.typography_changed.emit()

    @property
    def theme(self) -> str:
        """One of ui.theme.NAMES."""
        return str(self._held.value("theme", "system"))

    def set_theme(self, name: str) -> None:
        self._held.setValue("theme", name)
        self.theme_changed.emit()

    @property
    def coder(self) -> str:
        """The name this person codes under, asked once."""
        return str(self._held.value("coder", ""))

    def set_coder(self, name: str) -> None:
        self._held.setValue("coder", name)

    def flag(self, name: str, default: bool) -> bool:
        """A switch: `paragraph_numbers`, `margin`, `snap_words`, `left_pane`, `right_pane`."""
        return str(self._held.value(f"show/{name}", default)).lower() in ("true", "1")

    def set_flag(self, name: str, on: bool) -> None:
        self._held.setValue(f"show/{name}", on)
        self.display_changed.emit()

    def geometry(self, name: str) -> QByteArray:
        held = self._held.value(f"window/{name}")
        return held if isinstance(held, QByteArray) else QByteArray()

    def set_geometry(self, name: str, state: QByteArray) -> None:
        self._held.setValue(f"window/{name}", state)

    @property
    def recent(self) -> list[Recent]:
        """Projects opened before, last first."""
        try:
            return [Recent(**each) for each in json.loads(str(self._held.value("recent", "[]")))]
        except (ValueError, TypeError):
            return []  # written by another version

    def add_recent(self, project: Recent) -> None:
        kept = [project, *(each for each in self.recent if each.path != project.path)][:RECENT]
        self._keep_recent(kept)

    def forget_recent(self, path: str) -> None:
        self._keep_recent([each for each in self.recent if each.path != path])

    @property
    def last_folder(self) -> Path:
        """Where the last file dialog ended."""
        folder = Path(str(self._held.value("folder", "")) or Path.home())
        return folder if folder.is_dir() else Path.home()

    def set_last_folder(self, folder: Path) -> None:
        self._held.setValue("folder", str(folder))

    def _keep_recent(self, kept: list[Recent]) -> None:
        self._held.setValue("recent", json.dumps([asdict(each) for each in kept]))
        self.recent_changed.emit()

    def _number(self, key: str, default: int) -> int:
        try:
            return int(str(self._held.value(key, default)))
        except ValueError:
            return default
