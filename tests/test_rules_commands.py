"""Rules, questions and answers by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.questions import Option, Source
from storage import highlights, questions
from tests.storage.data import ada, ids_of, mark, project_with
from tests.test_main import run


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "p.postil"
    with project_with(path) as project:
        tone = questions.new(
            "t-frames", "tone", options=(Option("+", "Good"), Option("-", "Bad")), required=True
        )
        major = questions.new("t-frames", "major", source=Source.CODES)
        sub = questions.new("t-frames", "sub", source=Source.FOLLOWS, follows=major.id)
        project.do("Ask", lambda step: questions.add(step, [tone, major, sub]))
        mark(project, ids_of(project)[0], 0, 3, "f-1")
        mark(project, ids_of(project)[0], 1, 5, "f-2")
    return path


def as_json(*words) -> dict:
    return json.loads(run(*words, "--json").stdout)


def test_rules_are_added_listed_checked_and_removed(study: Path) -> None:
    assert as_json("rules", study, "check") == {"ok": True, "violations": []}
    made = as_json("rules", study, "add", "exclusive")
    assert made["says"] == "At most one of these codes on a passage."
    run("rules", study, "add", "leaves", "--code", "1")
    run("rules", study, "add", "qualifier", "--code", "2", "--required")
    listed = as_json("rules", study, "list")
    assert [rule["kind"] for rule in listed["rules"]] == ["exclusive", "leaves", "qualifier"]
    assert listed["rules"][2]["says"] == "A highlight says its stance: for, against, neutral."
    assert [question["name"] for question in listed["questions"]] == ["tone", "major", "sub"]
    done = run("taxonomy", study, "check", "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)["violations"]
    assert [each["kind"] for each in found] == ["leaves", "exclusive", "qualifier"]
    assert {each["coder"] for each in found} == {"Ada"}
    assert "3 violations." in run("taxonomy", study, "check", "frames").stdout
    assert as_json("check", study) == {"ok": True, "findings": [], "violations": 3}
    for rule in listed["rules"]:
        assert run("rules", study, "remove", rule["id"]).exit_code == 0
    assert as_json("rules", study, "check")["ok"]
    gone = run("rules", study, "remove", made["id"])
    assert (gone.exit_code, "no rule or question" in gone.stderr) == (2, True)


def test_what_a_done_article_lacks_is_listed(study: Path) -> None:
    from storage import Project, articles

    with Project.open(study) as project:
        project.do("Done", lambda step: articles.set_state(step, ids_of(project), "done"))
    lines = run("taxonomy", study, "check").stdout.splitlines()
    assert lines == ["One text. (Ada): “tone” has no answer.", "Another text, longer: “tone” has no answer.",
                     "2 violations."]  # fmt: skip
    assert "1 violation." in run("rules", study, "check", "--article", "One text.").stdout


def test_answers_are_given_by_label_or_value_and_listed(study: Path) -> None:
    assert run("answers", "give", study, "One text.", "tone", "good", "--coder", "Ada").exit_code == 0
    assert run("answers", "give", study, "One text.", "major", "1 Economic", "--coder", "Ada").exit_code == 0
    assert run("answers", "give", study, "One text.", "sub", "f-11", "--coder", "Ada").exit_code == 0
    told = as_json("answers", "list", study)["answers"]
    assert [(each["question"], each["values"], each["labels"]) for each in told] == [
        ("tone", ["+"], ["Good"]), ("major", ["f-1"], ["1 Economic"]), ("sub", ["f-11"], ["1.1 Costs"]),
    ]  # fmt: skip
    assert "One text., Ada: tone = Good" in run("answers", "list", study).stdout
    bad = run("answers", "give", study, "One text.", "tone", "odd", "--coder", "Ada")
    assert (bad.exit_code, "is not one of the answers" in bad.stderr) == (2, True)
    assert run("answers", "give", study, "One text.", "tone", "--coder", "Ada").exit_code == 0
    assert len(as_json("answers", "list", study)["answers"]) == 2


def test_answers_go_out_and_come_back(study: Path, tmp_path: Path) -> None:
    run("answers", "give", study, "One text.", "tone", "-", "--coder", "Ada")
    out = tmp_path / "a.jsonl"
    facts = json.loads(run("export", study, out, "--format", "answers", "--json").stdout)
    assert (facts["rows"], facts["answers"]) == (1, 1)
    run("answers", "give", study, "One text.", "tone", "--coder", "Ada")
    assert as_json("answers", "import", study, out)["added"] == 1
    assert as_json("answers", "import", study, out)["same"] == 1
    out.write_text(out.read_text() + "{}\n")
    assert run("answers", "import", study, out).exit_code == 2
    assert run("answers", "import", study, out, "--skip-bad").exit_code == 2
    table = tmp_path / "a.csv"
    assert run("export", study, table, "--format", "csv", "--shape", "answers").exit_code == 0
    assert "Bad" in table.read_text()


def test_a_check_of_one_taxonomy_leaves_the_qualifiers_of_others_alone(study: Path) -> None:
    from storage import Project

    with Project.open(study) as project:
        made = mark(project, ids_of(project)[1], 0, 3, "f-2")
        project.do("Mood", lambda step: highlights.edit(step, [made.id], qualifiers=(("mood", "x"),)))
        assert ada(project)
    run("rules", study, "add", "leaves", "--code", "2")
    says = ["“Moral” has a mood, which its code does not take."]
    assert [
        each["says"] for each in json.loads(run("rules", study, "check", "--json").stdout)["violations"]
    ] == says
