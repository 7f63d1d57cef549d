"""A code of the cells of a row: what columns are called, what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotate.codetree import PALETTE, check_tree, in_order
from annotate.errors import UserError
from annotate.languages import column_of, labels_of, language_of, languages_of
from annotate.model import Code, CodeKind, Scope

TEXTS = (
    "id", "notation", "label", "parent", "definition", "use_when", "avoid_when", "examples", "counter_examples",
    "colour", "shortcut", "replaced_by",
)  # fmt: skip
LISTS = ("synonyms", "related")
FLAGS = {"assignable": True, "retired": False, "own": False}  # and what goes without saying
KINDS: dict[str, type[CodeKind] | type[Scope]] = {"kind": CodeKind, "scope": Scope}
COLUMNS = (
    "id", "notation", "label", "parent", "definition", "use_when", "avoid_when", "examples", "counter_examples",
    "synonyms", "related", "colour", "shortcut", "assignable", "retired", "replaced_by", "kind", "scope", "own",
)  # fmt: skip
OTHER_NAMES = {
    "code": "notation",
    "name": "label",
    "title": "label",
    "preflabel": "label",
    "term": "label",
    "tag": "label",
    "parent_id": "parent",
    "parent_code": "parent",
    "broader": "parent",
    "note": "definition",
    "description": "definition",
    "scope_note": "definition",
    "scope_note_own_words": "definition",
    "use": "use_when",
    "do_not_use_when": "avoid_when",
    "example": "examples",
    "counterexamples": "counter_examples",
    "synonym": "synonyms",
    "keywords": "synonyms",
    "altlabel": "synonyms",
    "altlabels": "synonyms",
    "color": "colour",
    "full_path": "path",
    "hierarchy": "path",
}
PROSE = ("definition", "use_when", "avoid_when", "examples", "counter_examples")
YES = {"yes", "true", "1", "y"}
NO = {"no", "false", "0", "n"}


def column(cell: str, columns: Mapping[str, str]) -> str:
    """What a column holds, by its name or as `columns` says."""
    if said := columns.get(cell.strip()):
        cell = said
    name = re.sub(r"[\s_-]+", "_", cell.strip().lower())
    return OTHER_NAMES.get(name, name)


def make(row: Mapping[str, Any], place: str, slug: str, path: str = "") -> Code:
    """A code of what a row or an entry says, as texts or as lists and flags; what it does not say is empty.

    Without an id it gets `slug:` with its notation, `path` or label. Raises UserError for what cannot be.
    """
    texts: dict[str, Any] = {name: _text(row.get(name), name, place) for name in TEXTS}
    texts["id"] = texts["id"] or f"{slug}:{texts['notation'] or path or texts['label']}"
    colour = texts["colour"]
    if colour and colour not in PALETTE and not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise UserError(f"{place}: the colour “{colour}” is neither one of the palette's names nor #rrggbb.")
    more: dict[str, Any] = {name: texts.pop(name) or None for name in ("parent", "replaced_by")}
    more |= {name: split_list(row.get(name)) for name in LISTS}
    more |= {name: _flag(row.get(name), name, place) for name in FLAGS}
    more |= {name: _kind(row.get(name), name, place) for name in KINDS}
    spoken = {
        tag: _text(value, name, place).strip() for name, value in row.items() if (tag := language_of(name))
    }
    return Code(**texts, **more, taxonomy=slug, labels=labels_of(spoken))


def columns_of(codes: Iterable[Code]) -> tuple[str, ...]:
    """`COLUMNS`, and one for each language that there are labels in."""
    return (*COLUMNS, *map(column_of, languages_of(codes)))


def said(code: Code) -> dict[str, Any]:
    """What is to say of a code, in the order of `COLUMNS`: texts, lists, flags; what is empty is left out."""
    fields = {name: getattr(code, name) for name in COLUMNS}
    told = {
        name: list(value) if name in LISTS else str(value) if name in KINDS else value
        for name, value in fields.items()
        if (value != FLAGS[name] if name in FLAGS else value)
    }
    return told | {column_of(language): label for language, label in code.labels}


def cells(code: Code, columns: Sequence[str] = COLUMNS) -> list[str]:
    """The code as cells under these columns."""
    told = said(code)
    row = []
    for name in columns:
        value = told.get(name, FLAGS.get(name, ""))
        if isinstance(value, bool):
            value = "yes" if value else "no"
        row.append(join_list(value) if isinstance(value, list) else value)
    return row


def join_list(names: Sequence[str]) -> str:
    """Names with semicolons between; in a name, these and backslashes have a backslash before."""
    return "; ".join(re.sub(r"([;\\])", r"\\\1", name) for name in names)


def split_list(value: Any) -> tuple[str, ...]:
    """What `join_list` was given; a list as it is."""
    if isinstance(value, str):
        value = [
            re.sub(r"\\(.)", r"\1", part, flags=re.S) for part in re.findall(r"(?:\\.|[^;])+", value, re.S)
        ]
    names = (str(name).strip() for name in value) if isinstance(value, (list, tuple)) else ()
    return tuple(filter(None, names))


def _text(value: Any, name: str, place: str) -> str:
    """A text; a list of texts becomes lines."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = "\n".join(value)
    if isinstance(value, (list, dict)):
        raise UserError(f"{place}: “{name}” is no text.")
    text = "" if value is None else str(value)
    return text if name in PROSE else text.strip()


def _flag(value: Any, name: str, place: str) -> bool:
    told = str("" if value is None else value).strip().lower()
    if told and told not in YES | NO:
        raise UserError(f"{place}: “{name}” is yes or no, not “{told}”.")
    return told in YES if told else FLAGS[name]


def _kind(value: Any, name: str, place: str) -> CodeKind | Scope:
    word = _text(value, name, place).lower()
    if word not in list(KINDS[name]):
        known = ", ".join(filter(None, KINDS[name]))
        raise UserError(f"{place}: the {name} “{word}” is not known; it may be {known}, or empty.")
    return KINDS[name](word)


def placed(codes: Sequence[Code], where: Sequence[str]) -> tuple[Code, ...]:
    """Checked, numbered among their siblings in the order of the file, and in tree order."""
    check_tree(codes, where)
    count: dict[str | None, int] = {}
    found = []
    for code in codes:
        found.append(replace(code, position=count.get(code.parent, 0)))
        count[code.parent] = found[-1].position + 1
    return in_order(found)
