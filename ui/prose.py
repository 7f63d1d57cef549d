"""Markdown as it reads: tags are shown as they are written, pictures are not fetched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

PICTURES = ("image_link", "image_reference", "short_image_ref")


def as_html(text: str) -> str:
    """Markdown as HTML without scripts, pictures and tags of the text's own."""
    reader = _reader()
    reader.reset()
    return str(reader.convert(text))


@cache
def _reader() -> Markdown:
    from markdown import Markdown

    made = Markdown(extensions=["sane_lists", "nl2br"])
    made.preprocessors.deregister("html_block")
    for name in ("html", *PICTURES):
        made.inlinePatterns.deregister(name)
    return made
