"""What differs between two versions of a taxonomy, and its log of changes, as rich text to be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from itertools import groupby

from PySide6.QtGui import QColor

from annotate.change_words import in_words
from annotate.codebook_difference import Difference, Piece, Sort, What
from storage.change_log import Line
from ui.dates import moment
from ui.theme import Theme, mix

SIGNS = {What.ADDED: "+", What.REMOVED: "−"}
READ = "font-family:'Source Serif 4'; font-size:15px"
GROUND = 0.84  # of the paper in the ground of words that were put in or taken out


def differences_html(found: Sequence[Difference], theme: Theme) -> str:
    """A paragraph for each code, rule, question and type of relations. Words put in are underlined on green, words
    taken out struck on red.
    """
    parts = []
    for _, group in groupby(found, lambda each: (each.sort, each.id)):
        held = list(group)
        lines = [_line(each, theme) for each in held]
        parts.append(
            f'<p style="margin-bottom:14px">{_name(held[0], theme)}<br>{"<br>".join(filter(None, lines))}</p>'
        )
    return "".join(parts)


def pieces_html(pieces: Sequence[Piece], theme: Theme) -> str:
    """A text with its changes in it."""
    inside = "".join(_piece(piece, theme) for piece in pieces).replace("\n", "<br>")
    return f'<span style="{READ}">{inside}</span>'


def log_html(lines: Sequence[Line], coder: Callable[[str], str], theme: Theme) -> str:
    """The log of changes, a paragraph a line."""
    return "".join(_entry(line, coder, theme) for line in lines)


def _name(difference: Difference, theme: Theme) -> str:
    sign = SIGNS.get(difference.what, "")
    colour = {"+": theme.good, "−": theme.danger}.get(sign, theme.text)
    is_code = difference.sort is Sort.CODE
    called = (difference.notation, difference.label) if is_code else (difference.name,)
    words = " ".join(filter(None, (sign, *called)))
    style = f"font-weight:600; color:{colour}"
    if difference.what is What.REMOVED:
        style += "; text-decoration:line-through"
    return f'<span style="{style}">{escape(words)}</span>'


def _line(difference: Difference, theme: Theme) -> str:
    before, after = escape(difference.before), escape(difference.after)
    dim = f'<span style="color:{theme.dim}">'
    match difference.what:
        case What.ADDED | What.REMOVED if difference.sort is not Sort.CODE:
            return f'<span style="{READ}">{before or after}</span>'
        case What.ADDED:
            return f"{dim}new{' under ' + after if after else ''}</span>"
        case What.REMOVED:
            return f"{dim}removed{', was under ' + before if before else ''}</span>"
        case What.NOT_KEPT:
            return f"{dim}not compared: a version kept the codes alone</span>"
        case What.RENAMED | What.RENUMBERED:
            called = "renamed" if difference.what is What.RENAMED else "notation"
            both = (Piece(difference.before, -1), Piece(" "), Piece(difference.after, 1))
            return f"{dim}{called}</span> {pieces_html(both, theme)}"
        case What.MOVED:
            return f"{dim}moved from</span> {before or 'the top'} {dim}to</span> {after or 'the top'}"
        case What.REWRITTEN:
            field = f"{dim}{escape(difference.field)}</span> " if difference.field else ""
            return f"{field}{pieces_html(difference.pieces, theme)}"
    return f"{dim}{difference.what}</span>"


def _piece(piece: Piece, theme: Theme) -> str:
    if not piece.sign:
        return escape(piece.text)
    colour = theme.good if piece.sign > 0 else theme.danger
    ground = mix(QColor(colour), QColor(theme.paper), GROUND).name()
    line = "underline" if piece.sign > 0 else "line-through"
    return (
        f'<span style="{READ}; color:{colour}; background-color:{ground}; text-decoration:{line}">'
        f"{escape(piece.text)}</span>"
    )


def _entry(line: Line, coder: Callable[[str], str], theme: Theme) -> str:
    who = " · ".join(filter(None, (moment(line.at), coder(line.coder))))
    why = f"<br>{escape(line.reason)}" if line.reason else ""
    return (
        f"<p>{escape(in_words(line.what, line.details))}{why}"
        f'<br><span style="color:{theme.dim}">{escape(who)}</span></p>'
    )
