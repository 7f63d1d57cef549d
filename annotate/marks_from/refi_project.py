"""REFI-QDA projects (.qdpx), as other programs for qualitative analysis write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotate.errors import UserError
from annotate.marks import MarkLine, RelationLine, pairs_in
from annotate.marks_from.found import Found
from annotate.marks_from.positions import STANDARD, Counting, counting_of
from annotate.marks_from.refi_codes import child, read_codes, text_in
from annotate.marks_from.refi_sources import KINDS, Coding, Selection, Source, Sources, values_of
from annotate.marks_from.zip_names import holds
from annotate.model import Draft
from annotate.readers import archive
from annotate.readers.contract import stem
from annotate.readers.xml_tree import local, xml_tree
from annotate.refi import CONTINUED, OF_MARKS, plain_guid, sections_of
from annotate.spoken import counted
from annotate.text import text_hash

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME, TITLE, SUFFIXES = "qdpx", "REFI-QDA project", (".qdpx",)
FIELDS = ("outlet", "author", "date", "url", "language")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def sniff(data: bytes, name: str) -> bool:
    return holds(data, ".qde")


def read(data: bytes, name: str) -> Found:
    """The texts with what is selected in them, and the codes. Raises UserError where it is no project."""
    held = archive.Archive(data, name)
    root = xml_tree(held.read(_project_file(held), archive.LARGEST_ALL), name)
    if local(root) != "Project":
        raise UserError(f"{name} is no REFI-QDA project: it begins with <{local(root)}>.")
    return _Project(root, held, name).found()


def _project_file(held: archive.Archive) -> str:
    """The one called .qde; a newer ATLAS.ti calls it by the project's name, and may call it .xml."""
    for suffix in (".qde", ".xml"):
        if found := sorted((each for each in held.names if each.lower().endswith(suffix)), key=len):
            return found[0]
    raise UserError(f"{held.name} is no REFI-QDA project: it holds no project.qde.")


class _Project:
    def __init__(self, root: _Element, held: archive.Archive, name: str) -> None:
        self._root = root
        self._title = " ".join((root.get("name") or "").split()) or stem(name)
        self._sources = Sources(held)
        self._users = {
            plain_guid(each.get("guid") or ""): " ".join((each.get("name") or each.get("id") or "").split())
            for each in self._all("Users")
        }
        self._author = plain_guid(root.get("creatingUserGUID") or "")
        self._notes = {plain_guid(each.get("guid") or ""): self._note(each) for each in self._all("Notes")}
        self._told: set[str] = set()  # notes that stand on a mark
        self._marks = 0

    def found(self) -> Found:
        book = child(self._root, "CodeBook")
        taxonomies = read_codes(
            None if book is None else child(book, "Codes"),
            self._title,
            flattened=(self._root.get("origin") or "").startswith("ATLAS.ti"),
        )
        codes = sum(len(each.codes) for each in taxonomies)
        sources = [
            source
            for element in self._all("Sources")
            if local(element) in KINDS
            for source in self._sources.read(element)
        ]
        counting = self._counting(sources)
        next_of = self._continued()
        marks = [line for source in sources for line in self._lines(source, counting, next_of)]
        cases = self._cases()
        drafts = tuple(self._draft(source, cases) for source in sources)
        relations = self._relations({line.key for line in marks})
        joined = len(next_of) + len(relations)
        notes = tuple(self._said(codes, counting, joined))
        return Found(marks, drafts, taxonomies, relations=relations, notes=notes)

    def _relations(self, keys: set[str]) -> list[RelationLine]:
        """Links between selections that are marks; others join sources, notes or codes."""
        found = []
        for each in self._all("Links"):
            one, other = (plain_guid(each.get(name) or "") for name in ("originGUID", "targetGUID"))
            if one in keys and other in keys and each.get("name") != CONTINUED:
                label = " ".join((each.get("name") or "").split())
                symmetric = each.get("direction") in ("Bidirectional", "Associative")
                found.append(RelationLine(one, other, label, symmetric=symmetric))
        return found

    def _counting(self, sources: Sequence[Source]) -> Counting:
        """The standard counts code points; not all programs do."""
        if (self._root.get("origin") or "").startswith("Postil "):
            return STANDARD
        return counting_of(each.placed for source in sources for each in source.selections)

    def _all(self, name: str) -> Sequence[_Element]:
        held = child(self._root, name)
        return () if held is None else list(held)

    def _note(self, element: _Element) -> str:
        found = self._sources.text_of(element)
        parts = (text_in(element, "Description"), found[0] if found else "")
        return "\n\n".join(part.strip() for part in parts if part.strip())

    def _continued(self) -> dict[str, str]:
        """For a part of a mark with gaps, the next one."""
        return {
            plain_guid(each.get("originGUID") or ""): plain_guid(each.get("targetGUID") or "")
            for each in self._all("Links")
            if each.get("name") == CONTINUED and each.get("direction") == "OneWay"
        }

    def _lines(self, source: Source, counting: Counting, next_of: dict[str, str]) -> Iterator[MarkLine]:
        hash = text_hash(source.positions.text)
        by_guid = {each.guid: each for each in source.selections if each.guid}
        later = {next_of[one] for one in by_guid if next_of.get(one) in by_guid}
        for each in source.selections:
            if each.guid not in later:
                yield from self._marks_of(_parts(each, by_guid, next_of), counting, hash)
        for coding in source.whole:
            yield self._line(coding, hash, ((0, len(source.positions.text)),), "")

    def _marks_of(self, parts: Sequence[Selection], counting: Counting, hash: str) -> Iterator[MarkLine]:
        spans = tuple(
            (
                part.placed.positions.point(part.placed.start, counting),
                part.placed.positions.point(part.placed.end, counting),
            )
            for part in parts
        )
        memo = parts[0].memo
        for coding in parts[0].codings:
            line = self._line(coding, hash, spans, memo)
            yield replace(line, modified=parts[0].modified, key=parts[0].guid)
            memo = ""

    def _line(self, coding: Coding, hash: str, spans: tuple[tuple[int, int], ...], memo: str) -> MarkLine:
        self._marks += 1
        self._told.update(coding.notes)
        prose, said = sections_of(memo, OF_MARKS)
        certainty, qualifiers = said.get("Certainty", ""), pairs_in(said.get("Qualifiers", ""))
        if certainty not in ("", "sure", "unsure") or bool(said.get("Qualifiers")) != bool(qualifiers):
            prose, certainty, qualifiers = memo, "", ()
        memo = "\n\n".join(each for each in (prose, *map(self._notes.get, coding.notes)) if each)
        user = coding.user or self._author or (next(iter(self._users)) if len(self._users) == 1 else "")
        return MarkLine(
            self._marks, hash, spans[0][0], spans[-1][1], spans if len(spans) > 1 else (),
            code=coding.code, coder=self._users.get(user, ""), memo=memo, certainty=certainty,
            created=coding.created, qualifiers=qualifiers,
        )  # fmt: skip

    def _cases(self) -> dict[str, list[tuple[str, str]]]:
        """What cases say of a source: names and values by its GUID."""
        found: dict[str, list[tuple[str, str]]] = {}
        for case in self._all("Cases"):
            said = [("case", case.get("name") or ""), *values_of(case)]
            for each in case:
                if local(each) == "SourceRef":
                    found.setdefault(plain_guid(each.get("targetGUID") or ""), []).extend(said)
        return found

    def _draft(self, source: Source, cases: dict[str, list[tuple[str, str]]]) -> Draft:
        names = {
            plain_guid(each.get("guid") or ""): each.get("name") or "" for each in self._all("Variables")
        }
        said: dict[str, str] = {}
        of_cases = [value for one in source.sources for value in cases.get(one, ())]
        for variable, value in (*source.values, *dict.fromkeys(of_cases)):
            name = names.get(variable, variable)
            if name and value and value not in said.get(name, "").split("; "):
                said[name] = f"{said[name]}; {value}" if name in said else value
        lower = {name.lower(): name for name in said}
        if not _DATE.fullmatch(said.get(lower.get("date", ""), "")):
            lower.pop("date", None)
        fields: dict[str, Any] = {name: said.pop(lower[name]) for name in FIELDS if name in lower}
        return Draft(source.positions.text, source.name, attributes=said, **fields)

    def _said(self, codes: int, counting: Counting, joined: int) -> Iterator[str]:
        sources = self._sources
        listed = ", ".join(counted(number, kind) for kind, number in sources.kinds.items())
        yield f"In the file: {listed or 'no source'}; {counted(sources.codings, 'coding')}; {counted(codes, 'code')}."
        if counting != STANDARD:
            ways = ("UTF-16 units", "CR LF as one", "the byte order mark as one")
            yield f"Positions count {', '.join(way for way, on in zip(ways, counting, strict=True) if on)}."
        for what, number in sources.left.items():
            yield f"Left out: {what} ({number:,})."
        notes = len(self._notes) - len(self._told & self._notes.keys())
        links = sum(local(each) == "Link" for each in self._all("Links")) - joined
        sets, graphs = len(self._all("Sets")), len(self._all("Graphs"))
        for what, number in (
            ("notes that stand on no mark", notes), ("links", links), ("sets", sets), ("graphs", graphs)
        ):  # fmt: skip
            if number:
                yield f"Left out: {what} ({number:,})."


def _parts(first: Selection, by_guid: dict[str, Selection], next_of: dict[str, str]) -> list[Selection]:
    """The parts of a mark in order, the first of which is given."""
    parts, seen = [first], {first.guid}
    while (following := next_of.get(parts[-1].guid, "")) in by_guid and following not in seen:
        seen.add(following)
        parts.append(by_guid[following])
    return parts
