"""Reports to read: every word of the text is there, under its highlights, in every kind of file."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from markdown import markdown
from openpyxl import load_workbook

from annotate.errors import UserError
from annotate.text import lines
from annotate.writers import Options, as_docx, export, writer
from annotate.writers.as_markdown import escaped
from annotate.writers.colours import NEUTRAL, on_paper, tinted
from annotate.writers.drawn import Signs, drawn, unseen
from tests.annotate.hard_data import CODES, FIRST, LONG, OTHER, OWN, article, hard, mark, of

SIGNS = Signs.of([OWN, OTHER], ["Ana", "Ben"])
INDIGO, AMBER = on_paper("indigo"), on_paper("amber")


def written(name: str, data=None, options: Options | None = None) -> tuple[bytes, list[str]]:
    out = io.BytesIO()
    done = writer(name).write(data or hard(), out, options or Options())
    return out.getvalue(), list(done.notes)


def page(name: str, data=None):
    content = written(name, data)[0].decode()
    if name.endswith("-md"):
        content = f"<html><body>{markdown(content, extensions=['tables'])}</body></html>"
    return html.document_fromstring(content)


def words(element) -> str:
    """What it says, without the signs behind highlights, white space as one space."""
    for sign in element.xpath(".//sup"):
        sign.text = ""
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", ["articles-html", "articles-md"])
def test_the_whole_text_is_on_the_page(name: str) -> None:
    said = words(page(name))
    for start, end in lines(FIRST):
        for cell in FIRST[start:end].split("\t"):
            assert " ".join(cell.split()) in said
    assert " ".join(LONG.split()) in said
    assert "Title, “one” <&>" in said


def test_highlights_have_their_colours_a_line_each_and_a_sign() -> None:
    text = "One two three."
    marks = [mark("m1", 0, 13, "own:1"), mark("m2", 4, 7, "own:2", certainty="unsure", memo="so <so>")]
    found = page("articles-html", of([article("a", text, marks)]))
    first, both, last = found.xpath("//p//mark")
    assert [each.text for each in (first, both, last)] == ["One ", "two", " three"]
    assert tinted((INDIGO,)) in first.get("style")
    assert tinted((INDIGO, AMBER)) in both.get("style")
    assert both.get("style").count(INDIGO) == both.get("style").count(AMBER) == 1
    assert both.get("title").endswith("=1+1 — Ana — unsure — so <so>")
    assert [each.text for each in found.xpath("//p//sup")] == ["1.1?", "own:1"]
    assert "“two”: so <so>" in words(found)


def test_the_legend_has_the_codes_of_the_article() -> None:
    found = page("articles-html")
    rows = [[words(cell) for cell in row.xpath("td")] for row in found.xpath("//table[1]/tr[td]")]
    assert rows[0] == ["■ own:1", "Law, “order” and 'more'", "2"]
    assert rows[1] == ["■ 1.1", "Law, “order” and 'more' > =1+1", "2"]
    assert ["■ –", "Without a code", "1"] in rows
    assert rows[-1] == ["?", "The coder is unsure", ""]


def test_nothing_in_a_text_becomes_markup() -> None:
    text = (
        "<script>alert(1)</script> & [a](b) *c* `d` | e ~~f~~ ==g== $h$\n# no\n1. no\n- no\n    no\n> no\n==="
    )
    for name in ("articles-html", "articles-md"):
        found = page(name, of([article("a", text, title="T")]))
        assert not found.xpath(
            "//script | //em | //code | //a | //li | //pre | //body//h1[. != 'Study: “hard”']"
        )
        said = words(found)
        assert all(" ".join(text[start:end].split()) in said for start, end in lines(text))


def test_quotes_stand_under_their_codes_in_the_order_of_the_codebook() -> None:
    for name in ("quotes-html", "quotes-md"):
        found = page(name)
        heads = [words(each) for each in found.xpath("//h2")]
        assert heads == [
            "■ 1 Law, “order” and 'more'", "■ 1.1 =1+1", "■ 2 安全な第三国", "■ أمان; {x}", "■ 3/a Безопасность|<b>&",
            "■ 1 Tone", "■ Without a code",
        ]  # fmt: skip
        quotes = [words(each) for each in found.xpath("//blockquote")]
        expected = [" ".join(span.quote.split()) for span in hard().spans()]
        assert sorted(quotes) == sorted(expected)
        assert 'Memo: =cmd(); "so" and more' in words(found)


def test_quotes_without_text_have_places_alone() -> None:
    content = written("quotes-html", options=Options(text=False))[0].decode()
    assert "court" not in content
    assert "<blockquote" not in content
    with pytest.raises(UserError, match="cannot go out without their texts"):
        written("articles-html", options=Options(text=False))


@pytest.mark.parametrize("name", ["codebook-html", "codebook-md"])
def test_the_codebook_has_every_code(name: str) -> None:
    said = words(page(name))
    for code in CODES:
        for field in (code.label, code.definition, code.use_when, code.avoid_when):
            assert " ".join(field.split()) in said
    assert "own:6 · a heading, not put on text" in said
    assert "version 2 · own · 7 codes · CC0" in said


def test_the_codebook_as_a_workbook() -> None:
    content, _ = written("codebook-xlsx")
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["codes", "taxonomies"]
    rows = list(book["codes"].values)
    assert rows[2][rows[0].index("label")] == "=1+1"
    assert len(rows) == 9
    assert list(book["taxonomies"].values)[1][:4] == ("own", "Own — codes", "2", "CC0")


def test_a_word_document_has_text_colours_and_tables() -> None:
    docx = pytest.importorskip("docx")
    made = docx.Document(io.BytesIO(written("articles-docx")[0]))
    paragraphs = [
        "".join(run.text for run in each.runs if not run.font.superscript) for each in made.paragraphs
    ]
    for start, end in lines(FIRST):
        if start < end and "=1+1" not in FIRST[start:end]:
            assert FIRST[start:end] in paragraphs
    court = made.paragraphs[next(at for at, text in enumerate(paragraphs) if text.startswith("The court"))]
    fills = [run._r.xpath("string(.//w:shd/@w:fill)") for run in court.runs if not run.font.superscript]
    assert len(set(fills)) > 3
    assert all(re.fullmatch("[0-9a-f]{6}", fill) for fill in fills)
    hebrew = next(each for each in made.paragraphs if each.text.startswith("שלום"))
    assert hebrew._p.xpath(".//w:bidi")
    table = next(each for each in made.tables if each.cell(0, 0).text.startswith("=1+1"))
    assert table.cell(0, 1).text.startswith("'tis <b>bold</b> & *starred* _x0041_ | `code`")
    assert len(made.tables) == 3
    for name in ("quotes-docx", "codebook-docx"):
        assert docx.Document(io.BytesIO(written(name)[0])).core_properties.title == "Study: “hard”"


def test_without_python_docx_the_extra_is_named(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(as_docx, "find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"pip install postil\[docx\]"):
        export("articles-docx", hard(), tmp_path / "out", Options())


def test_marks_that_cannot_be_seen_are_counted() -> None:
    data = of([article("a", "One\n\nTwo", [mark("m1", 3, 5), mark("m2", 2, 6)])])
    assert written("articles-html", data)[1] == ["1 mark on line breaks alone cannot be seen."]


def test_colours() -> None:
    assert on_paper("teal") == "#068683"
    assert on_paper("#ABC") == "#aabbcc"
    assert on_paper("") == on_paper("red; x") == NEUTRAL
    assert tinted(()) == "#ffffff"


edges = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@given(st.text("ab \n\tא😀", min_size=30, max_size=30), st.lists(edges, max_size=7))
def test_runs_make_the_text_and_lie_under_their_marks(text: str, spans: list[tuple[int, int]]) -> None:
    made = article("a", text, [mark(f"m{n}", *span, "own:1") for n, span in enumerate(spans)])
    shown = list(drawn(made, SIGNS))
    assert ["".join(run.text for run in line.cells[0] if not run.raised) for line in shown] == [
        text[start:end] for start, end in lines(text) if start < end
    ]
    for line in shown:
        at = line.block.start
        for run in (run for run in line.cells[0] if not run.raised):
            end = at + len(run.text)
            if run.text.strip("\t"):
                assert len(run.colours) == sum(each.start <= at and end <= each.end for each in made.spans)
            at = end
    signs = sum(run.raised for line in shown for run in line.cells[0])
    assert signs == len(made.spans) - unseen(made)


@given(st.text("\\`*_[]<>&|~^=$#+-1.) a\n!(){}:", max_size=20))
def test_escaped_markdown_shows_what_it_was(text: str) -> None:
    text = " ".join(text.split())
    said = html.document_fromstring(f"<p>.</p>{markdown(escaped(text, at_start=True))}").text_content()
    assert " ".join(said[1:].split()) == text
