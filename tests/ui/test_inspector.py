"""The selected highlight: nothing typed into its memo is lost."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest

from storage import highlights, taxonomy_versions
from tests.ui.coded import TEXT
from ui.inspector import Inspector, made_at
from ui.prose import as_html


@pytest.fixture
def inspector(qtbot, coded, look):
    made = Inspector(coded.session, look)
    made.resize(304, 360)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.flush()


def select(coded, **more):
    mark = coded.mark("f:2", 4, 20, **more)
    coded.session.select_highlight(mark.id)
    return mark


def memo_of(coded, mark) -> str:
    return highlights.highlight(coded.project, mark.id).memo


def test_it_shows_words_code_coder_and_time(inspector, coded):
    select(coded, memo="Look again")
    assert inspector._quote_text == TEXT[4:20]
    assert inspector.code.text() == "Legality"
    assert inspector.coder.text().startswith("Ana · ")
    assert inspector.memo.text() == "Look again"
    coded.session.select_highlight(None)
    assert inspector._mark is None


def test_it_says_under_which_version_of_the_taxonomy_a_highlight_was_made(inspector, coded):
    select(coded)
    assert "version" not in inspector.coder.text()
    coded.session.do("Freeze", lambda step: taxonomy_versions.freeze(step, "frames", "1.0"))
    time.sleep(0.003)  # times are kept to the millisecond
    select(coded)
    assert inspector.coder.text().endswith(" · version 1.0")


def test_typing_is_stored_after_a_pause_as_one_step(inspector, coded, qtbot):
    mark = select(coded)
    before = coded.project.last_step()
    QTest.keyClicks(inspector.memo.editor, "not the merits")
    assert memo_of(coded, mark) == ""
    qtbot.waitUntil(lambda: memo_of(coded, mark) == "not the merits", timeout=3000)
    assert coded.project.last_step() == before + 1
    assert coded.project.history(1)[0].label == "Memo on “court in Velmora”"
    coded.session.undo()
    assert inspector.memo.text() == ""


def test_another_highlight_takes_no_typing_away(inspector, coded):
    mark = select(coded)
    QTest.keyClicks(inspector.memo.editor, "first")
    other = coded.mark("f:11", 30, 40)
    coded.session.select_highlight(other.id)
    assert memo_of(coded, mark) == "first"
    assert inspector.memo.text() == ""
    coded.session.select_highlight(mark.id)
    assert inspector.memo.text() == "first"


def test_flush_stores_at_once_and_twice_is_once(inspector, coded):
    mark = select(coded)
    QTest.keyClicks(inspector.memo.editor, "x")
    assert inspector.flush()
    step = coded.project.last_step()
    assert inspector.flush()
    assert (memo_of(coded, mark), coded.project.last_step()) == ("x", step)


def test_undo_of_the_mark_keeps_the_typing_for_its_return(inspector, coded, qtbot):
    mark = select(coded)
    QTest.keyClicks(inspector.memo.editor, "kept")
    coded.session.undo()
    assert highlights.highlight(coded.project, mark.id) is None
    coded.session.redo()
    coded.session.select_highlight(None)
    coded.session.select_highlight(mark.id)
    assert inspector.memo.text() == "kept"
    inspector.flush()
    assert memo_of(coded, mark) == "kept"


def test_a_change_elsewhere_leaves_unstored_typing_alone(inspector, coded):
    mark = select(coded)
    QTest.keyClicks(inspector.memo.editor, "mine")
    coded.session.do("Certainty", lambda step: highlights.edit(step, [mark.id], certainty="sure"))
    assert inspector.memo.text() == "mine"
    assert inspector.memo.editor.textCursor().position() == 4


def test_typing_that_cannot_be_stored_is_tried_again(inspector, coded, monkeypatch):
    mark = select(coded)
    QTest.keyClicks(inspector.memo.editor, "later")
    monkeypatch.setattr(coded.project, "writable", False)
    assert not inspector.flush()
    monkeypatch.setattr(coded.project, "writable", True)
    assert inspector.flush()
    assert memo_of(coded, mark) == "later"


def test_certainty_is_one_click(inspector, coded):
    mark = select(coded)
    unsure = next(b for b in inspector.certainty.buttons() if b.text() == "Unsure")
    unsure.click()
    assert highlights.highlight(coded.project, mark.id).certainty == "unsure"
    assert coded.project.history(1)[0].label == "Unsure: “court in Velmora”"


def test_another_coders_highlight_is_read_only_until_asked(inspector, coded):
    mark = select(coded, coder=coded.ben, memo="Ben's")
    assert inspector.memo.editor.isReadOnly()
    assert not inspector.code.isEnabled()
    assert "Ben’s highlight." in inspector.locked.text()
    inspector.locked.linkActivated.emit("edit")
    assert not inspector.memo.editor.isReadOnly()
    assert inspector.code.isEnabled()
    coded.session.select_highlight(None)
    coded.session.select_highlight(mark.id)
    assert inspector.memo.editor.isReadOnly()


def test_buttons_ask_the_window(inspector, coded, qtbot):
    mark = select(coded)
    for button, signal in (
        (inspector.code, inspector.change_code_asked),
        (inspector.remove, inspector.delete_asked),
    ):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [mark.id]
    with qtbot.waitSignal(inspector.cycle_asked):
        inspector.next_here.click()


def test_gaps_are_said(inspector, coded):
    made = highlights.make(coded.article, coded.ana, None, [(0, 3), (10, 15)])
    coded.session.do("Highlight", lambda step: highlights.add(step, [made]))
    coded.session.select_highlight(made.id)
    assert inspector.parts.text() == "2 parts"
    assert inspector.code.text() == "No code"
    assert inspector._quote_text == f"{TEXT[0:3]} … {TEXT[10:15]}"


def test_long_quotes_are_cut_until_all_is_asked_for(inspector, coded, qtbot):
    mark = coded.mark("f:2", 0, 900)
    coded.session.select_highlight(mark.id)
    qtbot.waitUntil(inspector.more.isVisible)
    height = inspector.quote.heightForWidth(240)
    inspector.more.click()
    assert inspector.quote.heightForWidth(240) > height
    assert not inspector.more.isVisible()


def test_a_highlight_that_is_gone_is_not_shown(inspector, coded):
    mark = select(coded)
    coded.session.do("Delete", lambda step: highlights.remove(step, [mark.id]))
    assert inspector._mark is None
    assert inspector._pages.currentIndex() == 0


def test_the_preview_renders_markdown_and_obeys_no_html(inspector, coded):
    html = as_html("**bold** <script>alert(1)</script> <img src=x onerror=y>\n\n<div>no</div>")
    assert "<strong>bold</strong>" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "<div" not in html
    select(coded, memo="**bold** ![](https://example.org/a.png)")
    inspector.memo.toggle.setChecked(True)
    assert inspector.memo.preview.toPlainText().startswith("bold")
    assert inspector.memo.preview.loadResource(2, QUrl("https://example.org/a.png")) is None


def test_times_read_short_today_and_with_the_date_before():
    made = datetime(2025, 3, 12, 14, 2).astimezone()
    assert made_at(made.isoformat(), datetime(2025, 3, 12, 18)) == "14:02"
    assert made_at(made.isoformat(), datetime(2025, 3, 14, 18)) == "12 Mar 2025, 14:02"
