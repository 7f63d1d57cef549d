"""The article in the middle: the reading view fed from the session, find, and the keys that code."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotate.errors import UserError
from annotate.model import Article, Highlight, Layout, Span
from storage import Change, articles, highlights, sessions
from ui.actions import ACTIONS, Actions, is_letter
from ui.coding import Coding
from ui.look import Look
from ui.pages.mode import PageMode
from ui.reading.keys import Caret
from ui.reading.values import Head, Mark
from ui.reading.view import ReadingView
from ui.reading.words import trimmed
from ui.relations.shown import ShownRelations
from ui.session import Session
from ui.shortcuts import CodeKeys, letter_of

if TYPE_CHECKING:
    from ui.findbar import FindBar
    from ui.reading.hovercard import HoverCard

MANY = 400  # more marks changed at once than this are loaded anew
HOVERED = 4  # marks on one hover card
REMEMBER_MS = 1500


class ReadingPane(QWidget):
    """Shows the session's article with its marks; turns what is done to them into coding."""

    enabling_changed = Signal()
    menu_asked = Signal(QPoint)

    def __init__(
        self, session: Session, coding: Coding, actions: Actions, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._coding, self._actions, self._look = session, coding, actions, look
        self._marks: dict[str, Highlight] = {}
        self._hits: list[Span] = []
        self.view = ReadingView()
        self.view.setAccessibleName("Article")
        self.relations = ShownRelations(session, self.view, self)
        self.keys = CodeKeys(session)
        self._letters = {
            key.casefold(): spec.name
            for spec in ACTIONS
            for key in spec.keys
            if is_letter(key) and len(key) == 1
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._column = column
        self.mode = PageMode(session, self.view, look, column)
        self._remember = QTimer(self, interval=REMEMBER_MS, singleShot=True)
        self._remember.timeout.connect(self.remember_place)
        self._shown: str | None = None
        self._wire()
        self._typography()
        self._display()
        self.view.set_theme(look.theme)
        self._say_what_next()

    @cached_property
    def find_bar(self) -> FindBar:
        from ui.findbar import FindBar

        made = FindBar(self._look)
        made.sought.connect(self._seek)
        made.stepped.connect(self.step_hit)
        made.closed.connect(self._end_find)
        self._column.insertWidget(0, made)
        return made

    # ------------------------------------------------------------ asked from outside

    def spans(self) -> tuple[Span, ...]:
        """What a code would go on: the selection, or else the selected mark's spans."""
        if self.view.selection():
            span = self.selected_words()
            return (span,) if span else ()
        mark = self.selected()
        return mark.spans if mark else ()

    def selected_words(self) -> Span | None:
        """The selection without the spaces at its edges, which selecting by word takes along."""
        span = self.view.selection()
        words = trimmed(self.view.text(), span) if span else (0, 0)
        return words if words[0] < words[1] else None

    def selected(self) -> Highlight | None:
        return self._marks.get(self._session.selected or "")

    def mark(self, id: str) -> Highlight | None:
        """The mark of the article shown that has this id."""
        return self._marks.get(id)

    def put_above(self, bar: QWidget) -> None:
        """A bar over the text."""
        self._column.insertWidget(0, bar)

    def words_of(self, id: str, most: int = 60) -> str:
        """The words under a mark, on one line and no more than `most` characters."""
        mark, text = self._marks.get(id), self.view.text()
        words = " ".join(" … ".join(text[a:b] for a, b in mark.spans).split()) if mark else ""
        return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"

    def marks(self) -> list[Highlight]:
        """The marks that are shown, in the order of the text."""
        return sorted(filter(self._visible, self._marks.values()), key=lambda mark: (mark.start, mark.end))

    def selection_text(self) -> str:
        span = self.view.selection()
        return self.view.text()[span[0] : span[1]] if span else ""

    def selection_box(self) -> QRect:
        """Where the selection (or the selected mark) ends on the screen, global."""
        spans = self.spans()
        if not spans:
            return QRect()
        first, last = self.mode.rectangle(spans[-1][0]), self.mode.rectangle(spans[-1][1])
        box = (first.united(last) if first.top() == last.top() else last).toRect()
        return QRect(self.mode.viewport().mapToGlobal(box.topLeft()), box.size())

    def take_code(self, code: str | None) -> None:
        """Puts a code on what is selected; the mark made becomes the selected one."""
        spans = self.spans()
        if not spans:
            self._session.said.emit("Select some words first, or a highlight.")
            return
        self._coding.toggle(code, spans)

    def new_code(self, label: str) -> None:
        self._coding.new_code_on(label, self.spans())

    def step_mark(self, by: int) -> None:
        """Selects the next or previous mark in the text."""
        found = self.view.next_mark() if by > 0 else self.view.previous_mark()
        if found is None:
            self._session.said.emit("No further highlight." if self._marks else "No highlights here yet.")

    def cycle(self) -> None:
        self.view.cycle_marks()

    def open_find(self, query: str = "") -> None:
        if self._session.article:
            self.find_bar.open_bar(query or self.selection_text()[:80].split("\n")[0])

    def step_hit(self, by: int) -> None:
        if self._hits:
            at = self.view.next_hit() if by > 0 else self.view.previous_hit()
            self.find_bar.show_count(at, len(self._hits))

    def go_to_paragraph(self, number: int) -> None:
        self.view.go_to_paragraph(number)
        self.view.setFocus()

    # ------------------------------------------------------------ the session speaks

    def show_article(self, id: str | None) -> None:
        """Shows an article where reading stopped."""
        self.remember_place()
        self._shown = id
        self._marks = {}
        if "find_bar" in self.__dict__:
            self.find_bar.close_bar()
        self.relations.show_article(id)
        if id is None:
            self._say_what_next()
            self.view.clear_article()
            self.mode.show_article(None, Layout())
            self.enabling_changed.emit()
            return
        project = self._session.project
        try:
            text, layout = articles.text(project, id), articles.layout(project, id)
            article = articles.article(project, id)
            self._marks = {mark.id: mark for mark in highlights.of_article(project, id)}
        except UserError as error:
            self._shown = None
            self.view.clear_article()
            self._session.failed.emit(str(error))
            return
        self.view.show_article(text, layout, self._drawn(), head(article))
        self.relations.draw()
        self.mode.show_article(id, layout)
        place = sessions.recalled(project, self._place_key(id))
        self.mode.restore_place(int(place) if place.isdecimal() else 0)
        self.enabling_changed.emit()

    def _say_what_next(self) -> None:
        """What the empty page says."""
        if articles.count(self._session.project):
            self.view.set_empty_text("No article open", "Choose an article at the left, or add one.")
        else:
            self.view.set_empty_text("No articles yet", "Drop files or folders here, or add them (Ctrl+I).")

    def on_change(self, change: Change) -> None:
        id = self._shown
        if id is None:
            if change.touches("article"):
                self._say_what_next()
            return
        if change.touches("code", "taxonomy", "coder"):
            self.view.set_marks(self._drawn())
        if id not in change.articles:
            return
        if not self._still_there(id):
            self._session.show_article(None)
            return
        if change.touches("article_text", "article_places", "original"):
            self._load_again(id)
            return
        if change.touches("article"):
            self._show_again(id)
        if change.touches("highlight"):
            self._marks_changed(change, id)

    def _load_again(self, id: str) -> None:
        """The same article with another text, where it was read."""
        selected = self._session.selected
        self.show_article(id)
        self._session.select_highlight(selected if selected in self._marks else None)
        self.view.select_mark(self._session.selected)

    def go_to(self, place: int) -> None:
        """Puts a place of the text into sight, with the caret at it."""
        self.view.set_caret(Caret(place, place))
        self.mode.restore_place(place)
        self.view.setFocus()

    def remember_place(self) -> None:
        """Keeps where reading stopped, for the next time."""
        self._remember.stop()
        session = self._session
        if self._shown is None or not session.project.writable:
            return
        key, place = self._place_key(self._shown), str(self.mode.place())
        if sessions.recalled(session.project, key) != place:
            try:
                sessions.remember(session.project, key, place)
            except UserError:
                return  # a place is not worth a message; the next one will be kept

    def shut(self) -> None:
        """Keeps the place and lets go of the article's lines, before Qt deletes what they point to."""
        self.remember_place()
        self._shown, self._marks = None, {}
        self.mode.shut()
        self.view.let_go()
        self._remember.stop()

    # ------------------------------------------------------------ inside

    def _wire(self) -> None:
        view, session = self.view, self._session
        view.installEventFilter(self)
        view.selection_changed.connect(lambda _: self.enabling_changed.emit())
        view.mark_selected.connect(self._mark_selected)
        view.edge_dragged.connect(self._edge_dragged)
        view.code_dropped.connect(self._code_dropped)
        view.hovered.connect(self._hovered)
        view.menu_requested.connect(lambda point, _: self.menu_asked.emit(point))
        view.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.mode.scrolled.connect(self._scrolled)
        self.mode.hovered.connect(self._hovered)
        self.mode.code_dropped.connect(self._code_dropped)
        self.mode.menu_requested.connect(lambda point, _: self.menu_asked.emit(point))
        self.mode.changed.connect(self.enabling_changed)
        self._coding.made.connect(self._settle)
        session.article_changed.connect(self.show_article)
        session.changed.connect(self.on_change)
        session.highlight_selected.connect(self._select_shown)
        self.relations.changed.connect(lambda: self.view.set_marks(self._drawn()))
        session.visibility_changed.connect(lambda: self.view.set_marks(self._drawn()))
        session.coder_changed.connect(lambda: self.view.set_marks(self._drawn()))
        session.settings.typography_changed.connect(self._typography)
        session.settings.display_changed.connect(self._display)
        self._look.changed.connect(self.view.set_theme)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        """The keys that are plain letters: a code's own, or an action's."""
        if event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
            | Qt.KeyboardModifier.AltModifier
            | Qt.KeyboardModifier.MetaModifier
        ):
            return False
        named = {
            Qt.Key.Key_Return: "quick_tag",
            Qt.Key.Key_Enter: "quick_tag",
            Qt.Key.Key_Delete: "delete_highlight",
            Qt.Key.Key_Backspace: "delete_highlight",
            Qt.Key.Key_Tab: "cycle_highlights",
        }
        name = named.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            if not self.view.drop():
                self.view.set_selection(None)
                self._session.select_highlight(None)
            return True
        letter = letter_of(event)
        if name is None and letter:
            if code := self.keys.code_for(letter):
                self.take_code(code)
                return True
            name = self._letters.get(letter.casefold())
        if name is None or not self._actions[name].isEnabled():
            return name in ("cycle_highlights",) and bool(self._marks)
        self._actions[name].trigger()
        return True

    def _settle(self, mark: Highlight) -> None:
        """The mark just made is the selected one."""
        self.view.set_selection(None)
        self._session.select_highlight(mark.id)

    def _marks_changed(self, change: Change, id: str) -> None:
        ids = change.ids["highlight"]
        if len(ids) > MANY:
            found = highlights.of_article(self._session.project, id)
            self._marks = {mark.id: mark for mark in found}
            self.view.set_marks(self._drawn())
            return
        now = {
            mark.id: mark
            for mark in highlights.some(self._session.project, sorted(ids))
            if mark.article == id
        }
        for each in ids:
            known, fresh = each in self._marks, now.get(each)
            if fresh is None:
                if known:
                    del self._marks[each]
                    self.view.remove_mark(each)
                    if self._session.selected == each:
                        self._session.select_highlight(None)
                continue
            self._marks[each] = fresh
            drawn = self._as_drawn(fresh)
            if self._visible(fresh):
                self.view.add_mark(drawn)
            elif known:
                self.view.remove_mark(each)
        self.enabling_changed.emit()

    def _drawn(self) -> list[Mark]:
        return [self._as_drawn(mark) for mark in self._marks.values() if self._visible(mark)]

    def _visible(self, mark: Highlight) -> bool:
        session = self._session
        return mark.code not in session.hidden_codes and mark.coder not in session.hidden_coders

    def _as_drawn(self, mark: Highlight) -> Mark:
        session = self._session
        mine = session.coder is not None and mark.coder == session.coder.id
        code = session.codes.get(mark.code) if mark.code else None
        return Mark(
            id=mark.id,
            spans=mark.spans,
            colour=session.colour(mark.code),
            label=_said(code.label, mark) if code else "",
            coder="" if mine else session.coder_name(mark.coder),
            memo=bool(mark.memo),
            unsure=mark.certainty == "unsure",
            coded=mark.code is not None,
            linked=mark.id in self.relations.ends,
        )

    def _mark_selected(self, id: str | None) -> None:
        self._session.select_highlight(id)
        self.enabling_changed.emit()

    def _select_shown(self, id: str | None) -> None:
        self.view.select_mark(id)
        self.enabling_changed.emit()

    def _edge_dragged(self, id: str, start: int, end: int) -> None:
        if mark := self._marks.get(id):
            self._coding.move_edges(mark, start, end)
            self.view.update_mark(self._as_drawn(self._marks[id]))

    def _code_dropped(self, code: str, span: Span | None, mark: str | None) -> None:
        """A code let go over the selection, or over a mark, which it then stands beside."""
        under = self._marks.get(mark or "")
        spans = (trimmed(self.view.text(), span),) if span else under.spans if under else ()
        if spans and code in self._session.codes:
            self._coding.toggle(code, spans)

    @cached_property
    def card(self) -> HoverCard:
        from ui.reading.hovercard import HoverCard

        made = HoverCard(self)
        made.set_theme(self._look.theme)
        self._look.changed.connect(made.set_theme)
        return made

    def _hovered(self, ids: list[str], point: QPoint) -> None:
        session = self._session
        marks = [self._marks[id] for id in ids if id in self._marks]
        if not marks:
            self._put_card_away()
            return
        from ui.reading.hovercard import CardEntry

        entries = [
            CardEntry(
                label=session.codes[mark.code].label if mark.code in session.codes else "",
                colour=session.colour(mark.code),
                path=session.path(mark.code) if mark.code in session.codes else "",
                coder=session.coder_name(mark.coder),
                memo=mark.memo,
                unsure=mark.certainty == "unsure",
                links=self.relations.lines(mark.id, self.words_of),
                said=tuple(f"{name}: {value}" for name, value in mark.qualifiers),
            )
            for mark in marks[:HOVERED]
        ]
        self.card.show_at(point, entries)

    def _seek(self, query: str, case: bool, words: bool) -> None:
        start = self.view.caret().span[0]
        self._hits = self.view.find_text(query, case, words)
        self.find_bar.show_count(0, len(self._hits))
        if self._hits:
            self.view.set_caret(Caret(start, start))
            self.step_hit(1)

    def _end_find(self) -> None:
        self._hits = []
        self.view.find_text("")
        self.view.setFocus()

    def _typography(self) -> None:
        chosen = self._session.settings.typography
        self.view.set_typography(chosen.size, chosen.line, chosen.column, chosen.face)

    def _display(self) -> None:
        settings = self._session.settings
        self.view.set_numbers_shown(settings.flag("paragraph_numbers", False))
        self.view.set_margin_shown(settings.flag("margin", True))
        self.view.set_snapping(settings.flag("snap_words", True))

    def _show_again(self, id: str) -> None:
        """The same article with another head, where it was."""
        project, place, caret = self._session.project, self.view.place(), self.view.caret()
        selected = self._session.selected
        self.view.show_article(
            self.view.text(), articles.layout(project, id), self._drawn(), head(articles.article(project, id))
        )
        self.relations.draw()
        self.view.set_caret(caret)
        self.view.restore_place(place)
        self._session.select_highlight(selected)
        self.view.select_mark(selected)

    def _put_card_away(self) -> None:
        if "card" in self.__dict__:
            self.card.hide()

    def _scrolled(self) -> None:
        self._put_card_away()
        self._remember.start()

    def _still_there(self, id: str) -> bool:
        return articles.exists(self._session.project, id)

    def _place_key(self, id: str) -> str:
        coder = self._session.coder
        return f"place/{coder.id if coder else ''}/{id}"


def _said(label: str, mark: Highlight) -> str:
    """`Legality · against`: the label, and what the mark says of itself."""
    return " ".join((label, *(f"·\u00a0{value}" for _, value in mark.qualifiers)))


def head(article: Article) -> Head:
    """The line under the title."""
    return Head(article.title, article.outlet, article.author, article.date, article.words)
