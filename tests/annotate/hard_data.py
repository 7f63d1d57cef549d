"""A dataset that is hard to write down: scripts, joiners, gaps, nesting, and labels that break naive writers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from annotate.marks import quote_of
from annotate.model import Block, BlockKind, Code, Layout, Taxonomy
from annotate.taxonomy import by_id, path
from annotate.text import text_hash
from annotate.writers.dataset import CodedArticle, Dataset
from annotate.writers.spans import COLUMNS, CodedSpan

CODES = (
    Code("own:1", "own", None, "1", "Law, “order” and\n'more'", 'What the law says; "so"', colour="indigo"),
    Code("own:2", "own", "own:1", "1.1", "=1+1", colour="amber", use_when="a sum\nis named", position=0),
    Code("own:3", "own", None, "2", "安全な第三国", colour="teal", position=1),
    Code("own:4", "own", None, "", "أمان; {x}", position=2),
    Code("own:5", "own", "own:4", "3/a", "Безопасность|<b>&", colour="#c0ffee", avoid_when="*never*"),
    Code("own:6", "own", None, "6", "न्यायालय", position=3, assignable=False),
    Code("own:7", "own", None, "7", "Never used", position=4),
)
OWN = Taxonomy("own", "own", "Own — codes", "2", "CC0", codes=CODES)
OTHER = Taxonomy("two", "two", "Two", codes=(Code("two:1", "two", None, "1", "Tone", examples="good"),))

FIRST = (
    "Cafe\u0301 👩‍👩‍👧‍👦 rules\n"
    "The court said no. “It is late!” she wrote, and e.g. left.\n"
    "\n"
    "שלום, עולם. مرحبا بالعالم.\n"
    "=1+1;\t'tis <b>bold</b> & *starred* _x0041_ | `code`\n"
    "法院裁定。部长走了。"
)
SECOND = "One. Two. Three.\nFour."
LONG = "A long line of words that goes on. " * 1200


def article(
    id: str, text: str, marks: Iterable[CodedSpan] = (), title: str = "", **attributes: str
) -> CodedArticle:
    made = CodedArticle(
        id, title or id, "The “Kestrel”", "N. N.; M. M.", "2025-03", "https://x.test/?a=1&b=2", "en", "done",
        text_hash(text), text, attributes,
    )  # fmt: skip
    order = sorted(marks, key=lambda span: (span.start, span.end, span.id))
    return replace(made, spans=tuple(_placed(span, made) for span in order))


def mark(
    id: str, start: int, end: int, code: str | None = None, coder: str = "Ana",
    parts: Sequence[tuple[int, int]] = (), **more: str,
) -> CodedSpan:  # fmt: skip
    """Its quote and its article come with `article`."""
    plain = dict.fromkeys(COLUMNS, "") | {"created": "2025-03-12T09:30:00.000Z"}
    known = {each.id: (home, each) for home in (OWN, OTHER) for each in home.codes}
    said: dict[str, object] = {"code": code}
    if code:
        home, found = known[code]
        said |= {"taxonomy": home.slug, "notation": found.notation, "label": found.label}
        said["path"] = path(found, by_id(home.codes))
    said["parts"] = json.dumps([list(each) for each in parts]) if parts else ""
    return CodedSpan(**plain | {"id": id, "start": start, "end": end, "coder": coder} | said | more)  # type: ignore[arg-type]


def hard() -> Dataset:
    """Three articles, one of them without a mark; eleven marks."""
    at = FIRST.index
    court = at("The court")
    marks = [
        mark("m01", 0, len(FIRST), "two:1"),
        mark("m02", 0, 5, "own:1"),
        mark("m03", 6, 6 + len("👩‍👩‍👧‍👦"), "own:3"),
        mark("m04", court, court + 18, "own:1", memo="=cmd(); \"so\"\nand\tmore", certainty="unsure"),
        mark("m05", court + 4, court + 9, "own:2"),
        mark("m06", court + 4, court + 30, "own:2", coder="Бен, =B"),
        mark("m07", court + 9, court + 14, None),
        mark("m08", court + 40, at("שלום") + 4, "own:4"),
        mark("m09", court, at("עולם") + 4, "own:5", parts=[(court, court + 3), (at("עולם"), at("עולם") + 4)]),
        mark("m10", at("法院"), at("法院") + 2, "own:5"),
    ]  # fmt: skip
    layout = Layout((
        Block(0, FIRST.index("\n"), BlockKind.TITLE),
        Block(at("=1+1"), at("\n法院"), BlockKind.ROW),
    ))  # fmt: skip
    first = replace(article("a1", FIRST, marks, "=Title, “one”\t<&>", section='World; "A"'), layout=layout)
    second = article("a2", SECOND, title="Zweiter *Text*", **{"=pages": "3"})
    third = article("a3", LONG, [mark("m11", 0, len(LONG), "own:1", coder="Бен, =B")])
    return of([first, second, third])


def of(articles: Sequence[CodedArticle], taxonomies: Sequence[Taxonomy] = (OWN, OTHER)) -> Dataset:
    spans = [span for each in articles for span in each.spans]
    coders = list(dict.fromkeys(span.coder for span in spans))
    return Dataset("Study: “hard”", taxonomies, coders, lambda: iter(spans), lambda: iter(articles))


def _placed(span: CodedSpan, made: CodedArticle) -> CodedSpan:
    parts = [tuple(each) for each in json.loads(span.parts)] if span.parts else [(span.start, span.end)]
    return span._replace(
        article=made.id, title=made.title, outlet=made.outlet, author=made.author, date=made.date,
        url=made.url, language=made.language, state=made.state, text_hash=made.text_hash,
        quote=quote_of(made.text, parts),
    )  # fmt: skip
