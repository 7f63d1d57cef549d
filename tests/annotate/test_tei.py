"""TEI P5: valid by its schema, and every pointer finds the words that were marked."""

from __future__ import annotations

import gzip
import re
from copy import deepcopy
from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from lxml import etree

from annotate.writers import Dataset, tei
from annotate.writers.labelled import parts_of
from annotate.writers.tei_header import ID
from tests.annotate.hard import TEXTS, dataset, datasets, hard, written
from tests.shared import ROOT

SPACE = {"t": tei.NAMESPACE}
POINTER = re.compile(r"#string-range\((words-\d+),(\d+),(\d+)\)")


@cache
def schema(name: str) -> etree.RelaxNG:
    """`tei-4.2.2`: a customisation that has all elements which are used here. `tei-all-3.0.0`: TEI whole, as it was
    before `standOff` came. Their headers allow copies.
    """
    return etree.RelaxNG(
        etree.fromstring(gzip.decompress((ROOT / f"tests/files/{name}.rng.gz").read_bytes()))
    )


def corpus(data: Dataset, **options: bool) -> etree._Element:
    made = etree.fromstring(written(tei, data, **options)[0], etree.XMLParser(huge_tree=True))
    assert schema("tei-4.2.2").validate(made), schema("tei-4.2.2").error_log
    if options.get("text", True):
        check_the_rest(made)
    return made


def check_the_rest(made: etree._Element) -> None:
    """All but the marks, by TEI whole."""
    rest = deepcopy(made)
    for marks in rest.findall(".//t:standOff", SPACE):
        marks.getparent().remove(marks)
    whole = schema("tei-all-3.0.0")
    assert whole.validate(rest), whole.error_log


def words(made: etree._Element) -> dict[str, str]:
    """The string of each text's division, by its id."""
    return {each.get(ID, ""): "".join(each.itertext()) for each in made.iterfind(".//t:div", SPACE)}


def check(data: Dataset) -> etree._Element:
    made = corpus(data)
    texts = words(made)
    assert list(texts.values()) == [each.text for each in data.articles()]
    marks = made.findall(".//t:annotation", SPACE)
    ids = {each.get(ID): each for each in made.iterfind(f".//*[@{ID}]")}
    spans = list(data.spans())
    assert len(marks) == len(spans)
    for mark, span in zip(marks, spans, strict=True):
        found = POINTER.findall(mark.get("target", ""))
        stretches = [texts[id][int(at) : int(at) + int(length)] for id, at, length in found]
        assert " … ".join(stretches) == span.quote
        assert len(stretches) == len(parts_of(span))
        pointer = mark.find("t:ptr", SPACE)
        code = None if pointer is None else ids[pointer.get("target", "")[1:]]
        assert (code is None) == (span.code is None)
        if code is not None:
            assert code.findtext("t:catDesc/t:idno", None, SPACE) == span.code
        assert mark.findtext("t:respStmt/t:name", None, SPACE) == span.coder
        assert (mark.findtext("t:note[@type='memo']", "", SPACE) or "") == span.memo
        assert (mark.findtext("t:note[@type='certainty']", "", SPACE) or "") == span.certainty
    return made


def test_every_pointer_finds_its_words() -> None:
    made = check(hard())
    assert (written(tei, hard())[1].rows, written(tei, hard())[1].notes) == (12, ())
    above = made.find(".//t:term[.='Αλήθεια']/../..", SPACE).getparent()
    assert above.findtext("t:catDesc/t:term", None, SPACE) == "אמת"
    source = made.find("t:TEI/t:teiHeader//t:bibl", SPACE)
    assert source.findtext("t:title[@level='j']", None, SPACE) == "The <Kestrel>"
    assert source.find("t:date", SPACE).get("when") == "2025-03"


@settings(max_examples=60, deadline=None)
@given(data=datasets())
def test_any_marks_are_found(data: Dataset) -> None:
    check(data)


def test_times_are_said() -> None:
    articles = [replace(each, spans=tuple(
        span._replace(created="2025-03-12T09:30:00.000Z", modified="2025-03-13T09:30:00.000Z") for span in each.spans
    )) for each in hard().articles()]  # fmt: skip
    change = corpus(dataset(articles)).find(".//t:annotation//t:change", SPACE)
    assert (change.get("when"), change.get("status")) == ("2025-03-12T09:30:00.000Z", "created")


def test_without_text_marks_point_to_it_by_its_hash() -> None:
    made = corpus(hard(), text=False)
    assert not words(made)
    whole = etree.tostring(made, encoding="unicode")
    assert not any(line in whole for text in TEXTS for line in text.split("\n") if len(line) > 8)
    article = next(iter(hard().articles()))
    first = made.find(".//t:annotation", SPACE).get("target")
    assert first == f"urn:sha256:{article.text_hash}#char=0,{len(article.text)}"


def test_without_articles_it_is_valid_too() -> None:
    assert len(corpus(dataset([], ())).findall("t:TEI", SPACE)) == 1
