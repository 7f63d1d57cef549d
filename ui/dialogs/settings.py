"""Settings: how the article is set, the theme, and what is shown. Each takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from ui.dialogs.sheet import Sheet
from ui.look import Look
from ui.settings import Settings, Typography

THEMES = {"system": "As the system", "light": "Light", "dark": "Dark", "high_contrast": "High contrast"}
FLAGS = {
    "paragraph_numbers": ("Number the paragraphs", False),
}
SLIDERS = {
    "size": ("Text size", 12, 32, 1),
    "line": ("Line height", 16, 56, 1),
    "column": ("Column width", 360, 1000, 20),
}


class SettingsDialog(Sheet):
    """No OK and no Cancel: what is seen behind is what is set."""

    def __init__(self, settings: Settings, look: Look, parent: QWidget | None) -> None:
        super().__init__("Settings", parent, width=520)
        self._settings = settings
        self.body.addWidget(_head("Reading"))
        self.sliders: dict[str, QSlider] = {}
        for name, (text, low, high, step) in SLIDERS.items():
            self.body.addLayout(self._slider(name, text, low, high, step))
        reset = QPushButton("Back to the usual", clicked=self._reset, autoDefault=False)
        reset.setProperty("role", "link")
        self.body.addWidget(reset, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(_head("Theme"))
        row = QHBoxLayout()
        row.setSpacing(4)
        self.themes = QButtonGroup(self)
        for at, (name, text) in enumerate(THEMES.items()):
            button = QPushButton(text, checkable=True, autoDefault=False)
            button.setProperty("role", "tab")
            button.setChecked(settings.theme == name)
            self.themes.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        self.themes.idClicked.connect(lambda at: settings.set_theme(list(THEMES)[at]))
        self.body.addLayout(row)
        self.body.addWidget(_head("Shown"))
        for name, (text, usual) in FLAGS.items():
            box = QCheckBox(text)
            box.setChecked(settings.flag(name, usual))
            box.toggled.connect(lambda on, name=name: settings.set_flag(name, on))
            self.body.addWidget(box)
        self.body.addStretch(1)
        self.aside.setText("Kept for all projects on this computer.")
        self.button("Close", self.accept, primary=True)

    def _slider(self, name: str, text: str, low: int, high: int, step: int) -> QHBoxLayout:
        slider = self.sliders[name] = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(low, high)
        slider.setSingleStep(step)
        slider.setPageStep(step * 4)
        slider.setAccessibleName(text)
        slider.setValue(getattr(self._settings.typography, name))
        shown = QLabel(f"{slider.value()} px")
        shown.setMinimumWidth(60)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight)
        slider.valueChanged.connect(lambda value: shown.setText(f"{value} px"))
        slider.valueChanged.connect(lambda value: self._settings.set_typography(**{name: value}))
        label = QLabel(text)
        label.setMinimumWidth(110)
        row = QHBoxLayout()
        row.addWidget(label)
        row.addWidget(slider, 1)
        row.addWidget(shown)
        return row

    def _reset(self) -> None:
        usual = Typography()
        for name, slider in self.sliders.items():
            slider.setValue(getattr(usual, name))


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label
