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

from annotate.errors import UserError
from storage import articles
from ui import ask
from ui.dialogs.export import ExportDialog
from ui.formats import writers


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
    sheet.choices.coders.pick(["Ana"])
    sheet.choices.articles.pick(["done"])
    sheet.choices.codes.pick(["legal"])
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
    sheet.choices.codes.pick(["frames"])
    qtbot.mouseClick(sheet.show_them, Qt.MouseButton.LeftButton)
    codes = {sheet.preview.item(row, 4).text() for row in range(sheet.preview.rowCount())}
    assert codes == {""}
    qtbot.mouseClick(sheet.show_them, Qt.MouseButton.LeftButton)
    assert sheet.preview.item(0, 4).text() == "1"


def test_nothing_left_says_so_and_cannot_be_exported(sheet):
    sheet.choices.articles.pick(["to do"])
    assert not sheet.go.isEnabled()
    assert "Nothing goes out" in sheet.head.text()


def test_csv_holds_the_rows_that_were_announced(sheet, session, qtbot, monkeypatch, tmp_path):
    sheet.choices.coders.pick(["Ben"])
    announced = sheet.rows
    write(sheet, qtbot, monkeypatch, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == announced == 19
    assert {row["coder"] for row in rows} == {"Ben"}
    assert all(row["quote"] for row in rows)


def test_json_lines_without_text(sheet, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "jsonl")
    sheet.choices.text.setCurrentIndex(4)
    write(sheet, qtbot, monkeypatch, tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(lines) == 87
    assert not any("quote" in line for line in lines)


def test_the_format_without_texts_shows_and_writes_no_words(sheet, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "standoff")
    assert sheet.heading.text() == "Coding without texts"
    assert (sheet.choices.text.currentText(), sheet.choices.text.isEnabled()) == ("No text", False)
    assert {sheet.preview.item(row, 3).text() for row in range(5)} == {""}
    choose_format(sheet, "csv")
    assert sheet.choices.text.currentText() == "The quote"
    choose_format(sheet, "standoff")
    write(sheet, qtbot, monkeypatch, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as held:
        lines = [json.loads(line) for line in held.read("highlights.jsonl").decode().splitlines()]
    assert len(lines) == 87
    assert all(line["words"][0]["hash"] for line in lines)


def test_codebook_needs_no_choice_of_highlights(sheet, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "codebook")
    assert not sheet.choices.coders.isEnabled()
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

    sheet.choices.coders.pick(["Ana"])
    sheet.choices.codes.pick(["frames"])
    sheet.choices.articles.pick(["done", "in progress"])
    sheet.choices.cells.setCurrentIndex(1)
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
    sheet.choices.articles.pick(["done"])
    sheet.choices.articles.turn("here")
    assert sheet.choices.articles.picked == ["here"]
    assert sheet.rows == 23
    assert session.article in sheet.command()
    sheet.choices.articles.turn("done")
    assert sheet.choices.articles.picked == ["done"]


def test_the_list_is_ticked_by_keys(sheet, qtbot):
    sheet.choices.coders.setFocus()
    qtbot.keyClick(sheet.choices.coders, Qt.Key.Key_Down)
    popup = sheet.choices.coders._popup
    qtbot.keyClick(popup.list, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Space)
    assert sheet.choices.coders.said() == "Ana"
    qtbot.keyClick(popup, Qt.Key.Key_Escape)
    assert not popup.isVisible()


def test_an_article_or_a_sentence_can_be_a_row(sheet, session, qtbot, monkeypatch, tmp_path):
    assert not sheet.choices.values.isEnabled()
    sheet.choices.row.setCurrentIndex(1)
    assert sheet.choices.values.isEnabled()
    number = len(articles.all_articles(session.project))
    assert sheet.go.text() == f"Export {number} rows"
    assert plain(sheet.goes) == "87 of 87 highlights go out"
    heads = [sheet.preview.horizontalHeaderItem(at).text() for at in range(sheet.preview.columnCount())]
    assert heads[:2] == ["article", "highlights"]
    sheet.choices.values.setCurrentIndex(1)
    assert "--shape wide --values counts" in sheet.command()
    sheet.choices.row.setCurrentIndex(3)
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
    sheet.choices.row.setCurrentIndex(2)
    choose_format(sheet, "jsonl")
    assert not sheet.choices.row.isEnabled()
    assert sheet.options.shape == "long"
    assert sheet.go.text() == "Export 87 rows"


def test_coded_articles_go_out_by_number(sheet, session, qtbot, monkeypatch, tmp_path):
    choose_format(sheet, "articles-html")
    sheet.choices.articles.pick(["done"])
    number = len(articles.numbers(session.project)["done"])
    assert sheet.go.text() == f"Export {number} article{'s' if number > 1 else ''}"
    assert sheet.heading.text() == "Coded articles as HTML"
    assert not sheet.preview.isVisible()
    assert not sheet.choices.text.isEnabled()
    assert "--state done" in sheet.command()
    write(sheet, qtbot, monkeypatch, tmp_path / "out.html")
    assert "<mark " in (tmp_path / "out.html").read_text("utf-8")


def test_a_filter_narrows_and_coders_are_numbered(sheet, session, qtbot, tmp_path):
    from ui.commands import postil

    sheet.choices.filter.setText('outlet="the kestrel"')
    qtbot.waitUntil(lambda: "in another article" in sheet.stays.text())
    going = sheet.rows
    assert 0 < going < 88
    sheet.choices.names.setCurrentIndex(1)
    words = shlex.split(sheet.command())
    assert words[-3:] == ["--filter", 'outlet="the kestrel"', "--anonymous"]
    words[3] = str(tmp_path / "out.csv")
    ran = CliRunner().invoke(postil, words[1:])
    assert ran.exit_code == 0, ran.output
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text("utf-8").splitlines()))
    assert len(rows) == going
    assert {row["coder"] for row in rows} == {"Coder 1", "Coder 2"}
    sheet.choices.filter.setText("outlet=nothing")
    qtbot.waitUntil(lambda: not sheet.go.isEnabled())


def test_a_preset_is_kept_and_taken_in_the_sheet(sheet, session, look, qtbot, monkeypatch):
    from ui.dialogs.export import ExportDialog as Another

    choose_format(sheet, "jsonl")
    sheet.choices.coders.pick(["Ana"])
    sheet.choices.articles.pick(["done"])
    sheet.choices.text.setCurrentIndex(2)
    sheet.choices.split.setCurrentIndex(1)
    sheet.choices.seed.setValue(7)
    sheet.choices.order.setCurrentIndex(2)
    monkeypatch.setattr(ask, "text", lambda *_: "For R")
    sheet.presets._keep()
    assert sheet.presets.text() == "Preset: For R"
    kept, rows = sheet.chosen, sheet.rows
    other = Another(session, look, None)
    qtbot.addWidget(other)
    other.presets._fill()
    other.presets._menu.actions()[0].trigger()
    assert (other.chosen, other.rows) == (kept, rows)
    assert other.choices.more.isChecked()
    assert other.presets.text() == "Preset: For R"
    other.choices.coders.pick([])
    assert other.presets.text() == "Preset: none"


def test_preview_and_counts_follow_context_and_split(sheet):
    sheet.choices.text.setCurrentIndex(1)
    heads = [sheet.preview.horizontalHeaderItem(at).text() for at in range(sheet.preview.columnCount())]
    assert heads == ["article", "before", "quote", "after", "code", "coder"]
    sheet.choices.split.setCurrentIndex(1)
    assert sheet.preview.horizontalHeaderItem(6).text() == "split"
    assert sheet.rows == 87
    numbers = []
    for at in (1, 2, 3):
        sheet.choices.part.setCurrentIndex(at)
        numbers.append(sheet.rows)
        assert f"in another part ({87 - sheet.rows})" in plain(sheet.stays)
    assert sum(numbers) == 87
    assert "--context 10 --split 80/10/10 --part test" in sheet.command()


def test_a_round_and_the_consensus_can_be_chosen_and_kept(session, look, qtbot):
    from annotate.rounds import Kind
    from annotate.sampling import Method
    from storage import coders, rounds

    people = [each.id for each in session.coders]
    method = Method(2, near=True)
    plan = rounds.drawn(session.project, people[:1], method, 1)

    def fill(step):
        rounds.add(step, "Pilot", Kind.CALIBRATION, method, 1, plan)
        coders.set_consensus(step, people[1])

    session.do("Fill", fill)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    sheet = ExportDialog(session, look, window)
    sheet.open()
    choices = sheet.choices
    choices.articles.pick(["round:Pilot"])
    choices.coders.pick(["whose:own"])
    chosen = choices.chosen(writers.writer("csv"))
    assert (chosen.rounds, chosen.whose, chosen.coders, chosen.states) == (("Pilot",), "own", (), ())
    assert "--round Pilot" in chosen.command(Path("p.postil"), "out.csv")
    assert "--whose own" in chosen.command(Path("p.postil"), "out.csv")
    choices.coders.pick(["whose:consensus"])
    assert sheet.rows < 87
    choices.take(chosen)
    assert (choices.articles.picked, choices.coders.picked) == (["round:Pilot"], ["whose:own"])
    session.do("Remove", lambda step: rounds.remove(step, [rounds.named(session.project, "Pilot").id]))
    other = ExportDialog(session, look, window)
    with pytest.raises(UserError, match="a round that is not in this project"):
        other.choices.take(chosen)


def test_the_quotes_of_the_first_rows_keep_room_in_a_small_window(session, look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1024, 700)
    window.show()
    sheet = ExportDialog(session, look, window)
    sheet.open()
    sheet.choices.text.setCurrentIndex(2)
    sheet.choices.split.setCurrentIndex(1)
    heads = [sheet.preview.horizontalHeaderItem(at).text() for at in range(sheet.preview.columnCount())]
    assert {"before", "quote", "after", "split"} <= set(heads)
    widths = {name: sheet.preview.columnWidth(at) for at, name in enumerate(heads)}
    assert widths["quote"] >= 120
    assert min(widths.values()) >= 40
    assert sum(widths.values()) <= sheet.preview.viewport().width() + 2
