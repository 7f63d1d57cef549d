"""`postil crosswalk`: files in and out, and what highlights come to through one."""

import csv
import json
from pathlib import Path

import pytest

from annotate.crosswalk_files import FORMATS
from tests.test_main import run

SEMEVAL = "id,label\n" + "".join(
    f"sem23frame:{each},{each}\n" for each in ("Economic", "Morality", "Political")
)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "demo.postil"
    assert run("demo", "--at", path, "--no-window").exit_code == 0
    file = tmp_path / "semeval.csv"
    file.write_text(SEMEVAL, encoding="utf-8")
    assert (
        run("taxonomy", path, "import", file, "--slug", "semeval", "--title", "SemEval frames").exit_code == 0
    )
    return path


def told(*words: object) -> dict:
    result = run("crosswalk", *words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_one_that_comes_with_the_program_is_taken_as_far_as_the_codes_are_there(study: Path) -> None:
    assert told(study, "list") == {"crosswalks": [], "shipped": ["policy-frames-semeval2023"]}
    looked = told(study, "import", "policy-frames-semeval2023", "--dry-run")
    assert (len(looked["new"]), len(looked["unknown"]), looked["added"]) == (3, 11, False)
    assert told(study, "list")["crosswalks"] == []
    told(study, "import", "policy-frames-semeval2023")
    (held,) = told(study, "list")["crosswalks"]
    assert (held["from"], held["to"], held["mappings"]) == ("policy-frames", "semeval", 3)
    shown = told(study, "show", held["title"])
    assert shown["mappings"][0] | {"note": ""} == {
        "code": "pfc:1", "label": "Economic", "match": "exact", "other": "sem23frame:Economic",
        "other_label": "Economic", "note": "",
    }  # fmt: skip


def test_highlights_are_seen_and_exported_through_it(study: Path, tmp_path: Path) -> None:
    title = told(study, "import", "policy-frames-semeval2023")["title"]
    seen = told(study, "apply", title)
    counts = {row["code"]: row["highlights"] for row in seen["codes"]}
    assert (seen["come"], counts["sem23frame:Economic"]) == (sum(counts.values()), 20)
    assert {row["code"] for row in seen["without_target"]} >= {"pfc:5"}
    out = tmp_path / "through.csv"
    made = run("export", study, out, "--format", "csv", "--through", title)
    assert made.exit_code == 0
    assert "without an exact, close or broad match" in made.stdout
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), {row["taxonomy"] for row in rows}) == (seen["come"], {"semeval"})
    back = run(
        "export", study, tmp_path / "b.csv", "--format", "csv", "--through", title, "--back", "--dry-run"
    )
    assert "0 marks under the codes" in back.stdout
    assert run("export", study, out, "--format", "csv", "--through", "nothing").exit_code == 2


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_goes_out_and_in(study: Path, tmp_path: Path, form: str) -> None:
    title = told(study, "import", "policy-frames-semeval2023")["title"]
    file = tmp_path / f"out{FORMATS[form].suffixes[0]}"
    assert run("crosswalk", study, "export", title, file).exit_code == 0
    back = told(study, "import", file, "--title", title)
    assert (back["known"], back["new"], back["unknown"]) == (3, [], [])
    assert len(told(study, "import", file, "--title", "again")["new"]) == 3


def test_mistakes_are_said_in_a_sentence(study: Path) -> None:
    for words, said in (
        (("show",), "Name the crosswalk to show."),
        (("import",), "Name the file to import."),
        (("show", "x"), "there are none yet"),
    ):
        result = run("crosswalk", study, *words)
        assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
