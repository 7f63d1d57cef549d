"""RTF: characters of every code page, tables, lists, notes, text boxes, and what is no text left out."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import find_reader, read_bytes, read_file
from tests.annotate.test_readers_every_sample import check, check_bytes
from tests.shared import shared

FONTS = (
    r"{\fonttbl{\f0\froman\fcharset0{\*\panose 02}Times{\*\falt x};}{\f1\fcharset204 Arial Cyr;}"
    r"{\f2\fcharset128 MS Gothic;}{\f3\fnil\fcharset2 Symbol;}}"
)
STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}{\s3 Title;}{\s4 Quote;}"
    r"{\*\cs10 Default Paragraph Font;}}"
)


def read(inside: str) -> Draft:
    (draft,) = read_bytes(
        rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{STYLES}{inside}}}".encode("latin-1"), "a.rtf"
    )
    check(draft)
    return draft


def lines(draft: Draft) -> list[str]:
    return draft.text.split("\n")


def kinds(draft: Draft) -> list[tuple[str, int]]:
    return [(str(block.kind), block.level) for block in draft.layout.blocks]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (r"caf\'e9 \'93a\'94", "café “a”"),
        (r"\f1\'cf\'f0\'e8 \f0\'e9 {\f1\'ec}\'e9", "При é мé"),
        (r"\f2 \'93\'fa\'96\'7b \'83A", "日本 ア"),
        (r"\u8220?a\u8221\'94 \uc2\u1055\'cf\'cf\u-10179??\u-8704?? \uc0\u233b", "“a” П😀 éb"),
        (r"{\uc0\u233}x\u233?y", "éxéy"),
        (r"\f3 \'61\u-3913?\f0 a", "α•a"),
        (r"a\emdash b\~c\_d\-e\lquote f\rquote\ldblquote\bullet\tab g\{\}\\", "a—b\xa0c\u2011de‘f’“• g{}\\"),
        ("one\r\nword\\\nline", "oneword\nline"),
        (r"\bin5 {{{}}a", "a"),
        (r"a\line b\page c", "a\nb\nc"),
    ],
)
def test_characters(inside: str, expected: str) -> None:
    assert read(inside).text == expected


@pytest.mark.parametrize(
    ("head", "expected"), [(r"\ansicpg1251", "й"), (r"\mac", "È"), (r"\pc", "Θ"), (r"\ansicpg99999", "é")]
)
def test_the_code_page_of_the_document(head: str, expected: str) -> None:
    assert read_bytes(rf"{{\rtf1\ansi{head} \'e9}}".encode(), "a.rtf")[0].text == expected


def test_headings_title_quotes_and_items() -> None:
    draft = read(
        r"\pard\plain\s3 The harbour\par\pard\plain\s1 Setting\par\pard\plain\s2 More\par"
        r"\pard\plain\outlinelevel2 By level\par\pard\plain\s4 Said.\par"
        r"{\listtext\pard\plain 1.\tab}\pard\plain\ls1\ilvl0 one\par"
        r"{\listtext\pard\plain\f3 \'b7\tab}\ls2\ilvl1 dot\par{\listtext o\tab}\ls2\ilvl1 round\par"
        r"{\pntext\pard\plain (a)\tab}\pard\plain{\*\pn{\pntxtb (}{\pntxta )}}old\par\pard After."
    )
    assert lines(draft) == [
        "The harbour", "Setting", "More", "By level", "Said.", "1. one", "dot", "round", "(a) old", "After."
    ]  # fmt: skip
    assert kinds(draft) == [
        ("title", 0), ("heading", 1), ("heading", 2), ("heading", 3), ("quote", 0),
        ("item", 0), ("item", 1), ("item", 1), ("item", 0), ("paragraph", 0),
    ]  # fmt: skip
    assert draft.title == "The harbour"


def test_tables() -> None:
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\cell\row"
    nested = (
        r"\trowd\cellx1\pard\intbl\itap2 in\nestcell{\nonesttables\par}ner\nestcell{\nonesttables\par}"
        r"{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl\itap1 out\cell\pard\intbl right\cell\row"
    )
    draft = read(
        "before\\par" + row.format("a", "b") + row.format(r"two\par lines", "") + nested + "\\pard after\\par"
        + row.format("c", "d") + r"\pard\intbl cut"
    )  # fmt: skip
    assert lines(draft) == [
        "before", "a\tb", "two lines\t", "in\tner", "out", "right", "after", "c\td", "cut"
    ]  # fmt: skip
    assert kinds(draft)[1] == ("row", 0)


def test_notes_stand_at_the_end_with_their_marks() -> None:
    note = r"{{\super\chftn}}{{\footnote{} \pard\plain {{\super\chftn}} {}}}"
    draft = read(
        "One" + note.format("", "First.") + " two" + note.format(r"\ftnalt", r"End.\par More.") + ", three"
        + note.format("", "Second.") + r"{\super *}{\footnote * Starred.}.\par Last."
    )  # fmt: skip
    assert lines(draft) == [
        "One[1] two[i], three[2]*.", "Last.", "[1] First.", "[2] Second.", "* Starred.", "[i] End.", "More."
    ]  # fmt: skip


def test_what_is_no_text_is_left_out_and_told() -> None:
    draft = read(
        r"{\header Top}{\footerf Foot}{\*\generator X;}{\pict\pngblip 89504e47}{\*\bkmkstart a}"
        r"Kept {\deleted gone {\b also}} and {\v hidden}{\*\atnauthor Ann}{\*\annotation remark}"
        r"{\field{\*\fldinst{HYPERLINK \'22x\'22}}{\fldrslt{link}}}{\object{\*\objdata 00ff}{\result shown}}"
        r"{\upr{a?}{\*\ud{\u8364?}}}{\xe index}{\revised  new}\deleted\par\deleted0 joined"
    )
    assert draft.text == "Kept and linkshown€ newjoined"
    assert draft.notes == (
        "1 tracked deletion left out.",
        "1 hidden passage left out.",
        "1 comment left out.",
    )


def test_text_boxes_once_and_behind_their_paragraph() -> None:
    draft = read(
        r"be{\shp{\*\shpinst{\sp{\sn name}{\sv value}}{\shptxt \pard in the box\par}}"
        r"{\shprslt{\*\do{\dptxbxtext \pard in the box\par}}}}fore\par{\*\do{\dptxbxtext old box}}\par"
    )
    assert lines(draft) == ["before", "in the box", "old box"]


def test_metadata() -> None:
    draft = read(
        r"{\info{\title The \'93harbour\'94 road}{\author {\upr{?}{\*\ud{\u352?ime}}} Lee}{\subject Roads}"
        r"{\creatim\yr2024\mo3\dy2\hr10}{\revtim\yr0\mo0\dy0}}Words.\par more"
    )
    assert (draft.title, draft.author) == ("The “harbour” road", "Šime Lee")
    assert draft.attributes == {"subject": "Roads", "created": "2024-03-02"}
    assert draft.text == "Words.\nmore"


def test_a_file_that_is_only_named_so() -> None:
    assert read_bytes(b"Just words.", "a.rtf")[0].text == "Just words."
    assert find_reader(b"{\\rtf1 x}", "a.doc").NAME == "RTF document"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"{\\rtf1}", "a.rtf holds no text."),
        (b"{\\rtf1" + b"{" * 6000, "a.rtf is damaged: its groups lie too deep."),
    ],
)
def test_one_sentence_where_it_cannot_be_read(data: bytes, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read_bytes(data, "a.rtf")
    assert str(caught.value) == sentence


def test_a_large_picture_costs_little() -> None:
    picture = b"{\\pict\\pngblip\n" + (b"00ff" * 32 + b"\n") * 80_000 + b"}"
    start = time.perf_counter()
    assert read_bytes(b"{\\rtf1 a" + picture + b"b}", "a.rtf")[0].text == "ab"
    assert time.perf_counter() - start < 3


SAMPLES = {
    "accent.rtf": ["le café où on ne fume pas"],
    "line_break_textedit_mac.rtf": ["A", "B", "C"],
    "testRTFUnicodeUCNControlWordCharacterDoubling.rtf": ["0 年 abc 念"],
    "testRTFInvalidUnicode.rtf": ["Unpaired hi \ufffd here Unpaired lo \ufffd here Mismatched pair \ufffd\ufffd here"],
    "fake-doc.rtf": [
        "My First Heading", "My first paragraph.", "Table Example:", "Column 1\tColumn 2",
        "Row 1, Cell 1\tRow 1, Cell 2", "Row 2, Cell 1\tRow 2, Cell 2",
    ],
    "french.rtf": ["10‘000", "a 10'000 b.", "a 10‘000 b c!", "a a a 10´000 d?"],
}  # fmt: skip


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    (draft,) = read_file(shared(f"samples/documents/{name}"))
    assert lines(draft) == SAMPLES[name]


DOCUMENT = (
    rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}{STYLES}{{\info{{\title T}}}}\pard\s1 Caf\'e9\par\u8364?"
    r"{\super\chftn}{\footnote\chftn n}\par\trowd\pard\intbl a\cell b\cell\row\pard{\listtext 1.\tab}\ls1 x\par}"
).encode()
PIECES = [
    b"{", b"}", b"\\", b"\\par", b"\\cell ", b"\\row ", b"\\nestrow ", b"\\footnote ", b"\\u-1 ", b"\\bin99999999 ",
    b"\\upr ", b"\\f3 ", b"\\intbl ",
]  # fmt: skip


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_documents_give_a_draft_or_a_sentence(data: st.DataObject) -> None:
    mutated = bytearray(DOCUMENT)
    for _ in range(data.draw(st.integers(1, 6))):
        place, gone = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 20))
        mutated[place : place + gone] = data.draw(st.binary(max_size=4) | st.sampled_from(PIECES))
    check_bytes(bytes(mutated), "a.rtf")
