"""Relations made: a highlight, the type by a few letters, then the other highlight; or drawn from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QObject, QPoint, QRect, QSize

from annotate.model import Highlight
from annotate.relations import RelationType, fits, in_words, may_begin, named_ends, takes, why_not
from ui.coding import Coding
from ui.look import Look
from ui.reading.values import Link
from ui.reading_pane import ReadingPane
from ui.relations.bar import Candidate, PickBar
from ui.relations.popup import Entry, PickPopup
from ui.relations.shown import quoted
from ui.session import Session

BACK = "<"  # before the id of a type that leads to the highlight and not away from it


@dataclass(frozen=True, slots=True)
class Begun:
    """A relation of which one end is known; `back` where that is its target."""

    mark: Highlight
    type: RelationType
    back: bool = False

    def ends(self, other: Highlight) -> tuple[Highlight, Highlight]:
        """Source and target."""
        return (other, self.mark) if self.back else (self.mark, other)


class Relating(QObject):
    """Asks for what is missing, and makes the relation. What does not fit is refused with a sentence."""

    def __init__(self, session: Session, coding: Coding, reading: ReadingPane, look: Look) -> None:
        super().__init__(reading)
        self._session, self._coding, self._reading, self._look = session, coding, reading, look
        self._begun: Begun | None = None
        reading.view.mark_clicked.connect(self._clicked)
        session.article_changed.connect(lambda _: self.stop())

    @cached_property
    def bar(self) -> PickBar:
        made = PickBar(self._look)
        self._reading.put_above(made)
        made.looked_at.connect(self._look_at)
        made.chosen.connect(self._take)
        made.closed.connect(self.stop)
        return made

    def start(self) -> PickPopup | None:
        """Offers the types that the selected highlight may have."""
        mark = self._reading.selected()
        if mark is None:
            self._session.said.emit("Select a highlight first.")
            return None
        codes = self._session.codes
        entries = [self._entry(type, back=False) for type in self._types if may_begin(type, mark.code, codes)]
        entries += [
            self._entry(type, back=True)
            for type in self._types
            if not type.symmetric and takes(type.targets, mark.code, codes)
        ]
        if not entries:
            self._say_none(mark)
            return None
        popup = self._popup(entries)
        popup.code_taken.connect(lambda id, _: self.pick(mark, id))
        popup.open_at(
            self._reading.selection_box(), title=f"Relate {quoted(self._reading.words_of(mark.id, 40))}"
        )
        return popup

    def between(self, source: str, target: str, place: QPoint) -> PickPopup | None:
        """Relates two highlights by the type that fits them, asking at `place` (global) where several do."""
        one, other = self._reading.mark(source), self._reading.mark(target)
        if one is None or other is None:
            return None
        codes = self._session.codes
        fitting = [type for type in self._types if fits(type, one.code, other.code, codes)]
        turned = [
            type
            for type in self._types
            if not type.symmetric and type not in fitting and fits(type, other.code, one.code, codes)
        ]
        entries = [self._entry(type, back=False) for type in fitting]
        entries += [self._entry(type, back=True) for type in turned]
        if not entries:
            names = self._coding.name(one.code), self._coding.name(other.code)
            self._session.failed.emit(
                f"No relation type links a highlight {names[0]} with one {names[1]}. "
                "Types are made under Taxonomy, Relation types."
            )
            return None
        if len(entries) == 1:
            self._relate(one, other, entries[0].id)
            return None
        popup = self._popup(entries)
        popup.code_taken.connect(lambda id, _: self._relate(one, other, id))
        popup.open_at(QRect(place, QSize(1, 1)), title="Relate the two")
        return popup

    def pick(self, mark: Highlight, type_id: str) -> None:
        """The type is known: the other end is chosen among the highlights of the article that fit."""
        type = self._type(type_id)
        if type is None:
            return
        begun = Begun(mark, type, back=type_id.startswith(BACK))
        marks = [each for each in self._reading.marks() if each.id != mark.id and self._fits(begun, each)]
        if not marks:
            wanted = named_ends(type.sources if begun.back else type.targets, self._session.codes)
            end = "starts from" if begun.back else "leads to"
            self._session.failed.emit(
                f"No other highlight here fits: “{type.label}” {end} highlights of {wanted}."
            )
            return
        self._begun = begun
        words = quoted(self._reading.words_of(mark.id, 24))
        said = f"… {type.label} {words}" if begun.back else f"{words} {type.label} …"
        first = next((at for at, each in enumerate(marks) if each.start >= mark.start), len(marks) - 1)
        self.bar.open_bar(said, [self._candidate(each) for each in marks], first)

    def stop(self) -> None:
        """Nothing more is asked."""
        if self._begun is None:
            return
        self._begun = None
        self._reading.view.set_pending(None)
        self.bar.close_bar()
        self._reading.view.setFocus()

    # ------------------------------------------------------------ inside

    @property
    def _types(self) -> list[RelationType]:
        return list(self._reading.relations.types.values())

    def _type(self, id: str) -> RelationType | None:
        return self._reading.relations.types.get(id.removeprefix(BACK))

    def _fits(self, begun: Begun, other: Highlight) -> bool:
        source, target = begun.ends(other)
        return fits(begun.type, source.code, target.code, self._session.codes)

    def _entry(self, type: RelationType, *, back: bool) -> Entry:
        label = f"← {type.label}" if back else type.label
        said = "\n".join(filter(None, (in_words(type, self._session.codes), type.note)))
        return Entry(f"{BACK}{type.id}" if back else type.id, label, type.colour or "slate", note=said)

    def _popup(self, entries: list[Entry]) -> PickPopup:
        popup = PickPopup(
            self._session, self._look, self._reading, entries,
            name="Relation types", hint="Type a few letters of a relation",
        )  # fmt: skip
        popup.closed.connect(lambda: self._begun or self._reading.view.setFocus())
        return popup

    def _candidate(self, mark: Highlight) -> Candidate:
        code = self._session.codes.get(mark.code or "")
        return Candidate(mark.id, self._reading.words_of(mark.id, 400), code.label if code else "")

    def _look_at(self, id: str | None) -> None:
        """The relation as it would be is drawn."""
        begun, view = self._begun, self._reading.view
        other = self._reading.mark(id or "")
        if begun is None or other is None:
            view.set_pending(None)
            return
        source, target = begun.ends(other)
        type = begun.type
        view.set_pending(
            Link("", source.id, target.id, type.label, type.colour, type.symmetric, pending=True)
        )
        view.scroll_to(other.start)

    def _clicked(self, id: str) -> None:
        """A click on a highlight chooses it, the one that fits where several lie there."""
        begun = self._begun
        if begun is None:
            return
        view = self._reading.view
        here = [id, *(mark.id for mark in view.marks_at(view.caret().place))]
        marks = [mark for each in here if (mark := self._reading.mark(each)) and mark.id != begun.mark.id]
        fitting = next((mark for mark in marks if self._fits(begun, mark)), None)
        if fitting is not None:
            self._take(fitting.id)
        elif marks:
            source, target = begun.ends(marks[0])
            self._session.failed.emit(why_not(begun.type, source.code, target.code, self._session.codes))
        self._session.select_highlight(begun.mark.id)

    def _take(self, id: str) -> None:
        begun, other = self._begun, self._reading.mark(id)
        if begun is None or other is None:
            return
        self.stop()
        source, target = begun.ends(other)
        self._coding.relate(begun.type, source, target)
        self._session.select_highlight(begun.mark.id)

    def _relate(self, one: Highlight, other: Highlight, type_id: str) -> None:
        type = self._type(type_id)
        if type is not None:
            source, target = (other, one) if type_id.startswith(BACK) else (one, other)
            self._coding.relate(type, source, target)
            self._session.select_highlight(one.id)

    def _say_none(self, mark: Highlight) -> None:
        if not self._types:
            self._session.failed.emit(
                "There are no relation types yet. Make one under Taxonomy, Relation types."
            )
        else:
            name = self._coding.name(mark.code)
            self._session.failed.emit(f"No relation type begins or ends at a highlight {name}.")
