"""Where there is no screen the program says so, and Qt does not abort."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import ROOT
from ui import display

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere there is always a screen"
)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_screen_it_says_so() -> None:
    assert "no screen here" in (display.why_no_window() or "")
    assert "work without a screen" in (display.why_no_window() or "")


def test_offscreen_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=800x600")
    assert display.why_no_window() is None


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"DISPLAY": ":987"}, ":987 does not answer"),
        ({"WAYLAND_DISPLAY": "wayland-987"}, "no screen here"),
        ({"QT_QPA_PLATFORM": "xcb"}, "no screen here"),
        ({"QT_QPA_PLATFORM": "wayland;xcb"}, "no screen here"),
        ({"QT_QPA_PLATFORM": "wayland"}, "no Wayland screen"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "offscreen"),
    ],
)
def test_a_screen_that_is_not_there_is_found_out(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], reason: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert reason in (display.why_no_window() or "")


def test_a_missing_library_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "QT_LIBRARIES", {"libnot-there.so.1": "libnot-there1", "libc.so.6": "libc6"})
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)  # importing it fails, as without a library
    told = display.why_no_window() or ""
    assert "libnot-there.so.1" in told
    assert "apt install libnot-there1." in told


@pytest.mark.parametrize("command", [[], ["demo"], ["open", "study.postil"]])
def test_the_program_says_it_in_one_sentence_and_makes_nothing(tmp_path: Path, command: list[str]) -> None:
    env = {**os.environ, "POSTIL_DEMO": str(tmp_path / "demo.postil")}
    if command[:1] == ["open"]:
        made = [sys.executable, str(ROOT / "main.py"), "new", "study.postil"]
        subprocess.run(made, cwd=tmp_path, check=True, capture_output=True)
    before = sorted(tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), *command],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: There is no screen here")
    assert done.stderr.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before
