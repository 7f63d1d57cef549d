"""What a code has in this project: highlights, in how many articles, by whom."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotate.model import Code
from storage import Change, code_use
from ui.look import Look
from ui.session import Session
from ui.workbench.section import Facts, Section


class InProject(Section):
    """Numbers of the code itself, not of what hangs below it."""

    TITLE = "In this project"

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.facts = Facts()
        self.body.addWidget(self.facts)

    def show_code(self, code: Code) -> None:
        use = code_use.of_code(self.session.project, code.id)
        people = " · ".join(f"{self.session.coder_name(id)} {many:,}" for id, many in use.coders)
        self.facts.show_facts(
            [
                ("Highlights", f"{use.highlights:,}"),
                ("Articles", f"{use.articles:,} of {use.of_articles:,}"),
                ("Coders", people or "–"),
            ]
        )
        self.show()

    def show_taxonomy(self, id: str) -> None:
        use = code_use.of_taxonomy(self.session.project, id)
        codes = next(each.codes for each in self.session.taxonomies if each.id == id)
        people = " · ".join(f"{self.session.coder_name(each)} {many:,}" for each, many in use.coders)
        self.facts.show_facts(
            [
                ("Codes", f"{len(codes):,}"),
                ("Highlights", f"{use.highlights:,}"),
                ("Articles", f"{use.articles:,} of {use.of_articles:,}"),
                ("Coders", people or "–"),
            ]
        )
        self.show()

    def concerns(self, change: Change) -> bool:
        return change.touches("code", "taxonomy", "highlight", "article", "coder")
