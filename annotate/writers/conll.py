"""Marks as CoNLL columns with IOB2 tags, for taggers: a file for each coder, as one ZIP.

The format is flat: one tag a token. What could not be said stands in `changed.tsv`, mark by mark.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from annotate.codetree import by_id, path
from annotate.errors import UserError
from annotate.sidecar import type_names, unused
from annotate.spoken import counted
from annotate.tokens import sentences, tokens
from annotate.writers.brat import folder_name
from annotate.writers.conll_flat import BLANK, CUT, GAPS, LONG, UNDER, WIDENED, Flat
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.spans import Options
from annotate.writers.zipped import member, zipped

NAME, TITLE, SUFFIX, ROWS = "conll", "CoNLL (IOB2)", ".zip", "spans"
DOCUMENT = "-DOCSTART- -X- O O\n\n"
CHANGED = ("mark", "start", "end", "tag", "what")
SAID = {
    GAPS: "with gaps: a chunk for each part",
    LONG: "over several sentences: a chunk in each",
    WIDENED: "widened to whole tokens",
    CUT: "left out, because it does not fill whole tokens",
    UNDER: "left out, because a longer one stands there",
    BLANK: "left out, because it holds white space only",
}


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A token and its tag a line, an empty line between sentences, -DOCSTART- before each article.

    Tags are names of ASCII letters; `tags.tsv` says which codes they are. Raises UserError without text.
    """
    if not options.text:
        raise UserError("CoNLL files consist of the words of the texts; they cannot be written without them.")
    types = type_names(dataset.taxonomies)
    coders = sorted({span.coder for span in dataset.spans()}) or [""]
    taken: set[str] = set()
    flat = Flat(types, widen=options.widen)
    with zipped(out) as archive:
        for coder in coders:
            name = unused(folder_name(coder), taken)
            with archive.open(member(f"{name}.conll"), "w", force_zip64=True) as file:
                for article in dataset.articles():
                    file.write("".join(_lines(article, coder, flat)).encode())
        _write_table(archive, "tags.tsv", ("tag", "code", "taxonomy", "path"), _tags(dataset, types))
        _write_table(archive, "changed.tsv", CHANGED, flat.rows)
    return Written(flat.marks, tuple(_notes(flat)))


def _lines(article: CodedArticle, coder: str, flat: Flat) -> Iterator[str]:
    text = article.text
    words = tokens(text)
    if not words:
        return
    ranges = list(sentences(text, words, article.language))
    spans = [span for span in article.spans if span.coder == coder]
    tags = flat.tags(spans, text, words, [first for first, _ in ranges])
    yield DOCUMENT
    for first, end in ranges:
        yield "".join(f"{text[slice(*words[at])]}\t{tags[at]}\n" for at in range(first, end)) + "\n"


def _tags(dataset: Dataset, types: dict[str, str]) -> Iterator[tuple[str, ...]]:
    for taxonomy in dataset.taxonomies:
        known = by_id(taxonomy.codes)
        for code in taxonomy.codes:
            yield types[code.id], code.id, taxonomy.slug, path(code, known)


def _notes(flat: Flat) -> Iterator[str]:
    for reason, words in SAID.items():
        if number := flat.counts.get(reason):
            yield f"{counted(number, 'mark')} {words}."
    if flat.rows:
        yield "Each of them stands in changed.tsv."


def _write_table(
    archive: zipfile.ZipFile, name: str, head: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    held = io.StringIO()
    table = csv.writer(held, delimiter="\t", lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    archive.writestr(member(name), held.getvalue().encode())
