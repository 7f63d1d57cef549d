"""Texts with their marks as a spaCy DocBin (.spacy), where the optional `postil[spacy]` is installed.

All marks stand in `doc.spans["sc"]`, where spaCy's span categoriser looks, and those of each coder under the coder's
name; spans may overlap. Words are Postil's tokens, and `doc.text` is the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import IO, TYPE_CHECKING, Any

from annotate.errors import UserError
from annotate.model import Span
from annotate.spoken import counted
from annotate.tokens import sentences, tokens
from annotate.writers.dataset import CodedArticle, Dataset, Written
from annotate.writers.labelled import labels_of, own, parts_of
from annotate.writers.spans import CodedSpan, Options

if TYPE_CHECKING:
    from spacy.tokens import Doc

NAME, TITLE, SUFFIX, ROWS, EXTRA = "spacy", "spaCy DocBin", ".spacy", "spans", "spacy"
ALL = "sc"
IN, GAPS, WIDENED, LEFT = (
    "in",
    "with gaps: a span for each part",
    "set to whole tokens",
    "left out: not on whole tokens",
)


def available() -> bool:
    return find_spec("spacy") is not None


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """A document for each article, with what Postil knows of it in `doc.user_data["postil"]`.

    A mark with gaps is a span for each part, with the mark's id. Raises UserError without text.
    """
    if not options.text:
        raise UserError("spaCy's documents consist of the words of the texts; they cannot be left out.")
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    labels = labels_of(dataset.taxonomies)
    vocab = Vocab()
    binned = DocBin(attrs=["SPACY", "SENT_START"], store_user_data=True)
    counts: Counter[str] = Counter()
    for article in dataset.articles():
        doc = _doc(article, vocab)
        doc.user_data["postil"] = own(article, article.spans, labels)
        groups: dict[str, list[Any]] = {ALL: []}
        for span in article.spans:
            placed = _placed(doc, span, labels[span.code], options.widen, counts)
            groups[ALL] += placed
            groups.setdefault(span.coder, []).extend(placed)
        for name, spans in groups.items():
            doc.spans[name] = spans
        binned.add(doc)
    out.write(binned.to_bytes())
    notes = [f"{counted(counts[what], 'mark')} {what}." for what in (GAPS, WIDENED, LEFT) if counts[what]]
    return Written(counts[IN], tuple(notes))


def _placed(doc: Doc, span: CodedSpan, label: str, widen: bool, counts: Counter[str]) -> list[Any]:
    """The spans of a mark's parts; white space alone is none."""
    parts = parts_of(span)
    exact = [doc.char_span(*part, label=label, span_id=span.id) for part in parts]
    found = exact
    if widen and None in exact:
        found = [
            doc.char_span(*part, label=label, span_id=span.id, alignment_mode="expand") for part in parts
        ]
    kept = [each for each in found if each is not None]
    counts[GAPS] += len(kept) > 1
    counts[WIDENED] += widen and None in exact and bool(kept)
    counts[LEFT] += not kept
    counts[IN] += bool(kept)
    return kept


def _doc(article: CodedArticle, vocab: Any) -> Doc:
    from spacy.tokens import Doc

    text = article.text
    of = tokens(text)
    pieces = list(_pieces(text, of))
    words, spaces = [word for word, _ in pieces], [space for _, space in pieces]
    heads = {of[first][0] for first, _ in sentences(text, of, article.language)}
    doc = Doc(vocab, words=words, spaces=spaces)
    for token in doc:
        token.is_sent_start = token.idx in heads or token.i == 0
    return doc


def _pieces(text: str, of: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The words of a spaCy document, each with whether a space follows: other white space is a word of its own."""
    at = 0
    for start, end in [*of, (len(text), len(text))]:
        if gap := text[at:start]:
            yield gap, False
        at = end
        if start < end:
            spaced = text[end : end + 1] == " "
            yield text[start:end], spaced
            at += spaced
