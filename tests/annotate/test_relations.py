"""What relation types let be linked, and how they stand in files."""

import pytest
from hypothesis import given

from annotate.codetree import by_id
from annotate.errors import UserError
from annotate.relations import (
    RelationType,
    entries,
    fits,
    from_entries,
    in_words,
    may_begin,
    named_ends,
    why_not,
)
from annotate.taxonomy import load_shipped
from tests.annotate.trees import taxonomies

CLAIMS = load_shipped("political-claims")
CODES = by_id(CLAIMS.codes)
MAKES = next(each for each in CLAIMS.relation_types if each.id == "pca:rel.makes")
SAME = next(each for each in CLAIMS.relation_types if each.symmetric)


def test_codes_below_those_named_fit_too():
    assert fits(MAKES, "pca:ATYPE.JUD", "pca:ISS", CODES)
    assert not fits(MAKES, "pca:ISS", "pca:ACT", CODES)
    assert not fits(MAKES, None, "pca:ISS", CODES)
    assert not fits(MAKES, "pca:ACT", "unknown", CODES)


def test_a_symmetric_type_fits_either_way_round():
    one_way = RelationType("x", "t", "meets", ("pca:ACT",), ("pca:ADR",), symmetric=True)
    assert fits(one_way, "pca:ADR", "pca:ACT", CODES)
    assert may_begin(one_way, "pca:ADR", CODES)
    assert not fits(one_way, "pca:ADR", "pca:ADR", CODES)
    assert not may_begin(MAKES, "pca:ADR", CODES)


def test_without_named_ends_every_mark_fits_and_with_none_left_no_one_does():
    assert fits(RelationType("x", "t", "is"), None, None, CODES)
    assert not fits(RelationType("x", "t", "is", ()), "pca:ACT", None, CODES)
    assert "removed" in named_ends((), CODES)


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("pca:ACT", "pca:ISS", ""),
        (
            "pca:ADR",
            "pca:ISS",
            "“makes the claim” starts from highlights of “Claimant (subject actor)” or “Actor type”; "
            "this is one of “Addressee”.",
        ),
        (
            "pca:ACT",
            None,
            "“makes the claim” leads to highlights of “Substantive issue”, “Form of the claim”, “Form type” or "
            "“Immigration issue field”; this is one without a code.",
        ),
    ],
)
def test_a_link_that_does_not_fit_is_refused_with_a_sentence(source, target, said):
    assert why_not(MAKES, source, target, CODES) == said


def test_what_links_what_is_said_in_a_line():
    assert in_words(SAME, CODES).count("↔") == 1
    assert in_words(RelationType("x", "t", "is", ("pca:ACT",)), CODES) == "Claimant (subject actor) → any"


@given(taxonomies())
def test_what_goes_into_a_file_comes_back(taxonomy):
    assert from_entries(entries(taxonomy.relation_types), "x", taxonomy.codes) == taxonomy.relation_types


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ("x", "no list"),
        ([{"note": "x"}], "Relation 1: it has no label"),
        ([{"label": "a", "sources": ["ZZ"]}], "Relation 1, sources: there is no code “ZZ”"),
        ([{"label": "a", "targets": {"a": 1}}], "no list of codes"),
        ([{"label": "a"}, {"label": "a"}], "already used"),
    ],
)
def test_a_file_that_is_wrong_says_where(held, said):
    with pytest.raises(UserError, match=said):
        from_entries(held, "pca", CLAIMS.codes)


def test_ends_may_be_named_by_notation_or_label():
    (made,) = from_entries(
        [{"label": "x", "sources": "ACT", "targets": ["Addressee", "pca:JUS"]}], "pca", CLAIMS.codes
    )
    assert (made.sources, made.targets) == (("pca:ACT",), ("pca:ADR", "pca:JUS"))
