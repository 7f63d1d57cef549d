"""Codebooks in tables and YAML: every usual shape comes in, and what goes out comes back equal."""

import io
import random
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.codebook_files import HEAD
from annotate.codetree import by_id, path
from annotate.errors import UserError
from annotate.relations import left_out
from annotate.taxonomy import load_shipped, shipped
from annotate.taxonomy_files import FORMATS, Wishes, read_taxonomy
from tests.annotate.trees import taxonomies
from tests.shared import shared

BACK = ("csv", "json", "yaml", "xlsx", "turtle", "rdf", "qdc")  # formats that come in
WHOLE = ("json", "yaml", "xlsx", "turtle", "rdf")  # formats that hold everything of the codes
USES = ("json", "yaml")  # and those that hold rules, questions and types of relations as well


def tree(incoming):
    codes = by_id(incoming.taxonomy.codes)
    return [path(code, codes) for code in incoming.taxonomy.codes]


def read(text, name="laws.csv", **wishes):
    return read_taxonomy(text.encode(), name, Wishes(**wishes))


@pytest.mark.parametrize("form", BACK)
@pytest.mark.parametrize("slug", [info.slug for info in shipped()])
def test_shipped_taxonomies_come_back(form, slug):
    whole = load_shipped(slug)
    data, notes = FORMATS[form].write(whole)
    back = read_taxonomy(data, f"{slug}{FORMATS[form].suffixes[0]}", Wishes(title=whole.title))
    asked = len(whole.questions)
    left = (f"Left out: {asked} question{'s' * (asked != 1)}; YAML and JSON have them.",) if asked else ()
    left += tuple(left_out(whole.relation_types))
    if form in USES:
        assert (back.taxonomy, notes) == (whole, ())
    elif form in WHOLE:
        assert (back.taxonomy, notes) == (replace(whole, questions=(), relation_types=()), left)
    elif form == "csv":
        assert back.taxonomy.codes == whole.codes
        assert notes == ("Left out: the taxonomy's title, version, licence, source, credit, note.", *left)


@given(taxonomies(uses=True), st.sampled_from(WHOLE))
@settings(max_examples=200, deadline=None)
def test_what_goes_out_comes_back(taxonomy, form):
    data, notes = FORMATS[form].write(taxonomy)
    back = read_taxonomy(data, f"x{FORMATS[form].suffixes[0]}").taxonomy
    assert [(c.id, c.parent, c.position) for c in back.codes] == [
        (c.id, c.parent, c.position) for c in taxonomy.codes
    ]
    assert back == taxonomy or notes
    if form in USES:
        assert (back.rules, back.questions) == (taxonomy.rules, taxonomy.questions)
        assert back.relation_types == taxonomy.relation_types
    elif taxonomy.rules or taxonomy.questions:
        assert any("YAML and JSON have them." in note for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        "path,definition\nRights,All\nRights > Asylum,Protection\nRights > Asylum > Refusal,\nState,\n",
        "path;label\nRights;Rights\nRights/Asylum;Asylum\nRights/Asylum/Refusal;Refusal\nState;State\n",
        "path,label\n,Rights\nRights,Asylum\nRights|Asylum,Refusal\n,State\n",
        "level 1,level 2,level 3\nRights\n,Asylum\n,,Refusal\nState\n",
        "Level_1,Level_2,Level_3\nRights,,\nRights,Asylum,\nRights,Asylum,Refusal\nState,,\n",
        "label,,,definition\nRights,,,All\n,Asylum,,\n,,Refusal,Words\nState,,,\n",
        "label,parent\nRights,\nAsylum,Rights\nRefusal,Asylum\nState,\n",
    ],
)
def test_trees_by_path_levels_and_parents(text):
    assert tree(read(text)) == ["Rights", "Rights > Asylum", "Rights > Asylum > Refusal", "State"]
    assert read(text) == read(text)


def test_steps_of_a_path_without_a_row_are_codes_and_said():
    found = read("path,notation\nRights > Asylum,1.1\nRights > Return,1.2\n")
    assert tree(found) == ["Rights", "Rights > Asylum", "Rights > Return"]
    assert [code.id for code in found.taxonomy.codes] == ["laws:Rights", "laws:1.1", "laws:1.2"]
    assert found.notes == ("Codes that stand only in the paths of others: 1; they came in with their label.",)


def test_columns_called_otherwise_are_named_by_the_user():
    found = read(
        "Kode;Begriff;Ober\n1;Rechte;\n2;Asyl;1\n",
        columns={"Kode": "notation", "Begriff": "label", "Ober": "parent"},
    )
    assert tree(found) == ["Rechte", "Rechte > Asyl"]


def test_one_taxonomy_of_a_codebook_of_several():
    text = "taxonomy,version,id,label\na,2,1,One\nb,3,2,Two\n"
    assert tree(read(text, slug="b")) == ["Two"]
    assert read(text, slug="b").taxonomy.version == "3"
    with pytest.raises(UserError, match="several taxonomies; name one of them as slug: a, b"):
        read(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("path\nA > B\nA > B\n", "Line 3: the path “A > B” was already used (line 2)."),
        ("level1,level2\n,B\n", "Line 2: “B” stands more than one level below the code before it."),
        ("level1,level2,level3\nA,,C\n", "Line 2: a level between “A” and “C” is empty."),
        ("path,label\nA,\nB,x\n", "Line 2: the code has no label."),
        ("label,parent\nA,\nA,\n", "Line 3: the id"),
        ("label,parent\nA,\nA,\nB,A\n", "Line 4: the parent “A” is the label of more than one code."),
        ("words\nA\n", "Line 1: the first line must name the columns"),
        ("label\n", "laws.csv holds no codes."),
        ("", "laws.csv is empty."),
    ],
)
def test_rows_that_do_not_fit_are_said(text, sentence):
    with pytest.raises(UserError) as caught:
        read(text)
    assert str(caught.value).startswith(sentence)


def test_a_workbook_by_hand_with_numbers_and_another_sheet():
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["about this file"])
    codes = book.create_sheet("codes")
    for row in (["Code", "Name", "Parent"], [1, "Rights", None], [2.0, "Asylum", 1]):
        codes.append(row)
    out = io.BytesIO()
    book.save(out)
    found = read_taxonomy(out.getvalue(), "laws.xlsx")
    assert tree(found) == ["Rights", "Rights > Asylum"]
    assert found.notes == ("Sheets left out: “Sheet”.",)


YAML = """
title: Laws
codes:
  - label: Rights
    code: 01
    note: >
      What one
      may claim.
    children:
      - Asylum
      - Return: [Voluntary, Forced]
  - label: "no"
    assignable: no
"""


def test_yaml_by_hand():
    for name in ("laws.yaml", "laws"):
        found = read(YAML.lstrip() if name == "laws" else YAML, name)
        assert tree(found) == [
            *("Rights", "Rights > Asylum", "Rights > Return", "Rights > Return > Voluntary"),
            *("Rights > Return > Forced", "no"),
        ]
        rights, *_, last = found.taxonomy.codes
        assert (rights.id, rights.notation, rights.definition) == ("laws:01", "01", "What one may claim.\n")
        assert not last.assignable
    assert tree(read("- A\n- B\n", "x")) == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: &a [x]\nb: *a\n", "holds references"),
        ("[" * 500, "nested more than"),
        ("[" * 5000, "nest"),
        ("codes: [[a]]", "Code 1: this is no code."),
        ("codes:\n - label: {a: b}\n", "“label” is no text."),
        ("codes:\n - id: x\n", "Code 1: the code has no label."),
        ("a: b: c\n", "line 1: this is no YAML"),
        ("a: b\n", "holds no list of codes"),
        ("word\n", "holds no list of codes"),
        ("? [a]\n: b\n", "this is no YAML"),
        ("codes: []\n", "holds no codes"),
    ],
)
def test_yaml_that_does_not_fit_is_said(text, sentence):
    with pytest.raises(UserError, match=sentence):
        read(text, "laws.yaml")


def test_eurovoc_comes_in_from_its_table():
    found = read_taxonomy(shared("taxonomies/eurovoc_concepts_en_2021.csv").read_bytes(), "eurovoc.csv")
    assert len(found.taxonomy.codes) == 148 + 7317
    for form in WHOLE:
        data, _ = FORMATS[form].write(found.taxonomy)
        assert (
            read_taxonomy(data, f"eurovoc{FORMATS[form].suffixes[0]}").taxonomy.codes == found.taxonomy.codes
        )


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(BACK))
def test_damaged_files_are_read_or_refused_in_a_sentence(seed, form):
    data, rng = bytearray(FORMATS[form].write(load_shipped("policy-frames"))[0]), random.Random(seed)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data))
        pieces = [b"", b"<", b'"', b"\xff", b"&", b"{", b"\0", b"\n", b": ", b"- ", b",", b"*a"]
        data[at : at + rng.choice([0, 1, 1, 9, 400])] = rng.choice(pieces)
    with suppress(UserError):
        assert read_taxonomy(bytes(data), f"a{FORMATS[form].suffixes[0]}").taxonomy.codes


def test_fields_of_the_taxonomy_itself_are_those_of_the_json():
    assert HEAD == ("slug", "title", "version", "licence", "source", "credit", "note", "language")
