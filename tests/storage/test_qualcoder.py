"""QualCoder projects: what goes out comes back, and another program for them reads the same codings."""

from __future__ import annotations

import io
import json
import logging
import random
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.marks import MarkLine
from annotate.offsets import OffsetMap
from annotate.writers import Dataset
from storage import Project
from storage.annotations_in import import_annotations
from storage.exchange import dataset as stored_dataset
from storage.formats import qualcoder, qualcoder_in
from tests.annotate.hard import TAXONOMIES, TEXTS, datasets, facts, facts_found, hard, written
from ui.commands import postil

PACKED, DONE = written(qualcoder, hard())
DATABASE = zipfile.ZipFile(io.BytesIO(PACKED)).read("postil.qda/data.qda")


def theirs(path: Path) -> bytes:
    """A project made there: an emoji before the words, positions as its window counts."""
    path.write_bytes(DATABASE)
    text = "Ein 😀 Wort, und noch eins.\nDie letzte Zeile."
    units = OffsetMap(text)
    with closing(sqlite3.connect(path)) as db:
        for table in ("source", "code_text", "code_name", "code_cat", "attribute", "attribute_type"):
            db.execute(f"DELETE FROM {table}")
        db.execute("DROP TABLE postil")
        db.execute("ALTER TABLE code_name ADD COLUMN supercid integer")
        db.execute("UPDATE project SET memo = ''")
        db.execute("INSERT INTO source (id, name, fulltext) VALUES (7, 'one.txt', ?)", (text,))
        db.execute("INSERT INTO source (id, name, mediapath) VALUES (8, 'film.mp4', '/video/film.mp4')")
        db.execute("INSERT INTO code_cat VALUES (1, 'Top', 'C', '', '', NULL), (2, 'Below', 'C', '', '', 1)")
        db.execute(
            "INSERT INTO code_name (cid, name, memo, catid, color, supercid) VALUES (1, 'Word', 'A word.', 2, "
            "'#ff0000', NULL), (2, 'Free', '', NULL, 'red', NULL), (3, 'Sub', '', NULL, '#00ff00', 1)"
        )
        for cid, words in ((1, "Wort"), (2, "noch eins"), (3, "letzte"), (1, "Zeile")):
            at = text.index(words)
            place = (cid, words, units.to_units(at), units.to_units(at + len(words)))
            db.execute(
                "INSERT INTO code_text (fid, cid, seltext, pos0, pos1, owner, date, memo) "
                "VALUES (7, ?, ?, ?, ?, 'Kim', '2024-01-02 03:04:05', '')",
                place,
            )
        db.execute("INSERT INTO annotation VALUES (1, 7, 0, 3, 'a thought', 'Kim', '2024-01-02 03:04:05')")
        db.execute("INSERT INTO attribute (name, attr_type, value, id) VALUES ('Age', 'file', '40', 7)")
        db.execute("INSERT INTO cases (caseid, name) VALUES (1, 'Anna')")
        db.execute("INSERT INTO case_text (caseid, fid, pos0, pos1) VALUES (1, 7, 0, 10)")
        db.execute("INSERT INTO journal (name, jentry) VALUES ('Day', 'long')")
        db.commit()
    return path.read_bytes()


def test_what_went_out_comes_in_the_same() -> None:
    assert DONE.rows == 12
    assert DONE.notes[0] == "2 marks with gaps: a coding for each part."
    assert DONE.notes[-1].startswith("3 texts with emoji")
    assert qualcoder_in.sniff(PACKED, "x")
    assert qualcoder_in.sniff(DATABASE, "x")
    for data in (PACKED, DATABASE):
        found = qualcoder_in.read(data, "x")
        assert facts_found(found) == facts(hard())
        assert [draft.text for draft in found.drafts] == list(TEXTS)
    assert found.drafts[0].attributes == {"section": "=1+1"}
    assert [{code.id for code in each.codes} for each in found.taxonomies] == [
        {code.id for code in each.codes} for each in TAXONOMIES
    ]


@settings(max_examples=60, deadline=None)
@given(data=datasets())
def test_any_marks_come_in_the_same(data: Dataset) -> None:
    found = qualcoder_in.read(written(qualcoder, data)[0], "x")
    assert facts_found(found) == facts(data)
    assert [draft.text for draft in found.drafts] == [each.text for each in data.articles()]


def test_a_project_goes_out_and_into_another(tmp_path: Path) -> None:
    with Project.create(tmp_path / "one.postil") as one:
        report = import_annotations(one, qualcoder_in.read(PACKED, "x"))
        assert (report.added, report.bad, len(report.articles)) == (12, [], 3)
        again = written(qualcoder, stored_dataset(one))[0]
        report = import_annotations(one, qualcoder_in.read(again, "y"))
        assert (report.added, report.codes, report.articles) == (0, 0, [])


def test_what_qualcoder_made_comes_in(tmp_path: Path) -> None:
    found = qualcoder_in.read(theirs(tmp_path / "data.qda"), "study.qda")
    (draft,) = found.drafts
    assert (draft.title, draft.attributes) == ("one.txt", {"Age": "40", "case": "Anna"})
    codes = {code.id: code for code in found.taxonomies[0].codes}
    marks = sorted((line for line in found.marks if isinstance(line, MarkLine)), key=lambda line: line.start)
    assert [(draft.text[m.start : m.end], codes[m.code].label if m.code else "") for m in marks] == [
        ("Ein", ""), ("Wort", "Word"), ("noch eins", "Free"), ("letzte", "Sub"), ("Zeile", "Word"),
    ]  # fmt: skip
    assert (marks[0].memo, marks[1].coder, marks[1].created) == (
        "a thought",
        "Kim",
        "2024-01-02T03:04:05.000Z",
    )
    word = next(code for code in codes.values() if code.label == "Word")
    assert (word.definition, word.colour, codes[word.parent or ""].assignable) == (
        "A word.",
        "#ff0000",
        False,
    )
    sub = next(code for code in codes.values() if code.label == "Sub")
    assert (codes[sub.parent or ""].label, len(codes)) == ("Word", 5)
    assert found.notes[1:] == ("Left out: journal entries (1).", "Positions count UTF-16 units.")


def test_its_folder_comes_in_by_command(tmp_path: Path) -> None:
    folder = tmp_path / "study.qda"
    folder.mkdir()
    theirs(folder / "data.qda")
    (folder / "video").mkdir()
    (folder / "video" / "film.mp4").write_bytes(b"film")
    Project.create(tmp_path / "one.postil").close()
    done = CliRunner().invoke(postil, ["import-annotations", str(tmp_path / "one.postil"), str(folder)])
    assert done.exit_code == 0, done.output
    assert "5 highlights added" in done.output


def test_without_text_there_is_nothing_to_write() -> None:
    with pytest.raises(UserError, match="cannot be left out"):
        written(qualcoder, hard(), text=False)


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_damaged_files_give_a_result_or_a_sentence(seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(DATABASE)
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(16, len(data))] = chance.randrange(256)
    with suppress(UserError):
        qualcoder_in.read(bytes(data), "x")


def test_what_is_none_of_it_is_said() -> None:
    for data in (b"", b"words", zipped("other.txt")):
        with pytest.raises(UserError):
            qualcoder_in.read(data, "x.qda")


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr(name, b"x")
    return out.getvalue()


def test_another_program_reads_the_same_codings(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "exegete")  # it says that it was not tested with QualCoder 3.5
    exegete = pytest.importorskip("exegete.database")
    zipfile.ZipFile(io.BytesIO(PACKED)).extractall(tmp_path)
    assert {each.name for each in (tmp_path / "postil.qda").iterdir()} == {*qualcoder.FOLDERS, "data.qda"}
    held = exegete.QualcoderDatabase(str(tmp_path / "postil.qda"))
    names = {each["id"]: each["name"] for each in held.list_codes()}
    said = [
        (row["text"], names[cid], row["owner"]) for cid in names for row in held.get_coded_text_segments(cid)
    ]
    marks = [(article.text, mark) for article in hard().articles() for mark in article.spans]
    labels = qualcoder.labels_of(TAXONOMIES)
    expected = [
        (text[start:end], labels[mark.code], mark.coder)
        for text, mark in marks
        for start, end in (json.loads(mark.parts) if mark.parts else [(mark.start, mark.end)])
    ]
    assert sorted(said) == sorted(expected)
