"""W3C Web Annotations: shaped as the model says, read back the same, and found again by their words."""

from __future__ import annotations

import json
import random
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.anchoring import anchored
from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine
from annotate.marks_from import format_for
from annotate.marks_from import web_annotation as marks_in
from annotate.model import Draft
from annotate.writers import Dataset, web_annotation
from storage import Project, articles
from storage.annotations_in import import_annotations
from storage.exchange import coded_spans
from tests.annotate.hard import TEXTS, dataset, datasets, facts, facts_found, hard, written

TEXTUAL = {
    "type": "object",
    "required": ["type", "value", "purpose"],
    "properties": {
        "type": {"const": "TextualBody"},
        "value": {"type": "string"},
        "purpose": {"type": "string"},
    },
}
SPECIFIC = {
    "type": "object",
    "required": ["type", "source"],
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {"type": "string", "pattern": "^[a-z]+:"},
    },
}
SELECTOR = {
    "oneOf": [
        {
            "type": "object",
            "required": ["type", "exact"],
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string", "minLength": 1},
            },
        },
        {
            "type": "object",
            "required": ["type", "start", "end"],
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 1},
            },
        },
    ]
}
TARGET = {
    "type": "object",
    "required": ["source", "selector"],
    "properties": {
        "source": {"type": "object", "required": ["id"], "properties": {"id": {"pattern": "^urn:"}}},
        "selector": {"type": "array", "items": SELECTOR, "minItems": 1},
    },
}
ANNOTATION = {
    "type": "object",
    "required": ["id", "type", "target"],
    "properties": {
        "id": {"type": "string", "pattern": "^urn:"},
        "type": {"const": "Annotation"},
        "motivation": {"enum": ["tagging", "highlighting"]},
        "body": {"type": "array", "items": {"oneOf": [TEXTUAL, SPECIFIC]}},
        "target": {"oneOf": [TARGET, {"type": "array", "items": TARGET, "minItems": 2}]},
    },
}
COLLECTION = {  # what the model (sections 3, 4 and 5) says must be there
    "type": "object",
    "required": ["@context", "id", "type", "total", "first"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer", "minimum": 0},
        "first": {
            "type": "object",
            "required": ["id", "type", "items"],
            "properties": {
                "type": {"const": "AnnotationPage"},
                "items": {"type": "array", "items": ANNOTATION},
            },
        },
    },
}


def items(data: bytes) -> list[dict[str, Any]]:
    return json.loads(data)["first"]["items"]


@pytest.mark.parametrize("text", [True, False])
def test_the_file_is_as_the_model_says(text: bool) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    data, done = written(web_annotation, hard(), text=text)
    jsonschema.validate(json.loads(data), COLLECTION)
    assert json.loads(data)["total"] == done.rows == 12
    assert "codebook itself does not" in done.notes[0]
    empty, _ = written(web_annotation, dataset([], []))
    jsonschema.validate(json.loads(empty), COLLECTION)


def test_a_mark_stands_by_its_words_and_by_its_position() -> None:
    data, _ = written(web_annotation, hard())
    found = {each["id"][-2:]: each for each in items(data)}
    quote, position = found["09"]["target"][1]["selector"]
    text = TEXTS[1]
    assert text[position["start"] : position["end"]] == quote["exact"] == text[5:9]
    assert (quote["prefix"], quote["suffix"]) == (text[:5], text[9:41])
    assert len(found["04"]["target"]) == 3
    assert found["06"]["motivation"] == "highlighting"
    assert [body["purpose"] for body in found["01"]["body"]] == [
        "classifying",
        "tagging",
        "commenting",
        "assessing",
        "describing",
    ]


def test_what_went_out_comes_in_the_same() -> None:
    data, _ = written(web_annotation, hard())
    found = marks_in.read(data, "x.jsonld")
    assert facts_found(found) == facts(hard())
    assert format_for(data, "x").NAME == "w3c"
    bare, _ = written(web_annotation, hard(), text=False)
    assert facts_found(marks_in.read(bare, "x.jsonld")) == facts(hard())
    assert "“quotes”" not in bare.decode()


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_any_marks_come_in_the_same(data: Dataset) -> None:
    held, done = written(web_annotation, data)
    if not done.rows:
        with pytest.raises(UserError, match="no Web Annotations"):
            marks_in.read(held, "x.jsonld")
        return
    assert facts_found(marks_in.read(held, "x.jsonld")) == facts(data)


# ------------------------------------------------------------ annotations of other programs


def read(held: object) -> list[MarkLine | BadLine]:
    return list(marks_in.read(json.dumps(held).encode(), "x.jsonld").marks)


def test_one_annotation_as_the_model_shows_it() -> None:
    (mark,) = read(
        {
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/anno1", "type": "Annotation",
            "motivation": "commenting", "bodyValue": "A comment",
            "creator": {"id": "http://example.org/user1", "type": "Person", "name": "My Name"},
            "target": {
                "source": "http://example.org/page1",
                "selector": {"type": "TextQuoteSelector", "exact": "anotation", "prefix": "this is an "},
            },
        }
    )  # fmt: skip
    assert isinstance(mark, MarkLine)
    assert (mark.article, mark.start, mark.quote, mark.memo, mark.coder) == (
        "http://example.org/page1", -1, "anotation", "A comment", "My Name",
    )  # fmt: skip


def test_tags_are_codes_each_with_a_mark_of_its_own() -> None:
    target = {"source": "t", "selector": {"type": "FragmentSelector", "value": "char=3,7"}}
    tags = [{"type": "TextualBody", "purpose": "tagging", "value": each} for each in ("One", "Two")]
    found = marks_in.read(
        json.dumps([{"type": "Annotation", "body": tags, "target": target}]).encode(), "x.jsonld"
    )
    assert [(line.start, line.end, line.code) for line in found.marks if isinstance(line, MarkLine)] == [
        (3, 7, "x:One"), (3, 7, "x:Two"),
    ]  # fmt: skip
    assert [code.label for code in found.taxonomies[0].codes] == ["One", "Two"]


def test_a_target_without_a_selector_for_text_is_told() -> None:
    (mark,) = read({"type": "Annotation", "target": {"source": "t", "selector": {"type": "SvgSelector"}}})
    assert isinstance(mark, BadLine)


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix", "start"),
    [
        ("two", "", "", 4), ("one", "", "", None), ("one", "three ", "", 14), ("one", "", " two", 0),
        ("nowhere", "a", "b", None), ("", "a", "b", None), ("o", "", "ne.", 14),
    ],
)  # fmt: skip
def test_a_quote_is_found_by_what_stands_around_it(
    quote: str, prefix: str, suffix: str, start: int | None
) -> None:
    found = anchored("one two three one.", quote, prefix, suffix)
    assert (None if found is None else found[0]) == start


def test_marks_find_their_words_in_a_copy_that_differs(tmp_path: Path) -> None:
    data, _ = written(web_annotation, hard())
    (first, *_) = hard().articles()
    with Project.create(tmp_path / "study.postil") as project:
        text = "An editor's note.\n" + first.text
        project.do("Add", lambda step: articles.add(step, [Draft(text, first.title)], ["a"], [None]))
        found = marks_in.read(data, "x.jsonld")
        lines = [
            replace(line, article="Title 1")
            for line in found.marks
            if isinstance(line, MarkLine) and line.article == first.text_hash and not line.parts
        ]
        report = import_annotations(project, replace(found, marks=lines))
        assert (len(report.moved), report.added, report.bad) == (7, 7, [])
        shifted = {span.quote for span in coded_spans(project)}
    assert shifted == {span.quote for span in first.spans if not span.parts}


def test_a_text_is_known_by_its_address(tmp_path: Path) -> None:
    with Project.create(tmp_path / "study.postil") as project:
        draft = Draft("Some words.", "A", url="https://x.test/a")
        project.do("Add", lambda step: articles.add(step, [draft], ["a"], [None]))
        selector = {"type": "TextQuoteSelector", "exact": "words"}
        target = {"source": "https://x.test/a", "selector": [selector]}
        held = json.dumps({"type": "Annotation", "target": target}).encode()
        assert import_annotations(project, marks_in.read(held, "x"), coder="Me").added == 1
        assert [span.quote for span in coded_spans(project)] == ["words"]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mutated_file_gives_a_result_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(MUTATED)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 9)] = bytes(
            chance.choices(b'{}[]",:019aN-\\u', k=chance.randint(0, 5))
        )
    with suppress(UserError):
        marks_in.read(bytes(data), "x.jsonld")


MUTATED = written(web_annotation, hard())[0]


@pytest.mark.parametrize(
    "data", [b"", b"words", b"[" * 100_000, b"{}", b"\xff\xfe\x00", b'{"type": "Annotation"}']
)
def test_what_holds_no_annotations_is_said(data: bytes) -> None:
    with pytest.raises(UserError):
        marks_in.read(data, "x.jsonld")
