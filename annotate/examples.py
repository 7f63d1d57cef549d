"""The examples of a code: passages with where they stand, a line each, among what else is written there."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"“(?P<quote>.+)”(?: \((?P<source>.+)\))?")


@dataclass(frozen=True, slots=True)
class Example:
    """A passage and where it stands ("Court halts first transfer flight · Ana"); without, a word on examples."""

    text: str
    source: str = ""
    quoted: bool = False


def examples(text: str) -> list[Example]:
    """What a field of examples holds, line by line; lines that quote nothing stay together as they are."""
    found: list[Example] = []
    for line in text.strip().splitlines():
        match = _LINE.fullmatch(line.strip())
        if match:
            found.append(Example(match["quote"], match["source"] or "", quoted=True))
        elif found and not found[-1].quoted:
            found[-1] = Example(f"{found[-1].text}\n{line}")
        elif line.strip():
            found.append(Example(line))
    return found


def written(quote: str, source: str = "") -> str:
    """A passage as the line that `examples` reads."""
    return f"“{' '.join(quote.split())}”" + (f" ({source})" if source else "")
