"""The main job in the real window: open, select, tag, undo, find again, by mouse and by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame

from annotate.model import ArticleState
from storage import Project, articles, coders, highlights
from storage.demo import make_demo
from ui import ask
from ui.look import Look
from ui.settings import Settings
from ui.window import Window

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    path = tmp_path / "demo.postil"
    make_demo(path)
    settings = Settings(qapp)
    settings.set_coder("Ana")
    settings.set_theme("light")
    look = Look(qapp, settings)
    made = Window(settings, look)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    assert made.open_project(path)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.workspace.reading.view.setFocus()
    qtbot.waitUntil(made.workspace.reading.view.hasFocus)
    yield made
    made.close()


class Keys:
    """Presses keys where the focus is, and counts them; modifiers held down are no presses of their own."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, key, modifiers=Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        for _ in range(times):
            self.presses += 1
            QTest.keyClick(QGuiApplication.focusObject(), key, modifiers)

    def type(self, text: str) -> None:
        self.presses += len(text)
        QTest.keyClicks(QGuiApplication.focusObject(), text)


def marks(window: Window):
    session = window.workspace.session
    return highlights.of_article(session.project, session.article)


def select(window: Window, words: str) -> tuple[int, int]:
    view = window.workspace.reading.view
    start = view.text().index(words)
    view.set_selection((start, start + len(words)))
    return start, start + len(words)


def open_titled(window: Window, title: str) -> None:
    project = window.workspace.session.project
    window.workspace.open_article(
        next(a.id for a in articles.all_articles(project) if a.title.startswith(title))
    )


def test_the_first_article_in_progress_is_shown_with_its_marks(window: Window) -> None:
    workspace = window.workspace
    assert workspace.reading.view.text().startswith("Court halts first transfer flight")
    assert len(marks(window)) == 26
    assert workspace.status.here.text() == "26 highlights here"
    assert workspace.status.everywhere.text() == "214 in the project"
    assert workspace.status.saved.text() == "All saved"


def test_ten_codings_by_keyboard_take_three_presses_or_fewer_each(window: Window) -> None:
    """Counted from the selection on, which is made by keys too: known codes by their key, or repeated."""
    open_titled(window, "Opposition asks")
    view, keys = window.workspace.reading.view, Keys()
    view.setFocus()
    for at in range(10):
        QTest.keyClick(view, Key.Key_Right, CTRL, 0)
        QTest.keyClick(view, Key.Key_Right, CTRL | SHIFT)
        QTest.keyClick(view, Key.Key_Right, CTRL | SHIFT)
        assert view.selection() is not None
        before, keys.presses = len(marks(window)), 0
        if at % 3 == 2:
            keys.press(Key.Key_R)
        else:
            keys.press((Key.Key_1, Key.Key_5, Key.Key_7)[at % 3])
        assert keys.presses <= 3
        assert len(marks(window)) == before + 1
    assert len(marks(window)) == 10
    for _ in range(10):
        QTest.keyClick(view, Key.Key_Z, CTRL)
    assert marks(window) == []
    for _ in range(10):
        QTest.keyClick(view, Key.Key_Z, CTRL | SHIFT)
    assert len(marks(window)) == 10


def test_quick_tag_takes_letters_and_enter(window: Window) -> None:
    open_titled(window, "Opposition asks")
    span = select(window, "The annex, two pages long")
    keys = Keys()
    keys.press(Key.Key_Return)
    keys.type("morality")
    keys.press(Key.Key_Return)
    (made,) = marks(window)
    assert (made.start, made.end) == span
    assert made.code == "pfc:3"
    assert window.workspace.session.selected == made.id
    assert window.workspace.reading.view.hasFocus()


def test_the_same_code_on_the_same_words_again_takes_it_off(window: Window) -> None:
    open_titled(window, "Opposition asks")
    select(window, "The annex")
    keys = Keys()
    keys.press(Key.Key_5)
    assert len(marks(window)) == 1
    select(window, "The annex")
    keys.press(Key.Key_5)
    assert marks(window) == []
    assert window.workspace.session.project.undoable().label.startswith("Take off")


def test_several_codes_on_one_selection(window: Window) -> None:
    open_titled(window, "Opposition asks")
    span = select(window, "The annex")
    keys = Keys()
    for key in (Key.Key_5, Key.Key_7, Key.Key_H):
        keys.press(key)
    assert [(mark.start, mark.end) for mark in marks(window)] == [span] * 3
    assert {mark.code for mark in marks(window)} == {"pfc:5", "pfc:7", None}


def test_a_first_mark_begins_the_article_and_undo_takes_both_back(window: Window) -> None:
    open_titled(window, "Opposition asks")
    session = window.workspace.session
    select(window, "The annex")
    Keys().press(Key.Key_5)
    assert articles.article(session.project, session.article).state == ArticleState.IN_PROGRESS
    window.actions_["undo"].trigger()
    assert articles.article(session.project, session.article).state == ArticleState.TO_DO


def test_a_mark_with_a_gap(window: Window) -> None:
    open_titled(window, "Opposition asks")
    first = select(window, "The annex")
    keys = Keys()
    keys.press(Key.Key_5)
    second = select(window, "nine days")
    window.workspace.reading.view.select_mark(marks(window)[0].id)
    window.workspace.reading.view.set_selection(second)
    window.workspace.act("add_part")
    (made,) = marks(window)
    assert made.parts == (first, second)


def test_certainty_code_and_deletion_of_the_selected_mark(window: Window) -> None:
    open_titled(window, "Opposition asks")
    select(window, "The annex")
    keys = Keys()
    keys.press(Key.Key_5)
    keys.press(Key.Key_U)
    assert marks(window)[0].certainty == "sure"
    keys.press(Key.Key_C)
    keys.type("morality")
    keys.press(Key.Key_Return)
    assert marks(window)[0].code == "pfc:3"
    keys.press(Key.Key_Delete)
    assert marks(window) == []


def test_offsets_behind_emoji_and_in_right_to_left_text_hold(window: Window) -> None:
    open_titled(window, "What you sent us")
    view = window.workspace.reading.view
    text = view.text()
    behind = next(at for at, sign in enumerate(text) if ord(sign) > 0xFFFF) + 60
    start = text.index(" ", behind) + 1
    span = (start, text.index(" ", start))
    view.set_selection(span)
    known = {mark.id for mark in marks(window)}
    Keys().press(Key.Key_9)
    made = next(mark for mark in marks(window) if mark.id not in known)
    assert text[made.start : made.end] == text[span[0] : span[1]]


def test_in_vivo_makes_code_and_mark_in_one_step(window: Window, monkeypatch) -> None:
    open_titled(window, "Opposition asks")
    monkeypatch.setattr(ask, "text", lambda *_, **__: "Corridor diplomacy")
    select(window, "a corridor")
    Keys().press(Key.Key_N)
    session = window.workspace.session
    (made,) = marks(window)
    assert session.codes[made.code].label == "Corridor diplomacy"
    window.actions_["undo"].trigger()
    assert marks(window) == []
    assert "Corridor diplomacy" not in {code.label for code in session.codes.values()}


def test_a_click_selects_a_mark_and_the_inspector_shows_it(window: Window) -> None:
    view = window.workspace.reading.view
    mark = marks(window)[0]
    box = view.rectangle(mark.start + 3)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(box.x()) + 2, round(box.center().y()))
    )
    assert window.workspace.session.selected == mark.id


def test_find_in_the_article_and_in_all(window: Window) -> None:
    keys = Keys()
    window.actions_["find"].trigger()
    keys.type("transfer")
    bar = window.workspace.reading.find_bar
    assert bar.count.text().startswith("1 of ")
    keys.press(Key.Key_Return)
    assert bar.count.text().startswith("2 of ")
    keys.press(Key.Key_Escape)
    assert window.workspace.reading.view.hasFocus()
    entries = [e for e in window.palette_.entries("commission report") if e.kind == "In the texts"]
    assert entries
    before = window.workspace.session.article
    entries[0].run()
    assert window.workspace.session.article != before or bar.isVisible()


def test_the_palette_lists_commands_articles_and_codes(window: Window) -> None:
    kinds = {entry.kind for entry in window.palette_.entries("court")}
    assert {"Articles", "In the texts"} <= kinds
    assert any(entry.text.startswith("Export") for entry in window.palette_.entries("export"))
    assert any(entry.kind == "Codes" for entry in window.palette_.entries("morality"))


def test_reading_goes_on_where_it_stopped(window: Window, qtbot) -> None:
    workspace = window.workspace
    open_titled(window, "Safe in Fact: Rep")
    view = workspace.reading.view
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    place = view.place()
    assert place > 1000
    open_titled(window, "Court halts")
    open_titled(window, "Safe in Fact: Rep")
    assert abs(view.place() - place) < 200
    path = workspace.session.project.path
    window.close_project()
    assert window.open_project(path)
    assert window.workspace.reading.view.text().startswith("Safe in Fact: Rep"), "the article shown last"
    assert abs(window.workspace.reading.view.place() - place) < 200


def test_closing_leaves_one_file_and_all_steps(window: Window) -> None:
    path = window.workspace.session.project.path
    open_titled(window, "Opposition asks")
    select(window, "The annex")
    Keys().press(Key.Key_5)
    window.close()
    left = {each.name for each in path.parent.iterdir() if each.is_file()} - {"settings.ini"}
    assert left == {"demo.postil"}
    with Project.open(path, write=False) as project:
        assert highlights.count(project) == 215


def test_another_process_is_seen(window: Window) -> None:
    session = window.workspace.session
    with Project.open(session.project.path) as other:
        ben = coders.named(other, "Ben")
        made = highlights.make(session.article, ben.id, "pfc:5", [(0, 5)])
        other.do("Mark", lambda step: highlights.add(step, [made]))
    session.look_for_others()
    assert window.workspace.reading.view.mark(made.id) is not None
    assert window.workspace.status.here.text() == "27 highlights here"


def test_a_second_window_is_offered_read_only(window: Window, qtbot) -> None:
    second = Window(window.settings, window.look)
    qtbot.addWidget(second)
    path = window.workspace.session.project.path
    assert not second.open_project(path)
    (notice,) = second.notices.standing()
    assert "open in another window" in notice.text
    assert second.open_project(path, read_only=True)
    assert second.workspace.status.saved.text() == "Read-only"
    second.workspace.reading.view.set_selection((0, 5))
    before = highlights.count(second.workspace.session.project)
    second.workspace.reading.take_code("pfc:5")
    assert highlights.count(second.workspace.session.project) == before
    second.close()


def test_a_file_that_is_no_project_is_said(window: Window, tmp_path: Path) -> None:
    rubbish = tmp_path / "rubbish.postil"
    rubbish.write_bytes(b"rubbish" * 100)
    assert not window.open_project(rubbish)
    assert "no Postil project" in window.notices.standing()[-1].text
    assert window.workspace is not None, "the project that was open stays open"


def test_every_action_does_something_or_is_off(window: Window, monkeypatch) -> None:
    """No action raises, whatever is at hand; questions are answered with nothing."""
    for name in ("text", "open_files", "open_folder", "open_project", "open_one", "save_file"):
        monkeypatch.setattr(ask, name, lambda *_, **__: None)
    monkeypatch.setattr(ask, "confirm", lambda *_, **__: False)
    monkeypatch.setattr(ask, "choose", lambda *_, **__: None)
    select(window, "administrative court")
    for spec, action in window.actions_:
        if spec.name in ("quit", "close_project", "new_project", "open_demo"):
            continue
        action.trigger()
        window.workspace.acts.tagger.dismiss()
        window.palette_.close()


def test_panes_fold_in_a_narrow_window_and_come_back(window: Window, qtbot) -> None:
    workspace = window.workspace
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not workspace.right.isVisible())
    assert workspace.articles.isVisible()
    window.actions_["right_pane"].trigger()
    assert workspace.right.isVisible()
    window.resize(1440, 900)
    qtbot.waitUntil(workspace.right.isVisible)


def test_only_the_text(window: Window) -> None:
    workspace = window.workspace
    window.actions_["only_text"].trigger()
    assert not workspace.articles.isVisible()
    assert not workspace.right.isVisible()
    window.actions_["only_text"].trigger()
    assert workspace.articles.isVisible()
    assert workspace.right.isVisible()


def test_themes_change_at_once(window: Window) -> None:
    window.actions_["theme_dark"].trigger()
    assert window.look.theme.dark
    picture = window.workspace.reading.view.viewport().grab().toImage()
    assert picture.pixelColor(5, 5).lightness() < 60
    window.actions_["theme_light"].trigger()
    assert not window.look.theme.dark


def test_who_codes_is_asked_once_and_the_code_is_put_on_then(qtbot, qapp, tmp_path: Path) -> None:
    from ui.dialogs.coder import CoderDialog

    path = tmp_path / "demo.postil"
    make_demo(path)
    settings = Settings(qapp)
    window = Window(settings, Look(qapp, settings))
    qtbot.addWidget(window)
    window.show()
    assert window.open_project(path)
    open_titled(window, "Opposition asks")
    span = select(window, "The annex")
    window.workspace.reading.take_code("pfc:5")
    sheet = window.findChild(CoderDialog)
    assert sheet is not None
    assert marks(window) == []
    sheet.name.setText("Cleo")
    sheet.take()
    (made,) = marks(window)
    assert (made.start, made.end, made.code) == (*span, "pfc:5")
    assert coders.named(window.workspace.session.project, "Cleo").id == made.coder
    assert settings.coder == "Cleo"
    window.close()


def test_one_coder_at_most_stands_for_the_consensus(window: Window) -> None:
    from ui.dialogs.coder import CoderDialog

    session = window.workspace.session
    sheet = CoderDialog(session, window.look, window)
    ana, ben = (next(each.id for each in session.coders if each.name == name) for name in ("Ana", "Ben"))
    sheet.agreed[ana].click()
    sheet.agreed[ben].click()
    assert [sheet.agreed[id].isChecked() for id in (ana, ben)] == [False, True]
    assert coders.consensus(session.project).name == "Ben"
    sheet.agreed[ben].click()
    assert coders.consensus(session.project) is None
    session.undo()
    assert coders.consensus(session.project).name == "Ben"
    sheet.reject()


def test_a_mark_that_gets_a_hidden_code_goes_from_sight(window: Window) -> None:
    open_titled(window, "Opposition asks")
    select(window, "The annex")
    Keys().press(Key.Key_5)
    (made,) = marks(window)
    window.workspace.session.hide_codes(frozenset({"pfc:3"}))
    assert window.workspace.reading.view.mark(made.id) is not None
    window.workspace.coding.change_code(made, "pfc:3")
    assert window.workspace.reading.view.mark(made.id) is None
    window.workspace.session.hide_codes(frozenset())
    assert window.workspace.reading.view.mark(made.id) is not None


def test_settings_act_on_the_article_at_once(window: Window) -> None:
    from PySide6.QtGui import QFontDatabase

    view, settings = window.workspace.reading.view, window.settings
    face = next(family for family in QFontDatabase.families() if family.startswith("Inter"))
    settings.set_typography(size=24, line=38, face=face)
    assert view.document().defaultFont().family() == face
    assert view.document().defaultFont().pixelSize() == 24
    settings.set_typography(size=18, line=30, face="No such face")
    assert view.document().defaultFont().family() == "Source Serif 4"
    with_margin = view.viewport().grab().toImage()
    settings.set_flag("margin", False)
    without = view.viewport().grab().toImage()
    assert with_margin != without
    settings.set_flag("margin", True)
    assert view.viewport().grab().toImage() == with_margin


def test_word_snapping_can_be_switched_off(window: Window) -> None:
    view = window.workspace.reading.view
    start = view.text().index("administrative") + 3
    from_, to = (view.rectangle(start + step).center().toPoint() for step in (0, 5))
    for snaps, length in ((True, len("administrative")), (False, 5)):
        window.settings.set_flag("snap_words", snaps)
        QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=from_)
        QTest.mouseMove(view.viewport(), to)
        QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=to)
        span = view.selection()
        assert span is not None
        assert span[1] - span[0] == length
        view.set_selection(None)


def test_it_ends_cleanly_after_something_was_copied(tmp_path: Path) -> None:
    """A Python object left in Qt's clipboard crashed the program at its end."""
    import subprocess
    import sys

    from tests.shared import ROOT

    make_demo(tmp_path / "demo.postil")
    source = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui import app
from ui.window import Window

def copy_and_close():
    window = next(each for each in QApplication.topLevelWidgets() if isinstance(each, Window))
    window.workspace.reading.view.set_selection((0, 20))
    window.workspace.reading.view.copy()
    window.close()

app.application()
QTimer.singleShot(400, copy_and_close)
sys.exit(app.run_window(Path({str(tmp_path / "demo.postil")!r})))
"""
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_projects_opened_one_after_another_leave_nothing_behind(window: Window) -> None:
    """Layouts that Qt had freed were taken for new menu actions, some projects later."""
    path = window.workspace.session.project.path
    for _ in range(12):
        window.resize(1400 + _, 900)
        window.repaint()
        window.close_project()
        QGuiApplication.processEvents()
        assert window.open_project(path)
        orders = window.workspace.articles.order.menu()
        orders.aboutToShow.emit()
        assert orders.actions()
        window.repaint()


def test_an_edge_of_anothers_highlight_comes_back_and_a_sentence_says_why(window: Window) -> None:
    view, session = window.workspace.reading.view, window.workspace.session
    his = next(mark for mark in marks(window) if mark.coder != session.coder.id)
    said: list[str] = []
    session.failed.connect(said.append)
    view.select_mark(his.id)
    view.edge_dragged.emit(his.id, his.start, his.end + 12)
    QTest.keyClick(view, Key.Key_Delete)
    assert his in marks(window)
    assert view.mark(his.id).end == his.end
    assert said == ["This is Ben’s highlight. “Edit anyway” beside it unlocks it."] * 2
    window.workspace.inspector.locked.linkActivated.emit("edit")
    QTest.keyClick(view, Key.Key_Delete)
    assert his.id not in {mark.id for mark in marks(window)}


def test_the_panes_are_as_wide_after_only_the_text_as_before(window: Window) -> None:
    panes = window.workspace.panes
    panes.setSizes([300, 780, 360])
    before = panes.sizes()
    window.actions_["only_text"].trigger()
    QTest.qWait(20)
    assert not [line for line in window.workspace.findChildren(QFrame) if is_rule(line) and line.isVisible()]
    window.actions_["only_text"].trigger()
    QTest.qWait(20)
    assert panes.sizes() == before


def is_rule(line: QFrame) -> bool:
    return line.property("role") == "rule"


def test_files_dropped_on_the_window_are_added(window: Window, tmp_path: Path, qtbot) -> None:
    path = tmp_path / "dropped.txt"
    path.write_text("A dropped text\n\nThe words of the text that was dropped on the window.\n")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    before = articles.count(window.workspace.session.project)
    window.dropEvent(drop)
    assert drop.isAccepted()
    qtbot.waitUntil(lambda: articles.count(window.workspace.session.project) == before + 1, timeout=20_000)


def test_a_memo_being_typed_is_kept_when_the_window_is_closed(window: Window) -> None:
    workspace = window.workspace
    mine = next(mark for mark in marks(window) if mark.coder == workspace.session.coder.id)
    path = workspace.session.project.path
    workspace.reading.view.select_mark(mine.id)
    workspace.act("edit_memo")
    QTest.keyClicks(workspace.inspector.memo.editor, "Half a thought")
    window.close()
    with Project.open(path, write=False) as read:
        assert highlights.highlight(read, mine.id).memo.endswith("Half a thought")


def test_a_long_project_title_ends_in_an_ellipsis_and_leaves_room_for_the_search(
    window: Window, tmp_path
) -> None:
    title = "Parliament & press: " + "a study with a very long title " * 5
    Project.create(tmp_path / "long.postil", title).close()
    assert window.open_project(tmp_path / "long.postil")
    window.resize(1024, 700)
    QTest.qWait(20)
    assert window.title.text().endswith("…")
    assert window.title.text().startswith("Parliament && press")
    assert title in window.title.toolTip()
    assert window.search.width() > 250


def test_the_switches_of_the_settings_do_what_they_say(window: Window) -> None:
    view, settings = window.workspace.reading.view, window.settings
    settings.set_flag("margin", False)
    open_titled(window, "Ministers split")
    view.viewport().grab()
    assert not view._painter.labels
    open_titled(window, "Court halts")
    settings.set_flag("margin", True)
    view.viewport().grab()
    assert view._painter.labels
    assert drawn_over(window, "udges wro") == "judges wrote"
    settings.set_flag("snap_words", False)
    assert drawn_over(window, "udges wro") == "udges wro"


def drawn_over(window: Window, words: str) -> str:
    """What a mouse drawn over these words selects."""
    view = window.workspace.reading.view
    view.set_selection(None)
    start = view.text().index(words)
    begin, end = (view.rectangle(place).center().toPoint() for place in (start, start + len(words)))
    port, no = view.viewport(), Qt.KeyboardModifier.NoModifier
    QTest.mousePress(port, LEFT, no, begin)
    for place in (begin + QPoint(15, 0), end):
        event = QMouseEvent(
            QEvent.Type.MouseMove, QPointF(place), QPointF(port.mapToGlobal(place)), LEFT, LEFT, no
        )
        QApplication.sendEvent(port, event)
    QTest.mouseRelease(port, LEFT, no, end)
    return window.workspace.reading.selection_text()


def test_the_spaces_that_selecting_by_word_takes_along_are_not_marked(window: Window) -> None:
    reading = window.workspace.reading
    text = reading.view.text()
    start = text.index("stopped")
    before = {mark.id for mark in marks(window)}
    reading.view.set_selection((start, start + len("stopped ")))
    QTest.keyClick(reading.view, Key.Key_5)
    (made,) = [mark for mark in marks(window) if mark.id not in before]
    assert text[made.start : made.end] == "stopped"


def test_plus_and_minus_take_the_highlight_as_an_example(window: Window, qtbot) -> None:
    workspace = window.workspace
    workspace.reading.step_mark(1)
    mark = workspace.reading.selected()
    assert mark
    QTest.keyClick(workspace.reading.view, Key.Key_Plus)
    code = workspace.session.codes[mark.code]
    title = articles.article(workspace.session.project, mark.article).title
    who = workspace.session.coder_name(mark.coder)
    assert code.examples.endswith(f"” ({title} · {who})")
    QTest.keyClick(workspace.reading.view, Key.Key_Minus)
    QTest.keyClicks(QGuiApplication.focusObject(), "moral")
    QTest.keyClick(QGuiApplication.focusObject(), Key.Key_Return)
    other = next(each for each in workspace.session.codes.values() if each.label == "Morality")
    assert other.counter_examples.endswith(f"” ({title} · {who})")
    assert workspace.reading.selected() == mark


def test_versions_and_the_log_open_from_the_menu(window: Window) -> None:
    from ui.codes.versions import ChangeLog, Versions

    for action, kind in (("versions", Versions), ("change_log", ChangeLog)):
        window.actions_[action].trigger()
        sheet = window.findChild(kind)
        assert sheet.isVisible()
        sheet.reject()
