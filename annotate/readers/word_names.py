"""Names of WordprocessingML, and its values read off elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def tags(names: str) -> frozenset[str]:
    return frozenset(W + name for name in names.split())


def value(element: _Element | None, *path: str) -> str:
    """The `val` of the element at this path of tags under another; "" where it is not there."""
    for name in path:
        element = None if element is None else element.find(W + name)
    return "" if element is None else element.get(W + "val") or ""


def number(stated: str | None, missing: int = -1) -> int:
    """A whole number as stated; `missing` where it is none, or absurd."""
    text = (stated or "").strip()
    return int(text) if text.isdecimal() and len(text) < 8 else missing


def is_on(element: _Element | None, *path: str) -> bool:
    """Whether a switch such as <w:vanish/> stands at this path and is not turned off."""
    for name in path:
        element = None if element is None else element.find(W + name)
    return element is not None and element.get(W + "val") not in ("0", "false", "off", "none")
