"""The codebook to be printed, asked for in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotate.errors import UserError
from storage import exchange
from ui import ask
from ui.session import Session

KINDS = "PDF (*.pdf);;Word (*.docx);;HTML (*.html);;Markdown (*.md)"


def write_codebook(session: Session, over: QWidget) -> None:
    """Asks for a file, whose name says what it becomes, and writes the codebook of all taxonomies."""
    from ui.commands.codebook import FORMATS, save

    settings = session.settings
    place = settings.last_folder / f"{session.project.path.stem} codebook.pdf"
    out = ask.save_file(over, "Codebook", place, KINDS)
    if out is None:
        return
    settings.set_last_folder(out.parent)
    form = next((name for name, suffix in FORMATS.items() if out.suffix.lower() == suffix), "")
    if not form:
        session.failed.emit(f"{out.name} is none of {', '.join(FORMATS.values())}; give it such a name.")
        return
    try:
        save(exchange.dataset(session.project), out, form)
    except UserError as error:
        session.failed.emit(str(error))
        return
    session.said.emit(f"Codebook written to {out.name}")
