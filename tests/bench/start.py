"""Starting on a recent project beside a bare window, and what a large project takes of memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from storage.demo import make_demo
from tests.bench.row import Row

ROOT = Path(__file__).resolve().parent.parent.parent
BARE = """
import click, sqlite_utils
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
window.show()
app.processEvents()
"""
OURS = """
import sys
sys.path.insert(0, {root!r})
sys.argv = ["postil", {project!r}]
import main
from PySide6.QtWidgets import QApplication
def shown():
    QApplication.processEvents()
    return 0
QApplication.exec = staticmethod(shown)
try:
    main.main()
except SystemExit:
    pass
"""
# The peak of this program alone: what getrusage tells begins with that of the process it was started from.
MEMORY = """
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(int(peak.split()[1]) / 1024)
"""
END = "import os; os._exit(0)"


def rows() -> Iterator[Row]:
    from tests.bench.project import big_project

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        make_demo(place / "demo.postil")
        ours = OURS.format(root=str(ROOT), project=str(place / "demo.postil"))
        for how, compiled in (
            ("first start, nothing compiled yet", False),
            ("later ones, from compiled modules", True),
        ):
            pairs = [_pair(ours, place, compiled) for _ in range(17)][2:]
            yield Row(
                f"start to window shown on a recent project: {how}",
                statistics.median(pair[0] for pair in pairs),
                statistics.median(pair[1] for pair in pairs),
                "<= 1.5x",
            )
        large = OURS.format(root=str(ROOT), project=str(big_project()))
        held, bare = _run(large + MEMORY + END, place)[1], _run(BARE + MEMORY + END, place)[1]
        yield Row("memory with the 1 GB project open, MB", float(held), float(bare), "<= 150 MB above")
        pairs = [(_run(large + END, place)[0], _run(ours + END, place)[0]) for _ in range(3)]
        yield Row(
            "start to window shown on the 1 GB project (floor: on the demonstration)",
            statistics.median(pair[0] for pair in pairs),
            statistics.median(pair[1] for pair in pairs),
            "",
        )


def _pair(ours: str, place: Path, compiled: bool) -> tuple[float, float]:
    return _run(ours + END, place, compiled)[0], _run(BARE + END, place, compiled)[0]


def _run(source: str, place: Path, compiled: bool = True) -> tuple[float, str]:
    """Milliseconds, and what was printed. Compiled modules are kept apart, and made anew or used for both sides."""
    settings = {
        "POSTIL_SETTINGS": str(place / "settings.ini"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPYCACHEPREFIX": str(place / ("compiled" if compiled else "none")),
        "PYTHONDONTWRITEBYTECODE": "" if compiled else "1",
    }
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return (time.perf_counter() - began) * 1000, done.stdout.strip()
