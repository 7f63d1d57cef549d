"""Codebooks as YAML, to be written by hand: codes with their children below them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from annotate.codebook_cells import COLUMNS, YES, column, make, placed, said
from annotate.codebook_files import HEAD, slug_of
from annotate.codetree import children
from annotate.errors import UserError
from annotate.languages import language_of
from annotate.model import Code, Taxonomy
from annotate.readers.encoding import decode
from annotate.relations import entries as relation_entries
from annotate.relations import from_entries
from annotate.rule_files import said as uses_said
from annotate.rule_files import with_uses
from annotate.taxonomy_files.incoming import NO_WISHES, Incoming, Wishes

DEEPEST = 100
KIDS = ("children", "codes", "narrower")


def read(data: bytes, name: str, wishes: Wishes = NO_WISHES) -> Incoming:
    """A list of codes, or a mapping with `codes`. A code is a label, a mapping of fields (with `children`), or a
    label with a list of codes. Everything is read as text: `01` stays `01`. UserError says what does not fit.
    """
    held = _loaded(data, name)
    if isinstance(held, list):
        held = {"codes": held}
    listed = next((held[kids] for kids in KIDS if isinstance(held.get(kids), list)), None)
    if listed is None:
        raise UserError(f"{name} holds no list of codes.")
    head: dict[str, Any] = {each: str(held.get(each) or "") for each in HEAD}
    head["title"] = wishes.title or head["title"] or PurePath(name).stem or "Codes"
    head["slug"] = wishes.slug or head["slug"] or slug_of(head["title"])
    codes = list(_codes(listed, head["slug"]))
    if not codes:
        raise UserError(f"{name} holds no codes.")
    where = [f"Code {number}" for number in range(1, len(codes) + 1)]
    locked = str(held.get("locked") or "").lower() in YES
    types = from_entries(held.get("relations"), head["slug"], codes)
    whole = Taxonomy(head["slug"], **head, locked=locked, codes=placed(codes, where), relation_types=types)
    return Incoming(with_uses(whole, held))


def write(taxonomy: Taxonomy) -> tuple[bytes, tuple[str, ...]]:
    """The taxonomy's own fields, then the codes, children below their parents, rules and questions; empty fields
    left out.
    """
    import yaml

    head = {name: getattr(taxonomy, name) for name in (*HEAD, "locked") if getattr(taxonomy, name)}
    below = children(taxonomy.codes)
    entries: dict[str | None, list[dict[str, Any]]] = {None: []}
    for code in taxonomy.codes:
        entry = said(code)
        entry.pop("parent", None)
        entries[code.parent].append(entry)
        if code.id in below:
            entries[code.id] = entry["children"] = []
    types = relation_entries(taxonomy.relation_types)
    more = {"relations": types} if types else {}
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text = yaml.dump(
        {**head, "codes": entries[None], **more, **uses_said(taxonomy)},
        Dumper=dumper,
        allow_unicode=True,
        sort_keys=False,
        width=110,
    )
    return text.encode("utf-8", "replace"), ()


def _loaded(data: bytes, name: str) -> Any:
    """Lists, mappings and texts. Nothing is said twice by reference, nothing is nested beyond bounds."""
    import yaml

    decoded = decode(data)
    if decoded is None:
        raise UserError(f"{name} is no text.")
    text, loader = decoded.text, getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    depth = 0
    try:
        for event in yaml.parse(text, Loader=loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise UserError(f"{name} holds references (*{event.anchor}), which Postil does not follow.")
            if depth > 2 * DEEPEST:
                raise UserError(f"{name} is nested more than {DEEPEST} deep.")
        held = yaml.load(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1:,}" if error.problem_mark else ""
        raise UserError(f"{name}{line}: this is no YAML ({error.problem}).") from None
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise UserError(f"{name} is no YAML ({' '.join(str(error).split())}).") from None
    if not isinstance(held, (list, dict)):
        raise UserError(f"{name} holds no list of codes.")
    return held


def _codes(listed: list[Any], slug: str) -> Iterator[Code]:
    waiting: list[tuple[Any, str | None]] = [(each, None) for each in reversed(listed)]
    number = 0
    while waiting:
        entry, parent = waiting.pop()
        number += 1
        place = f"Code {number}"
        fields, kids = _entry(entry, place)
        code = make({"parent": parent or "", **fields}, place, slug)
        yield code
        waiting.extend((each, code.id) for each in reversed(kids))


def _entry(entry: Any, place: str) -> tuple[dict[str, Any], list[Any]]:
    """The fields of a code, and the codes below it."""
    if isinstance(entry, str):
        return {"label": entry}, []
    if not isinstance(entry, dict):
        raise UserError(f"{place}: this is no code.")
    if len(entry) == 1 and isinstance(kids := next(iter(entry.values())), list):
        return {"label": str(next(iter(entry)))}, kids
    fields = {column(str(name), {}): value for name, value in entry.items() if name not in KIDS}
    below: Any = next((entry[kids] for kids in KIDS if entry.get(kids)), [])
    if not isinstance(below, list):
        raise UserError(f"{place}: what is below it is no list.")
    return {name: value for name, value in fields.items() if name in COLUMNS or language_of(name)}, below
