"""The relations of the article on the page: painted, and said on the card and in the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QObject, Signal

from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.relations import Relation, RelationType
from storage import Change, relations
from ui.reading.values import Link
from ui.reading.view import ReadingView
from ui.session import Session


@frozen
class Said:
    """A relation as one of its marks has it: `outward` where it starts there, or has no direction."""

    relation: Relation
    type: RelationType
    other: str  # the mark at the other end
    outward: bool


def quoted(words: str) -> str:
    """In quotation marks, but for those that it begins with itself."""
    return words if words.startswith(("“", "„", "«", "»", '"')) else f"“{words}”"


def arrow(said: Said) -> str:
    """Which way it leads, seen from the mark that has it."""
    return "↔" if said.type.symmetric else "→" if said.outward else "←"


class ShownRelations(QObject):
    """Follows the article that the reading pane shows."""

    changed = Signal()

    def __init__(self, session: Session, view: ReadingView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._view = session, view
        self._article: str | None = None
        self._held: list[Relation] = []
        session.changed.connect(self._follow)

    def show_article(self, id: str | None) -> None:
        """Reads the relations of another article, before its marks are drawn."""
        self._article = id
        self._read()

    def draw(self) -> None:
        """Paints them, once the article stands on the page."""
        types = self.types
        self._view.set_links(
            Link(
                each.id, each.source, each.target, types[each.type].label, types[each.type].colour,
                types[each.type].symmetric,
            )
            for each in self._held
        )  # fmt: skip

    @cached_property
    def ends(self) -> frozenset[str]:
        """The marks with relations."""
        return frozenset(end for each in self._held for end in (each.source, each.target))

    @property
    def types(self) -> dict[str, RelationType]:
        return {type.id: type for taxonomy in self._session.taxonomies for type in taxonomy.relation_types}

    def of(self, mark: str) -> list[Said]:
        """What begins and ends at a mark."""
        types = self.types
        return [
            Said(each, types[each.type], each.beyond(mark), each.source == mark)
            for each in self._held
            if mark in (each.source, each.target) and each.type in types
        ]

    def lines(self, mark: str, words: Callable[[str], str]) -> tuple[str, ...]:
        """The relations of a mark as the card says them; `words` gives those under a mark."""
        return tuple(f"{arrow(each)} {each.type.label} {quoted(words(each.other))}" for each in self.of(mark))

    def _read(self) -> None:
        self.__dict__.pop("ends", None)
        try:
            held = relations.of_article(self._session.project, self._article) if self._article else []
        except UserError:
            held = []
        known = self.types
        self._held = [each for each in held if each.type in known]

    def _follow(self, change: Change) -> None:
        concerned = self._article in change.articles and change.touches("relation", "highlight")
        if self._article and (concerned or change.touches("relation_type", "taxonomy")):
            before = self.ends
            self._read()
            self.draw()
            if before != self.ends:
                self.changed.emit()
