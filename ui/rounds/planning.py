"""A round planned: who, how many, drawn how; what would be drawn is said while it is chosen."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from annotate.errors import UserError
from annotate.rounds import Kind
from annotate.sampling import Method, Plan
from annotate.spoken import counted
from storage import articles, coders, fields, near, rounds
from storage.steps import Step
from ui.dialogs.picker import Choice as Entry
from ui.dialogs.picker import Picker
from ui.dialogs.sheet import Sheet, choices, labelled, note, number
from ui.session import Session

TRIED_MS = 200  # what is being typed is tried after a rest of so long
OVERLAPS = (("None", "0"), ("10 %", "10%"), ("20 %", "20%"), ("50 %", "50%"), ("All of them", "100%"))
BY = (("Nothing: at random", ""), ("Outlet", "outlet"), ("Year", "date"), ("Language", "language"))


class PlanRound(Sheet):
    """Draws by the seed; nothing is kept until it is accepted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("Plan a round", parent, width=620)
        self._session = session
        whole = articles.count(session.project)
        self.title = QLineEdit(placeholderText="Pilot")
        self.kind = choices([(str(each).capitalize(), each) for each in Kind])
        self.kind.setCurrentIndex(1)
        people = [each for each in session.coders if not each.consensus]
        self.people = Picker("Nobody yet", [Entry(each.name, each.name) for each in people])
        self.people.pick([each.name for each in people])
        self.others = QLineEdit(placeholderText="Names of others, with commas")
        self.number = number(max(whole, 1))
        self.number.setSpecialValueText(f"All {whole:,}" if whole else "None yet")
        self.filter = QLineEdit(placeholderText="outlet=CNN, round!=Pilot, words")
        self.overlap = choices(OVERLAPS)
        self.overlap.setCurrentIndex(2)
        self.together = QComboBox()
        self.by = choices([*BY, *((each.name, each.name) for each in fields.all_fields(session.project))])
        self.seed = number(999_999, value=1)
        self.near = QCheckBox("Near duplicates may be drawn together")
        self.note = QLineEdit(placeholderText="What it is for")
        self.said = note("")
        self.said.setMinimumHeight(self.said.fontMetrics().height() * 3)
        self._lay_out()
        self.button("Cancel", self.reject)
        self.plan_button = self.button("Plan", self.accept, primary=True)
        self._rest = QTimer(self, singleShot=True, interval=TRIED_MS)
        self._rest.timeout.connect(self.look)
        for field in (self.others, self.filter, self.title):
            field.textChanged.connect(lambda _: self._rest.start())
        for box in (self.overlap, self.together, self.by, self.kind):
            box.currentIndexChanged.connect(lambda _: self.look())
        for spin in (self.number, self.seed):
            spin.valueChanged.connect(lambda _: self._rest.start())
        self.near.toggled.connect(lambda _: self.look())
        self.people.changed.connect(self.look)
        session.failed.connect(self.say_problem)
        self.look()
        self.title.setFocus()

    def look(self) -> Plan | None:
        """Says what would be drawn, or why nothing can be."""
        self._offer_together()
        try:
            groups = self._groups if self.number.value() and not self.near.isChecked() else {}
            found = rounds.drawn(
                self._session.project, self.names(), self.method(), self.seed.value(), groups
            )
        except UserError as error:
            self.said.setText(str(error))
            self.plan_button.setEnabled(False)
            return None
        self.said.setText(_told(found, self.names()))
        self.plan_button.setEnabled(True)
        return found

    @cached_property
    def _groups(self) -> dict[str, str]:
        """Near duplicates, looked for once: nothing else changes while the sheet is open."""
        return near.groups(self._session.project)

    def names(self) -> list[str]:
        """Who codes, as picked and as typed."""
        typed = (" ".join(name.split()) for name in self.others.text().split(","))
        return list(dict.fromkeys([*map(str, self.people.picked), *filter(None, typed)]))

    def method(self) -> Method:
        """How the articles are drawn and dealt."""
        several = len(self.names()) > 1
        return Method(
            self.number.value() or None,
            self.filter.text().strip(),
            self.by.currentData() if self.number.value() else "",
            self.overlap.currentData() if several else "0",
            self.together.currentData() or 0 if several else 0,
            self.near.isChecked(),
        )

    def accept(self) -> None:
        self.say_problem("")
        found, people = self.look(), self.names()
        if found is None:
            return
        title, kind, method = self.title.text(), self.kind.currentData(), self.method()

        def keep(step: Step) -> None:
            ids = {name: coders.ensure(step, name) for name in people}
            rounds.add(
                step, title, kind, method, self.seed.value(), found.by_ids(ids), self.note.text().strip()
            )

        if self._session.do(f"Plan the round “{' '.join(title.split())}”", keep) is not None:
            super().accept()

    def done(self, accepted: bool) -> None:
        self._rest.stop()  # the project may be closed next
        super().done(accepted)

    # ------------------------------------------------------------ inside

    def _offer_together(self) -> None:
        """How many may code an article that several code: all, or fewer where there are more than two."""
        count, before = len(self.names()), self.together.currentData()
        offered = [("Everybody", 0), *((f"{number} of them", number) for number in range(2, count))]
        if [self.together.itemData(at) for at in range(self.together.count())] != [
            data for _, data in offered
        ]:
            self.together.blockSignals(True)
            self.together.clear()
            for text, data in offered:
                self.together.addItem(text, data)
            self.together.setCurrentIndex(max(self.together.findData(before), 0))
            self.together.blockSignals(False)
        for box in (self.overlap, self.together):
            box.setEnabled(count > 1)
        self.by.setEnabled(self.number.value() > 0)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(14)
        cells = (
            ("Title", self.title), ("Kind", self.kind),
            ("Who codes", self.people), ("Somebody else", self.others),
            ("Articles", self.number), ("Only articles with", self.filter),
            ("Coded by several", self.overlap), ("Each of those by", self.together),
            ("In proportion by", self.by), ("Seed of the draw", self.seed),
        )  # fmt: skip
        for at, (name, field) in enumerate(cells):
            grid.addLayout(labelled(name, field), at // 2, at % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addLayout(labelled("Note", self.note))
        self.body.addWidget(self.near)
        self.body.addWidget(self.said)


def _told(found: Plan, people: list[str]) -> str:
    load = found.load()
    drawn = counted(len(found.articles), "article")
    several = f", {len(found.overlap):,} of them for several coders" if found.overlap else ""
    said = [f"{drawn}{several}.", ", ".join(f"{name} {load.get(name, 0):,}" for name in people) + "."]
    if found.strata:
        named = (f"{value or 'none'} {number:,}" for value, number in found.strata.items())
        said.append(f"Drawn: {', '.join(named)}.")
    if found.passed:
        said.append(f"{counted(found.passed, 'near duplicate')} passed over.")
    return " ".join(said)
