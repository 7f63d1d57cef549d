"""Pages saved as one HTML file: where from and when is known, pictures inside them cost little."""

from __future__ import annotations

import base64
import time

import pytest

from annotate.model import Draft
from annotate.readers import read_bytes
from annotate.readers.capture import without_data

WORDS = "<p>The road to the harbour is closed since March, and nobody knows for how long.</p>" * 4
SINGLE_FILE = """<!DOCTYPE html> <html lang=en><!--
 Page saved with SingleFile 
 url: https://gazette.example/road?id=3 
 saved date: Sun Jul 12 2020 15:42:53 GMT+0200 (Central European Summer Time)
--><meta charset=utf-8><title>Harbour road</title>
"""  # noqa: W291


def only(page: str) -> Draft:
    (draft,) = read_bytes(page.encode(), "page.html")
    return draft


def test_singlefile_says_address_and_moment() -> None:
    draft = only(SINGLE_FILE + WORDS)
    assert draft.url == "https://gazette.example/road?id=3"
    assert draft.attributes == {"captured": "2020-07-12T15:42:53+02:00"}
    assert "SingleFile" not in draft.text


def test_singlefile_with_further_lines() -> None:
    page = SINGLE_FILE.replace(" saved date", " profile: default\n saved date")
    assert only(page + WORDS).attributes["captured"] == "2020-07-12T15:42:53+02:00"


@pytest.mark.parametrize(
    ("head", "url", "moment"),
    [
        (
            "<html><head><meta name='savepage-url' content='https://gazette.example/road'>"
            "<meta name='savepage-date' content='Tue Mar 02 2021 10:11:12 GMT+0000 (GMT)'></head>",
            "https://gazette.example/road",
            "2021-03-02T10:11:12Z",
        ),
        (
            "<!DOCTYPE html>\n<!-- saved from url=(0028)https://gazette.example/road -->\n<html>",
            "https://gazette.example/road",
            "",
        ),
        ("<!-- saved from url=(0014)about:internet -->\n<html>", "", ""),
        (
            "<html><!--\r\n Archive processed by SingleFile \r\n url: https://gazette.example/road \r\n-->",
            "https://gazette.example/road",
            "",
        ),
        ("<html><!-- Page saved with SingleFile url: javascript:x \n saved date: x -->", "", ""),
    ],
)
def test_others_that_save_pages(head: str, url: str, moment: str) -> None:
    draft = only(f"{head}<body>{WORDS}</body></html>")
    assert (draft.url, draft.attributes.get("captured", "")) == (url, moment)


def test_pictures_inside_a_page_cost_little() -> None:
    picture = base64.b64encode(bytes(range(256)) * 80_000).decode()
    style = f"<style>p {{ src: url(data:font/x;base64,{picture}) }}</style>"
    page = f"{SINGLE_FILE}<img src=data:image/png;base64,{picture}>{style}"
    only(SINGLE_FILE + WORDS)
    start = time.perf_counter()
    draft = only(page + WORDS)
    assert len(page) > 50_000_000
    assert time.perf_counter() - start < 10
    assert draft.text == only(SINGLE_FILE + WORDS).text


def test_only_addresses_go() -> None:
    long = "A" * 100
    assert without_data(f'<img src="data:image/png;base64,{long}==">') == '<img src="data:,">'
    assert without_data(f"url(data:font/woff2;charset=utf-8;base64,{long})") == "url(data:,)"
    words = f"The text data:image/png;base64,{long} is an address."
    assert without_data(words) == words
