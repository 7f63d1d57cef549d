"""Plain text: encodings, what stands at the top, run-on articles."""

from __future__ import annotations

import codecs

import pytest

from annotate.model import BlockKind
from annotate.readers import read_bytes, read_file, split
from annotate.readers.encoding import decode
from annotate.text import normalise
from tests.shared import shared

BODY = (
    "The council of Northhaven voted on Tuesday to open the harbour road to buses, after years in which the "
    "plan had been put off again and again for want of money, and of a majority that would have stood by it."
)
RUN_ON = f"""Council opens the harbour road to buses after a long debate
The Northhaven Gazette
{BODY}
{BODY}

Fishing fleet stays in port as the price of fuel rises again
{BODY}


"""


def test_nothing_is_cut_and_the_title_stays() -> None:
    raw = "\ufeff\n\nA short title\r\n\r\nBody text. \r\n\r\n"
    draft = read_bytes(raw.encode("utf-8"), "x.txt")[0]
    assert draft.text == "\n\nA short title\n\nBody text. \n\n"
    assert draft.title == "A short title"
    assert draft.layout.blocks[0].kind is BlockKind.TITLE
    assert draft.notes == ()


def test_outlet_author_and_date_under_the_title() -> None:
    text = f"Harbour road opens\nThe Northhaven Gazette\nBy Ann Lee\n12 March 2025\n{BODY}"
    draft = read_bytes(text.encode(), "x.txt")[0]
    assert (draft.title, draft.outlet, draft.author, draft.date) == (
        "Harbour road opens",
        "The Northhaven Gazette",
        "Ann Lee",
        "2025-03-12",
    )


def test_a_first_sentence_is_no_title() -> None:
    draft = read_bytes(b"It rained all day.\nThe road was closed.", "rain 3.txt")[0]
    assert (draft.title, draft.outlet) == ("rain 3", "")


def test_items_and_quotes_get_their_kinds() -> None:
    draft = read_bytes("Shopping list\n- milk\n  • eggs\n1. bread\n> said he\n>> said she".encode(), "x.txt")[
        0
    ]
    kinds = [(block.kind, block.level) for block in draft.layout.blocks]
    assert kinds == [
        (BlockKind.TITLE, 0),
        (BlockKind.ITEM, 0),
        (BlockKind.ITEM, 1),
        (BlockKind.ITEM, 0),
        (BlockKind.QUOTE, 0),
        (BlockKind.QUOTE, 1),
    ]


def test_a_run_on_article_is_offered_and_split() -> None:
    draft = read_bytes(RUN_ON.encode(), "x.txt")[0]
    assert draft.outlet == "The Northhaven Gazette"
    assert [draft.text[place : place + 13] for place in draft.split_at] == ["Fishing fleet"]
    first, second = split(draft)
    assert first.text + second.text == draft.text
    assert second.title.startswith("Fishing fleet stays in port")
    assert (first.split_at, second.split_at) == ((), ())
    assert second.outlet == ""


@pytest.mark.parametrize(
    "text",
    [
        f"A title of some length for this text\n\n{BODY}\n\nWhat comes next\n\n{BODY}\n\n{BODY}",
        f"{BODY}\n\nFishing fleet stays in port as the price of fuel rises\n{BODY}",
        f"A title\n{BODY}\n\nSubheading\n{BODY}\n\nOther subheading\n{BODY}",
    ],
)
def test_subheadings_do_not_split(text: str) -> None:
    assert read_bytes(text.encode(), "x.txt")[0].split_at == ()


def test_the_sample_news_article_has_title_outlet_and_a_second_article() -> None:
    draft = read_file(shared("samples/news-article.txt"))[0]
    assert draft.title.startswith("Trump administration weighs")
    assert draft.outlet == "CNN"
    assert [draft.text[place:].split("\n")[0][:26] for place in draft.split_at] == [
        "Trump’s immigration approa"
    ]


def test_no_sample_but_the_run_on_one_is_split() -> None:
    for path in shared("samples/annotated").rglob("*.txt"):
        assert read_file(path)[0].split_at == (), path.name


@pytest.mark.parametrize(
    ("encoding", "label"),
    [
        ("utf-16", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32-le", "utf-32-le"),
        ("cp1252", "windows-1252"),
        ("utf-8-sig", "utf-8"),
    ],
)
def test_encodings_are_found_and_named(encoding: str, label: str) -> None:
    text = (
        "Für die Straße am Fluß fehlt Geld, sagte der Bürgermeister. Die Städte müssen höhere Mittel geben."
    )
    found = decode(text.encode(encoding))
    assert found is not None
    assert (found.text, found.encoding) == (text, label)


def test_iso_2022_jp_is_found_before_utf_8() -> None:
    text = "日本語の文章です。"
    found = decode(text.encode("iso2022_jp"))
    assert found is not None
    assert found.text == text


def test_a_few_nuls_do_not_make_a_text_binary() -> None:
    draft = read_bytes(b"Words before\0and after. " * 40, "x.txt")[0]
    assert draft.text.startswith("Words before\ufffdand after.")


def test_sample_encodings() -> None:
    wrong = []
    folder = shared("samples/encodings")
    for path in folder.glob("*__*"):
        label = path.name.split("__")[0].replace("-hungarian", "").replace("-turkish", "")
        found = decode(path.read_bytes())
        if label == "None":
            right = found is None
        else:
            expected = path.read_bytes().decode(codecs.lookup(label).name)
            right = found is not None and normalise(found.text) == normalise(expected)
        if not right:
            wrong.append(path.name)
    assert wrong == []


def test_viscii_which_no_codec_reads_does_not_crash() -> None:
    assert "a guess" in read_file(shared("samples/encodings/uchardet_vi_viscii.txt"))[0].notes[0]
