"""Bibliographies among imported files: their attached files come along, and they fill what articles lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import Project, articles
from storage.importing import Importer

RIS = """TY  - NEWS
TI  - Court halts first transfer flight
AU  - Okafor, Ada
T2  - Meridian Post
DA  - 2025/03/12
L1  - files/court.txt
ER  -
TY  - NEWS
TI  - Nowhere to be found
ER  -
"""


@pytest.fixture
def bibliography(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "court.txt").write_text(
        "Court halts first transfer flight\n\nWords of the article.\n"
    )
    (tmp_path / "refs.ris").write_text(RIS)
    return tmp_path / "refs.ris"


def test_attached_files_come_along_and_get_their_metadata_as_one_undo(
    project: Project, bibliography: Path
) -> None:
    report = Importer(project).run([bibliography])
    (id,) = report.articles
    article = articles.article(project, id)
    assert (article.author, article.date, article.outlet) == ("Ada Okafor", "2025-03-12", "Meridian Post")
    assert (report.files, report.references, report.failures) == (2, 1, [])
    (note,) = report.notes
    assert note.what == "1 of 2 references belong to an article. Without one: “Nowhere to be found”."
    project.undo()
    assert articles.count(project) == 0
    project.redo()
    assert articles.article(project, id) == article


def test_a_folder_with_both_brings_the_file_once(project: Project, bibliography: Path) -> None:
    report = Importer(project).run([bibliography.parent])
    assert (len(report.articles), report.duplicates, report.references) == (1, [], 1)


def test_what_is_there_already_is_not_overwritten(project: Project, bibliography: Path) -> None:
    (id,) = Importer(project).run([bibliography.parent / "files"]).articles
    project.do("Edit", lambda step: articles.edit(step, [id], outlet="Another paper"))
    bibliography.write_text(RIS.replace("L1  - files/court.txt\n", ""))
    report = Importer(project).run([bibliography])
    article = articles.article(project, id)
    assert (article.outlet, article.author, article.date) == ("Another paper", "Ada Okafor", "2025-03-12")
    assert (report.articles, report.references) == ([], 1)
    project.undo()
    assert articles.article(project, id).author == ""


def test_a_look_stores_nothing_and_says_what_would_come(project: Project, bibliography: Path) -> None:
    (bibliography.parent / "again.txt").write_bytes(
        (bibliography.parent / "files" / "court.txt").read_bytes()
    )
    (bibliography.parent / "no.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    before = project.last_step()
    report = Importer(project).look([bibliography.parent])
    assert [told.what for told in report.expected] == ["Court halts first transfer flight"]
    assert (len(report.duplicates), len(report.failures), report.articles) == (1, 1, [])
    assert (articles.count(project), project.last_step()) == (0, before)
