"""`postil taxonomy`: files in and out, a plan before an update, and the update as one step."""

import json
from pathlib import Path

import pytest

from annotate.taxonomy import load_shipped
from annotate.taxonomy_files import FORMATS
from storage import Project
from tests.test_main import run

LAWS = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <http://example.org/> .
:s a skos:ConceptScheme ; skos:prefLabel "Laws"@en , "Lois"@fr .
:a a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Rights"@en , "Droits"@fr .
:b a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Asylum"@en , "Asile"@fr ; skos:broader :a , :c .
:c a skos:Concept ; skos:inScheme :s ; skos:prefLabel "State"@en .
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    path = tmp_path / "study.postil"
    assert run("new", path, "--taxonomy", "policy-frames").exit_code == 0
    (tmp_path / "laws.ttl").write_text(LAWS, encoding="utf-8")
    return path


def told(*words: object) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_skos_comes_in_in_the_language_asked_for(study: Path) -> None:
    file = study.parent / "laws.ttl"
    looked = told("taxonomy", study, "import", file, "--language", "fr", "--dry-run")
    assert (looked["slug"], looked["added"], looked["languages"]) == ("lois", False, ["en", "fr"])
    assert looked["also_under"] == {"http://example.org/b": ["http://example.org/c"]}
    assert len(told("taxonomy", study, "list")["taxonomies"]) == 1
    made = run("taxonomy", study, "import", file, "--language", "fr")
    assert made.stdout.splitlines() == [
        "Lois: 3 codes added",
        "Labels not there in fr were taken as they are: 1 in en.",
        "1 code with more than one parent got the first: “Asile (also below State)”.",
    ]
    again = run("taxonomy", study, "import", file, "--language", "fr")
    assert (again.exit_code, "plan FILE --slug lois" in again.stderr) == (2, True)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_goes_out(study: Path, form: str) -> None:
    out = study.parent / f"out{(FORMATS[form].suffixes or ('.json',))[0]}"
    words = [] if FORMATS[form].suffixes else ["--format", form]
    assert run("taxonomy", study, "export", "--out", out, *words).exit_code == 0
    assert (
        out.read_bytes()[:400] == FORMATS[form].write(load_shipped("policy-frames"))[0][:400]
        or form == "xlsx"
    )
    if form != "xlsx":
        result = run("taxonomy", study, "export", "--format", form)
        assert result.stdout_bytes == out.read_bytes()


def test_an_unknown_format_is_answered_with_those_there_are(study: Path) -> None:
    assert "turtle, rdf" in run("taxonomy", study, "export", "--format", "doc").stderr
    assert (
        "does not say its format" in run("taxonomy", study, "export", "--out", study.parent / "a.doc").stderr
    )


def test_plan_says_and_stores_nothing_update_does_it(study: Path) -> None:
    file = study.parent / "newer.csv"
    exported = run("taxonomy", study, "export").stdout.replace(",Economic,", ",Costs and gains,")
    lines = [line for line in exported.splitlines() if not line.startswith("pfc:2,")]
    file.write_text("\n".join(lines) + "\npfc:new,99,New,pfc:frames\n", encoding="utf-8")
    before = run("taxonomy", study, "export").stdout

    looked = told("taxonomy", study, "plan", file)
    assert looked["counts"] == {"new": 1, "changed": 1, "moved": 0, "missing": 1, "same": 25}
    assert looked["changed"][0]["fields"] == {"label": ["Economic", "Costs and gains"]}
    assert looked["missing"][0] == {
        "id": "pfc:2",
        "notation": "2",
        "label": looked["missing"][0]["label"],
        "marks": 0,
    }
    said = run("taxonomy", study, "plan", file, "--slug", "policy-frames").stdout
    assert "1 “Costs and gains” renamed, was “Economic”" in said
    assert "is not in the file; 0 marks" in said
    assert run("taxonomy", study, "update", file, "--dry-run").stdout == said
    assert run("taxonomy", study, "export").stdout == before

    done = told("taxonomy", study, "update", file, "--missing", "remove-unused", "--reason", "Version 2")[
        "done"
    ]
    codes = {"added": 1, "changed": 1, "moved": 0, "retired": 0, "removed": 1, "kept": 0}
    assert done == codes | {"rules": 0, "questions": 0, "relation_types": 0}
    assert "pfc:2," not in run("taxonomy", study, "export").stdout
    with Project.open(study) as project:
        project.undo()
    assert run("taxonomy", study, "export").stdout == before


def test_columns_are_named_by_the_user(study: Path) -> None:
    file = study.parent / "liste.csv"
    file.write_text("Begriff;Ober\nRechte;\nAsyl;Rechte\n", encoding="utf-8")
    assert "first line must name" in run("taxonomy", study, "import", file).stderr
    words = ["--map", "Begriff=label", "--map", "Ober=parent"]
    assert run("taxonomy", study, "import", file, *words).exit_code == 0
    assert "liste:Asyl" in run("taxonomy", study, "show", "liste").stdout
    assert "COLUMN=FIELD" in run("taxonomy", study, "import", file, "--map", "Begriff").stderr


def test_a_plan_says_what_becomes_of_rules_questions_and_relations(study: Path, tmp_path: Path) -> None:
    file = tmp_path / "policy-frames.json"
    run("taxonomy", study, "export", "--format", "json", "--out", file)
    held = json.loads(file.read_text("utf-8"))
    tone = held["questions"].pop()
    held["questions"][0]["required"] = True
    held["rules"] = [{"id": "leaves", "kind": "leaves"}]
    held["relations"] = [{"id": "causes", "label": "causes", "sources": ["pfc:1"]}]
    file.write_text(json.dumps(held), "utf-8")
    looked = told("taxonomy", study, "plan", file)
    assert [each["says"] for each in looked["uses"]] == [
        "Rule for all codes added: Only codes with none below them are put on passages.",
        "Question “primary_frame” required: [-no -]{+yes+}",
        "Relation “causes” added: Economic → any",
    ]
    assert [each["id"] for each in looked["uses_missing"]] == [tone["id"]]
    said = run("taxonomy", study, "update", file).stdout
    assert "Question “tone” is not in the file, and stays" in said
    assert "Done: 1 rule, 1 question, 1 relation type" in said
    assert [each["name"] for each in told("rules", study, "list")["questions"]] == ["primary_frame", "tone"]
