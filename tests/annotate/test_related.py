"""Relations out in every format that knows them, and in again."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.marks_from import marks_reader
from annotate.writers import Options, related, writer, writers, written
from storage import Project, articles, exchange, highlights, relations, taxonomies
from storage.annotations_in import import_annotations
from storage.arranging import Arrangement
from tests.storage.data import FRAMES, ada, ids_of, project_with

TEXTS = ("One text 😀 with many words.\nA second line of it.", "Another text, longer.")
FORMATS = ("jsonl", "brat", "xmi", "cas-json", "w3c", "label-studio", "qdpx")
WHOLE = ("jsonl", "brat", "xmi", "cas-json", "w3c")  # formats that also hold whose it is, and its memo


def made(path: Path) -> Project:
    """Two relations of two types between three marks, one of them with a gap and one without a code."""
    project = project_with(path, TEXTS)
    article = ids_of(project)[0]
    marks = [
        highlights.make(article, ada(project), "f-11", [(0, 3)]),
        highlights.make(article, ada(project), "f-2", [(4, 10), (16, 20)]),
        highlights.make(article, ada(project), None, [(9, 26)]),
    ]
    types = [
        relations.make_type("t-frames", "argues from", ("f-1",), ("f-2",)),
        relations.make_type("t-frames", "meets", symmetric=True),
    ]
    links = [
        relations.make(article, ada(project), types[0].id, marks[0].id, marks[1].id, "why\n“so”"),
        relations.make(article, ada(project), types[1].id, marks[1].id, marks[2].id),
    ]

    def work(step) -> None:
        relations.add_types(step, types)
        highlights.add(step, marks)
        relations.add(step, links)

    project.do("Relate", work)
    return project


@pytest.fixture
def study(tmp_path: Path):
    with made(tmp_path / "p.postil") as project:
        yield project


def out(project: Project, name: str, **more) -> tuple[bytes, tuple[str, ...]]:
    file = io.BytesIO()
    done = written(writer(name), exchange.dataset(project), file, Options(**more))
    return file.getvalue(), done.notes


def said(project: Project) -> list[tuple[object, ...]]:
    types = {type.id: type for type in relations.all_types(project)}
    spans = {span.id: (span.start, span.end) for span in exchange.coded_spans(project)}
    return sorted(
        (
            types[each.type].label,
            types[each.type].symmetric,
            spans[each.source],
            spans[each.target],
            each.memo,
        )
        for each in relations.all_relations(project)
    )


def without_relations(project: Project) -> None:
    project.do(
        "Off", lambda step: highlights.remove(step, [span.id for span in exchange.coded_spans(project)])
    )
    assert relations.all_relations(project) == []


@pytest.mark.parametrize("name", FORMATS)
def test_relations_come_back_into_the_same_project(study: Project, name: str) -> None:
    before = said(study)
    data, notes = out(study, name)
    assert not any("no place for them" in note for note in notes)
    without_relations(study)
    report = import_annotations(study, marks_reader(name).read(data, f"x.{name}"), coder="Ada")
    assert (report.bad, report.relations) == ([], 2)
    if name not in WHOLE:
        before = [(*each[:4], "") for each in before]
    assert said(study) == before
    again = import_annotations(study, marks_reader(name).read(data, f"x.{name}"), coder="Ada")
    assert (again.added, again.relations) == (0, 0)
    assert "Left out: relations that were there already (2)." in again.notes


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "jsonl"])
def test_relations_and_their_types_come_into_an_empty_project(
    study: Project, tmp_path: Path, name: str
) -> None:
    data, _ = out(study, name)
    if name == "w3c":  # it has no texts
        return
    with Project.create(tmp_path / "new.postil") as other:
        report = import_annotations(other, marks_reader(name).read(data, f"x.{name}"), coder="Ada")
        assert (report.bad, report.relations) == ([], 2)
        assert [each[0] for each in said(other)] == ["argues from", "meets"]
        assert len(articles.all_articles(other)) >= 1


def test_a_dry_run_says_how_many_and_leaves_nothing(study: Project) -> None:
    data, _ = out(study, "jsonl")
    without_relations(study)
    found = marks_reader("jsonl").read(data, "x.jsonl")
    assert import_annotations(study, found, dry_run=True).relations == 2
    assert relations.all_relations(study) == []


@pytest.mark.parametrize(
    "each", [w for w in writers() if w.ROWS == "spans" and not related(w) and w.available()]
)
def test_what_a_format_has_no_place_for_is_counted(study: Project, each) -> None:
    _, notes = out(study, each.NAME)
    assert any(note.startswith("2 relations") for note in notes), each.NAME


def test_a_line_holds_what_starts_from_its_mark_and_others_have_no_such_key(study: Project) -> None:
    data, _ = out(study, "jsonl")
    lines = [json.loads(line) for line in data.splitlines()]
    assert [[link["relation"] for link in line.get("relations", [])] for line in lines] == [
        ["argues from"], ["meets"], [],
    ]  # fmt: skip
    assert lines[0]["relations"][0]["target"] == lines[1]["id"]
    assert "relations" not in lines[2]


def test_relations_go_out_only_where_both_marks_do(study: Project) -> None:
    chosen = exchange.choice(study, codes=["frames:1", "frames:2"])
    assert [link.relation for link in exchange.dataset(study, chosen).relations()] == ["argues from"]
    assert list(exchange.dataset(study, exchange.choice(study, codes=["frames:1"])).relations()) == []


def test_anonymous_coders_stay_so_in_relations(study: Project) -> None:
    data = exchange.dataset(study, arrangement=Arrangement(anonymous=True))
    assert {link.coder for link in data.relations()} == {"Coder 1"}
    assert {link.coder for article in data.articles() for link in article.relations} == {"Coder 1"}


def test_webanno_has_a_layer_of_relations_on_the_word_they_lead_to(study: Project) -> None:
    data, notes = out(study, "webanno-tsv")
    held = zipfile.ZipFile(io.BytesIO(data))
    text = held.read(next(name for name in held.namelist() if name.startswith("0001"))).decode()
    assert "#T_RL=webanno.custom.PostilRelation|coder|value|memo|BT_webanno.custom.Postil\n" in text
    (line,) = [line for line in text.splitlines() if line.startswith("1-2\t")]
    assert line.split("\t")[7:11] == ["Ada", "argues from", "why\\n“so”", "1-1[1_2]"]
    widths = {line.count("\t") for line in text.splitlines() if line[:2] in ("1-", "2-")}
    assert len(widths) == 1
    assert any("PostilRelation" in note for note in notes)


def test_brat_declares_what_may_stand_at_their_ends(study: Project) -> None:
    data, _ = out(study, "brat")
    conf = zipfile.ZipFile(io.BytesIO(data)).read("annotation.conf").decode()
    assert "argues_from\tArg1:Code_1_Economic|Code_1_1_Costs, Arg2:Code_2_Moral\n" in conf
    assert "meets\tArg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric\n" in conf


def test_label_studio_leaves_out_what_joins_two_coders(study: Project, tmp_path: Path) -> None:
    from storage import coders

    article = ids_of(study)[0]

    def work(step) -> None:
        ben = coders.ensure(step, "Ben")
        mark = highlights.make(article, ben, "f-2", [(5, 8)])
        highlights.add(step, [mark])
        first = next(exchange.coded_spans(study)).id
        type = relations.all_types(study)[0].id
        relations.add(step, [relations.make(article, ben, type, first, mark.id)])

    study.do("Ben", work)
    for name in ("label-studio", "brat"):
        _, notes = out(study, name)
        assert any(note.startswith("1 relation between marks of several coders") for note in notes)


def test_a_type_that_is_not_there_is_made_beside_the_codes_it_links(study: Project) -> None:
    data, _ = out(study, "jsonl")
    without_relations(study)
    study.do("Off", lambda step: relations.remove_types(step, [t.id for t in relations.all_types(study)]))
    found = marks_reader("jsonl").read(data, "x.jsonl")
    only_bare = replace(found, relations=[replace(each, source=each.target) for each in found.relations[1:]])
    report = import_annotations(study, found)
    assert report.relations == 2
    assert {type.taxonomy for type in relations.all_types(study)} == {"t-frames"}
    assert import_annotations(study, only_bare).relations == 0


def test_taxonomies_of_the_file_bring_their_types(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.postil") as project:
        whole = replace(FRAMES, relation_types=(relations.make_type("t-frames", "meets"),))
        project.do("Add", lambda step: taxonomies.add(step, whole))
        assert [type.label for type in relations.all_types(project)] == ["meets"]


@pytest.mark.parametrize("name", ["xmi", "cas-json"])
def test_another_library_follows_relations_to_their_marks(study: Project, name: str) -> None:
    cassis = pytest.importorskip("cassis")
    held = zipfile.ZipFile(io.BytesIO(out(study, name)[0]))
    first = io.BytesIO(held.read(next(each for each in held.namelist() if each.startswith("0001"))))
    if name == "xmi":
        types = cassis.load_typesystem(io.BytesIO(held.read("TypeSystem.xml")))
        cas = cassis.load_cas_from_xmi(first, typesystem=types)
    else:
        cas = cassis.load_cas_from_json(first)
    links = {link.relation: link for link in cas.select("postil.Relation")}
    assert (links["argues from"].source.label, links["argues from"].target.label) == ("Costs", "Moral")
    assert links["argues from"].get_covered_text() == "text 😀"
    assert links["meets"].target.code is None
