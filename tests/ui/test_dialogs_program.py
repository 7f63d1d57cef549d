"""Sheets about the program: settings, keys, the manual, about."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QLabel, QWidget

from annotate.version import VERSION
from ui.actions import ACTIONS
from ui.dialogs.about import About
from ui.dialogs.keys import Keys
from ui.dialogs.manual import Manual, manual_pages, title_of
from ui.dialogs.settings import FLAGS, SettingsDialog
from ui.look import Look
from ui.settings import Settings, Typography


@pytest.fixture
def settings(qapp):
    settings = Settings(qapp, passing=True)
    settings.set_theme("light")
    return settings


@pytest.fixture
def look(qapp, settings):
    look = Look(qapp, settings)
    yield look
    settings.set_theme("light")
    look.deleteLater()


@pytest.fixture
def window(qtbot, look):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    return window


def test_each_setting_takes_effect_at_once_and_is_seen(settings, look, window, qtbot):
    sheet = SettingsDialog(settings, look, window)
    sheet.open()
    before = sheet.preview.grab().toImage()
    with qtbot.waitSignal(settings.typography_changed):
        sheet.sliders["size"].setValue(26)
    assert settings.typography.size == 26
    assert sheet.preview.grab().toImage() != before
    qtbot.mouseClick(sheet.usual, Qt.MouseButton.LeftButton)
    assert settings.typography == Typography()


def test_the_theme_is_changed_under_the_sheet(settings, look, window, qtbot):
    sheet = SettingsDialog(settings, look, window)
    sheet.open()
    with qtbot.waitSignal(look.changed):
        qtbot.mouseClick(sheet.themes.button(2), Qt.MouseButton.LeftButton)
    assert look.theme.name == "dark"
    assert sheet.paper().lightness() < 60


@pytest.mark.parametrize("name", list(FLAGS))
def test_what_is_shown_is_switched(settings, look, window, qtbot, name):
    sheet = SettingsDialog(settings, look, window)
    usual = FLAGS[name][1]
    sheet.flags[name].setChecked(not usual)
    assert settings.flag(name, usual) is not usual


def test_keys_lists_every_action_that_has_one(look, window):
    sheet = Keys(look, window)
    shown = sheet.shown()
    assert all(spec.text.rstrip("…") in shown for spec in ACTIONS if spec.keys)


def test_keys_are_found_by_typing(look, window, qtbot):
    sheet = Keys(look, window)
    sheet.open()
    qtbot.keyClicks(sheet.filter, "next art")
    assert sheet.shown() == ["Next article"]
    sheet.filter.setText("xyzzy")
    assert sheet.none.isVisible()


@pytest.mark.parametrize("page", manual_pages())
def test_every_page_of_the_manual_is_shown_under_its_title(look, window, page):
    sheet = Manual(look, window, page)
    sheet.open()
    assert sheet.heading.text() == title_of(page)
    assert len(sheet.text.toPlainText()) > 200
    assert "**" not in sheet.text.toPlainText()


def test_links_lead_from_page_to_page(look, window):
    sheet = Manual(look, window)
    last = manual_pages()[-1]
    sheet._follow(QUrl(f"{last}.md"))
    assert sheet.heading.text() == title_of(last)


def test_about_names_the_version(look, window):
    sheet = About(look, window)
    assert any(VERSION in label.text() for label in sheet.findChildren(QLabel))
