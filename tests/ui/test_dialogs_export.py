"""The export sheet: what goes out, what stays and why, the file, and the same as a command."""

from __future__ import annotations

import csv
import json
import shlex
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from storage import articles
from ui import ask
from ui.dialogs.export import ExportDialog


@pytest.fixture
def sheet(session, look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    session.show_article(articles.first(session.project).id)
    sheet = ExportDialog(session, look, window)
    sheet.open()
    return sheet


def plain(label):
    import re

    return re.sub("<[^>]*>", "", label.text())


def coder(session, name):
    return next(each.id for each in session.coders if each.name == name)


def choose_format(sheet, name):
    for at in range(sheet.formats.count()):
        if sheet.formats.item(at).data(Qt.ItemDataRole.UserRole) == name:
            sheet.formats.setCurrentRow(at)


def write(sheet, qtbot, monkeypatch, out: Path):
    monkeypatch.setattr(ask, "save_file", lambda *_: out)
    with qtbot.waitSignal(sheet.finished, timeout=20_000):
        qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)


def test_everything_goes_out_unless_told_otherwise(sheet):
    assert sheet.go.text() == "Export 87 rows"
    assert plain(sheet.goes) == "87 of 87 highlights go out"
    assert plain(sheet.stays) == ""
    assert sheet.preview.rowCount() == 5


def test_what_stays_is_counted_under_its_reason(sheet, session):
    sheet.coders.pick([coder(session, "Ana")])
    sheet.articles.pick(["done"])
    sheet.codes.pick(["legal"])
    going = sheet.rows
    said = plain(sheet.stays)
    assert said.startswith(f"{87 - going} left out: by another coder (19), article not done (")
    assert "no code (" in said
    assert "another code (" in said
    numbers = [int(part.split(")")[0]) for part in said.split("(")[1:]]
    assert sum(numbers) == 87 - going


def test_highlights_without_a_place_are_said_to_stay(session, look, qtbot):
    from storage import articles, corrections

    id = articles.first(session.project).id
    session.do("C", lambda step: corrections.correct(step, id, "Other words."))
    sheet = ExportDialog(session, look, None)
    qtbot.addWidget(sheet)
    assert plain(sheet.stays) == "23 without a place, to be repaired"
    assert plain(sheet.goes) == "64 of 64 highlights go out"


def test_those_left_out_can_be_seen(sheet, qtbot):
    sheet.codes.pick(["frames"])
    qtbot.mouseClick(sheet.show_them, Qt.MouseButton.LeftButton)
    codes = {sheet.preview.item(row, 4).text() for row in range(sheet.preview.rowCount())}
    assert codes == {""}
    qtbot.mouseClick(sheet.show_them, Qt.MouseButton.LeftButton)
    assert sheet.preview.item(0, 4).text() == "1"


def test_nothing_left_says_so_and_cannot_be_exported(sheet):
    sheet.articles.pick(["to do"])
    assert not sheet.go.isEnabled()
    assert "Nothing goes out" in sheet.head.text()


def test_csv_holds_the_rows_that_were_announced(sheet, session, qtbot, monkeypatch, tmp_path):
    sheet.coders.pick([coder(session, "Ben")])
    announced = sheet.rows
    write(sheet, qtbot, monkeypatch, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == announced == 19
    assert {row["coder"] for row in rows} == {"Ben"}
    assert all(row["quote"] for row in rows)


def test_json_lines_without_text(sheet, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "jsonl")
    sheet.text.setCurrentIndex(1)
    write(sheet, qtbot, monkeypatch, tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 87
    assert not any("quote" in line for line in lines)


def test_the_format_without_texts_shows_and_writes_no_words(sheet, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "standoff")
    assert sheet.heading.text() == "Coding without texts"
    assert (sheet.text.currentText(), sheet.text.isEnabled()) == ("No text", False)
    assert {sheet.preview.item(row, 3).text() for row in range(5)} == {""}
    choose_format(sheet, "csv")
    assert sheet.text.currentText() == "The quote"
    choose_format(sheet, "standoff")
    write(sheet, qtbot, monkeypatch, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as held:
        lines = [json.loads(line) for line in held.read("highlights.jsonl").decode().splitlines()]
    assert len(lines) == 87
    assert all(line["words"][0]["hash"] for line in lines)


def test_codebook_needs_no_choice_of_highlights(sheet, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "codebook")
    assert not sheet.coders.isEnabled()
    assert sheet.go.text() == "Export 3 rows"
    write(sheet, qtbot, monkeypatch, tmp_path / "book.csv")
    assert len((tmp_path / "book.csv").read_text("utf-8").splitlines()) == 4


def test_a_place_that_cannot_be_written_is_said_and_the_sheet_stays(sheet, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "nowhere" / "out.csv")
    sheet._export()
    qtbot.waitUntil(lambda: sheet.problem.isVisible(), timeout=10_000)
    assert "was not written" in sheet.problem.text()
    assert sheet.go.isEnabled()


def test_no_place_no_export(sheet, monkeypatch):
    monkeypatch.setattr(ask, "save_file", lambda *_: None)
    sheet._export()
    assert sheet._job is None


def test_stopped_it_leaves_nothing_behind(sheet, session, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "out.csv")
    sheet._export()
    sheet._job.requestInterruption()
    sheet.reject()
    qtbot.waitUntil(lambda: sheet._job is None, timeout=10_000)
    left = [path.name for path in tmp_path.iterdir() if "out.csv" in path.name]
    assert left in ([], ["out.csv"])  # whole, or not at all
    if left:
        assert len((tmp_path / "out.csv").read_text("utf-8").splitlines()) == 88


def test_the_command_exports_the_same(sheet, session, qtbot, tmp_path):
    from ui.commands import postil

    sheet.coders.pick([coder(session, "Ana")])
    sheet.codes.pick(["frames"])
    sheet.articles.pick(["done", "in progress"])
    sheet.cells.setCurrentIndex(1)
    qtbot.mouseClick(sheet.copy, Qt.MouseButton.LeftButton)
    words = shlex.split(QGuiApplication.clipboard().text())
    assert words[:2] == ["postil", "export"]
    out = tmp_path / "by command.csv"
    words[3] = str(out)
    ran = CliRunner().invoke(postil, words[1:])
    assert ran.exit_code == 0, ran.output
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert len(rows) - 1 == sheet.rows


def test_the_open_article_alone(sheet, session):
    sheet.articles.pick(["done"])
    sheet.articles.turn("here")
    assert sheet.articles.picked == ["here"]
    assert sheet.rows == 23
    assert session.article in sheet.command()
    sheet.articles.turn("done")
    assert sheet.articles.picked == ["done"]


def test_the_list_is_ticked_by_keys(sheet, qtbot):
    sheet.coders.setFocus()
    qtbot.keyClick(sheet.coders, Qt.Key.Key_Down)
    popup = sheet.coders._popup
    qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Space)
    assert sheet.coders.said() == "Ana"
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_an_article_or_a_sentence_can_be_a_row(sheet, session, qtbot, monkeypatch, tmp_path):
    assert not sheet.values.isEnabled()
    sheet.row.setCurrentIndex(1)
    assert sheet.values.isEnabled()
    number = len(articles.all_articles(session.project))
    assert sheet.go.text() == f"Export {number} rows"
    assert plain(sheet.goes) == "87 of 87 highlights go out"
    heads = [sheet.preview.horizontalHeaderItem(at).text() for at in range(sheet.preview.columnCount())]
    assert heads[:2] == ["article", "highlights"]
    sheet.values.setCurrentIndex(1)
    assert "--shape wide --values counts" in sheet.command()
    sheet.row.setCurrentIndex(3)
    assert sheet.go.text() == f"Export {number} articles"
    assert sheet.command().endswith("--shape units --values counts --unit paragraph")
    monkeypatch.setattr(ask, "save_file", lambda *_: tmp_path / "out.csv")
    qtbot.mouseClick(sheet.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(sheet.notes.isVisible, timeout=20_000)
    assert "Not in this table, of the marks: exact places (87)" in sheet.notes.text()
    assert sheet.aside.text().endswith("written to out.csv")
    assert sheet.cancel.text() == "Close"
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["article"] for row in rows}) == number
    assert sum(int(row["highlights"]) for row in rows) >= 87


def test_a_format_of_one_shape_has_no_choice_of_it(sheet):
    sheet.row.setCurrentIndex(2)
    choose_format(sheet, "jsonl")
    assert not sheet.row.isEnabled()
    assert sheet.options.shape == "long"
    assert sheet.go.text() == "Export 87 rows"


def test_coded_articles_go_out_by_number(sheet, session, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "articles-html")
    sheet.articles.pick(["done"])
    number = len(articles.numbers(session.project)["done"])
    assert sheet.go.text() == f"Export {number} article{'s' if number > 1 else ''}"
    assert sheet.heading.text() == "Coded articles as HTML"
    assert not sheet.preview.isVisible()
    assert not sheet.text.isEnabled()
    assert "--state done" in sheet.command()
    write(sheet, qtbot, monkeypatch, tmp_path / "out.html")
    assert "<mark " in (tmp_path / "out.html").read_text("utf-8")


def test_a_filter_narrows_and_coders_are_numbered(sheet, session, qtbot, tmp_path):
    from ui.commands import postil

    sheet.filter.setText('outlet="the kestrel"')
    qtbot.waitUntil(lambda: "in another article" in sheet.stays.text())
    going = sheet.rows
    assert 0 < going < 88
    sheet.names.setCurrentIndex(1)
    words = shlex.split(sheet.command())
    assert words[-3:] == ["--filter", 'outlet="the kestrel"', "--anonymous"]
    words[3] = str(tmp_path / "out.csv")
    ran = CliRunner().invoke(postil, words[1:])
    assert ran.exit_code == 0, ran.output
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8").splitlines()))
    assert len(rows) == going
    assert {row["coder"] for row in rows} == {"Coder 1", "Coder 2"}
    sheet.filter.setText("outlet=nothing")
    qtbot.waitUntil(lambda: not sheet.go.isEnabled())
