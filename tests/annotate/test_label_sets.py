"""Sets of labels for other programs: each label once, keys that they take, what is left out counted."""

import json

import pytest
from hypothesis import given, settings
from lxml import etree

from annotate.model import Code, Taxonomy
from annotate.taxonomy import load_shipped
from annotate.taxonomy_files import FORMATS, read_taxonomy
from tests.annotate.trees import taxonomies

FRAMES = load_shipped("policy-frames")
LONG = Taxonomy(
    "x", "x", "X",
    codes=(
        Code("a", "x", None, "", "A group", assignable=False),
        Code("b", "x", "a", "1", "Said", "What is said.", "words", "none", "“so”", "#ffffff", "S"),
        Code("c", "x", "a", "1", "Said", shortcut="S", position=1),
        Code("d", "x", None, "", "y" * 300, colour="#000000", shortcut="ö", position=1),
    ),
)  # fmt: skip


def made(form, taxonomy):
    return FORMATS[form].write(taxonomy)


def test_inception_tagset():
    data, notes = made("inception", LONG)
    held = json.loads(data)
    assert (held["name"], held["create_tag"]) == ("X", False)
    first, second, third = held["tags"]
    assert first == {
        "tag_name": "1 Said",
        "tag_description": "What is said.\nUse when: words\nDo not use when: none\nExamples: “so”",
    }
    assert (second["tag_name"], len(third["tag_name"])) == ("1 Said (2)", 194)
    assert notes == (
        "Left out, with the number of codes: ids (4), colour (2), shortcut (3), "
        "groupings and retired codes (1), place in the tree (2).",
        "Labels cut at 200 characters: 1.",
    )


def test_label_studio_configuration():
    data, notes = made("label-studio", LONG)
    labels = etree.fromstring(data).findall(".//Label")
    assert [label.get("value") for label in labels] == ["1 Said", "1 Said (2)", "y" * 300]
    assert [label.get("hotkey") for label in labels] == ["s", None, None]
    assert labels[0].get("background") == "#ffffff"
    assert notes == (
        "Left out, with the number of codes: ids (4), groupings and retired codes (1), place in the tree (2).",
    )


@pytest.mark.filterwarnings("ignore")
def test_label_studio_itself_takes_it():
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface
    for taxonomy in (FRAMES, LONG):
        held = interface(made("label-studio", taxonomy)[0].decode())
        held.validate()
        (tag,) = held.controls
        assert len(tag.labels) == sum(code.assignable for code in taxonomy.codes)
        assert [each.tag for each in held.objects] == ["Text"]


def test_doccano_labels():
    data, notes = made("doccano", LONG)
    first, second, third = json.loads(data)
    assert first == {
        "text": "1 Said",
        "background_color": "#ffffff",
        "text_color": "#000000",
        "suffix_key": "s",
    }
    assert ("suffix_key" in second, len(third["text"])) == (False, 94)
    assert third["text_color"] == "#ffffff"
    assert notes[1] == "Labels cut at 100 characters: 1."


def test_brat_configuration():
    text = made("brat", LONG)[0].decode()
    assert "[entities]\nUncoded\n!A_group\n\tCode_1_Said\n\tCode_1_Said_2\n" in text


def test_refi_codebook_comes_back():
    back = read_taxonomy(made("qdc", FRAMES)[0], "policy-frames.qdc").taxonomy
    assert [code.label for code in back.codes] == [code.label for code in FRAMES.codes]


@given(taxonomies())
@settings(max_examples=60, deadline=None)
def test_any_taxonomy_goes_out_with_each_label_once(taxonomy):
    number = sum(code.offered for code in taxonomy.codes)
    names = [tag["tag_name"] for tag in json.loads(made("inception", taxonomy)[0])["tags"]]
    assert len(set(names)) == len(names) == number
    labels = [label["text"] for label in json.loads(made("doccano", taxonomy)[0])]
    assert len(set(labels)) == len(labels) == number
    assert len(etree.fromstring(made("label-studio", taxonomy)[0]).findall(".//Label")) == number
    made("brat", taxonomy)
