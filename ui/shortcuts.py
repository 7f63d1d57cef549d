"""The keys of codes: which letter a person means on any keyboard layout, and which code answers to it."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from annotate.model import Code
from storage import Change
from ui.actions import ACTIONS, ActionSpec, is_letter
from ui.session import Session

# Keys of a US keyboard by their evdev code, which is also the scan code of set 1 that Windows gives.
PHYSICAL = (
    dict(zip(range(2, 14), "1234567890-=", strict=True))
    | dict(zip(range(16, 28), "qwertyuiop[]", strict=True))
    | dict(zip(range(30, 42), "asdfghjkl;'`", strict=True))
    | dict(zip(range(43, 54), "\\zxcvbnm,./", strict=True))
)
# Keys of a US keyboard by Apple's virtual key codes.
APPLE = dict(enumerate("asdfghzxcv")) | {
    11: "b", 12: "q", 13: "w", 14: "e", 15: "r", 16: "y", 17: "t", 18: "1", 19: "2", 20: "3", 21: "4",
    22: "6", 23: "5", 24: "=", 25: "9", 26: "7", 27: "-", 28: "8", 29: "0", 30: "]", 31: "o", 32: "u",
    33: "[", 34: "i", 35: "p", 37: "l", 38: "j", 39: "'", 40: "k", 41: ";", 42: "\\", 43: ",", 44: "/",
    45: "n", 46: "m", 47: ".", 50: "`",
}  # fmt: skip
SHIFTED = dict(zip("1234567890-=[]\\;',./`", '!@#$%^&*()_+{}|:"<>?~', strict=True))
X11_OFFSET = 8
COMMANDS = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def letter_of(event: QKeyEvent, platform: str = "") -> str:
    """The letter, digit or sign a person means: what the layout gives if it is ASCII, else what stands on that
    key of a US keyboard where the layout is of another script (Cyrillic, Greek, Arabic, Hebrew, Hangul ...).

    "" for keys with Ctrl, Alt or Meta, for spaces and controls, and where nothing fits. `platform` is Qt's
    name of the window system; empty: the one in use.
    """
    if event.modifiers() & COMMANDS:
        return ""
    text = event.text()
    shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if len(text) == 1 and "!" <= text <= "~":
        return text
    if not text:
        key = event.key()
        return _cased(chr(key).lower(), shift) if 0x21 <= key <= 0x7E else ""
    if len(text) == 1 and text.isdigit():
        return str(unicodedata.digit(text, ""))
    if not text.isalpha() or unicodedata.name(text[0], "LATIN").startswith("LATIN"):
        return ""
    return _cased(_on_us_keyboard(event, platform or QGuiApplication.platformName()), shift)


def _on_us_keyboard(event: QKeyEvent, platform: str) -> str:
    if platform == "cocoa":
        return APPLE.get(event.nativeVirtualKey(), "")
    if platform == "windows":
        return PHYSICAL.get(event.nativeScanCode(), "")
    return PHYSICAL.get(event.nativeScanCode() - X11_OFFSET, "")


def _cased(letter: str, shift: bool) -> str:
    return SHIFTED.get(letter, letter.upper()) if shift else letter


def fixed_letters() -> dict[str, ActionSpec]:
    """The letters that actions have, lower case, and the action of each."""
    return {key.casefold(): spec for spec in ACTIONS for key in spec.keys if is_letter(key) and len(key) == 1}


def refusal(key: str) -> str:
    """Why a code cannot have this key, as a sentence; "" if it can."""
    if len(key) != 1 or not key.isascii() or not key.isalnum():
        return "A code's key is one letter or digit."
    taken = fixed_letters().get(key.casefold())
    if taken:
        return f"“{key.upper()}” is the key of “{taken.text.rstrip('…')}”; choose another."
    return ""


class CodeKeys(QObject):
    """Which code answers to a letter; capitals and small letters are one key."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._held: dict[str, str] | None = None
        session.changed.connect(self._follow)

    def code_for(self, letter: str) -> str | None:
        """The id of the code whose key this is; letters of actions are nobody's."""
        if self._held is None:
            self._held = self._made()
        return self._held.get(letter.casefold())

    def owner(self, key: str, but: str | None = None) -> Code | None:
        """The code that has `key` already, other than `but`."""
        for code in self._session.codes.values():
            held = code.shortcut.casefold() == key.casefold() and not code.retired
            if key and held and code.id != but:
                return code
        return None

    def conflicts(self) -> list[Code]:
        """Codes whose key does nothing: an action or an earlier code has it."""
        return [
            code
            for code in self._session.codes.values()
            if code.shortcut and not code.retired and self.code_for(code.shortcut) != code.id
        ]

    def _made(self) -> dict[str, str]:
        held: dict[str, str] = {}
        for code in self._session.codes.values():
            key = code.shortcut.casefold()
            if code.offered and key and not refusal(key):
                held.setdefault(key, code.id)
        return held

    def _follow(self, change: Change) -> None:
        if change.touches("taxonomy", "code"):
            self._held = None
            self.changed.emit()
