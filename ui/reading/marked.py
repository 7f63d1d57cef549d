"""The article's marks, selection and search, as the window asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from annotate.model import Layout, Span
from ui.reading.canvas import Canvas
from ui.reading.find import find_all, next_hit
from ui.reading.keys import Caret
from ui.reading.marks import MarkSet, neighbour
from ui.reading.values import Head, Mark
from ui.reading.words import whole_characters

_PLAIN, _HEADLESS = Layout(), Head()

SPAN_MIME = "application/x-postil-span"
"""The selection, "start,end" in code points: dragged out of the text."""


class MarkedView(Canvas):
    """What can be asked of the reading view without a hand on it. All positions are code points."""

    selection_changed = Signal(object)  # Span | None
    mark_selected = Signal(object)  # id | None
    marks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter: Callable[[Mark], bool] | None = None
        self._said: Span | None = None
        self._whole: tuple[Span, str, Span] = (
            (0, 0),
            "",
            (0, 0),
        )  # a selection, its text, and it in whole characters
        self._carried = False  # whether the selection was taken up, to be copied or dragged elsewhere
        self.selectionChanged.connect(self._on_selection)
        self.cursorPositionChanged.connect(self._on_caret)

    def show_article(
        self, text: str, layout: Layout = _PLAIN, marks: Iterable[Mark] = (), head: Head = _HEADLESS
    ) -> None:
        """Show an article from its beginning, nothing selected."""
        self.select_mark(None)
        self._load(text, layout, MarkSet(marks, self._filter), head, True)
        self._on_selection()

    def clear_article(self) -> None:
        """Show the empty page."""
        self.select_mark(None)
        self._load("", Layout(), MarkSet(), Head(), False)
        self._on_selection()

    def text(self) -> str:
        """The article's text."""
        return self._page.text

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show other marks; the selected one stays selected if it is among them."""
        self._page.marks = MarkSet(marks, self._filter)
        self._marks_changed()

    def set_filter(self, shown: Callable[[Mark], bool] | None) -> None:
        """Show only the marks for which `shown` says so; all for None."""
        self._filter = shown
        self._page.marks.show(shown)
        self._marks_changed()

    def _marks_changed(self) -> None:
        self._page.all_repaint_needed()
        if self._shown.selected and not self._page.marks.get(self._shown.selected):
            self.select_mark(None)
        self._repaint()

    def add_mark(self, mark: Mark) -> None:
        """Put a mark in, or another in the place of one with the same id."""
        before = self._page.marks.get(mark.id)
        if before is not None:
            self._page.repaint_needed(before)
        self._page.marks.add(mark)
        self._page.repaint_needed(mark)
        self._repaint()

    update_mark = add_mark

    def remove_mark(self, id: str) -> None:
        """Take a mark away."""
        mark = self._page.marks.remove(id)
        if mark is None:
            return
        self._page.repaint_needed(mark)
        if self._shown.selected == id:
            self.select_mark(None)
        self._repaint()

    def _repaint(self) -> None:
        self.viewport().update()
        self.marks_changed.emit()

    def mark(self, id: str | None) -> Mark | None:
        """The mark with that id."""
        return self._page.marks.get(id)

    def selected_mark(self) -> str | None:
        """The id of the selected mark."""
        return self._shown.selected

    def select_mark(self, id: str | None, scroll: bool = False) -> None:
        """Select a mark, or none; scrolls to where it begins if asked."""
        mark = self._page.marks.get(id)
        found = mark.id if mark else None
        if mark is not None and scroll:
            self.scroll_to(mark.start)
        if found != self._shown.selected:
            self._shown.selected = found
            self.viewport().update()
            self.mark_selected.emit(found)

    def marks_at(self, position: int) -> list[Mark]:
        """The shown marks around a position, the shortest first."""
        return self._page.marks.at(position)

    def mark_at(self, position: int) -> str | None:
        """The id of the shortest shown mark around a position."""
        marks = self._page.marks.at(position)
        return marks[0].id if marks else None

    def marks_under_caret(self) -> list[Mark]:
        """The shown marks around the caret, the shortest first."""
        return self._page.marks.at(self.caret().place)

    def next_mark(self) -> str | None:
        """Select the mark after the selected one or the caret, and bring it into view; its id."""
        return self._step(1)

    def previous_mark(self) -> str | None:
        """Select the mark before the selected one or the caret, and bring it into view; its id."""
        return self._step(-1)

    def _step(self, step: int) -> str | None:
        marks = self._page.marks.in_order()
        found = neighbour(marks, self.caret().place, self._shown.selected, step)
        if found is None:
            return None
        self.set_caret(Caret(found.start, found.start))
        self.select_mark(found.id, scroll=True)
        return found.id

    def cycle_marks(self) -> str | None:
        """Select the next of the marks that lie over each other at the caret; its id."""
        return self.cycle_at(self.caret().place)

    def marks_touching(self, start: int, end: int) -> list[tuple[Span, Mark]]:
        """The stretches of shown marks that share a position with [start, end), by start."""
        return self._page.marks.touching(start, end)

    def cycle_at(self, position: int) -> str | None:
        """Select the shortest mark at a position, or the next longer than the selected one there."""
        ids = [mark.id for mark in self._page.marks.at(position)]
        if not ids:
            return None
        selected = self._shown.selected
        at = (ids.index(selected) + 1) % len(ids) if selected in ids else 0
        self.select_mark(ids[at])
        return ids[at]

    def caret(self) -> Caret:
        """Where the selection began and where the caret is."""
        cursor, points = self.textCursor(), self._page.offsets.to_points
        return Caret(points(cursor.anchor()), points(cursor.position()))

    def set_caret(self, caret: Caret) -> None:
        """Put the caret and the selection somewhere, and bring the caret into view."""
        units, end = self._page.offsets.to_units, self._page.offsets.length
        self._page.laid_at(min(max(caret.place, 0), end))
        cursor = self.textCursor()
        cursor.setPosition(units(min(max(caret.anchor, 0), end)))
        cursor.setPosition(units(min(max(caret.place, 0), end)), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def selection(self) -> Span | None:
        """The selected span, in whole characters; None if nothing is selected."""
        span, text = self.caret().span, self._page.text
        if span[0] >= span[1]:
            return None
        if self._whole[0] != span or self._whole[1] is not text:
            self._whole = span, text, whole_characters(text, span)
        return self._whole[2]

    def set_selection(self, span: Span | None) -> None:
        """Select a span and bring it into view; None takes the selection away."""
        if span is None:
            place = self.caret().place
            self.set_caret(Caret(place, place))
        else:
            self.scroll_to(span[0])
            self.set_caret(Caret(*span))

    def _on_selection(self) -> None:
        if self._settling:
            return
        now = self.selection()
        if now != self._said:
            self._said = now
            self.viewport().update()
            self.selection_changed.emit(now)

    def _on_caret(self) -> None:
        """Lines up to the caret must be there before Qt's own moves start from them."""
        if self._settling:
            return
        self._page.laid_at(self.caret().place)
        self.viewport().update()

    def go_to_paragraph(self, number: int) -> None:
        """Put the caret at the beginning of a paragraph, by the number shown in the margin."""
        place = self._page.paragraph_start(number)
        self.set_caret(Caret(place, place))
        self.scroll_to(place)

    def find_text(self, query: str, case_sensitive: bool = False, whole_words: bool = False) -> list[Span]:
        """Paint and return every place of a query; an empty one clears them."""
        self._shown.hits = find_all(self._page.text, query, case_sensitive, whole_words)
        self._shown.hit = -1
        self._repaint()
        return self._shown.hits

    def hits(self) -> list[Span]:
        """Where the query was found."""
        return self._shown.hits

    def next_hit(self) -> int:
        """Select the next place found and bring it into view; its number, or -1."""
        return self._go_to_hit(self.caret().span[1], 1)

    def previous_hit(self) -> int:
        """Select the place found before this one; its number, or -1."""
        return self._go_to_hit(self.caret().span[0], -1)

    def _go_to_hit(self, position: int, step: int) -> int:
        self._shown.hit = next_hit(self._shown.hits, position, step)
        if self._shown.hit >= 0:
            self.set_selection(self._shown.hits[self._shown.hit])
        return self._shown.hit

    def createMimeDataFromSelection(self) -> QMimeData:
        """The selected text as it is stored, and its span."""
        self._carried = True
        data = QMimeData()
        span = self.selection()
        if span is not None:
            data.setText(self._page.text[slice(*span)])
            data.setData(SPAN_MIME, f"{span[0]},{span[1]}".encode())
        return data
