"""A report as Markdown (CommonMark with tables); highlights are `<mark>` with their colour, signs are `<sup>`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import IO

from annotate.writers.colours import tinted
from annotate.writers.document import Part, Run, Runs

SUFFIX, SAID = ".md", "Markdown"

_SIGNS = re.compile(r"[\\`*_\[\]<>&|~^$]|=(?==)|(?<==)=")
_AT_START = re.compile(r"^(\s*)([-+#=:]|\d{1,9}(?=[.)]))")
_BY_BACKSLASH = "\\`*_[]"
_BY_NAME = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def available() -> bool:
    return True


def write(title: str, parts: Iterable[Part], out: IO[bytes]) -> None:
    """The text, as its parts come. `title` stands in the parts."""
    before: Part | None = None
    for each in parts:
        in_table = each.kind == "row"
        if before is not None and not (in_table and before.kind == "row"):
            out.write(b"\n")
        if in_table and (before is None or before.kind != "row"):
            out.write(_table_head(each).encode())
            before = each
            if each.head:
                continue
        out.write((_row(each) if in_table else _part(each)).encode() + b"\n")
        before = each


def _table_head(first: Part) -> str:
    """A table has a head in Markdown, if an empty one."""
    head = _row(first) if first.head else "|" + " |" * len(first.cells)
    return f"{head}\n|{' --- |' * len(first.cells)}\n"


def _row(each: Part) -> str:
    return "| " + " | ".join(_runs(cell).replace("\n", "<br>") for cell in each.cells) + " |"


def _part(each: Part) -> str:
    text = _runs(each.runs, at_start=True)
    if each.kind in ("title", "heading"):
        return f"{'#' * (1 if each.kind == 'title' else each.level)} {_one_line(text)}"
    if each.kind == "quote":
        return "> " + _broken(text).replace("\n", "\n> ")
    if each.kind == "item":
        return f"{'    ' * each.level}- " + _broken(text).replace("\n", f"\n{'    ' * each.level}  ")
    return f"<small>{_broken(text)}</small>" if each.kind == "dim" else _broken(text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _broken(text: str) -> str:
    """Line breaks as Markdown keeps them; a line of nothing would end the paragraph."""
    return re.sub(r"\s*\n\s*", "<br>\n", text.strip())


def _runs(runs: Runs, *, at_start: bool = False) -> str:
    return "".join(_run(run, at_start=at_start and not place) for place, run in enumerate(runs))


def _run(run: Run, *, at_start: bool) -> str:
    text = escaped(run.text, at_start=at_start)
    if run.raised:
        return f"<sup>{text}</sup>"
    if run.colours:
        return f'<mark style="background-color: {tinted(run.colours)}">{text}</mark>'
    if run.bold:
        inner = text.strip()
        return text.replace(inner, f"**{inner}**", 1) if inner else text
    return f'<span style="color: {escape(run.colour)}">{text}</span>' if run.colour else text


def escaped(text: str, *, at_start: bool = False) -> str:
    """The text as Markdown shows it again."""
    text = _SIGNS.sub(_sign, text)
    if at_start:
        text = _AT_START.sub(_held, text)
    return text


def _sign(found: re.Match[str]) -> str:
    sign = found[0]
    return f"\\{sign}" if sign in _BY_BACKSLASH else _BY_NAME.get(sign) or f"&#{ord(sign)};"


def _held(found: re.Match[str]) -> str:
    """A sign that would begin a list, as an entity; of a number its first digit."""
    return f"{found[1]}&#{ord(found[2][0])};{found[2][1:]}"
