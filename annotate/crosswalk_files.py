"""Crosswalks as files: CSV, SSSOM (a TSV with a head), and SKOS mappings in RDF."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotate.crosswalks import Crosswalk, Match
from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.model import Code
from annotate.taxonomy_files.skos_words import CODE, OURS, SKOS, code_id, code_iri
from annotate.version import VERSION

COLUMNS = ("source_id", "source_label", "match", "target_id", "target_label", "note")
_NAMES = {
    name: column
    for column, names in {
        "source_id": "source source_code subject_id from code",
        "source_label": "subject_label from_label",
        "target_id": "target target_code object_id to other",
        "target_label": "object_label to_label",
        "match": "skos_mapping predicate_id relation mapping",
        "note": "comment",
    }.items()
    for name in names.split()
}
SSSOM = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "comment",
)  # fmt: skip
JUSTIFIED = "semapv:ManualMappingCuration"
_MATCH = re.compile(r"(?:.*[#:/])?(exact|close|broad|narrow|related)(?:_?match)?", re.IGNORECASE)
_CURIE = re.compile(r"[A-Za-z_][\w.-]*:[^\s:/][^\s]*")


@frozen
class Row:
    """A line as it was read; codes are named as the file does."""

    place: str
    code: str
    match: Match
    other: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    title: str
    suffixes: tuple[str, ...]
    write: Callable[[Crosswalk, Mapping[str, Code]], bytes]


def read(data: bytes, name: str) -> list[Row]:
    """The mappings of a file. UserError says what does not fit."""
    from annotate.readers.encoding import decode
    from annotate.taxonomy_files import rdf

    if rdf.kind_of(data, name):
        return _rdf_rows(data, name)
    decoded = decode(data)
    if decoded is None:
        raise UserError(f"{name} is no text.")
    return _table_rows(decoded.text, name)


def _table_rows(text: str, name: str) -> list[Row]:
    lines = [line for line in text.removeprefix("\ufeff").split("\n") if not line.startswith("#")]
    if not lines or not lines[0].strip():
        raise UserError(f"{name} is empty.")
    rows = csv.reader(io.StringIO("\n".join(lines)), delimiter=max("\t,;", key=lines[0].count))
    header = [re.sub(r"[\s-]+", "_", cell.strip().lower()) for cell in next(rows, [])]
    names = [_NAMES.get(cell, cell) for cell in header]
    for needed in ("source_id", "match", "target_id"):
        if needed not in names:
            raise UserError(f"{name} is no crosswalk: it has no column “{needed}”.")
    skipped = len(text.split("\n")) - len(lines)
    found = []
    for cells in rows:
        said = {key: cell.strip() for key, cell in zip(names, cells, strict=False)}
        if any(said.values()):
            place = f"Line {rows.line_num + skipped}"
            code, other = (_id(said.get(end, "")) for end in ("source_id", "target_id"))
            found.append(
                Row(place, code, match_of(said.get("match", ""), place), other, said.get("note", ""))
            )
    return found


def match_of(said: str, place: str = "") -> Match:
    """A kind of mapping by its name, as exact, exactMatch or skos:exactMatch. Raises UserError."""
    found = _MATCH.fullmatch(said.strip())
    if found is None:
        raise UserError(
            f"{place + ': ' if place else ''}“{said}” is no mapping; there are {', '.join(Match)}."
        )
    return Match(found[1].lower())


def _id(said: str) -> str:
    """An id as a table has it: a CURIE of ours, or as it is."""
    return code_id(CODE + said.removeprefix("postil:")) if said.startswith("postil:") else code_id(said)


def _rdf_rows(data: bytes, name: str) -> list[Row]:
    from annotate.taxonomy_files.rdf import statements

    kinds = {f"{SKOS}{match}Match": match for match in Match}
    found: list[Row] = []
    for quad in statements(data, name):
        if (match := kinds.get(quad.predicate.value)) is not None:
            one, other = (getattr(end, "value", "") for end in (quad.subject, quad.object))
            found.append(Row(f"Mapping {len(found) + 1}", code_id(one), match, code_id(other)))
    if not found:
        raise UserError(f"{name} holds no SKOS mappings.")
    return found


# ---------------------------------------------------------------- out


def _lines(
    crosswalk: Crosswalk, codes: Mapping[str, Code]
) -> Iterator[tuple[str, str, Match, str, str, str]]:
    for each in crosswalk.mappings:
        labels = [codes[id].label if id in codes else "" for id in (each.code, each.other)]
        yield each.code, labels[0], each.match, each.other, labels[1], each.note


def to_csv(crosswalk: Crosswalk, codes: Mapping[str, Code]) -> bytes:
    """A mapping a line."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows(_lines(crosswalk, codes))
    return out.getvalue().encode("utf-8", "replace")


def to_sssom(crosswalk: Crosswalk, codes: Mapping[str, Code]) -> bytes:
    """The Simple Standard for Sharing Ontological Mappings: a head in YAML behind #, then a TSV."""
    rows = list(_lines(crosswalk, codes))
    ids = [_curie(id) for row in rows for id in (row[0], row[3])]
    prefixes = {id.partition(":")[0] for id in ids} - {"postil"}
    curies = {prefix: f"{CODE}{prefix}%3A" for prefix in sorted(prefixes)}
    curies |= {"postil": CODE, "skos": SKOS, "semapv": "https://w3id.org/semapv/vocab/"}
    head = [
        f"mapping_set_id: {OURS}crosswalk:{crosswalk.id}",
        f"mapping_set_title: {_quoted(crosswalk.title)}",
    ]
    head += [f"mapping_set_description: {_quoted(crosswalk.note)}"] if crosswalk.note else []
    head += [f"creator_label: {_quoted(crosswalk.origin)}"] if crosswalk.origin else []
    head += [
        "license: https://w3id.org/sssom/license/unspecified",
        f"mapping_tool: Postil {VERSION}",
        "curie_map:",
    ]
    head += [f"  {prefix}: {_quoted(iri)}" for prefix, iri in curies.items()]
    out = io.StringIO(newline="")
    out.write("".join(f"#{line}\n" for line in head))
    table = csv.writer(out, delimiter="\t", lineterminator="\n")
    table.writerow(SSSOM)
    for code, label, match, other, other_label, note in rows:
        ends = (_curie(code), label, f"skos:{match}Match", _curie(other), other_label)
        table.writerow([*ends, JUSTIFIED, note])
    return out.getvalue().encode("utf-8", "replace")


def to_turtle(crosswalk: Crosswalk, codes: Mapping[str, Code]) -> bytes:
    """The mappings alone, as SKOS."""
    return _rdf(crosswalk, "TURTLE")


def to_rdf_xml(crosswalk: Crosswalk, codes: Mapping[str, Code]) -> bytes:
    """The mappings alone, as SKOS."""
    return _rdf(crosswalk, "RDF_XML")


def _rdf(crosswalk: Crosswalk, form: str) -> bytes:
    from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

    triples = (
        Triple(
            NamedNode(code_iri(each.code)),
            NamedNode(f"{SKOS}{each.match}Match"),
            NamedNode(code_iri(each.other)),
        )
        for each in crosswalk.mappings
    )
    return serialize(triples, format=getattr(RdfFormat, form), prefixes={"skos": SKOS, "postil": OURS}) or b""


def _curie(id: str) -> str:
    if _CURIE.fullmatch(id) and not id.startswith(("http:", "https:", "postil:", "skos:")):
        return id
    return "postil:" + code_iri(id).removeprefix(CODE) if code_iri(id).startswith(CODE) else id


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", (".csv",), to_csv),
    "sssom": Format("SSSOM (TSV)", (".tsv",), to_sssom),
    "turtle": Format("SKOS mappings (Turtle)", (".ttl",), to_turtle),
    "rdf": Format("SKOS mappings (RDF/XML)", (".rdf",), to_rdf_xml),
}


def looked_up(
    rows: Iterable[Row], sources: Mapping[str, str], targets: Mapping[str, str]
) -> tuple[list[Row], list[Row]]:
    """The rows with the ids of their codes, and those of which a code is not known. Both name codes as files do."""
    found, unknown = [], []
    for row in rows:
        code, other = sources.get(row.code), targets.get(row.other)
        if code and other:
            found.append(Row(row.place, code, row.match, other, row.note))
        else:
            unknown.append(row)
    return found, unknown


def names_of(codes: Iterable[Code]) -> dict[str, str]:
    """Ids of codes by what a file may call them: the id before a notation before a label that only one has."""
    listed = list(codes)
    found: dict[str, str] = {}
    for field in ("label", "notation"):
        named: dict[str, list[str]] = {}
        for code in listed:
            named.setdefault(getattr(code, field), []).append(code.id)
        found |= {name: ids[0] for name, ids in named.items() if name and len(ids) == 1}
    return found | {code.id: code.id for code in listed}
