"""`croissant.json`: the package as machine learning tools read it (Croissant 1.0, on schema.org).

Which columns lead to other tables is said in words: what Croissant calls references makes its reader join the tables,
and give other rows when several are read. Foreign keys proper stand in `datapackage.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from annotate.package.about import About, Author
from annotate.package.citation import cited
from annotate.package.files import Made
from annotate.package.tables import Field, Sheet

CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
TYPES = {
    "text": "sc:Text",
    "whole": "sc:Integer",
    "share": "sc:Float",
    "flag": "sc:Integer",
    "number": "sc:Float",
}


def croissant(about: About, name: str, day: str, sheets: Sequence[Sheet], made: Mapping[str, Made]) -> str:
    """The file; of each table its CSV is described."""
    held: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": name,
        "alternateName": about.title,
        "description": about.description or about.title,
        "version": _version(about.version),
        "datePublished": day,
        "creator": [_creator(each) for each in about.authors],
        "keywords": list(about.keywords),
        "license": about.licence.url if about.licence else "",
        "url": f"https://doi.org/{about.doi}" if about.doi else "",
        "citeAs": cited(about, day),
        "isLiveDataset": False,
        "distribution": [_file(made[f"{sheet.path}.csv"], sheet) for sheet in sheets],
        "recordSet": [_records(sheet) for sheet in sheets],
    }
    kept = {key: value for key, value in held.items() if value != "" and value != []}
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def _version(said: str) -> str:
    """As Croissant wants it: three numbers, if the version is made of numbers."""
    parts = said.split(".")
    return ".".join([*parts, "0", "0"][:3]) if all(part.isdecimal() for part in parts) else said


def _creator(author: Author) -> dict[str, Any]:
    held: dict[str, Any] = {"@type": "sc:Person" if author.given else "sc:Organization"}
    held["name"] = f"{author.given} {author.name}".strip()
    if author.orcid:
        held["url"] = author.orcid
    return held


def _file(file: Made, sheet: Sheet) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{sheet.name}.csv",
        "name": f"{sheet.name}.csv",
        "description": sheet.about,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    }


def _records(sheet: Sheet) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": sheet.name,
        "name": sheet.name,
        "description": sheet.about,
        "key": [{"@id": f"{sheet.name}/{column}"} for column in sheet.key],
        "field": [_field(each, sheet) for each in sheet.fields],
    }


def _field(field: Field, sheet: Sheet) -> dict[str, Any]:
    leads = [f"; leads to {each.table}.{each.to}" for each in sheet.leads if each.column == field.name]
    return {
        "@type": "cr:Field",
        "@id": f"{sheet.name}/{field.name}",
        "name": field.name,
        "description": field.about + "".join(leads),
        "dataType": TYPES[field.kind],
        "source": {"fileObject": {"@id": f"{sheet.name}.csv"}, "extract": {"column": field.name}},
    }
