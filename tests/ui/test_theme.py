"""The look holds what it promises: contrast in every theme, a style sheet that Qt can read."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.theme import code_colour, contrast, load_tokens, mix, palette, stylesheet, theme, tint

THEMES = ("light", "dark", "high_contrast")


@pytest.mark.parametrize("name", THEMES)
def test_code_colours_stand_out_from_paper(name):
    look = theme(name)
    for entry in load_tokens()["code_colours"]:
        assert contrast(code_colour(entry["name"], look), QColor(look.paper)) >= look.contrast


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("own", ["#fefefe", "#000000", "#ffff00", "#808080", "#17181b"])
def test_a_users_own_colour_is_raised_until_it_can_be_seen(name, own):
    look = theme(name)
    assert contrast(code_colour(own, look), QColor(look.paper)) >= look.contrast


def test_a_readable_own_colour_is_left_alone():
    assert code_colour("#334fb8", theme("light")) == QColor("#334fb8")


def test_no_colour_is_the_neutral_one():
    look = theme("light")
    assert code_colour("", look) == code_colour("nonsense", look)


@pytest.mark.parametrize("name", THEMES)
def test_text_can_be_read_on_every_ground(name):
    look = theme(name)
    for ground in (look.paper, look.chrome, look.raised, look.accent_back, look.hover):
        assert contrast(QColor(look.text), QColor(ground)) >= 9
        assert contrast(QColor(look.dim), QColor(ground)) >= 4.5
    assert contrast(QColor(look.on_accent), QColor(look.accent)) >= 4.5
    for entry in load_tokens()["code_colours"]:
        ground = mix(QColor(look.paper), code_colour(entry["name"], look), look.tint_percent / 100)
        assert contrast(QColor(look.text), ground) >= 7
        assert tint(entry["name"], look).alphaF() == pytest.approx(look.tint_percent / 100, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_selection_is_the_accents_ground_under_plain_text(name):
    look = theme(name)
    made = palette(look)
    assert made.color(QPalette.ColorRole.Highlight) == QColor(look.accent_back)
    assert made.color(QPalette.ColorRole.HighlightedText) == QColor(look.text)


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_read_and_controls_are_32_high(name, qtbot, themed, qapp):
    qapp.setStyleSheet(stylesheet(theme(name)))
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    controls = [QPushButton("Export 204 rows"), QLineEdit("text"), QComboBox()]
    for control in [*controls, QCheckBox("With text")]:
        rows.addWidget(control)
    window.show()
    assert [control.height() for control in controls] == [32, 32, 32]
    assert window.grab().toImage().pixelColor(2, 2).isValid()


def test_the_focus_ring_is_seen(qtbot, themed):
    window = QWidget()
    qtbot.addWidget(window)
    button = QPushButton("Add", window)
    button.resize(100, 32)
    QLineEdit(window).move(0, 50)
    window.resize(200, 100)
    window.show()
    plain = button.grab().toImage()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    accent = QColor(theme("light").focus)
    assert plain.pixelColor(50, 0) != accent
    assert button.grab().toImage().pixelColor(50, 1) == accent


def test_system_is_one_of_the_two(qapp):
    assert theme("system").name in ("light", "dark")
