"""Text or pages: which of the two sights of a PDF is shown, and keeping the place when it is changed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from annotate.errors import UserError
from annotate.model import Layout
from storage import articles, sessions
from storage.originals import original
from ui import ask
from ui.look import Look
from ui.reading.view import ReadingView
from ui.session import Session

if TYPE_CHECKING:
    from annotate.places import Places
    from ui.pages.bar import PagesBar
    from ui.pages.thumbnails import Thumbnails
    from ui.pages.view import PagesView

MODE = "pages"  # what is remembered of an article that was last read as pages


class PageMode(QObject):
    """Puts a bar over the text of a PDF, and the pages beside the text, once each is needed."""

    hovered = Signal(list, QPoint)
    code_dropped = Signal(str, object, object)
    menu_requested = Signal(QPoint, int)
    scrolled = Signal()
    changed = Signal()

    def __init__(self, session: Session, text: ReadingView, look: Look, column: QVBoxLayout) -> None:
        super().__init__(column.parentWidget())
        self._session, self._text, self._look, self._column = session, text, look, column
        self.stack = QStackedWidget()
        self.stack.addWidget(text)
        column.addWidget(self.stack, 1)
        self.view: PagesView | None = None
        self.thumbnails: Thumbnails | None = None
        self._article: str | None = None
        self._layout = Layout()
        self._is_pdf = False
        self._opened: str | None = None  # the article whose pages are loaded
        self._passwords: dict[str, str] = {}
        self._left = (-1, 0)  # where the text came to stand when the pages were left, and where they were

    @cached_property
    def bar(self) -> PagesBar:
        from ui.pages.bar import PagesBar

        made = PagesBar(self._look)
        self._column.insertWidget(0, made)
        made.mode_asked.connect(self.turn)
        made.page_asked.connect(lambda page: self.view and self.view.go_to_page(page))
        made.zoom_asked.connect(self._zoom)
        made.thumbnails_asked.connect(self._show_thumbnails)
        return made

    @property
    def on_pages(self) -> bool:
        return self.stack.currentIndex() == 1

    def there(self) -> bool:
        """Whether the article can be seen as pages."""
        return self._is_pdf

    def show_article(self, id: str | None, layout: Layout) -> None:
        """Another article: as it was last read, where it is a PDF."""
        self._article, self._layout = id, layout
        self._close()
        self._left = (-1, 0)
        project = self._session.project
        self._is_pdf = id is not None and articles.has_places(project, id)
        if self._is_pdf or "bar" in self.__dict__:
            self.bar.setVisible(self._is_pdf)
            self._show_text()
        if self._is_pdf and sessions.recalled(project, f"mode {id}") == MODE:
            self.turn(True, remember=False)

    def turn(self, pages: bool, *, remember: bool = True) -> None:
        """To the pages or to the text, at the place that is read."""
        if pages == self.on_pages:
            self.bar.show_mode(pages, self.bar.said.text())
            return
        had_focus = self._text.hasFocus()
        if pages:
            place = self._text.place()
            if place == self._left[0]:  # the text was not scrolled since, or could not be so far
                place = self._left[1]
            if not self._open():
                return
            assert self.view is not None
            self._text.setFocusProxy(self.view)
            self.stack.setCurrentIndex(1)
            self.bar.show_mode(True)
            self.view.restore_place(place)
            self._tell()
        else:
            place = self.place()
            self._show_text()
            self._text.restore_place(place)
            self._left = (self._text.place(), place)
        if had_focus:
            self._text.setFocus()
        if remember:
            self._remember()
        self.changed.emit()

    def place(self) -> int:
        """The first position that is in view."""
        return self.view.place() if self.on_pages and self.view is not None else self._text.place()

    def restore_place(self, place: int) -> None:
        if self.on_pages and self.view is not None:
            self.view.restore_place(place)
        self._text.restore_place(place)

    def rectangle(self, place: int) -> QRectF:
        """Where the caret would stand before a position, in the viewport of what is shown."""
        if self.on_pages and self.view is not None:
            return self.view.rectangle(place)
        return self._text.rectangle(place)

    def viewport(self) -> QWidget:
        if self.on_pages and self.view is not None:
            return self.view.viewport()
        return self._text.viewport()

    def zoom(self, by: int) -> None:
        if self.view is not None:
            self.view.zoom(by)

    def shut(self) -> None:
        """Closes the file."""
        self._article = None
        self._close()

    # ------------------------------------------------------------ inside

    def _show_text(self) -> None:
        self._text.setFocusProxy(None)  # type: ignore[arg-type]
        self.stack.setCurrentIndex(0)
        self.bar.show_mode(False)

    def _close(self) -> None:
        if self._opened is not None and self.view is not None and self.thumbnails is not None:
            self.view.let_go()
            self.thumbnails.clear()
        self._opened = None

    def _open(self) -> bool:
        """The pages of the article, loaded; if they cannot be, the bar says why."""
        id = self._article
        if id is None:
            return False
        if self._opened == id:
            return True
        project = self._session.project
        try:
            data, places = original(project, id), articles.places(project, id)
        except UserError as error:
            self.bar.show_mode(False, str(error))
            return False
        if data is None or places is None:
            self.bar.show_mode(
                False, "The file was not kept when it was imported, so there are no pages to show."
            )
            return False
        view = self.view or self._make_view()
        if not view.show_pages(data, places, self._passwords.get(id, "")) and not self._unlocked(
            data, places
        ):
            return False
        assert self.thumbnails is not None
        self.thumbnails.show_pages(places)
        self._opened = id
        return True

    def _unlocked(self, data: bytes, places: Places) -> bool:
        """Asks for the password of an encrypted file until it is right, or the user gives up."""
        assert self.view is not None
        while self.view.is_locked:
            asked = ask.password(self.stack.window(), "Open the pages", "This PDF is encrypted.")
            if not asked:
                self.bar.show_mode(False, "The pages need the password of the PDF.")
                return False
            if self.view.show_pages(data, places, asked):
                assert self._article is not None
                self._passwords[self._article] = asked
                return True
        self.bar.show_mode(False, "The pages of this PDF cannot be shown.")
        return False

    def _make_view(self) -> PagesView:
        from ui.pages.thumbnails import Thumbnails
        from ui.pages.view import PagesView

        view = self.view = PagesView(self._text, self._look.theme)
        small = self.thumbnails = Thumbnails(view.pages(), self._look.theme)
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(small)
        row.addWidget(view, 1)
        small.hide()
        self.stack.addWidget(both)
        view.page_changed.connect(lambda _: self._tell())
        view.zoom_changed.connect(self._tell)
        view.hovered.connect(self.hovered)
        view.code_dropped.connect(self.code_dropped)
        view.menu_requested.connect(self.menu_requested)
        view.verticalScrollBar().valueChanged.connect(lambda _: self.scrolled.emit())
        small.page_asked.connect(view.go_to_page)
        self._look.changed.connect(view.set_theme)
        self._look.changed.connect(small.set_theme)
        return view

    def _tell(self) -> None:
        view = self.view
        if view is None or self._opened is None:
            return
        page, marks = view.page(), self._layout.pages
        label = marks[page].label if len(marks) == view.page_count() else ""
        self.bar.show_page(page, view.page_count(), label)
        self.bar.show_zoom(view.percent(), view.fits_width())
        if self.thumbnails is not None:
            self.thumbnails.set_current(page)

    def _zoom(self, by: int) -> None:
        if self.view is None:
            return
        if by:
            self.view.zoom(by)
        else:
            self.view.fit_width()
        self._tell()

    def _show_thumbnails(self, shown: bool) -> None:
        if self.thumbnails is not None:
            self.thumbnails.setVisible(shown)
            self._tell()

    def _remember(self) -> None:
        project = self._session.project
        if self._article is None or not project.writable:
            return
        try:
            sessions.remember(project, f"mode {self._article}", MODE if self.on_pages else "")
        except UserError:
            return  # it is not worth a message
