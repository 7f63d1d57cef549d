"""A report as one HTML page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import IO

from annotate.version import VERSION
from annotate.writers.colours import tinted
from annotate.writers.document import Part, Run, Runs

SUFFIX, SAID = ".html", "HTML"
LANE = 4  # pixels from one underline to the next
TAGS = {"title": "h1", "paragraph": "p", "item": "p", "listed": "p", "quote": "blockquote", "dim": "p"}
STYLE = """
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 48px auto; max-width: 660px; padding: 0 24px; color: #1f2328; background: #fff;
  font: 17px/1.75 "Source Serif 4", "Source Serif Pro", Charter, Georgia, serif; }
h1, h2, h3, h4, h5, h6, table, .dim, sup { font-family: Inter, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 20px; line-height: 1.3; margin: 44px 0 6px; }
h3 { font-size: 16px; line-height: 1.4; margin: 30px 0 4px; }
h4, h5, h6 { font-size: 14px; line-height: 1.4; margin: 24px 0 4px; }
p, blockquote { margin: 0 0 12px; white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { margin: 14px 0; padding-inline-start: 14px; border-inline-start: 3px solid #cfcabf; }
.dim { color: #5c6168; font-size: 13px; line-height: 1.5; }
blockquote:has(+ .dim) { margin-bottom: 4px; }
blockquote + .dim { padding-left: 17px; margin-bottom: 18px; }
.item { text-indent: -16px; }
.item::before { content: "•\\00a0\\00a0"; color: #5c6168; }
table { border-collapse: collapse; margin: 12px 0 24px; font-size: 13px; line-height: 1.5; }
th, td { text-align: left; vertical-align: top; padding: 4px 18px 4px 0; border-bottom: 1px solid #e2ded5;
  white-space: pre-wrap; overflow-wrap: anywhere; }
th { color: #5c6168; font-weight: 600; }
mark { color: inherit; border-radius: 2px; }
sup { font-size: 11px; line-height: 0; font-weight: 600; margin: 0 2px 0 1px; }
sup + sup { margin-inline-start: -2px; }
@media print { body { margin: 0; max-width: none; } .page { break-before: page; } }
"""


def available() -> bool:
    return True


def write(title: str, parts: Iterable[Part], out: IO[bytes]) -> None:
    """The page, as its parts come."""
    _put(
        out,
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f'<meta name="generator" content="Postil {VERSION}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n",
    )
    in_table = False
    for each in parts:
        if in_table and each.kind != "row":
            _put(out, "</table>\n")
        if each.kind == "row" and not in_table:
            _put(out, "<table>\n")
        in_table = each.kind == "row"
        _put(out, _part(each) + "\n")
    _put(out, "</table>\n</body>\n</html>\n" if in_table else "</body>\n</html>\n")


def _part(each: Part) -> str:
    if each.kind == "row":
        cell = "th" if each.head else "td"
        cells = (f'<{cell} dir="auto">{_runs(runs)}</{cell}>' for runs in each.cells)
        return f"<tr>{''.join(cells)}</tr>"
    tag = f"h{each.level}" if each.kind == "heading" else TAGS[each.kind]
    names = [name for name, on in (("page", each.page), (each.kind, each.kind in ("dim", "item"))) if on]
    about = f' class="{" ".join(names)}"' if names else ""
    if each.edge:
        about += f' style="border-color: {each.edge}"'
    elif each.kind in ("item", "listed"):
        about += f' style="margin-inline-start: {22 * (each.level + 1)}px"'
    return f'<{tag} dir="auto"{about}>{_runs(each.runs)}</{tag}>'


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    text = escape(run.text, quote=False)
    tip = f' title="{escape(run.tip)}"' if run.tip else ""
    if run.raised:
        return f'<sup style="color: {run.colour}"{tip}>{text}</sup>'
    if run.colours:
        return f'<mark style="{_ground(run)}"{tip}>{text}</mark>'
    if run.bold:
        return f"<b>{text}</b>"
    return f'<span style="color: {run.colour}">{text}</span>' if run.colour else text


def _ground(run: Run) -> str:
    """The tints over each other, and a line for each lane below the words."""
    shadows = []
    for lane, colour in enumerate(run.marks):
        shadows.append(f"0 {lane * LANE + 2}px {colour or '#fff'}")
        shadows.append(f"0 {lane * LANE + LANE}px #fff")
    return f"background-color: {tinted(run.colours)}; box-shadow: {', '.join(shadows[:-1])}"


def _put(out: IO[bytes], text: str) -> None:
    out.write(text.encode())
