"""Formats that are SQLite databases: written and read here, because SQL stays in this room."""

from __future__ import annotations

from annotate.marks_from import MarksReader
from annotate.writers import Writer
from storage.formats import qualcoder, qualcoder_in, taguette, taguette_in, tidy

WRITERS: tuple[Writer, ...] = (taguette, qualcoder, tidy)
READERS: tuple[MarksReader, ...] = (taguette_in, qualcoder_in)
