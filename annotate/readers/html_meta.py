"""What a web page says of itself: title, author, date, outlet, address and language."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from annotate.readers import blocks
from annotate.readers.dates import iso_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"Article|Posting|Report|Review|WebPage|CreativeWork")
_TITLES = ("og:title", "twitter:title", "dc.title", "citation_title", "title")
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_DATES = (
    "article:published_time", "datepublished", "citation_publication_date", "dc.date", "dc.date.issued",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "date",
)  # fmt: skip
_OUTLETS = ("og:site_name", "citation_journal_title", "application-name", "dc.publisher", "publisher")
_LONGEST_SCRIPT = 1 << 20
_TAIL = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")  # " | The Daily" behind a title


@dataclass(frozen=True, slots=True)
class Metadata:
    """As in a Draft: empty where the page does not say; the date as ISO 8601."""

    title: str = ""
    author: str = ""
    date: str = ""
    outlet: str = ""
    url: str = ""
    language: str = ""


def one_line(stated: str) -> str:
    """A field on one line; some pages escape it twice."""
    return blocks.one_line(html.unescape(stated))


def read_metadata(tree: HtmlElement) -> Metadata:
    """From JSON-LD, OpenGraph, other <meta> and the page's own elements, the more telling first."""
    linked = next(_linked_articles(tree), {})
    tags = _meta_tags(tree)
    outlet = _name(linked.get("publisher")) or _first(tags, _OUTLETS)
    return Metadata(
        title=_title(tree, linked, tags, outlet),
        author=_author(tree, linked, tags),
        date=_date(tree, linked, tags),
        outlet=outlet,
        url=_url(tree, tags),
        language=_language(tree, tags),
    )


def _linked_articles(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """Objects of JSON-LD that describe an article, those that name one before those that name a page."""
    found = []
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                stated = json.loads((script.text_content() or "")[:_LONGEST_SCRIPT], strict=False)
            except (ValueError, RecursionError):
                continue
            found += [item for item in _objects(stated) if _ARTICLE.search(str(item.get("@type", "")))]
    yield from sorted(found, key=lambda item: "headline" not in item)


def _objects(stated: object) -> Iterator[dict[str, object]]:
    """The objects of a JSON-LD document: itself, the members of a list, those of a @graph."""
    waiting = [stated]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting += here
        elif isinstance(here, dict):
            yield here
            waiting.append(here.get("@graph"))


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    tags: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        content = one_line(meta.get("content") or "")
        if key and content:
            tags.setdefault(key.replace("dcterms.", "dc."), content)
    return tags


def _first(tags: dict[str, str], keys: tuple[str, ...]) -> str:
    return next((tags[key] for key in keys if key in tags), "")


def _name(stated: object) -> str:
    """The name in a JSON-LD value: a string, an object with `name`, or a list of these."""
    if isinstance(stated, dict):
        stated = stated.get("name")
    if isinstance(stated, list):
        return ", ".join(dict.fromkeys(name for name in map(_name, stated[:20]) if name))
    return one_line(stated) if isinstance(stated, str) else ""


def _title(tree: HtmlElement, linked: dict[str, object], tags: dict[str, str], outlet: str) -> str:
    headings = [text for h1 in tree.iter("h1") if (text := one_line(h1.text_content()))]
    stated = (
        _name(linked.get("headline")) or _first(tags, _TITLES) or one_line(tree.findtext(".//title") or "")
    )
    if not stated:
        return headings[0] if len(headings) == 1 else ""
    beginning = [text for text in headings if len(text) > 15 and stated.startswith(text)]
    if beginning:
        return beginning[0]
    tail = _TAIL.search(stated)
    if tail and outlet and outlet.casefold() in tail[0].casefold():
        return stated[: tail.start()]
    return stated


def _author(tree: HtmlElement, linked: dict[str, object], tags: dict[str, str]) -> str:
    stated = _name(linked.get("author")) or _first(tags, _AUTHORS)
    if not stated:
        for element in tree.xpath("(//*[@rel='author' or contains(@itemprop, 'author')])[position() < 4]"):
            stated = stated or one_line(element.text_content())
    stated = re.sub(r"^(?:by|von|par|por)\s+", "", stated, flags=re.IGNORECASE)
    return "" if "://" in stated or len(stated) > 120 else stated


def _date(tree: HtmlElement, linked: dict[str, object], tags: dict[str, str]) -> str:
    stated = [_name(linked.get(key)) for key in ("datePublished", "dateCreated")]
    stated += [tags[key] for key in _DATES if key in tags]
    stated += [time.get("datetime") or time.text_content() for time in [*tree.iter("time")][:3]]
    return next((date for date in map(iso_date, map(one_line, stated)) if date), "")


def _url(tree: HtmlElement, tags: dict[str, str]) -> str:
    links = [link.get("href") or "" for link in tree.iter("link") if link.get("rel") == "canonical"]
    for address in (*links, tags.get("og:url", "")):
        try:
            if urlsplit(address.strip()).scheme in ("http", "https"):
                return one_line(address)
        except ValueError:
            continue
    return ""


def _language(tree: HtmlElement, tags: dict[str, str]) -> str:
    """The language's code in lower case without region: "en" for "en-GB"."""
    root = tree.getroottree().getroot()
    stated = (
        root.get("lang") or root.get("xml:lang") or tags.get("og:locale") or tags.get("dc.language") or ""
    )
    match = re.match(r"([a-zA-Z]{2,3})(?:[-_]|$)", stated)
    return match[1].lower() if match else ""
