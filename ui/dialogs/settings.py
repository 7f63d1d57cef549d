"""Settings: how the article is set, with a few lines of it to see, the theme, and what is shown."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontDatabase, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSlider,
    QWidget,
)

from ui.dialogs.sheet import Sheet, note, section
from ui.fonts import READING_FAMILY, reading_font
from ui.look import Look
from ui.settings import Settings, Typography

THEMES = {"system": "As the system", "light": "Light", "dark": "Dark", "high_contrast": "High contrast"}
FLAGS = {
    "paragraph_numbers": ("Number the paragraphs", False),
    "margin": ("Brackets and labels in the margin", True),
    "snap_words": ("Selections by mouse keep to whole words (Alt keeps them exact)", True),
}
SLIDERS = {
    "size": ("Text size", 12, 32, 1),
    "line": ("Line height", 16, 56, 1),
    "column": ("Column width", 360, 1000, 20),
}
WORDS = (
    "The administrative court in Velmora stopped the first planned transfer of asylum seekers to the Republic "
    "of Osk on Tuesday, an hour before the aircraft was to leave. The judges wrote that the ministry had not "
    "examined whether the receiving country could be called safe."
)


class SettingsDialog(Sheet):
    """No OK and no Cancel: each takes effect at once."""

    def __init__(self, settings: Settings, look: Look, parent: QWidget | None) -> None:
        super().__init__("Settings", parent, width=760)
        self._settings = settings
        self.preview = _Preview(settings, look)
        self.body.addWidget(section("Reading"))
        self.body.addWidget(self.preview)
        self.sliders: dict[str, QSlider] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, (name, (text, low, high, step)) in enumerate(SLIDERS.items()):
            self._slider(grid, at, name, text, (low, high, step))
        self.face = self._faces()
        label = QLabel("Face")
        label.setBuddy(self.face)
        grid.addWidget(label, len(SLIDERS), 0)
        grid.addWidget(self.face, len(SLIDERS), 1, 1, 2)
        self.usual = QPushButton("Back to the usual", clicked=self._reset, autoDefault=False)
        self.usual.setProperty("role", "link")
        grid.addWidget(self.usual, len(SLIDERS) + 1, 1, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(grid)
        self.body.addWidget(section("Theme"))
        self.body.addLayout(self._theme_row())
        self.body.addWidget(section("Shown"))
        self.flags: dict[str, QCheckBox] = {}
        for name, (text, usual) in FLAGS.items():
            box = self.flags[name] = QCheckBox(text)
            box.setChecked(settings.flag(name, usual))
            box.toggled.connect(lambda on, name=name: settings.set_flag(name, on))
            self.body.addWidget(box)
        self.body.addWidget(section("Backups"))
        self.body.addWidget(
            note(
                "A copy of a changed project is made when it is opened, in a folder beside it called “… backups”. "
                "Ten are kept: the newest, then one an hour, a day, a week."
            )
        )
        self.aside.setText("Kept for all projects on this computer.")
        self.button("Close", self.accept, primary=True)

    def _faces(self) -> QComboBox:
        """The shipped serif first, then the faces of this computer."""
        box = QComboBox()
        box.setAccessibleName("Face")
        box.addItem(f"{READING_FAMILY} (comes with Postil)", "")
        for family in sorted(QFontDatabase.families()):
            if family != READING_FAMILY and not QFontDatabase.isPrivateFamily(family):
                box.addItem(family, family)
        box.setCurrentIndex(max(box.findData(self._settings.typography.face), 0))
        box.currentIndexChanged.connect(lambda _: self._settings.set_typography(face=box.currentData()))
        return box

    def _theme_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.themes = QButtonGroup(self)
        for at, (name, text) in enumerate(THEMES.items()):
            button = QPushButton(text, checkable=True, autoDefault=False)
            button.setProperty("role", "tab")
            button.setChecked(self._settings.theme == name)
            self.themes.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        self.themes.idClicked.connect(lambda at: self._settings.set_theme(list(THEMES)[at]))
        return row

    def _slider(self, grid: QGridLayout, at: int, name: str, text: str, bounds: tuple[int, int, int]) -> None:
        slider = self.sliders[name] = QSlider(Qt.Orientation.Horizontal)
        slider.setMinimumHeight(22)
        slider.setRange(bounds[0], bounds[1])
        slider.setSingleStep(bounds[2])
        slider.setPageStep(bounds[2] * 4)
        slider.setAccessibleName(text)
        slider.setValue(getattr(self._settings.typography, name))
        shown = QLabel(f"{slider.value()} px")
        shown.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000 px") + 8)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        slider.valueChanged.connect(lambda value: shown.setText(f"{value} px"))
        slider.valueChanged.connect(lambda value: self._settings.set_typography(**{name: value}))
        label = QLabel(text)
        label.setBuddy(slider)
        grid.addWidget(label, at, 0)
        grid.addWidget(slider, at, 1)
        grid.addWidget(shown, at, 2)

    def _reset(self) -> None:
        usual = Typography()
        for name, slider in self.sliders.items():
            slider.setValue(getattr(usual, name))
        self.face.setCurrentIndex(0)


class _Preview(QWidget):
    """A few lines as the article will be set, in a column no wider than there is room."""

    def __init__(self, settings: Settings, look: Look) -> None:
        super().__init__()
        self._settings, self._look = settings, look
        self.setAccessibleName("How the article will look")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        settings.typography_changed.connect(self.update)
        look.changed.connect(lambda _: self.update())

    def sizeHint(self) -> QSize:
        return QSize(400, 144)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, set_in = QPainter(self), self._look.theme, self._settings.typography
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.line)
        painter.setBrush(theme.paper)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
        painter.setPen(theme.text)
        column = min(set_in.column, self.width() - 32)
        left = (self.width() - column) / 2
        layout = QTextLayout(WORDS, reading_font(set_in.size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 12.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(column)
            line.setPosition(QRectF(left, y + (set_in.line - line.height()) / 2, 1, 1).topLeft())
            y += set_in.line
        layout.endLayout()
        layout.draw(painter, QRectF().topLeft())
