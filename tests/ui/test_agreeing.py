"""Agreement in the window: figures, the passages behind them, and the report."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from annotate.agreement.estimate import Estimate, none
from annotate.model import ArticleState
from storage import articles, highlights
from storage.agreement import Wanted
from storage.agreement_passages import passages
from ui import ask
from ui.agreeing.sheet import Agreement
from ui.agreeing.table import CODE, cell


@pytest.fixture
def both(coded):
    """Ana and Ben have coded the article alike in one place and otherwise in another, and it is done."""

    def fill(step):
        articles.set_state(step, [coded.article], ArticleState.DONE)
        highlights.add(
            step,
            [
                highlights.make(coded.article, coded.ana, "f:2", [(150, 160)]),
                highlights.make(coded.article, coded.ben, "f:2", [(150, 160)]),
                highlights.make(coded.article, coded.ben, "f:2", [(170, 175)]),
            ],
        )

    coded.session.do("Fill", fill)
    return coded


@pytest.fixture
def sheet(both, look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 820)
    window.show()
    made = Agreement(both.session, look, window)
    made.open()
    qtbot.waitUntil(lambda: made._job is None, timeout=20_000)
    yield made
    made.reject()


def row_of(sheet: Agreement, code: str) -> int:
    return next(at for at in range(sheet.table.rowCount()) if sheet.table.item(at, 0).data(CODE) == code)


def test_figures_stand_code_by_code_below_their_taxonomy(sheet):
    assert sheet.said.text().startswith("Ana and Ben on 1 article, each done and coded by all of them.")
    row = row_of(sheet, "f:2")
    assert sheet.table.item(row, 1).text() == "1*"
    assert sheet.table.item(row, 2).text() == "1.00"
    assert sheet.table.item(row, 3).text() == "–"
    assert sheet.table.item(row, 3).toolTip() == "Not defined: no variation"
    assert sheet.table.item(0, 0).data(CODE) == ""
    assert sheet.table.currentRow() == row_of(sheet, sheet.table.item(1, 0).data(CODE))


def test_the_passages_of_a_code_are_side_by_side_and_lead_to_their_place(sheet, both, qtbot):
    sheet.table.setCurrentCell(row_of(sheet, "f:2"), 0)
    said = sheet.text.toPlainText()
    assert "2 of them with the same characters by all" in said
    assert "Ana" in said
    assert "Ben" in said
    mark = next(each for each in highlights.of_article(both.project, both.article) if each.start == 170)
    with qtbot.waitSignal(sheet.go_asked) as told:
        sheet._go(QUrl(mark.id))
    assert told.args == [both.article, 170]


def test_who_and_what_is_compared_can_be_chosen(sheet, both, qtbot):
    sheet.coders.pick(["Ana"])
    qtbot.waitUntil(lambda: sheet._job is None, timeout=20_000)
    assert sheet.said.text() == "Name another coder beside Ana, or none for all."
    assert not sheet.save_button.isEnabled()
    sheet.coders.pick([])
    sheet.articles.setCurrentIndex(1)
    sheet.articles.activated.emit(1)
    assert sheet.wanted().unfinished
    qtbot.waitUntil(lambda: sheet._job is None, timeout=20_000)
    assert sheet.save_button.isEnabled()


def test_the_report_is_saved_as_a_folder(sheet, tmp_path, monkeypatch):
    out = tmp_path / "agreement"
    monkeypatch.setattr(ask, "save_file", lambda *_: out)
    sheet.save()
    assert (out / "agreement.md").exists()
    assert (out / "code_agreement.csv").exists()
    sheet.save()
    assert "already there" in sheet.problem.text()


def test_closing_while_it_compares_waits_for_it(both, look, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    made = Agreement(both.session, look, window)
    made.open()
    made.reject()
    assert made._job is None


def test_a_figure_says_its_interval_or_why_there_is_none():
    assert cell(Estimate(0.5, low=0.25, high=0.75)) == ("0.50", "95 % interval 0.25 to 0.75")
    assert cell(Estimate(-0.5)) == ("−0.50", "")
    assert cell(none("no variation")) == ("–", "Not defined: no variation")


def test_passages_know_which_all_share(both):
    held = passages(both.project, Wanted(), "f:2")
    shared = [(each.coder, each.start) for each in held if each.shared]
    assert shared == [("Ana", 150), ("Ben", 150)]
    text = articles.text(both.project, both.article)
    assert all(text[each.start :].startswith(each.quote.split(" … ")[0]) for each in held)
