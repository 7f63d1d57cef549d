"""One holder at a time, and none after its end."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from storage.lock import Lock


def test_held_once_and_free_after_release(tmp_path: Path) -> None:
    first = Lock.on(tmp_path / "held")
    assert first is not None
    assert Lock.on(tmp_path / "held") is None
    first.release()
    first.release()
    second = Lock.on(tmp_path / "held")
    assert second is not None
    second.release()


@pytest.mark.skipif(os.name != "posix", reason="a held file stays elsewhere")
def test_the_file_goes_with_the_holder(tmp_path: Path) -> None:
    lock = Lock.on(tmp_path / "held")
    assert lock is not None
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_waiting_for_a_holder_that_lets_go(tmp_path: Path) -> None:
    first = Lock.on(tmp_path / "held")
    assert first is not None
    threading.Timer(0.1, first.release).start()
    second = Lock.on(tmp_path / "held", 5)
    assert second is not None
    second.release()


def test_many_at_once_never_hold_it_together(tmp_path: Path) -> None:
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(40):
            lock = Lock.on(tmp_path / "held", 10)
            assert lock is not None
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.0002)
            inside[0] -= 1
            lock.release()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == 1


def test_no_folder_is_an_error_of_the_world(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        Lock.on(tmp_path / "nowhere" / "held")
