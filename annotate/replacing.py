"""What to put in place of what, in any text: words, patterns and lists of pseudonyms."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from annotate.alignment import Edit
from annotate.errors import UserError
from annotate.text import normalise

if TYPE_CHECKING:
    import regex

Rule = Callable[[str], list[Edit]]  # the edits of a text: in order, none overlaps another

SECONDS = 10.0  # for one text; a pattern that goes astray would never end
HEADS = {"name", "names", "word", "words", "find", "person", "original"}


def find_rule(
    pattern: str, replacement: str, *, regex: bool = False, words: bool = False, case: bool = True
) -> Rule:
    """Puts `replacement` where `pattern` stands: as it is, or read as a regular expression whose groups
    `replacement` may name (\\1, \\g<name>). `words`: only whole ones. `case`: capitals differ from small letters.

    Raises UserError for a pattern or replacement that cannot be read; the rule does where it takes too long.
    """
    if not pattern:
        raise UserError("Nothing to look for was given.")
    compiled = _compiled(pattern if regex else re.escape(pattern), words, case)
    put_in = normalise(replacement)
    if regex:
        _check_template(compiled, put_in)

    def edits(text: str) -> list[Edit]:
        found = _matches(compiled, text)
        pairs = ((match, normalise(match.expand(put_in)) if regex else put_in) for match in found)
        return [
            Edit(match.start(), match.end(), words)
            for match, words in pairs
            if match.start() < match.end() and match.group() != words
        ]

    return edits


def pseudonym_rule(names: Sequence[tuple[str, str]]) -> Rule:
    """Puts pseudonyms in place of names: whole words only, the longest name first, spaces of any kind.

    A name is found as it is written, in capitals, and, if it is written small, with a capital at its
    beginning; the pseudonym then is, too. A name in small letters is not found where it has capitals ("Rose").
    """
    if not names:
        raise UserError("The list of pseudonyms is empty.")
    forms: dict[str, str] = {}
    for name, pseudonym in names:
        forms.setdefault(_plain(name), pseudonym)
    for name, pseudonym in names:
        plain = _plain(name)
        forms.setdefault(plain[:1].upper() + plain[1:], pseudonym[:1].upper() + pseudonym[1:])
        if len(plain) > 1:
            forms.setdefault(plain.upper(), pseudonym.upper())
    longest = sorted(forms, key=len, reverse=True)
    pattern = "|".join(r"\s+".join(map(re.escape, form.split(" "))) for form in longest)
    compiled = _compiled(pattern, words=True, case=True)

    def edits(text: str) -> list[Edit]:
        return [
            Edit(match.start(), match.end(), forms[_plain(match.group())])
            for match in _matches(compiled, text)
        ]

    return edits


def read_pseudonyms(text: str) -> list[tuple[str, str]]:
    """Names and pseudonyms from a table of two columns (comma, semicolon or TAB), with or without a heading.

    Raises UserError naming the line that does not fit.
    """
    delimiter = _delimiter(text)
    found: dict[str, str] = {}
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [" ".join(cell.split()) for cell in row]) for row in reader]
    except csv.Error as error:
        raise UserError(
            f"The list of pseudonyms cannot be read in line {reader.line_num}: {error}."
        ) from None
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if rows and rows[0][1][0].casefold() in HEADS:
        del rows[0]
    for number, cells in rows:
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise UserError(f"Line {number} of the list does not say a name and its pseudonym.")
        if found.setdefault(cells[0], cells[1]) != cells[1]:
            raise UserError(f"Line {number} of the list gives a name a second pseudonym.")
    if not found:
        raise UserError("The list of pseudonyms is empty.")
    return list(found.items())


def snippet(text: str, edit: Edit, around: int = 40) -> tuple[str, str, str]:
    """What stands before it, the words that go, what stands behind: each on one line, cut between words."""
    before, after = text[max(0, edit.start - around) : edit.start], text[edit.end : edit.end + around]
    if edit.start > around:
        before = "…" + (before.partition(" ")[2] or before)
    if edit.end + around < len(text):
        after = (after.rpartition(" ")[0] or after) + "…"
    return _one_line(before), _one_line(text[edit.start : edit.end]), _one_line(after)


def _one_line(text: str) -> str:
    return re.sub(r"[\n\t]", " ", text)


def _plain(name: str) -> str:
    return " ".join(name.split())


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max("\t;,", key=first.count) if first else ","


def _compiled(pattern: str, words: bool, case: bool) -> regex.Pattern[str]:
    import regex

    whole = rf"(?<!\w)(?:{pattern})(?!\w)" if words else pattern
    try:
        return regex.compile(whole, regex.MULTILINE | (0 if case else regex.IGNORECASE))
    except (regex.error, ValueError, RecursionError, OverflowError) as error:
        raise UserError(f"The pattern cannot be read: {error}.") from None


def _check_template(compiled: regex.Pattern[str], replacement: str) -> None:
    import regex

    try:
        probe = regex.compile(f"(?:{compiled.pattern})|", compiled.flags).match("")
        if probe is not None:
            probe.expand(replacement)
    except (regex.error, IndexError, ValueError) as error:
        raise UserError(f"The replacement cannot be read: {error}.") from None


def _matches(compiled: regex.Pattern[str], text: str) -> Iterable[regex.Match[str]]:
    try:
        yield from compiled.finditer(text, timeout=SECONDS)
    except TimeoutError:
        raise UserError("The pattern takes too long in one of the texts; make it simpler.") from None
