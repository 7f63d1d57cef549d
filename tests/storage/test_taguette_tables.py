"""Taguette's tables: its highlights find their words, its codebook becomes codes."""

from __future__ import annotations

import csv
import io
import logging
import warnings
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.anchoring import anchored_by_letters
from annotate.errors import UserError
from annotate.marks_from import csv_table, format_for, xlsx_table
from annotate.model import Draft
from annotate.taxonomy_files import Wishes, read_taxonomy
from storage import Project, articles, highlights, taxonomies
from storage.annotations_in import import_annotations
from storage.formats import taguette
from tests.annotate.hard import hard, written
from tests.storage.data import ids_of

TEXT = "The court said no.\nThe court, again, said “no” 👩‍👩‍👧 to it.\nCosts rise; costs fall."


@pytest.fixture
def project(tmp_path):
    made = Project.create(tmp_path / "p.postil")
    drafts = [Draft(TEXT, title="Interview"), Draft("Nothing here.", title="Other")]
    made.do("Add", lambda step: articles.add(step, drafts, ["talk.txt", "other.txt"], [None, None]))
    yield made
    made.close()


def table(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("id", "document", "tag", "content"))
    writer.writerows(rows)
    return out.getvalue().encode()


def marks(project: Project) -> list[tuple[str, str]]:
    """(Words, label) of what is in the project."""
    codes = {code.id: code.label for each in taxonomies.all_taxonomies(project) for code in each.codes}
    return [
        (articles.text(project, id)[mark.start : mark.end], codes.get(mark.code or "", ""))
        for id in ids_of(project)
        for mark in highlights.of_article(project, id)
    ]


def test_each_row_finds_its_words_and_each_tag_is_a_mark(project):
    data = table(
        ("1", "Interview", "law", "said “no” 👩‍👩‍👧"),
        ("1", "Interview", "law.refusal", "said “no” 👩‍👩‍👧"),
        ("2", "talk.txt", "", "Costs rise"),
        ("3", "Interview", "law", "said no. The court, again"),
    )
    assert csv_table.sniff(data, "tags.csv")
    found = format_for(data, "tags.csv").read(data, "tags.csv")
    report = import_annotations(project, found, coder="Ana")
    assert (report.added, report.bad) == (4, [])
    assert sorted(marks(project)) == [
        ("Costs rise", ""),
        ("said no.\nThe court, again", "law"),
        ("said “no” 👩‍👩‍👧", "law"),
        ("said “no” 👩‍👩‍👧", "law.refusal"),
    ]
    assert import_annotations(project, found, coder="Ana").added == 0


def test_words_that_stand_nowhere_or_twice_are_listed_by_their_row(project):
    data = table(
        ("1", "Interview", "x", "The court"),
        ("2", "Interview", "x", "never said"),
        ("3", "Nobody", "x", "Costs"),
        ("4", "Interview", "x", ""),
        ("5", "Interview", "x", "Costs fall"),
        ("6", "Interview", "x", "costs fall"),
    )
    report = import_annotations(project, csv_table.read(data, "a.csv"), coder="Ana")
    assert [each.number for each in report.bad] == [2, 3, 4, 5, 6]
    assert "stand nowhere in the text, or in several places" in report.bad[-1].reason
    assert "file name “Nobody”" in next(each.reason for each in report.bad if each.number == 4)
    assert report.added == 1


def test_a_name_that_two_files_have_is_told(project):
    project.do("Add", lambda step: articles.add(step, [Draft("More.", title="M")], ["talk.txt"], [None]))
    with pytest.raises(UserError, match=r"Several articles have the file name “talk\.txt”"):
        articles.find(project, "talk.txt")


@given(st.text("ab \n\t", max_size=12), st.text("abc", min_size=3, max_size=6))
def test_letters_are_found_whatever_the_white_space(before, quote):
    text = f"{before}X {' '.join(quote)}\n Y"
    place = anchored_by_letters(text, f" X{quote}  Y")
    assert place is not None
    assert "".join(text[slice(*place)].split()) == f"X{quote}Y"
    assert anchored_by_letters(text, "  ") is None
    assert anchored_by_letters(f"{text}{text}", f"X{quote}") is None


CODEBOOK = b"""tag,description,number of highlights,number of documents\r
law,"What is, legal",3,2\r
law.refusal,,1,1\r
"""


def test_its_codebook_is_read_by_its_column_names():
    (taxonomy,) = [read_taxonomy(CODEBOOK, "codebook.csv", Wishes()).taxonomy]
    assert [(code.label, code.definition) for code in taxonomy.codes] == [
        ("law", "What is, legal"),
        ("law.refusal", ""),
    ]


def test_what_taguette_exports_itself_comes_in(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "taguette")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pytest.importorskip("taguette")
        exported_by_taguette(tmp_path)


def exported_by_taguette(folder: Path) -> None:
    """Our project in, its own CSV and XLSX out, and back onto the same texts."""
    from taguette import database as db
    from taguette import export

    (folder / "study.sqlite3").write_bytes(written(taguette, hard())[0])
    source = db.connect(f"sqlite:///{folder / 'study.sqlite3'}", external=True)()
    target = db.connect(f"sqlite:///{folder / 'theirs.sqlite3'}")()
    target.add(db.User(login="admin"))
    target.commit()
    db.copy_project(source, target, 1, "admin")
    out = io.StringIO(newline="")
    export.highlights_csv(target, 1, "", out)
    export.highlights_xslx(target, 1, "", str(folder / "h.xlsx"))
    tags = [
        SimpleNamespace(path=tag.path, description=tag.description, highlights_count=1, documents_count=1)
        for tag in target.query(db.Tag)
    ]
    export.codebook_csv(tags, book := io.StringIO(newline=""))
    export.codebook_xlsx(tags, str(folder / "c.xlsx"))
    for session in (source, target):
        session.close()
        session.get_bind().dispose()
    data, workbook = out.getvalue().encode(), (folder / "h.xlsx").read_bytes()
    for name, held in (("h.csv", data), ("h.xlsx", workbook)):
        with Project.create(folder / f"{name}.postil") as project:
            drafts = [Draft(each.text, each.title) for each in hard().articles()]
            project.do("Add", lambda step, drafts=drafts: articles.add(step, drafts, ["a"] * 3, [None] * 3))
            reader = csv_table if name.endswith(".csv") else xlsx_table
            report = import_annotations(project, reader.read(held, name), coder="Ana")
            rows = len(list(csv.reader(io.StringIO(out.getvalue())))) - 1
            assert report.added + len(report.bad) + len(report.doubles) == rows
            assert report.added > 5
            for words, _ in marks(project):
                assert "".join(words.split()) in "".join(out.getvalue().replace('""', '"').split())
            assert all("several places" in each.reason or "nowhere" in each.reason for each in report.bad)
    for held, name in ((book.getvalue().encode(), "c.csv"), ((folder / "c.xlsx").read_bytes(), "c.xlsx")):
        codes = read_taxonomy(held, name, Wishes()).taxonomy.codes
        assert sorted(code.label for code in codes) == sorted({" ".join(tag.path.split()) for tag in tags})
