"""Words, patterns and pseudonyms put in place of others."""

from __future__ import annotations

import pytest

from annotate import replacing
from annotate.alignment import edited
from annotate.errors import UserError
from annotate.replacing import find_rule, pseudonym_rule, read_pseudonyms, snippet


def done(rule: replacing.Rule, text: str) -> str:
    return edited(text, rule(text)).new


@pytest.mark.parametrize(
    ("rule", "text", "after"),
    [
        (find_rule("cat", "dog"), "cat concat Cat", "dog condog Cat"),
        (find_rule("cat", "dog", words=True), "cat concat cats", "dog concat cats"),
        (find_rule("cat", "dog", case=False), "Cat CAT", "dog dog"),
        (find_rule("a.b", r"\1"), "a.b axb", r"\1 axb"),
        (find_rule(r"(\w+)@(\w+)", r"\2 at \1", regex=True), "me@home", "home at me"),
        (find_rule(r"^\s+", "", regex=True), "  a\n  b", "a\nb"),
        (find_rule("x*", "-", regex=True), "axxb", "a-b"),
        (find_rule("a", "a"), "a", "a"),
        (find_rule("é", "e"), "é😀é", "e😀e"),
        (find_rule("a", "\r\n"), "bab", "b\nb"),
    ],
)
def test_what_is_found_is_replaced(rule: replacing.Rule, text: str, after: str) -> None:
    assert done(rule, text) == after


@pytest.mark.parametrize(
    ("pattern", "replacement"), [("", "x"), ("(", "x"), ("a", r"\1"), ("(a)", r"\2"), ("a", r"\g<no>")]
)
def test_what_cannot_be_read_is_said(pattern: str, replacement: str) -> None:
    with pytest.raises(UserError):
        find_rule(pattern, replacement, regex=True)


def test_a_pattern_that_goes_astray_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacing, "SECONDS", 0.05)
    with pytest.raises(UserError, match="too long"):
        find_rule(r"(?:a|a)+(?:a|aa)+(\w)\1{9}c", "", regex=True)("a" * 5_000)


def test_names_become_pseudonyms() -> None:
    rule = pseudonym_rule([("Merkel", "Person A"), ("Angela Merkel", "Person A"), ("minister", "official")])
    text = "Angela\nMerkel’s MERKEL; Merkelism, merkel. Minister, minister; ANGELA MERKEL"
    assert done(rule, text) == "Person A’s PERSON A; Merkelism, merkel. Official, official; PERSON A"


def test_a_pseudonym_that_is_another_name_is_not_replaced_again() -> None:
    assert done(pseudonym_rule([("Ada", "Ben"), ("Ben", "Ada")]), "Ada and Ben") == "Ben and Ada"


@pytest.mark.parametrize(
    "text", ["Name,Pseudonym\nAda,P1\n\nBen Q,P2\n", "Ada;P1\nBen  Q;P2", "\ufeffAda\tP1\nBen Q\tP2"]
)
def test_lists_of_pseudonyms_are_read(text: str) -> None:
    assert read_pseudonyms(text) == [("Ada", "P1"), ("Ben Q", "P2")]


@pytest.mark.parametrize("text", ["", "name,pseudonym\n", "Ada\n", "Ada,\n", "Ada,P1\nAda,P2\n", '"Ada,P1'])
def test_lists_that_do_not_fit_are_refused(text: str) -> None:
    with pytest.raises(UserError):
        read_pseudonyms(text)


def test_a_snippet_is_one_line_cut_between_words() -> None:
    text = "a" * 60 + " some words\nbefore Merkel\tspoke of the law and " + "b" * 60
    (edit,) = find_rule("Merkel", "X")(text)
    assert snippet(text, edit) == ("…some words before ", "Merkel", " spoke of the law and…")
    (edit,) = find_rule("Merkel", "X")("a" * 60 + "Merkel" + "b" * 60)
    assert snippet("a" * 60 + "Merkel" + "b" * 60, edit) == ("…" + "a" * 40, "Merkel", "b" * 40 + "…")
