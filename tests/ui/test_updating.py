"""A taxonomy updated from a file: a look first, then one step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotate.codebook_files import write_json
from annotate.model import Taxonomy
from annotate.questions import QuestionKind
from storage import Step, questions, taxonomies
from tests.ui.coded import Coded
from ui import ask
from ui.codes.pane import CodesPane
from ui.codes.updating import UpdateTaxonomy, read

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


FILE = """id,notation,label,parent,definition
f:1,1,Economy,,Money matters
f:11,11,Costs,f:1,
f:2,2,Legality,,What laws say
f:3,3,Health,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "frames.csv"
    path.write_text(FILE, "utf-8")
    return path


def frames(coded: Coded) -> Taxonomy:
    return next(each for each in taxonomies.all_taxonomies(coded.project) if each.id == "frames")


@pytest.fixture
def sheet(qtbot, coded, look, file):
    made = UpdateTaxonomy(coded.session, look, "frames", file, read(file, frames(coded)))
    qtbot.addWidget(made)
    made.open()
    return made


def test_what_would_change_is_shown_before_anything_does(coded, sheet):
    coded.mark("f:12", 0, 9)
    sheet._show()
    words = sheet.text.toPlainText()
    assert (
        sheet.head.text() == "From frames.csv: 5 codes: 1 new, 2 changed, 1 as they were, 1 not in the file"
    )
    assert "+ 3 Health" in words
    assert "renamed Economic Economy" in words
    assert "12 Jobs, 1 highlight" in words
    assert "The file says nothing of these, so they stay:" in words
    assert sheet.missing.itemText(2) == "Remove those without highlights (0)"
    assert {code.label for code in frames(coded).codes} == {"Economic", "Costs", "Jobs", "Legality"}


def test_it_is_one_step_and_what_the_file_lacks_is_as_chosen(coded, sheet):
    before = frames(coded).codes
    sheet.missing.setCurrentIndex(sheet.missing.findData("retire"))
    sheet.reason.setText("Second edition")
    said: list[str] = []
    coded.session.said.connect(said.append)
    sheet.accept()
    assert said == ["“Frames” updated: 1 added, 2 changed, 1 retired"]
    after = {code.id: code for code in frames(coded).codes}
    assert after["f:12"].retired
    assert (after["f:1"].label, after["f:3"].label) == ("Economy", "Health")
    coded.session.undo()
    assert frames(coded).codes == before


def test_a_file_that_changes_nothing_offers_nothing_but_what_it_lacks(qtbot, coded, look, tmp_path):
    path = tmp_path / "frames.json"
    path.write_text(write_json(frames(coded)), "utf-8")
    made = UpdateTaxonomy(coded.session, look, "frames", path, read(path, frames(coded)))
    qtbot.addWidget(made)
    made.open()
    assert "Nothing differs." in made.text.toPlainText()
    assert not made.accept_button.isEnabled()
    assert not made._what.isVisible()


def test_it_opens_from_the_menu_with_a_file(qtbot, coded, look, file, monkeypatch):
    pane = CodesPane(coded.session, look)
    qtbot.addWidget(pane)
    monkeypatch.setattr(ask, "open_one", lambda *_: file)
    made = pane.menu.update_from_file("frames")
    assert isinstance(made, UpdateTaxonomy)
    made.reject()
    file.write_text("no,thing\n1,2\n", "utf-8")
    failed: list[str] = []
    coded.session.failed.connect(failed.append)
    assert pane.menu.update_from_file("frames") is None
    assert "label" in failed[0]
    monkeypatch.setattr(ask, "open_one", lambda *_: None)
    assert pane.menu.update_from_file("frames") is None


def test_what_is_stored_is_compared_not_what_is_shown(qtbot, coded, look, tmp_path):
    asked = questions.new("frames", "urgent", kind=QuestionKind.YES_NO)

    def work(step: Step) -> None:
        questions.add(step, [asked])
        taxonomies.edit_codes(step, ["f:1"], labels=(("fr", "Économie"),))
        step.edit("taxonomy", [{"id": "frames", "shown": "fr"}])

    coded.session.do("French", work)
    assert coded.session.codes["f:1"].label == "Économie"
    path = tmp_path / "frames.json"
    path.write_text(write_json(replace(frames(coded), questions=(replace(asked, required=True),))), "utf-8")
    made = UpdateTaxonomy(coded.session, look, "frames", path, read(path, frames(coded)))
    qtbot.addWidget(made)
    made.open()
    assert made.text.toPlainText().startswith("Question “urgent”\nrequired no yes")
    made.accept()
    assert frames(coded).questions[0].required
