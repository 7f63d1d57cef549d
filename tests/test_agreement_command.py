"""`postil agreement`: coders compared on the command line."""

import csv
import json
from pathlib import Path

import pytest

from storage import Project, articles, coders, highlights
from tests.test_main import run


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("agreement") / "demo.postil"
    assert run("demo", "--at", path, "--no-window").exit_code == 0
    return path


def told(*words: object) -> dict:
    result = run("agreement", *words, "--draws", 20, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_demonstration_is_compared_code_by_code(demo: Path) -> None:
    (found,) = told(demo)["comparisons"]
    assert (found["coders"], found["articles"], found["not_done"], found["skipped"]) == (
        ["Ana", "Ben"],
        5,
        8,
        1,
    )
    economic = next(code for code in found["codes"] if code["label"] == "Economic")
    assert (economic["taxonomy"], economic["notation"], economic["positive"]) == ("policy-frames", "1", 5)
    assert economic["presence"]["percent"]["value"] == pytest.approx(0.2)
    assert economic["presence"]["alpha"]["low"] < economic["presence"]["alpha"]["value"]
    assert economic["few"] is True
    heard = next(question for question in found["questions"] if question["name"] == "heard")
    assert (heard["metric"], heard["figures"]["units"]) == ("nominal", 4)


def test_it_can_be_read(demo: Path) -> None:
    said = run("agreement", demo, "--draws", 20).stdout
    assert "Ana and Ben on 5 articles, each done and coded by all of them." in said
    assert "Left out: 8 not done, 1 skipped." in said
    assert "used in fewer than 20 articles" in said
    assert "nan" not in said


def test_own_codes_count_as_their_standard_at_its_level(demo: Path) -> None:
    (plain,) = told(demo, "--taxonomy", "cap")["comparisons"]
    assert all(code["notation"].startswith("T.") for code in plain["codes"])
    (standard,) = told(demo, "--taxonomy", "cap", "--level", "standard")["comparisons"]
    assert [(code["notation"], code["positive"]) for code in standard["codes"]] == [("900", 5)]


def test_report_and_tables_are_written_whole(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "agreement"
    assert run("agreement", demo, "--draws", 20, "--out", out).exit_code == 0
    assert (out / "agreement.md").read_text(encoding="utf-8").startswith("# Agreement: ")
    with (out / "code_agreement.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"alpha", "alpha_low", "unit_alpha", "exact_f1", "reasons"} <= set(rows[0])
    again = run("agreement", demo, "--draws", 20, "--out", out)
    assert (again.exit_code, "is already there" in again.stderr) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["agreement"]


def test_what_cannot_be_compared_is_said_in_a_sentence(demo: Path, tmp_path: Path) -> None:
    for words, said in (
        (("--coder", "Ana"), "Name another coder beside Ana"),
        (("--coder", "Ana", "--coder", "Zoe"), "no coder called Zoe"),
        (("--level", "deep"), "is no level"),
        (("--round", "Pilot"), "no round “Pilot”; there are none yet"),
        (("--filter", "outlet=Nowhere"), "Nobody has coded articles that are done"),
    ):
        result = run("agreement", demo, *words)
        assert (result.exit_code, said in result.stderr, result.stderr.count("\n")) == (2, True, 1), (
            result.stderr
        )


def test_a_coder_can_be_held_against_what_was_agreed_on(tmp_path: Path) -> None:
    path = tmp_path / "demo.postil"
    assert run("demo", "--at", path, "--no-window").exit_code == 0
    with Project.open(path) as project:
        ana = coders.named(project, "Ana")

        def agree(step) -> None:
            id = coders.ensure(step, "Consensus")
            theirs = [
                mark
                for article in articles.all_articles(project)
                for mark in highlights.of_article(project, article.id)
                if mark.coder == ana.id
            ]
            highlights.add(
                step, [highlights.make(mark.article, id, mark.code, mark.spans) for mark in theirs]
            )

        project.do("Agree", agree)
    (found,) = told(path, "--coder", "Ana", "--coder", "Consensus")["comparisons"]
    assert all(code["passages"]["exact"]["value"] == 1 for code in found["codes"])
    assert told(path)["comparisons"][0]["coders"] == ["Ana", "Ben"]
