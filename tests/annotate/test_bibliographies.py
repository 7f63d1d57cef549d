"""Bibliographies are read as what they say, in whichever way their programs write it."""

from __future__ import annotations

import contextlib
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.bibliographies import fields, kind_of, read_bibliography
from annotate.errors import UserError
from annotate.readers import read_bytes
from annotate.references import Reference
from tests.shared import shared

RIS = """TY  - NEWS
ID  - lee2025
TI  - The road to the <i>harbour</i>
AU  - Lee, Ann
AU  - World Health Organization
DA  - 2025/03/12/
T2  - The Gazette
DO  - https://doi.org/10.1000/ABC(1)
UR  - https://gazette.example/road
LA  - en-GB
AB  - First line
second line
SP  - 3
EP  - 4
SE  - Local
KW  - roads
KW  - ships
L1  - files/1/road.pdf
L1  - files/1/road.html
ER  - 

TY  - JOUR
TI  - Cut off"""  # noqa: W291
BIB = r"""% Encoding: UTF-8
@string{gaz = {The Gazette}}
@comment{jabref-meta: databaseType:bibtex;}
@article{lee2025,
  title = {The {{EU}} and the stra{\ss}e: 100% of M\'{\i}guel \& co},
  author = {Lee, Ann and {World Health Organization} and M{\"u}ller, J{\"o}rg and van der Berg, Jr., Jan and others},
  journal = gaz, year = 2025, month = mar, day = {2}, pages = {3--4}, langid = {ngerman},
  url = {https://gazette.example/a\_b?x=1%20y}, doi = {10.1000/a_b},
  file = {Full Text:files/1/a\:b.pdf:application/pdf;Snapshot:files/2/x.html:text/html},
}
@article{broken, title = {No end
@misc{other, title = {Ships}, date = {2024-05},
  howpublished = {\url{https://gazette.example/ships}}, file = {:ships.pdf:PDF}}
"""
CSL = json.dumps(
    [
        {
            "id": "http://zotero.org/1",
            "type": "article-newspaper",
            "title": "The road",
            "container-title": "The Gazette",
            "author": [
                {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
                {"literal": "WHO"},
            ],
            "issued": {"date-parts": [["2025", 3, 12]]},
            "language": "en-US",
            "section": "Local",
            "DOI": "10.1000/abc",
        }
    ]
)


def read(text: str, name: str = "refs") -> list[Reference]:
    return read_bibliography(text.encode(), name)


def test_ris() -> None:
    first, second = read(RIS)
    assert first == Reference(
        key="lee2025",
        title="The road to the harbour",
        authors=("Ann Lee", "World Health Organization"),
        date="2025-03-12",
        outlet="The Gazette",
        doi="10.1000/abc(1)",
        url="https://gazette.example/road",
        language="en",
        abstract="First line second line",
        attributes={"type": "NEWS", "section": "Local", "pages": "3-4", "keywords": "roads; ships"},
        files=("files/1/road.pdf", "files/1/road.html"),
    )
    assert second.title == "Cut off"
    assert read(RIS.replace("  - ", " - ")) == [first, second]
    assert read_bibliography(RIS.encode("utf-16"), "refs.txt") == [first, second]
    assert read(RIS.replace("\n", "\r\n")) == [first, second]


def test_bibtex() -> None:
    first, *_, last = read(BIB)
    assert first.title == "The EU and the straße: 100% of Míguel & co"
    assert first.authors == ("Ann Lee", "World Health Organization", "Jörg Müller", "Jan van der Berg, Jr.")
    assert (first.outlet, first.date, first.language) == ("The Gazette", "2025-03-02", "de")
    assert (first.url, first.doi) == ("https://gazette.example/a_b?x=1%20y", "10.1000/a_b")
    assert first.attributes == {"type": "article", "pages": "3-4"}
    assert first.files == ("files/1/a:b.pdf", "files/2/x.html")
    assert (last.title, last.date, last.files) == ("Ships", "2024-05", ("ships.pdf",))
    assert last.url == "https://gazette.example/ships"


@pytest.mark.parametrize(
    ("stated", "files"),
    [
        ("/home/ann/Zotero/storage/A/road.pdf", ("/home/ann/Zotero/storage/A/road.pdf",)),
        ("a.pdf;b.pdf", ("a.pdf", "b.pdf")),
        (r"C\:\\Users\\ann\\road.pdf", (r"C:\Users\ann\road.pdf",)),
        (r"Road\; one:files/a\;b.pdf:application/pdf", ("files/a;b.pdf",)),
        ("", ()),
    ],
)
def test_attached_files_of_bibtex(stated: str, files: tuple[str, ...]) -> None:
    assert read("@misc{a, title = {T}, file = {%s}}" % stated)[0].files == files  # noqa: UP031


def test_csl_json() -> None:
    (found,) = read(CSL)
    assert (found.title, found.authors, found.date) == ("The road", ("Jan van der Berg", "WHO"), "2025-03-12")
    assert (found.outlet, found.doi, found.language) == ("The Gazette", "10.1000/abc", "en")
    assert found.attributes == {"type": "article-newspaper", "section": "Local"}
    assert read('{"items": %s}' % CSL) == [found]  # noqa: UP031


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2014//", "2014"),
        ("2014/07/04/", "2014-07-04"),
        ("2014/07//Summer", "2014-07"),
        ("2014-07-04/2015-01", "2014-07-04"),
        ("2011-05~", "2011-05"),
        ("4 July 2014", "2014-07-04"),
        ("2014-13-45", "2014"),
        ("-0333", ""),
        ("n.d.", ""),
    ],
)
def test_dates(stated: str, expected: str) -> None:
    assert fields.date(stated) == expected


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (RIS, "refs.txt", "RIS"),
        (BIB, "refs.txt", "BibTeX"),
        (CSL, "refs.json", "CSL-JSON"),
        ("Comments first\n@misc{a, title = {T}}", "refs.bib", "BibTeX"),
        ("@ann wrote {this, that = those}", "a.txt", ""),
        ('[{"type": "book", "text": "words"}]', "a.json", ""),
        ("TY was here.", "a.txt", ""),
    ],
)
def test_the_kind_is_told_by_content(text: str, name: str, kind: str) -> None:
    assert kind_of(text.encode(), name) == kind


@pytest.mark.parametrize("text", [RIS, BIB, CSL])
def test_a_bibliography_is_no_article(text: str) -> None:
    with pytest.raises(UserError) as caught:
        read_bytes(text.encode(), "refs.txt")
    assert (
        str(caught.value) == "refs.txt is a bibliography: it describes articles, but holds no text of theirs."
    )


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"words", "refs.x is no bibliography in RIS, BibTeX or CSL-JSON."),
        (b"\0\1\2\3" * 9, "refs.x is no bibliography in RIS, BibTeX or CSL-JSON."),
        (CSL.encode()[:-9], "refs.x is no JSON that can be read; export the bibliography again."),
        (b"@comment{x}", "refs.x is a bibliography without entries."),
    ],
)
def test_what_is_no_bibliography_is_said(data: bytes, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read_bibliography(data, "refs.x")
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    "hostile",
    [
        "@article{" * 20_000,
        "@article{a, title = {" + "{" * 50_000,
        "@article{a, title = {" + "{" * 3_000 + r"\ss" + "}" * 3_000 + "}}",
        "@article{a, title = {" + r"\textbf{" * 45 + "}" * 46 + "}",
        "@article{a, author = {" + " and " * 100_000 + "}}",
        "@article{a, author = {" + " " * 300_000 + "}}",
        "@article{a, title = {" + r"\input{/etc/passwd} $" * 900 + "}}",
        "TY  - JOUR\n" * 20_000,
        "TY  - JOUR\nAB  - x\n" + "x\n" * 300_000,
        '[{"type": "book", "issued": ' + "[" * 100_000,
    ],
)
def test_hostile_bibliographies_take_little_time(hostile: str) -> None:
    start = time.perf_counter()
    with contextlib.suppress(UserError):
        assert all("root:" not in found.title for found in read(hostile))
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("text", [RIS, BIB, CSL])
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_mutated_bibliographies_give_references_or_a_sentence(text: str, data: st.DataObject) -> None:
    mutated = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(0, len(mutated)))
        piece = data.draw(
            st.binary(max_size=5) | st.sampled_from([b"{", b"}", b"\\", b"null", b"[", b"ER  -\n"])
        )
        mutated[place : place + data.draw(st.integers(0, 30))] = piece
    with contextlib.suppress(UserError):
        for found in read_bibliography(bytes(mutated), "refs"):
            assert "\n" not in found.title


def test_samples() -> None:
    folder = shared("samples/bibliography")
    found = {path.name: read_bibliography(path.read_bytes(), path.name) for path in folder.iterdir()}
    counts = {name: len(references) for name, references in found.items()}
    assert counts == {
        "Date_export_to_Better_CSL-JSON_360_811.csl.json": 15,
        "Export_Newspaper_Article_misses_section_field_132.biblatex": 1,
        "example_full.ris": 2,
        "example_multiline.ris": 3,
        "example_utf_chars.ris": 1,
        "example_wos.ris": 2,
    }
    danish = found["Export_Newspaper_Article_misses_section_field_132.biblatex"][0]
    assert (danish.authors, danish.date, danish.outlet) == (("Anders Boas",), "2014-07-04", "Weekendavisen")
    assert danish.attributes["section"] == "Ideer"
    assert found["example_wos.ris"][0].authors[1] == "AP Majeed"
    assert found["example_full.ris"][1].title == "The title of the reference"
    assert found["example_multiline.ris"][2].abstract.endswith("at the end the last line")
