"""OpenDocument texts: all changes accepted, lists numbered, notes at the end, frames behind their paragraph."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import find_reader, read_bytes, read_file
from tests.annotate.test_readers_archive import packed
from tests.annotate.test_readers_every_sample import check, check_bytes
from tests.shared import shared

TYPE = "application/vnd.oasis.opendocument.text"
SPACES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"),
        ("meta", "meta"), ("svg", "svg-compatible"), ("manifest", "manifest"),
    )
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'  # fmt: skip
STYLES = """
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Quotations"/>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>
<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/>
</text:list-style>
<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>
<text:outline-style style:name="Outline">
<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>
<text:outline-level-style text:level="2" style:num-format=""/>
</text:outline-style>
"""


def odt(body: str, *, styles: str = STYLES, meta: str = "", manifest: str = "") -> bytes:
    """A document; each argument is what stands inside the root of its part."""
    return packed(
        {
            "mimetype": TYPE.encode(),
            "content.xml": (
                f"<office:document-content{SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ).encode(),
            "meta.xml": (
                f"<office:document-meta{SPACES}><office:meta>{meta}</office:meta></office:document-meta>"
            ).encode(),
            "META-INF/manifest.xml": f"<manifest:manifest{SPACES}>{manifest}</manifest:manifest>".encode(),
        }
    )


def p(words: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{words}</text:p>'


def items(*inside: str, about: str = 'text:style-name="L1"') -> str:
    return (
        f"<text:list {about}>"
        + "".join(f"<text:list-item>{each}</text:list-item>" for each in inside)
        + "</text:list>"
    )


def row(*cells: str) -> str:
    return (
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        + "</table:table-row>"
    )


def read(body: str, **parts: str) -> Draft:
    (draft,) = read_bytes(odt(body, **parts), "a.odt")
    check(draft)
    return draft


def lines(draft: Draft) -> list[str]:
    return draft.text.split("\n")


def kinds(draft: Draft) -> list[tuple[str, int]]:
    return [(str(block.kind), block.level) for block in draft.layout.blocks]


def test_headings_title_and_quotes() -> None:
    draft = read(
        p("The harbour", "P1")
        + '<text:h text:outline-level="1">Setting</text:h>'
        + '<text:h text:outline-level="2">More</text:h>'
        + '<text:h text:outline-level="1">After</text:h>'
        + p("Said.", "P2")
    )
    assert draft.title == "The harbour"
    assert lines(draft) == ["The harbour", "I. Setting", "More", "II. After", "Said."]
    assert kinds(draft) == [("title", 0), ("heading", 1), ("heading", 2), ("heading", 1), ("quote", 0)]


def test_lists_are_numbered_and_go_on_where_told() -> None:
    draft = read(
        items(p("one") + p("more of it"), p("two") + items(p("sub"), p("sub") + items(p("deep"), about="")))
        + p("between")
        + items(p("three"), about='text:style-name="L1" text:continue-numbering="true"')
        + items(p("new"))
        + items(p("dot"), about='text:style-name="L2"')
        + "<table:table>"
        + row(items(p("a"), about='text:style-name="L1" xml:id="x"'), p("A"))
        + row(items(p("b"), about='text:style-name="L1" text:continue-list="x"'), p("B"))
        + "</table:table>"
    )
    assert lines(draft) == [
        "1. one", "more of it", "2. two", "(a) sub", "(b) sub", "2.b.1 deep", "between", "3. three", "1. new",
        "dot", "1. a\tA", "2. b\tB",
    ]  # fmt: skip
    assert kinds(draft)[5] == ("item", 2)


def test_changes_comments_and_hidden_words_are_left_out_and_told() -> None:
    draft = read(
        "<text:tracked-changes><text:changed-region><text:deletion>" + p("gone") + "</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p('Kept<text:change text:change-id="a"/>, <office:annotation>' + p("remark") + "</office:annotation>here"
            '<text:span text:style-name="T1">secret</text:span>.')
        + '<text:section text:display="none">' + p("hidden") + "</text:section>"
    )  # fmt: skip
    assert lines(draft) == ["Kept, here."]
    assert draft.notes == (
        "1 tracked deletion left out.",
        "1 comment left out.",
        "2 hidden passages left out.",
    )


def test_notes_stand_at_the_end() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>{}</text:note-citation>'
        "<text:note-body>" + p("{}") + "</text:note-body></text:note>"
    )
    draft = read(
        p("One" + note.format("endnote", "i", "End.") + " two" + note.format("footnote", "1", "Foot.") + ".")
    )
    assert lines(draft) == ["One[i] two[1].", "[1] Foot.", "[i] End."]


def test_spaces_tables_and_frames() -> None:
    frame = (
        "<draw:frame><draw:text-box>"
        + p("framed")
        + "</draw:text-box><svg:title>no text</svg:title></draw:frame>"
    )
    shape = "<draw:custom-shape>" + p("drawn") + "</draw:custom-shape>"
    draft = read(
        p(f'a<text:s text:c="3"/>b<text:tab/>c\n d<text:line-break/>e{frame}f')
        + shape
        + "<table:table><table:table-header-rows>"
        + row(p("h1"), p("h2"))
        + "</table:table-header-rows><table:table-row><table:table-cell>" + p("wide") + "</table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>"
    )  # fmt: skip
    assert lines(draft) == ["a b c d", "ef", "framed", "drawn", "h1\th2", "wide\t"]


def test_metadata() -> None:
    draft = read(
        p("Words.") + p("more"),
        meta="<dc:title>The harbour road</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator>"
        "<dc:language>de-AT</dc:language><meta:creation-date>2024-03-02T10:00:00</meta:creation-date>"
        "<dc:date>2024-03-05T10:00:00.5</dc:date><dc:subject>Roads</dc:subject>",
    )
    assert (draft.title, draft.author, draft.language) == ("The harbour road", "Ann Lee", "de")
    assert draft.attributes == {"created": "2024-03-02", "modified": "2024-03-05", "subject": "Roads"}


def test_a_document_in_one_xml_file_and_one_without_its_name() -> None:
    flat = (
        f'<?xml version="1.0"?><office:document{SPACES} office:mimetype="{TYPE}"><office:body><office:text>'
        f"{p('Words.')}</office:text></office:body></office:document>"
    )
    assert read_bytes(flat.encode(), "a.xml")[0].text == "Words."
    far = flat.replace(" office:mimetype", "\n" * 5000 + " office:mimetype")
    assert read_bytes(far.encode(), "a.xml")[0].text == "Words."
    assert find_reader(odt(p("x")), "a.txt").NAME == "OpenDocument text"


def test_one_sentence_where_it_cannot_be_read() -> None:
    locked = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    for bad, sentence in (
        (odt(p("x"), manifest=locked), "a.odt is encrypted; save it without a password first."),
        (odt("<text:p>"), "a.odt is damaged: the XML in it cannot be read."),
        (odt(""), "a.odt holds no text."),
        (packed({"mimetype": TYPE.encode()}), "a.odt is damaged: content.xml is missing in it."),
        (
            packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED),
            "a.odt is not a text Postil can read (it looks like an OpenDocument file).",
        ),
    ):
        with pytest.raises(UserError) as caught:
            read_bytes(bad, "a.odt")
        assert str(caught.value) == sentence


def test_an_entity_is_no_text() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY out SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(io.BytesIO(odt(p("a&out;b")))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    members["content.xml"] = declared + members["content.xml"]
    assert read_bytes(packed(members), "a.odt")[0].text == "ab"


def test_samples() -> None:
    folder = shared("samples/documents")
    assert lines(read_file(folder / "footnote.odt")[0]) == [
        "Some text[1] with a footnote.",
        "[1] Footnote text",
    ]
    assert lines(read_file(folder / "tableWithSpans.odt")[0])[:3] == [
        "H1 Rowspan 2\tH1-2\tH1-3", "\tH2-2/3\t", "B1-1\tB1-2\tRowspan 3"
    ]  # fmt: skip
    assert "1. Number one 2. Number two 3. Number three" in read_file(folder / "text_document_03.odt")[0].text


DOCUMENT = odt(
    p("Title", "P1") + items(p("one"), p("two")) + "<table:table>" + row(p("a"), p("b")) + "</table:table>"
    + p("x<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>n</text:p></text:note-body></text:note>")
)  # fmt: skip
with zipfile.ZipFile(io.BytesIO(DOCUMENT)) as _file:
    MEMBERS = {name: _file.read(name) for name in _file.namelist()}
PIECES = [
    b"<text:p>",
    b"</text:p>",
    b"<text:list/>",
    b"<table:table-cell/>",
    b"<draw:rect/>",
    b"-1",
    b"99999",
    b"\0",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(MEMBERS)), st.data())
def test_mutated_parts_give_a_draft_or_a_sentence(part: str, data: st.DataObject) -> None:
    mutated = bytearray(MEMBERS[part])
    for _ in range(data.draw(st.integers(1, 4))):
        place, gone = data.draw(st.integers(0, len(mutated))), data.draw(st.integers(0, 20))
        mutated[place : place + gone] = data.draw(st.binary(max_size=4) | st.sampled_from(PIECES))
    check_bytes(packed({**MEMBERS, part: bytes(mutated)}), "a.odt")
