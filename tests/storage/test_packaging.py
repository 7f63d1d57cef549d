"""The replication package: whole, the same twice, and read by the programs of others."""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.crosswalks import Link, Match
from annotate.errors import UserError
from annotate.ids import new_id
from annotate.model import Draft
from annotate.package.about import LICENCES, About, Author, author, doi, licence
from annotate.questions import Option, QuestionKind, Source
from annotate.rules import RuleKind
from annotate.sharing.shared_file import SharedFile
from annotate.text import word_count
from annotate.writers import parquet_table, standoff
from storage import (
    Project,
    answers,
    articles,
    coders,
    corrections,
    crosswalks,
    highlights,
    lost_marks,
    questions,
    relations,
    rules,
    taxonomies,
    taxonomy_versions,
)
from storage.demo import make_demo
from storage.exchange import coded_spans, dataset
from storage.packaging import Packed, name_of, pack, rows_to_write
from storage.rehydrating import rehydrate
from tests.annotate.hard import facts, hard, written
from tests.shared import ROOT
from tests.storage.conftest import Filled, mark

AUTHORS = (author("Lee, Ann; University of Oskar; 0000-0002-1825-0097"), author("Policy Lab; Oskar"))
WITHOUT_PARQUET = "Tables are in CSV alone: Parquet needs postil[parquet], which was not installed."
WHOLE = About(
    "A study: “hard”, and öther",
    AUTHORS,
    licence("cc-by-4.0"),
    "What it is.\n\nAnd =1+1.",
    ("news", "législation"),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """A project with the hard texts and marks, an article without marks, own fields, a version and a change."""
    data = hard()
    coding = tmp_path / "coding.zip"
    coding.write_bytes(written(standoff, data)[0])
    drafts = [
        Draft(each.text, each.title, each.outlet, date=each.date, url=each.url, attributes=each.attributes)
        for each in data.articles()
    ] + [Draft("No marks.", attributes={"lead": "word " * 30, 'odd, "name"': "x\ny"})]
    with Project.create(tmp_path / "study.postil", "Study") as made:
        made.do("Add", lambda step: articles.add(step, drafts, ["a.txt"] * len(drafts), [None] * len(drafts)))
        with SharedFile(coding) as file:
            rehydrate(made, file)
        ana = coders.named(made, "Ana")
        made.do(
            "Freeze",
            lambda step: taxonomy_versions.freeze(step, "hard", "1.0 β", "first"),
            ana.id if ana else None,
        )
        made.do("Ask and link", lambda step: ask_and_link(made, step))
        made.do("Edit", lambda step: taxonomies.edit_codes(step, ["hard:1"], definition='Other, "now".\n=2'))
        yield made


def ask_and_link(project: Project, step: Any) -> None:
    """A question with two answers, a rule, and a relation between two marks."""
    first, second, *_ = [mark for mark in coded_spans(project) if mark.code]
    ana = coders.named(project, "Ana")
    assert ana
    meets = relations.make_type("hard", "meets, “=1+1”", symmetric=True)
    relations.add_types(step, [meets])
    relations.add(step, [relations.make(first.article, ana.id, meets.id, first.id, second.id)])
    tone = questions.new("hard", "tone", options=(Option("+", "Good; quite"), Option("-", "ردیء")))
    frames = questions.new("hard", "frames", kind=QuestionKind.MULTIPLE, source=Source.CODES)
    questions.add(step, [tone, frames])
    rules.add(step, [rules.new("hard", RuleKind.QUALIFIER, None, name="stance", values=("für", "against"))])
    walk = crosswalks.make("Ours to theirs", "hard", "more", origin="A study")
    crosswalks.add(step, replace(walk, mappings=(Link(new_id(), "hard:1", Match.CLOSE, "more:1", "=2"),)))
    answers.give(step, first.article, ana.id, tone.id, ("-",))
    answers.give(step, first.article, ana.id, frames.id, ("hard:1", "hard:3"))


def packed(project: Project, about: About, folder: Path) -> tuple[Packed, Path]:
    """The report, and where the package was unzipped."""
    folder.mkdir(exist_ok=True)
    done = pack(project, folder / "out.zip", about)
    with zipfile.ZipFile(folder / "out.zip") as held:
        held.extractall(folder)
    return done, folder / name_of(about.title)


def table(root: Path, path: str) -> list[dict[str, str]]:
    with (root / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words_in(root: Path) -> str:
    return "\n".join(
        path.read_text("utf-8") for path in sorted(root.rglob("*")) if path.suffix not in ("", ".parquet")
    )


def test_the_tables_hold_what_the_project_holds(study: Project, tmp_path: Path) -> None:
    done, root = packed(study, WHOLE, tmp_path / "p")
    assert (done.articles, done.highlights) == (4, 12)
    assert done.notes == (() if parquet_table.available() else (WITHOUT_PARQUET,))
    assert (root / "data" / "highlights.parquet").exists() == parquet_table.available()
    marks = table(root, "data/highlights.csv")
    for row, span in zip(marks, coded_spans(study), strict=True):
        for name in (
            "article",
            "parts",
            "quote",
            "taxonomy",
            "notation",
            "label",
            "coder",
            "memo",
            "certainty",
        ):
            assert row[name] == getattr(span, name)
        assert (row["highlight"], row["code"]) == (span.id, span.code or "")
        assert (int(row["start"]), int(row["end"])) == (span.start, span.end)
    texts = {row["article"]: row["text"] for row in table(root, "data/texts.csv")}
    held = table(root, "data/articles.csv")
    assert [texts[row["article"]] for row in held] == [articles.text(study, row["article"]) for row in held]
    assert all(hashlib.sha256(texts[row["article"]].encode()).hexdigest() == row["text_hash"] for row in held)
    assert [row["highlights"] for row in held] == ["8", "2", "2", "0"]
    fields = [(row["name"], row["value"]) for row in table(root, "data/article_fields.csv")]
    assert fields == [("section", "=1+1"), ("lead", "word " * 30), ('odd, "name"', "x\ny")]
    assert [dict(span.qualifiers).get("stance", "") for span in coded_spans(study)] == [
        row["qualifier:stance"] for row in marks
    ]
    (link,) = table(root, "data/relations.csv")
    assert (link["label"], link["source"], link["target"]) == (
        "meets, “=1+1”",
        marks[0]["highlight"],
        marks[1]["highlight"],
    )
    said = [(row["name"], row["value"], row["label"]) for row in table(root, "data/answers.csv")]
    assert said[0] == ("tone", "-", "ردیء")
    assert said[1][:2] == ("frames", "hard:1; hard:3")
    assert [row["name"] for row in table(root, "codebook/questions.csv")] == ["tone", "frames"]
    assert [row["kind"] for row in table(root, "codebook/rules.csv")] == ["qualifier"]
    (walk,) = table(root, "codebook/crosswalks.csv")
    assert (walk["title"], walk["taxonomy"], walk["other"], walk["origin"]) == (
        "Ours to theirs",
        "hard",
        "more",
        "A study",
    )
    (mapped,) = table(root, "codebook/mappings.csv")
    assert (mapped["code"], mapped["match"], mapped["other"], mapped["note"]) == (
        "hard:1",
        "close",
        "more:1",
        "=2",
    )
    (version,) = table(root, "codebook/taxonomy_versions.csv")
    assert (version["version"], version["codes"], version["coder"], version["note"]) == (
        "1.0 β",
        "6",
        "Ana",
        "first",
    )
    assert json.loads((root / version["file"]).read_text("utf-8"))["version"] == "1.0 β"
    changes = table(root, "codebook/taxonomy_changes.csv")
    assert {each["what"]: each["code"] for each in changes} == {"added": "", "defined": "hard:1"}
    change = next(each for each in changes if each["code"])
    assert json.loads(change["details"])["definition"] == ["What.", 'Other, "now".\n=2']


def test_every_key_leads_somewhere_and_every_file_is_as_it_is_described(
    study: Project, tmp_path: Path
) -> None:
    _, root = packed(study, WHOLE, tmp_path / "p")
    described = json.loads((root / "datapackage.json").read_text("utf-8"))
    tables = {each["name"]: each for each in described["resources"] if each["type"] == "table"}
    rows = {name: table(root, each["path"]) for name, each in tables.items()}
    for name, each in tables.items():
        names = [field["name"] for field in each["schema"]["fields"]]
        assert list(rows[name][0]) == names
        keys = [tuple(row[column] for column in each["schema"]["primaryKey"]) for row in rows[name]]
        assert len(set(keys)) == len(keys)
        for key in each["schema"].get("foreignKeys", []):
            (column,), (to,) = key["fields"], key["reference"]["fields"]
            known = {row[to] for row in rows[key["reference"]["resource"] or name]}
            assert {row[column] for row in rows[name]} - {""} <= known, (name, key)
    for each in described["resources"]:
        data = (root / each["path"]).read_bytes()
        assert (each["bytes"], each["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


def test_the_checksums_are_those_of_all_files(study: Project, tmp_path: Path) -> None:
    done, root = packed(study, WHOLE, tmp_path / "p")
    sums = dict(reversed(line.split("  ")) for line in (root / "SHA256SUMS").read_text("utf-8").splitlines())
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    assert set(sums) | {"SHA256SUMS"} == set(files)
    assert done.files == len(files)
    assert all(hashlib.sha256(files[path].read_bytes()).hexdigest() == sum for path, sum in sums.items())
    readme = (root / "README.md").read_text("utf-8")
    assert all(f"`{path}`" in readme for path in files)


def test_frictionless_and_mlcroissant_find_nothing_wrong(study: Project, tmp_path: Path) -> None:
    pytest.importorskip("frictionless")
    pytest.importorskip("mlcroissant")
    _, root = packed(study, About(**{**_values(WHOLE), "audit": True}), tmp_path / "p")
    others_find_nothing_wrong(root)


def others_find_nothing_wrong(root: Path) -> None:
    """frictionless and mlcroissant read the package: no error, and all rows of all tables."""
    script = Path(__file__).with_name("package_readers.py")
    run = subprocess.run(
        [sys.executable, script, root], capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert (found["frictionless"]["errors"], found["frictionless"]["valid"]) == ([], True)
    tables = {path.stem: len(table(root, str(path))) for path in root.rglob("*.csv")}
    assert found["frictionless"]["tables"] == tables
    assert (found["mlcroissant"]["told"], found["mlcroissant"]["tables"]) == ([], tables)


def _values(about: About) -> dict[str, Any]:
    return {name: getattr(about, name) for name in About.__dataclass_fields__}


@pytest.mark.parametrize("about", [WHOLE, About("Bare")])
def test_the_citation_file_is_as_its_format_wants(study: Project, tmp_path: Path, about: About) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    import yaml

    _, root = packed(study, about, tmp_path / "p")
    held = yaml.safe_load((root / "CITATION.cff").read_text("utf-8"))
    jsonschema.validate(held, json.loads((ROOT / "tests/files/cff-1.2.0.schema.json").read_text("utf-8")))
    assert held["title"] == about.title
    assert held["authors"][0].get("orcid") == (about.authors[0].orcid if about.authors else None)


def test_every_licence_is_one_that_the_citation_format_knows() -> None:
    schema = json.loads((ROOT / "tests/files/cff-1.2.0.schema.json").read_text("utf-8"))
    assert {each.id for each in LICENCES} <= set(schema["definitions"]["license-enum"]["enum"])


def test_built_twice_it_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    """In two processes, with other hashes, another time zone, another language."""
    make_demo(tmp_path / "demo.postil")
    built = []
    for seed, zone, language in (("1", "Pacific/Kiritimati", "C.UTF-8"), ("2", "America/St_Johns", "C")):
        out = tmp_path / f"out{seed}.zip"
        words = [
            "package",
            tmp_path / "demo.postil",
            out,
            "--author",
            "Lee, Ann",
            "--audit",
            "--licence",
            "CC0-1.0",
        ]
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        subprocess.run(
            [sys.executable, ROOT / "main.py", *words], env=environment, check=True, capture_output=True
        )
        built.append(out.read_bytes())
    assert built[0] == built[1]


def test_without_texts_none_of_their_words_are_in_it_and_the_coding_finds_other_copies(
    study: Project, tmp_path: Path
) -> None:
    done, root = packed(study, About("No texts", AUTHORS, text=False, audit=True), tmp_path / "p")
    assert any(note.startswith("Own fields of articles left out") for note in done.notes)
    whole = words_in(root)
    for text in (articles.text(study, each.id) for each in articles.all_articles(study)):
        words = [word for word in text.split() if word_count(word) and len(word) > 5]
        assert not [pair for pair in itertools.pairwise(words) if " ".join(pair) in whole]
    assert not (root / "data" / "texts.csv").exists()
    assert "quote" not in table(root, "data/highlights.csv")[0]
    with Project.create(tmp_path / "theirs.postil") as theirs:
        drafts = [Draft(each.text) for each in hard().articles()]
        theirs.do("Add", lambda step: articles.add(step, drafts, ["a"] * 3, [None] * 3))
        with SharedFile(tmp_path / "p" / "out.zip") as file:
            assert rehydrate(theirs, file).added == 12
        assert facts(dataset(theirs)) == facts(dataset(study))
        for name, columns in (
            ("relation", "memo"),
            ("answer", "value"),
            ("question", "name"),
            ("rule", "kind"),
        ):
            query = f"SELECT {columns} FROM {name} ORDER BY 1"
            assert theirs.rows(query) == study.rows(query)


def test_short_quotes_may_go_in(study: Project, tmp_path: Path) -> None:
    _, root = packed(study, About("Short", text=False, quotes_up_to=2), tmp_path / "p")
    quotes = [row["quote"] for row in table(root, "data/highlights.csv")]
    told = [span.quote if word_count(span.quote) <= 2 else "" for span in coded_spans(study)]
    assert quotes == told
    assert any(quotes)


def test_names_of_coders_can_stay(study: Project, tmp_path: Path) -> None:
    study.do("Add coder Ana", lambda step: coders.ensure(step, "Someone Else"))
    _, root = packed(study, About("Nameless", anonymous=True, audit=True), tmp_path / "p")
    whole = words_in(root)
    assert "Ana" not in whole.replace("Analysis", "")
    assert "O’Neil" not in whole
    assert {row["coder"] for row in table(root, "data/highlights.csv")} == {"Coder 1", "Coder 2"}
    assert table(root, "audit/steps.csv")[-1]["label"] == "Add coder Coder 1"


def test_the_log_says_what_every_step_wrote(filled: Filled, tmp_path: Path) -> None:
    id = mark(filled)
    filled.project.undo()
    _, root = packed(filled.project, About("Log", audit=True), tmp_path / "p")
    steps = table(root, "audit/steps.csv")
    assert [(row["label"], row["kind"], row["undone_by"]) for row in steps][1:] == [
        ("Mark", "do", "3"),
        ("Mark", "undo", "0"),
    ]
    assert steps[1]["coder"] == "Ana"
    rows = [row for row in table(root, "audit/step_rows.csv") if row["step"] == "2"]
    assert [(row["table"], row["what"], json.loads(row["ids"])) for row in rows] == [
        ("highlight", "added", [id])
    ]


def test_an_empty_project_makes_a_package_too(project: Project, tmp_path: Path) -> None:
    done, root = packed(project, About("Empty"), tmp_path / "p")
    assert (done.articles, done.highlights) == (0, 0)
    assert table(root, "data/highlights.csv") == []
    assert "None." in (root / "README.md").read_text("utf-8")


def test_what_is_not_in_it_is_said(study: Project, tmp_path: Path) -> None:
    id = articles.all_articles(study)[0].id
    study.do("C", lambda step: corrections.correct(step, id, "Other words."))
    _, root = packed(study, WHOLE, tmp_path / "p")
    absent = (root / "README.md").read_text("utf-8").split("## What is not in it")[1]
    assert "A report of agreement between coders. Agreement needs two coders: Nobody has coded" in absent
    assert "Rounds and sampling seeds: none were planned in the project." in absent
    assert f"wait for repair: {lost_marks.count(study)}." in absent
    assert "Earlier versions of texts that were corrected: 1." in absent


def test_stopped_it_leaves_nothing(study: Project, tmp_path: Path) -> None:
    def stop(rows: int) -> None:
        raise UserError("Stopped.")

    with pytest.raises(UserError, match="Stopped"):
        pack(study, tmp_path / "out.zip", WHOLE, stop)
    assert not [path for path in tmp_path.iterdir() if "out" in path.name]


def test_the_rows_told_are_about_those_announced(tmp_path: Path) -> None:
    with Project.create(tmp_path / "many.postil") as many:

        def fill(step: Any) -> None:
            ada = coders.ensure(step, "Ada")
            drafts = [Draft(f"Text {number} of many.") for number in range(50)]
            ids = articles.add(step, drafts, ["a"] * 50, [None] * 50)
            highlights.add(
                step, [highlights.make(id, ada, None, [(at, at + 2)]) for id in ids for at in range(8)]
            )

        many.do("Fill", fill)
        for about in (About("A"), About("B", text=False)):
            told: list[int] = []
            pack(many, tmp_path / "o.zip", about, told.append)
            assert told[0] == 0
            assert told[-1] <= rows_to_write(many, about) + 10


def test_authors_are_read_as_they_are_written() -> None:
    lee, lab = AUTHORS
    assert lee == Author("Lee", "Ann", "University of Oskar", "https://orcid.org/0000-0002-1825-0097")
    assert lab == Author("Policy Lab", "", "Oskar")
    with pytest.raises(UserError, match="needs a name"):
        author(" ; University")
    with pytest.raises(UserError, match="last digit"):
        author("Lee, Ann; 0000-0002-1825-0098")


def test_what_is_no_licence_or_doi_is_said() -> None:
    assert licence("") is None
    with pytest.raises(UserError, match=r"CC-BY-4\.0"):
        licence("CC-BY")
    assert doi("https://doi.org/10.5281/zenodo.1234") == "10.5281/zenodo.1234"
    with pytest.raises(UserError, match="no DOI"):
        doi("zenodo.1234")
