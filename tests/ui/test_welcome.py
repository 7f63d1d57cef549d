"""The welcome page by mouse and keys."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from ui.recent_rows import RecentRow, day
from ui.settings import Recent, Settings
from ui.welcome import Welcome


@pytest.fixture
def settings(qapp, tmp_path):
    settings = Settings(qapp, passing=True)
    for name in ("gone", "manifestos", "transfers"):
        path = tmp_path / f"{name}.postil"
        if name != "gone":
            path.write_bytes(b"")
        settings.add_recent(Recent(str(path), name.capitalize(), "2026-11-03T10:00:00.000Z", 112, 9431))
    return settings


@pytest.fixture
def page(settings, look, qtbot):
    page = Welcome(settings, look)
    qtbot.addWidget(page)
    page.resize(1440, 852)
    page.show()
    return page


@pytest.mark.parametrize(
    ("way", "signal"), [("new", "new_asked"), ("open", "open_asked"), ("demo", "demo_asked")]
)
def test_three_ways_to_begin(page, qtbot, way, signal):
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(getattr(page, way), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.keyClick(getattr(page, way), Qt.Key.Key_Return)


def test_recent_ones_stand_last_first_and_open(page, qtbot, tmp_path):
    rows = page.rows()
    assert [row.accessibleName().split(",")[0] for row in rows] == ["Transfers", "Manifestos", "Gone"]
    with qtbot.waitSignal(page.recent_opened) as told:
        qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton)
    assert told.args == [tmp_path / "manifestos.postil"]
    with qtbot.waitSignal(page.recent_opened) as told:
        qtbot.keyClick(rows[0], Qt.Key.Key_Return)
    assert told.args == [tmp_path / "transfers.postil"]


def test_one_that_is_gone_opens_nothing_and_can_be_forgotten(page, settings, qtbot):
    gone = page.rows()[2]
    with qtbot.assertNotEmitted(page.recent_opened):
        qtbot.mouseClick(gone, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(gone.forget, Qt.MouseButton.LeftButton)
    assert len(page.rows()) == 2
    assert [each.title for each in settings.recent] == ["Transfers", "Manifestos"]


def test_down_goes_through_everything(page, qtbot):
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    seen = []
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        seen.append(QApplication.focusWidget())
    assert seen[:3] == [page.new, page.open, page.demo]
    assert isinstance(seen[3], RecentRow)
    seen[3].setFocus()
    qtbot.keyClick(seen[3], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.demo


def test_without_recent_ones_it_says_so(look, qapp, qtbot):
    page = Welcome(Settings(qapp, passing=True), look)
    qtbot.addWidget(page)
    assert page.rows() == []
    assert "listed here" in page.recent.itemAt(0).widget().text()


def test_what_is_dropped_is_told(page, qtbot, tmp_path):
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt")), QUrl("https://example.org")])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(page.dropped) as told:
        page.dropEvent(event)
    assert told.args == [[tmp_path / "a.txt"]]


def test_nothing_is_cut_in_a_small_window(page, qtbot):
    page.resize(760, 480)
    assert page._scroll.horizontalScrollBar().maximum() == 0


def test_days_as_a_person_says_them():
    now = datetime.now(UTC)
    assert day(now.isoformat()) == "today"
    assert day((now - timedelta(days=1)).isoformat()) == "yesterday"
    assert day("2019-11-03T12:00:00.000Z") == "3 Nov 2019"
    assert day(f"{date.today().year}-01-15T12:00:00.000Z") in ("15 Jan", "today", "yesterday")


def test_paths_at_home_are_short(monkeypatch):
    from ui import recent_rows

    monkeypatch.setattr(Path, "home", lambda: Path("/home/ana"))
    assert recent_rows.at_home("/home/ana/Studies/a.postil") == "~/Studies/a.postil"
    assert recent_rows.at_home("/home/anabel/a.postil") == "/home/anabel/a.postil"
