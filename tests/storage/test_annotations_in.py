"""Annotations of other programs come into a project: texts, codes and marks as one step, with all counted."""

from __future__ import annotations

import io
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.marks import BadLine, MarkLine
from annotate.marks_from import Found, format_for, marks_reader, refi_codebook, refi_project
from annotate.model import Code, Draft, Taxonomy
from annotate.text import text_hash
from annotate.writers import Options, writer
from annotate.writers import refi_codebook as codebook_out
from annotate.writers import refi_project as project_out
from storage import Project, articles, taxonomies
from storage.annotations_in import import_annotations
from storage.exchange import coded_spans, dataset
from tests.annotate.hard import TAXONOMIES, facts, hard, written
from tests.storage.conftest import TEXTS, Filled, contents, mark

TEXT = "Words of another program."
DRAFT = Draft(TEXT, "Theirs")
CODES = Taxonomy(
    "theirs", "theirs", "Theirs", codes=(
        Code("x1", "theirs", None, "", "Top"), Code("x2", "theirs", "x1", "", "Below"),
        Code("x3", "theirs", None, "", "Beside", position=1),
    ),
)  # fmt: skip


def line(number: int = 1, code: str | None = "x2", **more: Any) -> MarkLine:
    return replace(MarkLine(number, text_hash(TEXT), 0, 5, code=code, coder="Cleo"), **more)


def test_texts_codes_and_marks_come_in_as_one_step(filled: Filled) -> None:
    before, step = contents(filled.project), filled.project.last_step()
    found = Found(
        [line(), line(2, None), line(3, "pfc:1")], (DRAFT,), (CODES,), notes=("Left out: sets (2).",)
    )
    report = import_annotations(filled.project, found, source="theirs.qdpx")
    assert (report.marks, report.added, report.codes, report.known) == (3, 3, 3, 0)
    assert (report.bad, report.doubles, report.notes) == ([], [], ("Left out: sets (2).",))
    assert [(span.quote, span.code, span.coder) for span in coded_spans(filled.project)] == [
        ("Words", "x2", "Cleo"), ("Words", None, "Cleo"), ("Words", "pfc:1", "Cleo"),
    ]  # fmt: skip
    (id,) = report.articles
    assert articles.article(filled.project, id).source == "theirs.qdpx"
    assert filled.project.last_step() == step + 1
    filled.project.undo()
    assert contents(filled.project) == before


def test_a_dry_run_reports_the_same_and_leaves_no_trace(filled: Filled) -> None:
    before, step = contents(filled.project), filled.project.last_step()
    found = Found([line(), line(2, "nope"), line(3)], (DRAFT, DRAFT), (CODES,))
    looked = import_annotations(filled.project, found, dry_run=True)
    assert (contents(filled.project), filled.project.last_step()) == (before, step)
    done = import_annotations(filled.project, found)
    assert (looked.added, looked.doubles, looked.codes, looked.known) == (1, [3], 3, 1)
    assert replace(looked, articles=[]) == replace(done, articles=[])


def test_a_mark_that_does_not_fit_is_told_and_the_others_come(filled: Filled) -> None:
    wrong = [BadLine(1, "no JSON"), line(2, end=99), line(3, coder=""), line(4, article="nowhere"), line(5)]
    report = import_annotations(filled.project, Found(wrong, (DRAFT,), (CODES,)))
    assert report.added == 1
    assert [each.number for each in report.bad] == [1, 2, 3, 4]
    assert "--coder" in report.bad[2].reason
    assert (
        import_annotations(filled.project, Found([line(3, coder="")], (DRAFT,), (CODES,)), coder="Me").added
        == 1
    )


def test_the_same_file_twice_adds_nothing(filled: Filled) -> None:
    found = Found([line()], (DRAFT,), (CODES,))
    import_annotations(filled.project, found)
    before, step = contents(filled.project), filled.project.last_step()
    report = import_annotations(filled.project, found)
    assert (report.added, report.doubles, report.articles, report.known, report.codes) == (0, [1], [], 1, 0)
    assert (contents(filled.project), filled.project.last_step()) == (before, step)


def test_new_codes_of_a_known_taxonomy_are_added_to_it(filled: Filled) -> None:
    import_annotations(filled.project, Found(taxonomies=(CODES,)))
    more = (*CODES.codes, Code("x4", "theirs", "x1", "", "Fourth"), Code("x5", "theirs", "x4", "", "Fifth"))
    report = import_annotations(filled.project, Found(taxonomies=(replace(CODES, codes=more),)))
    assert report.codes == 2
    (held,) = [each for each in taxonomies.all_taxonomies(filled.project) if each.slug == "theirs"]
    assert [(code.label, code.parent) for code in held.codes] == [
        ("Top", None), ("Below", "x1"), ("Fourth", "x1"), ("Fifth", "x4"), ("Beside", None),
    ]  # fmt: skip


def test_another_taxonomy_of_the_same_name_stands_beside(filled: Filled) -> None:
    import_annotations(filled.project, Found(taxonomies=(CODES,)))
    others = tuple(
        replace(code, id=f"y{code.id}", parent=code.parent and f"y{code.parent}") for code in CODES.codes
    )
    import_annotations(filled.project, Found(taxonomies=(replace(CODES, codes=others),)))
    assert [each.slug for each in taxonomies.all_taxonomies(filled.project)][1:] == ["theirs", "theirs-2"]


def test_codes_are_the_same_by_label_only_where_the_format_has_no_other_name(filled: Filled) -> None:
    (held,) = taxonomies.all_taxonomies(filled.project)
    label = held.codes[0].label
    alike = Taxonomy("t", "t", "T", codes=(Code("l1", "t", None, "", label.upper()),))
    report = import_annotations(filled.project, Found([line(code="l1")], (DRAFT,), (alike,), by_label=True))
    assert (report.codes, [span.code for span in coded_spans(filled.project)]) == (0, [held.codes[0].id])
    assert import_annotations(filled.project, Found(taxonomies=(alike,))).codes == 1


def test_what_went_out_as_refi_comes_into_another_project(tmp_path: Path) -> None:
    data = written(project_out, hard())[0]
    with Project.create(tmp_path / "one.postil") as one:
        report = import_annotations(one, refi_project.read(data, "hard.qdpx"))
        assert (report.bad, report.added, report.codes) == ([], 12, 7)
        again = io.BytesIO()
        project_out.write(dataset(one), again, Options())
        assert len(facts(dataset(one))) == 12
        report = import_annotations(one, refi_project.read(again.getvalue(), "again.qdpx"))
        assert (report.added, len(report.doubles), report.codes, report.articles) == (0, 12, 0, [])


def test_a_codebook_comes_back_to_its_own_codes(filled: Filled) -> None:
    data = written(codebook_out, dataset(filled.project))[0]
    before = contents(filled.project)
    assert import_annotations(filled.project, refi_codebook.read(data, "a.qdc")).codes == 0
    assert contents(filled.project) == before


def test_marks_in_json_lines_come_in_too(filled: Filled) -> None:
    mark(filled, 2, 7)
    found = marks_reader("jsonl").read(
        b'{"article": "A title", "start": 0, "end": 1, "coder": "B"}\n[]\n', "a.jsonl"
    )
    report = import_annotations(filled.project, found)
    assert (report.unit, report.added, [each.number for each in report.bad]) == ("line", 1, [2])


@pytest.mark.parametrize("name", ["csv", "tsv", "xlsx"])
def test_marks_in_tables_are_known_again(filled: Filled, name: str) -> None:
    mark(filled, 0, 7, "pfc:5")
    mark(filled, 2, 7)
    out = io.BytesIO()
    writer(name).write(dataset(filled.project), out, Options())
    found = marks_reader(name).read(out.getvalue(), f"a.{name}")
    report = import_annotations(filled.project, found)
    assert (report.unit, report.marks, report.added, len(report.doubles), report.bad) == ("row", 2, 0, 2, [])


def test_formats_are_told_by_content_or_name() -> None:
    assert format_for(written(project_out, hard())[0], "x.zip").NAME == "qdpx"
    assert format_for(written(codebook_out, hard())[0], "x.xml").NAME == "qdc"
    assert format_for(b"{}", "x.jsonl").NAME == "jsonl"
    with pytest.raises(Exception, match="--format"):
        format_for(b"words", "x.txt")
    with pytest.raises(Exception, match="qdpx"):
        marks_reader("nope")


def test_ten_thousand_spans_over_a_thousand_articles(tmp_path: Path) -> None:
    drafts = tuple(Draft(f"Article {n}\n" + "some words of it. " * 60, f"Article {n}") for n in range(1000))
    hashes = [text_hash(draft.text) for draft in drafts]
    marks = [
        MarkLine(n, hashes[n % 1000], n // 1000, n // 1000 + 40, code="hard:1", coder="A")
        for n in range(10_000)
    ]
    with Project.create(tmp_path / "large.postil") as project:
        began = time.perf_counter()
        report = import_annotations(project, Found(marks, drafts, TAXONOMIES))
        taken = time.perf_counter() - began
    assert (report.added, len(report.articles)) == (10_000, 1000)
    assert taken < 4, f"{taken:.2f} s (the aim is 1 s on a machine that is not busy)"


def test_all_marks_of_a_known_text_are_found(filled: Filled) -> None:
    found = Found(
        [replace(line(), article=text_hash(TEXTS[0]), code=None)], (Draft(TEXTS[0], "Other title"),)
    )
    report = import_annotations(filled.project, found)
    assert (report.added, report.known, report.articles) == (1, 1, [])
    assert [span.title for span in coded_spans(filled.project)] == ["A title"]
