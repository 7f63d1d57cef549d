"""Labels in another language: shown everywhere in the window, written where they are shown, never exported as main."""

from __future__ import annotations

import pytest

from annotate.languages import in_shown_language, is_language, labels_of, language_of
from annotate.model import Code, Taxonomy
from storage import taxonomies
from tests.ui.workbench import bench, window
from ui.codes import deeds

__all__ = ["bench", "window"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def shown_in_french(window) -> None:
    session = window.workspace.session
    deeds.edit(session, session.codes["economic"], {"labels": (("fr", "Économie"),)})
    page = window.workspace.workbench.taxonomy_page
    window.workspace.workbench.show_taxonomy("frames")
    at = page.shown.findData("fr")
    page.shown.setCurrentIndex(at)
    page.shown.activated.emit(at)


def test_the_tree_and_the_finding_of_codes_show_the_language_that_was_chosen(bench, window):
    session = window.workspace.session
    shown_in_french(window)
    assert session.codes["economic"].label == "Économie"
    assert session.codes["legal"].label == "Legality"
    assert bench.codes.model.index_of("economic").data() == "Économie"
    assert session.find_codes("Économie")[0] == "economic"
    assert taxonomies.code(session.project, "economic").label == "Economic"
    bench.show_code("economic")
    assert bench.page.head.label.reads.text() == "Economic"
    session.undo()
    assert session.codes["economic"].label == "Economic"


def test_a_label_is_renamed_in_the_language_in_which_it_is_shown(bench, window):
    session = window.workspace.session
    shown_in_french(window)
    assert deeds.rename(session, session.taxonomies[0], session.codes["economic"], "Finances")
    stored = taxonomies.code(session.project, "economic")
    assert (stored.label, stored.labels) == ("Economic", (("fr", "Finances"),))
    assert deeds.edit(session, session.codes["legal"], {"label": "Law"})
    assert taxonomies.code(session.project, "legal").label == "Law"


def test_languages_are_told_from_other_columns():
    assert (language_of("label_pt_br"), language_of("label_colour"), language_of("label")) == (
        "pt-br",
        "",
        "",
    )
    assert is_language("sr-latn-rs")
    assert not is_language("French")
    assert labels_of({"fr": "b", "de": "a", "": "x", "nl": ""}) == (("de", "a"), ("fr", "b"))


def test_a_taxonomy_without_a_chosen_language_stays_the_same_value():
    held = Taxonomy("t", "t", "T", codes=(Code("a", "t", None, "", "A", labels=(("fr", "B"),)),))
    assert in_shown_language(held) is held
