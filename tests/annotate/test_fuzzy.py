"""Codes are found by a few letters, the best first."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.fuzzy import CodeIndex, plain, rank
from annotate.model import Code
from annotate.taxonomy import load_shipped, shipped


def index() -> CodeIndex:
    return CodeIndex(code for info in shipped() for code in load_shipped(info.slug).codes)


def found(query: str, **more: object) -> list[str]:
    return [match.code.id for match in rank(query, index(), **more)]


def test_a_notation_typed_whole_comes_first():
    assert found("1302")[0] == "cap:1302"


def test_beginnings_of_the_label_then_of_its_words():
    frames = CodeIndex(load_shipped("policy-frames").codes)
    assert [rank(query, frames)[0].code.id for query in ("leg", "fair eq", "jurisd")] == [
        "pfc:5",
        "pfc:4",
        "pfc:5",
    ]


def test_matched_letters_are_told_for_showing_them_bold():
    match = rank("jur", index())[0]
    assert "".join(match.code.label[at] for at in match.label).lower() == "jur"


def test_accents_and_case_do_not_matter_and_positions_hold():
    code = Code("x", "t", None, "", "Économie régionale")
    match = rank("reg", CodeIndex([code]))[0]
    assert [code.label[at] for at in match.label] == ["r", "é", "g"]
    assert len(plain("Straße İ ﬁ")) == len("Straße İ ﬁ")


def test_recent_codes_stand_first_on_an_empty_query_and_on_ties():
    assert found("", recent=("pfc:7", "cap:101"))[:2] == ["pfc:7", "cap:101"]
    one, other = Code("a", "t", None, "", "Same"), Code("b", "t", None, "", "Same")
    assert rank("same", CodeIndex([one, other]), recent=("b",))[0].code.id == "b"


def test_groupings_are_never_offered():
    grouping = Code("g", "t", None, "", "Group", assignable=False)
    assert rank("group", CodeIndex([grouping])) == []


def test_words_of_the_notes_are_the_last_resort():
    code = Code("x", "t", None, "", "Label", definition="speaks of courts and judges")
    assert [match.code for match in rank("judges", CodeIndex([code]))] == [code]
    assert rank("zzz", CodeIndex([code])) == []


def test_among_codes_found_alike_recent_ones_then_those_with_a_key_come_first():
    plain_one, keyed = (
        Code("a", "t", None, "", "Legislature"),
        Code("b", "t", None, "", "Legality", shortcut="5"),
    )
    both = CodeIndex([plain_one, keyed])
    assert [match.code.id for match in rank("leg", both)] == ["b", "a"]
    assert [match.code.id for match in rank("leg", both, recent=("a",))] == ["a", "b"]
    assert [match.code.id for match in rank("legis", both)] == ["a"]


@settings(max_examples=30)
@given(st.text("tracdeo p1", min_size=1, max_size=9))
def test_letter_by_letter_finds_the_same_as_all_at_once(query):
    held = index()
    for length in range(1, len(query) + 1):
        grown = [match.code.id for match in rank(query[:length], held)]
    assert grown == found(query)
