"""All formats of the program: those of `annotate`, and those that need a room above it."""

from __future__ import annotations

from annotate import marks_from, writers
from storage import formats as databases
from ui import printing

__all__ = ["marks_from", "writers"]

writers.offer(*databases.WRITERS, *printing.WRITERS)
marks_from.offer(*databases.READERS)
