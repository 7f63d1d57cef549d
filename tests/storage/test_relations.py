"""Relations in the file: made, refused, and kept right when marks, codes and taxonomies go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.relations import RelationType
from storage import (
    Project,
    articles,
    coders,
    corrections,
    highlights,
    lost_marks,
    relations,
    restructuring,
    taxonomies,
)
from storage.checking import check
from tests.storage.data import FRAMES, ada, contents, ids_of, mark, project_with

CAUSES = RelationType("r-causes", "t-frames", "causes", ("f-1",), ("f-2",), colour="rust", note="n")
MEETS = RelationType("r-meets", "t-frames", "meets", symmetric=True, position=1)


class Study:
    """Two marks, `cause` under a code below Economic and `problem` under Moral, with two relation types."""

    def __init__(self, path: Path) -> None:
        self.project = project_with(path, ("One text with many words.", "Another."))
        self.project.do("Types", lambda step: relations.add_types(step, [CAUSES, MEETS]))
        self.article, self.other = ids_of(self.project)
        self.cause = mark(self.project, self.article, 0, 3, "f-11").id
        self.problem = mark(self.project, self.article, 9, 13, "f-2").id

    def relate(self, type: str = "r-causes", source: str = "", target: str = "", coder: str = "") -> str:
        made = relations.make(
            self.article, coder or ada(self.project), type, source or self.cause, target or self.problem
        )
        self.project.do("Relate", lambda step: relations.add(step, [made]))
        return made.id

    @property
    def links(self) -> list[tuple[str, str, str]]:
        return [(each.type, each.source, each.target) for each in relations.all_relations(self.project)]


@pytest.fixture
def study(tmp_path: Path) -> Study:
    made = Study(tmp_path / "p.postil")
    yield made
    assert check(made.project) == []
    made.project.close()


def test_types_come_and_go_with_their_taxonomy(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.postil") as project:
        whole = replace(FRAMES, relation_types=(CAUSES, MEETS))
        project.do("Add", lambda step: taxonomies.add(step, whole))
        (held,) = taxonomies.all_taxonomies(project)
        assert held.relation_types == (CAUSES, MEETS)
        project.do("Remove", lambda step: taxonomies.remove_taxonomy(step, "t-frames"))
        assert relations.all_types(project) == []
        project.undo()
        assert relations.all_types(project) == [CAUSES, MEETS]


def test_a_relation_is_found_from_both_ends(study: Study) -> None:
    id = study.relate()
    for end in (study.cause, study.problem):
        assert [each.id for each in relations.of_mark(study.project, end)] == [id]
    assert [each.id for each in relations.of_article(study.project, study.article)] == [id]
    assert relations.of_article(study.project, study.other) == []
    assert relations.count_by_type(study.project) == {"r-causes": 1}


def test_what_does_not_fit_is_refused_and_leaves_no_trace(study: Study) -> None:
    elsewhere = mark(study.project, study.other, 0, 4, "f-2").id
    study.relate("r-meets")
    before = contents(study.project)
    for way, said in (
        ({"source": study.problem, "target": study.cause}, "“causes” starts from highlights of “Economic”"),
        ({"target": study.cause}, "related to itself"),
        ({"target": elsewhere}, "within one article"),
        ({"target": "nobody"}, "no longer in the project"),
        ({"type": "gone"}, "no longer in the project"),
        ({"type": "r-meets", "source": study.problem, "target": study.cause}, "“meets” already"),
    ):
        with pytest.raises(UserError, match=said):
            study.relate(**way)
    assert contents(study.project) == before


def test_another_coder_may_say_the_same(study: Study) -> None:
    study.project.do("Coder", lambda step: coders.ensure(step, "Ben"))
    ben = coders.named(study.project, "Ben")
    study.relate()
    study.relate(coder=ben.id)
    assert len(study.links) == 2


def test_a_relation_turns_only_where_its_type_lets_it(study: Study) -> None:
    one, other = study.relate(), study.relate("r-meets")
    with pytest.raises(UserError, match="starts from"):
        study.project.do("Turn", lambda step: relations.turn(step, one))
    study.project.do("Turn", lambda step: relations.turn(step, other))
    assert study.links[1] == ("r-meets", study.problem, study.cause)


def test_they_go_with_their_marks_and_come_back(study: Study) -> None:
    study.relate()
    study.project.do("Remove", lambda step: highlights.remove(step, [study.problem]))
    assert study.links == []
    study.project.undo()
    assert study.links == [("r-causes", study.cause, study.problem)]


def test_they_go_with_their_article(study: Study) -> None:
    study.relate()
    study.project.do("Remove", lambda step: articles.remove(step, [study.article]))
    assert study.project.value("SELECT count(*) FROM relation") == 0
    study.project.undo()
    assert len(study.links) == 1


def test_a_lost_mark_keeps_its_relations_until_it_is_dropped(study: Study) -> None:
    study.relate()
    study.project.do(
        "Correct", lambda step: corrections.correct(step, study.article, "One text only, so to say.")
    )
    assert (study.links, lost_marks.count(study.project)) == ([], 1)
    assert relations.count_by_type(study.project) == {"r-causes": 1}
    study.project.do("Repair", lambda step: lost_marks.repair(step, study.problem, [(9, 13)]))
    assert len(study.links) == 1
    study.project.undo()
    study.project.do("Drop", lambda step: lost_marks.remove(step, [study.problem]))
    assert relations.count_by_type(study.project) == {}


def test_marks_that_become_one_bring_their_relations_once(study: Study) -> None:
    twin = mark(study.project, study.article, 0, 3, "f-1").id
    study.relate()
    study.relate(source=twin)
    study.relate("r-meets", source=twin, target=study.cause)
    study.project.do("Merge", lambda step: restructuring.merge(step, ["f-11"], "f-1"))
    assert study.links == [("r-causes", twin, study.problem)]
    study.project.undo()
    assert len(study.links) == 3


def test_types_follow_their_codes(study: Study) -> None:
    study.project.do("Merge", lambda step: restructuring.merge(step, ["f-1"], "f-2"))
    assert relations.all_types(study.project)[0].sources == ("f-2",)
    study.project.do("Remove", lambda step: taxonomies.remove_codes(step, ["f-2"]))
    assert relations.all_types(study.project)[0].sources == ()
    with pytest.raises(UserError, match="its codes were removed"):
        study.relate()


def test_relations_that_no_longer_fit_stay_and_are_told(study: Study) -> None:
    id = study.relate()
    codes = {code.id: code for code in taxonomies.all_taxonomies(study.project)[0].codes}
    assert relations.misfits(study.project, codes) == []
    study.project.do("Code", lambda step: highlights.edit(step, [study.problem], code="f-1"))
    assert [each.id for each in relations.misfits(study.project, codes)] == [id]


def test_a_type_needs_a_name_of_its_own(study: Study) -> None:
    with pytest.raises(UserError, match="needs a name"):
        relations.make_type("t-frames", "  ")
    with pytest.raises(UserError, match="already"):
        study.project.do(
            "Type", lambda step: relations.add_types(step, [relations.make_type("t-frames", "causes")])
        )
    with pytest.raises(UserError, match="already"):
        study.project.do("Type", lambda step: relations.edit_type(step, "r-meets", label="causes"))


def test_other_processes_are_told_which_article_it_was(study: Study) -> None:
    with Project.open(study.project.path) as other:
        other.poll()
        id = study.relate()
        change = other.poll()
        assert (change.ids["relation"], change.articles) == ({id}, {study.article})
        study.project.do("Remove", lambda step: relations.remove(step, [id]))
        assert other.poll().articles == {study.article}
