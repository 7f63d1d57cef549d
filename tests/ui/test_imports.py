"""On the way to the window modules are imported as Python does it."""

from __future__ import annotations

import subprocess
import sys

ASK = """
import builtins, linecache
{before}
from ui.imports import load_qt
load_qt()
import ui.app
folder = ui.app.__file__.removesuffix("app.py")
print("__orig_import__" in vars(builtins), sum(name.startswith(folder) for name in linecache.cache))
"""


def said(before: str = "") -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(before=before)], capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_pyside_reads_no_source_of_ours_on_the_way_to_the_window() -> None:
    hung, read = said()
    assert hung == "True"  # else PySide does it in another way now, and ui/imports.py may go
    assert read == "0"


def test_qt_that_is_loaded_already_changes_nothing() -> None:
    assert said("import PySide6.QtCore")[0] == "True"
