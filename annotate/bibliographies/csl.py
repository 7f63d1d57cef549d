"""CSL-JSON, as Zotero exports it."""

from __future__ import annotations

import json
import re

from annotate.bibliographies import fields
from annotate.errors import UserError
from annotate.readers.blocks import one_line
from annotate.references import Reference

_BEGINS = re.compile(r"\s*(?:\{\s*\"items\"\s*:\s*)?\[\s*\{")
_TYPE = re.compile(
    r"\"type\"\s*:\s*\"(?:article(?:-journal|-newspaper|-magazine)?|webpage|web_page|book|chapter|report|thesis|"
    r"post(?:-weblog)?|paper-conference|entry(?:-\w+)?|speech|interview|broadcast|document|legislation|bill|"
    r"legal_case|personal_communication|manuscript|motion_picture|dataset|pamphlet|review(?:-book)?|map|song)\""
)
_OWN = re.compile(r"\"(?:issued|container-title|citation-key|family|date-parts)\"\s*:")


def sniff(head: str) -> bool:
    """Whether it begins as a list of items with a CSL type and a field that only CSL has."""
    return bool(_BEGINS.match(head) and _TYPE.search(head) and _OWN.search(head))


def read(text: str, name: str) -> list[Reference]:
    """The items in order. UserError where the file is no JSON."""
    try:
        stated = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise UserError(f"{name} is no JSON that can be read; export the bibliography again.") from None
    items = stated.get("items") if isinstance(stated, dict) else stated
    return [_reference(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _reference(item: dict[str, object]) -> Reference:
    def said(key: str) -> str:
        value = item.get(key)
        if isinstance(value, list):
            value = "; ".join(str(each) for each in value if isinstance(each, str | int | float))
        return fields.clean(str(value)) if isinstance(value, str | int | float) else ""

    return Reference(
        key=said("citation-key") or said("id"),
        title=said("title"),
        authors=_people(item.get("author")),
        date=_date(item.get("issued")),
        outlet=said("container-title"),
        doi=fields.doi(said("DOI"), said("URL")),
        url=fields.address([said("URL")]),
        language=fields.language(said("language")),
        abstract=said("abstract"),
        attributes=fields.filled(
            {
                "type": said("type"),
                "section": said("section"),
                "edition": said("edition"),
                "volume": said("volume"),
                "issue": said("issue"),
                "pages": said("page").replace("–", "-"),
                "publisher": said("publisher"),
                "place": said("publisher-place"),
                "issn": said("ISSN"),
                "isbn": said("ISBN"),
                "editors": "; ".join(_people(item.get("editor"))),
                "keywords": said("keyword") or said("categories"),
                "accessed": _date(item.get("accessed")),
            }
        ),
    )


def _people(stated: object) -> tuple[str, ...]:
    people = [each for each in stated if isinstance(each, dict)] if isinstance(stated, list) else []
    return tuple(name for each in people if (name := _name(each)))


def _name(person: dict[str, object]) -> str:
    keys = ("given", "dropping-particle", "non-dropping-particle", "family")
    parts = [str(person[key]) for key in keys if isinstance(person.get(key), str) and person[key]]
    suffix = person.get("suffix")
    if isinstance(suffix, str) and suffix:
        parts[-1:] = [f"{parts[-1] if parts else ''}, {suffix}"]
    literal = person.get("literal")
    return one_line(" ".join(parts) or (literal if isinstance(literal, str) else ""))


def _date(stated: object) -> str:
    if not isinstance(stated, dict):
        return ""
    parts = stated.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        return fields.date("-".join(str(each) for each in parts[0][:3] if each not in (None, "")))
    raw = stated.get("raw") or stated.get("literal")
    return fields.date(raw) if isinstance(raw, str) else ""
