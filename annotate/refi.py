"""What REFI-QDA files are made of: namespaces, ids, colours, and prose with named sections."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from uuid import UUID, uuid5

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
CONTINUED = "continued"  # the name of a link from one part of a mark with gaps to its next
OF_CODES = (
    "Notation", "Use when", "Do not use when", "Examples", "Counter-examples", "Synonyms", "Retired", "Shortcut",
)  # fmt: skip
OF_MARKS = ("Certainty", "Qualifiers")

_OURS = UUID("6c1d4d0e-5c3d-5a0a-9a55-504f53544c31")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})\}?")
_TOKENS = Path(__file__).resolve().parent.parent / "resources" / "theme" / "tokens.json"


def guid(id: str) -> str:
    """The GUID that stands for an id: itself where it is one, else one made of it, always the same."""
    plain = plain_guid(id)
    return plain if plain == id.lower() else str(uuid5(_OURS, id))


def taxonomy_guid(title: str) -> str:
    """The GUID of the code under which a taxonomy's codes stand, where there are several."""
    return guid(f"taxonomy {title}")


def plain_guid(said: str) -> str:
    """A GUID as files write it (any case, braces) in lower case without braces; "" for what is none."""
    found = _GUID.fullmatch(said.strip())
    return found[1].lower() if found else ""


def attribute(text: str) -> str:
    """The text as the value of an XML attribute, with its quotes."""
    signs = {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
    return '"' + "".join(signs.get(sign, sign) for sign in escape(text)) + '"'


def with_sections(prose: str, sections: Mapping[str, str]) -> str:
    """Prose followed by a paragraph for each section that is not empty: "Examples: …"."""
    held = [prose] if prose else []
    return "\n\n".join(held + [f"{name}: {text}" for name, text in sections.items() if text])


def sections_of(prose: str, names: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """What `with_sections` was given."""
    listed = "|".join(map(re.escape, names))
    pieces = re.split(rf"(?:\A|\n\n)({listed}): ", prose)
    return pieces[0], dict(zip(pieces[1::2], pieces[2::2], strict=True))


@cache
def palette() -> dict[str, str]:
    """The colours of the palette on light paper: name -> #rrggbb."""
    tokens = json.loads(_TOKENS.read_text(encoding="utf-8"))
    return {each["name"]: each["light"] for each in tokens["code_colours"]}


def colour_name(said: str) -> str:
    """#rgb or #rrggbb as a code has its colour: the palette's name where it is one of these; "" for no colour."""
    if not re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})", said):
        return ""
    wide = said.lower() if len(said) == 7 else "#" + "".join(2 * digit for digit in said[1:].lower())
    return next((name for name, value in palette().items() if value == wide), wide)
