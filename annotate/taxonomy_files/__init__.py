"""Taxonomies as files: one way in and one way out for every format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePath

from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.relations import left_out
from annotate.taxonomy_files.incoming import NO_WISHES, Incoming, Wishes

__all__ = ["FORMATS", "NO_WISHES", "SUFFIXES", "Format", "Incoming", "Wishes", "read_taxonomy"]

SUFFIXES = (
    ".csv", ".tsv", ".xlsx", ".json", ".yaml", ".yml", ".ttl", ".rdf", ".owl", ".nt", ".jsonld", ".qdc",
)  # fmt: skip
Writes = Callable[[Taxonomy], tuple[bytes, tuple[str, ...]]]
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Format:
    """A format to write: `write` gives the file, and in a sentence each what it cannot hold."""

    title: str
    suffixes: tuple[str, ...]
    write: Writes


def read_taxonomy(data: bytes, name: str, wishes: Wishes = NO_WISHES) -> Incoming:
    """What a file brings, its format told by content and then by its name. UserError says why it is none."""
    from annotate.readers.compressed import unpacked
    from annotate.taxonomy_files import skos, table, yaml_file

    data = unpacked(data, name)
    name = name.removesuffix(".gz")
    suffix = PurePath(name).suffix.lower()
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise UserError(f"{name} is empty.")
    if data.startswith(_ZIP):
        return table.read_xlsx(data, name, wishes)
    if b"<CodeBook" in start or suffix == ".qdc":
        return _refi(data, name, wishes)
    if skos.sniff(data, name):
        return skos.read(data, name, wishes)
    if start[:1] == b"<":
        raise UserError(f"{name} is neither SKOS in RDF/XML nor a REFI-QDA codebook.")
    if suffix == ".json" or start[:1] == b"{":
        return _json(data, name, wishes)
    if suffix in (".yaml", ".yml") or _looks_like_yaml(start, suffix):
        return yaml_file.read(data, name, wishes)
    return table.read_csv(data, name, wishes)


def _looks_like_yaml(start: bytes, suffix: str) -> bool:
    first = start.split(b"\n", 1)[0]
    plain = suffix not in (".csv", ".tsv") and not any(mark in first for mark in b",;\t")
    return plain and (start.startswith((b"---", b"- ")) or b": " in first or first.rstrip().endswith(b":"))


def _json(data: bytes, name: str, wishes: Wishes) -> Incoming:
    from annotate.codebook_files import read_json
    from annotate.readers.encoding import decode

    decoded = decode(data)
    if decoded is None:
        raise UserError(f"{name} is no text.")
    return Incoming(_as_wished(read_json(decoded.text), wishes))


def _refi(data: bytes, name: str, wishes: Wishes) -> Incoming:
    import annotate.writers  # noqa: F401  (marks are known to it before the readers of marks)
    from annotate.marks_from.refi_codebook import read

    found = read(data, name)
    named = [each for each in found.taxonomies if wishes.slug in (each.slug, each.title)]
    if len(found.taxonomies) > 1 and not named:
        there = ", ".join(each.slug for each in found.taxonomies)
        raise UserError(f"{name} holds several taxonomies; name one of them as slug: {there}.")
    return Incoming(_as_wished((named or found.taxonomies)[0], wishes), found.notes)


def _as_wished(taxonomy: Taxonomy, wishes: Wishes) -> Taxonomy:
    slug = wishes.slug or taxonomy.slug
    codes = tuple(replace(code, taxonomy=slug) for code in taxonomy.codes)
    from annotate.rule_files import renamed

    types = tuple(replace(type, taxonomy=slug) for type in taxonomy.relation_types)
    title = wishes.title or taxonomy.title
    named = replace(taxonomy, id=slug, slug=slug, title=title, codes=codes, relation_types=types)
    return renamed(named, slug)


def _of(module: str, function: str, *, whole: bool = False) -> Writes:
    """A writer whose module is loaded when it is used; `whole`: it holds rules, questions and relations, too."""

    def write(taxonomy: Taxonomy) -> tuple[bytes, tuple[str, ...]]:
        writes: Writes = getattr(import_module(f"annotate.taxonomy_files.{module}"), function)
        from annotate import rule_files

        data, notes = writes(taxonomy)
        if whole:
            return data, notes
        return data, (*notes, *rule_files.left_out(taxonomy), *left_out(taxonomy.relation_types))

    return write


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", (".csv",), _of("plain", "to_csv")),
    "json": Format("JSON", (".json",), _of("plain", "to_json", whole=True)),
    "yaml": Format("YAML", (".yaml", ".yml"), _of("yaml_file", "write", whole=True)),
    "xlsx": Format("Excel workbook", (".xlsx",), _of("table", "write_xlsx")),
    "turtle": Format("SKOS (Turtle)", (".ttl",), _of("skos_out", "turtle")),
    "rdf": Format("SKOS (RDF/XML)", (".rdf",), _of("skos_out", "rdf_xml")),
    "qdc": Format("REFI-QDA codebook", (".qdc",), _of("plain", "to_refi")),
    "inception": Format("INCEpTION tagset", (), _of("label_sets", "inception")),
    "label-studio": Format(
        "Label Studio labelling configuration", (".xml",), _of("label_sets", "label_studio")
    ),
    "doccano": Format("doccano labels", (), _of("label_sets", "doccano")),
    "brat": Format("brat annotation.conf", (".conf",), _of("label_sets", "brat")),
}
