"""The reading view under mouse and keys, as a reader uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QMouseEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit

from tests.ui.reading import FAMILY, article
from ui.reading.hovercard import CardEntry, HoverCard
from ui.reading.values import Mark
from ui.reading.view import CODE_MIME, SPAN_MIME, ReadingView

TEXT = "The court stopped the first transfer. The judges wrote a letter.\nA second paragraph has a few words."
LEFT = Qt.MouseButton.LeftButton
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier


def span_of(quote: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(quote)
    return start, start + len(quote)


def mark(id: str, quote: str, **more: object) -> Mark:
    return Mark(id, (span_of(quote),), "teal", f"Code {id}", **more)  # type: ignore[arg-type]


def point(view: ReadingView, place: int) -> QPoint:
    """Just right of the caret before a position, in the middle of its line."""
    return view.rectangle(place).center().toPoint() + QPoint(2, 0)


def drag(view: ReadingView, start: int, end: int, keys: Qt.KeyboardModifier = NONE) -> None:
    target = view.viewport()
    QTest.mousePress(target, LEFT, keys, point(view, start))
    for step in range(1, 6):
        way = point(view, start) + (point(view, end) - point(view, start)) * step / 5
        QTest.mouseMove(target, way)
        move(view, way, keys, LEFT)
    QTest.mouseRelease(target, LEFT, keys, point(view, end))


def move(view, where, keys=NONE, buttons=Qt.MouseButton.NoButton):
    """A move of the pointer with modifiers, which QTest cannot make."""
    spot = QPointF(where)
    event = QMouseEvent(
        QEvent.Type.MouseMove, spot, view.viewport().mapToGlobal(spot), Qt.MouseButton.NoButton, buttons, keys
    )
    QApplication.sendEvent(view.viewport(), event)


def quote(view: ReadingView) -> str:
    span = view.selection()
    return view.text()[slice(*span)] if span else ""


def test_the_mouse_selects_whole_words(view, qtbot):
    view.show_article(TEXT)
    with qtbot.waitSignal(view.selection_changed):
        drag(view, TEXT.index("ourt"), TEXT.index("irst"))
    assert quote(view) == "court stopped the first"
    view.set_selection(None)
    drag(view, TEXT.index("irst"), TEXT.index("topped"))
    assert quote(view) == "stopped the first"


def test_alt_keeps_off_the_words(view):
    view.show_article(TEXT)
    drag(view, TEXT.index("ourt"), TEXT.index("irst"), ALT)
    assert quote(view) == "ourt stopped the f"


def test_dragging_to_the_next_paragraph(view):
    view.show_article(TEXT)
    drag(view, TEXT.index("letter"), TEXT.index("cond"))
    assert quote(view) == "letter.\nA second"


def test_a_double_click_selects_the_word(view):
    view.show_article(TEXT)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, point(view, TEXT.index("ansfer")))
    assert quote(view) == "transfer"


def test_selection_after_an_emoji_is_in_code_points(view):
    text = f"An emoji {FAMILY} and \U0001f600 then words here"
    view.show_article(text)
    drag(view, text.index("hen"), text.index("ords"))
    assert view.selection() == span_of("then words", text)
    view.set_selection((9, 10))
    assert view.selection() == (9, 14), "an emoji is never cut"
    view.set_selection(span_of("\U0001f600", text))
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.caret().place == text.index(" then")


def test_keys_select_by_word_sentence_and_paragraph(view):
    view.show_article(TEXT)
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert quote(view) == "The court "
    QTest.keyClick(view, Qt.Key.Key_Down, ALT | SHIFT)
    assert quote(view) == "The court stopped the first transfer. "
    QTest.keyClick(view, Qt.Key.Key_Down, CTRL | SHIFT)
    assert quote(view) == TEXT[: TEXT.index("A second")]
    QTest.keyClick(view, Qt.Key.Key_Up, ALT)
    assert view.caret().span == (span_of("The judges")[0],) * 2
    QTest.keyClick(view, Qt.Key.Key_Down, CTRL)
    assert view.caret().place == TEXT.index("A second")


def test_keys_grow_and_shrink_the_selection(view):
    view.show_article(TEXT)
    view.set_selection(None)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, CTRL)
    grown = []
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, ALT | SHIFT)
        grown.append(quote(view))
    assert grown == ["the", "The court stopped the first transfer.", TEXT.split("\n")[0]]
    QTest.keyClick(view, Qt.Key.Key_Left, ALT | SHIFT)
    QTest.keyClick(view, Qt.Key.Key_Left, ALT | SHIFT)
    assert quote(view) == "the"


def test_plain_keys_move_through_lines_and_pages(view):
    text = article(60)
    view.show_article(text)
    QTest.keyClick(view, Qt.Key.Key_Down)
    first = view.caret().place
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.caret().place > first + 300
    QTest.keyClick(view, Qt.Key.Key_End, CTRL)
    assert view.caret().place == len(text)
    assert 0 < view.rectangle(len(text)).y() < view.height()
    QTest.keyClick(view, Qt.Key.Key_Home, CTRL | SHIFT)
    assert view.selection() == (0, len(text))


def test_clicks_cycle_through_marks_on_each_other(view, qtbot):
    view.show_article(
        TEXT, marks=[mark("long", "court stopped the first transfer"), mark("short", "stopped the")]
    )
    clicked = []
    view.mark_clicked.connect(clicked.append)
    for _ in range(3):
        QTest.mouseClick(view.viewport(), LEFT, NONE, point(view, TEXT.index("topped")))
    assert clicked == ["short", "long", "short"]
    QTest.mouseClick(view.viewport(), LEFT, NONE, point(view, TEXT.index("letter")))
    assert view.selected_mark() is None
    view.set_selection(None)
    assert view.cycle_marks() is None


def test_keys_cycle_too_and_go_from_mark_to_mark(view):
    marks = [mark("b", "judges"), mark("a", "court stopped"), mark("a2", "stopped"), mark("c", "few words")]
    view.show_article(TEXT, marks=marks)
    assert [view.next_mark() for _ in range(5)] == ["a", "a2", "b", "c", "a"]
    assert view.previous_mark() == "c"
    view.select_mark(None)
    view.set_selection((TEXT.index("topped"),) * 2)
    assert [view.cycle_marks() for _ in range(3)] == ["a2", "a", "a2"]
    assert {found.id for found in view.marks_under_caret()} == {"a", "a2"}
    assert view.mark_at(TEXT.index("udges")) == "b"


def test_a_click_on_a_label_selects_its_mark(view, qtbot):
    view.show_article(TEXT, marks=[mark("a", "court"), mark("b", "judges")])
    view.repaint()
    box, id = view._painter.labels[1]
    with qtbot.waitSignal(view.mark_selected):
        QTest.mouseClick(view.viewport(), LEFT, NONE, box.center().toPoint())
    assert view.selected_mark() == id == "b"


@pytest.mark.parametrize(
    ("grab", "to", "keys", "expected"),
    [
        ("end", "econd", NONE, "judges wrote a letter.\nA second"),
        ("end", "rst tr", NONE, "j"),
        ("start", "topped", NONE, "stopped the first transfer. The judges"),
        ("start", "topped", ALT, "topped the first transfer. The judges"),
        ("start", "wrote", NONE, "s"),
    ],
)
def test_the_edges_of_the_selected_mark_are_dragged_and_never_cross(view, grab, to, keys, expected):
    view.show_article(TEXT, marks=[mark("a", "judges")])
    view.select_mark("a")
    said = []
    view.edge_dragged.connect(lambda *args: said.append(args))
    start, end = span_of("judges")
    edge = view.rectangle(start if grab == "start" else end).center().toPoint()
    QTest.mousePress(view.viewport(), LEFT, NONE, edge)
    move(view, point(view, TEXT.index(to)), keys, LEFT)
    live = view.mark("a")
    assert TEXT[live.start : live.end] == expected, "the mark follows the hand"
    assert not said
    QTest.mouseRelease(view.viewport(), LEFT, keys, point(view, TEXT.index(to)))
    assert said == [("a", live.start, live.end)]


def test_an_edge_taken_and_put_back_says_nothing(view):
    view.show_article(TEXT, marks=[mark("a", "judges")])
    view.select_mark("a")
    said = []
    view.edge_dragged.connect(lambda *args: said.append(args))
    QTest.mouseClick(view.viewport(), LEFT, NONE, view.rectangle(span_of("judges")[1]).center().toPoint())
    assert said == []
    assert view.selected_mark() == "a"


def test_escape_lets_the_edge_go(view):
    view.show_article(TEXT, marks=[mark("a", "judges")])
    view.select_mark("a")
    QTest.mousePress(view.viewport(), LEFT, NONE, view.rectangle(span_of("judges")[1]).center().toPoint())
    move(view, point(view, TEXT.index("letter")), NONE, LEFT)
    assert view.mark("a").end > span_of("judges")[1]
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.mark("a").spans == (span_of("judges"),)
    assert view.selected_mark() == "a"
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert view.selected_mark() is None


def dropped(view, qtbot, where: QPoint) -> list:
    data = QMimeData()
    data.setData(CODE_MIME, b"code-7")
    actions, moves = Qt.DropAction.CopyAction, NONE
    enter = QDragEnterEvent(where, actions, data, LEFT, moves)
    QApplication.sendEvent(view.viewport(), enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(view.code_dropped) as said:
        QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(where), actions, data, LEFT, moves))
    return said.args


def test_a_code_is_dropped_on_the_selection_or_on_a_mark(view, qtbot):
    view.show_article(TEXT, marks=[mark("a", "judges wrote")])
    view.set_selection(span_of("first transfer"))
    assert dropped(view, qtbot, point(view, TEXT.index("irst"))) == [
        "code-7",
        span_of("first transfer"),
        None,
    ]
    assert dropped(view, qtbot, point(view, TEXT.index("rote"))) == ["code-7", span_of("judges wrote"), "a"]
    assert dropped(view, qtbot, point(view, TEXT.index("few")))[1] == span_of("first transfer")


def test_other_things_are_not_let_in(view):
    view.show_article(TEXT)
    data = QMimeData()
    data.setText("some text")
    enter = QDragEnterEvent(QPoint(99, 99), Qt.DropAction.CopyAction, data, LEFT, NONE)
    QApplication.sendEvent(view.viewport(), enter)
    assert not enter.isAccepted()
    assert view.toPlainText() == TEXT


def test_copying_gives_the_text_and_the_span(view):
    text = "before\u00a0and\nafter \U0001f600 it"
    view.show_article(text)
    view.set_selection((3, len(text) - 1))
    QTest.keyClick(view, Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == text[3:-1]
    data = view.createMimeDataFromSelection()
    assert bytes(data.data(SPAN_MIME).data()) == f"3,{len(text) - 1}".encode()


def test_typing_changes_nothing(view):
    view.show_article(TEXT)
    view.set_selection((0, 9))
    QTest.keyClicks(view, "abc")
    QTest.keyClick(view, Qt.Key.Key_Delete)
    QTest.keyClick(view, Qt.Key.Key_V, CTRL)
    assert view.toPlainText() == TEXT
    assert view.selection() == (0, 9)


def test_resting_on_a_mark_says_so_and_leaving_too(view, qtbot):
    view.show_article(TEXT, marks=[mark("a", "judges wrote"), mark("b", "judges")])
    with qtbot.waitSignal(view.hovered) as said:
        move(view, point(view, TEXT.index("udges")))
    assert said.args[0] == ["b", "a"]
    with qtbot.waitSignal(view.hovered) as said:
        move(view, point(view, TEXT.index("few")))
    assert said.args[0] == []


def test_the_menu_is_asked_for_at_pointer_and_caret(view, qtbot):
    view.show_article(TEXT)
    where = point(view, TEXT.index("udges"))
    with qtbot.waitSignal(view.menu_requested) as said:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, view.viewport().mapToGlobal(where))
        QApplication.sendEvent(view.viewport(), event)
    assert said.args[1] == TEXT.index("udges")
    with qtbot.waitSignal(view.menu_requested) as said:
        QApplication.sendEvent(
            view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, where)
        )
    assert said.args[1] == view.caret().place


def test_finding_goes_from_hit_to_hit(view):
    text = article(80)
    view.show_article(text)
    hits = view.find_text("minister", whole_words=True)
    assert all(text[slice(*hit)].lower() == "minister" for hit in hits)
    assert [view.next_hit() for _ in range(3)] == [0, 1, 2]
    assert view.selection() == hits[2]
    assert view.previous_hit() == 1
    assert 0 <= view.rectangle(hits[1][0]).y() < view.height()
    view.set_selection(None)
    assert view.find_text("") == []
    assert view.next_hit() == -1


def test_marks_come_go_and_hide(view):
    view.show_article(TEXT, marks=[mark("a", "court")])
    view.add_mark(mark("b", "court stopped", coder="Ben"))
    assert {found.id for found in view.marks_at(5)} == {"a", "b"}
    view.set_filter(lambda each: not each.coder)
    assert view.mark_at(TEXT.index("opped")) is None
    view.add_mark(mark("c", "stopped", coder="Ben"))
    assert view.mark_at(TEXT.index("opped")) is None
    view.set_filter(None)
    assert view.mark_at(TEXT.index("opped")) == "c"
    view.select_mark("c")
    view.remove_mark("c")
    assert view.selected_mark() is None
    view.update_mark(Mark("b", (span_of("few words"),)))
    assert view.mark_at(TEXT.index("ew words")) == "b"
    view.set_marks([])
    assert view.mark_at(5) is None


def test_the_empty_page_says_what_to_do(view):
    view.show_article(TEXT)
    full = view.grab().toImage()
    view.clear_article()
    view.set_empty_text("No articles yet", "Drop files here, or add them.")
    empty = view.grab().toImage()
    assert empty != full
    assert view.selection() is None
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(200, 200))
    assert view.marks_under_caret() == []


def test_screen_readers_hear_the_text(view):
    view.show_article(TEXT)
    heard = QAccessible.queryAccessibleInterface(view)
    assert heard.text(QAccessible.Text.Name) == "Article"
    text = heard.textInterface()
    assert text.text(4, 9) == "court"
    assert text.characterRect(4).width() > 0
    cursor = view.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.NextWord)
    view.setTextCursor(cursor)
    assert text.cursorPosition() == 4


def test_the_card_shows_memo_as_text_not_as_html(qtbot, themed):
    card = HoverCard()
    qtbot.addWidget(card)
    card.show_at(
        QPoint(10, 10), [CardEntry("Economic", "amber", "Frames / 1", "Ben", "a **memo** <b>", True)]
    )
    assert "Economic" in card.text()
    assert "Frames / 1 · Ben · unsure" in card.text()
    assert "&lt;b&gt;" in card.text()
    card.show_at(QPoint(10, 10), [CardEntry("Other")])
    assert card.isVisible()


def test_the_wheel_with_ctrl_asks_for_another_size(view, qtbot):
    view.show_article(article(50))
    spot = QPointF(200, 200)
    for turn, wanted in ((120, 1), (-120, -1)):
        event = QWheelEvent(
            spot,
            spot,
            QPoint(),
            QPoint(0, turn),
            Qt.MouseButton.NoButton,
            CTRL,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        with qtbot.waitSignal(view.zoom_requested) as said:
            QApplication.sendEvent(view.viewport(), event)
        assert said.args == [wanted]
    assert view._page.layout.laid(0).style.size == 18


def test_a_selection_dropped_where_nothing_takes_it_stays_as_it_was(view, monkeypatch):
    view.show_article(TEXT)
    span = span_of("judges")
    view.set_selection(span)
    carried = []
    monkeypatch.setattr(
        QTextEdit, "mouseMoveEvent", lambda edit, _: carried.append(edit.createMimeDataFromSelection())
    )
    QTest.mousePress(view.viewport(), LEFT, NONE, point(view, span[0] + 2))
    move(view, point(view, TEXT.index("letter")), NONE, LEFT)
    assert [data.text() for data in carried] == ["judges"]
    assert view.selection() == span
