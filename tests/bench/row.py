"""One line of the benchmark table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of work: our time and the floor (the least possible) in milliseconds, and the target."""

    work: str
    ours_ms: float
    floor_ms: float
    target: str

    @property
    def ratio(self) -> float:
        """How many times the floor ours takes; 0 without a floor."""
        return self.ours_ms / self.floor_ms if self.floor_ms else 0.0
