"""`postil round`: batches planned, listed, shown, taken back; exports and lists narrowed to them."""

import json
from pathlib import Path

import pytest

from tests.test_main import run


@pytest.fixture
def demo(tmp_path) -> Path:
    path = tmp_path / "demo.postil"
    assert run("demo", "--at", path, "--no-window").exit_code == 0
    return path


def told(demo: Path, *words: object) -> dict:
    result = run("round", demo, *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


PLAN = ("--for", "Ana", "--for", "Ben", "--articles", "6", "--overlap", "50%", "--seed", "4")


def test_a_round_is_planned_and_found_again(demo: Path) -> None:
    looked = told(demo, "plan", "Pilot", *PLAN, "--dry-run")
    assert told(demo, "list")["rounds"] == []
    made = told(demo, "plan", "Pilot", *PLAN, "--kind", "calibration", "--note", "first")
    assert {**made, "dry_run": True} == looked
    assert (len(made["articles"]), len(made["overlap"]), made["coders"]) == (6, 3, {"Ana": 5, "Ben": 4})
    (held,) = told(demo, "list")["rounds"]
    assert (held["title"], held["kind"], held["seed"], held["note"]) == ("Pilot", "calibration", 4, "first")
    assert held["method"]["overlap"] == "50%"
    shown = told(demo, "show", "pilot")["articles"]
    assert {each["id"] for each in shown} == set(made["articles"])
    assert sum(len(each["coders"]) for each in shown) == 9


def test_lists_and_exports_are_narrowed_to_a_round(demo: Path, tmp_path: Path) -> None:
    made = told(demo, "plan", "Pilot", *PLAN)
    listed = json.loads(run("articles", demo, "--filter", "round=Pilot", "--json").stdout)["articles"]
    assert {each["id"] for each in listed} == set(made["articles"])
    out = tmp_path / "out.jsonl"
    for words in (("--round", "pilot"), ("--filter", "round=Pilot")):
        out.unlink(missing_ok=True)
        assert run("export", demo, out, "--format", "jsonl", *words).exit_code == 0
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert rows
        assert {row["article"] for row in rows} <= set(made["articles"])
    assert (
        "no round “Main”; there are Pilot"
        in run("export", demo, out, "--format", "csv", "--round", "Main").stderr
    )


def test_who_is_new_is_added_with_the_round_in_one_step(demo: Path) -> None:
    assert told(demo, "plan", "Main", "--for", "Ana", "--for", "Zoe Q.")["coders"]["Zoe Q."] == 7
    names = json.loads(run("info", demo, "--json").stdout)["coders"]
    assert "Zoe Q." in names
    refused = run("round", demo, "plan", "main", "--for", "Nobody Else")
    assert (refused.exit_code, "already a round “main”" in refused.stderr) == (2, True)
    assert "Nobody Else" not in json.loads(run("info", demo, "--json").stdout)["coders"]


def test_a_round_is_taken_back(demo: Path) -> None:
    told(demo, "plan", "Pilot", *PLAN)
    assert told(demo, "remove", "PILOT") == {"removed": "Pilot"}
    assert told(demo, "list")["rounds"] == []
    gone = run("round", demo, "show", "Pilot")
    assert (gone.exit_code, "there are none yet" in gone.stderr) == (2, True)


def test_what_cannot_be_planned_is_said_in_a_sentence(demo: Path) -> None:
    for words, said in (
        (("--articles", "many"), "is no number of articles"),
        (("--articles", "99"), "99 articles cannot be drawn: there are 14"),
        (("--overlap", "half"), "is no overlap"),
        (("--filter", "outlet=Nowhere"), "There is no article to draw"),
        (("--together", "7"), "can be coded by 2 to 2 of these coders"),
    ):
        result = run("round", demo, "plan", "X", "--for", "Ana", "--for", "Ben", *words)
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert run("round", demo, "plan", "X").exit_code == 2


def test_agreement_keeps_to_a_round(demo: Path) -> None:
    made = told(demo, "plan", "Pilot", *PLAN)
    result = run("agreement", demo, "--round", "Pilot", "--articles", "all", "--draws", 0, "--json")
    (found,) = json.loads(result.stdout)["comparisons"]
    assert found["round"] == "Pilot"
    assert found["articles"] + found["not_by_all"] + found["skipped"] == len(made["articles"])
