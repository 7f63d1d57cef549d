"""Web pages: main text, structure, what the page says of itself, and no connection ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.model import BlockKind, Draft
from annotate.readers import read_bytes, read_file
from annotate.readers.dates import iso_date
from tests.shared import ROOT

FILES = Path(__file__).resolve().parent.parent / "files" / "readers"


def told(draft: Draft) -> list[tuple[BlockKind, int, str]]:
    return [(block.kind, block.level, draft.text[block.start : block.end]) for block in draft.layout.blocks]


def test_a_plain_document_keeps_all_its_blocks() -> None:
    assert told(read_file(FILES / "report.html")[0]) == [
        (BlockKind.TITLE, 0, "Harbour report"),
        (BlockKind.PARAGRAPH, 0, "First\u00a0line & more,"),
        (BlockKind.PARAGRAPH, 0, "second line."),
        (BlockKind.HEADING, 2, "Figures"),
        (BlockKind.ROW, 0, "Year\tShips\t"),
        (BlockKind.ROW, 0, "\t12\tx"),
        (BlockKind.ITEM, 0, "one"),
        (BlockKind.ITEM, 1, "inner"),
        (BlockKind.ITEM, 0, "two"),
        (BlockKind.QUOTE, 0, "Said <she>."),
        (BlockKind.PARAGRAPH, 0, "a = 1"),
        (BlockKind.PARAGRAPH, 0, "  b = 2"),
    ]


def test_a_news_page_gives_main_text_and_metadata() -> None:
    draft = read_file(FILES / "news.html")[0]
    assert draft.title == "Harbour road opens to buses"
    assert draft.outlet == "The Northhaven Gazette"
    assert draft.author == "Ann Lee, Bo Chan"
    assert draft.date == "2025-03-12"
    assert draft.url == "https://gazette.example/harbour-road"
    assert draft.language == "en"
    assert told(draft)[0] == (BlockKind.TITLE, 0, "Harbour road opens to buses")
    assert draft.text.count("Harbour road opens to buses") == 1
    assert (BlockKind.HEADING, 2, "What comes next") in told(draft)
    assert "newsletter" not in draft.text
    assert "All the news" not in draft.text
    assert draft.text.endswith("nobody at the yard would promise.")


@pytest.mark.parametrize(
    ("declared", "written"),
    [("iso-8859-1", "cp1252"), ("windows-1251", "windows-1251"), ("utf-8", "utf-16"), ("nonsense", "utf-8")],
)
def test_the_declared_charset_is_honoured_and_a_wrong_one_survived(declared: str, written: str) -> None:
    words = "“Größe” für alle" if written == "cp1252" else "Слова на русском языке"
    page = f'<html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    assert read_bytes(page.encode(written), "x.html")[0].text == words


def test_a_page_is_told_by_its_beginning_and_not_by_a_tag_in_it() -> None:
    assert (
        read_bytes(b"<!-- saved --><!DOCTYPE html><title>T</title><p>Words here", "page.txt")[0].title == "T"
    )
    text = "How to write <html> by hand\nAnd more <p>"
    assert read_bytes(text.encode(), "page.txt")[0].text == text


def test_a_page_without_text_says_so() -> None:
    with pytest.raises(UserError, match=r"empty\.html holds no text"):
        read_bytes(b"<html><body><script>x</script></body></html>", "empty.html")


def test_layout_tables_are_no_table_rows() -> None:
    page = "<html><body><table><tr><td><p>One.</p><p>Two.</p></td><td>Side</td></tr></table></body></html>"
    assert [text for _, _, text in told(read_bytes(page.encode(), "x.html")[0])] == ["One.", "Two.", "Side"]


def test_entities_do_not_grow_and_deep_pages_do_not_break() -> None:
    entities = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    bomb = f"<!DOCTYPE html [{entities}]><html><body>&b;x</body></html>"
    assert len(read_bytes(bomb.encode(), "x.html")[0].text) < 200
    deep, deepest = (f"<html><body>{'<div>' * n}words{'</div>' * n}" for n in (200, 5000))
    assert read_bytes(deep.encode(), "x.html")[0].text == "words"
    with pytest.raises(UserError, match="holds no text"):
        read_bytes(deepest.encode(), "x.html")


def test_numeric_references_to_controls_and_windows_characters() -> None:
    page = "<html><body><p>a&#1;b&#x1f;c &#150; &#147;d&#148; &#228;&#x10348;</p></body></html>"
    assert read_bytes(page.encode(), "x.html")[0].text == "abc – “d” ä𐍈"


def test_reading_a_page_opens_no_socket() -> None:
    program = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('a socket was opened')\n"
        "socket.socket.__init__ = refuse\n"
        "from pathlib import Path\n"
        "from annotate.readers import read_file\n"
        "print(read_file(Path(sys.argv[1]))[0].title)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(FILES / "news.html")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.stdout.strip(), done.stderr) == ("Harbour road opens to buses", "")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("12 March 2025", "2025-03-12"),
        ("Mar. 12th, 2025, 10:30 am", "2025-03-12"),
        ("Tuesday, 12 March 2025", "2025-03-12"),
        ("12. März 2025", "2025-03-12"),
        ("2025-03-12T10:30:00+01:00", "2025-03-12"),
        ("March 2025", "2025-03"),
        ("2025", "2025"),
        ("03/04/2025", ""),
        ("30 February 2025", ""),
        ("0001-01-01", ""),
        ("12 March 2025 was a fine day", ""),
    ],
)
def test_dates(stated: str, expected: str) -> None:
    assert iso_date(stated) == expected
