"""Is the file whole: what was broken from outside is found, and nothing is changed by looking."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import Project
from storage.checking import check
from tests.storage.conftest import Filled, fill, mark


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A project that is closed again."""
    path = tmp_path / "study.postil"
    with Project.create(path) as project:
        filled = fill(project)
        mark(filled)
        mark(filled, 8, 20, None)
    return path


def findings(path: Path) -> list[str]:
    with Project.open(path, write=False) as project:
        return [finding.what for finding in check(project)]


def test_a_whole_project_has_no_findings_and_is_not_touched(path: Path) -> None:
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    assert findings(path) == []
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, stamp)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_it_can_be_checked_while_it_is_open_for_writing(filled: Filled) -> None:
    mark(filled)
    assert check(filled.project) == []
    mark(filled, 1, 3)
    assert check(filled.project) == []


BROKEN = [
    ("UPDATE article_text SET text = text || '!' WHERE number = 1", "not the one it was imported with"),
    ("UPDATE article SET characters = 1 WHERE number = 2", "length of “Other title” is noted wrongly"),
    ("DELETE FROM article_text WHERE number = 2", "“Other title” has no text"),
    ("DELETE FROM article_text_fts_docsize WHERE id = 1", "the word index lacks 1 of the texts"),
    ("INSERT INTO article_text_fts_docsize VALUES (99, x'05')", "texts that are not there (1)"),
    ("UPDATE article_text_fts_docsize SET sz = x'8105' WHERE id = 1", "the word index holds"),
    ('UPDATE highlight SET "end" = 10000 WHERE code IS NULL', "lies outside its text"),
    ("UPDATE highlight SET start = 20 WHERE code IS NULL", "lies outside its text"),
    ("UPDATE highlight SET parts = '[[0, 3], [2, 7]]' WHERE start = 0", "parts of a highlight"),
    ("UPDATE highlight SET parts = '[]'", "parts of a highlight"),
    ("UPDATE highlight SET parts = 'none'", "parts of a highlight"),
    ("DELETE FROM coder WHERE name = 'Ana'", "a row of highlight points to a row of coder"),
]


@pytest.mark.parametrize(("sql", "reason"), BROKEN, ids=[sql[:48] for sql, _ in BROKEN])
def test_what_was_broken_from_outside_is_found(path: Path, sql: str, reason: str) -> None:
    with closing(sqlite3.connect(path)) as outside:
        outside.execute(sql)
        outside.commit()
    assert any(reason in what for what in findings(path)), findings(path)


@pytest.mark.parametrize("part", ["idx_highlight_code", "highlight", "article_text_fts_data"])
def test_pages_that_were_overwritten_are_found(path: Path, part: str) -> None:
    with closing(sqlite3.connect(path)) as outside:
        (root,) = outside.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [part]).fetchone()
        (size,) = outside.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : (root - 1) * size + 64] = b"\xff" * 64
    path.write_bytes(data)
    assert findings(path)
