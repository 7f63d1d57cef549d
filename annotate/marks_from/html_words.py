"""The words of a small, clean HTML text, and where in the stored text each of their UTF-8 bytes stands.

A block (paragraph, heading, item, row) becomes a line. Line breaks of the source are blanks, as a browser shows them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html.parser import HTMLParser

from annotate.offsets import ByteMap

_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "caption", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6",
        "li", "ol", "pre", "section", "table", "tr", "ul",
    )
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_BROKEN = re.compile(r"([ \t]*\n[ \t\n]*)")


class HtmlWords(HTMLParser):
    """`text` are the words in lines; `point` finds a byte of what stands between the tags in it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self._kept: list[str] = []
        self._length = 0  # of what is kept, in code points
        self._bytes = 0
        self._begun = False
        self._preformatted = 0
        self._open = False  # whether the line that is being written has a sign
        self._closed = False  # whether a line was closed since the last word
        self._runs: list[tuple[int, int, int, str]] = []  # first byte, place in the text, its length, words
        self.feed(html)
        self.close()
        if self._kept and not self._open:
            self._kept.pop()  # the end of the last line
        self.text = "".join(self._kept)
        self._begins = [begin for begin, *_ in self._runs]

    def point(self, byte: int) -> int:
        """The place in `text`, in code points. Beyond its ends it stays beyond them."""
        if byte > self._bytes:
            return len(self.text) + byte - self._bytes
        at = bisect_right(self._begins, byte) - 1
        if at < 0:
            return byte
        begin, place, length, words = self._runs[at]
        within = ByteMap(words).to_points(min(byte - begin, len(words.encode())))
        return min(place + min(within, length), len(self.text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begun = True
        self._preformatted += tag == "pre"
        if tag == "p" or tag in _BLOCKS:
            self._end_line()
        elif tag == "br":
            self._end_line(always=True)
        elif tag in _CELLS and self._open:
            self._keep("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self._end_line(always=True)
        elif tag in _BLOCKS:
            self._end_line()
        self._preformatted -= tag == "pre" and self._preformatted > 0

    def handle_data(self, data: str) -> None:
        if not self._begun and not data.strip():
            return  # no browser counts what is blank before the first tag
        self._begun = True
        for piece in [data] if self._preformatted else _BROKEN.split(data):
            if piece and not self._preformatted and "\n" in piece:
                self._blank(piece)
            elif piece:
                self._run(piece, self._length, len(piece))
                self._keep(piece)
                self._open, self._closed = not piece.endswith("\n"), False

    def _blank(self, piece: str) -> None:
        """White space with a line break: one blank within a line; between lines it stands for the line's end."""
        if self._open:
            self._run(piece, self._length, 1)
            self._keep(" ")
        elif self._closed:
            self._run(piece, self._length - 1, 1)
        else:
            self._run(piece, self._length, 0)
        self._closed = False

    def _run(self, words: str, place: int, length: int) -> None:
        self._runs.append((self._bytes, place, length, words))
        self._bytes += len(words.encode())

    def _end_line(self, *, always: bool = False) -> None:
        if self._open or always:
            self._keep("\n")
            self._open, self._closed = False, True

    def _keep(self, words: str) -> None:
        self._kept.append(words)
        self._length += len(words)
