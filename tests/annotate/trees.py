"""Any taxonomy there can be, for property tests."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from annotate.languages import labels_of
from annotate.model import Code, CodeKind, Scope, Taxonomy
from annotate.questions import Condition, Option, Question, QuestionKind, Source
from annotate.relations import RelationType
from annotate.rules import FIELDS, Extent, Rule, RuleKind, Where
from annotate.taxonomy import in_order

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
names = words.map(str.strip)


tidy = words.map(lambda text: " ".join(text.split()))
some = tidy.filter(bool)
TAGS = ("fr", "de", "pt-br", "sr-latn-rs")


@st.composite
def rule(draw, at: int, ids: list[str]) -> Rule:
    plain = Rule(
        f"r{at}", "x", draw(st.sampled_from(RuleKind)), draw(st.sampled_from([None, *ids])),
        where=draw(st.sampled_from(Where)), extent=draw(st.sampled_from(Extent)),
        others=tuple(draw(st.lists(st.sampled_from(ids), min_size=1, max_size=2, unique=True))), name=draw(some),
        values=tuple(draw(st.lists(some, min_size=2, max_size=3, unique=True))), ordered=draw(st.booleans()),
        required=draw(st.booleans()),
    )  # fmt: skip
    kept = {name: getattr(plain, name) for name in FIELDS[plain.kind]}
    return Rule(plain.id, "x", plain.kind, plain.code, **kept, note=draw(names), position=at)


@st.composite
def question(draw, at: int, ids: list[str], others: list[str]) -> Question:
    sources = [Source.OWN, Source.CODES, *([Source.FOLLOWS] if others else [])]
    kind, source = draw(st.sampled_from(QuestionKind)), draw(st.sampled_from(sources))
    values = draw(st.lists(some, min_size=2, max_size=4, unique=True))
    chosen = kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.SCALE) and source is Source.OWN
    waits = st.none()
    if others:
        wanted = st.lists(names.filter(bool), max_size=2).map(tuple)
        waits = st.none() | st.builds(Condition, st.sampled_from(others), wanted)
    return Question(
        f"q{at}", "x", f"{draw(some)} {at}", draw(tidy), kind, source,
        tuple(Option(value, draw(some)) for value in values) if chosen else (),
        draw(st.sampled_from([None, *ids])) if source is Source.CODES else None,
        draw(st.sampled_from(others)) if source is Source.FOLLOWS else None,
        draw(st.booleans()), draw(waits), draw(names), at,
    )  # fmt: skip


@st.composite
def taxonomies(draw, *, uses: bool = False):
    """`uses`: with rules and questions."""
    count = draw(st.integers(1, 8))
    ids = [f"x:{number}" for number in range(count)]
    codes: list[Code] = []
    places: Counter[str | None] = Counter()
    for number in range(count):
        parent = draw(st.sampled_from([None, *(c.id for c in codes)]))
        codes.append(
            Code(
                id=f"x:{number}",
                taxonomy="x",
                parent=parent,
                notation=draw(names),
                label=draw(names.filter(bool)),
                definition=draw(words),
                use_when=draw(words),
                avoid_when=draw(words),
                examples=draw(words),
                colour=draw(st.sampled_from(["", "teal", "#a1B2c3"])),
                shortcut=draw(st.sampled_from(["", "1", "t"])),
                assignable=draw(st.booleans()),
                position=places[parent],
                counter_examples=draw(words),
                synonyms=tuple(draw(st.lists(names.filter(bool), max_size=3, unique=True))),
                related=tuple(draw(st.lists(st.sampled_from(ids), max_size=2, unique=True))),
                retired=draw(st.booleans()),
                replaced_by=draw(st.sampled_from([None, *ids])),
                kind=draw(st.sampled_from(CodeKind)),
                scope=draw(st.sampled_from(Scope)),
                own=draw(st.booleans()),
                labels=labels_of(draw(st.dictionaries(st.sampled_from(TAGS), some, max_size=2))),
            )
        )
        places[parent] += 1
    rules = tuple(draw(rule(at, ids)) for at in range(draw(st.integers(0, 2)))) if uses else ()
    questions: list[Question] = []
    for at in range(draw(st.integers(0, 3)) if uses else 0):
        questions.append(draw(question(at, ids, [each.id for each in questions])))
    return Taxonomy(
        "x",
        "x",
        "Exes",
        locked=draw(st.booleans()),
        language=draw(st.sampled_from(["", "en"])),
        codes=in_order(codes),
        rules=rules,
        questions=tuple(questions),
        relation_types=draw(relation_types(ids)),
    )


@st.composite
def relation_types(draw, ids):
    """Types over some of these codes."""
    ends = st.one_of(st.none(), st.lists(st.sampled_from(ids), max_size=3, unique=True).map(tuple))
    labels = draw(
        st.lists(names.map(lambda name: " ".join(name.split())).filter(bool), max_size=3, unique=True)
    )
    return tuple(
        RelationType(
            f"x:r{at}", "x", label, draw(ends), draw(ends), draw(st.booleans()),
            draw(st.sampled_from(["", "teal"])), draw(words), at,
        )
        for at, label in enumerate(labels)
    )  # fmt: skip
