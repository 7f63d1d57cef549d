"""A locked standard stays as it is; the study's own codes stand below it and are rolled up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from annotate.codetree import by_id, moved
from annotate.errors import UserError
from annotate.model import Code, Draft, Taxonomy
from annotate.standards import rolled_up
from annotate.taxonomy_plan import plan
from storage import (
    Project,
    Step,
    articles,
    change_log,
    coders,
    highlights,
    restructuring,
    standards,
    taxonomies,
)  # fmt: skip
from storage.at_standard import at_standard
from storage.exchange import dataset
from storage.taxonomy_update import update

CODES = (
    Code("s:9", "s", None, "9", "Immigration"),
    Code("s:900", "s", "s:9", "900", "Immigration", position=0),
    Code("s:910", "s", "s:9", "910", "Citizenship", position=1),
    Code("s:10", "s", None, "10", "Transport", position=1),
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.postil") as made:
        made.do("Add", lambda step: taxonomies.add(step, Taxonomy("s", "s", "Standard", codes=CODES)))
        made.do("Add", lambda step: taxonomies.add(step, Taxonomy("own", "own", "Own")))
        made.do("Lock", lambda step: standards.lock(step, "s", "as published"))
        yield made


def codes(project: Project) -> dict[str, Code]:
    return by_id(code for each in taxonomies.all_taxonomies(project) for code in each.codes)


def add(project: Project, id: str, parent: str | None, taxonomy: str = "s") -> None:
    project.do(
        "New code", lambda step: taxonomies.add_codes(step, [Code(id, taxonomy, parent, "", id.title())])
    )


def test_codes_added_below_a_standard_are_the_studys_own(project: Project) -> None:
    add(project, "transfer", "s:900")
    add(project, "flight", "transfer")
    add(project, "other", None, "own")
    assert [id for id, code in codes(project).items() if code.own] == ["transfer", "flight"]
    assert rolled_up(codes(project)) == {"transfer": "s:900", "flight": "s:900"}


def test_nothing_is_put_beside_the_standards_codes(project: Project) -> None:
    with pytest.raises(UserError, match="put “Other” below one of its codes"):
        add(project, "other", None)


@pytest.mark.parametrize("field", ["label", "notation", "definition", "assignable"])
def test_what_a_standard_says_cannot_be_changed(project: Project, field: str) -> None:
    value = False if field == "assignable" else "changed"
    with pytest.raises(UserError, match="locked as a standard"):
        project.do("Edit", lambda step: taxonomies.edit_codes(step, ["s:900"], **{field: value}))
    assert codes(project)["s:900"] == CODES[1]


def test_how_the_study_uses_a_standards_code_is_for_it_to_say(project: Project) -> None:
    said = {"use_when": "a flight is told", "examples": "“a flight”", "colour": "teal", "shortcut": "9"}
    project.do("Edit", lambda step: taxonomies.edit_codes(step, ["s:900"], **said))
    project.do("Retire", lambda step: restructuring.retire(step, ["s:910"]))
    assert codes(project)["s:900"] == replace(CODES[1], **said)
    assert codes(project)["s:910"].retired


def test_a_standards_code_is_neither_removed_nor_merged_away(project: Project) -> None:
    add(project, "transfer", "s:900")
    with pytest.raises(UserError, match="locked"):
        project.do("Delete", lambda step: taxonomies.remove_codes(step, ["s:9"]))
    with pytest.raises(UserError, match="locked"):
        project.do("Merge", lambda step: restructuring.merge(step, ["s:910"], "s:900"))
    project.do("Merge", lambda step: restructuring.merge(step, ["transfer"], "s:900"))
    assert "transfer" not in codes(project)


def test_a_standards_code_keeps_its_place_and_ones_own_may_move(project: Project) -> None:
    add(project, "transfer", "s:900")
    held = list(codes(project).values())
    for parent, place in (("s:10", 0), ("s:9", 5)):
        with pytest.raises(UserError, match="locked"):
            project.do(
                "Move",
                lambda step, p=parent, at=place: taxonomies.move_codes(step, moved(held, "s:900", p, at)),
            )
    project.do("Move", lambda step: taxonomies.move_codes(step, moved(held, "transfer", "s:9", 1)))
    shown = codes(project)
    order = sorted((code for code in shown.values() if code.parent == "s:9"), key=lambda code: code.position)
    assert [code.id for code in order] == ["s:900", "transfer", "s:910"]
    assert shown["transfer"].own


def test_a_code_that_leaves_a_standard_is_no_overlay_any_more(project: Project) -> None:
    add(project, "transfer", "s:900")
    out = replace(codes(project)["transfer"], taxonomy="own", parent=None)
    project.do("Move", lambda step: taxonomies.move_codes(step, [out]))
    assert not codes(project)["transfer"].own
    back = replace(out, taxonomy="s", parent="s:910")
    project.do("Move", lambda step: taxonomies.move_codes(step, [back]))
    assert codes(project)["transfer"].own


def test_unlocking_lets_codes_be_changed_and_both_are_told_and_undone(project: Project) -> None:
    add(project, "transfer", "s:900")
    project.do("Unlock", lambda step: standards.unlock(step, "s"))
    project.do("Edit", lambda step: taxonomies.edit_codes(step, ["s:900"], label="Migration"))
    told = [line.what.value for line in change_log.lines(project, "s")]
    assert told == ["renamed", "unlocked", "added", "locked"]
    assert codes(project)["transfer"].own
    project.undo()
    project.undo()
    with pytest.raises(UserError, match="locked"):
        project.do("Edit", lambda step: taxonomies.edit_codes(step, ["s:900"], label="Migration"))


def test_a_newer_edition_of_the_standard_changes_it_and_leaves_ones_own_alone(project: Project) -> None:
    add(project, "transfer", "s:900")
    newer = (
        replace(CODES[0], label="Migration"),
        *CODES[1:],
        Code("s:920", "s", "s:9", "920", "Asylum", position=2),
    )
    held = taxonomies.all_taxonomies(project)[0]
    found = plan(held, Taxonomy("s", "s", "Standard", codes=newer))
    assert not found.missing
    project.do("Update", lambda step: update(project, step, found, missing="remove-unused"))
    shown = codes(project)
    assert shown["s:9"].label == "Migration"
    assert not shown["s:920"].own
    assert shown["transfer"].own
    assert shown["transfer"].parent == "s:900"
    assert taxonomies.all_taxonomies(project)[0].locked


def test_an_export_at_the_standards_level_raises_the_studys_own_codes(project: Project) -> None:
    add(project, "transfer", "s:900")
    ids: list[str] = []

    def work(step: Step) -> None:
        (article,) = articles.add(step, [Draft("The court stopped the flight.", "Court")], ["a"], [None])
        coder = coders.ensure(step, "Ana")
        marks = [
            highlights.make(article, coder, code, [(start, start + 3)])
            for start, code in ((0, "transfer"), (4, "s:910"), (10, None))
        ]
        highlights.add(step, marks)
        ids.extend(mark.id for mark in marks)

    project.do("Code", work)
    whole = at_standard(project, dataset(project))
    told = {span.id: (span.code, span.notation, span.path) for span in whole.spans()}
    assert told == {
        ids[0]: ("s:900", "900", "Immigration > Immigration"),
        ids[1]: ("s:910", "910", "Immigration > Citizenship"),
        ids[2]: (None, "", ""),
    }
    assert [span.code for each in whole.articles() for span in each.spans] == ["s:900", "s:910", None]
    assert "transfer" not in {code.id for each in whole.taxonomies for code in each.codes}
    (note,) = whole.notes
    assert note.startswith("At the standard's level: 1 mark with 1 code of the study's own")


def test_columns_stand_in_the_order_of_the_values_fields() -> None:
    """A row becomes a code by position."""
    assert [each.name for each in fields(Code)] == list(taxonomies.FIELD_NAMES)
