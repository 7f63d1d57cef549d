"""The look in force: one object that knows the theme and tells whoever paints by hand that it changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ui.fonts import load_fonts, ui_font
from ui.settings import Settings
from ui.theme import Theme, load_tokens, palette, stylesheet, theme


class Look(QObject):
    """Dresses the application. Widgets that paint read `look.theme` and repaint on `changed`."""

    changed = Signal(object)  # Theme

    def __init__(self, app: QApplication, settings: Settings, *, bare: bool = False) -> None:
        """`bare` leaves the style sheet to `dress`, for when the window stands: until then each part that is put
        into another would be styled anew."""
        super().__init__(app)
        self._app = app
        self._settings = settings
        load_fonts()
        app.setFont(ui_font(load_tokens()["type"]["ui"]["size"]))
        self.theme = theme(settings.theme)
        app.setPalette(palette(self.theme))
        if not bare:
            self.dress()
        settings.theme_changed.connect(self._follow)
        app.styleHints().colorSchemeChanged.connect(self._follow)
        app.screenAdded.connect(lambda _: self.changed.emit(self.theme))  # icons may have to be sharper

    def _follow(self) -> None:
        wanted: Theme = theme(self._settings.theme)
        if wanted != self.theme:
            self.theme = wanted
            self._app.setPalette(palette(self.theme))
            self.dress()
            self.changed.emit(wanted)

    def dress(self) -> None:
        self._app.setStyleSheet(stylesheet(self.theme))
