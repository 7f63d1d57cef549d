"""Shipped taxonomies are what their sources say; trees, CSV and JSON give back what they were given."""

import csv
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.codebook_files import read_csv, read_json, write_csv, write_json
from annotate.codetree import free_colour
from annotate.errors import UserError
from annotate.model import Code
from annotate.taxonomy import (
    FOLDER,
    PALETTE,
    brings,
    by_id,
    children,
    descendants,
    in_order,
    inserted,
    load_shipped,
    moved,
    path,
    resolved_colour,
    shipped,
)
from tests.annotate.trees import taxonomies
from tests.shared import shared

SLUGS = [info.slug for info in shipped()]
SOURCES = {
    "policy-frames": "policy_frames_mfc",
    "cap": "cap_master_codebook",
    "marpor": "marpor_v5",
    "generic-frames": "generic_news_frames",
    "demig": "demig_policy",
    "political-claims": "political_claims_analysis",
    "persuasion-techniques": "semeval2023_persuasion_techniques",
    "cofog": "un_cofog_1999",
    "sdg": "un_sdg",
    "iptc-top": "iptc_mediatopics_top2_release2026",
}


def code(id_: str, parent: str | None = None, position: int = 0, colour: str = "") -> Code:
    return Code(id_, "t", parent, id_, id_.upper(), colour=colour, position=position)


TREE = (code("a"), code("a1", "a"), code("a2", "a", 1), code("a21", "a2"), code("b", position=1))


def test_exactly_the_ten_are_shipped():
    assert list(SOURCES) == SLUGS
    assert {file.stem for file in FOLDER.glob("*.json")} == {*SLUGS, "index"}


@pytest.mark.parametrize("slug", SLUGS)
def test_shipped_codes_are_those_of_the_source(slug):
    with shared(f"taxonomies/{SOURCES[slug]}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if slug == "generic-frames":
        rows = [row for row in rows if not re.fullmatch(r"frames:SV\.[A-Z]+\.\d", row["id"])]
    ours = {(c.id, c.notation, c.label, c.parent or "") for c in load_shipped(slug).codes}
    assert ours == {(row["id"], row["code"], row["label"], row["parent"]) for row in rows}


@pytest.mark.parametrize("info", shipped(), ids=SLUGS)
def test_index_says_what_the_file_says(info):
    whole = load_shipped(info.slug)
    assert (info.title, info.version, info.licence, info.source) == (
        whole.title,
        whole.version,
        whole.licence,
        whole.source,
    )
    assert (info.codes, info.questions) == (len(whole.codes), len(whole.questions))
    assert all((whole.title, whole.version, whole.licence, whole.source, whole.credit, whole.note))


@pytest.mark.parametrize("slug", SLUGS)
def test_file_is_in_tree_order_and_written_as_it_would_be_again(slug):
    whole = load_shipped(slug)
    assert in_order(whole.codes) == whole.codes
    assert write_json(whole) == (FOLDER / f"{slug}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", SLUGS)
def test_notes_hold_no_words_of_our_workshop(slug):
    text = (FOLDER / f"{slug}.json").read_text(encoding="utf-8")
    assert not re.search(r"\[M\]|from memory|\.csv|raw/|/work", text)


@pytest.mark.parametrize("slug", ["cap", "marpor"])
def test_schemes_that_are_not_ours_send_to_the_official_codebook(slug):
    assert (
        "Codes and titles after the published scheme; consult the official codebook"
        in load_shipped(slug).note
    )


def test_groupings_cannot_be_assigned_and_categories_with_children_can():
    frames, cap, marpor = (by_id(load_shipped(slug).codes) for slug in ("policy-frames", "cap", "marpor"))
    assert not frames["pfc:frames"].assignable
    assert not marpor["marpor:d6"].assignable
    assert cap["cap:9"].assignable
    assert by_id(load_shipped("cofog").codes)["cofog:01.1"].assignable
    for slug in ("demig", "generic-frames", "persuasion-techniques"):
        assert {c.assignable for c in load_shipped(slug).codes if c.parent is None} == {False}


def test_every_frame_and_tone_says_when_to_use_it_and_when_not():
    frames = [c for c in load_shipped("policy-frames").codes if c.assignable]
    assert len(frames) == 24
    assert all(c.use_when.endswith(".") and c.avoid_when.endswith(".") for c in frames)


def test_frames_one_to_nine_have_their_number_as_shortcut():
    shortcuts = {c.notation: c.shortcut for c in load_shipped("policy-frames").codes if c.shortcut}
    assert shortcuts == {str(number): str(number) for number in range(1, 10)}


def test_colours_are_the_palettes_and_the_first_nine_frames_differ():
    every = [c for slug in SLUGS for c in load_shipped(slug).codes]
    assert {c.colour for c in every} <= {"", *PALETTE}
    frames = by_id(load_shipped("policy-frames").codes)
    assert len({frames[f"pfc:{number}"].colour for number in range(1, 10)}) == 9
    assert [frames[f"pfc:{n}"].colour for n in (1, 4, 5, 7, 8, 12, 13)] == [
        *("amber", "sky", "indigo", "umber", "rust", "olive", "violet")
    ]


def test_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(UserError, match="policy-frames, cap"):
        load_shipped("nonsense")


def test_manual_names_every_taxonomy_with_its_terms():
    page = (FOLDER.parent / "manual" / "taxonomies.md").read_text(encoding="utf-8")
    for slug in SLUGS:
        whole = load_shipped(slug)
        for words in (f"`{slug}`", whole.version, whole.licence, whole.source, whole.credit, whole.note):
            assert words in page


def test_tree_order_paths_and_descendants():
    shuffled = TREE[::-1]
    assert in_order(shuffled) == TREE
    assert [c.id for c in children(shuffled)["a"]] == ["a1", "a2"]
    assert [c.id for c in descendants(shuffled, "a")] == ["a1", "a2", "a21"]
    assert path(TREE[3], by_id(TREE)) == "A > A2 > A21"


def test_colour_comes_from_the_nearest_above_or_stays_with_the_root():
    tree = (code("a"), code("a1", "a", colour="teal"), code("a11", "a1"), code("a2", "a", 1))
    codes = by_id(tree)
    assert resolved_colour(codes["a11"], codes) == "teal"
    assert resolved_colour(codes["a2"], codes) == resolved_colour(codes["a"], codes)
    assert resolved_colour(codes["a"], codes) in PALETTE


def test_moving_into_itself_is_refused():
    for target in ("a", "a21"):
        with pytest.raises(UserError, match="cannot be moved into itself"):
            moved(TREE, "a", target, 0)


def test_a_move_changes_only_what_shifts():
    assert {c.id: (c.parent, c.position) for c in moved(TREE, "b", "a", 1)} == {"b": ("a", 1), "a2": ("a", 2)}
    assert moved(TREE, "b", None, 9) == ()
    assert {c.id: c.position for c in inserted(TREE, code("c"), 0)} == {"c": 0, "a": 1, "b": 2}


@given(st.data())
def test_any_move_puts_the_code_where_it_was_asked_to_be(data):
    count = data.draw(st.integers(2, 12))
    parents = [None] + [
        data.draw(st.sampled_from([None, *(f"c{k}" for k in range(n))])) for n in range(1, count)
    ]
    places: Counter[str | None] = Counter()
    tree = []
    for number, parent in enumerate(parents):
        tree.append(code(f"c{number}", parent, places[parent]))
        places[parent] += 1
    chosen = data.draw(st.sampled_from(tree))
    inside = {chosen.id, *(c.id for c in descendants(tree, chosen.id))}
    target = data.draw(st.sampled_from([None, *(c.id for c in tree if c.id not in inside)]))
    index = data.draw(st.integers(0, count))
    others = [c.id for c in children(tree).get(target, ()) if c.id != chosen.id]

    changed = by_id(moved(tree, chosen.id, target, index))
    after = [changed.get(c.id, c) for c in tree]

    others.insert(min(index, len(others)), chosen.id)
    assert [c.id for c in children(after)[target]] == others
    assert {c.id for c in in_order(after)} == {c.id for c in tree}
    assert all(c != by_id(tree)[c.id] for c in changed.values())


@given(taxonomies())
def test_csv_gives_back_what_was_written(taxonomy):
    bare = replace(taxonomy, locked=False, language="", relation_types=())
    assert read_csv(write_csv(taxonomy), slug="x", title="Exes") == bare


@given(taxonomies())
def test_json_gives_back_what_was_written(taxonomy):
    assert read_json(write_json(taxonomy)) == taxonomy


def test_csv_with_other_column_names_semicolons_and_parents_by_notation():
    text = "\ufeffCode;Name;Parent;Scope note\r\n1;Rights;;All of them\r\n\r\n1.1;Due process;1;\r\n"
    rights, process = read_csv(text, slug="mine", title="Mine").codes
    assert (rights.id, rights.notation, rights.label, rights.definition) == (
        *("mine:1", "1", "Rights", "All of them"),
    )
    assert (process.parent, process.assignable) == ("mine:1", True)


def test_shared_csv_is_read_as_it_is():
    text = shared("taxonomies/un_cofog_1999.csv").read_text(encoding="utf-8")
    read = read_csv(text, slug="cofog", title="COFOG")
    assert [(c.id, c.parent) for c in read.codes] == [(c.id, c.parent) for c in load_shipped("cofog").codes]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("id,label\na,One\nb,Two\na,Three\n", "Line 4: the id “a” was already used (line 2)."),
        ('id,label,definition\na,One,"two\nlines"\nb,,\n', "Line 4: the code has no label."),
        ("id,label,parent\na,One,\nb,Two,z\n", "Line 3: the parent “z” of “Two” is not in the file."),
        ("id,label,parent\na,One,b\nb,Two,a\n", "Line 2: the parents of “One” run in a circle."),
        ("id,label,parent\na,One,a\n", "Line 2: the parents of “One” run in a circle."),
        ("id,label,colour\na,One,mauve\n", "Line 2: the colour “mauve” is neither"),
        ("id,label,assignable\na,One,maybe\n", "Line 2: “assignable” is yes or no, not “maybe”."),
        (
            "id,code,label,parent\na,1,One,\nb,1,Two,\nc,2,Three,1\n",
            "Line 4: the parent “1” is the notation of more",
        ),
        ("id,text\na,One\n", "Line 1: the first line must name the columns"),
        ("", "Line 1: the first line must name the columns"),
        ('id,label\na,"One\n', "Line 2: this is not readable as CSV"),
    ],
)
def test_csv_that_does_not_fit_is_answered_with_its_line(text, sentence):
    with pytest.raises(UserError) as caught:
        read_csv(text, slug="x", title="X")
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{\n  nonsense", "Line 2: This is not JSON."),
        ("[]", "This JSON holds no taxonomy"),
        ('{"slug": "x", "codes": [{"label": "One"}]}', "Code 1: it has no id."),
        ('{"slug": "x", "codes": [{"id": "a", "label": "One", "parent": "b"}]}', "Code 1: the parent “b”"),
    ],
)
def test_json_that_does_not_fit_is_answered_with_its_place(text, sentence):
    with pytest.raises(UserError) as caught:
        read_json(text)
    assert str(caught.value).startswith(sentence)


def test_what_comes_with_a_taxonomy_is_said_in_a_few_words():
    assert brings(1) == "1 code"
    assert brings(188, 2) == "188 codes, 2 questions about each article"
    assert brings(1204, 1, 1) == "1,204 codes, 1 question about each article, 1 rule"


def test_a_new_code_gets_a_colour_that_few_beside_it_have():
    codes: dict[str, Code] = {}
    for number in range(len(PALETTE) + 1):
        colour = free_colour("t", None, codes)
        codes[str(number)] = Code(str(number), "t", None, "", f"{number}", colour=colour)
    given = [code.colour for code in codes.values()]
    assert set(given[: len(PALETTE)]) == set(PALETTE)
    assert given[-1] == PALETTE[0]
    assert free_colour("t", "0", codes) == ""
    assert free_colour("other", None, codes) == PALETTE[0]
