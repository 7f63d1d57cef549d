"""SKOS comes in with one language, one parent and nothing dropped in silence; what goes out comes back."""

import random
import re
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.codetree import by_id, path
from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from annotate.taxonomy import load_shipped, shipped
from annotate.taxonomy_files import skos, skos_out
from annotate.taxonomy_files.incoming import Wishes
from tests.annotate.trees import taxonomies

TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <http://example.org/law/> .

:s a skos:ConceptScheme ; dct:title "Law"@en, "Droit"@fr ; owl:versionInfo "2.1" ; dct:license <http://example.org/by> ;
   skos:hasTopConcept :rights, :state .
:rights a skos:Concept ; skos:inScheme :s ; skos:prefLabel "Rights"@en, "Droits"@fr ; skos:notation "1" ;
   skos:definition "What one may claim."@en , "Ce que l'on peut exiger."@fr ; skos:altLabel "Claims"@en .
:state a skos:Concept ; skos:prefLabel "State"@en ; skos:narrower :asylum .
:asylum a skos:Concept ; skos:prefLabel "Asylum"@en, "Asile"@fr ; skos:broader :rights ; skos:related :state ;
   skos:scopeNote [ rdf:value "Protection of persons."@en ] ; skos:example "She was granted asylum."@en ;
   skos:exactMatch <http://elsewhere.org/asylum> .
:return a skos:Concept ; xl:prefLabel [ xl:literalForm "Return"@en ], [ xl:literalForm "Retour"@fr ] ;
   skos:broader :asylum .
:old a skos:Concept ; skos:prefLabel "Old"@en ; owl:deprecated true ; skos:broader :rights .
"""


def tree(incoming):
    codes = by_id(incoming.taxonomy.codes)
    return [path(code, codes) for code in incoming.taxonomy.codes]


def test_a_tree_with_labels_notes_and_what_was_left_out():
    read = skos.read(TURTLE.encode(), "law.ttl")
    assert (read.taxonomy.title, read.taxonomy.slug, read.taxonomy.version) == ("Law", "law", "2.1")
    assert (read.taxonomy.licence, read.taxonomy.source) == (
        "http://example.org/by",
        "http://example.org/law/s",
    )
    assert tree(read) == [
        *("Rights", "Rights > Asylum", "Rights > Asylum > Return", "Rights > Old", "State"),
    ]
    rights, asylum, _, old, state = read.taxonomy.codes
    assert (rights.synonyms, asylum.related, old.retired) == (("Claims",), (state.id,), True)
    assert (rights.id, rights.notation, rights.definition) == (
        *("http://example.org/law/rights", "1", "What one may claim."),
    )
    assert (asylum.use_when, asylum.examples) == ("Protection of persons.", "She was granted asylum.")
    assert read.languages == ("en", "fr")
    assert read.also_under == {asylum.id: ("http://example.org/law/state",)}
    assert read.notes == (
        "Left out, there is no place for them: 1 mappings to other schemes.",
        "1 code with more than one parent got the first: “Asylum (also below State)”.",
    )


def test_another_language_is_chosen_and_what_it_lacks_is_said():
    read = skos.read(TURTLE.encode(), "law.ttl", Wishes(language="FR"))
    assert read.taxonomy.title == "Droit"
    assert tree(read) == [
        *("Droits", "Droits > Asile", "Droits > Asile > Retour", "Droits > Old", "State"),
    ]
    assert read.taxonomy.codes[0].synonyms == ()
    assert "Labels not there in fr were taken as they are: 2 in en." in read.notes
    with pytest.raises(UserError, match="no labels in the language “de”; there are en, fr"):
        skos.read(TURTLE.encode(), "law.ttl", Wishes(language="de"))


def test_regional_languages_are_found_by_the_plain_one():
    text = TURTLE.replace("@fr", "@fr-CH")
    assert tree(skos.read(text.encode(), "law.ttl", Wishes(language="fr")))[0] == "Droits"


@pytest.mark.parametrize(("form", "suffix"), [("RDF_XML", "rdf"), ("N_TRIPLES", "nt"), ("JSON_LD", "jsonld")])
def test_every_notation_of_rdf_says_the_same(form, suffix):
    import pyoxigraph

    triples = (quad.triple for quad in pyoxigraph.parse(TURTLE.encode(), pyoxigraph.RdfFormat.TURTLE))
    data = pyoxigraph.serialize(triples, format=getattr(pyoxigraph.RdfFormat, form))
    for name in (f"law.{suffix}", "law"):
        assert skos.sniff(data, name)
        assert skos.read(data, name).taxonomy.codes == skos.read(TURTLE.encode(), "law.ttl").taxonomy.codes


def test_one_of_several_schemes_is_taken_by_title_or_iri():
    text = (
        TURTLE
        + ':t a skos:ConceptScheme ; dct:title "Other" . :x a skos:Concept ; skos:inScheme :t ; skos:prefLabel "X" .'
    )
    both = skos.read(text.encode(), "law.ttl")
    assert both.notes[0] == "2 concept schemes, taken together: “Law (2)”, “Other (1)”."
    assert len(both.taxonomy.codes) == 6
    for scheme in ("Other", "http://example.org/law/t"):
        assert tree(skos.read(text.encode(), "law.ttl", Wishes(scheme=scheme))) == ["X"]
    with pytest.raises(UserError, match="no concept scheme “Third”; there are “Law”, “Other”"):
        skos.read(text.encode(), "law.ttl", Wishes(scheme="Third"))


def test_circles_are_cut_and_said():
    text = TURTLE + ":rights skos:broader :return ."
    read = skos.read(text.encode(), "law.ttl")
    assert len(read.taxonomy.codes) == 5
    assert any("below itself in the file" in note for note in read.notes)


def test_xml_in_another_encoding_and_with_harmless_entities():
    text = (
        '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE rdf:RDF [<!ENTITY skos "http://www.w3.org/2004/02/skos/core#">]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="&skos;">'
        '<skos:Concept rdf:about="http://e.org/a"><skos:prefLabel>\u00c9tat</skos:prefLabel></skos:Concept></rdf:RDF>'
    )
    assert tree(skos.read(text.encode("latin-1"), "a.rdf")) == ["\u00c9tat"]


RDF_HEAD = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.ttl", "@prefix skos: <http://x/> .\n<a> skos:b ;;; .\n<a", "a.ttl, line"),
        ("a.ttl", "", "holds no SKOS concepts"),
        ("a.ttl", "@prefix a: <http://x/> . a:b a:c a:d .", "holds no SKOS concepts"),
        ("a.jsonld", '{"@context": "http://127.0.0.1:9/x", "@id": "http://x/y"}', "loads nothing from the network"),
        ("a.rdf", f'<!DOCTYPE rdf:RDF [<!ENTITY a0 "lol">{LAUGHS}]>{RDF_HEAD}&a9;</rdf:RDF>', "entities"),
        ("a.rdf", f'<!DOCTYPE rdf:RDF [<!ENTITY a SYSTEM "file:///x">]>{RDF_HEAD}&a;</rdf:RDF>', "entities"),
        ("a.rdf", f'<!DOCTYPE rdf:RDF [<!ENTITY a "{"x" * 999}">]>{RDF_HEAD}{"&a;" * 99999}</rdf:RDF>', "entities"),
        ("a.rdf", RDF_HEAD + "<rdf:Description><rdf:value>" * 9999, "nested more than"),
        ("a.rdf", RDF_HEAD + "<rdf:Description>", "a.rdf, line 1"),
        ("a.jsonld", '{"@id":' * 99999, "a.jsonld"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_a_sentence(name, text, sentence):
    with pytest.raises(UserError, match=re.escape(sentence)):
        skos.read(text.encode(), name)


@pytest.mark.parametrize("slug", [info.slug for info in shipped()])
@pytest.mark.parametrize("write", [skos_out.turtle, skos_out.rdf_xml])
def test_shipped_taxonomies_come_back_equal(slug, write):
    whole = load_shipped(slug)
    data, notes = write(whole)
    back = skos.read(data, "x")
    assert notes == back.notes == ()
    assert back.taxonomy == replace(whole, questions=(), relation_types=())


@given(taxonomies(), st.sampled_from([skos_out.turtle, skos_out.rdf_xml]))
def test_what_goes_out_comes_back(taxonomy, write):
    data, notes = write(taxonomy)
    back = skos.read(data, "x").taxonomy
    assert back == replace(taxonomy, relation_types=()) or notes
    assert shape(back) == shape(taxonomy)


def shape(taxonomy):
    return [(code.id, code.parent, code.position) for code in taxonomy.codes]


def test_iris_as_careless_programs_write_them():
    text = TURTLE.replace(":state a", "<http://example.org/The state> a").replace(":state", "<#state>")
    ids = [code.id for code in skos.read(text.encode(), "law.ttl").taxonomy.codes]
    assert "http://example.org/The state" in ids
    again = skos_out.turtle(skos.read(text.encode(), "law.ttl").taxonomy)[0]
    assert [code.id for code in skos.read(again, "x").taxonomy.codes] == ids


ODD = [
    "http://a:b",
    "http://e/%zz",
    "http://:80",
    "http://a b/",
    "http://e/a#b#c",
    "ftp:///x",
    "http://e/é",
    "urn:x",
    "a:b",
]


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20) | st.sampled_from(ODD))
def test_any_id_comes_back(id):
    taxonomy = Taxonomy("s ü", "s ü", "S", codes=(Code(id, "s ü", None, "", "One"),))
    assert skos.read(skos_out.turtle(taxonomy)[0], "x").taxonomy == taxonomy
    assert skos.read(
        skos_out.turtle(replace(taxonomy, codes=(replace(taxonomy.codes[0], id="http://e.org/" + id),)))[0],
        "x",
    )


@pytest.mark.parametrize(("write", "form"), [(skos_out.turtle, "turtle"), (skos_out.rdf_xml, "xml")])
def test_rdflib_reads_the_same(write, form):
    rdflib = pytest.importorskip("rdflib")
    whole = load_shipped("policy-frames")
    graph = rdflib.Graph().parse(data=write(whole)[0], format=form)
    words = rdflib.SKOS
    assert {str(value) for value in graph.objects(None, words.prefLabel)} == {c.label for c in whole.codes}
    assert len(set(graph.subjects(rdflib.RDF.type, words.Concept))) == len(whole.codes)
    assert len(set(graph.subject_objects(words.broader))) == sum(c.parent is not None for c in whole.codes)
    assert {(up, down) for down, up in graph.subject_objects(words.broader)} == set(
        graph.subject_objects(words.narrower)
    )
    assert skos.read(graph.serialize(format=form).encode(), "x").taxonomy == replace(
        whole, questions=(), relation_types=()
    )  # in another order of statements


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["ttl", "rdf", "nt", "jsonld"]))
def test_damaged_files_are_read_or_refused_in_a_sentence(seed, suffix):
    data, rng = bytearray(sample(suffix)), random.Random(seed)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(data))
        data[at : at + rng.choice([0, 1, 1, 9])] = rng.choice(
            [b"", b"<", b'"', b"\xff", b"&", b"{", b"\0", b"a", b"@"]
        )
    with suppress(UserError):
        assert skos.read(bytes(data), f"a.{suffix}").taxonomy.codes


def sample(suffix):
    import pyoxigraph

    form = pyoxigraph.RdfFormat.from_extension(suffix)
    return pyoxigraph.serialize(
        (quad.triple for quad in pyoxigraph.parse(TURTLE.encode(), pyoxigraph.RdfFormat.TURTLE)), format=form
    )
