"""What a report counts while it is composed."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Report:
    """Rows (marks, articles, codes) that went in, and what could not."""

    rows: int = 0
    notes: list[str] = field(default_factory=list)
