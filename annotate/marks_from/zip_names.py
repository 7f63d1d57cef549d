"""What a ZIP holds, for telling formats apart."""

from __future__ import annotations

from annotate.errors import UserError
from annotate.readers.archive import MAGIC, Archive


def names_of(data: bytes) -> tuple[str, ...]:
    """The names of its members in lower case; nothing for what is no sound ZIP."""
    if not data.startswith(MAGIC):
        return ()
    try:
        return tuple(name.lower() for name in Archive(data, "").names)
    except UserError:
        return ()


def holds(data: bytes, *endings: str) -> bool:
    """Whether there are members whose names end so, one for each ending."""
    names = names_of(data)
    return all(any(name.endswith(ending) for name in names) for ending in endings)
