"""Numbered lists keep their numbers: a letter's paragraph 4 is quoted as paragraph 4."""

from __future__ import annotations

from annotate.model import BlockKind
from annotate.readers import read_bytes


def lines(data: bytes, name: str) -> list[tuple[str, BlockKind]]:
    (draft,) = read_bytes(data, name)
    return [(draft.text[block.start : block.end], block.kind) for block in draft.layout.blocks]


def test_markdown_numbers_stand_in_the_text() -> None:
    found = lines(b"# Letter\n\n4. The first point.\n5. The next.\n\n- A bullet\n", "letter.md")
    assert ("4. The first point.", BlockKind.ITEM) in found
    assert ("5. The next.", BlockKind.ITEM) in found
    assert ("A bullet", BlockKind.ITEM) in found


def test_html_numbers_and_paragraphs_inside_an_item() -> None:
    page = b"<html><body><h1>Rules</h1><ol start=3><li><p>One.</p><p>More.</p></li><li value=9>Two.</li></ol>"
    found = [text for text, _ in lines(page + b"</body></html>", "rules.html")]
    assert "3. One." in found
    assert "More." in found
    assert "9. Two." in found
