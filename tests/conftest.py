"""What holds for every test: no screen, settings of its own, and nothing logged that nobody expected."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "postil", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("postil")


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the settings of the person at the computer."""
    monkeypatch.setenv("POSTIL_SETTINGS", str(tmp_path / "settings.ini"))
    monkeypatch.setenv("POSTIL_DEMO", str(tmp_path / "demo.postil"))


@pytest.fixture(autouse=True)
def no_stray_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A log line at WARNING or above that no test asked for fails the test."""
    yield
    stray = [
        record
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING and not getattr(record, "expected", False)
    ]
    assert not stray, [record.getMessage() for record in stray]
