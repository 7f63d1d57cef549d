"""The types that a brat annotation.conf declares, as codes."""

from __future__ import annotations

import re

from annotate.codebook_files import slug_of
from annotate.model import Code, Taxonomy

_NAME = re.compile(r"(\t*) *(!?)([^\s|<!-][^\s|]*)(?:\|\S+)?(?:[ \t].*)?")


def declared(conf: str, visual: str, title: str) -> Taxonomy:
    """Entity and event types with their tree; `visual` is the visual.conf, which may give them labels."""
    labels = dict(_labels(visual))
    slug = slug_of(title)
    codes: dict[str, Code] = {}
    section, above = "", [""] * 64
    for line in conf.split("\n"):
        if line.startswith("["):
            section, above = line.strip(" []\r\t"), [""] * 64
        if section not in ("entities", "events") or line.startswith(("#", "[", "<", "-")):
            continue
        found = _NAME.fullmatch(line.rstrip())
        if found is None or found[3] in codes:
            continue
        depth = min(len(found[1]), 62)
        parent = next((above[each] for each in range(depth - 1, -1, -1) if above[each]), None)
        above[depth:] = [found[3]] + [""] * (63 - depth)
        position = sum(code.parent == (parent and f"{slug}:{parent}") for code in codes.values())
        codes[found[3]] = Code(
            f"{slug}:{found[3]}", slug, parent and f"{slug}:{parent}", "", labels.get(found[3], found[3]),
            assignable=not found[2], position=position,
        )  # fmt: skip
    return Taxonomy(slug, slug, title, codes=tuple(codes.values()))


def _labels(visual: str) -> list[tuple[str, str]]:
    inside = False
    found = []
    for line in visual.split("\n"):
        if line.startswith("["):
            inside = line.strip() == "[labels]"
        elif inside and "|" in line:
            name, label, *_ = (each.strip() for each in line.split("|"))
            if name and label:
                found.append((name, label))
    return found
