"""What the import left out of a page or a PDF, shown on request."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QTextBrowser, QWidget

from annotate.errors import UserError
from storage import versions
from storage.originals import name, original
from ui.dialogs.sheet import Sheet, note
from ui.look import Look
from ui.session import Session


class LeftOut(Sheet):
    """The lines of the article's file that its text does not hold."""

    def __init__(self, session: Session, look: Look, article: str, parent: QWidget | None) -> None:
        super().__init__("What the import left out", parent, width=720, height=560)
        self._session, self._article = session, article
        self.said = note("")
        self.text = QTextBrowser(openLinks=False)
        self.text.setAccessibleName("What was left out")
        self.body.addWidget(self.said)
        self.body.addWidget(self.text, 1)
        self.button("Close", self.accept, primary=True)
        try:
            lines, said = self._lines()
        except UserError as error:
            lines, said = [], str(error)
        self.said.setText(said)
        self.text.setVisible(bool(lines))
        self.text.setHtml("".join(f"<p style='margin:4px 0'>{escape(line)}</p>" for line in lines))

    def _lines(self) -> tuple[list[str], str]:
        from annotate.readers.left_out import left_out

        project = self._session.project
        data = original(project, self._article)
        if data is None:
            return [], "The file was not kept when it was imported, so it cannot be compared."
        lines = left_out(data, name(project, self._article), versions.imported(project, self._article))
        if not lines:
            return [], "Nothing of the file is missing in the text, but for what the import’s report says."
        return lines, "Menus, notices, running heads and the like, which are not part of the article’s text:"
