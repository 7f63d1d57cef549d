"""Texts with labelled regions for Label Studio: tasks and the labelling configuration, as one ZIP.

Positions are code points, as Label Studio has counted since version 1.5.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from annotate.codetree import by_id, resolved_colour
from annotate.errors import UserError
from annotate.model import Taxonomy
from annotate.refi import attribute, palette
from annotate.spoken import counted
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.labelled import OWN, UNCODED, labels_of, own, parts_of
from annotate.writers.related import CodedRelation
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.zipped import member, zipped

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "label-studio", "Label Studio", ".zip", "spans", True, True


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """`tasks.json` to import into a project that is set up with `config.xml`; an annotation for each coder.

    A mark with gaps has a region for each part. Raises UserError without text.
    """
    if not options.text:
        raise UserError("Label Studio labels texts; they cannot be left out.")
    labels = labels_of(dataset.taxonomies)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    marks = gapped = links = apart = 0
    with zipped(out) as archive:
        archive.writestr(member("config.xml"), config(dataset.taxonomies, labels))
        with archive.open(member("tasks.json"), "w", force_zip64=True) as file:
            file.write(b"[")
            for number, article in enumerate(dataset.articles()):
                file.write((b",\n" if number else b"\n") + encode(_task(article, labels)).encode())
                marks += len(article.spans)
                gapped += sum(bool(span.parts) for span in article.spans)
                links += len(article.relations)
                apart += len(article.relations) - sum(1 for _ in _within(article))
            file.write(b"\n]\n")
    notes = [f"{counted(gapped, 'mark')} with gaps: a region for each part."] if gapped else []
    if apart:
        notes.append(
            f"{counted(apart, 'relation')} between marks of several coders left out: they stand in annotations apart."
        )
    if links - apart:
        notes.append("Relations go out with their labels; whose they are, their memos and times stay.")
    return Written(marks, tuple(notes))


def _within(article: CodedArticle) -> Iterator[tuple[str, CodedRelation]]:
    """The relations between marks of one coder, with that coder's name."""
    coders = {span.id: span.coder for span in article.spans}
    for link in article.relations:
        if coders[link.source] == coders[link.target]:
            yield coders[link.source], link


def config(taxonomies: Sequence[Taxonomy], labels: Mapping[str | None, str]) -> str:
    """The labelling configuration: a label for each code, with its colour."""
    lines = [f"    <Label value={attribute(UNCODED)}/>"]
    for taxonomy in taxonomies:
        known = by_id(taxonomy.codes)
        for code in taxonomy.codes:
            colour = resolved_colour(code, known)
            said = f"value={attribute(labels[code.id])} background={attribute(palette().get(colour, colour))}"
            lines.append(f"    <Label {said}/>")
    inside = "\n".join(lines)
    types = dict.fromkeys(type.label for taxonomy in taxonomies for type in taxonomy.relation_types)
    links = "".join(f"    <Relation value={attribute(label)}/>\n" for label in types)
    relations = f"  <Relations>\n{links}  </Relations>\n" if links else ""
    return (
        f'<View>\n{relations}  <Labels name="label" toName="text">\n{inside}\n  </Labels>\n'
        '  <Text name="text" value="$text"/>\n</View>\n'
    )


def _task(article: CodedArticle, labels: Mapping[str | None, str]) -> dict[str, Any]:
    data = {"text": article.text, "title": article.title, OWN: own(article, article.spans, labels)}
    annotations = [
        {
            "result": [
                each
                for span in article.spans
                if span.coder == coder
                for each in _regions(span, article, labels)
            ]
            + [_link(link) for whose, link in _within(article) if whose == coder]
        }
        for coder in sorted({span.coder for span in article.spans})
    ]
    return {"data": data, "annotations": annotations}


def _link(link: CodedRelation) -> dict[str, Any]:
    ends = {"from_id": f"{link.source}.1", "to_id": f"{link.target}.1"}
    return {
        **ends,
        "type": "relation",
        "direction": "bi" if link.symmetric else "right",
        "labels": [link.relation],
    }


def _regions(
    span: CodedSpan, article: CodedArticle, labels: Mapping[str | None, str]
) -> list[dict[str, Any]]:
    found = []
    for number, (start, end) in enumerate(parts_of(span), 1):
        value = {"start": start, "end": end, "text": article.text[start:end], "labels": [labels[span.code]]}
        region = {"id": f"{span.id}.{number}", "from_name": "label", "to_name": "text", "type": "labels"}
        memo = {"meta": {"text": [span.memo]}} if span.memo and number == 1 else {}
        found.append({**region, "value": value, **memo})
    return found
