"""brat standoff: texts (.txt) with their marks (.ann), in a ZIP or a folder."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine, RelationLine
from annotate.marks_from.brat_lines import AnnLines, Link, TextBound
from annotate.marks_from.brat_types import declared
from annotate.marks_from.found import Found
from annotate.marks_from.labels import Labels
from annotate.marks_from.positions import STANDARD, Counting, Placed, Positions, counting_of
from annotate.marks_from.zip_names import holds
from annotate.model import Code, Draft, Span
from annotate.readers import archive
from annotate.readers.contract import stem
from annotate.readers.encoding import decode
from annotate.sidecar import FILE, from_json
from annotate.text import text_hash
from annotate.writers.brat_files import OF_RELATIONS, UNCODED, joined

NAME, TITLE, SUFFIXES = "brat", "brat standoff", (".zip",)


def sniff(data: bytes, name: str) -> bool:
    return holds(data, ".ann", ".txt")


def read(data: bytes, name: str) -> Found:
    """Every .ann with the .txt beside it. Where the same texts stand in several folders, these are coders.

    Events and groups are counted and left out; their triggers are marks.
    """
    held = archive.Archive(data, name)
    if not any(each.endswith(".ann") for each in held.names):
        raise UserError(f"{name} holds no brat standoff: there is no .ann file in it.")
    return _Corpus(held, name).found()


class _Corpus:
    def __init__(self, held: archive.Archive, name: str) -> None:
        self._held = held
        self._sidecar = from_json(held.read(FILE)) if FILE in held else from_json(b"{}")
        self._left: Counter[str] = Counter()
        self._title = stem(name)
        self._labels = Labels(self._title)
        conf = declared(self._conf("annotation.conf"), self._conf("visual.conf"), self._title)
        self._declared = {code.id: code for code in conf.codes}
        self._taxonomy = conf
        self._missing = 0

    def found(self) -> Found:
        files = list(self._files())
        placed = [
            Placed(positions, start, end, bound.words)
            for _, positions, lines in files
            for bound in lines.bounds.values()
            for start, end in bound.spans[:1]
        ]
        counting = STANDARD if self._sidecar.articles else counting_of(placed)
        folders = self._folders([path for path, _, _ in files])
        drafts: dict[str, Draft] = {}
        marks: list[MarkLine | BadLine] = []
        relations: list[RelationLine] = []
        for path, positions, lines in files:
            folder, base = posixpath.split(path)
            hash = text_hash(positions.text)
            drafts.setdefault(hash, self._sidecar.draft(base, positions.text))
            marks += [
                replace(bad, reason=f"{base}.ann, line {bad.number}: {bad.reason}") for bad in lines.bad
            ]
            for id, bound in lines.bounds.items():
                made = self._mark(bound, positions, counting, hash, folders.get(folder, ""), len(marks) + 1)
                marks.append(replace(made, key=f"{path} {id}") if isinstance(made, MarkLine) else made)
            relations += [self._relation(link, path) for link in lines.links.values()]
        notes, texts = tuple(self._notes(counting)), tuple(drafts.values())
        return Found(
            marks, texts, self._codes(), by_label=not self._sidecar.types, relations=relations, notes=notes
        )

    def _files(self) -> Iterator[tuple[str, Positions, AnnLines]]:
        """Path without suffix, the text and the marks of each pair of files."""
        for member in self._held.names:
            path = member.removesuffix(".ann")
            if path == member:
                continue
            decoded = decode(self._held.read(f"{path}.txt"), "utf-8") if f"{path}.txt" in self._held else None
            if decoded is None or not decoded.text.strip():
                self._missing += 1
                continue
            lines = decode(self._held.read(member), "utf-8")
            yield path, Positions(decoded.text), AnnLines(lines.text if lines else "", self._left)

    def _folders(self, paths: list[str]) -> dict[str, str]:
        """The coder of each folder, where folders are coders."""
        if self._sidecar.coders:
            return self._sidecar.coders
        often = Counter(posixpath.basename(path) for path in paths)
        shared = {posixpath.dirname(path) for path in paths if often[posixpath.basename(path)] > 1}
        return {folder: posixpath.basename(folder) for folder in shared}

    def _mark(
        self, bound: TextBound, positions: Positions, counting: Counting, hash: str, coder: str, number: int
    ) -> MarkLine | BadLine:
        pieces = [
            (positions.point(start, counting), positions.point(end, counting))
            for start, end in sorted(bound.spans)
        ]
        there = " ".join(positions.text[start:end] for start, end in pieces)
        if bound.words.split() != there.split():
            return BadLine(number, f"“{bound.words[:60]}” is not what the text has there")
        spans = _spans(bound.own.get("spans")) or tuple(joined(positions.text, pieces))
        certainty = bound.values.get("Certainty", "")
        if certainty in ("sure", "unsure"):
            del bound.values["Certainty"]
        else:
            certainty = ""
        own = bound.own.get("qualifiers")
        qualifiers = (
            tuple((str(name), str(value)) for name, value in own.items()) if isinstance(own, dict) else ()
        )
        for name in [name for name in bound.values if qualifiers and name.startswith("Qualifier_")]:
            del bound.values[name]
        said = [f"{name}: {value}" for name, value in bound.values.items()]
        memo = bound.own.get("memo")
        if not isinstance(memo, str):
            memo = "\n".join([*bound.notes, *said])
        return MarkLine(
            number, hash, spans[0][0], spans[-1][1], spans if len(spans) > 1 else (),
            code=self._code(bound.kind), coder=coder, memo=memo, certainty=certainty, qualifiers=qualifiers,
        )  # fmt: skip

    def _relation(self, link: Link, path: str) -> RelationLine:
        said = {name: value if isinstance(value := link.own.get(name), str) else "" for name in OF_RELATIONS}
        said["memo"] = said["memo"] or "\n".join(link.notes)
        label = link.kind.replace("_", " ").replace("-", " ").lower()
        type = self._sidecar.relations.get(link.kind, "")
        ends = f"{path} {link.source}", f"{path} {link.target}"
        return RelationLine(*ends, label, type, False, *said.values())

    def _code(self, kind: str) -> str | None:
        if kind in self._sidecar.types:
            return self._sidecar.types[kind]
        if kind == UNCODED and self._sidecar.types:
            return None
        id = f"{self._taxonomy.slug}:{kind}"
        return id if id in self._declared else self._labels.id(kind)

    def _codes(self) -> tuple[Any, ...]:
        """Those that went out with the files, else those declared and those met."""
        if self._sidecar.types:
            return tuple(self._sidecar.taxonomies)
        met: tuple[Code, ...] = self._labels.taxonomies()[0].codes if self._labels.taxonomies() else ()
        codes = (*self._taxonomy.codes, *met)
        return (replace(self._taxonomy, codes=codes),) if codes else ()

    def _conf(self, base: str) -> str:
        """The file of this name that lies nearest to the root, "" where there is none."""
        paths = sorted((each for each in self._held.names if posixpath.basename(each) == base), key=len)
        decoded = decode(self._held.read(paths[0]), "utf-8") if paths else None
        return decoded.text if decoded else ""

    def _notes(self, counting: Counting) -> Iterator[str]:
        if self._missing:
            yield f"Left out: .ann files without their text ({self._missing:,})."
        if counting.joined:
            yield "Positions count CR LF as one."
        if counting.units:
            yield "Positions count UTF-16 units."
        for what, number in self._left.items():
            yield f"Left out: {what} ({number:,})."


def _spans(held: Any) -> tuple[Span, ...]:
    try:
        return tuple((int(start), int(end)) for start, end in held or ())
    except (TypeError, ValueError):
        return ()
