"""The crosswalks that come with the program: links that were published, or hold as one scheme is made of another."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

from annotate.crosswalk_files import Row, read
from annotate.frozen import frozen

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "crosswalks"


@frozen
class Shipped:
    """`rows` name codes by their ids."""

    name: str
    title: str
    origin: str
    rows: tuple[Row, ...]


@cache
def shipped() -> tuple[Shipped, ...]:
    """All of them, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.csv")))


def fitting(codes: Collection[str]) -> list[Shipped]:
    """Those of which a project with these codes has both taxonomies: some link has both its codes there."""
    return [each for each in shipped() if any(row.code in codes and row.other in codes for row in each.rows)]


def _read(path: Path) -> Shipped:
    data = path.read_bytes()
    lines = (line[2:] for line in data.decode().splitlines() if line.startswith("# "))
    said = {name: value for name, _, value in (line.partition(": ") for line in lines)}
    return Shipped(path.stem, said["title"], said["origin"], tuple(read(data, path.name)))
