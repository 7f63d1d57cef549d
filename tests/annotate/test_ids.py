"""Identifiers are UUIDs of version 7, each greater than the last; times are UTC."""

from __future__ import annotations

import re
import threading
import time
import uuid
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from annotate.ids import new_id, now


def test_ids_are_version_7_and_tell_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid.UUID(new_id())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 100


def test_ids_are_in_order_also_within_a_millisecond() -> None:
    made = [new_id() for _ in range(20_000)]
    assert all(one < other for one, other in pairwise(made))


def test_ids_stay_in_order_when_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    first = new_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_000_000_000)
    assert new_id() > first


def test_threads_never_get_the_same_id() -> None:
    made: list[str] = []
    threads = [
        threading.Thread(target=lambda: made.extend([new_id() for _ in range(2_000)])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8_000


def test_now_is_utc_with_milliseconds() -> None:
    said = now()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", said)
    assert abs((datetime.fromisoformat(said) - datetime.now(UTC)).total_seconds()) < 5
