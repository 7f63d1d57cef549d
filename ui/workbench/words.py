"""How the fields of a code read on its page: Markdown in the reading face, passages as quotes with their source."""

from __future__ import annotations

from html import escape

from annotate.examples import Example, examples
from ui.fonts import ui_family
from ui.prose import as_html
from ui.theme import Theme, code_colour

LEADING = 116  # per cent of the face's own line
BETWEEN, SMALL = 6, 12  # pixels: of paragraphs, of a source's letters


def prose_html(text: str) -> str:
    """Markdown, with air between the lines."""
    *before, last = as_html(text).split("<p>")
    html = "".join(f'{each}<p style="margin:0 0 {BETWEEN}px 0">' for each in before)
    if before:
        html = html.removesuffix(f'{BETWEEN}px 0">') + '0 0">'
    return f'<div style="line-height:{LEADING}%">{html}{last}</div>'


def examples_html(text: str, theme: Theme, colour: str) -> str:
    """Passages beside a bar in the code's colour, where they stand below them; the rest as prose."""
    bar = code_colour(colour, theme).name()
    return "".join(
        _quote(each, theme, bar) if each.quoted else prose_html(each.text) for each in examples(text)
    )


def _quote(example: Example, theme: Theme, bar: str) -> str:
    source = ""
    if example.source:
        style = f"font-family:{ui_family()}; font-size:{SMALL}px; color:{theme.dim}"
        source = f'<br><span style="{style}">{escape(example.source)}</span>'
    return (
        f'<table cellspacing="0" cellpadding="0" style="margin-bottom:10px"><tr>'
        f'<td width="3" bgcolor="{bar}"></td><td style="padding-left:12px; line-height:108%">'
        f"{escape(example.text)}{source}</td></tr></table>"
    )
