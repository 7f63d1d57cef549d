"""The relation types of a taxonomy: what they are called, what may be linked to what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotate.relations import RelationType, in_words
from annotate.spoken import counted
from storage import Change, relations
from ui.codes.colours import ColourGrid, chip_icon
from ui.dialogs.sheet import Sheet, labelled, note, section
from ui.look import Look
from ui.relations.ends import EndsField
from ui.session import Session

SIDE = 232
NOTE_HEIGHT = 72


class RelationTypes(Sheet):
    """Types at the left; the chosen one at the right, where every change is a step of its own."""

    def __init__(self, session: Session, look: Look, taxonomy: str, parent: QWidget | None = None) -> None:
        self._session, self._look, self._taxonomy = session, look, taxonomy
        super().__init__("Relation types", parent, width=920, height=640, side=True)
        self.home = QComboBox()
        self.home.setAccessibleName("Taxonomy")
        for each in session.taxonomies:
            self.home.addItem(each.title, each.id)
        self.home.setCurrentIndex(max(self.home.findData(taxonomy), 0))
        self._type: RelationType | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("Relation types")
        self.list.setFixedWidth(SIDE)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.label = QLineEdit(placeholderText="As it is read from mark to mark: is addressed to")
        self.symmetric = QCheckBox("Without direction: either end may come first")
        self.sources = EndsField(session, look, taxonomy, "From highlights of")
        self.targets = EndsField(session, look, taxonomy, "To highlights of")
        self.colours = ColourGrid(look)
        self.note = QPlainTextEdit()
        self.note.setFixedHeight(NOTE_HEIGHT)
        self.note.setTabChangesFocus(True)
        self.said = note("")
        self.empty = note(
            "No relation types yet. A relation links two highlights: an actor and the claim it makes, a claim and "
            "its addressee, a cause and a problem. Make a type, and say which codes may stand at its ends."
        )
        self._form = QWidget()
        self._lay_out()
        self.delete_button = self.button("Delete…", self.ask_delete, role="danger")
        self.button("Close", self.reject)
        self.new_button = self.button("New type", self.add, primary=True)
        self._wire()
        writable = session.project.writable
        for field in (self._form, self.new_button, self.delete_button):
            field.setEnabled(writable)
        self._fill()
        self.list.setFocus()

    # ------------------------------------------------------------ what is done

    def show_taxonomy(self, id: str) -> None:
        """The types of another taxonomy."""
        self.flush()
        self._forget_typing()
        self._taxonomy, self._type = id, None
        for field in (self.sources, self.targets):
            field.taxonomy = id
        self._fill()

    def add(self) -> None:
        """A new type, whose name is typed next."""
        self.flush()
        labels = {type.label for type in self._types()}
        name, number = "is related to", 1
        while name in labels:
            number += 1
            name = f"is related to ({number})"
        made = relations.make_type(self._taxonomy, name, colour="slate")
        if self._session.do(f"New relation type “{name}”", lambda step: relations.add_types(step, [made])):
            self._go_to(made.id)
            self.label.setFocus()
            self.label.selectAll()

    def change(self, **values: Any) -> None:
        """Stores what differs."""
        type = self._type
        if type is None or all(getattr(type, name) == value for name, value in values.items()):
            return
        self.say_problem("")
        if "label" in values:  # it is stored, or what stands comes back
            self._forget_typing()
        label = f"Change relation type “{type.label}”"
        if self._session.do(label, lambda step: relations.edit_type(step, type.id, **values)) is None:
            self._show()

    def ask_delete(self) -> None:
        """Deletes a type without relations at once; with relations it must be asked for twice."""
        type = self._type
        if type is None:
            return
        held = relations.count_by_type(self._session.project).get(type.id, 0)
        if held and self.delete_button.property("sure") != type.id:
            self.delete_button.setProperty("sure", type.id)
            self.delete_button.setText(f"Delete with {counted(held, 'relation')}")
            return
        label = f"Delete relation type “{type.label}”"
        self._session.do(label, lambda step: relations.remove_types(step, [type.id]))

    def flush(self) -> None:
        """Stores what was typed."""
        if self._type is not None:
            self.change(label=self.label.text(), note=self.note.toPlainText())

    def done(self, accepted: bool) -> None:
        if not self._done:
            self.flush()
        super().done(accepted)

    # ------------------------------------------------------------ inside

    def _types(self) -> list[RelationType]:
        held = (each for each in self._session.taxonomies if each.id == self._taxonomy)
        return [type for taxonomy in held for type in taxonomy.relation_types]

    def _wire(self) -> None:
        self.home.activated.connect(lambda _: self.show_taxonomy(self.home.currentData()))
        self.list.currentRowChanged.connect(self._chosen)
        self.label.editingFinished.connect(self.flush)
        self.symmetric.clicked.connect(lambda on: self.change(symmetric=on))
        self.sources.changed.connect(lambda ends: self.change(sources=ends))
        self.targets.changed.connect(lambda ends: self.change(targets=ends))
        self.colours.picked.connect(lambda colour: self.change(colour=colour))
        self._session.changed.connect(self._follow)
        self._session.failed.connect(self.say_problem)
        self._look.changed.connect(self._fill)

    def _follow(self, change: Change) -> None:
        if change.touches("relation_type", "taxonomy", "code", "relation"):
            self._fill()

    def _fill(self) -> None:
        types = self._types()
        current = self._type.id if self._type else ""
        at = next((row for row, type in enumerate(types) if type.id == current), 0)
        self.list.blockSignals(True)
        self.list.clear()
        for type in types:
            item = QListWidgetItem(chip_icon(type.colour or "slate", self._look.theme), type.label)
            item.setToolTip(in_words(type, self._session.codes))
            item.setData(Qt.ItemDataRole.UserRole, type.id)
            self.list.addItem(item)
        self.list.setCurrentRow(at if types else -1)
        self.list.blockSignals(False)
        self._type = types[at] if types else None
        self._show()

    def _chosen(self, row: int) -> None:
        self.flush()
        self._forget_typing()
        types = self._types()
        self._type = types[row] if 0 <= row < len(types) else None
        self._show()

    def _forget_typing(self) -> None:
        """What was typed and could not be stored is not the next type's."""
        self.label.setModified(False)
        self.note.document().setModified(False)

    def _go_to(self, id: str) -> None:
        rows = [type.id for type in self._types()]
        if id in rows:
            self.list.setCurrentRow(rows.index(id))

    def _show(self) -> None:
        type = self._type
        self._form.setVisible(type is not None)
        self.empty.setVisible(type is None)
        self.delete_button.setVisible(type is not None)
        self.delete_button.setText("Delete")
        self.delete_button.setProperty("sure", "")
        if type is None:
            return
        if not self.label.isModified():
            self.label.setText(type.label)
        self.symmetric.setChecked(type.symmetric)
        self.sources.show_ends(type.sources)
        self.targets.show_ends(type.targets)
        others = [(each.label, each.colour) for each in self._types() if each.id != type.id and each.colour]
        self.colours.set_up(type.colour, others)
        if not self.note.document().isModified():
            self.note.setPlainText(type.note)
        held = relations.count_by_type(self._session.project).get(type.id, 0)
        self.said.setText(counted(held, "relation") if held else "No relations of this type yet")

    def _lay_out(self) -> None:
        self.side.addWidget(self.home)
        self.side.addWidget(self.list, 1)
        ends = QGridLayout()
        ends.setHorizontalSpacing(24)
        for at, (name, field) in enumerate(
            (("From highlights of", self.sources), ("To highlights of", self.targets))
        ):
            ends.addWidget(section(name, field), 0, at)
            ends.addWidget(field, 1, at)
            ends.setColumnStretch(at, 1)
        colours = QVBoxLayout()
        colours.setSpacing(4)
        colours.addWidget(section("Colour of the arc", self.colours))
        colours.addWidget(self.colours)
        column = QVBoxLayout(self._form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(labelled("Name", self.label))
        column.addLayout(ends)
        column.addWidget(self.symmetric)
        column.addLayout(labelled("Note", self.note))
        column.addLayout(colours)
        column.addWidget(self.said)
        column.addStretch(1)
        self.body.addWidget(self.empty)
        self.body.addWidget(self._form, 1)
        self.body.addStretch(0)
