"""RTF documents: text in any code page with headings, items, table rows, text boxes, notes at the end."""

from __future__ import annotations

import re

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import plain
from annotate.readers.office import About, counted, office_draft
from annotate.readers.rtf_codes import ESCAPED
from annotate.readers.rtf_words import Document, Words

NAME = "RTF document"
SUFFIXES = (".rtf",)

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\\rtf")
_TOKEN = re.compile(
    rb"\\([a-zA-Z]+)(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}\r\n\0]+)|[\r\n\0]+|\\",
    re.DOTALL,
)
_DEEPEST = 5000  # groups in groups


def sniff(head: bytes) -> bool:
    """Whether it begins as RTF."""
    return bool(_BEGINS.match(head))


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article. A file that is only named so is read as plain text."""
    if not _BEGINS.match(data):
        return plain.read(data, name)
    found = _Walk(data, name).document()
    info = found.info
    about = About(
        title=info.get("title", ""),
        author=info.get("author", ""),
        created=info.get("created", ""),
        modified=info.get("modified", ""),
        styled=found.title,
        attributes={key: info[key] for key in ("subject", "keywords") if info.get(key)},
    )
    notes = [note for what, number in found.left_out.items() for note in counted(number, what)]
    return [office_draft(found.lines, about, name, notes)]


class _Walk:
    """One pass over the bytes: words and signs go to `Words`, bytes of text are decoded by their font."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self._words = Words()
        self._bytes = bytearray()  # not decoded yet
        self._passed = 0  # characters still to pass over behind a Unicode escape
        self._star = False

    def document(self) -> Document:
        """Reads it all. UserError where groups lie absurdly deep."""
        place = self._data.index(b"{")
        while match := _TOKEN.match(self._data, place):
            place = match.end()
            kind = match.lastindex
            if kind == 6:
                self._raw(match[6])
            elif kind == 3:
                self._raw(bytes([int(match[3], 16)]))
            elif kind in (1, 2):
                number = None if match[2] is None else int(match[2])
                place += number or 0 if match[1] == b"bin" and (number or 0) > 0 else 0
                self._word(match[1].decode("ascii"), number)
            elif kind == 4:
                self._symbol(match[4].decode("latin-1"))
            elif kind == 5 and not self._brace(match[5]):
                break
        self._flush()
        return self._words.end()

    def _raw(self, piece: bytes) -> None:
        if self._passed:
            passed = min(self._passed, len(piece))
            self._passed -= passed
            piece = piece[passed:]
        if self._words.group.sink is not None:
            self._bytes += piece

    def _flush(self) -> None:
        self._passed = 0
        if self._bytes:
            self._words.say(self._words.group.font.decode(bytes(self._bytes), self._words.codec))
            self._bytes.clear()

    def _brace(self, brace: bytes) -> bool:
        """Whether the document goes on behind it."""
        self._flush()
        self._star = False
        if brace == b"{":
            if len(self._words.stack) >= _DEEPEST:
                raise UserError(f"{self._name} is damaged: its groups lie too deep.")
            self._words.open()
            return True
        self._words.close()
        return bool(self._words.stack)

    def _symbol(self, sign: str) -> None:
        self._flush()
        if sign == "*":
            self._star = True
        elif sign in "\r\n":
            self._word("par", None)
        elif sign in ESCAPED:
            self._words.say(ESCAPED[sign])

    def _word(self, word: str, number: int | None) -> None:
        self._flush()
        star, self._star = self._star, False
        if word == "u":
            group = self._words.group
            self._words.say(group.font.shown((number or 0) % 0x10000))
            self._passed = group.skips
        else:
            self._words.word(word, number, star=star)
