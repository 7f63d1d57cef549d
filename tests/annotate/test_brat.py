"""brat standoff: what brat's own rules want, read back the same, and corpora of other people come in whole."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine
from annotate.marks_from import Found, format_for
from annotate.marks_from import brat as marks_in
from annotate.marks_from.folder import packed
from annotate.sidecar import FILE, from_json
from annotate.taxonomy import load_shipped
from annotate.writers import Dataset, brat
from annotate.writers.brat_files import fragments, joined
from storage import Project
from storage.annotations_in import import_annotations
from storage.exchange import dataset as stored_dataset
from tests.annotate.hard import TEXTS, article, dataset, datasets, facts, facts_found, hard, span, written
from tests.shared import shared


def files(data: bytes) -> dict[str, str]:
    held = zipfile.ZipFile(io.BytesIO(data))
    return {name: held.read(name).decode() for name in held.namelist()}


def made(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def test_a_hard_project_is_as_brat_wants_it() -> None:
    data, done = written(brat, hard())
    held = files(data)
    assert done.rows == 12
    assert done.notes == (
        "2 coders: a folder for each, with all texts.",
        "1 mark cut at line breaks; their true edges stand in notes of the kind Postil.",
        "The times at which marks were made are left out.",
    )
    first = held["Ana/0001-title-1.ann"].split("\n")
    assert first[0].startswith("T1\tCode_1_He_said_no_then_left 0 7;8 50;")
    text = held["Ana/0001-title-1.txt"]
    for line in (line for name in held if name.endswith(".ann") for line in held[name].split("\n")):
        assert re.fullmatch(
            r"|T\d+\t[A-Za-z][\w-]* \d+ \d+(;\d+ \d+)*\t.+"
            r"|A\d+\tCertainty T\d+ (un)?sure|A\d+\tQualifier_\w+ T\d+ \w+|#\d+\t\w+ T\d+\t.+",
            line,
            re.ASCII,
        ), line  # fmt: skip
    assert text == TEXTS[0]
    assert "\n\t!Code_2\n\t\tCode_4\n" in held["annotation.conf"]
    assert "Code_1_1_1_1 | 1.1 =1+1" in held["visual.conf"]


def test_what_went_out_comes_in_the_same() -> None:
    data, _ = written(brat, hard())
    assert format_for(data, "x.zip").NAME == "brat"
    found = marks_in.read(data, "x.zip")
    assert facts_found(found) == facts(hard())
    assert [draft.text for draft in found.drafts] == list(TEXTS)
    assert (found.drafts[0].outlet, found.drafts[0].attributes) == ("The <Kestrel>", {"section": "=1+1"})
    assert [code.label for code in found.taxonomies[0].codes] == [
        'He said "no", then left', "=1+1", "Правда — 真理", "صحيح", "אמת", "Αλήθεια",
    ]  # fmt: skip


def visible(data: Dataset) -> Dataset:
    """Without marks on nothing but line breaks."""
    kept = [
        replace(each, spans=tuple(mark for mark in each.spans if mark.quote.strip("\n …")))
        for each in data.articles()
    ]
    return dataset(kept)


@settings(max_examples=80, deadline=None)
@given(datasets())
def test_any_marks_come_in_the_same(data: Dataset) -> None:
    held, done = written(brat, data)
    found = marks_in.read(held, "x.zip")
    assert len(found.marks) == done.rows
    told = facts(data)
    assert all(fact in told for fact in facts_found(found))
    if len(told) > done.rows:
        assert any("nothing but line breaks" in note for note in done.notes)


def test_a_mark_cut_at_line_breaks_has_its_edges_again() -> None:
    text = "One\n\nTwo\nThree\n"
    marks = [
        span(1, 1, text, [(0, 8)]), span(2, 1, text, [(3, 9)]), span(3, 1, text, [(3, 5)]),
        span(4, 1, text, [(0, 3), (5, 8)]),
    ]  # fmt: skip
    data, done = written(brat, dataset([article(1, text, marks)]))
    assert done.rows == 3
    assert done.notes[:2] == (
        "1 mark on nothing but line breaks left out: brat has no place for them.",
        "2 marks cut at line breaks; their true edges stand in notes of the kind Postil.",
    )
    lines = files(data)["0001-title-1.ann"].split("\n")
    assert lines[0] == "T1\tUncoded 0 3;5 8\tOne Two"
    found = [line.spans for line in marks_in.read(data, "x.zip").marks if isinstance(line, MarkLine)]
    assert found == [((0, 8),), ((3, 9),), ((0, 3), (5, 8))]


@given(st.text("ab\n", max_size=20), st.data())
def test_fragments_join_again(text: str, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(text)))
    end = draw.draw(st.integers(start, len(text)))
    pieces = fragments(text, [(start, end)])
    assert "".join(text[a:b] for a, b in pieces) == text[start:end].replace("\n", "")
    assert [text[a:b] for a, b in joined(text, pieces)] == [text[start:end].strip("\n")][: len(pieces)]


def test_what_brat_cannot_say_is_refused_or_counted() -> None:
    with pytest.raises(UserError, match="without them"):
        written(brat, hard(), text=False)
    data, done = written(brat, dataset([], [load_shipped("cap")]))
    assert done.rows == 0
    assert "!Taxonomy" not in files(data)["annotation.conf"]


@pytest.mark.filterwarnings("ignore")
def test_another_library_reads_the_same(tmp_path: Path) -> None:
    pytest.importorskip("bratly")
    from bratly import EntityAnnotation
    from bratly.io import read_document_collection_from_folder

    data, _ = written(brat, hard())
    zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
    found = [
        " ".join(document.text[part.start : part.end] for part in each.fragments)
        for folder in ("Ana", "Zo-Z-O-Neil")
        for document in read_document_collection_from_folder(str(tmp_path / folder)).documents
        for each in document.annotation_collections[0].annotations
        if isinstance(each, EntityAnnotation)
    ]
    lines = [line for name, text in files(data).items() if name.endswith(".ann") for line in text.split("\n")]
    assert sorted(found) == sorted(line.split("\t", 2)[2] for line in lines if line.startswith("T"))


def test_a_project_goes_out_and_into_another(tmp_path: Path) -> None:
    data, _ = written(brat, hard())
    with Project.create(tmp_path / "one.postil") as one:
        report = import_annotations(one, marks_in.read(data, "x.zip"))
        assert (report.added, report.bad, report.codes) == (12, [], 7)
        again, _ = written(brat, stored_dataset(one))
        report = import_annotations(one, marks_in.read(again, "y.zip"))
        assert (report.added, report.codes, report.articles) == (0, 0, [])


# ------------------------------------------------------------ corpora of other people


def read(path: str) -> Found:
    return marks_in.read(packed(shared(f"samples/annotated/{path}")), "corpus.zip")


def marks_of(found: Found) -> list[MarkLine]:
    return [line for line in found.marks if isinstance(line, MarkLine)]


def quotes(found: Found, marks: Iterable[MarkLine]) -> list[str]:
    from annotate.text import text_hash

    texts = {text_hash(draft.text): draft.text for draft in found.drafts}
    return [texts[mark.article][mark.start : mark.end] for mark in marks]


def test_the_tutorial_comes_in_with_its_types_notes_and_attributes() -> None:
    found = read("tutorials/news")
    marks = marks_of(found)
    assert (len(marks), len(found.marks), len(found.drafts)) == (119, 119, 13)
    assert len(found.relations) == 8
    assert found.notes == (
        "Left out: structures of events (23).", "Left out: normalisations (1).",
        "Left out: groups of the same (2).",
    )  # fmt: skip
    (codes,) = found.taxonomies
    labels = {code.id: code for code in codes.codes}
    assert labels["corpus:Merge-org"].parent is not None
    assert [code.label for code in codes.codes if not code.assignable][:1] == ["Life"]
    noted = [mark for mark in marks if mark.memo.startswith("Should fictional")]
    assert quotes(found, noted) == ["Discworld"]
    assert any(mark.memo == "Confidence: Neutral" for mark in marks)


def test_a_corpus_of_biology_comes_in_whole() -> None:
    found = read("corpora/BioNLP-ST_2011/BioNLP-ST_2011_EPI")
    assert (len(marks_of(found)), len(found.marks), len(found.drafts)) == (367, 367, 20)
    assert quotes(found, marks_of(found)[:2]) == ["N-glycosylation", "N-linked"]


def test_corpora_in_two_languages_come_in_whole() -> None:
    found = read("corpora/CoNLL-ST_2002")
    assert (len(marks_of(found)), len(found.marks), len(found.drafts)) == (816, 816, 20)


# ------------------------------------------------------------ what can be wrong


def test_folders_with_the_same_texts_are_coders() -> None:
    text = "Some words."
    members = {
        f"{who}/a.{kind}": text if kind == "txt" else "T1\tX 0 4\tSome\n"
        for who in ("Ann", "Bob")
        for kind in ("txt", "ann")
    }
    found = marks_in.read(made(members), "x.zip")
    assert [mark.coder for mark in marks_of(found)] == ["Ann", "Bob"]
    assert len(found.drafts) == 1


def test_positions_with_line_ends_of_windows() -> None:
    text = "Some words\r\nand more\r\nwords here"
    lines = "".join(f"T{n}\tX {at} {at + len(word)}\t{word}\n" for n, (word, at) in enumerate(
        [(match.group(), match.start()) for match in re.finditer(r"\w+", text)], 1))  # fmt: skip
    for ann in (lines, re.sub(r" (\d+) (\d+)", r" \1 \2", lines)):
        found = marks_in.read(made({"a.txt": text, "a.ann": ann}), "x.zip")
        assert quotes(found, marks_of(found)) == text.split()


@pytest.mark.parametrize(
    "line",
    ["T1\tX 0 x\tSome", "T1", "T1\tX 0 4", "T1\tX 4 0\tSome", "?", "T1\tX 900 904\tSome", "T1\t 0 4\tSome"],
)
def test_lines_that_do_not_fit_are_told(line: str) -> None:
    (bad,) = marks_in.read(made({"a.txt": "Some words", "a.ann": line}), "x.zip").marks
    assert isinstance(bad, BadLine)


def test_no_brat_is_said() -> None:
    with pytest.raises(UserError, match=r"no \.ann file"):
        marks_in.read(made({"a.txt": "x"}), "x.zip")
    found = marks_in.read(made({"a.ann": "T1\tX 0 1\tx"}), "x.zip")
    assert found.notes == ("Left out: .ann files without their text (1).",)


@pytest.mark.parametrize(
    "data", [b"[]", b"{", b'{"types": 1, "coders": [], "articles": {"a": 1}, "codebooks": [1, {}]}']
)
def test_a_broken_sidecar_is_passed_over(data: bytes) -> None:
    assert from_json(data).draft("a", "text").title == "a"


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_mutated_files_give_a_result_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    members = files(written(brat, hard())[0])
    for name in members:
        text = list(members[name])
        for _ in range(chance.randint(0, 4)):
            at = chance.randrange(len(text) + 1)
            text[at : at + chance.randint(0, 5)] = chance.choices(
                'T1#A;\t\n 09{}[]"x|!', k=chance.randint(0, 5)
            )
        members[name] = "".join(text)
    with suppress(UserError):
        marks_in.read(made(members), "x.zip")


def test_the_sidecar_says_what_the_lines_cannot() -> None:
    held = json.loads(files(written(brat, hard())[0])[FILE])
    assert held["coders"]["Ana"] == "Ana"
    assert [book["slug"] for book in held["codebooks"]] == ["hard", "more"]
