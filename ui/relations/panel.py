"""The relations of the selected highlight: a line each, which leads to the other end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from annotate.model import Highlight
from annotate.relations import Relation, RelationType, fits
from storage import highlights, relations
from ui.codes.colours import chip_icon
from ui.codes.elided import ElidedButton
from ui.icon_button import IconButton
from ui.icons import Icon
from ui.layouts import emptied
from ui.look import Look
from ui.relations.shown import Said, arrow, quoted
from ui.session import Session

SHORT = 80


class RelationsList(QWidget):
    """Hidden where the project has no types of relations. `words` gives those under a mark."""

    go_asked = Signal(str)  # the highlight at the other end
    relate_asked = Signal()

    def __init__(self, session: Session, look: Look, words: Callable[[Highlight], str]) -> None:
        super().__init__()
        self._session, self._look, self._words = session, look, words
        self._mark: Highlight | None = None
        title = QLabel("Relations")
        title.setProperty("role", "section")
        self.relate = QPushButton("Relate…")
        self.relate.setProperty("role", "link")
        self.relate.setToolTip("Relate it to another highlight (L)")
        self.relate.clicked.connect(self.relate_asked)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self.relate)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addLayout(self._rows)

    def show_mark(self, mark: Highlight | None) -> None:
        """Lists what begins or ends at the mark."""
        self._mark = mark
        emptied(self._rows)
        types = {type.id: type for each in self._session.taxonomies for type in each.relation_types}
        self.setVisible(bool(types) and mark is not None)
        if mark is None or not types:
            return
        self.relate.setEnabled(self._session.project.writable)
        held = relations.of_mark(self._session.project, mark.id)
        others = {
            other.id: other
            for other in highlights.some(self._session.project, [each.beyond(mark.id) for each in held])
        }
        for each in held:
            other = others.get(each.beyond(mark.id))
            if other is not None and each.type in types:
                self._rows.addWidget(self._row(each, types[each.type], mark, other))

    def listed(self) -> list[ElidedButton]:
        """The lines, in order."""
        return self.findChildren(ElidedButton)

    def _row(self, relation: Relation, type: RelationType, mark: Highlight, other: Highlight) -> QWidget:
        said = Said(relation, type, other.id, relation.source == mark.id)
        words = " ".join(self._words(other).split())
        words = words if len(words) <= SHORT else f"{words[: SHORT - 1].rstrip()}…"
        line = ElidedButton()
        line.setText(f"{arrow(said)} {type.label} {quoted(words)}")
        line.setIcon(chip_icon(type.colour or "slate", self._look.theme))
        line.setToolTip(self._about(relation, type, mark, other))
        line.setAccessibleName(line.text())
        line.clicked.connect(lambda: self.go_asked.emit(other.id))
        gone = IconButton(
            self._look, Icon.CLOSE, "Take the relation off", lambda: self.remove(relation, type),
            says=f"Take off: {line.text()}", size=14,
        )  # fmt: skip
        gone.setEnabled(self._session.project.writable)
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(line, 1)
        row.addWidget(gone)
        return box

    def _about(self, relation: Relation, type: RelationType, mark: Highlight, other: Highlight) -> str:
        source, target = (mark, other) if relation.source == mark.id else (other, mark)
        code = self._session.codes.get(other.code or "")
        lines = [
            code.label if code else "Without a code",
            self._session.coder_name(relation.coder),
            relation.memo,
        ]
        if not fits(type, source.code, target.code, self._session.codes):
            lines.append("It does not fit its type any more.")
        return "\n".join(filter(None, lines))

    def remove(self, relation: Relation, type: RelationType) -> None:
        """Takes a relation off; another coder's stays, unless their highlight is unlocked."""
        session, coder = self._session, self._session.coder
        mine = coder is not None and relation.coder == coder.id
        if not mine and session.unlocked not in (relation.source, relation.target):
            name = session.coder_name(relation.coder)
            session.failed.emit(f"This is {name}’s relation. “Edit anyway” at their highlight unlocks it.")
            return
        session.do(f"Take off “{type.label}”", lambda step: relations.remove(step, [relation.id]))
