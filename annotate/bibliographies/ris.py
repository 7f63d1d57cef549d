"""RIS, as Zotero, EndNote and databases write it, and the tagged files of Web of Science.

rispy was tried: it keeps one of several attached files, and leaves out an entry that was cut off.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from annotate.bibliographies import fields
from annotate.readers.blocks import one_line
from annotate.references import Reference

_BEGINS = re.compile(r"\s*(?:\d+\.\s*\n)?(?:TY {1,2}- ?\w|FN [^\n]*\nVR |PT [JBSP]\r?\n(?:AU|TI) )")
_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)")
_WOS_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*)|$)")
_NAMES = frozenset(("AU", "A1", "A2", "AF", "ED"))
_WOS_FIRST = ("FN", "PT", "VR")

Entry = dict[str, list[str]]


def sniff(head: str) -> bool:
    return bool(_BEGINS.match(head))


def read(text: str) -> list[Reference]:
    """The entries in order; one that was cut off is taken as far as it goes."""
    is_wos = text.lstrip()[:2] in _WOS_FIRST
    entries = _entries(text, _WOS_TAG if is_wos else _TAG, "PT" if is_wos else "TY", joins_names=not is_wos)
    return [_of_wos(entry) if is_wos else _of_ris(entry) for entry in entries]


def _entries(text: str, tag: re.Pattern[str], first: str, joins_names: bool) -> Iterator[Entry]:
    """Tagged lines by tag. A line without tag goes on with the one before; among names it may be another name."""
    entry: dict[str, list[list[str]]] = {}
    last = ""
    for line in (*text.splitlines(), "ER"):
        match = tag.match(line)
        if (match and match[1] in (first, "ER")) or line.rstrip() in ("ER", "ER  -"):
            if entry:
                yield _joined(entry)
            entry, last = {first: [[(match[2] or "").strip()]]} if match and match[1] == first else {}, ""
        elif match and entry:
            last = match[1]
            entry.setdefault(last, []).append([(match[2] or "").strip()])
        elif line.strip() and last:
            if last in _NAMES and not joins_names:
                entry[last].append([line.strip()])
            else:
                entry[last][-1].append(line.strip())


def _joined(entry: dict[str, list[list[str]]]) -> Entry:
    found: Entry = defaultdict(list)
    for tag, values in entry.items():
        found[tag] = [words for pieces in values if (words := one_line(" ".join(pieces)))]
    return found


def _first(entry: Entry, *tags: str) -> str:
    return next((entry[tag][0] for tag in tags if entry.get(tag)), "")


def _of_ris(entry: Entry) -> Reference:
    links = [*entry["UR"], *entry["L2"], *entry["LK"]]
    return Reference(
        key=_first(entry, "ID", "AN"),
        title=fields.clean(_first(entry, "TI", "T1", "CT", "BT", "ST")),
        authors=tuple(map(spoken, entry["AU"] or entry["A1"])),
        date=max((fields.date(_first(entry, tag)) for tag in ("DA", "PY", "Y1")), key=len),
        outlet=_first(entry, "T2", "JF", "JO", "J2", "JA"),
        doi=fields.doi(*entry["DO"], *entry["M3"], *links),
        url=fields.address(links),
        language=fields.language(_first(entry, "LA")),
        abstract=_first(entry, "AB", "N2"),
        attributes=fields.filled(
            {
                "type": _first(entry, "TY"),
                "section": _first(entry, "SE"),
                "edition": _first(entry, "ET"),
                "volume": _first(entry, "VL"),
                "issue": _first(entry, "IS"),
                "pages": fields.pages(_first(entry, "SP"), _first(entry, "EP")),
                "publisher": _first(entry, "PB"),
                "place": _first(entry, "CY"),
                "issn": _first(entry, "SN"),
                "editors": "; ".join(map(spoken, entry["A2"] or entry["ED"])),
                "keywords": "; ".join(entry["KW"]),
            }
        ),
        files=tuple(each for each in entry["L1"] if not re.match(r"https?://", each)),
    )


def _of_wos(entry: Entry) -> Reference:
    return Reference(
        key=_first(entry, "UT"),
        title=fields.clean(_first(entry, "TI")),
        authors=tuple(map(spoken, entry["AF"] or entry["AU"])),
        date=fields.date(_first(entry, "PY")),
        outlet=_first(entry, "SO"),
        doi=fields.doi(_first(entry, "DI")),
        language=fields.language(_first(entry, "LA")),
        abstract=_first(entry, "AB"),
        attributes=fields.filled(
            {
                "type": _first(entry, "DT"),
                "volume": _first(entry, "VL"),
                "issue": _first(entry, "IS"),
                "pages": fields.pages(_first(entry, "BP"), _first(entry, "EP")),
                "publisher": _first(entry, "PU"),
                "issn": _first(entry, "SN"),
                "keywords": _first(entry, "DE"),
            }
        ),
    )


def spoken(name: str) -> str:
    """ "Lee, Ann" as "Ann Lee"; "Lee, Ann, Jr." as "Ann Lee, Jr."."""
    last, comma, rest = name.partition(",")
    given, _, suffix = rest.strip().partition(",")
    if not comma or not given.strip():
        return last.strip()
    return f"{given.strip()} {last.strip()}" + (f", {suffix.strip()}" if suffix.strip() else "")
