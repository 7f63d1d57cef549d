"""Crosswalks in the file: made, kept right, and marks seen and exported through them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.crosswalk_files import read
from annotate.crosswalks import Match, turned
from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from annotate.writers import Options, writer, written
from storage import articles, crosswalks, exchange, highlights, relations, restructuring, taxonomies
from storage.checking import check
from storage.crosswalks_in import plan, take
from storage.through import seen, through
from tests.storage.data import ada, ids_of, mark, project_with

OTHER = Taxonomy(
    "t-other", "other", "Other",
    codes=(
        Code("o-money", "t-other", None, "M", "Money"), Code("o-law", "t-other", None, "L", "Law", position=1),
        Code("o-good", "t-other", None, "G", "Good", position=2),
    ),
)  # fmt: skip


class Study:
    def __init__(self, path: Path) -> None:
        self.project = project_with(path, ("One text with many words.", "Another."))
        self.project.do("Other", lambda step: taxonomies.add(step, OTHER))
        self.walk = crosswalks.make("Ours to other", "t-frames", "t-other", origin="us")
        self.project.do("Walk", lambda step: crosswalks.add(step, self.walk))
        self.article = ids_of(self.project)[0]

    def put(self, code: str, match: str, other: str) -> None:
        self.project.do("Map", lambda step: crosswalks.put(step, self.walk.id, code, Match(match), other))

    @property
    def links(self) -> list[tuple[str, str, str]]:
        held = crosswalks.named(self.project, "ours to OTHER")
        return [(each.code, str(each.match), each.other) for each in held.mappings]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study(tmp_path / "p.postil")
    yield made
    assert check(made.project) == []
    made.project.close()


def test_a_mapping_is_put_changed_and_dropped(study: Study) -> None:
    study.put("f-1", "exact", "o-money")
    study.put("f-1", "close", "o-money")
    study.put("f-2", "broad", "o-good")
    assert study.links == [("f-1", "close", "o-money"), ("f-2", "broad", "o-good")]
    held = crosswalks.named(study.project, study.walk.id)
    study.project.do("Drop", lambda step: crosswalks.drop(step, [held.mappings[0].id]))
    assert study.links == [("f-2", "broad", "o-good")]
    study.project.undo()
    assert len(study.links) == 2


def test_what_cannot_be_is_refused(study: Study) -> None:
    with pytest.raises(UserError, match="not in the taxonomies"):
        study.put("o-money", "exact", "f-1")
    with pytest.raises(UserError, match="two taxonomies"):
        crosswalks.make("x", "t-frames", "t-frames")
    with pytest.raises(UserError, match="already"):
        study.project.do(
            "Walk", lambda step: crosswalks.add(step, crosswalks.make("Ours to other", "a", "b"))
        )
    with pytest.raises(UserError, match="there are “Ours to other”"):
        crosswalks.named(study.project, "nowhere")


def test_mappings_follow_codes_that_are_merged_and_go_with_those_removed(study: Study) -> None:
    study.put("f-11", "exact", "o-money")
    study.put("f-1", "close", "o-money")
    study.put("f-2", "close", "o-good")
    study.project.do("Merge", lambda step: restructuring.merge(step, ["f-11"], "f-2"))
    assert ("f-2", "exact", "o-money") in study.links
    study.project.do("Merge", lambda step: restructuring.merge(step, ["o-money"], "o-good"))
    assert study.links == [("f-1", "close", "o-good"), ("f-2", "close", "o-good")]
    study.project.do("Remove", lambda step: taxonomies.remove_codes(step, ["f-1"]))
    assert study.links == [("f-2", "close", "o-good")]
    for _ in range(3):
        study.project.undo()
    assert len(study.links) == 3


@pytest.mark.parametrize("id", ["t-frames", "t-other"])
def test_a_crosswalk_goes_with_either_taxonomy(study: Study, id: str) -> None:
    study.put("f-1", "exact", "o-money")
    study.project.do("Remove", lambda step: taxonomies.remove_taxonomy(step, id))
    assert crosswalks.all_crosswalks(study.project) == []
    study.project.undo()
    assert study.links == [("f-1", "exact", "o-money")]


def filled(study: Study) -> None:
    """Marks: two Economic, one Costs (below it), one Moral, one Law, one bare. Economic → two, Moral → nothing."""
    study.put("f-1", "close", "o-money")
    study.put("f-1", "close", "o-good")
    study.put("f-2", "related", "o-law")
    for start, code in ((0, "f-1"), (4, "f-1"), (9, "f-11"), (14, "f-2"), (19, "o-law"), (20, None)):
        mark(study.project, study.article, start, start + 3, code)


def test_marks_are_counted_through_it(study: Study) -> None:
    filled(study)
    found = seen(study.project, crosswalks.named(study.project, study.walk.id))
    assert found.counts == {"o-money": 3, "o-good": 3, "o-law": 1}
    assert (found.come, found.own, found.split, found.above, found.bare) == (3, 1, 3, 1, 1)
    assert found.without == {"f-2": 1}
    assert list(found.notes("W")) == [
        "Seen through “W”: 3 marks under the codes of the other taxonomy.",
        "1 mark had a code of it already.",
        "1 mark left out: 1 code without an exact, close or broad match.",
        "3 marks with a code that leads to several: a row for each of these.",
        "1 mark by the mapping of a code above theirs.",
        "1 mark without a code left out.",
    ]
    back = seen(study.project, turned(crosswalks.named(study.project, study.walk.id)))
    assert (back.come, back.counts) == (0, {"f-1": 2, "f-11": 1, "f-2": 1})


def test_an_export_has_the_other_taxonomys_codes(study: Study) -> None:
    filled(study)
    walk = crosswalks.named(study.project, study.walk.id)
    told = through(study.project, exchange.dataset(study.project), walk)
    spans = list(told.spans())
    assert [(span.start, span.taxonomy, span.notation, span.label) for span in spans][:3] == [
        (0, "other", "M", "Money"), (0, "other", "G", "Good"), (4, "other", "M", "Money"),
    ]  # fmt: skip
    assert len({span.id for span in spans}) == len(spans) == 7
    assert [span for article in told.articles() for span in article.spans] == spans
    out = io.BytesIO()
    done = written(writer("csv"), told, out, Options())
    assert done.rows == 7
    assert done.notes[:2] == told.notes[:2]
    assert [each.slug for each in told.taxonomies] == ["other"]


def test_relations_come_through_where_both_marks_do(study: Study) -> None:
    filled(study)
    type = relations.make_type("t-frames", "meets")
    marks = highlights.of_article(study.project, study.article)
    pairs = [(marks[0].id, marks[1].id), (marks[0].id, marks[3].id)]
    links = [relations.make(study.article, ada(study.project), type.id, *pair) for pair in pairs]

    def work(step) -> None:
        relations.add_types(step, [type])
        relations.add(step, links)

    study.project.do("Relate", work)
    told = through(
        study.project, exchange.dataset(study.project), crosswalks.named(study.project, study.walk.id)
    )
    assert [link.id for link in told.relations()] == [links[0].id]
    assert [link.id for each in told.articles() for link in each.relations] == [links[0].id]


ROWS = "source_id,match,target_id\n1,exact,Money\nf-2,broad,G\nf-1,close,L\nx,exact,M\n"


def test_a_file_is_planned_and_taken_as_one_step(study: Study) -> None:
    study.put("f-1", "related", "o-law")
    rows = read(ROWS.encode(), "x.csv")
    wanted = plan(study.project, rows, title="Ours to other")
    assert (len(wanted.new), len(wanted.changed), wanted.known, len(wanted.unknown)) == (2, 1, 0, 1)
    study.project.do("Take", lambda step: take(step, wanted))
    assert study.links == [("f-1", "exact", "o-money"), ("f-1", "close", "o-law"), ("f-2", "broad", "o-good")]
    again = plan(study.project, rows, title="Ours to other")
    assert (again.new, again.changed, again.known) == ((), (), 3)
    study.project.undo()
    assert study.links == [("f-1", "related", "o-law")]


def test_a_file_makes_a_crosswalk_of_its_own_or_is_turned(study: Study) -> None:
    rows = read(ROWS.encode(), "x.csv")
    fresh = plan(study.project, rows, title="New", origin="them")
    assert (fresh.fresh, fresh.crosswalk.origin) == (True, "them")
    study.project.do("Take", lambda step: take(step, fresh))
    assert len(crosswalks.named(study.project, "New").mappings) == 3
    swapped = [replace(row, code=row.other, other=row.code) for row in rows]
    wanted = plan(study.project, swapped, title="New")
    assert {str(row.match) for row in wanted.changed} == {"narrow"}  # broad, read the other way
    with pytest.raises(UserError, match="no taxonomy “nowhere”"):
        plan(study.project, rows, title="x", source="nowhere")
    with pytest.raises(UserError, match="add it first"):
        plan(study.project, read(b"source_id,match,target_id\nq,exact,r\n", "x.csv"), title="x")
    assert articles.count(study.project) == 2
