"""Marks as W3C Web Annotations (JSON-LD): standoff, each found by its words and by its position.

Positions are code points, as the model says ("unicode code points, not code units").
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import quote

from annotate.version import VERSION
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan, Options

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "w3c", "W3C Web Annotation", ".jsonld", "spans", True, True
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TEXT, CODE, RELATION = "urn:postil:sha256:", "urn:postil:code:", "urn:postil:relation:"
AROUND = 32  # characters of prefix and suffix


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A collection of one page, an annotation a line. A mark with gaps has a target for each part.

    Without text there are positions only.
    """
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    head: dict[str, Any] = {"@context": CONTEXT, "id": f"urn:postil:collection:{quote(dataset.title)}"}
    head |= {"type": "AnnotationCollection", "label": dataset.title, "generator": _generator()}
    page = {"id": f"urn:postil:page:{quote(dataset.title)}", "type": "AnnotationPage", "startIndex": 0}
    out.write(f'{encode(head)[:-1]},"first":{encode(page)[:-1]},"items":['.encode())
    number = links = 0
    for article in dataset.articles():
        marks = (_annotation(span, article, options.text) for span in article.spans)
        for item in (*marks, *map(_link, article.relations)):
            out.write(b",\n" if number + links else b"\n")
            out.write(encode(item).encode())
            links += item["motivation"] == "linking"
            number += item["motivation"] != "linking"
    out.write(f'\n]}},"total":{number + links}}}\n'.encode())
    unused = sum(len(each.codes) for each in dataset.taxonomies)
    notes = ("Codes go out with id and label where a mark has them; the codebook itself does not.",)
    return Written(number, notes if unused else ())


def _generator() -> dict[str, str]:
    return {"id": f"urn:postil:program:{VERSION}", "type": "Software", "name": f"Postil {VERSION}"}


def _annotation(span: CodedSpan, article: CodedArticle, text: bool) -> dict[str, Any]:
    made: dict[str, Any] = {"id": f"urn:uuid:{span.id}", "type": "Annotation"}
    made["motivation"] = "highlighting" if span.code is None else "tagging"
    made["creator"] = {"type": "Person", "name": span.coder}
    for name in ("created", "modified"):
        if said := getattr(span, name):
            made[name] = said
    if bodies := list(_bodies(span)):
        made["body"] = bodies
    parts = json.loads(span.parts) if span.parts else [(span.start, span.end)]
    targets = [
        {"source": _source(article), "selector": _selectors(article.text if text else "", start, end)}
        for start, end in parts
    ]
    made["target"] = targets if len(targets) > 1 else targets[0]
    return made


def _link(link: CodedRelation) -> dict[str, Any]:
    """A relation: its target is the annotation it starts from, its body the one it leads to."""
    made: dict[str, Any] = {"id": f"urn:uuid:{link.id}", "type": "Annotation", "motivation": "linking"}
    made["creator"] = {"type": "Person", "name": link.coder}
    for name in ("created", "modified"):
        if said := getattr(link, name):
            made[name] = said
    made["body"] = [
        {"type": "SpecificResource", "purpose": "linking", "source": f"urn:uuid:{link.target}"},
        {"type": "SpecificResource", "purpose": "classifying", "source": RELATION + quote(link.type)},
        _textual("tagging", link.relation),
        *([_textual("commenting", link.memo)] if link.memo else []),
    ]
    made["target"] = f"urn:uuid:{link.source}"
    return made


def _bodies(span: CodedSpan) -> Iterator[dict[str, str]]:
    if span.code is not None:
        label = f"{span.notation} {span.label}" if span.notation else span.label
        yield {"type": "SpecificResource", "purpose": "classifying", "source": CODE + quote(span.code)}
        yield _textual("tagging", label)
    if span.memo:
        yield _textual("commenting", span.memo)
    if span.certainty:
        yield _textual("assessing", span.certainty)
    if span.qualifiers:
        yield _textual("describing", json.dumps(dict(span.qualifiers), ensure_ascii=False))


def _textual(purpose: str, value: str) -> dict[str, str]:
    return {"type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value}


def _source(article: CodedArticle) -> dict[str, str]:
    made = {"id": TEXT + article.text_hash, "type": "Text", "format": "text/plain"}
    if article.title:
        made["label"] = article.title
    if article.language:
        made["language"] = article.language
    if article.url:
        made["canonical"] = article.url
    return made


def _selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    if not text:
        return [position]
    around = {"prefix": text[max(0, start - AROUND) : start], "suffix": text[end : end + AROUND]}
    return [{"type": "TextQuoteSelector", "exact": text[start:end], **around}, position]
