"""REFI-QDA: valid by the schema, read back the same, and other programs' projects come in with all counted."""

from __future__ import annotations

import io
import json
import random
import re
import time
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from annotate.errors import UserError
from annotate.marks import MarkLine
from annotate.marks_from import Found
from annotate.marks_from import refi_codebook as codebook_in
from annotate.marks_from import refi_project as project_in
from annotate.marks_from.positions import Counting, Placed, Positions, counting_of
from annotate.model import Taxonomy
from annotate.readers import read_bytes
from annotate.refi import guid, sections_of, with_sections
from annotate.taxonomy import by_id, load_shipped, path
from annotate.writers import Dataset, refi_codebook, refi_project
from tests.annotate.hard import (
    CODERS,
    CODES,
    OTHERS,
    TAXONOMIES,
    TEXTS,
    dataset,
    datasets,
    facts,
    facts_found,
    hard,
    written,
)
from tests.shared import shared

IDS = {guid(code.id): code.id for taxonomy in TAXONOMIES for code in taxonomy.codes}


def project_xml(data: bytes) -> bytes:
    return zipfile.ZipFile(io.BytesIO(data)).read("project.qde")


def check_valid(xml: bytes, schema: str) -> None:
    for kind in ("mrt2019", "openqda"):
        rules = etree.XMLSchema(etree.parse(shared(f"refi-qda/{schema}-{kind}.xsd")))
        rules.assertValid(etree.fromstring(xml))


def round_trip(data: Dataset) -> Found:
    return project_in.read(written(refi_project, data)[0], "study.qdpx")


def test_a_hard_project_is_valid_and_reads_back_the_same() -> None:
    data, done = written(refi_project, hard())
    check_valid(project_xml(data), "Project")
    assert done.rows == 12
    assert done.notes == ("2 marks with gaps: a selection for each part, joined by links.",)
    found = project_in.read(data, "study.qdpx")
    assert facts_found(found, IDS) == facts(hard())
    assert [draft.text for draft in found.drafts] == list(TEXTS)
    first = found.drafts[0]
    assert (first.title, first.outlet, first.date, first.url) == (
        "Title 1", "The <Kestrel>", "2025-03", "https://x.test/?a=1&b=2",
    )  # fmt: skip
    assert first.attributes == {"state": "to do", "section": "=1+1"}
    assert found.notes == ("In the file: 3 texts; 14 codings; 7 codes.",)


@settings(max_examples=60, deadline=None)
@given(datasets())
def test_what_went_out_comes_in_the_same(data: Dataset) -> None:
    assert facts_found(round_trip(data), IDS) == facts(data)


def test_the_same_project_gives_the_same_bytes() -> None:
    assert written(refi_project, hard())[0] == written(refi_project, hard())[0]


def described(taxonomies: tuple[Taxonomy, ...] | list[Taxonomy]) -> list[tuple[Any, ...]]:
    return [
        (
            taxonomy.title, guid(code.id), code.notation, code.label, path(code, by_id(taxonomy.codes)),
            code.definition, code.use_when, code.avoid_when, code.examples, code.shortcut, code.assignable,
            code.counter_examples, code.synonyms, code.retired,
        )
        for taxonomy in taxonomies
        for code in taxonomy.codes
    ]  # fmt: skip


def test_a_codebook_is_valid_and_reads_back_the_same() -> None:
    held = (CODES, OTHERS, load_shipped("cap"), load_shipped("policy-frames"))
    data, done = written(refi_codebook, dataset([], held))
    check_valid(data, "Codebook")
    assert done.rows == sum(len(taxonomy.codes) for taxonomy in held)
    assert "(2 of 4)" in done.notes[0]
    found = codebook_in.read(data, "codes.qdc")
    assert described(found.taxonomies) == described(held)
    (alone,) = codebook_in.read(written(refi_codebook, dataset([], [CODES]))[0], "Hard codes.qdc").taxonomies
    assert described([alone]) == described([CODES])
    assert [code.colour for code in alone.codes][1] == "#123456"


def test_all_that_a_code_says_of_itself_comes_back() -> None:
    first, second, *_ = CODES.codes
    said = replace(
        first, counter_examples="Not this.", synonyms=("one", "two"), retired=True, replaced_by=second.id
    )
    heading = replace(second, parent=None, assignable=False, retired=True, position=1, related=(first.id,))
    held = replace(CODES, codes=(said, heading))
    data, done = written(refi_codebook, dataset([], [held]))
    check_valid(data, "Codebook")
    assert done.notes == ("Ties between codes (related, replaced by) left out (2).",)
    assert data.count(b'isCodable="false"') == 2
    (back,) = codebook_in.read(data, "Hard codes.qdc").taxonomies
    assert described([back]) == described([held])


def test_without_codes_there_is_no_codebook_but_a_project() -> None:
    with pytest.raises(UserError, match="no codes"):
        written(refi_codebook, dataset([], []))
    data, done = written(refi_project, replace(dataset([], []), coders=[]))
    check_valid(project_xml(data), "Project")
    assert done.rows == 0


def test_a_project_without_its_texts_is_refused() -> None:
    with pytest.raises(UserError, match="without them"):
        written(refi_project, hard(), text=False)


def test_what_xml_cannot_hold_is_counted() -> None:
    (first, *others) = hard().articles()
    broken = replace(first, spans=(first.spans[0]._replace(memo="a\x00b\ufffe"),))
    data, done = written(refi_project, dataset([broken, *others]))
    check_valid(project_xml(data), "Project")
    assert "2 characters that XML cannot hold became U+FFFD." in done.notes


@given(st.text(max_size=20), st.sampled_from(["", "sure"]))
def test_sections_come_off_again(text: str, certainty: str) -> None:
    prose, said = sections_of(with_sections(text, {"Certainty": certainty}), ("Certainty",))
    assert (prose, said.get("Certainty", "")) == (text, certainty)


def test_a_project_among_articles_says_how_it_comes_in() -> None:
    with pytest.raises(UserError, match="import-annotations"):
        read_bytes(written(refi_project, hard())[0], "study.qdpx")


# ------------------------------------------------------------ how positions are counted

RAW = "One 😀 two\r\nthree four\r\nfive 😀😀 six seven\r\neight"


def stretches(counting: Counting) -> list[tuple[int, int]]:
    """The words of RAW, counted so."""
    text = RAW.replace("\r\n", "\n") if counting.joined else RAW
    found = []
    for match in re.finditer(r"\w+", text):
        edges = [len(text[:at].encode("utf-16-le")) // 2 if counting.units else at for at in match.span()]
        found.append((edges[0] + counting.mark, edges[1] + counting.mark))
    return found


@pytest.mark.parametrize("units", [False, True])
@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("mark", [False, True])
def test_how_a_file_counts_is_told_from_its_words(units: bool, joined: bool, mark: bool) -> None:
    counting = Counting(units, joined, mark)
    positions = Positions(RAW, marked=True)
    placed = [Placed(positions, start, end) for start, end in stretches(counting)]
    assert counting_of(placed) == counting
    words = [
        positions.text[positions.point(each.start, counting) : positions.point(each.end, counting)]
        for each in placed
    ]
    assert words == re.findall(r"\w+", RAW)


def test_where_nothing_tells_the_standard_holds() -> None:
    assert counting_of([Placed(Positions("plain words"), 3, 8)]) == Counting()
    assert counting_of([]) == Counting()


# ------------------------------------------------------------ projects of other programs


def read(name: str) -> Found:
    path = shared(f"refi-qda/{name}")
    reader = codebook_in if path.suffix == ".qdc" else project_in
    assert reader.sniff(path.read_bytes(), path.name)
    return reader.read(path.read_bytes(), path.name)


def test_a_project_of_another_program_with_many_codings() -> None:
    found = read("demo.qdpx")
    assert found.notes == ("In the file: 2 texts; 205 codings; 262 codes.",)
    assert (len(found.marks), len(found.drafts)) == (205, 2)
    assert [draft.title for draft in found.drafts] == ["board_2017", "admin-1"]
    text = found.drafts[0].text
    marks = [line for line in found.marks if isinstance(line, MarkLine)]
    assert text[marks[5].start : marks[5].end] == "science fun. \n"
    assert {line.coder for line in marks} == {"cp"}
    assert all(text[line.start - 1] == "\n" for line in marks)


def test_a_project_with_two_coders_a_pdf_and_a_picture() -> None:
    found = read("sample.qdpx")
    first, second, *_ = [line for line in found.marks if isinstance(line, MarkLine)]
    assert (first.coder, first.memo, second.coder, second.memo) == (
        "Ann",
        "Traegt das Team wirklich?",
        "Bob",
        "",
    )
    assert [line.code is None for line in found.marks if isinstance(line, MarkLine)].count(True) == 1
    assert found.drafts[0].attributes == {"case": "Station A"}
    (codes,) = found.taxonomies
    assert [code.label for code in codes.codes] == ["Belastung", "beruflich", "privat", "Ressourcen"]
    assert found.notes == (
        "In the file: 2 texts, 1 PDF, 1 picture; 7 codings; 4 codes.",
        "Left out: PDFs without their text (1).",
        "Left out: codings on areas of PDF pages (1).",
        "Left out: notes that stand on no mark (1).",
    )


def test_a_project_whose_texts_are_not_there() -> None:
    found = read("TestProject.qdpx")
    assert (found.marks, found.drafts, len(found.taxonomies[0].codes)) == ([], (), 14)
    (coke,) = [code for code in found.taxonomies[0].codes if code.label == "Coke"]
    below = [code.label for code in found.taxonomies[0].codes if code.parent == coke.id]
    assert below == ["full-fat Coke", "diet Coke"]
    assert found.notes == (
        "In the file: 6 texts, 1 picture, 2 PDFs, 1 recording, 2 videos; 16 codings; 14 codes.",
        "Left out: texts that are not in the file (11).",
        "Left out: selections in them (8).",
        "Left out: codings in them (9).",
        "Left out: codings on areas of pictures (2).",
        "Left out: codings on areas of PDF pages (4).",
        "Left out: selections without a code on stretches of videos (1).",
        "Left out: codings on stretches of videos (1).",
        "Left out: notes that stand on no mark (2).",
        "Left out: links (1).",
        "Left out: sets (16).",
        "Left out: graphs (1).",
    )


def test_a_project_with_empty_texts() -> None:
    found = read("nvivo_project.qdpx")
    assert found.notes[1:] == ("Left out: texts without a word (2).",)
    assert len(found.taxonomies[0].codes) == 262


def test_codebooks_of_other_programs() -> None:
    (codes,) = read("REFI-QDA-1-5.qdc").taxonomies
    assert [(code.label, code.assignable) for code in codes.codes[:2]] == [
        ("Topics", False),
        ("Economy", True),
    ]
    assert codes.codes[1].definition.startswith("Anything about jobs")
    assert codes.codes[1].colour == "#ffff00"
    assert len(read("taguette_1.4.1_codebook.qdc").taxonomies[0].codes) == 3


# ------------------------------------------------------------ what can be wrong

PROJECT = """<Project xmlns="urn:QDA-XML:project:1.0" name="P"><Users><User guid="{u}" name="U"/></Users>
<CodeBook><Codes><Code guid="{c}" name="C" isCodable="true"/></Codes></CodeBook>
<Sources>{sources}</Sources></Project>"""
A_GUID, CODE = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"
SELECTED = """<TextSource guid="{g}" name="T"><PlainTextContent>Some words here</PlainTextContent>
<PlainTextSelection guid="{g}" startPosition="{start}" endPosition="{end}"><Coding guid="{g}">
<CodeRef targetGUID="{c}"/></Coding></PlainTextSelection></TextSource>"""


def made(sources: str, **members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("Project.qde", PROJECT.format(u=A_GUID, c=CODE, sources=sources))
        for name, data in members.items():
            file.writestr(f"Sources/{name}", data)
    return out.getvalue()


def selected(start: object, end: object) -> bytes:
    return made(SELECTED.format(g=A_GUID, c=CODE, start=start, end=end))


def test_a_selection_in_a_source() -> None:
    (line,) = project_in.read(selected(5, 10), "p.qdpx").marks
    assert isinstance(line, MarkLine)
    assert (line.start, line.end, line.code, line.coder) == (5, 10, CODE, "U")


@pytest.mark.parametrize(("start", "end"), [("x", 3), (-1, 3), (9**20, 9**21), ("", "")])
def test_positions_that_are_none_do_not_fit(start: object, end: object) -> None:
    (line,) = project_in.read(selected(start, end), "p.qdpx").marks
    assert isinstance(line, MarkLine)
    assert not 0 <= line.start < line.end <= 15


def test_a_path_that_climbs_out_is_looked_for_inside() -> None:
    source = f'<TextSource guid="{A_GUID}" name="T" plainTextPath="absolute:///etc/../a.txt"/>'
    assert project_in.read(made(source, **{"A.TXT": b"inside"}), "p.qdpx").drafts[0].text == "inside"
    found = project_in.read(made(source.replace("a.txt", "passwd")), "p.qdpx")
    assert found.notes[1:] == ("Left out: texts that are not in the file (1).",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"PK\x03\x04", "damaged"), (b"", "damaged"), (b"words", "damaged")],
)
def test_no_project_is_said(data: bytes, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        project_in.read(data, "p.qdpx")


@pytest.mark.parametrize("xml", [b"<Project", b"<Other/>", b"", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_no_project_xml_is_said(xml: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("project.qde", xml)
    with pytest.raises(UserError):
        project_in.read(out.getvalue(), "p.qdpx")
    with pytest.raises(UserError):
        codebook_in.read(xml, "p.qdc")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32))
def test_a_mutated_project_gives_a_result_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    xml = bytearray(project_xml(MUTATED))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(xml))
        xml[at : at + chance.randint(0, 9)] = bytes(
            chance.choices(b'<>"/=& 019azG{}-:', k=chance.randint(0, 5))
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("project.qde", bytes(xml))
        file.writestr(f"sources/{guid('article-1')}.txt", TEXTS[0])
    with suppress(UserError):
        project_in.read(out.getvalue(), "p.qdpx")


MUTATED = written(refi_project, hard())[0]


def test_large_projects_are_written_in_bounded_time(tmp_path: Path) -> None:
    """100,000 marks in at most 30 s is the aim; here a tenth of them."""
    data = hard()
    (first, *_) = data.articles()
    many = [replace(first, id=f"article {n}") for n in range(1250)]
    began = time.perf_counter()
    with (tmp_path / "x.qdpx").open("wb") as out:
        refi_project.write(dataset(many), out, refi_project.Options())
    assert time.perf_counter() - began < 9


@pytest.mark.filterwarnings("ignore")
def test_another_programs_parser_reads_the_same(tmp_path: Path) -> None:
    pyrefiqda = pytest.importorskip("pyrefiqda")
    (tmp_path / "x.qdpx").write_bytes(written(refi_project, hard())[0])
    (tmp_path / "x.qdc").write_bytes(written(refi_codebook, hard())[0])
    project = pyrefiqda.RefiProject.load(tmp_path / "x.qdpx", tmp_path / "out")
    quotes = []
    for source in project.sources.text_source:
        text = pyrefiqda.RefiProject.resolve_source_path(source.plain_text_path, tmp_path / "out").read_text(
            "utf-8"
        )
        quotes += [text[each.start_position : each.end_position] for each in source.plain_text_selection]
    parts = [
        mark.quote if not mark.parts else text[start:end]
        for mark, text in ((mark, TEXTS[int(mark.article[-1]) - 1]) for mark in hard().spans())
        for start, end in (json.loads(mark.parts) if mark.parts else [(0, 0)])
    ]
    assert quotes == parts
    assert [user.name for user in project.users.user] == list(CODERS)
    roots = pyrefiqda.RefiCodebook.load(tmp_path / "x.qdc").codes.code
    assert [(code.name, len(code.code)) for code in roots] == [("Hard codes", 4), ("More codes", 1)]
