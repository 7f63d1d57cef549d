"""PDF pages against transcripts made by eye: no more wrong characters than the better of two readers."""

from __future__ import annotations

import pytest

from tests.bench.pdf_score import Gold, edits, golds, ours, pdfium, pdfminer, plain, region, score, uncovered


def test_wrong_characters_are_counted_in_order_and_in_any_order() -> None:
    assert edits("kitten", "sitting") == (3, 7)
    assert edits("", "abc") == (3, 3)
    assert edits("needle", "hay needl hay".replace(" ", ""), whole=False) == (1, 8)
    assert region("needle", "haynoedlehay") == "noedle"
    assert uncovered("the first second third", "second third the first ") == 0
    assert uncovered("abcdefghijklm", "abcdefXhijklm") == 1
    assert plain("Costs . . . . .\t5.3\nfin\u00ad") == "Costs5.3fin-"


@pytest.mark.parametrize("gold", golds(), ids=lambda gold: gold.name)
def test_no_more_characters_are_wrong_than_with_the_better_of_two_readers(gold: Gold) -> None:
    wrong = score(gold, ours(gold.file, gold.page)).edits
    if gold.name.startswith("nics"):
        best = score(gold, pdfium(gold.file, gold.page)).edits  # pdfminer.six takes many seconds for it
    else:
        best = min(score(gold, read(gold.file, gold.page)).edits for read in (pdfminer, pdfium))
    assert wrong <= best
