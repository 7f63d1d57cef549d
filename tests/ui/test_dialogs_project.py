"""Sheets about a project: a new one, who codes, backups and import reports."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QRadioButton, QWidget

from annotate.taxonomy import shipped
from storage import Project, articles, coders, taxonomies
from storage.backup import backups, make_backup
from storage.importing import Importer
from ui import ask
from ui.dialogs.backups import Backups
from ui.dialogs.coder import CoderDialog
from ui.dialogs.new_project import NewProject
from ui.dialogs.reports import Reports, as_text
from ui.settings import Settings


@pytest.fixture
def window(qtbot, look):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    return window


@pytest.fixture
def settings(qapp, tmp_path):
    settings = Settings(qapp, passing=True)
    settings.set_last_folder(tmp_path)
    return settings


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# ---------------------------------------------------------------- a new project


def test_a_new_project_has_title_coder_and_taxonomies(window, look, settings, qtbot, tmp_path):
    sheet = NewProject(settings, look, window)
    sheet.open()
    qtbot.keyClicks(sheet.title_field, "Border / study: 1")
    qtbot.keyClicks(sheet.coder, "  Ana   B ")
    sheet.boxes["sdg"].setChecked(True)
    with qtbot.waitSignal(sheet.made) as told:
        click(qtbot, sheet.make)
    path = told.args[0]
    assert path == tmp_path / "Border study 1.postil" or path.parent == tmp_path
    with Project.open(path) as project:
        assert project.title == "Border / study: 1"
        assert [coder.name for coder in coders.all_coders(project)] == ["Ana B"]
        assert [each.slug for each in taxonomies.all_taxonomies(project)] == ["policy-frames", "sdg"]
    assert settings.coder == "Ana B"


def test_every_shipped_taxonomy_is_offered(window, look, settings):
    sheet = NewProject(settings, look, window)
    assert list(sheet.boxes) == [info.slug for info in shipped()]


def test_a_title_is_needed_and_a_taken_place_is_said(window, look, settings, qtbot, tmp_path):
    sheet = NewProject(settings, look, window)
    sheet.open()
    click(qtbot, sheet.make)
    assert sheet.problem.text() == "A project needs a title."
    (tmp_path / "Pilot.postil").write_text("something else", encoding="utf-8")
    qtbot.keyClicks(sheet.title_field, "Pilot")
    click(qtbot, sheet.make)
    assert "already there" in sheet.problem.text()
    assert (tmp_path / "Pilot.postil").read_text("utf-8") == "something else"


def test_another_place_is_kept_when_the_title_changes(window, look, settings, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "elsewhere")
    sheet = NewProject(settings, look, window)
    sheet._choose()
    qtbot.keyClicks(sheet.title_field, "Pilot")
    assert sheet.path == tmp_path / "elsewhere.postil"
    assert "elsewhere.postil" in sheet.place.text()


# ---------------------------------------------------------------- who codes


def choice(sheet, name):
    return next(each for each in sheet.findChildren(QRadioButton) if each.text() == name)


def test_switching_to_another_coder(session, look, window, qtbot):
    sheet = CoderDialog(session, look, window)
    sheet.open()
    assert choice(sheet, "Ana").isChecked()
    click(qtbot, choice(sheet, "Ben"))
    assert sheet.go.text() == "Code as Ben"
    click(qtbot, sheet.go)
    assert session.coder.name == "Ben"
    assert session.settings.coder == "Ben"


def test_a_new_name_makes_a_new_coder(session, look, window, qtbot):
    sheet = CoderDialog(session, look, window)
    sheet.open()
    sheet.name.setFocus()
    qtbot.keyClicks(sheet.name, "Chidi")
    assert not choice(sheet, "Ana").isChecked()
    qtbot.keyClick(sheet.name, Qt.Key.Key_Return)
    assert [coder.name for coder in session.coders] == ["Ana", "Ben", "Chidi"]
    assert session.coder.name == "Chidi"


def test_a_coder_is_renamed_and_keeps_the_marks(session, look, window, monkeypatch):
    monkeypatch.setattr(ask, "text", lambda *_: "Ana Okafor")
    sheet = CoderDialog(session, look, window)
    before = session.coder.id
    sheet._rename(before, choice(sheet, "Ana"))
    assert session.coder == coders.named(session.project, "Ana Okafor")
    assert session.coder.id == before
    assert session.settings.coder == "Ana Okafor"


def test_a_name_that_is_taken_is_said_in_the_sheet(session, look, window, monkeypatch):
    monkeypatch.setattr(ask, "text", lambda *_: "Ben")
    sheet = CoderDialog(session, look, window)
    sheet.open()
    sheet._rename(session.coder.id, choice(sheet, "Ana"))
    assert "already a coder called Ben" in sheet.problem.text()


def test_a_colour_is_chosen_from_the_palette(session, look, window):
    sheet = CoderDialog(session, look, window)
    id, before = session.coder.id, session.coder.colour
    assert before not in ("", "teal")
    next(action for action in sheet.colour_menu(id).actions() if action.text() == "Teal").trigger()
    assert next(each for each in session.coders if each.id == id).colour == "teal"
    session.undo()
    assert next(each for each in session.coders if each.id == id).colour == before


# ---------------------------------------------------------------- backups


def test_made_now_and_listed_with_the_steps_since(session, look, window, qtbot):
    sheet = Backups(session, look, window)
    sheet.open()
    assert sheet.none.isVisible()
    click(qtbot, sheet.make)
    assert len(backups(session.project.path)) == 1
    assert "nothing done since" in sheet.list.item(0).text()
    id = articles.first(session.project).id
    session.do("Rename", lambda step: articles.edit(step, [id], title="New"))
    again = Backups(session, look, window)
    assert "1 step since" in again.list.item(0).text()


def test_going_back_is_asked_in_the_sheet(session, look, window, qtbot):
    made = make_backup(session.project.path)
    sheet = Backups(session, look, window)
    sheet.open()
    click(qtbot, sheet.back)
    assert sheet.asking.isVisible()
    with qtbot.waitSignal(sheet.restore_asked) as told:
        click(qtbot, sheet.yes)
    assert told.args == [made.path]


# ---------------------------------------------------------------- reports


def test_a_report_says_what_failed_and_why(session, look, window, qtbot, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("One text.\n\nAnd more of it.", encoding="utf-8")
    (folder / "b.txt").write_text("One text.\n\nAnd more of it.", encoding="utf-8")
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    report = Importer(session.project).run([folder])
    sheet = Reports(session, look, window)
    sheet.open()
    shown = sheet.text.toPlainText()
    assert "1 article added from 3 files." in shown
    assert "c.png is not a text Postil can read" in shown
    assert "already there as" in shown
    click(qtbot, sheet.copy)
    copied = QGuiApplication.clipboard().text()
    assert copied.splitlines()[1:] == as_text("", report).splitlines()[1:]
    assert str(folder / "c.png") in copied


def test_a_report_can_be_saved(session, look, window, qtbot, tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("One text.\n\nAnd more of it.", encoding="utf-8")
    Importer(session.project).run([tmp_path / "a.txt"])
    sheet = Reports(session, look, window)
    sheet.open()
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "report.txt")
    click(qtbot, sheet.keep)
    assert "Articles added: 1" in (tmp_path / "report.txt").read_text("utf-8")
    assert sheet.aside.text() == "Saved."
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path)
    click(qtbot, sheet.keep)
    assert "is a folder" in sheet.problem.text()


def test_what_was_left_out_of_a_page_is_shown(session, look, window, tmp_path):
    from ui.dialogs.left_out import LeftOut

    words = "The council of Northhaven voted on Tuesday to open the harbour road to buses. " * 6
    page = f"<nav>Home of all <b>sports</b></nav><article><h1>Road</h1><p>{words}</p></article>"
    (tmp_path / "a.html").write_text(f"<html><body>{page}</body></html>")
    (id,) = Importer(session.project).run([tmp_path / "a.html"]).articles
    sheet = LeftOut(session, look, id, window)
    sheet.open()
    assert sheet.text.toPlainText() == "Home of all sports"
    other = LeftOut(session, look, articles.first(session.project).id, window)
    other.open()
    assert not other.text.isVisible()


def test_no_import_yet(session, look, window):
    sheet = Reports(session, look, window)
    sheet.open()
    assert sheet.none.isVisible()
    assert not sheet.text.isVisible()
