"""The sources of a REFI-QDA project: their texts, and what was selected in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from annotate.marks import utc
from annotate.marks_from.positions import Placed, Positions
from annotate.marks_from.refi_codes import child, text_in
from annotate.readers.archive import Archive
from annotate.readers.encoding import decode
from annotate.readers.xml_tree import local
from annotate.refi import plain_guid

if TYPE_CHECKING:
    from lxml.etree import _Element

KINDS = {  # a source, what it is called, and where its text is
    "TextSource": ("text", ""),
    "PDFSource": ("PDF", "Representation"),
    "PictureSource": ("picture", "TextDescription"),
    "AudioSource": ("recording", "Transcript"),
    "VideoSource": ("video", "Transcript"),
}
ELSEWHERE = {
    "PDFSelection": "areas of PDF pages",
    "PictureSelection": "areas of pictures",
    "AudioSelection": "stretches of recordings",
    "VideoSelection": "stretches of videos",
    "TranscriptSelection": "stretches of transcripts without a position",
}
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Coding:
    code: str | None  # a GUID; None: selected, but not coded
    user: str = ""
    created: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    guid: str
    placed: Placed
    codings: tuple[Coding, ...]
    memo: str = ""
    modified: str = ""


@dataclass(slots=True)
class Source:
    """One text. `sources` are the GUIDs by which others speak of it, `whole` what stands on all of it."""

    sources: tuple[str, ...]
    name: str
    positions: Positions
    selections: list[Selection] = field(default_factory=list)
    whole: tuple[Coding, ...] = ()
    notes: int = 0
    values: list[tuple[str, str]] = field(default_factory=list)  # GUID of a variable, value


class Sources:
    """Reads sources one by one, and counts them, their codings, and what cannot be taken."""

    def __init__(self, archive: Archive) -> None:
        self.kinds: Counter[str] = Counter()
        self.left: Counter[str] = Counter()
        self.codings = 0
        self._archive = archive
        self._members = {
            name.replace("\\", "/").rpartition("/")[2].casefold(): name for name in archive.names
        }

    def read(self, element: _Element) -> Iterator[Source]:
        """The texts of a source: none, one, or one for each transcript."""
        kind, inside = KINDS[local(element)]
        self.kinds[kind] += 1
        texts = [each for each in element if local(each) == inside] if inside else [element]
        found = [source for each in texts if (source := self._text(each, element))]
        if not texts and kind == "PDF":
            self.left["PDFs without their text"] += 1
        whole = self._codings(element)
        if inside:
            self._count_elsewhere(element, found)
        if found:
            found[0].whole += whole
        elif whole:
            self.left["codings on sources without a text"] += len(whole)
        yield from found

    def text_of(self, element: _Element) -> tuple[str, bool] | None:
        """The text of a source or note, and whether a byte order mark stands before it. None: it is not there."""
        content = child(element, "PlainTextContent")
        if content is not None:
            return content.text or "", False
        path = (element.get("plainTextPath") or "").replace("\\", "/")
        member = self._members.get(path.rpartition("/")[2].casefold())
        if member is None:
            return None
        data = self._archive.read(member)
        decoded = decode(data, "utf-8")
        return (decoded.text, data.startswith(_MARK)) if decoded else None

    def _text(self, element: _Element, source: _Element) -> Source | None:
        selected = [each for each in element if local(each) in ("PlainTextSelection", "TranscriptSelection")]
        found = self.text_of(element)
        if found is None or not found[0].strip():
            self.left["texts that are not in the file" if found is None else "texts without a word"] += 1
            lost = sum(len(self._codings(each)) for each in selected)
            if lost or selected:
                self.left["selections in them"] += len(selected)
                self.left["codings in them"] += lost
            return None
        positions = Positions(found[0], marked=found[1])
        guids = tuple(plain_guid(each.get("guid") or "") for each in (element, source))
        made = Source(guids, _name_of(element, source), positions)
        points = _sync_points(element)
        for each in selected:
            edges = _edges(each, points)
            if edges is None:
                self.left[f"codings on {ELSEWHERE['TranscriptSelection']}"] += len(self._codings(each)) or 1
            else:
                made.selections.append(
                    self._selection(each, Placed(positions, *edges, each.get("name") or ""))
                )
        if element is not source:
            made.whole = self._codings(element)
        for held in (element, source) if element is not source else (element,):
            made.values += values_of(held)
            made.notes += sum(local(each) == "NoteRef" for each in held)
        return made

    def _selection(self, element: _Element, placed: Placed) -> Selection:
        codings = self._codings(element)
        user, created = element.get("creatingUser") or "", utc(element.get("creationDateTime") or "")
        own = note_refs(element)
        plain = codings or (Coding(None, plain_guid(user), created),)
        filled = tuple(
            replace(each, user=each.user or plain_guid(user), created=each.created or created)
            for each in plain
        )
        return Selection(
            plain_guid(element.get("guid") or ""),
            placed,
            (replace(filled[0], notes=own + filled[0].notes), *filled[1:]),
            text_in(element, "Description"),
            utc(element.get("modifiedDateTime") or ""),
        )

    def _codings(self, element: _Element) -> tuple[Coding, ...]:
        found = []
        for each in element:
            if local(each) == "Coding":
                code = child(each, "CodeRef")
                target = plain_guid(code.get("targetGUID") or "") if code is not None else ""
                user, created = each.get("creatingUser") or "", utc(each.get("creationDateTime") or "")
                found.append(Coding(target or "no GUID", plain_guid(user), created, note_refs(each)))
        self.codings += len(found)
        return tuple(found)

    def _count_elsewhere(self, element: _Element, found: Sequence[Source]) -> None:
        """Selections that are no stretch of text; one that is both (with the same GUID) is in."""
        known = {each.guid for source in found for each in source.selections}
        for each in element:
            if local(each) in ELSEWHERE and local(each) != "TranscriptSelection":
                codings = self._codings(each)
                if plain_guid(each.get("guid") or "") in known:
                    self.codings -= len(codings)
                    continue
                what = ELSEWHERE[local(each)]
                if codings:
                    self.left[f"codings on {what}"] += len(codings)
                else:
                    self.left[f"selections without a code on {what}"] += 1


def _name_of(element: _Element, source: _Element) -> str:
    """What the source is called, else the file of its text."""
    name = source.get("name") or element.get("name") or ""
    path = (element.get("plainTextPath") or "").replace("\\", "/")
    return " ".join(name.split()) or path.rpartition("/")[2].removesuffix(".txt")


def note_refs(element: _Element) -> tuple[str, ...]:
    """The GUIDs of the notes on an element."""
    return tuple(plain_guid(each.get("targetGUID") or "") for each in element if local(each) == "NoteRef")


def values_of(element: _Element) -> list[tuple[str, str]]:
    """The variables on an element: GUID and value."""
    found = []
    for each in element:
        if local(each) != "VariableValue":
            continue
        of = child(each, "VariableRef")
        value = next((part.text or "" for part in each if local(part).endswith("Value")), "")
        if of is not None and value:
            found.append((plain_guid(of.get("targetGUID") or ""), value))
    return found


def _sync_points(element: _Element) -> dict[str, int]:
    return {
        plain_guid(each.get("guid") or ""): int(position)
        for each in element
        if local(each) == "SyncPoint" and (position := each.get("position") or "").isdecimal()
    }


def _edges(element: _Element, points: dict[str, int]) -> tuple[int, int] | None:
    """The edges of a selection as the file has them; -1 stands for what is no number."""
    if local(element) == "PlainTextSelection":
        return _number(element.get("startPosition")), _number(element.get("endPosition"))
    start = points.get(plain_guid(element.get("fromSyncPoint") or ""))
    end = points.get(plain_guid(element.get("toSyncPoint") or ""))
    return None if start is None or end is None else (start, end)


def _number(said: str | None) -> int:
    plain = (said or "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 12 else -1
