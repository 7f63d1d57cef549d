"""Coders compared: who, on what, at which level; the figures, and the passages behind the one that is chosen."""

from __future__ import annotations

from html import escape
from itertools import groupby

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QSplitter, QTextBrowser, QWidget

from annotate.agreement.compared import STANDARD, Comparison
from annotate.agreement.folder import write
from annotate.errors import UserError
from annotate.spoken import counted
from storage import agreement, rounds
from storage.agreement import Wanted
from storage.agreement_passages import Passage, passages
from ui import ask
from ui.agreeing.table import FiguresTable
from ui.dialogs.picker import Choice as Entry
from ui.dialogs.picker import Picker
from ui.dialogs.sheet import Sheet, choices, labelled, note
from ui.look import Look
from ui.session import Session
from ui.sharing.job import Job
from ui.theme import Theme

DRAWS = 300  # enough for a look; the report draws as often as it says
LISTED = 120  # passages shown of a code


class Agreement(Sheet):
    """Compares in a thread; a click on a passage leads to it."""

    go_asked = Signal(str, int)  # article, place

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Agreement", parent, width=1100, height=760)
        self._session, self._look = session, look
        self._job: Job | None = None
        self._found: list[Comparison] = []
        self._places: dict[str, tuple[str, int]] = {}
        people = [each for each in session.coders if not each.consensus]
        agreed = [each for each in session.coders if each.consensus]
        self.coders = Picker(
            "All who coded",
            [*(Entry(each.name, each.name) for each in people),
             *(Entry(each.name, f"{each.name} (consensus)", each.name) for each in agreed)],
        )  # fmt: skip
        self.which = QComboBox()
        self.level = choices(_levels(session))
        self.articles = choices(
            [("Done", ""), ("All that are not skipped", "all"),
             *((f"Round “{each.title}”", f"round:{each.title}") for each in rounds.all_rounds(session.project))]
        )  # fmt: skip
        self.said = note("")
        self.table = FiguresTable(look)
        self.text = QTextBrowser(openLinks=False)
        self.text.setAccessibleName("The passages of the code")
        self.text.document().setDocumentMargin(10)
        self._lay_out()
        self.save_button = self.button("Save the report…", self.save)
        self.button("Close", self.reject, primary=True)
        self.coders.changed.connect(self.compare)
        for box in (self.level, self.articles):
            box.activated.connect(lambda _: self.compare())
        self.which.activated.connect(lambda _: self._show())
        self.table.picked.connect(self._show_passages)
        self.text.anchorClicked.connect(self._go)
        look.changed.connect(self._show)
        self.compare()
        self.coders.setFocus()

    def wanted(self) -> Wanted:
        """What is compared."""
        which = str(self.articles.currentData())
        return Wanted(
            tuple(str(name) for name in self.coders.picked),
            level=self.level.currentData(),
            round=which.removeprefix("round:") if which.startswith("round:") else "",
            unfinished=which == "all",
            draws=DRAWS,
        )

    def compare(self) -> None:
        """Starts anew with what is chosen."""
        self._stop()
        self._clear("Comparing…")
        wanted = self.wanted()
        self._job = Job(
            self._session.project.path,
            lambda project, watch: agreement.comparisons(project, wanted, None, watch),
            self,
        )
        self._job.ended.connect(self._compared)
        self._job.start()

    def save(self) -> None:
        """Writes the report with its tables into a new folder."""
        name = self._session.project.path.with_name(f"{self._session.project.path.stem} agreement")
        place = ask.save_file(self, "A new folder for the report and its tables", name, "")
        if place is None:
            return
        try:
            write(place, self._found, f"Agreement: {self._session.project.title}")
        except (UserError, OSError) as error:
            self.say_problem(str(error))
            return
        self.say_problem("")
        self.aside.setText(f"Report and tables are in {place.name}.")

    def done(self, accepted: bool) -> None:
        self._stop()
        super().done(accepted)

    # ------------------------------------------------------------ inside

    def _stop(self) -> None:
        if self._job is not None:
            self._job.ended.disconnect(self._compared)
            self._job.stop()
            self._job = None

    def _compared(self, found: object, problem: str) -> None:
        self._job = None
        if not isinstance(found, list):
            self._clear(problem)
            return
        self._found = found
        self.which.clear()
        for each in found:
            self.which.addItem(each.name)
        self._which.setVisible(len(found) > 1)
        self.save_button.setEnabled(True)
        self._show()

    def _clear(self, said: str) -> None:
        self._found = []
        self._which.hide()
        self.said.setText(said)
        self.table.setRowCount(0)
        self.text.clear()
        self._both.hide()
        self._empty.show()
        self.save_button.setEnabled(False)

    def _comparison(self) -> Comparison | None:
        at = max(self.which.currentIndex(), 0)
        return self._found[at] if at < len(self._found) else None

    def _show(self) -> None:
        if (found := self._comparison()) is not None:
            self._both.show()
            self._empty.hide()
            self.said.setText(" ".join(found.in_words()))
            self.table.show_comparison(found)

    def _show_passages(self, code: str) -> None:
        found = self._comparison()
        if not code or found is None:
            self.text.setHtml(
                f'<p style="color:{self._look.theme.dim}">Choose a code to see its passages.</p>'
            )
            return
        wanted = self.wanted()
        named = Wanted(found.compared.coders, (), found.level, found.filter, found.round, wanted.unfinished)
        try:
            held = passages(self._session.project, named, code)
        except UserError as error:
            self.text.setPlainText(str(error))
            return
        self._places = {each.mark: (each.article, each.start) for each in held}
        self.text.setHtml(passages_html(held, self._look.theme))
        self.text.verticalScrollBar().setValue(0)

    def _go(self, link: QUrl) -> None:
        if place := self._places.get(link.toString()):
            self.accept()
            self.go_asked.emit(*place)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        fields = (("Coders", self.coders), ("Articles", self.articles), ("Codes", self.level))
        for at, (name, field) in enumerate(fields):
            grid.addLayout(labelled(name, field), 0, at)
            grid.setColumnStretch(at, 1)
        self._which = QWidget()
        inside = labelled("Compared two by two", self.which)
        inside.setContentsMargins(0, 0, 0, 0)
        self._which.setLayout(inside)
        grid.addWidget(self._which, 0, 3)
        self._both = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._both.addWidget(self.table)
        self._both.addWidget(self.text)
        self._both.setSizes([420, 190])
        self._empty = QWidget()
        self.body.addLayout(grid)
        self.body.addWidget(self.said)
        self.body.addWidget(self._both, 1)
        self.body.addWidget(self._empty, 1)


def passages_html(held: list[Passage], theme: Theme) -> str:
    """By article, each coder's words; what all share is said once and quietly."""
    if not held:
        return ""
    alike = sum(each.shared for each in held)
    parts = [
        f'<p style="color:{theme.dim};margin:0 0 8px 0">{counted(len(held), "highlight")}, {alike:,} of them '
        "with the same characters by all</p>"
    ]
    for (_, title), group in groupby(held[:LISTED], key=lambda each: (each.article, each.title)):
        parts.append(f'<p style="font-weight:600;margin:10px 0 2px 0">{escape(title)}</p>')
        for each in group:
            colour = theme.dim if each.shared else theme.text
            parts.append(
                f'<p style="margin:2px 0 2px 0"><span style="color:{theme.dim}">{escape(each.coder)}</span>&nbsp; '
                f'<a href="{escape(each.mark)}" style="color:{colour};text-decoration:none">'
                f"“{escape(_short(each.quote))}”</a></p>"
            )
    if len(held) > LISTED:
        rest = counted(len(held) - LISTED, "other")
        parts.append(f'<p style="color:{theme.dim}">and {rest}</p>')
    return "".join(parts)


def _short(words: str, most: int = 220) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _levels(session: Session) -> list[tuple[str, str]]:
    depth = max((_depth(session, code) for code in session.codes), default=1)
    found = [("As they are", "")]
    if any(code.own for code in session.codes.values()):
        found.append(("The standard’s, own ones counted in", STANDARD))
    return found + [
        (f"Level {at} of the tree" + (" (topmost)" if at == 1 else ""), str(at)) for at in range(1, depth)
    ]


def _depth(session: Session, id: str) -> int:
    depth, at = 0, session.codes.get(id)
    while at is not None:
        depth, at = depth + 1, session.codes.get(at.parent or "")
    return depth
