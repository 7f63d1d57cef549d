"""What formats of labelled stretches share: codes as labels, and beside them what Postil itself knows of the marks.

Programs for labelling have one text, stretches and labels. What more a mark says goes along under OWN, which they keep
as they keep any field that they do not know; on the way back it is laid on the stretches that are still there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from annotate.model import Code, Span, Taxonomy
from annotate.writers.dataset import CodedArticle
from annotate.writers.spans import CodedSpan

OWN = "postil"
UNCODED = "(no code)"
FIELDS = ("title", "outlet", "author", "date", "url", "language")
OF_MARKS = ("id", "code", "coder", "memo", "certainty", "created", "modified")


def labels_of(taxonomies: Sequence[Taxonomy]) -> dict[str | None, str]:
    """A label for each code (None: UNCODED), each once: notation and label, with the slug where two are alike."""
    often = Counter(_label(code) for taxonomy in taxonomies for code in taxonomy.codes)
    labels: dict[str | None, str] = {None: UNCODED}
    taken = {UNCODED}
    for taxonomy in taxonomies:
        for code in taxonomy.codes:
            label = base = _label(code) if often[_label(code)] == 1 else f"{_label(code)} ({taxonomy.slug})"
            number = 1
            while label in taken:
                number += 1
                label = f"{base} {number}"
            taken.add(label)
            labels[code.id] = label
    return labels


def parts_of(span: CodedSpan) -> list[Span]:
    """The stretches of a mark."""
    if not span.parts:
        return [(span.start, span.end)]
    return [(start, end) for start, end in json.loads(span.parts)]


def own(
    article: CodedArticle, spans: Sequence[CodedSpan], labels: Mapping[str | None, str]
) -> dict[str, Any]:
    """What Postil knows of the article and of these marks; empty values left out."""
    about: dict[str, Any] = {name: getattr(article, name) for name in FIELDS if getattr(article, name)}
    if article.attributes:
        about["attributes"] = dict(article.attributes)
    marks = [
        {name: value for name in OF_MARKS if (value := getattr(span, name))}
        | ({"qualifiers": dict(span.qualifiers)} if span.qualifiers else {})
        | {"label": labels.get(span.code, UNCODED), "parts": parts_of(span)}
        for span in spans
    ]
    return {"text_hash": article.text_hash, "article": about, "marks": marks}


def _label(code: Code) -> str:
    return " ".join(f"{code.notation} {code.label}".split())
