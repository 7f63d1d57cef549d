"""Values: what frozen dataclasses with slots are to everything that uses them, made in a quarter of the time.

A frozen dataclass has six methods written and compiled for it, and sets its fields in twice the time. Here the
type checker alone keeps anybody from changing a field; nothing else differs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Made = TypeVar("Made")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[Made]) -> type[Made]:
    """Equal where class and fields are, hashed by its fields, and known to `dataclasses.replace`."""
    made: Any = dataclass(slots=True, repr=False, eq=False, match_args=False)(cls)
    names = made.__slots__
    fields = attrgetter(*names)

    def equal(self: object, other: object) -> bool:
        return fields(self) == fields(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(fields(self))

    def shown(self: object) -> str:
        said = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({said})"

    made.__eq__, made.__hash__, made.__repr__ = equal, hashed, shown
    return made  # type: ignore[no-any-return]
