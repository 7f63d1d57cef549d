"""The taxonomies that come with the program, and all there is to do with a tree of codes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from annotate.codetree import (
    PALETTE,
    by_id,
    children,
    descendants,
    in_order,
    inserted,
    moved,
    path,
    path_codes,
    resolved_colour,
)
from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.model import Taxonomy
from annotate.spoken import counted

__all__ = [
    "PALETTE",
    "ShippedInfo",
    "brings",
    "by_id",
    "children",
    "descendants",
    "in_order",
    "inserted",
    "load_shipped",
    "moved",
    "path",
    "path_codes",
    "resolved_colour",
    "shipped",
]

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "taxonomies"


@frozen
class ShippedInfo:
    """What the list of shipped taxonomies shows; `codes` and `questions` are their numbers."""

    slug: str
    title: str
    codes: int
    questions: int  # about each article
    version: str
    licence: str
    source: str


@cache
def shipped() -> tuple[ShippedInfo, ...]:
    """The taxonomies that come with the program, in the order to offer them. Reads one small file."""
    entries = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    return tuple(ShippedInfo(**entry) for entry in entries)


def brings(codes: int, questions: int = 0, rules: int = 0) -> str:
    """What comes with a taxonomy: `188 codes, 2 questions about each article, 1 rule`."""
    parts = [counted(codes, "code")]
    if questions:
        parts.append(f"{counted(questions, 'question')} about each article")
    if rules:
        parts.append(counted(rules, "rule"))
    return ", ".join(parts)


@cache
def load_shipped(slug: str) -> Taxonomy:
    """One of `shipped()` with all its codes. Raises UserError for a name that is not among them."""
    slugs = [info.slug for info in shipped()]
    if slug not in slugs:
        raise UserError(f"There is no taxonomy “{slug}” here; there are {', '.join(slugs)}.")
    from annotate.codebook_files import read_json

    return read_json((FOLDER / f"{slug}.json").read_text(encoding="utf-8"))
