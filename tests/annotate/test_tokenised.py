"""Formats of tokens: WebAnno TSV exact but for white space, CoNLL flat with every change told."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotate.errors import UserError
from annotate.offsets import OffsetMap
from annotate.tokens import tokens
from annotate.writers import Dataset, conll, webanno_tsv
from tests.annotate.hard import CODES, TEXTS, article, dataset, datasets, hard, span, written


def files(data: bytes) -> dict[str, str]:
    held = zipfile.ZipFile(io.BytesIO(data))
    return {name: held.read(name).decode() for name in held.namelist()}


# ------------------------------------------------------------ WebAnno TSV


def unescaped(value: str) -> str:
    return re.sub(r"\\(->|.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), value)


def annotations(tsv: str) -> dict[str, dict[str, Any]]:
    """The annotations of a file by their number: features, and units as (begin, end) in UTF-16."""
    found: dict[str, dict[str, Any]] = {}
    for line in tsv.split("\n")[3:]:
        if not line or line.startswith("#Text="):
            continue
        _, place, _, *columns, last = line.split("\t")
        assert last == ""
        begin, end = map(int, place.split("-"))
        if set(columns) == {"_"}:
            continue
        for values in zip(*(re.split(r"(?<!\\)(?:\\\\)*\|", column) for column in columns), strict=True):
            parsed = [re.fullmatch(r"(.*)\[(\d+)\]", value, re.DOTALL) for value in values]
            features = ["" if each[1] == "*" else unescaped(each[1]) for each in parsed if each]
            held = found.setdefault(parsed[0][2], {"features": features, "units": []})
            held["units"].append((begin, end))
    return found


def test_a_file_is_as_webanno_writes_it() -> None:
    text = "This is a test."
    marks = [
        span(1, 1, text, [(1, 6)], "hard:1.1"), span(2, 1, text, [(6, 12)], memo="x|y_[z]"),
        span(3, 1, text, [(0, 4)], "hard:3", certainty="sure"), span(4, 1, text, [(0, 4), (8, 9)]),
    ]  # fmt: skip
    data, done = written(webanno_tsv, dataset([article(1, text, marks)]))
    lines = files(data)["0001-title-1.tsv"].split("\n")
    ids = [mark.id for mark in marks]
    assert lines[:4] == [
        "#FORMAT=WebAnno TSV 3.3",
        "#T_SP=webanno.custom.Postil|coder|value|memo|mark",
        "",
        "",
    ]
    assert lines[4] == "#Text=This is a test."
    assert lines[5:8] == [
        f"1-1\t0-4\tThis\tAna[3]|Ana[4]\t3 صحيح[3]|\\*[4]\t*[3]|*[4]\t{ids[2]}[3]|{ids[3]}[4]\t".replace(
            "\\*", "*"
        ),
        f"1-1.1\t1-4\this\tAna[1]\t1.1 =1+1[1]\t*[1]\t{ids[0]}[1]\t",
        "1-2\t5-7\tis\t_\t_\t_\t_\t",
    ]
    assert lines[9] == f"1-2.2\t6-7\ts\tAna[2]\t*[2]\tx\\|y\\_\\[z\\][2]\t{ids[1]}[2]\t"
    assert done.notes[1:] == ("1 mark with gaps: an annotation for each part, with the same “mark”.",)
    assert done.rows == 4


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_all_but_white_space_at_the_edges_is_there(data: Dataset) -> None:
    held, done = written(webanno_tsv, data)
    kept = 0
    for name, each in zip(sorted(files(held)), data.articles(), strict=False):
        text, units = each.text, OffsetMap(each.text)
        words: dict[str, list[str]] = {}
        for found in annotations(files(held)[name]).values():
            begin = units.to_points(found["units"][0][0])
            end = units.to_points(found["units"][-1][1])
            words.setdefault(found["features"][3], []).append(text[begin:end])
        told = {
            mark.id: [piece.strip() for piece in mark.quote.split(" … ") if piece.strip()]
            for mark in each.spans
            if mark.quote.strip(" …\n\t")
        }
        kept += len(told)
        assert {id: [piece.strip() for piece in pieces] for id, pieces in words.items()} == told
    assert done.rows == kept


@pytest.mark.filterwarnings("ignore")
def test_another_library_reads_the_same(tmp_path: Path) -> None:
    reader = pytest.importorskip("web_anno_tsv")
    text = "We like it 😊 . \nMr. Smith (of the U.S.) left."
    at = text.index("😊")
    marks = [span(1, 1, text, [(at, at + 1)], "hard:3"), span(2, 1, text, [(3, 10)], "hard:5")]
    marks.append(span(3, 1, text, [(text.index("Smith"), text.index("Smith") + 5)], "hard:5"))
    data, _ = written(webanno_tsv, dataset([article(1, text, marks)]))
    path = tmp_path / "a.tsv"
    path.write_text(files(data)["0001-title-1.tsv"], encoding="utf-8")
    with reader.open_web_anno_tsv(str(path)) as held:
        found = [(each.text, each.label) for sentence in held for each in sentence.annotations]
    assert found == [("like it", "Αλήθεια"), ("😊", "3 صحيح"), ("Smith", "Αλήθεια")]


# ------------------------------------------------------------ CoNLL


def rows(held: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(held), delimiter="\t"))[1:]


def test_a_flat_file_tells_what_it_changed() -> None:
    text = "One two three. Four five\nsix"
    marks = [
        span(1, 1, text, [(0, 7)], "hard:1"), span(2, 1, text, [(4, 13)], "hard:3"), span(3, 1, text, [(15, 16)]),
        span(4, 1, text, [(20, 24), (25, 28)], "hard:5"), span(5, 1, text, [(24, 25)], "hard:5"),
    ]  # fmt: skip
    held = files(written(conll, dataset([article(1, text, marks)], [CODES]))[0])
    assert sorted(held) == ["Ana.conll", "changed.tsv", "tags.tsv"]
    assert held["Ana.conll"] == (
        "-DOCSTART- -X- O O\n\nOne\tO\ntwo\tB-Code_3\nthree\tI-Code_3\n.\tO\n\n"
        "Four\tB-Uncoded\nfive\tB-Code_4\n\nsix\tB-Code_4\n\n"
    )
    assert [(row[0][-1], row[4]) for row in rows(held["changed.tsv"])] == [
        ("4", "split at its gaps"), ("1", "under another mark"), ("3", "widened to whole tokens"),
        ("5", "on white space only"),
    ]  # fmt: skip
    assert ["Code_4", "hard:5", "hard", "אמת > Αλήθεια"] in rows(held["tags.tsv"])


def test_widening_is_a_choice() -> None:
    text = "One two"
    data = dataset([article(1, text, [span(1, 1, text, [(1, 5)], "hard:3")])], [CODES])
    held, done = written(conll, data)
    assert "One\tB-Code_3\ntwo\tI-Code_3" in files(held)["Ana.conll"]
    assert (done.rows, done.notes[0]) == (1, "1 mark widened to whole tokens.")
    held, done = written(conll, data, widen=False)
    assert "One\tO\ntwo\tO" in files(held)["Ana.conll"]
    assert (done.rows, done.notes[0]) == (0, "1 mark left out, because it does not fill whole tokens.")


def test_each_coder_has_a_file() -> None:
    held, done = written(conll, hard())
    assert {"Ana.conll", "Zo-Z-O-Neil.conll"} < set(files(held))
    assert files(held)["Ana.conll"].count("-DOCSTART-") == 3
    assert done.notes[-1] == "Each of them stands in changed.tsv."


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_tags_are_well_formed_and_every_mark_is_in_or_told(data: Dataset) -> None:
    held, done = written(conll, data)
    told = {row[0] for row in rows(files(held)["changed.tsv"])}
    chunks = 0
    for name, text in files(held).items():
        if not name.endswith(".conll"):
            continue
        before = "O"
        for line in text.split("\n"):
            word, _, tag = line.partition("\t")
            if not line or word.startswith("-DOCSTART-"):
                before = "O"
                continue
            assert tag == "O" or tag[:2] in ("B-", "I-")
            assert not tag.startswith("I-") or before[2:] == tag[2:]
            before = tag
            chunks += tag.startswith("B-")
        words = [line.split("\t")[0] for line in text.split("\n") if "\t" in line]
        assert words == [each.text[a:b] for each in data.articles() for a, b in tokens(each.text)]
    silent = [mark for mark in data.spans() if mark.id not in told]
    assert len(silent) <= done.rows <= len(list(data.spans()))
    assert chunks >= len(silent)


@pytest.mark.filterwarnings("ignore")
def test_other_libraries_read_the_chunks() -> None:
    seqeval = pytest.importorskip("seqeval.metrics.sequence_labeling")
    converters = pytest.importorskip("spacy.training.converters")
    held, _ = written(conll, hard())
    text = files(held)["Ana.conll"]
    tags = [line.split("\t")[1] for line in text.split("\n") if "\t" in line]
    chunks = seqeval.get_entities(tags)
    docs = list(converters.conll_ner_to_docs(text, n_sents=0, no_print=True))
    entities = [(entity.label_, [token.text for token in entity]) for doc in docs for entity in doc.ents]
    words = [line.split("\t")[0] for line in text.split("\n") if "\t" in line]
    assert entities == [(label, words[first : last + 1]) for label, first, last in chunks]
    assert [len(doc) for doc in docs] == [len(tokens(text)) for text in TEXTS]


@pytest.mark.parametrize("writer", [conll, webanno_tsv])
def test_without_text_there_is_nothing_to_write(writer: Any) -> None:
    with pytest.raises(UserError, match="without them"):
        written(writer, hard(), text=False)
