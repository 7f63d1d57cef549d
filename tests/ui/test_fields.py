"""The table of fields: typing, choices, many at once, from names and tables, narrowed, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from storage import articles, fields
from storage.fields import Field
from tests.ui.lists import opened
from ui import ask
from ui.dialogs.fields import ByWhat, FieldsSheet, NewField

Key = Qt.Key
Select = QItemSelectionModel.SelectionFlag.Select


@pytest.fixture
def session(look, tmp_path):
    made = opened(tmp_path, look)
    yield made
    made.close()


@pytest.fixture
def sheet(session, look, qtbot):
    over = QWidget()
    over.resize(1240, 820)
    qtbot.addWidget(over)
    over.show()
    fields.define(session.project, Field("stance", "choice", ("for", "against")))
    made = FieldsSheet(session, look, over)
    made.open()
    yield made
    made.reject()


def column(sheet: FieldsSheet, name: str) -> int:
    return sheet.model.names().index(name)


def type_in(sheet: FieldsSheet, row: int, name: str, text: str) -> None:
    index = sheet.model.index(row, column(sheet, name))
    sheet.table.setCurrentIndex(index)
    sheet.table.edit(index)
    port = sheet.table.viewport()
    found = [*port.findChildren(QComboBox), *port.findChildren(QLineEdit)]
    editor = next(each for each in found if each.parent() is port and each.isVisible())
    if isinstance(editor, QComboBox):
        editor.setCurrentText(text)
    else:
        editor.setText(text)
    QTest.keyClick(editor, Key.Key_Return)
    QTest.qWait(30)  # the editor gives its value in an event of its own


def test_typing_in_a_cell_is_a_step_that_undo_takes_back(sheet, session) -> None:
    type_in(sheet, 1, "outlet", "CNN")
    assert sheet.model.article(1).outlet == "CNN"
    assert session.project.undoable().label == "Set outlet of 1 article"
    session.undo()
    assert sheet.model.index(1, column(sheet, "outlet")).data() == "The Kestrel"


def test_a_choice_is_chosen_and_what_does_not_fit_is_said(sheet) -> None:
    type_in(sheet, 0, "stance", "for")
    assert sheet.model.article(0).attributes == {"stance": "for"}
    assert "is one of for, against" in sheet.model.set_cells([(0, "stance")], "maybe")
    type_in(sheet, 0, "date", "March")
    assert "is no date" in sheet.problem.text()


def test_many_cells_at_once_and_emptied_again(sheet, monkeypatch) -> None:
    at = column(sheet, "stance")
    for row in (0, 2, 4):
        sheet.table.selectionModel().select(sheet.model.index(row, at), Select)
    monkeypatch.setattr(ask, "text", lambda *_, **__: "against")
    sheet._set_selected()
    assert [sheet.model.index(row, at).data() for row in range(5)] == [
        "against",
        "",
        "against",
        "",
        "against",
    ]
    for row in (0, 2, 4):
        sheet.table.selectionModel().select(sheet.model.index(row, at), Select)
    sheet.table.copy()
    assert QApplication.clipboard().text() == "against\nagainst\nagainst"
    QTest.keyClick(sheet.table, Key.Key_Delete)
    assert [sheet.model.index(row, at).data() for row in range(5)] == [""] * 5


def test_the_filter_narrows_by_words_and_fields(sheet) -> None:
    sheet.filter.setText("outlet=kestrel state=done")
    assert sheet.model.rowCount() == 0
    sheet.filter.setText('outlet="the kestrel" state=done')
    assert sheet.said.text() == "1 article"
    assert sheet.model.index(0, 0).data() == "Envoy denies talks on detention"


def test_fields_come_from_names_and_from_tables(sheet, session, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ask, "text", lambda *_, **__: "{place}")
    sheet._from_names()
    assert sheet.model.article(3).attributes == {"place": "3"}
    assert sheet.aside.text() == "10 articles filled, 0 named otherwise."
    rows = "".join(f"{each.title},{each.number}\n" for each in articles.all_articles(session.project)[:2])
    (tmp_path / "t.csv").write_text(f"title,reach\n{rows}Nobody,3\n")
    monkeypatch.setattr(ask, "open_one", lambda *_: tmp_path / "t.csv")
    monkeypatch.setattr(ByWhat, "exec", lambda _: True)
    sheet._from_table()
    assert sheet.model.article(1).attributes == {"place": "1", "reach": "2"}
    assert "Nobody" in sheet.problem.text()


def test_a_new_field_is_a_column(sheet, monkeypatch) -> None:
    def fill(asked: NewField) -> bool:
        asked.name.setText("reach")
        asked.kind.setCurrentIndex(1)
        return True

    monkeypatch.setattr(NewField, "exec", fill)
    sheet._new_field()
    assert "reach" in sheet.model.names()
    assert "is no number" in sheet.model.set_cells([(0, "reach")], "many")
