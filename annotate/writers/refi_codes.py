"""Codes as REFI-QDA has them, and text that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotate.codetree import by_id, resolved_colour
from annotate.model import Code, Taxonomy
from annotate.refi import OF_CODES, guid, palette, taxonomy_guid, with_sections

if TYPE_CHECKING:
    from lxml.etree import _Element

_FOREIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Cleaner:
    """Makes text fit for XML: what XML forbids becomes U+FFFD, and is counted."""

    def __init__(self) -> None:
        self.replaced = 0

    def __call__(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        fit, number = _FOREIGN.subn("\ufffd", text)
        self.replaced += number
        return fit

    def notes(self) -> list[str]:
        if not self.replaced:
            return []
        return [f"{self.replaced:,} characters that XML cannot hold became U+FFFD."]


def codes_element(taxonomies: Sequence[Taxonomy], clean: Cleaner) -> _Element | None:
    """<Codes>, or None without a code. Of several taxonomies each stands below a code with its title."""
    from lxml import etree

    top = etree.Element("Codes")
    held = [taxonomy for taxonomy in taxonomies if taxonomy.codes]
    for taxonomy in held:
        above = top
        if len(held) > 1:
            named = {"guid": taxonomy_guid(clean(taxonomy.title)), "name": clean(taxonomy.title)}
            above = etree.SubElement(top, "Code", {**named, "isCodable": "false"})
        _add_codes(above, taxonomy, clean)
    return top if len(top) else None


def notes_on(taxonomies: Sequence[Taxonomy]) -> list[str]:
    """What a codebook of this format cannot say."""
    about = ("version", "licence", "source", "credit", "note")
    told = sum(any(getattr(taxonomy, name) for name in about) for taxonomy in taxonomies)
    codes = [code for taxonomy in taxonomies for code in taxonomy.codes]
    tied = sum(len(code.related) + bool(code.replaced_by) for code in codes)
    notes = []
    if told:
        notes.append(
            f"Version, licence, source and note of taxonomies left out ({told} of {len(taxonomies)})."
        )
    if tied:
        notes.append(f"Ties between codes (related, replaced by) left out ({tied}).")
    return notes


def _add_codes(above: _Element, taxonomy: Taxonomy, clean: Cleaner) -> None:
    from lxml import etree

    known = by_id(taxonomy.codes)
    made: dict[str | None, _Element] = {None: above}
    for code in taxonomy.codes:
        made[code.id] = element = etree.SubElement(made[code.parent], "Code", _attributes(code, known, clean))
        if prose := clean(prose_of(code)):
            etree.SubElement(element, "Description").text = prose


def _attributes(code: Code, known: dict[str, Code], clean: Cleaner) -> dict[str, str]:
    colour = resolved_colour(code, known)
    return {
        "guid": guid(code.id),
        "name": clean(f"{code.notation} {code.label}" if code.notation else code.label),
        "isCodable": "true" if code.offered else "false",
        "color": palette().get(colour, colour),
    }


def prose_of(code: Code) -> str:
    """All that is said of a code, with a paragraph for each section."""
    retired = ("yes" if code.assignable else "a heading") if code.retired else ""
    texts = (
        code.notation, code.use_when, code.avoid_when, code.examples, code.counter_examples,
        "\n".join(code.synonyms), retired, code.shortcut,
    )  # fmt: skip
    return with_sections(code.definition, dict(zip(OF_CODES, texts, strict=True)))
