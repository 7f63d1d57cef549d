"""Codes as the sets of labels of other annotation programs: INCEpTION, Label Studio, doccano and brat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from annotate.codetree import by_id, resolved_colour
from annotate.model import Code, Taxonomy
from annotate.refi import palette
from annotate.sidecar import type_names
from annotate.writers.brat_files import annotation_conf
from annotate.writers.refi_codes import Cleaner
from annotate.writers.tables import distinct

Made = tuple[bytes, tuple[str, ...]]
LONGEST = {"inception": 200, "doccano": 100}  # characters of a label
_FIELDS = (
    "definition", "use_when", "avoid_when", "examples", "counter_examples", "synonyms", "related", "colour", "shortcut",
    "kind", "scope", "own", "labels",
)  # fmt: skip


def inception(taxonomy: Taxonomy) -> Made:
    """A tagset in INCEpTION's JSON: a flat list of names with descriptions."""
    longest = LONGEST["inception"]
    tags = [
        {"tag_name": name, "tag_description": _prose(code)} for code, name in _assignable(taxonomy, longest)
    ]
    held = {
        "name": taxonomy.title, "description": taxonomy.note, "language": "", "tags": tags, "create_tag": False,
    }  # fmt: skip
    return _json(held), _left_out(
        taxonomy, "definition", "use_when", "avoid_when", "examples", longest=longest
    )


def label_studio(taxonomy: Taxonomy) -> Made:
    """A labelling configuration for spans of a text, which tasks hold as `text`."""
    from lxml import etree

    clean, known = Cleaner(), by_id(taxonomy.codes)
    view = etree.Element("View")
    labels = etree.SubElement(view, "Labels", name="label", toName="text")
    keys: set[str] = set()
    for code, name in _assignable(taxonomy):
        label = etree.SubElement(labels, "Label", value=clean(name), background=_colour(code, known))
        if hint := clean(_prose(code)):
            label.set("hint", hint)
        if (key := _key(code)) and key not in keys:
            label.set("hotkey", key)
            keys.add(key)
    etree.SubElement(view, "Text", name="text", value="$text")
    left = _left_out(taxonomy, "definition", "use_when", "avoid_when", "examples", "colour", "shortcut")
    return etree.tostring(view, encoding="utf-8", pretty_print=True), (*left, *clean.notes())


def doccano(taxonomy: Taxonomy) -> Made:
    """Labels as doccano imports them, with keys and colours."""
    known = by_id(taxonomy.codes)
    labels: list[dict[str, str]] = []
    keys: set[str] = set()
    longest = LONGEST["doccano"]
    for code, name in _assignable(taxonomy, longest):
        colour, key = _colour(code, known), _key(code)
        label = {
            "text": name,
            "background_color": colour,
            "text_color": "#000000" if _light(colour) else "#ffffff",
        }
        if key and key not in keys:
            label["suffix_key"] = key
            keys.add(key)
        labels.append(label)
    return _json(labels), _left_out(taxonomy, "colour", "shortcut", longest=longest)


def brat(taxonomy: Taxonomy) -> Made:
    """annotation.conf: codes as entity types in their tree."""
    conf = annotation_conf([taxonomy], type_names([taxonomy]))
    said = "Labels became names of ASCII letters and digits, the only ones brat takes."
    return conf.encode(), (said, *_left_out(taxonomy, tree=True))


def _assignable(taxonomy: Taxonomy, longest: int = 0) -> Iterator[tuple[Code, str]]:
    """The codes that may stand on a span, each with a name of its own of at most `longest` characters."""
    codes = [code for code in taxonomy.codes if code.offered]
    names = [code.name for code in codes]
    if longest:
        names = [name if len(name) <= longest else name[: longest - 6].rstrip() for name in names]
    return zip(codes, distinct(names), strict=True)


def _prose(code: Code) -> str:
    parts = (
        ("", code.definition), ("Use when: ", code.use_when), ("Do not use when: ", code.avoid_when),
        ("Examples: ", code.examples),
    )  # fmt: skip
    return "\n".join(head + text for head, text in parts if text)


def _key(code: Code) -> str:
    """The shortcut where it is one that these programs take."""
    return code.shortcut.lower() if re.fullmatch("[0-9A-Za-z]", code.shortcut) else ""


def _colour(code: Code, known: dict[str, Code]) -> str:
    colour = resolved_colour(code, known)
    return palette().get(colour, colour)


def _light(colour: str) -> bool:
    """Whether black reads better on it than white (relative luminance, WCAG 2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.179


def _left_out(taxonomy: Taxonomy, *kept: str, tree: bool = False, longest: int = 0) -> tuple[str, ...]:
    """What the format has no place for, with how many codes have it."""
    codes = taxonomy.codes
    left = [
        (
            name.replace("_", " ")
            .replace("avoid", "do not use")
            .replace("labels", "labels in other languages"),
            sum(bool(getattr(code, name)) for code in codes),
        )
        for name in _FIELDS
        if name not in kept
    ]
    if not tree:
        left.append(("groupings and retired codes", sum(not code.offered for code in codes)))
        left.append(("place in the tree", sum(code.parent is not None and code.offered for code in codes)))
    said = ", ".join(f"{name} ({number:,})" for name, number in left if number)
    notes = [f"Left out, with the number of codes: ids ({len(codes):,}){', ' + said if said else ''}."]
    long = sum(len(code.name) > longest for code in codes) if longest else 0
    return (*notes, *([f"Labels cut at {longest} characters: {long:,}."] if long else []))


def _json(held: object) -> bytes:
    return json.dumps(held, ensure_ascii=False, indent=2).encode("utf-8", "replace")
