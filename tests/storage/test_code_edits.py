"""Edits stored while one types: one line of the log, whatever number of steps."""

from __future__ import annotations

import pytest

from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from storage import Project, change_log, code_edits, code_use, taxonomies

HELD = Taxonomy("t", "t", "T", codes=(Code("a", "t", None, "1", "A", definition="old"),))


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.postil") as made:
        made.do("Begin", lambda step: taxonomies.add(step, HELD))
        yield made


def go_on(project, before, lines, **values):
    change = project.do("Edit", lambda step: code_edits.go_on(step, before, lines, **values))
    return [id for id in change.ids.get("taxonomy_change", ()) if id not in lines]


def test_steps_of_one_edit_leave_one_line_that_tells_from_beginning_to_end(project):
    before = taxonomies.code(project, "a")
    lines = go_on(project, before, [], definition="new")
    lines = go_on(project, before, lines, definition="newer")
    (line,) = change_log.lines(project, "t")
    assert line.details["definition"] == ["old", "newer"]
    go_on(project, before, lines, definition="old")
    assert change_log.lines(project, "t") == []
    for _ in range(3):
        project.undo()
    assert taxonomies.code(project, "a").definition == "old"
    assert change_log.lines(project, "t") == []


def test_a_taxonomy_needs_a_title_and_no_other_field_is_written(project):
    held = taxonomies.all_taxonomies(project)[0]
    project.do("Edit", lambda step: code_edits.edit_taxonomy(step, held, licence="CC0", shown="fr"))
    held = taxonomies.all_taxonomies(project)[0]
    assert (held.licence, held.shown) == ("CC0", "fr")
    with pytest.raises(UserError, match="needs a title"):
        project.do("Edit", lambda step: code_edits.edit_taxonomy(step, held, title=" "))
    with pytest.raises(ValueError, match="slug"):
        project.do("Edit", lambda step: code_edits.edit_taxonomy(step, held, slug="x"))


def test_a_code_that_nobody_used_has_no_coders(project):
    assert code_use.of_code(project, "a") == code_use.Use(0, 0, 0, ())
    assert code_use.of_taxonomy(project, "t").highlights == 0
