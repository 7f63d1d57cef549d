"""Label Studio, doccano, Prodigy: as these programs want it, back the same, and what was changed there is seen."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.marks import MarkLine
from annotate.marks_from import Found, format_for
from annotate.marks_from import doccano as doccano_in
from annotate.marks_from import label_studio as studio_in
from annotate.marks_from import prodigy as prodigy_in
from annotate.model import Code, Taxonomy
from annotate.tokens import tokens
from annotate.writers import Dataset, doccano, label_studio, prodigy
from annotate.writers.labelled import labels_of
from storage import Project
from storage.annotations_in import import_annotations
from storage.exchange import dataset as stored_dataset
from tests.annotate.hard import (
    CODERS,
    CODES,
    TAXONOMIES,
    TEXTS,
    dataset,
    datasets,
    facts,
    facts_found,
    hard,
    written,
)

PAIRS = [(doccano, doccano_in), (prodigy, prodigy_in), (label_studio, studio_in)]
all_formats = pytest.mark.parametrize(("out", "back"), PAIRS, ids=[out.NAME for out, _ in PAIRS])


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.decode().split("\n") if line]


def tasks(data: bytes) -> list[dict[str, Any]]:
    return json.loads(zipfile.ZipFile(io.BytesIO(data)).read("tasks.json"))


def marks_of(found: Found) -> list[MarkLine]:
    return [line for line in found.marks if isinstance(line, MarkLine)]


def words(found: Found) -> list[tuple[str, str | None]]:
    text = found.drafts[0].text
    labels = {code.id: code.label for taxonomy in found.taxonomies for code in taxonomy.codes}
    return [(text[mark.start : mark.end], labels.get(mark.code or "")) for mark in marks_of(found)]


@all_formats
def test_what_went_out_comes_in_the_same(out: Any, back: Any) -> None:
    data, done = written(out, hard())
    assert done.rows == 12
    assert done.notes[0].startswith("2 marks with gaps: a ")
    assert format_for(data, "x").NAME == out.NAME
    found = back.read(data, "x")
    assert facts_found(found) == facts(hard())
    assert [draft.text for draft in found.drafts] == list(TEXTS)
    assert (found.drafts[0].outlet, found.drafts[0].attributes) == ("The <Kestrel>", {"section": "=1+1"})


@all_formats
@settings(max_examples=50, deadline=None)
@given(data=datasets())
def test_any_marks_come_in_the_same(out: Any, back: Any, data: Dataset) -> None:
    found = back.read(written(out, data)[0], "x")
    assert facts_found(found) == facts(data)
    assert [draft.text for draft in found.drafts] == [each.text for each in data.articles()]


@all_formats
def test_a_project_goes_out_and_into_another(out: Any, back: Any, tmp_path: Path) -> None:
    with Project.create(tmp_path / "one.postil") as one:
        report = import_annotations(one, back.read(written(out, hard())[0], "x"))
        assert (report.added, report.bad, len(report.articles)) == (12, [], 3)
        again = written(out, stored_dataset(one))[0]
        report = import_annotations(one, back.read(again, "y"))
        assert (report.added, report.codes, report.articles) == (0, 0, [])


@all_formats
def test_without_text_there_is_nothing_to_write(out: Any, back: Any) -> None:
    with pytest.raises(UserError, match="cannot be left out"):
        written(out, hard(), text=False)


@all_formats
@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_mutated_files_give_a_result_or_a_sentence(out: Any, back: Any, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(MUTATED[out.NAME])
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 9)] = bytes(
            chance.choices(b'{}[]",:019aN-\\u\n', k=chance.randint(0, 5))
        )
    with suppress(UserError):
        back.read(bytes(data), "x")


MUTATED = {
    "doccano": written(doccano, hard())[0],
    "prodigy": written(prodigy, hard())[0],
    "label-studio": json.dumps(tasks(written(label_studio, hard())[0])).encode(),
}


@all_formats
@pytest.mark.parametrize(
    "data", [b"", b"words", b"[" * 100_000, b"{}", b"[{}]", b"\xff\xfe\x00", b"[1, null]"]
)
def test_what_is_none_of_it_is_said(out: Any, back: Any, data: bytes) -> None:
    with pytest.raises(UserError):
        back.read(data, "x")


def test_labels_that_are_alike_are_told_apart() -> None:
    alike = Taxonomy(
        "b", "b", "B", codes=(Code("b:1", "b", None, "1.1", "=1+1"), Code("b:2", "b", None, "", "Moral"))
    )
    labels = labels_of([CODES, alike])
    assert (labels["hard:1.1"], labels["b:1"], labels["b:2"]) == ("1.1 =1+1 (hard)", "1.1 =1+1 (b)", "Moral")
    assert len(set(labels.values())) == len(labels)


# ------------------------------------------------------------ what the programs make of it


def values(task: dict[str, Any]) -> list[dict[str, Any]]:
    return [region["value"] for annotation in task["annotations"] for region in annotation["result"]]


SHAPES: dict[str, Callable[[bytes], Any]] = {
    "doccano": lambda data: [(each["text"], [(a, b) for a, b, _ in each["label"]]) for each in lines(data)],
    "prodigy": lambda data: [
        (each["text"], [(s["start"], s["end"]) for s in each["spans"]]) for each in lines(data)
    ],
    "label-studio": lambda data: [
        (
            each["data"]["text"],
            [(r["value"]["start"], r["value"]["end"]) for a in each["annotations"] for r in a["result"]],
        )
        for each in tasks(data)
    ],
}


@all_formats
def test_stretches_stand_where_python_finds_them(out: Any, back: Any) -> None:
    shaped = SHAPES[out.NAME](written(out, hard())[0])
    quotes = sorted(text[start:end] for text, stretches in shaped for start, end in stretches)
    parts = [json.loads(mark.parts) if mark.parts else [(mark.start, mark.end)] for mark in hard().spans()]
    texts = [TEXTS[int(mark.article[-1]) - 1] for mark in hard().spans()]
    assert quotes == sorted(text[a:b] for text, each in zip(texts, parts, strict=True) for a, b in each)


def test_prodigy_has_a_line_for_each_coder_and_tokens() -> None:
    data, done = written(prodigy, hard())
    held = lines(data)
    assert [(each["text"] == TEXTS[0], each.get("_annotator_id")) for each in held[:2]] == [
        (True, "Ana"), (True, CODERS[1]),
    ]  # fmt: skip
    for line in held:
        text = line["text"]
        assert [(each["start"], each["end"]) for each in line["tokens"]] == tokens(text)
        assert all(text[each["start"] : each["end"]] == each["text"] for each in line["tokens"])
        for each in line["spans"]:
            if "token_start" in each:
                first, last = line["tokens"][each["token_start"]], line["tokens"][each["token_end"]]
                assert first["start"] < each["end"]
                assert last["end"] > each["start"]
    assert done.notes[1].endswith("within tokens: open them with --highlight-chars.")


@pytest.mark.filterwarnings("ignore")
def test_label_studios_own_kit_finds_the_regions_valid() -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface")
    data, _ = written(label_studio, hard())
    config = zipfile.ZipFile(io.BytesIO(data)).read("config.xml").decode()
    studio = interface.LabelInterface(config)
    labels = studio.get_control("label").labels
    assert set(labels) == set(labels_of(TAXONOMIES).values())
    for task in tasks(data):
        assert studio.validate_task({"data": task["data"]})
        for annotation in task["annotations"]:
            for region in annotation["result"]:
                assert studio.validate_region(region, return_errors=True) == []


# ------------------------------------------------------------ what was changed there


def test_a_label_that_was_taken_off_or_put_on_is_seen() -> None:
    (first, *others) = lines(written(doccano, hard())[0])
    gone = first["label"].index([2, 7, "1.1 =1+1"])
    del first["label"][gone]
    first["label"].append([0, 1, "New"])
    parts = [each for each in first["label"] if each[2] == "3 صحيح"]
    first["label"].remove(parts[1])
    found = doccano_in.read("\n".join(json.dumps(each) for each in (first, *others)).encode(), "x")
    told = [mark for mark in marks_of(found) if mark.article == next(hard().articles()).text_hash]
    assert [mark.code for mark in told].count("hard:1.1") == 0
    assert [(mark.start, mark.end, mark.coder) for mark in told if mark.code == "x:New"] == [(0, 1, "")]
    assert len([mark for mark in told if mark.code == "x:3 صحيح"]) == 2
    assert len(told) == 8 - 1 - 1 + 1 + 2


def test_a_label_that_became_another_is_another() -> None:
    (first, *_) = lines(written(prodigy, hard())[0])
    first["spans"][1]["label"] = "3 صحيح"
    found = prodigy_in.read(json.dumps(first).encode(), "x")
    assert [(mark.start, mark.end) for mark in marks_of(found) if mark.code == "x:3 صحيح"] == [(2, 7)]


# ------------------------------------------------------------ files of these programs


def test_doccanos_two_shapes() -> None:
    old = b'{"text": "President Obama", "label": [[10, 15, "PERSON"]], "source": "wire"}\n\n{"text": " "}\n'
    found = doccano_in.read(old, "a.jsonl")
    assert words(found) == [("Obama", "PERSON")]
    assert found.drafts[0].attributes == {"source": "wire"}
    assert found.notes == ("Left out: lines without a text (1).",)
    new = (
        b'{"id": 1, "text": "President Obama", "Comments": [], "entities": [{"id": 1, "label": "PERSON", '
        b'"start_offset": 10, "end_offset": 15}], "relations": [{"id": 1}]}'
    )
    assert format_for(new, "a.jsonl").NAME == "doccano"
    found = doccano_in.read(new, "a.jsonl")
    assert (words(found), found.notes) == ([("Obama", "PERSON")], ("Left out: relations (1).",))
    assert words(doccano_in.read(b'{"text": "All of it", "label": ["Sport"]}', "a")) == [
        ("All of it", "Sport")
    ]


def test_prodigys_answers() -> None:
    held = [
        {"text": "Apple grows", "spans": [{"start": 0, "end": 5, "label": "ORG"}], "answer": "accept"},
        {"text": "Not this", "spans": [{"start": 0, "end": 3, "label": "ORG"}], "answer": "reject"},
        {
            "text": "Apple grows",
            "accept": ["BUSINESS"],
            "options": [],
            "answer": "accept",
            "_session_id": "ner-ana",
        },
    ]
    found = prodigy_in.read("\n".join(map(json.dumps, held)).encode(), "a.jsonl")
    assert words(found) == [("Apple", "ORG"), ("Apple grows", "BUSINESS")]
    assert [mark.coder for mark in marks_of(found)] == ["", "ner-ana"]
    assert found.notes == ("Left out: tasks that were not accepted (1).",)


STUDIO = {
    "id": 1,
    "data": {"review": "I 😀 like Kestrel news", "date": "2025"},
    "annotations": [
        {
            "id": 9, "completed_by": {"email": "ana@x.test"}, "created_at": "2021-08-23T12:19:18Z",
            "result": [
                {"value": {"start": 9, "end": 16, "text": "Kestrel", "labels": ["ORG"]}, "id": "a", "type": "labels",
                 "from_name": "label", "to_name": "text", "meta": {"text": ["sure?"]}},
                {"value": {"choices": ["Positive"]}, "id": "b", "type": "choices", "from_name": "s", "to_name": "text"},
                {"value": {"rating": 3}, "id": "c", "type": "rating", "from_name": "r", "to_name": "text"},
            ],
        },
        {"id": 10, "completed_by": 4, "was_cancelled": True, "result": []},
    ],
    "predictions": [{}],
}  # fmt: skip


def test_label_studios_export() -> None:
    data = json.dumps([STUDIO]).encode()
    assert format_for(data, "a.json").NAME == "label-studio"
    found = studio_in.read(data, "a.json")
    assert words(found) == [("Kestrel", "ORG"), ("I 😀 like Kestrel news", "Positive")]
    first = marks_of(found)[0]
    assert (first.coder, first.memo, first.created) == ("ana@x.test", "sure?", "2021-08-23T12:19:18.000Z")
    assert found.drafts[0].attributes == {"date": "2025"}
    assert found.notes == (
        "Left out: predictions (1).", "Left out: results of the kind rating (1).",
        "Left out: annotations that were skipped (1).",
    )  # fmt: skip


def test_an_older_label_studio_counts_utf_16() -> None:
    text = "💩 This is an annotation. 💩 And this is another one."
    regions = []
    for word in ("This", "annotation", "is"):
        at = text.index(word) + 1
        value = {"start": at, "end": at + len(word), "text": word, "labels": ["A"]}
        regions.append({"type": "labels", "from_name": "l", "to_name": "t", "value": value})
    data = json.dumps([{"data": {"text": text}, "annotations": [{"result": regions}]}]).encode()
    found = studio_in.read(data, "a.json")
    assert [said for said, _ in words(found)] == ["This", "annotation", "is"]
    assert found.notes == ("Positions count UTF-16 units.",)


def test_label_studios_short_form() -> None:
    held = [
        {
            "id": 1,
            "text": "Some words",
            "label": [{"start": 5, "end": 10, "text": "words", "labels": ["X"]}],
            "annotator": 3,
        }
    ]
    found = studio_in.read(json.dumps(held).encode(), "a.json")
    assert (words(found), marks_of(found)[0].coder) == ([("words", "X")], "user 3")


def test_a_dataset_without_marks_has_its_texts() -> None:
    for out, back in PAIRS:
        (first, *_) = hard().articles()
        bare = dataset([replace(first, spans=())])
        found = back.read(written(out, bare)[0], "x")
        assert ([draft.text for draft in found.drafts], list(found.marks)) == ([TEXTS[0]], [])
