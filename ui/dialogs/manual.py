"""The manual, rendered from its Markdown pages."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QListWidget, QTextBrowser, QWidget

from ui.dialogs.sheet import Sheet
from ui.fonts import READING_FAMILY, ui_family
from ui.look import Look

FOLDER = Path(__file__).resolve().parent.parent.parent / "resources" / "manual"
FIRST = ("begin", "coding", "correcting", "taxonomies", "export", "agreement", "sharing")


class Manual(Sheet):
    """Pages at the left, the page at the right; links lead from page to page."""

    def __init__(self, look: Look, parent: QWidget | None, page: str = "") -> None:
        super().__init__("Manual", parent, width=1000, height=720, side=True)
        self._look = look
        self.names = manual_pages()
        self.pages = QListWidget()
        self.pages.setAccessibleName("Pages of the manual")
        self.pages.setFixedWidth(216)
        self.pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages.setWordWrap(True)
        self.pages.addItems([title_of(name) for name in self.names])
        self.side.addWidget(self.pages)
        self.text = QTextBrowser(openLinks=False)
        self.text.setAccessibleName("Manual page")
        self.text.anchorClicked.connect(self._follow)
        self.body.addWidget(self.text, 1)
        self.pages.currentRowChanged.connect(self._show)
        self.button("Close", self.accept, primary=True)
        look.changed.connect(lambda _: self._show(self.pages.currentRow()))
        self.pages.setCurrentRow(self.names.index(page) if page in self.names else 0)
        self.pages.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, at: int) -> None:
        import markdown

        name = self.names[at]
        self.heading.setText(title_of(name))
        source = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
        lines = source.split("\n", 1)
        body = lines[1] if lines[0].startswith("# ") and len(lines) > 1 else source
        self.text.document().setDefaultStyleSheet(self._style())
        self.text.setHtml(markdown.markdown(body, extensions=["tables", "sane_lists"]))

    def _style(self) -> str:
        theme = self._look.theme
        return f"""
            body, p, li {{ color: {theme.text}; font-family: '{READING_FAMILY}'; font-size: 16px; line-height: 150%; }}
            h1, h2, h3, td, th {{ font-family: '{ui_family()}'; }}
            h2 {{ font-size: 17px; margin-top: 22px; }} h3 {{ font-size: 14px; margin-top: 16px; }}
            td, th {{ padding: 5px 18px 5px 0; text-align: left; font-size: 13px; }}
            code {{ color: {theme.dim}; font-size: 14px; }} a {{ color: {theme.accent}; }}
        """

    def _follow(self, link: QUrl) -> None:
        name = Path(link.path()).stem
        if name in self.names:
            self.pages.setCurrentRow(self.names.index(name))


def manual_pages() -> list[str]:
    """The names of the pages in the order to read them."""
    there = sorted(path.stem for path in FOLDER.glob("*.md"))
    return [name for name in FIRST if name in there] + [name for name in there if name not in FIRST]


def title_of(name: str) -> str:
    """A page's title: its first line."""
    with (FOLDER / f"{name}.md").open(encoding="utf-8") as page:
        first = page.readline().strip()
    return first.removeprefix("# ") if first.startswith("# ") else name.replace("-", " ").capitalize()
