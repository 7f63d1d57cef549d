"""The program never opens a network connection: what it does is watched from outside, system call by call."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT

STRACE = shutil.which("strace")
INTERNET = re.compile(r"socket\(AF_INET6?\b")
ARTICLE = "<html><head><title>A page</title></head><body><article><h1>A page</h1>" + (
    "<p>Words that make a page long enough to be read as one, with <a href='http://example.org/'>a link</a>.</p>"
    * 9
)


def watched(folder: Path, *command: str) -> str:
    """The network system calls of a command and all it starts; the test skips where they cannot be watched."""
    if STRACE is None:
        pytest.skip("strace is not installed")
    log = folder / "calls.txt"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "POSTIL_SETTINGS": str(folder / "settings.ini")}
    done = subprocess.run(
        [STRACE, "-f", "-qq", "-e", "trace=network", "-o", str(log), sys.executable, *command],
        cwd=folder, env=env, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        pytest.skip("strace may not watch here")
    assert done.returncode == 0, done.stderr
    return log.read_text(encoding="utf-8", errors="replace")


def test_the_watch_sees_a_socket(tmp_path: Path) -> None:
    assert INTERNET.search(watched(tmp_path, "-c", "import socket; socket.socket(socket.AF_INET6).close()"))


def test_the_whole_way_opens_none(tmp_path: Path) -> None:
    main = str(ROOT / "main.py")
    (tmp_path / "page.html").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "page.md").write_text("# A title\n\nWords, <http://example.org>.\n", encoding="utf-8")
    (tmp_path / "page.txt").write_text("A title\nwords http://example.org\n", encoding="utf-8")
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.4\nno real one\n")
    (tmp_path / "steps.py").write_text(STEPS, encoding="utf-8")
    calls = watched(tmp_path, str(tmp_path / "steps.py"), main)
    assert not INTERNET.search(calls), calls


STEPS = """
import subprocess, sys

def run(*words, code=0):
    done = subprocess.run([sys.executable, sys.argv[1], *words])
    assert done.returncode == code, (words, done.returncode)

run("demo", "--at", "demo.postil", "--no-window")
run("import", "demo.postil", "page.html", "page.md", "page.txt", "page.pdf", code=1)
run("export", "demo.postil", "spans.jsonl", "--format", "jsonl")
run("highlights", "import", "demo.postil", "spans.jsonl")
run("check", "demo.postil")
run("taxonomies", "--json")
"""

WINDOW = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from PySide6.QtCore import QTimer
from ui.app import application, run_window

app = application()
QTimer.singleShot(1500, app.quit)
sys.exit(run_window(Path("demo.postil")))
"""


def test_the_window_opens_none(tmp_path: Path) -> None:
    from storage.demo import make_demo

    make_demo(tmp_path / "demo.postil")
    calls = watched(tmp_path, "-c", WINDOW, str(ROOT))
    calls += watched(tmp_path, str(ROOT / "main.py"), "screenshot", "demo.postil", "main.png")
    assert not INTERNET.search(calls), calls
    assert (tmp_path / "main.png").stat().st_size > 10_000
