"""Numbers and choices as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable


def counted(number: int, noun: str) -> str:
    """`1 article`, `1,204 articles`."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def one_of(names: Iterable[str]) -> str:
    """“A”, “B” or “C”; empty for none."""
    quoted = [f"“{name}”" for name in names]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), *quoted[-1:])))
