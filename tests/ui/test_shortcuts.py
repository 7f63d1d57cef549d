"""One letter means one code, on every keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.actions import ACTIONS
from ui.codes import deeds
from ui.shortcuts import CodeKeys, fixed_letters, letter_of, refusal

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(text: str, *, key: int = 0, scan: int = 0, virtual: int = 0, modifiers=NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, virtual, 0, text)


@pytest.mark.parametrize("text", ["a", "A", "5", "]", "?", "/"])
def test_ascii_is_taken_as_typed(text):
    assert letter_of(press(text, scan=99)) == text


@pytest.mark.parametrize(
    ("text", "x11", "letter"),
    [
        ("й", 24, "q"),  # Russian
        ("я", 52, "z"),
        ("х", 34, "["),
        ("ς", 25, "w"),  # Greek
        ("ض", 24, "q"),  # Arabic
        ("ש", 38, "a"),  # Hebrew
        ("ㅂ", 24, "q"),  # Hangul
        ("た", 24, "q"),  # Kana
    ],
)
def test_on_other_scripts_the_place_of_the_key_counts(text, x11, letter):
    assert letter_of(press(text, scan=x11), "xcb") == letter
    assert letter_of(press(text, scan=x11), "wayland") == letter
    assert letter_of(press(text, scan=x11 - 8), "windows") == letter
    assert letter_of(press(text.upper(), scan=x11, modifiers=SHIFT), "xcb") in (letter.upper(), "{")


def test_a_mac_names_its_keys_by_virtual_codes():
    assert letter_of(press("ф", virtual=0), "cocoa") == "a"
    assert letter_of(press("з", virtual=35), "cocoa") == "p"


def test_digits_of_other_scripts_are_digits():
    assert letter_of(press("٥", scan=14), "xcb") == "5"
    assert letter_of(press("५", scan=14), "xcb") == "5"


@pytest.mark.parametrize("text", ["é", "ö", "ß", "ñ", " ", "\x1b", "\r", "ab", "字字"])
def test_what_means_no_key_is_none(text):
    assert letter_of(press(text, scan=0), "xcb") == ""


@pytest.mark.parametrize(
    "modifier",
    [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.MetaModifier],
)
def test_commands_are_no_letters(modifier):
    assert letter_of(press("a", modifiers=modifier)) == ""
    assert letter_of(press("ф", scan=38, modifiers=modifier), "xcb") == ""


def test_a_key_without_text_is_known_by_its_name():
    assert letter_of(press("", key=Qt.Key.Key_A)) == "a"
    assert letter_of(press("", key=Qt.Key.Key_A, modifiers=SHIFT)) == "A"
    assert letter_of(press("", key=Qt.Key.Key_F5)) == ""


def test_codes_answer_to_their_keys_in_either_case(coded, qtbot):
    keys = CodeKeys(coded.session)
    assert keys.code_for("5") == "f:2"
    assert keys.code_for("C") is None  # the letter of an action
    with qtbot.waitSignal(keys.changed):
        deeds.edit(coded.session, coded.session.codes["a:1"], {"shortcut": "e"})
    assert keys.code_for("E") == keys.code_for("e") == "a:1"
    coded.session.undo()
    assert keys.code_for("e") is None


def test_letters_of_actions_are_refused_in_a_sentence():
    assert fixed_letters()["r"].name == "repeat_code"
    assert refusal("R") == "“R” is the key of “Repeat the last code”; choose another."
    assert refusal("ab") == refusal("é") == refusal("/") == "A code's key is one letter or digit."
    assert refusal("5") == refusal("e") == ""


def test_keys_that_do_nothing_are_listed(coded):
    keys = CodeKeys(coded.session)
    assert [code.id for code in keys.conflicts()] == ["f:11"]
    assert keys.owner("5").id == "f:2"
    assert keys.owner("5", but="f:2") is None


def test_every_action_of_a_project_is_one_that_the_workspace_or_its_sheets_know():
    from ui.coding_acts import CodingActs
    from ui.sheets import Sheets
    from ui.workspace import Workspace

    states = {spec.name for spec in ACTIONS if spec.name.startswith("state_")}
    of_window = {"close_project", "search_project", "only_text", "larger", "smaller", "paragraph_numbers"}
    acts = {name for name in dir(CodingActs) if not name.startswith("_")}
    known = {name.removeprefix("_do_") for name in dir(Workspace) if name.startswith("_do_")}
    sheets = {name for name in dir(Sheets) if not name.startswith("_")}
    needing = {spec.name for spec in ACTIONS if spec.needs}
    assert needing - states - of_window - known - acts - sheets == set()
