"""Crosswalks: where a code leads, what a file says, what comes with the program."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.codetree import by_id
from annotate.crosswalk_files import FORMATS, looked_up, match_of, names_of, read
from annotate.crosswalks import Crosswalk, Likeness, Link, Match, turned, ways
from annotate.errors import UserError
from annotate.model import Code
from annotate.shipped_crosswalks import fitting, shipped
from annotate.taxonomy import load_shipped

A = by_id(
    [
        Code("a", "s", None, "1", "Economic"),
        Code("b", "s", "a", "1.1", "Costs"),
        Code("c", "s", None, "2", "Moral"),
    ]
)
X = by_id(
    [
        Code("x", "t", None, "", "Money"),
        Code("y", "t", None, "", "Economy and costs"),
        Code("z", "t", None, "", "Virtue"),
    ]
)


def walk(*links):
    made = tuple(Link(f"m{at}", code, Match(match), other) for at, (code, match, other) in enumerate(links))
    return Crosswalk("w", "Walk", "s", "t", mappings=made)


def test_the_best_kind_of_mapping_counts():
    found = ways(walk(("a", "broad", "x"), ("a", "exact", "y"), ("a", "related", "z")), A)
    assert (found["a"].to, found["a"].match, found["a"].above) == (("y",), Match.EXACT, False)


def test_a_code_without_a_mapping_goes_where_the_one_above_it_does():
    found = ways(walk(("a", "close", "x"), ("c", "narrow", "y"), ("c", "related", "z")), A)
    assert (found["b"].to, found["b"].above) == (("x",), True)
    assert "c" not in found


def test_one_may_lead_to_several():
    assert ways(walk(("c", "close", "x"), ("c", "close", "y")), A)["c"].to == ("x", "y")


def test_turned_twice_it_is_the_same():
    whole = walk(("a", "broad", "x"), ("b", "narrow", "y"), ("c", "exact", "z"))
    assert [(each.code, each.match) for each in turned(whole).mappings] == [
        ("x", Match.NARROW), ("y", Match.BROAD), ("z", Match.EXACT),
    ]  # fmt: skip
    assert turned(turned(whole)) == whole


def test_labels_that_share_words_are_offered_best_first():
    likely = Likeness(X.values())
    assert likely.best(Code("q", "s", None, "", "Economic costs")) == ["y"]
    assert likely.best(Code("q", "s", None, "", "Nothing alike")) == []
    assert likely.best(Code("q", "s", None, "", "Cash", synonyms=("money",))) == ["x"]


ids = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool)
)


@given(
    st.lists(
        st.tuples(ids, st.sampled_from(Match), ids, st.text("ab,;\"' é", max_size=8).map(str.strip)),
        max_size=6,
    ),
    st.sampled_from(list(FORMATS)),
)
def test_what_goes_out_comes_back(rows, form):
    links = tuple(Link(str(at), *row) for at, row in enumerate(rows))
    crosswalk = Crosswalk("w", 'A "walk": #1', "s", "t", "us", "note\nof two lines", mappings=links)
    data = FORMATS[form].write(crosswalk, {})
    if not rows and form in ("turtle", "rdf"):
        return
    back = read(data, f"x{FORMATS[form].suffixes[0]}")
    said = [(each.code, each.match, each.other, each.note) for each in back]
    if form in ("turtle", "rdf"):  # statements: no order, no doubles, no notes
        assert {each[:3] for each in said} == {row[:3] for row in rows}
    else:
        assert said == rows


def test_files_of_others_are_understood():
    sssom = (
        "#curie_map:\n#  HP: http://purl.obolibrary.org/obo/HP_\n"
        "subject_id\tsubject_label\tpredicate_id\tobject_id\tmapping_justification\n"
        "HP:1\tA\tskos:exactMatch\tMP:2\tsemapv:ManualMappingCuration\n"
    )
    (row,) = read(sssom.encode(), "x.sssom.tsv")
    assert (row.place, row.code, row.match, row.other) == ("Line 4", "HP:1", Match.EXACT, "MP:2")
    (row,) = read(b"source_id,skos_mapping,target_id\ncap:1,closeMatch,marpor:d4\n", "x.csv")
    assert (row.code, row.match, row.other) == ("cap:1", Match.CLOSE, "marpor:d4")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column “source_id”"),
        ("source_id,match,target_id\na,likes,b\n", "Line 2: “likes” is no mapping"),
        ("", "is empty"),
    ],
)
def test_a_file_that_is_wrong_says_where(text, said):
    with pytest.raises(UserError, match=said):
        read(text.encode(), "x.csv")


def test_kinds_are_understood_however_they_are_written():
    assert {match_of(each) for each in ("exact", "exactMatch", "skos:exactMatch", "EXACT_MATCH")} == {
        Match.EXACT
    }


def test_codes_are_looked_up_by_id_notation_or_a_label_that_only_one_has():
    rows = read(b"source_id,match,target_id\n1,exact,Money\nCosts,close,z\nb,broad,nowhere\n", "x.csv")
    found, unknown = looked_up(rows, names_of(A.values()), names_of(X.values()))
    assert [(row.code, row.other) for row in found] == [("a", "x"), ("b", "z")]
    assert [row.other for row in unknown] == ["nowhere"]


def test_only_exact_links_come_with_the_program_and_only_where_both_ends_are():
    (frames,) = shipped()
    assert {row.match for row in frames.rows} == {Match.EXACT}
    assert len(frames.rows) == 14
    policy = {code.id for code in load_shipped("policy-frames").codes}
    assert {row.code for row in frames.rows} <= policy
    assert fitting(policy) == []
    assert fitting(policy | {row.other for row in frames.rows}) == [frames]
