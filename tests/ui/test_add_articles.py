"""Adding articles with choices: where from, what names and tables say, and a look that stores nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from annotate.readers.table_columns import Mapping
from annotate.readers.tables import preview
from storage import articles
from tests.ui.lists import opened
from ui.adding import Adding
from ui.dialogs import columns
from ui.dialogs.add_articles import AddArticles
from ui.dialogs.columns import Columns, ask_columns, remember, remembered
from ui.notice import Notices

TABLE = "headline,published,body,reach\nOne,2025-03-01,The first text,12\nTwo,2025,The second,14\n"


@pytest.fixture
def empty(look, tmp_path):
    session = opened(tmp_path, look, filled=False)
    yield session
    session.close()


@pytest.fixture
def over(qtbot):
    window = QWidget()
    window.resize(1100, 800)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "t.csv"
    path.parent.mkdir()
    path.write_text(TABLE)
    return path


def test_a_look_says_what_would_come_and_stores_nothing(empty, look, over, qtbot, tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "2025-03-01_CNN.txt").write_text("A road\n\nWords of it.\n")
    (folder / "no.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    sheet = AddArticles(empty, look, over)
    sheet.open()
    assert not sheet.go.isEnabled()
    sheet.add_paths([folder])
    sheet.look.click()
    qtbot.waitUntil(lambda: sheet._job is None, timeout=120_000)
    assert sheet.aside.text() == "1 article would come."
    assert "no.png" in sheet.text.toPlainText()
    assert articles.count(empty.project) == 0
    sheet.reject()


def test_what_is_chosen_reaches_the_import(empty, look, over, tmp_path) -> None:
    sheet = AddArticles(empty, look, over)
    sheet.open()
    sheet.add_paths([tmp_path])
    sheet.names.setText("{}_name")
    sheet.go.click()
    assert "names nothing" in sheet.problem.text()
    sheet.names.setText("{date}_{outlet}")
    sheet.fields.setText("round")
    sheet.go.click()
    assert "is no field" in sheet.problem.text()
    sheet.fields.setText("round = 1; region=North")
    sheet.keep.setChecked(False)
    sheet.go.click()
    assert sheet.wishes.names == "{date}_{outlet}"
    assert dict(sheet.wishes.attributes) == {"round": "1", "region": "North"}


def test_columns_are_guessed_and_shown_with_the_articles_they_give(over, table: Path) -> None:
    sheet = Columns("t.csv", preview(table.read_bytes(), "t.csv"), over)
    sheet.open()
    assert sheet.mapping == Mapping(("body",), title="headline", date="published")
    assert sheet.preview.item(0, 3).text() == "The first text"
    sheet.boxes["title"].setCurrentText("reach")
    assert sheet.preview.item(0, 0).text() == "12"
    sheet.boxes["text"].setCurrentIndex(0)
    assert not sheet.go.isEnabled()
    assert "Choose the column" in sheet.problem.text()
    sheet.reject()


def test_a_dropped_table_is_asked_about_once_and_then_remembered(
    empty, look, over, table: Path, qtbot, monkeypatch
) -> None:
    asked: list[str] = []

    def answer(sheet: Columns) -> bool:
        asked.append(sheet._name)
        sheet.boxes["outlet"].setCurrentText("reach")
        return True

    monkeypatch.setattr(Columns, "exec", answer)
    adding = Adding(empty, look, notices := Notices(look), over)
    qtbot.addWidget(notices)
    adding.add_files([table])
    qtbot.waitUntil(lambda: adding._job is None, timeout=120_000)
    rows = articles.all_articles(empty.project)
    assert [(row.title, row.outlet, row.date) for row in rows] == [
        ("One", "12", "2025-03-01"),
        ("Two", "14", "2025"),
    ]
    table.write_text(TABLE.replace("first", "third"))
    assert ask_columns(empty.project, [table], over).remembered == remembered(empty.project)
    assert asked == ["t.csv"]


def test_giving_up_the_columns_imports_nothing(empty, over, table: Path, monkeypatch) -> None:
    monkeypatch.setattr(Columns, "exec", lambda _: False)
    assert ask_columns(empty.project, [table], over) is None
    remember(empty.project, Mapping(("body",), title="headline"))
    assert ask_columns(empty.project, [table], over) is not None
    assert columns.is_table(Path("A.XLSX"))
