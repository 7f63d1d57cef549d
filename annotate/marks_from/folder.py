"""A folder of annotation files, packed so that readers of ZIP archives take it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from annotate.errors import UserError
from annotate.readers.archive import LARGEST_ALL, MOST
from annotate.readers.files import read_whole, walk

DATABASE = "data.qda"  # in which a QualCoder project is whole; beside it lie pictures and recordings


def packed(folder: Path) -> bytes:
    """The files below a folder as a ZIP, or its database. Raises UserError where they are too many or too large."""
    if (folder / DATABASE).is_file():
        return read_whole(folder / DATABASE)
    out = io.BytesIO()
    total = 0
    with zipfile.ZipFile(out, "w") as archive:
        for number, path in enumerate(walk([folder])):
            total += path.stat().st_size
            if number >= MOST or total > LARGEST_ALL:
                raise UserError(f"{folder.name} holds too many or too large files to be read as one.")
            archive.writestr(path.relative_to(folder).as_posix(), read_whole(path))
    return out.getvalue()
