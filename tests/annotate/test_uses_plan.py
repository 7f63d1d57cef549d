"""What a file changes in rules, questions and types of relations: ids of the project stay, what it lacks stays too."""

from dataclasses import replace

from hypothesis import given, settings

from annotate.codebook_difference import in_words
from annotate.model import Code, Taxonomy
from annotate.questions import Condition, Option, Question, Source
from annotate.relations import RelationType
from annotate.rules import Rule, RuleKind, Where
from annotate.taxonomy_plan import plan
from annotate.uses import Uses, uses_of
from annotate.uses_plan import plan_uses
from tests.annotate.trees import taxonomies

CODES = (Code("a", "t", None, "", "Actor"), Code("b", "t", None, "", "Claim", position=1))
STANCE = Rule("r1", "t", RuleKind.QUALIFIER, "b", name="stance", values=("for", "against"))
LEAVES = Rule("r2", "t", RuleKind.LEAVES, position=1)
TONE = Question("q1", "t", "tone", options=(Option("1", "Good"), Option("2", "Bad")))
WHOSE = Question("q2", "t", "whose", options=(Option("a", "Actor"), Option("none", "None")), position=1)
MAKES = RelationType("m", "t", "makes", ("a",), ("b",), colour="teal")
HELD = Taxonomy(
    "t", "t", "T", codes=CODES, rules=(STANCE, LEAVES), questions=(TONE, WHOSE), relation_types=(MAKES,)
)


def elsewhere(**uses: object) -> Taxonomy:
    """The same codes in a file, under ids of its own."""
    codes = (Code("x:1", "x", None, "", "Actor"), Code("x:2", "x", None, "", "Claim", position=1))
    return replace(Taxonomy("x", "x", "X", codes=codes), **uses)


def test_a_file_that_is_silent_of_them_changes_none() -> None:
    found = plan(HELD, elsewhere())
    assert found.uses.nothing
    assert found.uses.missing == Uses()
    assert found.differences == []


def test_they_are_known_by_what_they_say_and_by_their_names() -> None:
    leaves = replace(LEAVES, id="x:rule-1", taxonomy="x", position=0)
    stance = replace(STANCE, id="x:rule-2", code="x:2", values=("for", "against", "neutral"))
    tone = replace(TONE, id="x:Tone", name="Tone", required=True)
    makes = RelationType("x:relation:Makes", "x", "Makes", ("x:1",), ("x:2",))
    found = plan(HELD, elsewhere(rules=(leaves, stance), questions=(tone,), relation_types=(makes,)))
    assert found.uses.new == Uses()
    assert found.uses.changed == Uses(
        (replace(STANCE, values=("for", "against", "neutral")),),
        (replace(TONE, name="Tone", required=True),),
        (replace(MAKES, label="Makes"),),
    )
    assert found.uses.missing == Uses(questions=(WHOSE,))
    assert [in_words(each) for each in found.differences] == [
        "Rule for “Claim”: A highlight says its stance: for, [-against -]{+against, neutral+} (may be left open).",
        "Question “Tone” renamed, was “tone”",
        "Question “Tone” required: [-no -]{+yes+}",
        "Relation “Makes” renamed, was “makes”",
    ]
    assert [each.name for each in found.uses_missing] == ["Question “whose”"]
    assert found.uses.counts == {"rules": 1, "questions": 1, "relation_types": 1}


def test_what_is_new_names_codes_and_questions_by_the_ids_of_the_project() -> None:
    rule = Rule("x:r", "x", RuleKind.TOGETHER, "x:1", where=Where.SAME, others=("x:2",))
    tone = replace(TONE, id="x:tone")
    sub = Question(
        "x:sub", "x", "sub", source=Source.CODES, branch="x:2", condition=Condition("x:tone", ("1",))
    )
    whom = Question(
        "x:whom", "x", "whom", options=(Option("x:1", "Actor"), Option("x:2", "Claim")), position=2
    )
    found = plan(HELD, elsewhere(rules=(rule,), questions=(tone, sub, whom))).uses
    assert found.new == Uses(
        (replace(rule, taxonomy="t", code="a", others=("b",)),),
        (
            replace(sub, taxonomy="t", branch="b", condition=Condition("q1", ("1",))),
            replace(whom, taxonomy="t", options=(Option("a", "Actor"), Option("b", "Claim"))),
        ),
    )
    assert (found.changed, found.missing) == (Uses(), Uses((STANCE, LEAVES), (WHOSE,)))


def test_an_id_that_is_another_rules_is_not_taken() -> None:
    other = Rule("r1", "x", RuleKind.REQUIRED)
    (new,) = plan(HELD, elsewhere(rules=(other,))).uses.new.rules
    assert new.id not in ("r1", "r2")
    assert new.kind is RuleKind.REQUIRED


@given(taxonomies(), taxonomies())
@settings(max_examples=100, deadline=None)
def test_all_of_both_is_there_afterwards(held: Taxonomy, incoming: Taxonomy) -> None:
    found = plan_uses(uses_of(held), uses_of(incoming), held.id, {})
    for before, came, after, new in zip(
        *([uses.rules, uses.questions, uses.relation_types] for uses in (uses_of(held), uses_of(incoming))),
        [found.after.rules, found.after.questions, found.after.relation_types],
        [found.new.rules, found.new.questions, found.new.relation_types],
        strict=True,
    ):
        ids = [each.id for each in after]
        assert len(set(ids)) == len(ids) == len(before) + len(new)
        assert [each.id for each in before] == ids[: len(before)]
        assert len(new) <= len(came)
