"""Nexis Uni's Word documents: split into articles, the list of documents and the fields behind the text off."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.model import BlockKind, Draft
from annotate.readers import read_bytes, read_file
from tests.annotate.test_readers_every_sample import check_bytes
from tests.annotate.word import docx, p, row
from tests.shared import shared

HEADING = '<w:outlineLvl w:val="0"/>'
BREAK = "<w:r><w:br/></w:r>"
COVER = (
    p("Date and Time: Friday, 5. July 2019 09:31:00 CEST")
    + p("Job Number: 00000001")
    + p("Documents (3)")
    + p("1. ", "Harbour road stays closed; A year of waiting")
    + p("Client/Matter: -None-")
    + f"<w:tbl>{row('Content Type', 'Narrowed by')}</w:tbl>"
    + p("2. ", "January 6, 2021 remembered")
    + p("Search Terms: harbour")
)
FIRST = (
    p("Harbour road stays closed;", BREAK, "A year of waiting", props=HEADING)
    + p("The Herald (London)")
    + p("July 3, 2019 Wednesday 6:18 PM GMT")
    + p("First Edition")
    + p(BREAK, "Copyright 2019 The Herald All Rights Reserved")
    + p("Section:\xa0POLITICS; Pg. 6; Version:3")
    + p("Length:\xa01,204 words")
    + p("Byline:\xa0Bo Busby (now), Ann Lee (earlier)")
    + p("Highlight:\xa0Shut since March.")
    + p("Body")
    + p("The road is closed. Notes: none.")
    + p("Graphic")
    + p("What comes next", props='<w:outlineLvl w:val="2"/>')
    + p("It opens in May.")
    + p("Graphic")
    + p("The road, seen from the harbour")
    + p("Classification")
    + p("Language:\xa0ENGLISH")
    + p("Journal Code:\xa0HAR")
    + p("Subject:\xa0PORTS (89%); ROADS (88%)")
    + p("Load-Date:\xa0July 4, 2019")
    + p(BREAK, "End of Document")
)
SECOND = (
    p("January 6, 2021 remembered")
    + p("Hafenzeitung")
    + p("8. Januar 2021 Freitag")
    + p("Length: 88 words")
    + p("Body")
    + p("Größe und Länge.", BREAK, "Load-Date: January 9, 2021")
    + p("End of Document")
)
DOCUMENT = docx(COVER + FIRST + SECOND)


def told(draft: Draft) -> list[tuple[BlockKind, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.layout.blocks]


def test_articles_stand_apart_with_their_fields() -> None:
    first, second = read_bytes(DOCUMENT, "download.docx")
    assert told(first) == [
        (BlockKind.TITLE, "Harbour road stays closed; A year of waiting"),
        (BlockKind.PARAGRAPH, "Shut since March."),
        (BlockKind.PARAGRAPH, "The road is closed. Notes: none."),
        (BlockKind.PARAGRAPH, "Graphic"),
        (BlockKind.HEADING, "What comes next"),
        (BlockKind.PARAGRAPH, "It opens in May."),
    ]
    assert (first.outlet, first.author, first.date, first.language) == (
        "The Herald (London)",
        "Bo Busby (now), Ann Lee (earlier)",
        "2019-07-03",
        "en",
    )
    assert first.attributes == {
        "time": "6:18 PM GMT",
        "edition": "First Edition",
        "section": "POLITICS",
        "page": "6",
        "version": "3",
        "length": "1204",
        "graphic": "The road, seen from the harbour",
        "source code": "HAR",
        "subjects": "PORTS (89%); ROADS (88%)",
    }
    assert (second.title, second.outlet, second.date) == (
        "January 6, 2021 remembered",
        "Hafenzeitung",
        "2021-01-08",
    )
    assert second.text == "January 6, 2021 remembered\nGröße und Länge."


def test_the_number_of_documents_is_checked() -> None:
    assert read_bytes(DOCUMENT, "x.docx")[0].notes == ("The file says 3 articles; 2 were found.",)
    assert read_bytes(docx(FIRST), "x.docx")[0].notes == ()


def test_an_ordinary_document_is_not_taken_for_a_download() -> None:
    (draft,) = read_bytes(docx(p("End of Document") + p("Body") + p("Words.")), "x.docx")
    assert draft.text == "End of Document\nBody\nWords."


def test_the_nexis_uni_sample() -> None:
    drafts = read_file(shared("samples/news-database/nexisuni_sample.DOCX"))
    assert len(drafts) == 10
    assert drafts[0].notes == ()
    assert drafts[0].author == "Mattha Busby (now), Andrew Sparrow (earlier)"
    assert {draft.outlet for draft in drafts} == {"The Guardian(London)"}
    assert drafts[6].attributes["people"] == "NIGEL FARAGE (79%); MICHELLE OBAMA (50%)"
    assert drafts[6].attributes["document id"] == "5WGH-H8R1-JCJY-G0HB-00000-00"
    assert drafts[6].url.endswith("?id=urn:contentItem:5WGH-H8R1-JCJY-G0HB-00000-00")
    assert drafts[8].text.startswith("R (programming language) on Wikipedia\nR is a programming language and")
    for draft in drafts:
        assert draft.date.startswith("2019-07-0")
        assert not {"End of Document", "Body", "Classification"} & set(draft.text.split("\n"))
        assert "Load-Date" not in draft.text
        assert "Copyright 2019" not in draft.text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_downloads_give_drafts_or_a_sentence(data: st.DataObject) -> None:
    body = COVER + FIRST + SECOND
    for _ in range(data.draw(st.integers(1, 5))):
        place, gone = data.draw(st.integers(0, len(body))), data.draw(st.integers(0, 60))
        piece = data.draw(
            st.sampled_from([p("Body"), p("End of Document"), "<w:p>", "Length: ", "", p("7 May 2020")])
        )
        body = body[:place] + piece + body[place + gone :]
    check_bytes(docx(body), "a.docx")
