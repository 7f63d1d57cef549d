"""Words and signs in the runs of a Word document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from annotate.readers.symbols import from_symbol_font
from annotate.readers.word_names import MC, M, W, is_on, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    M + "den": "/",
    M + "sup": "^",
    M + "sub": "_",
}
_PRIVATE = re.compile("[\uf020-\uf0ff]")


def chosen(ways: _Element) -> _Element | None:
    """Of several ways to say the same, the first that holds text, else the first."""
    branches = [each for each in ways if each.tag in (MC + "Choice", MC + "Fallback")]
    filled = (each for each in branches if next(each.iter(W + "t", M + "t"), None) is not None)
    return next(filled, branches[0] if branches else None)


def form_value(field: _Element) -> str:
    """What a box to be ticked or a list to choose from shows; other fields have their result as text."""
    box = field.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        return (
            "☒"
            if is_on(box, "checked") or (box.find(W + "checked") is None and is_on(box, "default"))
            else "☐"
        )
    choices = field.find(f"{W}ffData/{W}ddList")
    if choices is None:
        return ""
    entries = [each.get(W + "val") or "" for each in choices.iterfind(W + "listEntry")]
    place = number(value(choices, "result") or value(choices, "default"), 0)
    return entries[place] if place < len(entries) else ""


def is_drop_cap(properties: _Element) -> bool:
    frame = properties.find(W + "framePr")
    return frame is not None and frame.get(W + "dropCap") in ("drop", "margin")


def shown(element: _Element) -> str:
    """The words of a piece of text, those in a symbol font as what they show."""
    text = (element.text or "").replace("\n", " ")
    if not _PRIVATE.search(text):
        return text
    run = element.getparent()
    fonts = None if run is None else run.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else fonts.get(W + "ascii") or ""
    return _PRIVATE.sub(lambda match: from_symbol_font(font, ord(match[0])) or match[0], text)


def sign(element: _Element) -> str:
    """What one of SIGNS stands for; nothing where it is a part of a formula that is empty."""
    is_empty = element.tag.startswith(M) and next(element.iter(M + "t"), None) is None
    return "" if is_empty else SIGNS[element.tag]


def symbol(font: str, code: str) -> str:
    try:
        place = int(code, 16)
        return from_symbol_font(font, place) or chr(place)
    except (ValueError, OverflowError):
        return ""
