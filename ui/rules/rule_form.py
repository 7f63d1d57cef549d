"""The fields of one rule."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.codebook_cells import join_list, split_list
from annotate.rules import FIELDS, Extent, Rule, RuleKind, Where
from ui.codes.choosing import CodeButton
from ui.codes.related import RelatedCodes
from ui.dialogs.sheet import labelled, note
from ui.look import Look
from ui.session import Session

KINDS = {
    RuleKind.LEAVES: ("Only the lowest codes", "Codes that have others below them are not put on passages."),
    RuleKind.EXCLUSIVE: ("At most one of a group", "Codes of the branch exclude each other, coder by coder."),
    RuleKind.REQUIRED: (
        "Required for every article",
        "An article that is done has one of these codes at least.",
    ),
    RuleKind.SPAN: ("What a highlight may cover", "Space at the edges does not count."),
    RuleKind.TOGETHER: ("Only together with", "These codes need one of some others beside them."),
    RuleKind.QUALIFIER: (
        "Stance or intensity",
        "A highlight says one more thing of itself; the key “.” says it, and it is exported as a column.",
    ),
}
WHERE = (
    (Where.OVERLAP, "overlapping"),
    (Where.SAME, "on the same span"),
    (Where.ARTICLE, "in the same article"),
)
EXTENT = (
    (Extent.SENTENCE, "within one sentence"),
    (Extent.PARAGRAPH, "within one paragraph"),
    (Extent.PARAGRAPHS, "one or more whole paragraphs"),
)


class RuleForm(QWidget):
    """Shows a rule, and tells what it becomes."""

    changed = Signal(object)  # Rule

    def __init__(self, session: Session, look: Look, taxonomy: str) -> None:
        super().__init__()
        self._session, self._look, self._taxonomy = session, look, taxonomy
        self._rule: Rule | None = None
        self.kind = QLabel()
        self.kind.setProperty("role", "heading")
        self.about = note("")
        self.branch = CodeButton(
            session, look, "The branch it holds for", text="The whole taxonomy", groupings=True,
            leave_out=frozenset(id for id, code in session.codes.items() if code.taxonomy != taxonomy),
        )  # fmt: skip
        self.branch.chosen.connect(self._branch)
        self.whole = QPushButton("The whole taxonomy", autoDefault=False, clicked=lambda: self._branch(""))
        self.whole.setProperty("role", "link")
        self.where, self.extent = QComboBox(), QComboBox()
        for box, entries in ((self.where, WHERE), (self.extent, EXTENT)):
            for value, words in entries:
                box.addItem(words, value)
            box.setMaximumWidth(260)
            box.activated.connect(lambda _: self._tell())
        self.name, self.values = QLineEdit(), QLineEdit()
        self.values.setPlaceholderText("for; against; neutral")
        self.ordered = QCheckBox("The values go from low to high")
        self.required = QCheckBox("Every highlight says it; it is asked right after coding")
        self.note = QLineEdit()
        self.note.setPlaceholderText("Why the study has this rule")
        for line in (self.name, self.values, self.note):
            line.editingFinished.connect(self._tell)
        for tick in (self.ordered, self.required):
            tick.clicked.connect(lambda _: self._tell())
        self.problem = note("", "warn")
        self._others = QVBoxLayout()
        self.others: RelatedCodes | None = None
        self._arrange()

    def show_rule(self, rule: Rule, *, locked: bool) -> None:
        fresh = self._rule is None or rule.id != self._rule.id
        self._rule = rule
        name, about = KINDS[rule.kind]
        self.kind.setText(name)
        self.about.setText(about)
        self.branch.show_code(rule.code)
        self.whole.setVisible(rule.code is not None)
        self.where.setCurrentIndex(self.where.findData(rule.where))
        self.extent.setCurrentIndex(self.extent.findData(rule.extent))
        for line, said in (
            (self.name, rule.name),
            (self.values, join_list(rule.values)),
            (self.note, rule.note),
        ):
            if fresh or not line.hasFocus():
                line.setText(said)
                line.setCursorPosition(0)
        self.ordered.setChecked(rule.ordered)
        self.required.setChecked(rule.required)
        if fresh or (self.others and tuple(self.others.ids) != rule.others):
            self._show_others(rule)
        for field, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(field in FIELDS[rule.kind])
        if fresh:
            self.say("")
        self.setEnabled(not locked)

    def say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))

    # ------------------------------------------------------------ inside

    def _show_others(self, rule: Rule) -> None:
        if self.others is not None:
            self.others.hide()
            self._others.removeWidget(self.others)
            self.others.deleteLater()
        self.others = RelatedCodes(self._session, self._look, "", rule.others, groupings=True)
        self.others.changed.connect(self._tell)
        self._others.addWidget(self.others)
        self._rows["others"] = [self._beside, self.others]

    def _branch(self, code: str) -> None:
        if self._rule is not None:
            self.branch.show_code(code or None)
            self.whole.setVisible(bool(code))
            self._tell()

    def _tell(self) -> None:
        rule = self._rule
        if rule is None:
            return
        made = replace(
            rule,
            code=self.branch.code,
            where=Where(self.where.currentData()),
            extent=Extent(self.extent.currentData()),
            others=tuple(self.others.ids) if self.others else (),
            name=self.name.text(),
            values=split_list(self.values.text()),
            ordered=self.ordered.isChecked(),
            required=self.required.isChecked(),
            note=self.note.text().strip(),
        )
        if made != rule or rule.kind is RuleKind.TOGETHER:
            self._rule = made
            self.changed.emit(made)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.kind)
        column.addWidget(self.about)
        across = QHBoxLayout()
        across.addWidget(self.branch)
        across.addWidget(self.whole)
        across.addStretch(1)
        holder = QWidget()
        holder.setLayout(across)
        across.setContentsMargins(0, 0, 0, 0)
        column.addLayout(labelled("It holds for", holder))
        self._beside = QLabel("One of these must stand beside them")
        self._beside.setProperty("role", "section")
        column.addWidget(self._beside)
        column.addLayout(self._others)
        self._rows: dict[str, list[QWidget]] = {"others": [self._beside]}
        for field, words, widget in (
            ("where", "Where", self.where),
            ("extent", "A highlight stays", self.extent),
            ("name", "It is called", self.name),
            ("values", "Its values, divided by semicolons", self.values),
        ):
            row = labelled(words, widget)
            column.addLayout(row)
            label = row.itemAt(0).widget()
            assert label is not None
            self._rows[field] = [label, widget]
        for field, tick in (("ordered", self.ordered), ("required", self.required)):
            column.addWidget(tick)
            self._rows[field] = [tick]
        column.addLayout(labelled("Note", self.note))
        column.addWidget(self.problem)
        self.problem.hide()
