"""Answers and qualifiers out of the project and back: tables, JSON Lines, and what other formats say of them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from annotate.questions import Option, QuestionKind, Source
from annotate.rules import RuleKind
from annotate.writers import Options, writer, written
from storage import Project, answers, articles, coders, highlights, questions, rules
from storage.answers_in import import_answers
from storage.exchange import Choice, count_answers, dataset
from storage.marks_in import import_marks
from tests.storage.data import FRAMES, ada, ids_of, mark, project_with


def asked(path: Path) -> Project:
    """A project with a qualifier and three questions, and nothing answered yet."""
    project = project_with(path)
    made = [
        questions.new("t-frames", "tone", options=(Option("+", "Good"), Option("-", "Bad; quite"))),
        questions.new("t-frames", "frames", kind=QuestionKind.MULTIPLE, source=Source.CODES),
        questions.new("t-frames", "sources", kind=QuestionKind.NUMBER),
    ]
    stance = rules.new("t-frames", RuleKind.QUALIFIER, None, name="stance", values=("for", "against"))

    def work(step) -> None:
        questions.add(step, made)
        rules.add(step, [stance])

    project.do("Ask", work)
    return project


@pytest.fixture
def study(tmp_path: Path):
    with asked(tmp_path / "p.postil") as project:
        yield project


def give(project: Project, name: str, *values: str, coder: str = "Ada", article: int = 0) -> None:
    (question,) = (id for (id,) in project.rows("SELECT id FROM question WHERE name = ?", [name]))

    def work(step) -> None:
        who = coders.ensure(step, coder)
        answers.give(step, ids_of(project)[article], who, question, values)

    project.do("Answer", work)


def out(
    project: Project, name: str, choice: Choice | None = None, **options
) -> tuple[bytes, tuple[str, ...]]:
    file = io.BytesIO()
    done = written(writer(name), dataset(project, choice), file, Options(**options))
    return file.getvalue(), done.notes


def table(project: Project, **options) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out(project, "csv", **options)[0].decode(), newline="")))


def test_a_table_of_answers_has_values_and_labels(study: Project) -> None:
    give(study, "tone", "-")
    give(study, "frames", "f-1", "f-2")
    rows = table(study, shape="answers")
    assert [(row["title"], row["question"], row["value"], row["label"], row["coder"]) for row in rows] == [
        ("One text.", "tone", "-", "Bad; quite", "Ada"),
        ("One text.", "frames", "f-1; f-2", "1 Economic; 2 Moral", "Ada"),
    ]


def test_a_table_of_articles_has_a_column_for_each_question(study: Project) -> None:
    give(study, "tone", "+")
    give(study, "sources", "3")
    first, second = table(study, shape="wide")
    assert (first["frames:tone"], first["frames:sources"], first["frames:frames"]) == ("Good", "3.0", "")
    assert (second["frames:tone"], second["frames:sources"]) == ("", "")
    give(study, "tone", "-", coder="Ben")
    data, notes = out(study, "csv", shape="wide")
    assert b"Good | Bad; quite" in data
    assert "Where the answers of several coders differ, they stand together in a cell." in notes


def test_statistics_files_number_the_answers_with_labels(study: Project, tmp_path: Path) -> None:
    pyreadstat = pytest.importorskip("pyreadstat")
    give(study, "tone", "-")
    give(study, "sources", "2.5")
    made = mark(study, ids_of(study)[0], 0, 3)
    study.do("Stance", lambda step: highlights.edit(step, [made.id], qualifiers=(("stance", "against"),)))
    for name, reads in (("stata", pyreadstat.read_dta), ("spss", pyreadstat.read_sav)):
        path = tmp_path / name
        path.write_bytes(out(study, name, shape="wide")[0])
        frame, about = reads(str(path))
        labels = about.variable_value_labels["frames_tone"]
        assert labels[frame["frames_tone"][0]] == "Bad; quite"
        assert frame["frames_sources"][0] == 2.5
        path.write_bytes(out(study, name)[0])
        frame, about = reads(str(path))
        assert about.variable_value_labels["qualifier_stance"][frame["qualifier_stance"][0]] == "against"


def test_answers_come_back_from_json_lines_into_another_copy(study: Project, tmp_path: Path) -> None:
    give(study, "tone", "-")
    give(study, "frames", "f-1", "f-2", coder="Ben", article=1)
    give(study, "sources", "2")
    data, _ = out(study, "answers")
    with asked(tmp_path / "other.postil") as other:
        report = import_answers(other, data.decode().splitlines())
        assert (report.lines, report.added, report.changed, report.bad) == (3, 3, 0, [])
        facts = ("question", "values", "labels", "coder", "memo")
        both = [
            [
                {name: json.loads(line)[name] for name in facts}
                for line in out(each, "answers")[0].splitlines()
            ]
            for each in (study, other)
        ]
        assert both[0] == both[1]
        again = import_answers(other, data.decode().splitlines())
        assert (again.added, again.same) == (0, 3)
        other.undo()
        assert answers.count(other) == 0


def test_lines_that_do_not_fit_are_told_and_nothing_is_stored(study: Project) -> None:
    first = ids_of(study)[0]
    lines = [
        json.dumps({"article": first, "question": "tone", "values": ["+"], "coder": "Ada"}),
        json.dumps({"article": "gone", "question": "tone", "values": ["+"], "coder": "Ada"}),
        json.dumps({"article": first, "question": "mood", "values": ["+"], "coder": "Ada"}),
        json.dumps({"article": first, "question": "sources", "value": "many", "coder": "Ada"}),
        json.dumps({"article": first, "question": "tone", "values": ["+"]}),
        json.dumps({"article": first, "question": "tone", "values": [], "coder": "Ada"}),
        "{",
        "[1]",
    ]
    report = import_answers(study, lines)
    assert [each.number for each in report.bad] == [2, 3, 4, 5, 6, 7, 8]
    assert answers.count(study) == 0
    report = import_answers(study, lines, skip_bad=True, coder="Ben")
    assert (report.added, answers.count(study)) == (2, 2)


def test_a_choice_takes_answers_by_article_coder_and_state(study: Project) -> None:
    give(study, "tone", "-")
    give(study, "tone", "+", coder="Ben", article=1)
    assert count_answers(study, Choice()) == 2
    assert count_answers(study, Choice(coders=[ada(study)])) == 1
    assert count_answers(study, Choice(articles=[ids_of(study)[1]])) == 1
    assert count_answers(study, Choice(codes=["f-1"])) == 2
    study.do("Done", lambda step: articles.set_state(step, [ids_of(study)[0]], "done"))
    assert count_answers(study, Choice(states=["done"])) == 1
    (line,) = out(study, "answers", Choice(states=["done"]))[0].splitlines()
    assert json.loads(line)["values"] == ["-"]


def test_qualifiers_go_out_with_the_marks_and_come_back(study: Project, tmp_path: Path) -> None:
    made = mark(study, ids_of(study)[0], 0, 3)
    mark(study, ids_of(study)[0], 4, 8)
    study.do("Stance", lambda step: highlights.edit(step, [made.id], qualifiers=(("stance", "against"),)))
    assert [row["qualifier:stance"] for row in table(study)] == ["against", ""]
    data, _ = out(study, "jsonl")
    with asked(tmp_path / "other.postil") as other:
        import_marks(other, data.decode().splitlines())
        found = [each.qualifiers for each in highlights.of_article(other, ids_of(other)[0])]
    assert found == [(("stance", "against"),), ()]


def test_a_format_without_a_place_for_them_says_so(study: Project) -> None:
    give(study, "tone", "-")
    mark(study, ids_of(study)[0], 0, 3)
    (note,) = (each for each in out(study, "conll")[1] if "themselves" in each)
    assert note == "What marks say of themselves (stance) has no place in this format."
    assert (
        "1 answer about whole articles left out; a table of articles or answers has them."
        in out(study, "conll")[1]
    )
    assert not any("themselves" in each for each in out(study, "brat")[1])
    assert not any("answer" in each for each in out(study, "csv", shape="wide")[1])
    assert FRAMES.slug in {each.slug for each in dataset(study).taxonomies}
