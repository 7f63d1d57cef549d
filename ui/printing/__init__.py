"""Reports on paper: the documents of annotate.writers, set on pages and written as PDF. Qt is loaded to write."""

from __future__ import annotations

from annotate.writers import Writer
from annotate.writers.documents import documents
from ui.printing import as_pdf

WRITERS: tuple[Writer, ...] = documents(as_pdf)
