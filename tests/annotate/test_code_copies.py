"""Codes copied with what is below them, sorted, and words replaced in them."""

from __future__ import annotations

import pytest

from annotate.code_copies import by_label, by_notation, copied, in_new_order
from annotate.code_replacing import replacements
from annotate.errors import UserError
from annotate.model import Code
from annotate.replacing import find_rule

CODES = (
    Code("a", "t", None, "10", "beta", shortcut="b", related=("a1", "x")),
    Code("a1", "t", "a", "9", "Costs", definition="the costs of costs", related=("a",), replaced_by="a2"),
    Code("a2", "t", "a", "", "costs too", position=1, synonyms=("cost", "price")),
    Code("x", "t", None, "2a", "Alpha", position=1),
)


def test_a_copy_has_its_own_ids_and_no_keys_and_speaks_of_copies():
    family = copied(CODES, [CODES[0]], "other", "up")
    assert [code.label for code in family] == ["beta", "Costs", "costs too"]
    top, costs, too = family
    assert not {code.id for code in family} & {code.id for code in CODES}
    assert (top.taxonomy, top.parent, top.shortcut) == ("other", "up", "")
    assert (costs.parent, costs.related, costs.replaced_by) == (top.id, (top.id,), too.id)
    assert top.related == (costs.id, "x")


def test_children_are_sorted_and_only_those_that_move_are_told():
    assert [code.id for code in in_new_order(CODES, None, by_notation)] == ["x", "a"]
    assert in_new_order(CODES, "a", by_notation) == ()
    assert [code.id for code in in_new_order(CODES, None, by_label)] == ["x", "a"]


def test_notations_are_sorted_as_numbers():
    given = ["10", "9", "9b", "9a", "", "A2", "A10", "1.10", "1.9"]
    codes = [Code(str(at), "t", None, notation, "L") for at, notation in enumerate(given)]
    ordered = [code.notation for code in sorted(codes, key=by_notation)]
    assert ordered == ["1.9", "1.10", "9", "9a", "9b", "10", "A2", "A10", ""]


def test_every_change_is_known_before_it_is_made():
    rule = find_rule("cost", "fee", case=False)
    found = {
        (each.code.id, each.field): each
        for each in replacements(CODES, rule, ("labels", "notes", "synonyms"))
    }
    assert found["a1", "label"].after == "fees"
    assert found["a1", "definition"].after == "the fees of fees"
    assert found["a1", "definition"].count == 2
    assert found["a2", "synonyms"].after == ("fee", "price")
    assert ("a", "label") not in found
    assert replacements(CODES, rule, ("examples",)) == []


def test_a_label_is_never_emptied_and_an_emptied_synonym_goes():
    with pytest.raises(UserError, match="without a label"):
        replacements(CODES, find_rule("Alpha", ""), ("labels",))
    (gone,) = replacements(CODES, find_rule("price", ""), ("synonyms",))
    assert gone.after == ("cost",)
