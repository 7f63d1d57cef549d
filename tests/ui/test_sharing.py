"""Coding shared and brought in, and a package made, from the window."""

from __future__ import annotations

import json
import shlex
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotate.model import Draft
from annotate.writers import Options, export
from storage import Project, articles, exchange, highlights
from ui import ask
from ui.commands import postil
from ui.dialogs.sheet import Sheet
from ui.session import Session
from ui.sharing.package import PackageSheet
from ui.sharing.rehydrate import RehydrateSheet, ask_and_open
from ui.sharing.share import ShareSheet


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    return window


def opened(sheet: Sheet) -> Sheet:
    sheet.open()
    return sheet


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def ended(qtbot, sheet, button) -> None:
    click(qtbot, button)
    qtbot.waitUntil(lambda: sheet.job is None, timeout=20_000)


@pytest.fixture
def share(session, look, window):
    return opened(ShareSheet(session, look, window))


def test_the_file_holds_what_was_announced_and_the_command_makes_the_same(
    share, session, qtbot, monkeypatch, tmp_path
):
    assert share.goes.text() == "87 highlights on 10 articles go out."
    share.quotes.setValue(3)
    share.around.setValue(2)
    share.names.setCurrentIndex(1)
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "out.zip")
    ended(qtbot, share, share.go)
    assert share.aside.text() == "87 highlights written to out.zip"
    assert "Quotes of at most 3 words that go along" in share.notes.text()
    click(qtbot, share.copy)
    words = shlex.split(QGuiApplication.clipboard().text())[1:]
    words[2] = str(tmp_path / "same.zip")
    assert CliRunner().invoke(postil, words).exit_code == 0
    assert (tmp_path / "same.zip").read_bytes() == (tmp_path / "out.zip").read_bytes()


def test_a_filter_says_at_once_how_much_is_left(share, qtbot):
    share.filter.setFocus()
    qtbot.keyClicks(share.filter, "outlet=Document")
    qtbot.waitUntil(lambda: "0 highlights on 1 article go" in share.goes.text())
    qtbot.keyClicks(share.filter, "x")
    qtbot.waitUntil(lambda: not share.go.isEnabled())
    assert share.goes.text() == "Nothing goes out: no article fits."


def test_a_place_that_cannot_be_written_is_said(share, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "nowhere" / "out.zip")
    ended(qtbot, share, share.go)
    assert "was not written" in share.problem.text()
    assert share.go.isEnabled()


@pytest.fixture
def coding(session, tmp_path) -> Path:
    out = tmp_path / "coding.zip"
    export("standoff", exchange.dataset(session.project), out, Options())
    return out


@pytest.fixture
def colleague(session, look, tmp_path):
    """The same articles but for one that differs and one that is not there, without any coding."""
    made = Project.create(tmp_path / "colleague.postil")
    drafts = []
    for each in articles.all_articles(session.project)[1:]:
        text = articles.text(session.project, each.id)
        head = "Printed.\n" if each.title.startswith("Ministers") else ""
        drafts.append(Draft(head + text, each.title, each.outlet, date=each.date))
    made.do("Add", lambda step: articles.add(step, drafts, ["a"] * len(drafts), [None] * len(drafts)))
    theirs = Session(made, session.settings)
    yield theirs
    theirs.close()


def test_coding_is_looked_at_and_then_brought_in_as_one_step(
    colleague, look, coding, window, qtbot, monkeypatch
):
    monkeypatch.setattr(ask, "open_one", lambda *_: coding)
    sheet = ask_and_open(colleague, look, window)
    assert isinstance(sheet, RehydrateSheet)
    qtbot.waitUntil(lambda: sheet.job is None, timeout=20_000)
    assert sheet.go.text() == "Bring in 64 highlights"
    shown = sheet.text.toPlainText()
    assert "64 highlights would be added; 11 moved; 23 without a place; 3 codes would be added." in shown
    assert "Articles that are not here  1\nCourt halts first transfer flight" in shown
    assert "known by title, outlet and date; 11 highlights" in shown
    assert highlights.count(colleague.project) == 0
    with qtbot.waitSignal(colleague.changed, timeout=20_000):
        qtbot.keyClick(sheet, Qt.Key.Key_Return)
    assert highlights.count(colleague.project) == 64
    assert "64 highlights added" in sheet.text.toPlainText()
    assert (sheet.cancel.text(), sheet.go.isVisible()) == ("Close", False)
    click(qtbot, sheet.copy)
    assert "The same words, elsewhere: 11" in QGuiApplication.clipboard().text()
    colleague.undo()
    assert highlights.count(colleague.project) == 0


def test_a_file_that_is_none_is_said(session, look, window, qtbot, monkeypatch, tmp_path):
    (tmp_path / "x.zip").write_text("words")
    monkeypatch.setattr(ask, "open_one", lambda *_: tmp_path / "x.zip")
    with qtbot.waitSignal(session.failed) as told:
        assert ask_and_open(session, look, window) is None
    assert "no coding without texts" in told.args[0]
    monkeypatch.setattr(ask, "open_one", lambda *_: None)
    assert ask_and_open(session, look, window) is None


def test_what_is_there_already_cannot_be_brought_in_again(session, look, coding, window, qtbot):
    sheet = opened(RehydrateSheet(session, look, coding, window))
    qtbot.waitUntil(lambda: sheet.job is None, timeout=20_000)
    assert not sheet.go.isEnabled()
    assert "87 there already" in sheet.text.toPlainText()


def test_a_look_that_was_stopped_can_be_taken_again(colleague, look, coding, window, qtbot):
    sheet = opened(RehydrateSheet(colleague, look, coding, window))
    sheet.job.requestInterruption()
    sheet.reject()
    qtbot.waitUntil(lambda: sheet.job is None, timeout=20_000)
    if sheet.report is None:  # it may have been too quick to be stopped
        assert "Stopped" in sheet.problem.text()
        assert sheet.go.text() == "Look again"
        ended(qtbot, sheet, sheet.go)
    assert sheet.go.text() == "Bring in 64 highlights"


@pytest.fixture
def package(session, look, window):
    return opened(PackageSheet(session, look, window))


def test_a_package_is_made_and_what_was_said_is_kept(
    package, session, look, window, qtbot, monkeypatch, tmp_path
):
    assert package.title_field.text() == session.project.title
    assert not package.quotes.isEnabled()
    package.authors.setFocus()
    qtbot.keyClicks(package.authors, "Lee, Ann; University")
    package.licence.setCurrentIndex(package.licence.findData("CC-BY-4.0"))
    package.text.setCurrentIndex(1)
    assert package.quotes.isEnabled()
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "p.zip")
    ended(qtbot, package, package.go)
    with zipfile.ZipFile(tmp_path / "p.zip") as held:
        names = [name.partition("/")[2] for name in held.namelist()]
        described = json.loads(held.read(next(n for n in held.namelist() if n.endswith("datapackage.json"))))
    assert "data/texts.csv" not in names
    assert described["licenses"][0]["name"] == "CC-BY-4.0"
    assert described["contributors"] == [{"title": "Ann Lee", "role": "author", "organization": "University"}]
    again = PackageSheet(session, look, window)
    assert again.authors.toPlainText() == "Lee, Ann; University"
    assert (again.licence.currentData(), again.text.currentData()) == ("CC-BY-4.0", False)
    words = shlex.split(again.command())[1:]
    words[2] = str(tmp_path / "same.zip")
    assert CliRunner().invoke(postil, words).exit_code == 0
    assert (tmp_path / "same.zip").read_bytes() == (tmp_path / "p.zip").read_bytes()


def test_what_cannot_be_is_said_before_a_place_is_asked_for(package, qtbot, monkeypatch):
    monkeypatch.setattr(ask, "save_file", lambda *_: pytest.fail("asked"))
    package.authors.setPlainText("; University")
    click(qtbot, package.go)
    assert "An author needs a name" in package.problem.text()
    package.authors.setPlainText("")
    package.title_field.clear()
    qtbot.keyClick(package.title_field, Qt.Key.Key_Return)
    assert package.problem.text() == "A package needs a title."


def test_without_author_and_licence_it_is_made_and_the_sheet_says_what_is_missing(
    package, qtbot, monkeypatch, tmp_path
):
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "p.zip")
    ended(qtbot, package, package.go)
    assert "No author was named" in package.notes.text()
    assert package.cancel.text() == "Close"
    qtbot.keyClick(package, Qt.Key.Key_Escape)
    assert not package.isVisible()


def test_stopped_a_package_leaves_nothing_behind(package, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "p.zip")
    click(qtbot, package.go)
    package.job.requestInterruption()
    package.reject()
    qtbot.waitUntil(lambda: package.job is None, timeout=20_000)
    left = [path.name for path in tmp_path.iterdir() if "p.zip" in path.name]
    assert left in ([], ["p.zip"])  # whole, or not at all
