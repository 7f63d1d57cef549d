"""The demonstration project: what a first-time user is shown, and a file like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.demo import demonstration
from annotate.errors import UserError
from storage import Project, articles, coders, highlights
from storage.checking import check
from storage.demo import demo_place, make_demo
from storage.exchange import coded_spans
from storage.originals import original


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "demo.postil"
    make_demo(path)
    return path


def test_it_has_what_the_manual_promises(demo: Path) -> None:
    with Project.open(demo, write=False) as project:
        listed = articles.all_articles(project)
        assert len(listed) >= 12
        assert highlights.count(project) >= 180
        assert len(coders.all_coders(project)) == 2
        assert len({span.taxonomy for span in coded_spans(project)} - {""}) >= 2
        assert {article.state for article in listed} == {"to do", "in progress", "done", "skipped"}
        assert any(letter >= "😀" for article in listed for letter in articles.text(project, article.id))
        assert any(
            "\u0590" <= letter <= "\u06ff" for each in listed for letter in articles.text(project, each.id)
        )
        assert check(project) == []


def test_originals_are_the_files_that_were_written_for_it(demo: Path) -> None:
    with Project.open(demo, write=False) as project:
        held = {each.source: original(project, each.id) for each in articles.all_articles(project)}
    assert held == {each.source: each.data for each in demonstration().articles}


def test_a_file_that_is_there_is_left_alone(demo: Path) -> None:
    before = demo.read_bytes()
    with pytest.raises(UserError, match="already there"):
        make_demo(demo)
    assert demo.read_bytes() == before
    assert list(demo.parent.iterdir()) == [demo]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        make_demo(tmp_path / "nowhere" / "demo.postil")


def test_its_place_can_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTIL_DEMO", str(tmp_path / "elsewhere.postil"))
    assert demo_place() == tmp_path / "elsewhere.postil"
    monkeypatch.delenv("POSTIL_DEMO")
    assert demo_place().suffix == ".postil"
