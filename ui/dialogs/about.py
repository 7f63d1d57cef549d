"""What this is, its version and its licences."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from annotate.version import VERSION
from ui.dialogs.sheet import Sheet
from ui.look import Look


class About(Sheet):
    def __init__(self, look: Look, parent: QWidget | None) -> None:
        super().__init__("Postil", parent, width=480)
        for text, role in (
            (f"Version {VERSION}", "dim"),
            (
                "A postil is a note written in the margin of a text. This program never opens a network connection.",
                "",
            ),
            (
                "Apache License 2.0. Source Serif 4 and Inter: SIL Open Font License. Icons: Lucide, ISC licence. "
                "Qt for Python: LGPL version 3. The taxonomies' sources and terms are in the manual.",
                "small",
            ),
        ):
            label = QLabel(text, wordWrap=True)
            label.setProperty("role", role)
            self.body.addWidget(label)
        self.body.addStretch(1)
        self.button("Close", self.accept, primary=True)
