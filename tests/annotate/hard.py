"""Coded texts as hard as they come, for the tests of every format, and what marks say whatever the format."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

from annotate.marks import MarkLine, quote_of
from annotate.marks_from import Found
from annotate.model import Code, Span, Taxonomy
from annotate.taxonomy import by_id, path
from annotate.text import normalise, text_hash
from annotate.writers import CodedArticle, CodedSpan, Dataset, Options, Written
from annotate.writers.spans import COLUMNS

FAMILY = "👩\u200d👩\u200d👧"
TEXTS = (
    f"A title\nSome words {FAMILY} and café (e\u0301) more words.\n\nA last line, with = and “quotes”.",
    "שלום עולם, the words go on.\nثم تستمر الكلمات 😀 هنا.\n",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢\tin a row\n  indented 中文字 words; 日本語。",
)
CODES = Taxonomy(
    "hard", "hard", "Hard codes", codes=(
        Code("hard:1", "hard", None, "1", 'He said "no", then left', "What.", "Now.", "Never.", "One."),
        Code("hard:1.1", "hard", "hard:1", "1.1", "=1+1", colour="#123456", shortcut="x", position=0),
        Code("5215cc69-b628-4e02-afb9-9beeaee55808", "hard", None, "", "Правда — 真理", "Line\nbreak", position=1),
        Code("hard:3", "hard", None, "3", "صحيح", position=2),
        Code("hard:4", "hard", None, "", "אמת", assignable=False, position=3),
        Code("hard:5", "hard", "hard:4", "", "Αλήθεια", position=0),
    ),
)  # fmt: skip
OTHERS = Taxonomy(
    "more", "more", "More codes", codes=(Code("more:1", "more", None, "1", "=1+1", position=0),)
)
TAXONOMIES = (CODES, OTHERS)
CODERS = ("Ana", "Zoë “Z” O’Neil")


def article(number: int, text: str, marks: Iterable[CodedSpan] = (), **more: Any) -> CodedArticle:
    values: dict[str, Any] = {"title": f"Title {number}", "outlet": "", "author": "", "date": "", "url": ""}
    values |= {"language": "", "state": "to do"} | more
    return CodedArticle(
        f"article-{number}", text_hash=text_hash(text), text=text, spans=tuple(marks), **values
    )


def span(
    number: int,
    of: int,
    text: str,
    parts: Sequence[Span],
    code: str | None = None,
    coder: str = "Ana",
    **more: Any,
) -> CodedSpan:
    """The `number`-th mark, on the `of`-th text."""
    known = by_id(code for taxonomy in TAXONOMIES for code in taxonomy.codes)
    values: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    values |= {"id": f"0190a000-0000-7000-8000-{number:012x}", "article": f"article-{of}", "coder": coder}
    values |= {
        "title": f"Title {of}",
        "text_hash": text_hash(text),
        "start": parts[0][0],
        "end": parts[-1][1],
    }
    values |= {
        "parts": json.dumps(parts) if len(parts) > 1 else "",
        "quote": quote_of(text, parts),
        "code": code,
    }
    if code is not None:
        held = known[code]
        values |= {"taxonomy": held.taxonomy, "notation": held.notation, "label": held.label}
        values["path"] = path(held, known)
    return CodedSpan(**values | more)


def dataset(articles: Sequence[CodedArticle], taxonomies: Sequence[Taxonomy] = TAXONOMIES) -> Dataset:
    marks = [mark for each in articles for mark in each.spans]
    names = {name: ("für", "against") for mark in marks for name, _ in mark.qualifiers}
    return Dataset("A “hard” study", taxonomies, CODERS, lambda: iter(marks), lambda: iter(articles), names)


def hard() -> Dataset:
    """Nested, overlapping, touching, over newlines, with gaps, whole-article, without a code, twice the same."""
    one, two, three = TEXTS
    at = one.index(FAMILY)
    many = "Memo: “yes”,\n=1+1 é\u2028 😀 \"'<&>"
    return dataset(
        [
            article(
                1,
                one,
                [
                    span(1, 1, one, [(0, len(one))], "hard:1", memo=many, certainty="unsure",
                         qualifiers=(("stance", "für"), ("Stärke", "2"))),
                    span(2, 1, one, [(2, 7)], "hard:1.1"),
                    span(3, 1, one, [(2, 20)], "hard:5"),
                    span(4, 1, one, [(5, 12), (at, at + 5), (at + 10, at + 12)], "hard:3", CODERS[1], certainty="sure",
                         qualifiers=(("stance", "against"),)),
                    span(5, 1, one, [(7, 9)], "5215cc69-b628-4e02-afb9-9beeaee55808"),
                    span(6, 1, one, [(at, at + 5)], None, memo="no code"),
                    span(7, 1, one, [(at, at + 5)], "hard:1", CODERS[1]),
                    span(8, 1, one, [(at + 5, len(one) - 3)], "more:1"),
                ],
                outlet="The <Kestrel>", date="2025-03", url="https://x.test/?a=1&b=2", attributes={"section": "=1+1"},
            ),
            article(2, two, [span(9, 2, two, [(0, 4), (5, 9)], "hard:1"), span(10, 2, two, [(30, 44)], "hard:3")]),
            article(3, three, [span(11, 3, three, [(0, 3)], "hard:1"), span(12, 3, three, [(8, 13)], "hard:5")]),
        ]
    )  # fmt: skip


letters = st.one_of(
    st.sampled_from(["\n", "\n", " ", " ", *'aZ.😀שע𝔘中\t<&"', FAMILY, "e\u0301"]),
    st.characters(exclude_categories=["Cs", "Cc"]),
)
texts = st.lists(letters, min_size=3, max_size=60).map("".join).map(normalise).filter(str.strip)
prose = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@st.composite
def datasets(draw: st.DrawFn, *, gaps: bool = True) -> Dataset:
    """Up to three texts that differ, with up to six marks each."""
    made, number = [], 0
    for of, text in enumerate(draw(st.lists(texts, min_size=1, max_size=3, unique=True)), 1):
        marks = []
        for _ in range(draw(st.integers(0, 6))):
            most = min(6, (len(text) + 1) // 2 * 2) if gaps else 2
            edges = draw(
                st.lists(st.integers(0, len(text)), min_size=2, max_size=most, unique=True).map(sorted)
            )
            parts = list(zip(edges[::2], edges[1::2], strict=False))
            code = draw(
                st.sampled_from([None, *(code.id for taxonomy in TAXONOMIES for code in taxonomy.codes)])
            )
            number += 1
            marks.append(
                span(
                    number, of, text, parts, code, draw(st.sampled_from(CODERS)),
                    memo=draw(prose), certainty=draw(st.sampled_from(["", "sure", "unsure"])),
                    qualifiers=draw(st.sampled_from([(), (("stance", "für"),), (("stance", "against"), ("x", "=1"))])),
                )
            )  # fmt: skip
        made.append(article(of, text, sorted(marks, key=lambda mark: (mark.start, mark.end, mark.id))))
    return dataset(made)


def written(writer: Any, data: Dataset, **options: bool) -> tuple[bytes, Written]:
    """The file, and what the writer says of it."""
    out = io.BytesIO()
    done = writer.write(data, out, Options(**options))
    return out.getvalue(), done


Fact = tuple[Any, ...]


def facts(data: Dataset) -> list[Fact]:
    """What the marks of a dataset say: text, spans, code, coder, memo, certainty, qualifiers."""
    return sorted(
        (
            (
                mark.text_hash, tuple(tuple(each) for each in json.loads(mark.parts)) if mark.parts else
                ((mark.start, mark.end),), mark.code, mark.coder, mark.memo, mark.certainty, dict(mark.qualifiers),
            )
            for mark in data.spans()
        ),
        key=repr,
    )  # fmt: skip


def facts_found(found: Found, ids: dict[str, str] | None = None) -> list[Fact]:
    """The same of what was read; `ids` are the codes' ids by those in the file."""
    assert all(isinstance(line, MarkLine) for line in found.marks), found.marks
    lines = [line for line in found.marks if isinstance(line, MarkLine)]
    return sorted(
        (
            (
                line.text_hash or line.article, line.spans,
                line.code if line.code is None else (ids or {}).get(line.code, line.code),
                line.coder, line.memo, line.certainty, dict(line.qualifiers),
            )
            for line in lines
        ),
        key=repr,
    )  # fmt: skip
