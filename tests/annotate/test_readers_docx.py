"""Word documents: all changes accepted, numbers as Word shows them, notes at the end, nothing else added."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import BlockKind, Draft
from annotate.readers import find_reader, read_bytes, read_file
from tests.annotate.test_readers_every_sample import check, check_bytes
from tests.annotate.word import STRICT, docx, listed, p, row, style, styled
from tests.shared import shared

STYLES = (
    style("T", "Title")
    + style("H1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + style("H2", "heading 2", '<w:basedOn w:val="H1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    + style("Own", "Kop", '<w:basedOn w:val="H2"/>')
    + style("Q", "Quote")
    + style("V", "Hidden", "<w:rPr><w:vanish/></w:rPr>")
)
NUMBERING = """
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
"""
BOX = "<w:txbxContent>" + p("in the box") + "</w:txbxContent>"


def lines(draft: Draft) -> list[str]:
    return draft.text.split("\n")


def read(body: str, **parts: str) -> Draft:
    (draft,) = read_bytes(docx(body, **parts), "a.docx")
    check(draft)
    return draft


def told(draft: Draft) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, draft.text[block.start : block.end]) for block in draft.layout.blocks]


def test_headings_title_and_quotes() -> None:
    body = (
        p("Harbour policy", props=styled("T"))
        + p("Setting", props=styled("H1"))
        + p("More", props=styled("Own"))
        + p("Said.", props=styled("Q"))
        + p("Plain.")
        + p("By outline", props='<w:outlineLvl w:val="2"/>')
    )
    draft = read(body, styles=STYLES)
    assert draft.title == "Harbour policy"
    assert told(draft) == [
        ("title", 0, "Harbour policy"),
        ("heading", 1, "Setting"),
        ("heading", 2, "More"),
        ("quote", 0, "Said."),
        ("paragraph", 0, "Plain."),
        ("heading", 3, "By outline"),
    ]


def test_numbers_go_on_behind_other_paragraphs_and_start_anew_where_told() -> None:
    body = (
        p("one", props=listed(1))
        + p("sub", props=listed(1, 1))
        + p("sub", props=listed(1, 1))
        + p("between")
        + p("two", props=listed(1))
        + p("sub", props=listed(1, 1))
        + p("deep", props=listed(1, 2))
        + p("dot", props=listed(2))
        + p("seven", props=listed(3))
        + p("none", props=listed(0))
    )
    draft = read(body, numbering=NUMBERING)
    assert lines(draft) == [
        "1. one", "(a) sub", "(b) sub", "between", "2. two", "(a) sub", "2.I deep", "dot", "7. seven", "none"
    ]  # fmt: skip
    assert [level for kind, level, _ in told(draft) if kind is BlockKind.ITEM] == [0, 1, 1, 0, 1, 2, 0, 0]


def test_changes_are_resolved() -> None:
    body = (
        p(
            "Keep ",
            "<w:ins><w:r><w:t>new</w:t></w:r></w:ins>",
            "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
        )
        + p("moved off", props="")
        .replace("<w:r>", "<w:moveFrom><w:r>")
        .replace("</w:r>", "</w:r></w:moveFrom>")
        + p("Joined ", props="<w:rPr><w:del/></w:rPr>")
        + p("lines.")
        + "<w:tbl>"
        + row("a", "b")
        + row("gone", "too").replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
        + row("gone", "too")
        .replace("<w:tr>", "<w:tr><w:trPr><w:del/></w:trPr>")
        .join(("<w:tr><w:tc><w:tbl>", "</w:tbl>" + p("c") + "</w:tc><w:tc>" + p("d") + "</w:tc></w:tr>"))
        + "</w:tbl>"
    )
    draft = read(body)
    assert lines(draft) == ["Keep new", "Joined lines.", "a\tb", "c\td"]
    assert draft.notes == ("1 tracked deletion left out.",)


def test_tables_with_spans_and_boxes_around_text() -> None:
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("wide")
    body = (
        "<w:tbl>" + row("h1", "h2", "h3") + row(wide, "x") + row(p("two") + p("lines"), "", "y") + "</w:tbl>"
        "<w:tbl>" + row(p("A box.") + p("With two paragraphs.")) + "</w:tbl>"
        "<w:tbl>" + row("left", "<w:tbl>" + row("in", "ner") + "</w:tbl>") + "</w:tbl>"
    )
    draft = read(body)
    assert lines(draft) == [
        "h1\th2\th3", "wide\t\tx", "two lines\t\ty", "A box.", "With two paragraphs.", "left", "in\tner"
    ]  # fmt: skip


def test_notes_stand_at_the_end_with_their_marks() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    note = '<w:footnote w:id="{}">' + p("<w:r><w:footnoteRef/></w:r>", " Note {}.") + "</w:footnote>"
    body = p(
        "One",
        reference.format(5),
        " two",
        reference.format(2),
        '<w:r><w:endnoteReference w:id="2"/></w:r>',
        ".",
    )
    draft = read(
        body + p("Last."),
        footnotes=note.format(0, 0) + note.format(2, 2) + note.format(5, 5),
        endnotes='<w:endnote w:id="2">' + p("End.") + p("More.") + "</w:endnote>",
    )
    assert lines(draft) == ["One[1] two[2][i].", "Last.", "[1] Note 5.", "[2] Note 2.", "[i] End.", "More."]


def test_fields_show_their_result_and_a_broken_one_swallows_nothing() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    nested = (
        mark("begin"), "<w:r><w:instrText>IF </w:instrText></w:r>", mark("begin"), mark("separate"), "inner",
        mark("end"), mark("separate"), "shown", mark("end"),
    )  # fmt: skip
    body = (
        p("A ", *nested) + p("B", mark("begin"), "lost") + p("C", "<w:fldSimple>", "simple", "</w:fldSimple>")
    )
    assert lines(read(body)) == ["A shown", "B", "Csimple"]


def test_boxes_to_be_ticked_and_lists_to_choose_from() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{}</w:ffData></w:fldChar></w:r>'
    end = '<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ticked = begin.format('<w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>') + end
    empty = begin.format('<w:checkBox><w:default w:val="0"/></w:checkBox>') + end
    entries = '<w:listEntry w:val="no"/><w:listEntry w:val="yes"/>'
    chosen = begin.format(f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>') + end
    assert read(p(ticked, " a ", empty, " b ", chosen)).text == "☒ a ☐ b yes"


def test_text_boxes_once_and_behind_their_paragraph() -> None:
    both = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>" + BOX + "</wps:txbx></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox>"
        + BOX
        + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = "<w:r><w:pict><v:textbox>" + BOX + "</v:textbox></w:pict></w:r>"
    assert lines(read(p("be", both, "fore") + p(old))) == ["before", "in the box", "in the box"]


def test_signs_formulas_and_what_is_not_seen() -> None:
    draft = read(
        p("a", "<w:r><w:tab/><w:noBreakHyphen/><w:softHyphen/><w:br/></w:r>", "b")
        + p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "\uf061")
        + p(
            "<m:oMath><m:f><m:num><m:r><m:t>x</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        )
        + p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>", "open")
        + p('<w:r><w:rPr><w:rStyle w:val="V"/></w:rPr><w:t>secret</w:t></w:r>', "open")
        + p("<w:ruby><w:rt>", "kana", "</w:rt><w:rubyBase>", "漢", "</w:rubyBase></w:ruby>")
        + p("<w:sdt><w:sdtContent>", "controlled", "</w:sdtContent></w:sdt>"),
        styles=STYLES,
    )
    assert lines(draft) == ["a \u2011", "b", "✓α", "x/2", "open", "open", "漢", "controlled"]
    assert draft.notes == ("2 hidden passages left out.",)


CORE = "<dc:title>{}</dc:title><dc:creator>{}</dc:creator><dcterms:created>2024-03-02T10:00:00Z</dcterms:created>"


@pytest.mark.parametrize(
    ("title", "author", "expected"),
    [
        ("The harbour road", "Ann Lee", ("The harbour road", "Ann Lee")),
        ("Microsoft Word - draft3.doc", "python-docx", ("a", "")),
        ("Document1", "Microsoft Office User", ("a", "")),
    ],
)
def test_properties_are_believed_where_they_tell_something(
    title: str, author: str, expected: tuple[str, str]
) -> None:
    draft = read(p("It is closed.") + p("March 2025"), core=CORE.format(title, author))
    assert (draft.title, draft.author) == expected
    assert draft.date == "2025-03"
    assert draft.attributes == {"created": "2024-03-02"}
    assert draft.text == "It is closed.\nMarch 2025"


def test_variants_are_known_by_content() -> None:
    strict = docx(p("Words."), space=STRICT, main="word/document2.xml")
    assert find_reader(strict, "a.zip").NAME == "Word document"
    assert read_bytes(strict, "a.txt")[0].text == "Words."
    flat = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    )
    with zipfile.ZipFile(io.BytesIO(strict)) as file:
        for part in file.namelist():
            xml = file.read(part).decode().removeprefix('<?xml version="1.0"?>')
            flat += f'<pkg:part pkg:name="/{part}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>'
    assert read_bytes((flat + "</pkg:package>").encode(), "a.xml")[0].text == "Words."


def test_one_sentence_where_it_cannot_be_read() -> None:
    whole = docx(p("Words."))
    for bad, sentence in (
        (whole[:-40], "a.docx is damaged: its ZIP archive cannot be unpacked."),
        (docx("<w:p>"), "a.docx is damaged: the XML in it cannot be read."),
        (docx(""), "a.docx holds no text."),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "a.docx is damaged: the XML in it cannot be read."),
    ):
        with pytest.raises(UserError) as caught:
            read_bytes(bad, "a.docx")
        assert str(caught.value) == sentence


def test_entities_are_not_expanded() -> None:
    declared = b'<!DOCTYPE w:document [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx(p("&b;", "o&b;k")))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<w:document", declared))
    assert read_bytes(out.getvalue(), "a.docx")[0].text == "ok"


def test_a_long_document_takes_little_time() -> None:
    many = docx(p("Words of a long document. " * 5, props=listed(1)) * 20_000, numbering=NUMBERING)
    start = time.perf_counter()
    assert read_bytes(many, "a.docx")[0].text.startswith("1. Words")
    assert time.perf_counter() - start < 10


SAMPLES = {
    "drop_cap.docx": ["Drop cap.", "Next paragraph.", "Drop cap in margin.", "Drop cap (not really)."],
    "unicode.docx": ["Hello, 世界. This costs €10.∨∨("],
    "mammoth_footnotes.docx": ["Ouch[1].[2]", "[1] A tachyon walks into a bar.", "[2] Fin."],
    "mammoth_text-box.docx": ["Datum plane"],
    "mammoth_strict-format.docx": ["Test"],
    "Strict.docx": ["Some text"],
    "hdr-header-footer.docx": ["section with header", "section without header of its own."],
}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples(name: str) -> None:
    (draft,) = read_file(shared(f"samples/documents/{name}"))
    assert lines(draft) == SAMPLES[name]


def test_a_sample_with_everything() -> None:
    (draft,) = read_file(shared("samples/documents/testWORD_2006ml.docx"))
    assert (draft.title, draft.author) == ("My Document Title", "This is the Author")
    assert "The quick brown fox jumped over the lazy brown dog." in lines(draft)
    assert draft.text.count("This is text within a shape") == 1
    assert draft.text.count("Second paragraph here") == 1
    assert "Deleted paragraph1" not in draft.text
    assert lines(draft)[-2:] == ["[1] And this is the footnote", "[i] This is an endnote"]
    assert draft.notes == ("5 tracked deletions left out.", "1 comment left out.", "1 chart left out.")


DOCUMENT = docx(
    p("Title", props=styled("T"))
    + p("one", '<w:r><w:footnoteReference w:id="2"/></w:r>', props=listed(1))
    + "<w:tbl>" + row("a", "b") + "</w:tbl>",
    styles=STYLES, numbering=NUMBERING, footnotes='<w:footnote w:id="2">' + p("Note.") + "</w:footnote>",
)  # fmt: skip
with zipfile.ZipFile(io.BytesIO(DOCUMENT)) as _file:
    MEMBERS = {name: _file.read(name) for name in _file.namelist()}

PIECES = [
    b"<w:p>",
    b"</w:p>",
    b"<w:tc/>",
    b"<w:tr/>",
    b"<w:txbxContent/>",
    b"-1",
    b"9999999999",
    b"\0",
    b"&#0;",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(MEMBERS)), st.data())
def test_mutated_parts_give_a_draft_or_a_sentence(part: str, data: st.DataObject) -> None:
    mutated = bytearray(MEMBERS[part])
    for _ in range(data.draw(st.integers(1, 4))):
        place, gone = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 20))
        pieces = [
            b"<w:p>",
            b"</w:p>",
            b"<w:tc/>",
            b"<w:tr/>",
            b"-1",
            b"99999999999",
            b"\0",
            b"&#0;",
            b"<w:txbxContent/>",
        ]
        mutated[place : place + gone] = data.draw(st.binary(max_size=4) | st.sampled_from(pieces))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, inside in MEMBERS.items():
            file.writestr(name, bytes(mutated) if name == part else inside)
    check_bytes(out.getvalue(), "a.docx")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(DOCUMENT)), st.integers(0, 30), st.binary(max_size=8))
def test_mutated_documents_give_a_draft_or_a_sentence(place: int, gone: int, piece: bytes) -> None:
    check_bytes(DOCUMENT[:place] + piece + DOCUMENT[place + gone :], "a.docx")
