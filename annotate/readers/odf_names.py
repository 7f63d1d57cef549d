"""Names of the OpenDocument format."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_URN = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = _URN + "office:1.0}"
TEXT = _URN + "text:1.0}"
TABLE = _URN + "table:1.0}"
STYLE = _URN + "style:1.0}"
DRAW = _URN + "drawing:1.0}"
META = _URN + "meta:1.0}"
MANIFEST = _URN + "manifest:1.0}"


def whole(element: _Element, name: str, missing: int) -> int:
    """An attribute that is a whole number; `missing` where it is not there, or absurd."""
    stated = element.get(name) or ""
    return int(stated) if stated.isdecimal() and len(stated) < 7 else missing
