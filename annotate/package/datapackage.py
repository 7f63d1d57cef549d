"""`datapackage.json`: the package as Frictionless describes data, with keys and foreign keys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from annotate.package.about import About, Author
from annotate.package.files import Made
from annotate.package.tables import Field, Sheet

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TYPES = {"text": "string", "whole": "integer", "share": "number", "flag": "integer", "number": "number"}
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def datapackage(about: About, name: str, day: str, sheets: Sequence[Sheet], made: Mapping[str, Made]) -> str:
    """The file. `day` is when the project was last changed, `name` that of the package."""
    held: dict[str, Any] = {"$schema": PROFILE, "name": name, "title": about.title}
    held["description"] = about.description
    held |= {"version": about.version, "created": f"{day}T00:00:00Z", "keywords": list(about.keywords)}
    held["id"] = f"https://doi.org/{about.doi}" if about.doi else ""
    held["contributors"] = [_contributor(each) for each in about.authors]
    if about.licence:
        licence = about.licence
        held["licenses"] = [{"name": licence.id, "title": licence.title, "path": licence.url}]
    held["resources"] = [_table(sheet, made) for sheet in sheets] + [
        _file(made[path], sheet) for sheet in sheets if (path := f"{sheet.path}.parquet") in made
    ]
    return (
        json.dumps({key: value for key, value in held.items() if value}, ensure_ascii=False, indent=2) + "\n"
    )


def _contributor(author: Author) -> dict[str, str]:
    said = {"title": f"{author.given} {author.name}".strip(), "role": "author", "path": author.orcid}
    return {key: value for key, value in (said | {"organization": author.affiliation}).items() if value}


def _table(sheet: Sheet, made: Mapping[str, Made]) -> dict[str, Any]:
    keys = [
        {
            "fields": [each.column],
            "reference": {"resource": "" if each.table == sheet.name else each.table, "fields": [each.to]},
        }
        for each in sheet.leads
    ]
    schema: dict[str, Any] = {"fields": [_field(each) for each in sheet.fields], "missingValues": [""]}
    schema["primaryKey"] = list(sheet.key)
    if keys:
        schema["foreignKeys"] = keys
    file = made[f"{sheet.path}.csv"]
    return {
        "name": sheet.name,
        "type": "table",
        "title": sheet.about,
        **_bytes(file),
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": schema,
    }


def _file(file: Made, sheet: Sheet) -> dict[str, Any]:
    return {
        "name": f"{sheet.name}-parquet",
        "type": "file",
        "title": f"{sheet.about} (the same as Parquet)",
    } | _bytes(file)


def _bytes(file: Made) -> dict[str, Any]:
    form = file.path.rpartition(".")[2]
    held: dict[str, Any] = {"path": file.path, "format": form, "mediatype": MEDIA[form]}
    if form == "csv":
        held["encoding"] = "utf-8"
    return held | {"bytes": file.size, "hash": f"sha256:{file.sha256}"}


def _field(field: Field) -> dict[str, Any]:
    held: dict[str, Any] = {
        "name": field.name,
        "type": field.type or TYPES[field.kind],
        "description": field.about,
    }
    return held | ({"constraints": {"required": True}} if field.needed else {})
