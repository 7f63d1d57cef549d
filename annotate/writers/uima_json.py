"""Texts with their marks as UIMA CAS in JSON: a .json for each text, with its types in it, as one ZIP.

The same types and features as in XMI; positions are UTF-16 units.
"""

from __future__ import annotations

import json
from typing import IO, Any

from annotate.errors import UserError
from annotate.sidecar import FILE, Sidecar, file_names
from annotate.spoken import counted
from annotate.writers import uima
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.spans import Options
from annotate.writers.zipped import member, zipped

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "cas-json", "UIMA CAS (JSON)", ".zip", "spans", True, True


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A mark with gaps is an annotation for each part, with the same `mark`. Raises UserError without text."""
    if not options.text:
        raise UserError("A CAS carries its text; it cannot be written without.")
    sidecar = Sidecar(taxonomies=dataset.taxonomies)
    marks = gapped = 0
    with zipped(out) as archive:
        for number, article in enumerate(dataset.articles(), 1):
            name = file_names(number, article.title)
            sidecar.know(name, article)
            held = json.dumps(cas(article), ensure_ascii=False, indent=1)
            archive.writestr(member(f"{name}.json"), held.encode())
            marks += len(article.spans)
            gapped += sum(bool(span.parts) for span in article.spans)
        archive.writestr(member(FILE), sidecar.to_json())
    return Written(
        marks, (f"{counted(gapped, 'mark')} with gaps: an annotation for each part.",) if gapped else ()
    )


def cas(article: CodedArticle) -> dict[str, Any]:
    """The text in the initial view, what is known of it, and its marks."""
    sofa = {"sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain", "sofaString": article.text}
    held: list[dict[str, Any]] = [{"%ID": 1, "%TYPE": "uima.cas.Sofa", **sofa}]
    for id, (kind, begin, end, features) in enumerate(uima.structures(article, str), uima.FIRST):
        said = dict(_said(kind, name, each) for name, each in features.items())
        held.append({"%ID": id, "%TYPE": f"postil.{kind}", "@sofa": 1, "begin": begin, "end": end, **said})
    view = {"%SOFA": 1, "%MEMBERS": [each["%ID"] for each in held[1:]]}
    return {"%TYPES": _types(), "%FEATURE_STRUCTURES": held, "%VIEWS": {"_InitialView": view}}


def _said(kind: str, name: str, value: str) -> tuple[str, str | int]:
    """A feature; one that points to another structure has @ before its name."""
    if kind == "Relation" and name in uima.ENDS:
        return f"@{name}", int(value)
    return name, int(value) if name in uima.NUMBERS else value


def _types() -> dict[str, Any]:
    found = {}
    for name, above, features in uima.TYPES:
        listed = {each: {"%NAME": each, "%RANGE": uima.range_of(name, each)} for each in features}
        found[f"postil.{name}"] = {"%NAME": f"postil.{name}", "%SUPER_TYPE": above, **listed}
    return found
