"""A few letters find the code that was meant, fast enough for every key press."""

import csv
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.fuzzy import CodeIndex, fold, rank
from annotate.model import Code
from annotate.taxonomy import load_shipped, shipped
from tests.shared import shared


def code(notation: str, label: str, definition: str = "") -> Code:
    return Code(f"t:{notation}", "t", None, notation, label, definition)


CODES = (
    code("5", "Legality, constitutionality and jurisprudence", "Courts and judges."),
    code("203", "Constitutionalism: legal order"),
    code("1525", "Civil law and legal system"),
    code("15", "Other"),
    code("7", "Éducation et société"),
    code("16", "Quality of life", "Daily life, wellbeing, community."),
)


def found(query: str, **more: list[str]) -> list[str]:
    return [match.code.notation for match in rank(query, CODES, **more)]


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("5", ["5"]),
        ("15", ["15", "1525"]),
        ("leg", ["5", "1525", "203"]),
        ("leg jur", ["5"]),
        ("LEGAL ORD", ["203"]),
        ("itutionalism", ["203"]),
        ("qol", ["16"]),
        ("education", ["7"]),
        ("SOCIÉ", ["7"]),
        ("wellbeing", ["16"]),
        ("zzz", []),
    ],
)
def test_query_finds_first(query, best):
    assert found(query)[: len(best)] == best
    assert best or not found(query)


def test_letters_that_fit_are_shown():
    legality = rank("leg jur", CODES)[0]
    assert "".join(legality.code.label[at] for at in legality.label_at) == "Legjur"
    assert rank("152", CODES)[0].notation_at == (0, 1, 2)
    quality = rank("qol", CODES)[0]
    assert "".join(quality.code.label[at] for at in quality.label_at) == "Qol"
    order = rank("legal ord", CODES)[0]
    assert "".join(order.code.label[at] for at in order.label_at) in ("legalord", "legal ord")


def test_recent_codes_come_first_on_ties_and_on_an_empty_query():
    assert found("leg") == ["5", "1525", "203"]
    assert found("leg", recent=["t:203"]) == ["5", "203", "1525"]
    assert found("", recent=["t:7", "t:203"]) == ["7", "203", "5", "1525", "15", "16"]
    assert found("  ") == ["5", "203", "1525", "15", "7", "16"]


def test_title_of_the_taxonomy_is_looked_at_too():
    index = CodeIndex(CODES, {"t": "Policy frames"})
    assert len(index.rank("frames")) == len(CODES)


def test_no_more_than_asked_for():
    assert len(CodeIndex(CODES).rank("e", limit=2)) == 2
    assert len(CodeIndex(CODES).rank("", limit=2)) == 2


@given(st.text(max_size=40))
def test_folding_keeps_every_letter_in_its_place(text):
    assert len(fold(text)) == len(text)


@given(st.sampled_from([c for info in shipped() for c in load_shipped(info.slug).codes]))
def test_every_shipped_code_is_found_by_its_notation_and_its_label(wanted):
    index = CodeIndex(load_shipped(wanted.taxonomy).codes)
    assert wanted.id in [match.code.id for match in index.rank(wanted.notation)[:1]]
    assert wanted.label in [match.code.label for match in index.rank(wanted.label)[:2]]


def test_key_press_among_thousands_of_codes_is_ranked_within_a_frame():
    with shared("taxonomies/eurovoc_concepts_en_2021.csv").open(encoding="utf-8", newline="") as file:
        codes = [
            Code(row["id"], "e", None, row["code"], row["label"], row["scope_note_own_words"])
            for row in csv.DictReader(file)
        ]
    assert len(codes) > 7_400
    index = CodeIndex(codes, {"e": "EuroVoc"})
    index.rank("warm up")
    slowest = 0.0
    for query in ("a", "e", "mi", "migr", "migration pol", "readm agr", "xqz", "european union law"):
        took = []
        for _ in range(5):
            start = time.perf_counter()
            index.rank(query, recent=[codes[7].id])
            took.append(time.perf_counter() - start)
        slowest = max(slowest, min(took))
    assert slowest < 0.016
