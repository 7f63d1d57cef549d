"""Which article a reference is about: by DOI, title or file; and attached files that may be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.references import Known, Reference, attached_files, find_doi, match


def pairs(references: list[Reference], articles: list[Known]) -> list[tuple[str, str, str]]:
    return [(pair.reference.key, pair.article, pair.by) for pair in match(references, articles).pairs]


def test_a_doi_goes_before_a_title() -> None:
    reference = Reference("r", title="The road", doi="10.1000/abc")
    other = Known("1", title="The road")
    assert pairs([reference], [other, Known("2", url="https://doi.org/10.1000/ABC")]) == [("r", "2", "doi")]
    assert pairs([reference], [other, Known("3", attributes={"doi": "10.1000/abc"})]) == [("r", "3", "doi")]
    assert pairs([reference], [other, Known("4", head="Words. doi:10.1000/abc. More.")]) == [
        ("r", "4", "doi")
    ]
    assert pairs([reference], [other]) == [("r", "1", "title")]


def test_several_dois_at_the_head_are_those_of_other_works() -> None:
    assert pairs([Reference("r", doi="10.1000/a")], [Known("1", head="See 10.1000/a and 10.1000/b.")]) == []


def test_titles_agree_without_case_accents_and_punctuation() -> None:
    assert pairs([Reference("r", title="Zürich: “The Road”")], [Known("1", title="zurich - the road!")]) == [
        ("r", "1", "title")
    ]


def test_a_title_that_several_have_is_told_apart_by_date() -> None:
    articles = [Known("1", "Editorial", "2024-01-05"), Known("2", "Editorial", "2025-03-12")]
    assert pairs([Reference("r", "Editorial")], articles) == []
    assert pairs([Reference("r", "Editorial", date="2025-03")], articles) == [("r", "2", "title")]
    assert pairs([Reference("r", "Editorial", date="2019")], articles[:1]) == []


@pytest.mark.parametrize(
    "source",
    [
        "road.pdf",
        "papers/ROAD.PDF",
        "lee2025.html",
        "The road to the harbour.docx",
        "Lee - 2025 - The Road to the harbour.pdf",
    ],
)
def test_by_the_name_of_the_file(source: str) -> None:
    reference = Reference("lee2025", "The road to the harbour", files=(r"C:\files\road.pdf",))
    assert pairs([reference], [Known("1", "Scan", source=source), Known("2", source="x.pdf")]) == [
        ("lee2025", "1", "file")
    ]


def test_each_article_has_one_reference() -> None:
    references = [Reference("a", doi="10.1000/x"), Reference("b", doi="10.1000/x"), Reference("c")]
    found = match(references, [Known("1", url="https://doi.org/10.1000/x")])
    assert [pair.reference.key for pair in found.pairs] == ["a"]
    assert [reference.key for reference in found.unmatched] == ["b", "c"]


@given(
    st.lists(st.builds(Reference, st.sampled_from("ab"), st.sampled_from(["", "The road", "road"]))),
    st.lists(st.sampled_from(["", "The road", "road"]), max_size=6),
)
def test_every_reference_is_in_one_of_both(references: list[Reference], titles: list[str]) -> None:
    articles = [Known(str(number), title) for number, title in enumerate(titles)]
    found = match(references, articles)
    assert len(found.pairs) + len(found.unmatched) == len(references)
    assert len({pair.article for pair in found.pairs}) == len(found.pairs)


def test_many_references_take_little_time() -> None:
    references = [Reference(str(number), f"The road number {number}") for number in range(5_000)]
    articles = [
        Known(str(number), f"THE ROAD, number {number}", source="a b c.pdf") for number in range(5_000)
    ]
    assert len(match(references, articles).pairs) == 5_000


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("https://doi.org/10.1000/ABC.1", "10.1000/abc.1"),
        ("https://x.example/doi/full/10.1080/123.4?needAccess=true", "10.1080/123.4"),
        ("https://x.example/doi/10.1002/abc/full", "10.1002/abc"),
        ("https://x.example/doi/10.1002%2Fabc", "10.1002/abc"),
        ("(doi:10.1016/S0140-6736(05)1234-5).", "10.1016/s0140-6736(05)1234-5"),
        ("Version 10.15 of 2020/21", ""),
    ],
)
def test_dois_in_texts(text: str, doi: str) -> None:
    assert find_doi(text) == doi


def test_attached_files_stay_inside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    (folder / "files").mkdir(parents=True)
    for path in (folder / "files" / "a b.pdf", tmp_path / "outside.pdf"):
        path.write_bytes(b"%PDF-")
    (folder / "link.pdf").symlink_to(tmp_path / "outside.pdf")

    def found(*stated: str) -> list[Path]:
        return attached_files(Reference("r", files=stated), folder)

    inside = folder / "files" / "a b.pdf"
    assert (
        found("files/a b.pdf", r"files\a b.pdf", f"file://{folder}/files/a%20b.pdf", str(inside))
        == [inside] * 4
    )
    assert found("../outside.pdf", "link.pdf", "files", "gone.pdf", r"C:\x.pdf", "\0", "") == []
    assert found(str(tmp_path / "outside.pdf")) == [tmp_path / "outside.pdf"]
