"""The demonstration project: articles written for it, coded by two people.

The texts stand in resources/demo as Markdown and are read as a user's files are. The marks stand beside
them by their words, and become positions here, so that nothing has to be counted when a text changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from annotate.codebook_files import read_json
from annotate.codetree import in_order
from annotate.model import ArticleState, Draft, Span, Taxonomy
from annotate.taxonomy import load_shipped

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "demo"
TITLE = "Transfers in the press"
CODERS = ("Ana", "Ben")


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """`key` is the name of the file `source` without its suffix, `data` the file's bytes."""

    key: str
    draft: Draft
    source: str
    data: bytes
    state: ArticleState
    reason: str = ""  # why it was skipped


@dataclass(frozen=True, slots=True)
class DemoMark:
    """One coder's mark. `spans` are code points in the article’s text, several where it has gaps."""

    article: str  # the key of its DemoArticle
    code: str | None
    coder: str
    spans: tuple[Span, ...]
    memo: str = ""
    certainty: str = ""
    name: str = ""  # by which relations call it
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoAnswer:
    """One coder's answer about an article; `question` is its id."""

    article: str
    coder: str
    question: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoRelation:
    """One coder's link between two marks, by their names."""

    type: str
    source: str
    target: str
    coder: str
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """All that the demonstration project holds, in the order in which it is to be stored."""

    title: str
    taxonomies: tuple[Taxonomy, ...]
    coders: tuple[str, ...]
    articles: tuple[DemoArticle, ...]
    marks: tuple[DemoMark, ...]
    relations: tuple[DemoRelation, ...]
    answers: tuple[DemoAnswer, ...]


def demonstration() -> Demonstration:
    """Reads the demonstration project. ValueError where a mark's words are not in its article."""
    articles = tuple(_article(path) for path in sorted(FOLDER.glob("*.md")))
    texts = {article.key: article.draft.text for article in articles}
    relations = tuple(DemoRelation(**entry) for entry in _lines("relations.jsonl"))
    return Demonstration(
        TITLE, _taxonomies(), CODERS, articles, tuple(_marks(texts)), relations, tuple(_answers())
    )


def spans_of(entry: Mapping[str, Any], text: str) -> tuple[Span, ...]:
    """Where the words of a mark stand in `text`, in code points.

    `entry` has `quote`, or `from` and `to` (first and last words), or `parts` (quotes, each behind the one
    before); `nth`, from 1, says which of several places the first words mean. ValueError, naming the words,
    if they are not there, or are there more than once and `nth` is missing.
    """
    if parts := entry.get("parts"):
        spans = [_first(text, parts[0], entry.get("nth"))]
        for part in parts[1:]:
            spans.append(_behind(text, part, spans[-1][1]))
        return tuple(spans)
    if "from" in entry:
        start, end = _first(text, entry["from"], entry.get("nth"))
        return ((start, _behind(text, entry["to"], end)[1]),)
    return (_first(text, entry["quote"], entry.get("nth")),)


def _first(text: str, words: str, nth: int | None) -> Span:
    places = list(_places(text, words))
    if len(places) < (nth or 1):
        raise ValueError(f"Not in the article{f' {nth} times' if nth else ''}: “{words}”")
    if nth is None and len(places) > 1:
        raise ValueError(f"{len(places)} times in the article, and no nth given: “{words}”")
    start = places[(nth or 1) - 1]
    return start, start + len(words)


def _behind(text: str, words: str, place: int) -> Span:
    start = text.find(words, place)
    if start < 0:
        raise ValueError(f"Not in the article behind position {place}: “{words}”")
    return start, start + len(words)


def _places(text: str, words: str) -> Iterator[int]:
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _taxonomies() -> tuple[Taxonomy, ...]:
    demig = replace(load_shipped("demig"), questions=())  # here it codes passages alone
    held = (
        load_shipped("policy-frames"),
        _standard_with_own_codes(),
        demig,
        load_shipped("political-claims"),
    )
    return tuple(replace(taxonomy, position=place) for place, taxonomy in enumerate(held))


def _standard_with_own_codes() -> Taxonomy:
    """The agendas codebook, locked, and below its code for immigration those that tell transfers apart."""
    own = read_json((FOLDER / "transfers.json").read_text(encoding="utf-8"))
    cap = load_shipped("cap")
    below = (replace(code, taxonomy=cap.id, parent=code.parent or "cap:900", own=True) for code in own.codes)
    rules = tuple(replace(rule, taxonomy=cap.id) for rule in own.rules)
    asked = tuple(replace(question, taxonomy=cap.id) for question in own.questions)
    codes = in_order((*cap.codes, *below))
    return replace(cap, locked=True, codes=codes, rules=rules, questions=(*cap.questions, *asked))


def _article(path: Path) -> DemoArticle:
    from annotate.readers import read_bytes
    from annotate.readers.markdown_text import front_matter

    data = path.read_bytes()
    (draft,) = read_bytes(data, path.name)
    about, _ = front_matter(data.decode("utf-8"))
    state = ArticleState(about["state"])
    return DemoArticle(path.stem, draft, path.name, data, state, about.get("reason", ""))


def _marks(texts: Mapping[str, str]) -> Iterator[DemoMark]:
    for entry in _lines("marks.jsonl"):
        key = entry["article"]
        try:
            spans = spans_of(entry, texts[key])
        except ValueError as error:
            raise ValueError(f"{key}: {error}") from error
        memo, certainty = entry.get("memo", ""), entry.get("certainty", "")
        name, said = entry.get("name", ""), tuple(entry.get("qualifiers", {}).items())
        yield DemoMark(key, entry["code"], entry["coder"], spans, memo, certainty, name, said)


def _answers() -> Iterator[DemoAnswer]:
    for entry in _lines("answers.jsonl"):
        yield DemoAnswer(entry["article"], entry["coder"], entry["question"], tuple(entry["values"]))


def _lines(name: str) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines())
