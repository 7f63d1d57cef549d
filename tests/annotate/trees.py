"""Any taxonomy there can be, for property tests."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from annotate.model import Code, Taxonomy
from annotate.relations import RelationType
from annotate.taxonomy import in_order

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
names = words.map(str.strip)


@st.composite
def taxonomies(draw):
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
            )
        )
        places[parent] += 1
    return Taxonomy("x", "x", "Exes", codes=in_order(codes), relation_types=draw(relation_types(ids)))


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
