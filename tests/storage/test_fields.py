"""Own fields: kinds, setting many at once, from names of files and from tables, and as filters of the list."""

from __future__ import annotations

import pytest

from annotate.errors import UserError
from annotate.model import Draft
from storage import Project, articles, fields
from storage.fields import Field


@pytest.fixture
def ids(project: Project) -> list[str]:
    drafts = [Draft(f"Text {at}", f"Title {at}", "CNN", attributes={"reach": str(at)}) for at in range(3)]
    sources = [f"2025-03-0{at + 1}_CNN_North.txt" for at in range(2)] + ["other.txt"]
    made: list[str] = []
    project.do("Add", lambda step: made.extend(articles.add(step, drafts, sources, [None] * 3)))
    return made


def own(project: Project, id: str) -> dict[str, str]:
    return dict(articles.article(project, id).attributes)


def test_fields_are_found_and_defined(project: Project, ids: list[str]) -> None:
    fields.define(project, Field("stance", "choice", ("for", "against")))
    assert fields.all_fields(project) == [
        Field("stance", "choice", ("for", "against")),
        Field("reach", used=3),
    ]
    for name, kind in (("title", "text"), (" ", "text"), ("a", "colour")):
        with pytest.raises(UserError):
            fields.define(project, Field(name, kind))


def test_values_are_set_on_many_and_taken_away_as_one_step(project: Project, ids: list[str]) -> None:
    values = {id: {"stance": "for", "reach": "", "outlet": "BBC"} for id in ids}
    project.do("Set", lambda step: fields.set_values(step, project, values))
    assert own(project, ids[1]) == {"stance": "for"}
    assert articles.article(project, ids[1]).outlet == "BBC"
    project.undo()
    assert own(project, ids[1]) == {"reach": "1"}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [("number", "1,5", "many"), ("date", "2025-03", "March"), ("choice", "for", "maybe")],
)
def test_values_are_of_their_kind(project: Project, ids: list[str], kind: str, good: str, bad: str) -> None:
    fields.define(project, Field("it", kind, ("for",)))
    project.do("Set", lambda step: fields.set_values(step, project, {ids[0]: {"it": good}}))
    assert own(project, ids[0])["it"] == good
    with pytest.raises(UserError):
        project.do("Set", lambda step: fields.set_values(step, project, {ids[0]: {"it": bad}}))
    assert own(project, ids[0])["it"] == good


def test_names_of_files_fill_fields(project: Project, ids: list[str]) -> None:
    found = fields.from_names(project, ids, "{date}_{outlet}_{region}")
    assert found[ids[0]] == {"date": "2025-03-01", "outlet": "CNN", "region": "North"}
    assert ids[2] not in found
    project.do("Fill", lambda step: fields.set_values(step, project, found))
    assert (articles.article(project, ids[0]).date, own(project, ids[0])["region"]) == ("2025-03-01", "North")


def test_a_table_fills_fields_by_what_names_the_articles(project: Project, ids: list[str]) -> None:
    rows = [("Title 0", "left", "2025"), ("Title 9", "right", ""), ("Title 1", "right", "")]
    found = fields.from_table(project, ("title", "leaning", "Date"), rows, "title", "title")
    assert found.unknown == ("Title 9",)
    assert found.values == {ids[0]: {"leaning": "left", "date": "2025"}, ids[1]: {"leaning": "right"}}
    with pytest.raises(UserError, match="no column"):
        fields.from_table(project, ("a",), [], "id")
    with pytest.raises(UserError, match="named by"):
        fields.from_table(project, ("a",), [], "a", "colour")


def test_fields_filter_the_list(project: Project, ids: list[str]) -> None:
    def titles(filter: str) -> list[str]:
        found = articles.all_numbers(project, filter, "added", False)
        rows = articles.rows(project, list(found))
        return [rows[number].title for number in found]

    assert titles("reach>0") == ["Title 1", "Title 2"]
    assert titles("title reach<=1 outlet=cnn") == ["Title 0", "Title 1"]
    assert titles('state="to do" reach!=1') == ["Title 0", "Title 2"]
    assert titles("nothing=1") == []
