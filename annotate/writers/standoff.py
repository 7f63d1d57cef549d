"""Coding without texts: what may be passed on where the texts may not, for `rehydrate` to bring onto other copies.

A ZIP of `coding.json` (what it is), `articles.jsonl`, `highlights.jsonl`, `relations.jsonl`, `answers.jsonl`,
`taxonomies/` and `README.txt`. The manual says what stands in each.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import IO, Any, Protocol

from annotate.codebook_files import write_json
from annotate.model import Span, Taxonomy
from annotate.questions import QuestionKind
from annotate.sharing.anchors import anchor, said
from annotate.sharing.passages import LONGEST_FIELD, PHRASE, Passages, short_fields
from annotate.sharing.shared_file import FORM, HEAD, KIND
from annotate.sharing.words import AROUND, RULE, Words
from annotate.spoken import counted
from annotate.text import RULE as TEXT_RULE
from annotate.text import word_count
from annotate.version import VERSION
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.shapes import stretches
from annotate.writers.spans import CodedSpan, Options
from annotate.writers.zipped import Zipped

NAME, TITLE, SUFFIX, ROWS = "standoff", "Coding without texts", ".zip", "spans"
READS_TEXT = QUALIFIERS = RELATED = ANSWERED = True
ABOUT = ("id", "title", "outlet", "author", "date", "url", "language", "state", "text_hash")
ANSWER = ("id", "article", "taxonomy", "question", "values", "coder", "memo", "created", "modified")
SAID = ("id", "article", "start", "end", "code", "coder", "memo", "certainty", "created", "modified")
HELD_IN_MEMORY = 4 << 20  # bytes of articles.jsonl


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One line for each chosen article and mark; quotes and context as the options allow."""
    with Zipped(out) as archive:
        told = add_to(archive, dataset, options)
        archive.add("README.txt", _readme(dataset, options, told))
    return Written(told.highlights, tuple(told.notes(options)))


@dataclass(slots=True)
class Told:
    """What was counted on the way out."""

    passages: Passages
    articles: int = 0
    highlights: int = 0
    quotes: int = 0
    memos: int = 0
    relations: int = 0
    answers: int = 0
    written: int = 0  # answers in words
    long_fields: int = 0
    taxonomies: Sequence[Taxonomy] = ()

    def notes(self, options: Options) -> Iterator[str]:
        """What did not go along, and what to look at before the file is passed on."""
        if self.quotes:
            yield f"Quotes of at most {counted(options.quotes_up_to, 'word')} that go along: {self.quotes:,}."
        if self.memos and options.memos:
            yield f"Memos that go along as they are, and may quote: {self.memos:,}."
        elif self.memos:
            yield f"Memos left out: {self.memos:,}."
        if self.written:
            go = "that go along as they are, and may quote" if options.memos else "left out"
            yield f"Answers in words {go}: {self.written:,}."
        if self.long_fields:
            yield f"Own fields of articles left out, being of more than {LONGEST_FIELD} words: {self.long_fields:,}."
        if self.passages.left_out:
            yield f"Examples of codes left out, being passages of the texts: {self.passages.left_out:,}."


class Archive(Protocol):
    """What files are put into, one after the other."""

    def add(self, name: str, content: str | bytes, /) -> None: ...

    def file(self, name: str, /) -> AbstractContextManager[IO[bytes]]: ...


def passages(options: Options) -> Passages:
    """What looks for passages of the texts that are longer than these options allow."""
    return Passages(max(options.quotes_up_to, PHRASE))


def add_to(
    archive: Archive, dataset: Dataset, options: Options, folder: str = "", looking: Passages | None = None
) -> Told:
    """Puts all but the README into a ZIP, below `folder`. `looking` may know of more that is to be looked for."""
    told = Told(looking or passages(options))
    told.passages.suspect(dataset.taxonomies)
    with tempfile.SpooledTemporaryFile(HELD_IN_MEMORY) as waiting:
        with archive.file(f"{folder}highlights.jsonl") as lines:
            for article in dataset.articles():
                told.passages.look(article.text)
                waiting.write(_line(_about(article, told)))
                words = Words(article.text) if article.spans else None
                for span in article.spans:
                    assert words is not None
                    lines.write(_line(_mark(span, words, options, told)))
        waiting.seek(0)
        with archive.file(f"{folder}articles.jsonl") as articles:
            shutil.copyfileobj(waiting, articles)
    _add_lines(archive, f"{folder}relations.jsonl", _relations(dataset, options, told))
    _add_lines(archive, f"{folder}answers.jsonl", _answers(dataset, options, told))
    told.taxonomies = told.passages.without(dataset.taxonomies)
    for taxonomy in told.taxonomies:
        archive.add(f"{folder}taxonomies/{taxonomy.slug}.json", write_json(taxonomy))
    archive.add(
        f"{folder}{HEAD}", json.dumps(_head(dataset, options, told), ensure_ascii=False, indent=1) + "\n"
    )
    return told


def _add_lines(archive: Archive, name: str, lines: Iterator[dict[str, Any]]) -> None:
    with archive.file(name) as out:
        for held in lines:
            out.write(_line(held))


def _relations(dataset: Dataset, options: Options, told: Told) -> Iterator[dict[str, Any]]:
    for link in dataset.relations():
        told.relations += 1
        told.memos += bool(link.memo)
        yield link._asdict() | ({} if options.memos else {"memo": ""})


def _answers(dataset: Dataset, options: Options, told: Told) -> Iterator[dict[str, Any]]:
    for answer in dataset.answers():
        in_words = answer.kind == QuestionKind.TEXT
        told.written += in_words
        told.memos += bool(answer.memo)
        if options.memos or not in_words:
            told.answers += 1
            held = {name: getattr(answer, name) for name in ANSWER}
            yield held if options.memos else held | {"memo": ""}


def _about(article: CodedArticle, told: Told) -> dict[str, Any]:
    told.articles += 1
    fields = short_fields(article.attributes)
    told.long_fields += len(article.attributes) - len(fields)
    held: dict[str, Any] = {name: getattr(article, name) for name in ABOUT}
    return held | {"characters": len(article.text), "attributes": fields}


def _mark(span: CodedSpan, words: Words, options: Options, told: Told) -> dict[str, Any]:
    parts = stretches(span)
    held: dict[str, Any] = {name: getattr(span, name) for name in SAID}
    told.highlights += 1
    told.memos += bool(span.memo)
    if not options.memos:
        held["memo"] = ""
    held["parts"] = parts if span.parts else None
    held["words"] = [said(anchor(words, part)) for part in parts]
    if span.qualifiers:
        held["qualifiers"] = dict(span.qualifiers)
    if 0 < word_count(span.quote) <= options.quotes_up_to:
        told.quotes += 1
        held["quote"] = span.quote
    if options.context_words:
        held["prefix"], held["suffix"] = _context(words, parts, options.context_words)
    return held


def _context(words: Words, parts: Sequence[Span], number: int) -> tuple[str, str]:
    """So many words before and behind a mark, as they stand."""
    start, end = parts[0][0], parts[-1][1]
    first, _ = words.touched((start, start + 1))
    _, behind = words.touched((end - 1, end))
    begin = words.spans[max(0, first - number)][0] if words.spans else 0
    stop = words.spans[min(len(words.spans), behind + number) - 1][1] if words.spans else 0
    return words.text[min(begin, start) : start], words.text[end : max(stop, end)]


def _head(dataset: Dataset, options: Options, told: Told) -> dict[str, Any]:
    return {
        "kind": KIND,
        "form": FORM,
        "made_by": f"Postil {VERSION}",
        "title": dataset.title,
        "articles": told.articles,
        "highlights": told.highlights,
        "relations": told.relations,
        "answers": told.answers,
        "taxonomies": [taxonomy.slug for taxonomy in told.taxonomies],
        "coders": list(dataset.coders),
        "quotes_up_to": options.quotes_up_to,
        "context_words": options.context_words,
        "memos": options.memos,
        "text": TEXT_RULE,
        "positions": "Unicode code points of the text, from 0; end is behind the last one",
        "words": RULE,
        "words_around": AROUND,
    }


def _readme(dataset: Dataset, options: Options, told: Told) -> str:
    quotes = (
        f"The words of a highlight stand in it where they are at most {options.quotes_up_to}."
        if options.quotes_up_to
        else "The words of the highlights do not stand in it, only hashes of them."
    )
    context = (
        f"So do the {counted(options.context_words, 'word')} before and behind each."
        if options.context_words
        else f"Of the {AROUND} words before and behind each there are hashes, too."
    )
    lines = [
        f"{dataset.title}: coding without texts, made by Postil {VERSION}.",
        "",
        f"{counted(told.highlights, 'highlight')} on {counted(told.articles, 'article')}. The texts of the articles do",
        "not stand in this file. To bring the coding onto your own lawful copies of them:",
        "",
        "    postil rehydrate PROJECT THIS.zip --dry-run",
        "",
        "articles.jsonl    one article a line: what it is, the SHA-256 of its text, its length in code points",
        "highlights.jsonl  one highlight a line: place, code, coder, memo, hashes to find it by in a copy that differs",
        "relations.jsonl   one link between two highlights a line",
        "answers.jsonl     one answer about a whole article a line",
        "taxonomies/       the codes, with questions, rules and types of relations",
        "coding.json       what the file is, and the rules that its hashes and positions follow",
        "",
        quotes,
        context,
        "A hash of one word, or of few, can be guessed by trying words.",
        *told.notes(options),
    ]
    return "\n".join(lines) + "\n"


def _line(held: dict[str, Any]) -> bytes:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
