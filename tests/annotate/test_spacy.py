"""spaCy: documents have the text and the marks, to the code point where tokens allow it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from annotate.errors import UserError
from annotate.writers import Dataset, spacy_docbin
from annotate.writers.labelled import labels_of
from tests.annotate.hard import CODERS, TAXONOMIES, TEXTS, article, dataset, datasets, hard, span, written

pytestmark = pytest.mark.filterwarnings("ignore")


def docs(data: Dataset, **options: bool) -> tuple[list[Any], Any]:
    tokens = pytest.importorskip("spacy.tokens")
    vocab = pytest.importorskip("spacy.vocab").Vocab()
    held, done = written(spacy_docbin, data, **options)
    return list(tokens.DocBin().from_bytes(held).get_docs(vocab)), done


def test_documents_have_the_texts_and_the_marks() -> None:
    found, done = docs(hard())
    assert [doc.text for doc in found] == list(TEXTS)
    assert done.rows == 12
    first = found[0]
    labels = labels_of(TAXONOMIES)
    assert {(each.text, each.label_) for each in first.spans["sc"]} >= {
        ("title", labels["hard:1.1"]), (TEXTS[0], labels["hard:1"]),
    }  # fmt: skip
    assert len(first.spans[CODERS[1]]) == 4
    assert first.user_data["postil"]["marks"][0]["memo"].startswith("Memo: ")
    assert next(sentence.text.strip() for sentence in first.sents) == "A title"


@settings(max_examples=40, deadline=None)
@given(datasets())
def test_every_mark_is_in_and_covers_what_it_did(data: Dataset) -> None:
    found, done = docs(data)
    assert [doc.text for doc in found] == [each.text for each in data.articles()]
    for doc, each in zip(found, data.articles(), strict=True):
        stretches = {}
        for one in doc.spans["sc"]:
            stretches.setdefault(one.id_, []).append((one.start_char, one.end_char))
        for mark in each.spans:
            words = each.text[mark.start : mark.end]
            got = stretches.get(mark.id)
            if got is None:
                assert not any(piece.strip() for piece in mark.quote.split(" … "))
                continue
            if not mark.parts and words.strip():
                assert min(start for start, _ in got) <= mark.end - len(words.lstrip())
                assert max(end for _, end in got) >= mark.start + len(words.rstrip())
    silent = sum(not mark.quote.strip(" …\n\t") for mark in data.spans())
    assert len(list(data.spans())) - silent <= done.rows <= len(list(data.spans()))


def test_a_mark_within_tokens_is_widened_or_left_out() -> None:
    text = "One two"
    data = dataset([article(1, text, [span(1, 1, text, [(1, 5)])])])
    (doc,), done = docs(data)
    assert [each.text for each in doc.spans["sc"]] == ["One two"]
    assert done.notes == ("1 mark set to whole tokens.",)
    (doc,), done = docs(data, widen=False)
    assert list(doc.spans["sc"]) == []
    assert (done.rows, done.notes) == (0, ("1 mark left out: not on whole tokens.",))


def test_a_text_is_needed() -> None:
    with pytest.raises(UserError, match="cannot be left out"):
        written(spacy_docbin, hard(), text=False)
