"""Two versions of a taxonomy compared."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotate.codebook_difference import (
    Difference,
    Piece,
    Sort,
    What,
    in_words,
    marked,
    now_in_words,
    word_pieces,
)
from annotate.codebook_versions import Stand, compare, dump, load, stand_of
from annotate.model import Code, CodeKind, Scope, Taxonomy
from annotate.questions import Condition, Option, Question, QuestionKind, Source
from annotate.relations import RelationType
from annotate.rules import Rule, RuleKind, Where
from annotate.uses import Uses
from tests.annotate.trees import taxonomies

ECONOMIC = Code("1", "t", None, "1", "Economic", definition="Money matters most here")
COSTS = Code("11", "t", "1", "11", "Costs", synonyms=("price", "bill"), related=("2",))
MORAL = Code("2", "t", None, "2", "Moral", position=1)
CODES = (ECONOMIC, COSTS, MORAL)


def differing(
    before: tuple[Code, ...], after: tuple[Code, ...], was: Uses | None = None, uses: Uses | None = None
) -> list[Difference]:
    return compare(Stand(before, was), Stand(after, uses))


def said(before: tuple[Code, ...], after: tuple[Code, ...]) -> list[str]:
    return [in_words(each) for each in differing(before, after)]


def uses_said(before: Uses | None, after: Uses | None) -> list[str]:
    return [in_words(each) for each in differing(CODES, CODES, before, after)]


def test_what_says_which_passages_get_a_code_is_compared_and_nothing_else() -> None:
    assert differing(CODES, CODES) == []
    others = tuple(replace(code, colour="teal", shortcut="x", position=9) for code in CODES)
    assert differing(CODES, others) == []


def test_the_differences_read_as_sentences() -> None:
    after = (
        replace(ECONOMIC, label="Economy", definition="Money matters here, and jobs"),
        replace(COSTS, parent=None, notation="3", synonyms=("price", "sum"), related=()),
        Code("4", "t", "1", "", "Jobs"),
    )
    assert said(CODES, after) == [
        "1 “Economy” renamed, was “Economic”",
        "1 “Economy” definition: Money matters [-most here -]{+here, and jobs+}",
        "3 “Costs” has another notation, was “11”",
        "3 “Costs” moved from Economic to the top",
        "3 “Costs” synonyms: price, [-bill-], {+sum+}",
        "3 “Costs” related codes: [-Moral-]",
        "“Jobs” added under Economy",
        "2 “Moral” removed",
    ]
    assert said((MORAL,), (replace(MORAL, retired=True, assignable=False),)) == [
        "2 “Moral” retired",
        "2 “Moral” made a grouping",
    ]
    assert [each.what for each in differing((replace(MORAL, retired=True),), (MORAL,))] == [What.BROUGHT_BACK]


def test_what_a_code_is_and_what_it_is_called_elsewhere_are_compared() -> None:
    after = replace(
        MORAL, kind=CodeKind.SCALE, scope=Scope.ARTICLE, labels=(("fr", "Morale"), ("de", "Moral"))
    )
    before = replace(MORAL, labels=(("fr", "Moralité"),))
    assert said((before,), (after,)) == [
        "2 “Moral” kind: [-plain -]{+scale+}",
        "2 “Moral” put on: [-passages -]{+whole articles+}",
        "2 “Moral” label (fr): [-Moralité -]{+Morale+}",
        "2 “Moral” label (de): {+Moral+}",
    ]
    assert load(dump(Stand((after,), None)), "t").codes == (after,)


def test_words_are_marked_where_they_changed() -> None:
    assert marked(word_pieces("a b c", "a c")) == "a [-b -]c"
    assert marked(word_pieces("a b", "a")) == "a[- b-]"
    assert marked(word_pieces("", "a b")) == "{+a b+}"
    assert word_pieces("same", "same") == (Piece("same"),)


TEXTS = st.text(alphabet="ab c.\n漢é", max_size=40)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = word_pieces(before, after)
    assert "".join(piece.text for piece in pieces if piece.sign >= 0) == after
    kept = "".join(piece.text for piece in pieces if piece.sign <= 0)
    assert "".join(kept.split()) == "".join(before.split())


WORDS = st.text(max_size=5)
CODE = st.builds(
    Code,
    id=st.just("1"),
    taxonomy=st.just("t"),
    parent=st.none(),
    notation=WORDS,
    label=WORDS,
    definition=WORDS,
    counter_examples=WORDS,
    colour=WORDS,
    assignable=st.booleans(),
    synonyms=st.lists(WORDS, max_size=3).map(tuple),
    related=st.lists(WORDS, max_size=3).map(tuple),
    retired=st.booleans(),
    replaced_by=st.none() | WORDS.filter(bool),
)


@given(CODE)
def test_a_version_reads_as_it_was_written(code: Code) -> None:
    child = replace(code, id="2", parent="1", position=3)
    for uses in (None, Uses()):
        assert load(dump(Stand((code, child), uses)), "t") == Stand((code, child), uses)
    assert load(dump(Stand((code,), None)), "u").codes == (replace(code, taxonomy="u"),)


@given(taxonomies())
def test_a_version_keeps_rules_questions_and_types_of_relations(taxonomy: Taxonomy) -> None:
    stand = stand_of(taxonomy)
    assert load(dump(stand), taxonomy.id) == stand
    assert compare(stand, load(dump(stand), taxonomy.id)) == []


def test_a_version_names_codes_that_were_gone_already() -> None:
    uses = Uses((EXCLUSIVE,), (TONE,), (ADDRESSES,))
    assert load(dump(Stand((), uses)), "t").uses == uses


def test_a_version_of_a_later_program_is_read() -> None:
    assert load('[{"id": "1", "label": "A", "mood": "new"}]', "t").codes == (Code("1", "t", None, "", "A"),)


EXCLUSIVE = Rule("r1", "t", RuleKind.EXCLUSIVE, "1")
TONE = Question("q1", "t", "tone", "What is the tone?", options=(Option("1", "Good"), Option("2", "Bad")))
WHY = Question("q2", "t", "why", kind=QuestionKind.TEXT, condition=Condition("q1", ("2",)), position=1)
ADDRESSES = RelationType("t1", "t", "addresses", ("1",), ("2",))


def test_rules_questions_and_relations_are_compared_as_sentences() -> None:
    before = Uses((EXCLUSIVE,), (TONE,), (ADDRESSES,))
    assert uses_said(before, before) == []
    assert uses_said(Uses(), before) == [
        "Rule for “Economic” added: At most one of these codes on a passage.",
        "Question “tone” added: What is the tone?",
        "Relation “addresses” added: Economic → Moral",
    ]
    after = Uses(
        (replace(EXCLUSIVE, code=None, where=Where.ARTICLE, note="As agreed"),),
        (replace(TONE, name="mood", required=True, options=(*TONE.options, Option("3", "Mixed"))), WHY),
        (replace(ADDRESSES, label="speaks to", sources=None, symmetric=True),),
    )
    assert uses_said(before, after) == [
        "Rule for all codes moved from Economic to all codes",
        "Rule for all codes: At most one of these codes [-on a passage. -]{+in an article.+}",
        "Rule for all codes note: {+As agreed+}",
        "Question “mood” renamed, was “tone”",
        "Question “mood” answers: single, Good (1), Bad (2), {+Mixed (3)+}",
        "Question “mood” required: [-no -]{+yes+}",
        "Question “why” added: why",
        "Relation “speaks to” renamed, was “addresses”",
        "Relation “speaks to”: [-Economic → -]{+any ↔+} Moral",
    ]
    assert uses_said(before, Uses()) == [
        "Rule for “Economic” removed: At most one of these codes on a passage.",
        "Question “tone” removed: What is the tone?",
        "Relation “addresses” removed: Economic → Moral",
    ]


def test_what_a_question_follows_and_waits_for_is_said_by_name() -> None:
    topic = Question("q0", "t", "topic", source=Source.CODES)
    sub = Question("q3", "t", "sub", source=Source.FOLLOWS, follows="q0", position=1)
    before, after = (
        Uses((), (topic, WHY)),
        Uses((), (topic, replace(WHY, condition=Condition("q0", ("2",))), sub)),
    )
    assert uses_said(before, after)[0] == "Question “why” asked: where [-“” -]{+“topic”+} is “2 Moral”"
    assert [each.name for each in differing(CODES, CODES, before, after)][1] == "Question “sub”"


def test_another_name_of_a_code_changes_no_rule() -> None:
    renamed = tuple(replace(code, label=f"{code.label}!") for code in CODES)
    uses = Uses((EXCLUSIVE, Rule("r2", "t", RuleKind.TOGETHER, "2", others=("11",))), (), (ADDRESSES,))
    found = differing(CODES, renamed, uses, uses)
    assert {each.sort for each in found} == {Sort.CODE}


def test_a_version_without_uses_claims_nothing_of_them() -> None:
    (told,) = differing(CODES, CODES, None, Uses((EXCLUSIVE,)))
    assert in_words(told) == "Rules, questions and relations are not compared: a version kept the codes alone"
    assert uses_said(Uses((EXCLUSIVE,)), None) == [in_words(told)]
    assert uses_said(None, None) == uses_said(None, Uses()) == []


def test_on_paper_a_text_is_said_as_it_reads_now() -> None:
    after = (replace(ECONOMIC, definition="Money, here"), replace(COSTS, synonyms=()), MORAL)
    rule = replace(EXCLUSIVE, where=Where.ARTICLE)
    found = differing(CODES, after, Uses((EXCLUSIVE,)), Uses((rule,)))
    assert [now_in_words(each) for each in found] == [
        "1 “Economic”, definition: now “Money, here”",
        "11 “Costs”, synonyms taken out",
        "Rule for “Economic”: now “At most one of these codes in an article.”",
    ]
