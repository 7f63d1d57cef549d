"""Numbers as a person reads them."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """`1 article`, `1,204 articles`."""
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
