"""Imports beside the window: real files, a real process, cancelled, killed, gone on with, and cut."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from storage import articles, importing
from storage.importing import ImportReport, Progress, Told
from tests.shared import shared
from tests.ui.lists import opened
from ui import ask
from ui.import_notices import ImportStrip, offer_password, offer_split, offer_unfinished, said_of
from ui.import_process import Work, import_process
from ui.importing import ImportJob
from ui.notice import Notices

PATIENCE = 120_000  # milliseconds: the import gives way to whatever else the machine does
WORD = "The ministry answered on the record and the committee took note of it. "


@pytest.fixture
def empty(look, tmp_path):
    session = opened(tmp_path, look, filled=False)
    yield session
    session.close()


def write_files(folder: Path, number: int, size: int = 6) -> list[Path]:
    folder.mkdir()
    for at in range(number):
        (folder / f"{at:04}.txt").write_text(f"Article {at}\n\n{WORD * size}{at}.\n", encoding="utf-8")
    return sorted(folder.iterdir())


def ended(qtbot, job: ImportJob, signal_name: str = "finished"):
    try:
        with qtbot.waitSignal(getattr(job, signal_name), timeout=PATIENCE) as told:
            job.start()
    except BaseException:
        job.cancel(wait=True)  # its project is about to be closed
        raise
    qtbot.waitUntil(lambda: not job._timer.isActive(), timeout=PATIENCE)
    return told.args[0]


def test_files_come_in_and_the_window_notices(empty, qtbot, tmp_path):
    write_files(tmp_path / "in", 60)
    touched: set[str] = set()
    empty.changed.connect(lambda change: touched.update(change.articles))
    report = ended(qtbot, ImportJob(empty, [tmp_path / "in"], coder="Ana"))
    assert len(report.articles) == 60 == articles.count(empty.project)
    assert touched == set(report.articles)


def test_known_texts_and_unreadable_files_are_told_and_the_rest_comes_in(empty, qtbot, tmp_path):
    files = write_files(tmp_path / "in", 3)
    (tmp_path / "in" / "again.txt").write_bytes(files[0].read_bytes())
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    report = ended(qtbot, ImportJob(empty, [tmp_path / "in"]))
    assert (len(report.articles), len(report.duplicates), len(report.failures)) == (3, 1, 1)
    assert said_of(report) == ("3 articles added, 1 already there, 1 could not be read.", True)


def test_the_import_is_one_step_to_undo(empty, qtbot, tmp_path):
    write_files(tmp_path / "in", 40)
    ended(qtbot, ImportJob(empty, [tmp_path / "in"]))
    empty.undo()
    assert articles.count(empty.project) == 0


def test_cancelled_within_a_second_and_what_is_in_stays(empty, qtbot, tmp_path):
    write_files(tmp_path / "in", 3000)
    job = ImportJob(empty, [tmp_path / "in"])
    with qtbot.waitSignal(job.progress, timeout=PATIENCE):
        job.start()
    began = time.monotonic()
    with qtbot.waitSignal(job.finished, timeout=5_000) as told:
        job.cancel()
    assert time.monotonic() - began < 1.0
    assert told.args[0].cancelled
    assert 0 < articles.count(empty.project) < 3000
    assert importing.unfinished(empty.project) == []


def test_a_slow_file_does_not_hold_up_a_cancel(empty, qtbot, tmp_path):
    fifo = tmp_path / "in"
    write_files(fifo, 3)
    slow = shared("samples/pdf")
    job = ImportJob(empty, [fifo, slow, *[slow] * 5])
    with qtbot.waitSignal(job.progress, timeout=PATIENCE):
        job.start()
    began = time.monotonic()
    outcomes: list[object] = []
    job.finished.connect(outcomes.append)
    job.failed.connect(outcomes.append)
    job.cancel()
    qtbot.waitUntil(lambda: bool(outcomes), timeout=5_000)
    assert time.monotonic() - began < 1.5
    qtbot.waitUntil(lambda: not job._process.is_alive(), timeout=5_000)
    assert importing.unfinished(empty.project) == []


@pytest.mark.skipif(os.name != "posix", reason="kills by signal")
def test_a_killed_process_costs_one_sentence_and_can_be_gone_on_with(empty, qtbot, look, tmp_path):
    write_files(tmp_path / "in", 1500)
    job = ImportJob(empty, [tmp_path / "in"], coder="Ana")
    with qtbot.waitSignal(job.progress, timeout=PATIENCE):
        job.start()
    qtbot.waitUntil(lambda: articles.count(empty.project) > 20, timeout=PATIENCE)
    with qtbot.waitSignal(job.failed, timeout=PATIENCE) as told:
        os.kill(job._process.pid, signal.SIGKILL)
    assert "broke off" in told.args[0]
    there = articles.count(empty.project)
    assert 0 < there < 1500
    notices = Notices(look)
    qtbot.addWidget(notices)
    chosen: list[importing.Unfinished] = []
    offer_unfinished(empty, notices, chosen.append)
    notice = notices.standing()[0]
    assert "of 1,500 files" in notice.text
    answer = next(button for button in notice.findChildren(QPushButton) if button.text() == "Go on")
    qtbot.mouseClick(answer, Qt.MouseButton.LeftButton)
    ended(qtbot, ImportJob(empty, [], killed=chosen[0]))
    assert articles.count(empty.project) == 1500
    empty.undo()
    assert articles.count(empty.project) == 0


def test_closing_waits_no_longer_than_a_second(empty, qtbot, tmp_path):
    write_files(tmp_path / "in", 3000)
    job = ImportJob(empty, [tmp_path / "in"])
    with qtbot.waitSignal(job.progress, timeout=PATIENCE):
        job.start()
    began = time.monotonic()
    job.cancel(wait=True)
    assert time.monotonic() - began < 1.5
    assert not job._process.is_alive()
    assert importing.unfinished(empty.project) == []


def test_no_project_there_is_one_sentence(empty, qtbot, tmp_path):
    job = ImportJob(empty, [tmp_path / "nowhere.txt"])
    report = ended(qtbot, job)
    assert "not there" in report.failures[0].what


def test_the_strip_says_how_far_it_is_and_cancels(empty, look, qtbot, tmp_path):
    write_files(tmp_path / "in", 3000)
    job = ImportJob(empty, [tmp_path / "in"])
    notices = Notices(look)
    qtbot.addWidget(notices)
    strip = ImportStrip(job, look)
    notices.add(strip)
    job.progress.emit(Progress(312, 1000, 298, "a.txt"))
    assert strip.said.text() == "312 of 1,000 files · 298 articles"
    assert (strip.bar.value(), strip.bar.maximum()) == (312, 1000)
    with qtbot.waitSignal(job.progress, timeout=PATIENCE):
        job.start()
    with qtbot.waitSignal(job.finished, timeout=5_000):
        qtbot.mouseClick(strip.stop, Qt.MouseButton.LeftButton)


def test_a_text_with_another_article_behind_it_can_be_cut(empty, look, qtbot):
    sample = shared("samples/news-article.txt")
    report = ended(qtbot, ImportJob(empty, [sample]))
    whole = articles.text(empty.project, report.articles[0])
    notices = Notices(look)
    qtbot.addWidget(notices)
    offer_split(empty, notices, report)
    notice = notices.standing()[0]
    assert sample.name in notice.text
    answer = next(button for button in notice.findChildren(QPushButton) if button.text() == "Split")
    qtbot.mouseClick(answer, Qt.MouseButton.LeftButton)
    parts = [articles.text(empty.project, each.id) for each in articles.all_articles(empty.project)]
    assert len(parts) == 2
    assert "".join(parts) == whole
    empty.undo()
    assert articles.text(empty.project, report.articles[0]) == whole


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (ImportReport(files=1, articles=["a"]), ("1 article added.", False)),
        (
            ImportReport(files=9, articles=["a"], failures=[Told("x", "y")], cancelled=True),
            ("Stopped: 1 article added, 1 could not be read.", True),
        ),
    ],
)
def test_an_import_in_one_sentence(report, said):
    assert said_of(report) == said


def test_encrypted_files_are_offered_with_a_password(empty, look, qtbot, monkeypatch):
    locked = shared("samples/pdf/password-example.pdf")
    report = ended(qtbot, ImportJob(empty, [locked]))
    assert report.locked == [str(locked)]
    notices, added = Notices(look), []
    qtbot.addWidget(notices)
    offer_password(notices, report, lambda paths, wishes: added.append((paths, wishes)))
    monkeypatch.setattr(ask, "password", lambda *_: "test")
    button = next(each for each in notices.findChildren(QPushButton) if each.text() == "Give the password")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    ((paths, wishes),) = added
    report = ended(qtbot, ImportJob(empty, paths, wishes=wishes))
    assert (len(report.articles), report.locked) == (1, [])


def test_an_import_whose_window_is_killed_can_be_gone_on_with(empty, tmp_path):
    write_files(tmp_path / "in", 3000)
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    work = Work((tmp_path / "in",))
    process = spawn.Process(target=import_process, args=(empty.project.path, work, theirs))
    process.start()
    theirs.close()
    while not ours.recv().articles:
        pass
    ours.close()
    process.join(20)
    assert process.exitcode == 0
    (left,) = importing.unfinished(empty.project)
    assert 0 < articles.count(empty.project) == left.done < 3000
    assert len(left.paths) == 3000 - left.done


def test_an_import_that_was_interrupted_as_it_closed_is_not_offered_again(empty, tmp_path):
    write_files(tmp_path / "in", 1)
    job = ImportJob(empty, [tmp_path / "in"])
    with empty.project.unlogged() as db:
        db.conn.execute("INSERT INTO import_run (started, coder, paths, done) VALUES ('2026', '', '[]', 0)")
    assert importing.unfinished(empty.project)
    job.cancel()
    job._heard(importing.ImportReport(cancelled=True))
    assert importing.unfinished(empty.project) == []
