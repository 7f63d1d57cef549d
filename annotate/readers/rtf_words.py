"""Control words of RTF: what they do to the text that is being read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from annotate.readers.blocks import Line
from annotate.readers.rtf_codes import INFO, SIGNS, SKIPPED, Font, code_page, set_charset, words_of
from annotate.readers.rtf_groups import Group, Style, heading_of
from annotate.readers.rtf_notes import Notes
from annotate.readers.rtf_text import Text

_KNOWN = words_of(
    "shpinst do nesttableprops ud moMath moMathPara"
)  # of those that may be skipped if not known
_TIMES = {"creatim": "created", "revtim": "modified"}
_PARTS = {"yr": 0, "mo": 1, "dy": 2}


@dataclass(slots=True)
class Document:
    """What was read: lines with notes at the end, what the file says of itself, what was left out."""

    lines: list[Line] = field(default_factory=list)
    info: dict[str, str] = field(default_factory=dict)
    title: str = ""
    left_out: Counter[str] = field(default_factory=Counter)


class Words:
    """The state of a document between two tokens; groups are kept on a stack, so that depth costs little."""

    def __init__(self) -> None:
        self.codec = "cp1252"
        self.found = Document()
        self._body = Text()
        self.group = Group(self._body, self._body.words)
        self.stack: list[Group] = []
        self._notes = Notes()
        self._fonts: dict[int, Font] = {}
        self._font = Font()  # the one being told
        self._default = -1
        self._styles: dict[int, Style] = {}
        self._time = [0, 0, 0]
        self._suppressed = ""

    def say(self, words: str) -> None:
        """Words in the group that is open."""
        group = self.group
        if group.sink is None or not words:
            return
        kind = "tracked deletion" if group.is_deleted else "hidden passage" if group.is_hidden else ""
        if not kind:
            group.sink.append(words)
        elif kind != self._suppressed and words.strip():
            self.found.left_out[kind] += 1
        self._suppressed = kind

    def open(self) -> None:
        self.stack.append(self.group)
        self.group = self.group.inner()
        if self.group.where == "stylesheet":
            self.group.pard()
            self.group.sink = []

    def close(self) -> None:
        done, self.group = self.group, self.stack.pop()
        if done.where == "fonttbl":
            self._name_font(done)
        elif done.where == "stylesheet":
            if name := done.words().partition(";")[0].strip():
                self._styles[done.style] = Style(name, heading_of(name, done.outline))
        elif done.ends == "box":
            self.group.text.after += done.text.end(done.manner(self._styles))
        elif done.ends == "note":
            self._notes.end(done.text.end(done.manner(self._styles)))
        elif done.ends == "label":
            label = done.words()
            is_bullet = label == "o" or not any(map(str.isalnum, label))
            self.group.text.label = "" if is_bullet else f"{label} "
        elif done.ends in _TIMES:
            self.found.info[_TIMES[done.ends]] = "{:04}-{:02}-{:02}".format(*self._time)
        elif done.ends:
            self.found.info[done.ends] = done.words()

    def end(self) -> Document:
        """What was read, when all bytes have been."""
        while self.stack:
            self.close()
        lines = self._body.end(self.group.manner(self._styles))
        self.found.lines = [*lines, *self._notes.footnotes, *self._notes.endnotes]
        self.found.title = self._body.title
        return self.found

    def word(self, word: str, number: int | None, *, star: bool) -> None:
        """Does what a control word says; `star`: the group is to be skipped where the word is not known."""
        group = self.group
        if group.where == "skipped":
            return
        if word in SKIPPED or (star and word not in _KNOWN):
            if word == "annotation":
                self.found.left_out["comment"] += 1
            group.skip()
        elif group.where:
            self._about(group, word, number or 0)
        elif word in SIGNS:
            self.say(SIGNS[word])
        elif group.is_text and self._in_text(group, word, number):
            return
        elif not self._begins(group, word):
            self._holds(group, word, number)

    def _about(self, group: Group, word: str, number: int) -> None:
        """A word in a group that is not running text."""
        match group.where, word:
            case "shape", "shptxt" | "dptxbxtext":
                group.where, group.ends, group.text = "", "box", Text()
                group.sink = group.text.words
                group.pard()
            case "versions", "ud":
                group.where, group.sink = group.before
            case "fonttbl", "f":
                self._name_font(group)
                self._font = self._fonts.setdefault(number, Font())
                group.sink = []
            case "fonttbl", "fcharset":
                set_charset(self._font, number)
            case "fonttbl", "cpg":
                self._font.codec = code_page(number)
            case "stylesheet", "s":
                group.style = number
            case "stylesheet", "outlinelevel":
                group.outline = number
            case "info", "creatim" | "revtim":
                group.where, group.ends, self._time = "time", word, [0, 1, 1]
            case "time", "yr" | "mo" | "dy":
                self._time[_PARTS[word]] = number
            case "info", _ if word in INFO:
                group.where, group.ends, group.sink = "field", word, []
            case "nested", "nestrow":
                group.text.end_row(max(2, group.depth))
            case "field" | "fonttbl", "upr":
                self._versions(group)
            case "field", _ if word in SIGNS:
                self.say(SIGNS[word])

    def _name_font(self, group: Group) -> None:
        if name := group.words().partition(";")[0].strip():
            self._font.name = name

    def _in_text(self, group: Group, word: str, number: int | None) -> bool:
        """Ends of paragraphs, cells and rows, and marks of notes; whether it was one."""
        match word:
            case "par" | "sect" if not group.is_deleted:
                group.text.end_paragraph(group.manner(self._styles))
            case "cell":
                group.text.end_cell(group.manner(self._styles), 1)
            case "nestcell":
                group.text.end_cell(group.manner(self._styles), max(2, group.depth))
            case "row":
                group.text.end_row(1)
            case "footnote":
                group.ends, group.text = "note", Text()
                group.sink = self._notes.begin(group.text)
                group.pard()
            case "ftnalt":
                self._notes.is_endnote()
            case "chftn" if not group.is_deleted:
                self._notes.mark(group.text)
            case "listtext" | "pntext":
                group.ends, group.sink = "label", []
            case _:
                return False
        return True

    def _begins(self, group: Group, word: str) -> bool:
        """Groups that are not running text; whether it begins one."""
        match word:
            case "fonttbl" | "stylesheet" | "info":
                group.where, group.sink = word, None
            case "shpinst" | "do":
                group.where, group.sink = "shape", None
            case "nesttableprops":
                group.where, group.sink = "nested", None
            case "upr":
                self._versions(group)
            case _:
                return False
        return True

    def _versions(self, group: Group) -> None:
        """Two versions of one text follow, the better one second."""
        group.before, group.where, group.sink = (group.where, group.sink), "versions", None

    def _holds(self, group: Group, word: str, number: int | None) -> None:
        """Properties of characters and paragraphs, and of the whole document."""
        is_on = number != 0
        value = number or 0
        match word:
            case "f":
                group.font = self._fonts.get(value, Font())
            case "plain":
                group.plain(self._fonts.get(self._default, Font()))
            case "pard":
                group.pard()
            case "uc":
                group.skips = max(0, min(value, 9))
            case "v" | "webhidden":
                group.is_hidden = is_on
            case "deleted":
                group.is_deleted = is_on
            case "s":
                group.style = value
            case "outlinelevel":
                group.outline = value
            case "ls":
                group.numbering = value
            case "ilvl":
                group.level = value
            case "intbl":
                group.in_table = is_on
            case "itap":
                group.depth = value
            case "deff":
                self._default = value
            case "ansicpg":
                self.codec = code_page(value)
            case "mac" | "pc" | "pca":
                self.codec = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]
            case _:
                self._notes.format(word)
