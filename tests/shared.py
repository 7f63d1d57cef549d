"""Sample data beside the repository; a test that needs it skips where it is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared(path: str) -> Path:
    """The file or folder `path` of the sample data, or a skip that names it."""
    base = Path(os.environ.get("POSTIL_SHARED") or ROOT.parent / "shared")
    found = base / path
    if not found.exists():
        pytest.skip(f"sample data not here: {path}")
    return found
