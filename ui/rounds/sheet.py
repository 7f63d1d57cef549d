"""The rounds of a project: how far each is, how its articles were drawn, and who codes what."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QTextBrowser, QWidget

from annotate.rounds import Round
from annotate.spoken import counted
from storage import Change, rounds
from storage.rounds import Progress
from ui.codes.version_rows import VersionRows
from ui.dates import moment
from ui.dialogs.sheet import Sheet
from ui.look import Look
from ui.rounds.planning import PlanRound
from ui.session import Session
from ui.theme import Theme

SIDE = 248
NONE = (
    "<p>No rounds yet.</p><p>A round is a batch of articles drawn for some coders, with a part that several code, so "
    "that their agreement can be told. It keeps the seed and the method of the draw for whoever reads the study.</p>"
)


class Rounds(Sheet):
    """Rounds at the left, in the order they were planned; at the right what there is to say of one."""

    shown = Signal(str)  # a filter for the list of articles

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Rounds", parent, width=860, height=600, side=True)
        self._session, self._look = session, look
        self._known: list[Round] = []
        self.list = QListWidget()
        self.list.setAccessibleName("Rounds")
        self.list.setFixedWidth(SIDE)
        self.list.setItemDelegate(VersionRows(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text = QTextBrowser()
        self.text.setAccessibleName("The round")
        self.text.document().setDocumentMargin(0)
        self.all_of_it = _link("Show its articles", self._show_all)
        self.mine = _link("", self._show_mine)
        self.take_back = _link("Remove the round", self.remove)
        row = QHBoxLayout()
        row.setSpacing(16)
        for button in (self.all_of_it, self.mine):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.take_back)
        self.side.addWidget(self.list)
        self.body.addWidget(self.text, 1)
        self.body.addLayout(row)
        self.button("Close", self.reject)
        self.plan_button = self.button("Plan a round…", self.plan, primary=True)
        self.plan_button.setEnabled(session.project.writable)
        self.list.currentRowChanged.connect(lambda _: self._show())
        session.changed.connect(self._follow)
        session.failed.connect(self.say_problem)
        look.changed.connect(self._show)
        self._fill()
        self.list.setFocus()

    def plan(self) -> PlanRound:
        """Asks what the next round is to be."""
        sheet = PlanRound(self._session, self)
        sheet.open()
        return sheet

    def remove(self) -> None:
        """Takes the round back that is chosen; its articles and their coding stay."""
        if found := self._round():
            self.say_problem("")
            self._session.do(
                f"Remove the round “{found.title}”", lambda step: rounds.remove(step, [found.id])
            )

    # ------------------------------------------------------------ inside

    def _round(self) -> Round | None:
        at = self.list.currentRow()
        return self._known[at] if 0 <= at < len(self._known) else None

    def _follow(self, change: Change) -> None:
        if change.touches("round", "assignment", "article", "coder"):
            self._fill()

    def _fill(self) -> None:
        project, before = self._session.project, self._round()
        new = len(self._known)
        self._known = rounds.all_rounds(project)
        self.list.blockSignals(True)
        self.list.clear()
        for each in self._known:
            done = rounds.progress(project, each.id)
            self.list.addItem(f"{each.title}\n{done.done:,} of {counted(done.articles, 'article')} done")
        ids = [each.id for each in self._known]
        kept = ids.index(before.id) if before and before.id in ids else 0
        self.list.setCurrentRow(len(ids) - 1 if len(ids) > new else kept)
        self.list.blockSignals(False)
        self._show()

    def _show(self) -> None:
        found = self._round()
        coder = self._session.coder
        for button in (self.all_of_it, self.mine, self.take_back):
            button.setVisible(found is not None)
        self.take_back.setEnabled(self._session.project.writable)
        if found is None:
            self.text.setHtml(NONE)
            return
        held = rounds.progress(self._session.project, found.id)
        mine = coder is not None and any(name == coder.name for name, _, _ in held.coders)
        self.mine.setVisible(mine)
        self.mine.setText(f"Show those of {coder.name}" if coder else "")
        self.text.setHtml(_html(found, held, self._look.theme))

    def _show_all(self) -> None:
        if found := self._round():
            self._leave(f'round="{found.title}"')

    def _show_mine(self) -> None:
        if (found := self._round()) and self._session.coder:
            self._leave(f'round="{found.title}" assigned="{self._session.coder.name}"')

    def _leave(self, filter: str) -> None:
        self.shown.emit(filter)
        self.accept()


def _link(text: str, work: Callable[[], object]) -> QPushButton:
    made = QPushButton(text, autoDefault=False)
    made.setProperty("role", "link")
    made.clicked.connect(lambda: work())
    return made


def _html(found: Round, held: Progress, theme: Theme) -> str:
    lines = [
        f'<p style="font-size:17px;font-weight:600;margin:0 0 4px 0">{escape(found.title)}</p>',
        f'<p style="color:{theme.dim};margin:0">{escape(str(found.kind).capitalize())}, planned '
        f"{escape(moment(found.created))}</p>",
        f'<p style="margin:14px 0 0 0">{escape(found.method.in_words())}. Seed {found.seed}.</p>',
    ]
    if found.note:
        lines.append(f'<p style="margin:10px 0 0 0">{escape(found.note)}</p>')
    lines.append(
        f'<p style="color:{theme.dim};margin:18px 0 6px 0">{held.done:,} of {counted(held.articles, "article")} '
        "done or skipped</p>"
    )
    rows = "".join(
        f"<tr><td>{escape(name)}</td>"
        f'<td style="padding-left:28px" align="right">{done:,} of {whole:,}</td>'
        f'<td style="padding-left:18px;color:{theme.dim}">{round(100 * done / whole)} %</td></tr>'
        for name, done, whole in held.coders
    )
    return "".join(lines) + f'<table cellspacing="0" cellpadding="3">{rows}</table>'
