"""A plan says what a file changes before anything does: codes keep their ids, what the file lacks stays."""

from dataclasses import replace

from hypothesis import given, settings

from annotate.codebook_difference import in_words
from annotate.codetree import by_id, path
from annotate.model import Code, Taxonomy
from annotate.taxonomy_files import read_taxonomy
from annotate.taxonomy_files.incoming import Wishes
from annotate.taxonomy_plan import counts, plan
from tests.annotate.trees import taxonomies

HELD = Taxonomy(
    "t", "laws", "Laws", version="1",
    codes=(
        Code("a", "t", None, "1", "Rights", "Old words.", colour="teal"),
        Code("b", "t", "a", "1.1", "Asylum"),
        Code("c", "t", "a", "1.2", "Return", position=1),
        Code("own", "t", "c", "", "My own"),
        Code("d", "t", None, "2", "State", position=1, retired=True),
    ),
)  # fmt: skip


def planned(text, name="laws.csv", held=HELD):
    return plan(held, read_taxonomy(text.encode(), name, Wishes(slug=held.slug)).taxonomy)


def tree(codes):
    known = by_id(codes)
    return [path(code, known) for code in codes]


def test_new_changed_moved_and_missing_codes():
    found = planned(
        "id,notation,label,parent,definition,version\na,1,Rights,,New words.,2\nb,1.1,Asylum,d,,2\n"
        "e,3,Borders,,,2\nd,2,The state,,,2\n",
    )
    assert counts(found) == {"new": 1, "changed": 2, "moved": 1, "missing": 2, "same": 0}
    assert found.changed == {"a": {"definition": "New words."}, "d": {"label": "The state"}}
    assert [code.id for code in found.missing] == ["c", "own"]
    assert tree(found.after) == [
        *(
            "Rights",
            "Rights > Return",
            "Rights > Return > My own",
            "Borders",
            "The state",
            "The state > Asylum",
        ),
    ]
    assert found.about == {"version": "2"}
    assert [in_words(each) for each in found.differences] == [
        "1 “Rights” definition: [-Old -]{+New+} words.",
        "3 “Borders” added",
        "2 “The state” renamed, was “State”",
        "1.1 “Asylum” moved from Rights to The state",
    ]


def test_fields_of_which_the_file_is_silent_stay_and_what_was_retired_stays_so():
    found = planned("id,label\na,Rights\nb,Asylum\nc,Return\nd,State\n")
    assert found.nothing
    assert "colour" in found.silent
    assert "definition" in found.silent
    assert found.notes == ("The file is a plain list: places in the tree stay.",)
    assert [code.id for code in found.missing] == ["own"]


def test_codes_are_known_by_path_label_or_notation_where_ids_differ():
    found = planned("notation,label,parent\n1,Rights,\n1.1,Asylum,1\n9,Return,2\n2,Government,\n")
    assert [code.id for code in found.after] == ["a", "b", "d", "c", "own"]
    assert found.changed == {"c": {"notation": "9"}, "d": {"label": "Government"}}
    assert found.notes == (
        "Codes known by their path, since their ids differ: 2.",
        "Codes known by their label, since their ids differ: 1.",
        "Codes known by their notation, since their ids differ: 1.",
    )


def test_names_that_several_have_make_nothing_the_same():
    held = replace(HELD, codes=(Code("a", "t", None, "", "One"), Code("b", "t", None, "", "One", position=1)))
    found = planned("id,label\nx,One\n", held=held)
    assert counts(found) == {"new": 1, "changed": 0, "moved": 0, "missing": 2, "same": 0}


def test_another_order_is_said():
    found = planned("id,label,parent\nd,State,\na,Rights,\nc,Return,a\nb,Asylum,a\nown,My own,c\n")
    assert (found.reordered, found.changed, found.new) == (4, {}, ())
    assert [code.id for code in found.after] == ["d", "a", "c", "own", "b"]


@given(taxonomies())
@settings(max_examples=100, deadline=None)
def test_the_same_taxonomy_changes_nothing(taxonomy):
    assert plan(taxonomy, taxonomy).nothing


@given(taxonomies(), taxonomies())
@settings(max_examples=200, deadline=None)
def test_every_code_of_both_is_there_afterwards_and_the_plan_is_done(held, incoming):
    held = replace(held, locked=False)  # a standard's file says nothing of the study's own codes below it
    found = plan(held, incoming)
    ids = [code.id for code in found.after]
    assert len(set(ids)) == len(ids)
    assert {code.id for code in held.codes} <= set(ids)
    assert len(ids) == len(held.codes) + len(found.new)
    assert len(found.new) + len(held.codes) - len(found.missing) == len(incoming.codes)
    uses = found.uses.after
    after = replace(
        held,
        codes=found.after,
        rules=uses.rules,
        questions=uses.questions,
        relation_types=uses.relation_types,
    )
    again = plan(after, incoming)
    assert again.nothing
    assert [code.id for code in again.missing] == [code.id for code in found.missing] or set(found.missing)
