"""The manual, rendered from its Markdown pages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextBrowser, QWidget

from ui.dialogs.sheet import Sheet
from ui.look import Look

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "manual"
PAGES = {"begin": "Begin", "coding": "Reading and coding", "taxonomies": "Taxonomies", "export": "Export"}


class Manual(Sheet):
    """Pages at the left, the page at the right."""

    def __init__(self, look: Look, parent: QWidget | None) -> None:
        super().__init__("Manual", parent, width=920, height=680)
        self._look = look
        self.pages = QListWidget()
        self.pages.setAccessibleName("Pages of the manual")
        self.pages.setMaximumWidth(200)
        self.pages.addItems(list(PAGES.values()))
        self.text = QTextBrowser(openLinks=False)
        self.text.setAccessibleName("Manual page")
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.pages)
        row.addWidget(self.text, 1)
        self.body.addLayout(row, 1)
        self.pages.currentRowChanged.connect(self._show)
        self.pages.setCurrentRow(0)
        self.button("Close", self.accept, primary=True)

    def _show(self, at: int) -> None:
        import markdown

        source = (FOLDER / f"{list(PAGES)[at]}.md").read_text(encoding="utf-8")
        theme = self._look.theme
        self.text.document().setDefaultStyleSheet(
            f"body {{ color: {theme.text}; }} td, th {{ padding: 4px 14px 4px 0; }} th {{ text-align: left; }}"
            f"code {{ color: {theme.dim}; }} p, li {{ line-height: 150%; }}"
        )
        self.text.setHtml(markdown.markdown(source, extensions=["tables"]))
