"""UIMA CAS: another library reads the same words, all comes back, and files of other programs come in."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.marks import MarkLine
from annotate.marks_from import Found, format_for
from annotate.marks_from import uima as marks_in
from annotate.marks_from import uima_json as json_in
from annotate.writers import Dataset, uima, uima_json
from tests.annotate.hard import CODERS, TEXTS, datasets, facts, facts_found, hard, written
from tests.shared import shared


def files(data: bytes) -> dict[str, bytes]:
    held = zipfile.ZipFile(io.BytesIO(data))
    return {name: held.read(name) for name in held.namelist()}


def made(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_what_went_out_comes_in_the_same() -> None:
    data, done = written(uima, hard())
    assert (done.rows, done.notes) == (12, ("2 marks with gaps: an annotation for each part.",))
    assert format_for(data, "x.zip").NAME == "xmi"
    found = marks_in.read(data, "x.zip")
    assert facts_found(found) == facts(hard())
    assert [draft.text for draft in found.drafts] == list(TEXTS)
    assert [len(taxonomy.codes) for taxonomy in found.taxonomies] == [6, 1]
    assert found.drafts[0].outlet == "The <Kestrel>"


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_any_marks_come_in_the_same(data: Dataset) -> None:
    clean = [each for each in data.articles() if not set(each.text) & {"\ufffe", "\uffff"}]
    found = marks_in.read(written(uima, data)[0], "x.zip")
    told = facts(data)
    if len(clean) == len(list(data.articles())):
        assert facts_found(found) == told


@settings(max_examples=40, deadline=None)
@given(datasets())
def test_another_library_reads_the_same_words(data: Dataset) -> None:
    cassis = pytest.importorskip("cassis")
    held = files(written(uima, data)[0])
    types = cassis.load_typesystem(io.BytesIO(held["TypeSystem.xml"]))
    for article in data.articles():
        (name,) = [name for name in held if name.startswith(f"{int(article.id[-1]):04}")]
        cas = cassis.load_cas_from_xmi(io.BytesIO(held[name]), typesystem=types)
        parts = sorted(cas.select("postil.Mark"), key=lambda mark: (mark.mark, mark.part))
        words: dict[str, list[str]] = {}
        for part in parts:
            words.setdefault(part.mark, []).append(part.get_covered_text())
            assert part.coder in CODERS
        assert {id: " … ".join(each) for id, each in words.items()} == {
            mark.id: mark.quote.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
            for mark in article.spans
        }
        (about,) = cas.select("postil.Article")
        assert (about.text_hash, about.title) == (article.text_hash, article.title)


@settings(max_examples=40, deadline=None)
@given(datasets())
def test_json_reads_back_the_same_and_another_library_takes_it(data: Dataset) -> None:
    held, done = written(uima_json, data)
    assert format_for(held, "x.zip").NAME == "cas-json"
    if not any({"\ufffe", "\uffff"} & set(repr(list(data.spans())) + each.text) for each in data.articles()):
        assert facts_found(json_in.read(held, "x.zip")) == facts(data)
    assert done.rows == len(list(data.spans()))
    cassis = pytest.importorskip("cassis")
    for name, article in zip(sorted(files(held)), data.articles(), strict=False):
        cas = cassis.load_cas_from_json(files(held)[name].decode())
        words = {part.get_covered_text() for part in cas.select("postil.Mark")}
        assert words == {piece for mark in article.spans for piece in mark.quote.split(" … ")}


def test_another_librarys_json_comes_in() -> None:
    cassis = pytest.importorskip("cassis")
    held = files(written(uima, hard())[0])
    types = cassis.load_typesystem(io.BytesIO(held["TypeSystem.xml"]))
    cas = cassis.load_cas_from_xmi(io.BytesIO(held["0001-title-1.xmi"]), typesystem=types)
    found = json_in.read(cas.to_json().encode(), "one.json")
    assert facts_found(found) == [
        fact for fact in facts(hard()) if fact[0] == next(hard().articles()).text_hash
    ]


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1", b'{"%FEATURE_STRUCTURES": [1, {"%TYPE": 3}, {"%TYPE": "a b.c"}]}']
)
def test_what_is_no_json_cas_is_said(data: bytes) -> None:
    with pytest.raises(UserError):
        json_in.read(data, "x.json")


def test_without_the_sidecar_codes_have_their_labels() -> None:
    held = files(written(uima, hard())[0])
    found = marks_in.read(held["0001-title-1.xmi"], "one.xmi")
    assert {code.label for code in found.taxonomies[0].codes} >= {'He said "no", then left', "صحيح"}
    assert facts_found(found) == [
        fact for fact in facts(hard()) if fact[0] == next(hard().articles()).text_hash
    ]
    assert found.drafts[0].title == "Title 1"


def test_a_text_is_needed() -> None:
    with pytest.raises(UserError, match="without"):
        written(uima, hard(), text=False)


# ------------------------------------------------------------ files of other programs


def read(name: str) -> Found:
    path = shared(f"samples/annotated/{name}/reference.xmi")
    assert marks_in.sniff(path.read_bytes(), path.name)
    return marks_in.read(path.read_bytes(), path.name)


def test_a_named_entity_on_an_emoji() -> None:
    found = read("testSentenceWithEmoji")
    (mark,) = found.marks
    assert isinstance(mark, MarkLine)
    assert found.drafts[0].text[mark.start : mark.end] == "😊"
    assert [code.label for code in found.taxonomies[0].codes] == ["NamedEntity"]
    assert found.notes == ("Left out: annotations of grammar (7).",)


def test_spans_that_are_linked() -> None:
    found = read("testSimpleSlotFeature")
    text = found.drafts[0].text
    marks = [mark for mark in found.marks if isinstance(mark, MarkLine)]
    assert [(text[mark.start : mark.end], mark.code) for mark in marks] == [
        ("is", "reference:SimpleSpan"), ("a", "reference:SimpleSpan"), ("This", "reference:SimpleLinkHost"),
    ]  # fmt: skip
    assert "Left out: links between annotations (1)." in found.notes


OTHER = """<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
 xmlns:custom="http:///webanno/custom.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>
<custom:Frame xmi:id="3" sofa="1" begin="{begin}" end="{end}" value="Moral" note="see there"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" sofaString="One &#128522; two three"/>
<cas:View sofa="1" members="3"/></xmi:XMI>"""


def test_values_are_codes_below_their_layer_and_other_features_a_memo() -> None:
    found = marks_in.read(OTHER.format(begin=7, end=10).encode(), "a.xmi")
    (mark,) = found.marks
    assert isinstance(mark, MarkLine)
    assert (found.drafts[0].text[mark.start : mark.end], mark.memo) == ("two", "note: see there")
    assert [(code.label, code.parent) for code in found.taxonomies[0].codes] == [
        ("Frame", None), ("Moral", "a:Frame"),
    ]  # fmt: skip


@pytest.mark.parametrize(("begin", "end"), [("x", 3), (-4, 3), (5, 9**30), ("", "")])
def test_positions_that_are_none_do_not_fit(begin: object, end: object) -> None:
    (mark,) = marks_in.read(OTHER.format(begin=begin, end=end).encode(), "a.xmi").marks
    assert isinstance(mark, MarkLine)
    assert not 0 <= mark.start < mark.end <= 15


@pytest.mark.parametrize("data", [b"", b"<a/>", b"PK\x03\x04", made({"a.txt": b"x"}), made({"a.xmi": b"<x"})])
def test_what_is_no_cas_is_said(data: bytes) -> None:
    with pytest.raises(UserError):
        marks_in.read(data, "x.xmi")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mutated_cas_gives_a_result_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(MUTATED)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 9)] = bytes(
            chance.choices(b'<>"/=& 019azG{}-:', k=chance.randint(0, 5))
        )
    with suppress(UserError):
        marks_in.read(bytes(data), "x.xmi")


MUTATED = files(written(uima, hard())[0])["0001-title-1.xmi"]
