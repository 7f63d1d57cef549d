"""A ZIP whose bytes depend on what is in it only."""

from __future__ import annotations

import zipfile
from typing import IO

MOMENT = (1980, 1, 1, 0, 0, 0)  # stands for every member


def zipped(out: IO[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)


def member(name: str) -> zipfile.ZipInfo:
    """A member that is to be written."""
    about = zipfile.ZipInfo(name, MOMENT)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    return about
