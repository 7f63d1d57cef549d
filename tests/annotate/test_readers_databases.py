"""News databases: files split into articles, fields told apart, boilerplate off, numbers of articles checked."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotate.model import BlockKind, Draft
from annotate.readers import factiva_xml, read_bytes, read_file
from tests.annotate.test_readers_every_sample import check_bytes
from tests.shared import shared

FILES = Path(__file__).resolve().parent.parent / "files" / "readers" / "databases"


def sample(name: str) -> list[Draft]:
    return read_file(shared("samples/news-database") / name)


def kinds(draft: Draft) -> list[BlockKind]:
    return [block.kind for block in draft.layout.blocks]


def test_factiva_articles_stand_apart_with_their_fields() -> None:
    first, second = read_file(FILES / "factiva.html")
    assert first.text.split("\n") == [
        "Harbour road stays closed",
        "The road to the Harbour Company is closed.",
        "What comes next",
        "Year\tShips",
        "2024\t12",
        "It opens in May.",
    ]
    assert (kinds(first)[0], kinds(first)[2]) == (BlockKind.TITLE, BlockKind.HEADING)
    assert (first.outlet, first.author, first.date, first.language) == (
        "The Harbour Herald",
        "Ann Lee and Bo Fry",
        "2025-03-12",
        "en",
    )
    assert first.attributes == {
        "section": "News; Ports",
        "length": "1204",
        "time": "06:30",
        "source code": "HRBRHR",
        "edition": "2; National",
        "page": "6,7",
        "publisher": "Harbour Press Limited",
        "document id": "HRBRHR0020250312el3c0000a",
    }
    assert second.text == "Die Straße bleibt zu\nGröße und Länge."
    assert (second.outlet, second.date, second.language) == ("Hafenzeitung", "2025-03-13", "de")


def test_a_factiva_article_that_cannot_be_read_is_missed() -> None:
    assert read_file(FILES / "factiva.html")[0].notes == ("The file says 3 articles; 2 were found.",)


def test_factiva_with_codes_of_its_fields() -> None:
    (draft,) = read_file(FILES / "factiva-codes.html")
    assert draft.text == "La route du port\nPremier paragraphe.\nDeuxième paragraphe.\nDernier paragraphe."
    assert (draft.outlet, draft.author, draft.date) == ("Le Courrier du port", "Ève Noël", "2011-12-29")
    assert draft.attributes["subjects"] == "gpol : Domestic Politics; gvote : Elections"
    assert draft.attributes["document id"] == "CPORT00020111229e7ct0001r"
    assert (draft.attributes["page"], draft.attributes["length"]) == ("26", "295")
    assert draft.notes == ()


def test_the_factiva_sample() -> None:
    first, second = sample("Factiva-example.html")
    assert (first.title, first.date) == ("MEINUNG.ZU 50 JAHRE ISRAEL.", "1998-04-18")
    assert (second.outlet, second.attributes["page"]) == ("Süddeutsche Zeitung", "18")
    assert second.text.endswith("\nSecond paragraph...")
    assert "Zusammenfassung der Suche" not in second.text


def test_factiva_xml_keeps_paragraphs_and_tables_of_fixed_lines() -> None:
    first, second = read_file(FILES / "factiva.xml")
    assert first.text.split("\n") == [
        "Harbour road stays closed",
        "The road is closed since March.",
        "Year   Ships",
        "2024   12",
    ]
    assert (first.outlet, first.author, first.date, first.language) == (
        "The Harbour Herald",
        "Ann Lee",
        "2025-03-12",
        "en",
    )
    assert first.attributes == {
        "document id": "HRBRHR0020250312el3c0000a",
        "length": "88",
        "page": "6",
        "subjects": "Ports; Roads",
    }
    assert second.text == "Second\nOne paragraph of two lines.\nAnother."
    assert first.notes == ("The file says 3 articles; 2 were found.",)


def test_the_factiva_xml_sample() -> None:
    drafts = sample("reut21578-factiva.xml")
    assert len(drafts) == 19
    assert drafts[0].notes == ("The file says 20 articles; 19 were found.",)
    assert drafts[2].text.split("\n")[3] == "Texaco Canada last changed its crude oil postings on Feb 19."
    assert {draft.outlet for draft in drafts} == {"Reuters-21578"}


def test_factiva_xml_that_breaks_off_gives_what_stands_before() -> None:
    data = (FILES / "factiva.xml").read_bytes()
    drafts = read_bytes(data[: data.index(b"One paragraph")], "cut.xml")
    assert [draft.title for draft in drafts] == ["Harbour road stays closed", "Second"]
    assert drafts[0].notes[0] == "The file is damaged: what could be read of it came in."


def test_entities_in_factiva_xml_are_not_unpacked() -> None:
    levels = "".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE PPSResponse [<!ENTITY b0 "{"x" * 1000}">{levels}]>'
    data = (FILES / "factiva.xml").read_text(encoding="utf-8").replace("Another.", "Another. &b12;")
    head, body = data.split("\n", 1)
    drafts = factiva_xml.read(f"{head}\n{bomb}\n{body}".encode(), "bomb.xml")
    assert len(drafts[1].text) < 100


def test_europresse_articles_stand_apart_with_their_fields() -> None:
    first, second = read_file(FILES / "europresse.html")
    assert first.text.split("\n") == [
        "La route reste fermée",
        "Le port s'enlise",
        "Une année de retard",
        "La route du port est fermée.",
        "Et après",
        "Elle ouvre en mai.",
    ]
    assert kinds(first)[:4] == [BlockKind.TITLE, BlockKind.HEADING, BlockKind.HEADING, BlockKind.PARAGRAPH]
    assert (first.outlet, first.author, first.date) == ("Le Courrier du port", "Ève Noël", "2006-03-14")
    assert first.attributes == {
        "issue": "245",
        "section": "Économie",
        "length": "1247",
        "page": "16, 17",
        "notes": "Une photo.",
        "document id": "news·20060315·CP·0q1503_1256056",
    }
    assert (second.text, second.date) == ("Second\nA paragraph.", "2023-05-02")
    assert first.notes == ()


@pytest.mark.parametrize(
    ("header", "date", "told"),
    [
        ("jeudi 23 mars 2023 - 11:42:29 UTC +0100 1247 mots", "2023-03-23", {"length": "1247"}),
        ("Tuesday, May 2, 2023 - 10:00 AM", "2023-05-02", {}),
        ("Sports, Thursday, May 4, 2023 302 words, p. B2", "2023-05-04", {"section": "Sports", "page": "B2"}),
        ("Monde, Europe, 5 octobre 2013, p. 3", "2013-10-05", {"section": "Monde, Europe", "page": "3"}),
        ("mars 2013", "2013-03", {}),
    ],
)
def test_europresse_headers(header: str, date: str, told: dict[str, str]) -> None:
    page = (FILES / "europresse.html").read_text(encoding="utf-8")
    draft = read_bytes(page.replace("Tuesday, May 2, 2023", header).encode(), "x.html")[1]
    assert draft.date == date
    for key in ("section", "page", *told):
        assert draft.attributes.get(key, "") == told.get(key, "")


def test_older_europresse_pages() -> None:
    (draft,) = read_file(FILES / "europresse-older.html")
    assert draft.text == "La route\nSurtitre\nPremier paragraphe.\nDernier."
    assert (draft.author, draft.date, draft.attributes["page"]) == ("Ève Noël", "2013-10-05", "03")


def test_the_europresse_sample() -> None:
    first, second, third = sample("europresse_test1.html")
    assert (first.outlet, first.author, first.date) == ("l'Humanité", "", "2013-10-05")
    assert (second.author, third.author) == ("Second Author", "Author Name")
    assert first.text.endswith("More text, a sentence.\nTest.")
    assert second.text.endswith("\n(1) A note.")
    assert third.attributes["issue"] == "5968"


def test_lexisnexis_text_is_split_and_its_lines_are_joined() -> None:
    first, second, third = read_file(FILES / "lexisnexis.txt")
    assert first.text.split("\n") == [
        "Harbour road stays closed, and nobody can say for how long the people of the town must go round; "
        "A year of waiting",
        "The road was shut in March.",
        "LONDON: The road to the harbour is closed since the spring of last year, and it will stay so for a while.",
        "QUESTION: Until when?",
        "ANSWER: May.",
        "Year   Ships",
        "2024   12",
        "2025   9",
        "It opens in May.",
    ]
    assert (first.outlet, first.author, first.date, first.language) == (
        "The Harbour Herald (London)",
        "Ann Lee",
        "2010-01-11",
        "en",
    )
    assert first.attributes == {
        "edition": "Edition 1; National Edition",
        "section": "FEATURES",
        "page": "6",
        "length": "2355",
        "graphic": "The road, seen from the harbour, with the ships behind it and the old lighthouse; PHOTO: Bo Fry",
        "publication type": "Newspaper",
        "source code": "HAR",
    }
    assert second.text.split("\n") == [
        "Old and plain",
        "The first paragraph of an older document begins with three spaces and goes on to the next line.",
        "The second.",
    ]
    assert (second.outlet, second.attributes["edition"]) == ("The Gazette", "Late Edition - Final")
    assert (second.attributes["page"], second.attributes["section"]) == (
        "22",
        "Section B; Column 2; National Desk",
    )
    assert (third.text, third.date, third.language) == (
        "Die Straße bleibt zu\nGröße und Länge.",
        "2012-02-27",
        "de",
    )
    assert first.notes == ("The file says 4 articles; 3 were found.",)


def test_lexisnexis_numbers_of_documents_are_checked() -> None:
    whole = (FILES / "lexisnexis.txt").read_bytes()
    bare = whole[whole.index(b" 1 of 20") - 20 :]
    assert read_bytes(bare, "x.txt")[0].notes == ("The file says 20 articles; 3 were found.",)
    later = bare.replace(b"of 20 DOC", b"of 900 DOC").replace(b"1 of 900", b"401 of 900")
    later = later.replace(b" 2 of 900", b" 402 of 900").replace(b" 3 of 900", b" 404 of 900")
    assert read_bytes(later, "x.txt")[0].notes == ("The file says 4 articles; 3 were found.",)


def test_a_text_that_mentions_numbered_documents_is_no_download() -> None:
    draft = read_bytes(b"A title\n\n   1 of 2 DOCUMENTS\n\nThe words of the text.\n", "x.txt")[0]
    assert "1 of 2 DOCUMENTS" in draft.text


def test_the_lexisnexis_text_sample() -> None:
    drafts = sample("lexisnexis_sample.TXT")
    assert len(drafts) == 10
    assert drafts[0].notes == ()
    assert (drafts[4].outlet, drafts[4].attributes["page"]) == ("The Times (London)", "24")
    assert drafts[7].title == "PRISONER OF HIS OWN CABINET"
    assert drafts[8].text.startswith(
        "R (programming language) on Wikipedia\nR is a programming language and free"
    )
    assert drafts[9].attributes["length"] == "2968"
    for draft in drafts:
        assert draft.outlet
        assert draft.date
        assert "LOAD-DATE" not in draft.text
        assert "Copyright 2010" not in draft.text


def test_lexisnexis_pages_are_split_and_bold_lines_are_headings() -> None:
    first, second = read_file(FILES / "lexisnexis.html")
    told = [(block.kind, first.text[block.start : block.end]) for block in first.layout.blocks]
    assert told == [
        (BlockKind.TITLE, "Harbour road stays closed; A year of waiting"),
        (BlockKind.PARAGRAPH, "Shut since March."),
        (BlockKind.PARAGRAPH, "The road to the harbour is closed."),
        (BlockKind.HEADING, "What comes next"),
        (BlockKind.PARAGRAPH, "A list:"),
        (BlockKind.PARAGRAPH, "Category 1"),
        (BlockKind.ROW, "Year\tShips"),
    ]
    assert first.attributes == {
        "edition": "Late Edition - Final; Correction Appended",
        "section": "Section B; Column 2; National Desk",
        "page": "22",
        "length": "121",
        "correction": "It was April.",
        "subjects": "PORTS (90%); ROADS (88%)",
    }
    assert (second.text, second.date, second.language) == (
        "La route\nPremier paragraphe.",
        "2013-04-12",
        "fr",
    )


def test_a_lexisnexis_document_that_could_not_be_displayed_is_missed() -> None:
    assert read_file(FILES / "lexisnexis.html")[0].notes == ("The file says 4 articles; 2 were found.",)


def test_hundreds_of_lexisnexis_divisions_left_open_do_no_harm() -> None:
    page = (FILES / "lexisnexis.html").read_text(encoding="utf-8")
    start, end = page.index('<A NAME="DOC_ID_0_0">'), page.index('<A NAME="DOC_ID_0_1">')
    many = page[:start].replace('DOCUMENTS="4"', 'DOCUMENTS="600"') + page[start:end] * 600
    drafts = read_bytes(many.encode(), "many.html")
    assert (len(drafts), drafts[0].notes) == (600, ())
    assert drafts[599].text == drafts[0].text


def test_the_lexisnexis_html_sample() -> None:
    first, second = sample("lexisnexis_test_en.html")
    assert (first.outlet, first.author, first.date) == ("Some Newspaper", "PAPER AUTHOR", "1991-12-19")
    assert second.text.split("\n")[:3] == ["First part; Second part", "A list:", "Category 1"]
    assert first.notes == ("The file says 146 articles; 2 were found.",)


def test_proquest_pages_are_split_with_their_fields() -> None:
    first, second = read_file(FILES / "proquest.html")
    assert first.text.split("\n") == [
        "Harbour road stays closed",
        "WASHINGTON — The road to the harbour is closed.",
        "What comes next",
        "It opens in May.",
    ]
    assert kinds(first)[2] is BlockKind.HEADING
    assert (first.outlet, first.author, first.date, first.language, first.url) == (
        "The Herald, Late Edition",
        "Lee, Ann; Fry, Bo",
        "2022-03-10",
        "en",
        "https://www.proquest.com/docview/1",
    )
    assert first.attributes == {
        "length": "1214",
        "section": "News",
        "page": "AA.2",
        "subjects": "Ports; Roads & streets",
        "companies": "Harbour Co; Road Co",
        "document id": "1",
        "database": "U.S. Major Dailies",
        "credit": "The Press",
    }
    assert (second.text, second.date) == ("Only an abstract\nThe whole in short.", "2021")
    assert first.notes == (
        "1 article has no full text, only its abstract or title.",
        "The file says 3 articles; 2 were found.",
    )


def test_the_proquest_sample() -> None:
    (draft,) = sample("proquest_sample-1.html")
    assert (draft.outlet, draft.author, draft.date) == (
        "Los Angeles Times",
        "Olivarez-Giles, Nathan",
        "2010-05-08",
    )
    assert draft.text.split("\n")[-2:] == ["--", "nathan.olivarezgiles@latimes.com"]
    assert (draft.attributes["length"], draft.attributes["page"]) == ("239", "AA.2")
    assert draft.notes == ()


def test_proquest_text_is_split_and_goes_on_over_empty_lines() -> None:
    first, second = read_file(FILES / "proquest.txt")
    assert first.text.split("\n") == [
        "Harbour road stays closed. If it opens, it opens in May",
        "The road to the harbour is closed: nobody goes there. Subject: none.",
        "It opens in May.",
        "After an empty line it goes on.",
    ]
    assert (first.outlet, first.date, first.url) == (
        "The Herald (Online)",
        "2024-09-20",
        "https://www.proquest.com/docview/1",
    )
    assert first.attributes == {
        "section": "opinion/columnists",
        "page": "A.13",
        "subjects": "Ports; Roads",
        "document id": "3107396628",
        "database": "Newsstream",
        "captions": "The road",
        "credit": "The Press",
    }
    assert (second.text, second.author, second.date) == (
        "Only an abstract\nThe whole in short.",
        "Lee, Ann",
        "2021",
    )
    assert first.notes == (
        "1 article has no full text, only its abstract or title.",
        "The file says 3 articles; 2 were found.",
    )


def test_a_proquest_title_may_look_like_a_field() -> None:
    data = (FILES / "proquest.txt").read_bytes().replace(b"Harbour road stays closed. If", b"People: If")
    assert read_bytes(data, "x.txt")[0].title == "People: If it opens, it opens in May"


def test_proquest_tables_have_an_article_a_row() -> None:
    first, second = read_file(FILES / "proquest.csv")
    assert first.text == 'Harbour road\nFirst paragraph.\nSecond "paragraph".'
    assert (first.outlet, first.author, first.date, first.language) == (
        "The Herald",
        "Lee, Ann",
        "2022-03-10",
        "en",
    )
    assert (first.attributes["page"], first.attributes["subjects"]) == ("A1", "Ports; Roads")
    assert (second.text, second.language) == ("Only an abstract\nThe whole in short.", "de")


PIECES = [
    b"<",
    b">",
    b"</div>",
    b"<div>",
    b"\0",
    b"\n\n",
    b": ",
    b"&#x110000;",
    b"\xff",
    b"99 of 99 DOCUMENTS",
    b",",
]


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_mutated_downloads_give_drafts_or_a_sentence(path: Path, data: st.DataObject) -> None:
    mutated = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, max(0, len(mutated) - 1)))
        gone = data.draw(st.integers(0, 40))
        mutated[place : place + gone] = data.draw(st.sampled_from(PIECES) | st.binary(max_size=6))
    check_bytes(bytes(mutated), path.name)


def test_numbers_that_head_no_document_are_plain_text() -> None:
    data = b"Words\n1 of 2 DOCUMENTS\nmore words\nLENGTH: 20 words\nand the end.\n"
    (draft,) = read_bytes(data, "a.txt")
    assert "more words" in draft.text
