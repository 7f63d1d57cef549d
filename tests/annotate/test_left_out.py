"""What readers leave out can be seen."""

from __future__ import annotations

from annotate.readers import read_bytes
from annotate.readers.left_out import left_out
from tests.annotate.test_readers_pdf import column, make_pdf

WORDS = "The council of Northhaven voted on Tuesday to open the harbour road to buses, after years. " * 4
PAGE = f"""<html><head><title>Road</title></head><body><nav><a href=x>Home</a> <a href=y>Sport</a></nav>
<article><h1>Road</h1><p>{WORDS}</p><p>{WORDS.replace("Tuesday", "Friday")}</p></article>
<footer><p>All rights reserved</p></footer></body></html>""".encode()


def test_of_a_page_menus_and_feet() -> None:
    (draft,) = read_bytes(PAGE, "road.html")
    found = left_out(PAGE, "road.html", draft.text)
    assert found == ["Home Sport", "All rights reserved"]


def test_of_a_pdf_running_heads_and_page_numbers() -> None:
    names = ("one", "two", "three", "four")
    pages = []
    for at, name in enumerate(names, 1):
        lines = column(72, 700, [f"Line {number} of the page called {name}, in full" for number in names])
        pages.append([(72, 760, 9, "The Gazette of Northhaven"), *lines, (300, 30, 9, str(at))])
    data = make_pdf(pages)
    (draft,) = read_bytes(data, "a.pdf")
    assert "Gazette" not in draft.text
    assert left_out(data, "a.pdf", draft.text) == ["The Gazette of Northhaven", "1", "2", "3", "4"]


def test_of_plain_text_nothing() -> None:
    assert left_out(b"Some words.", "a.txt", "") == []
