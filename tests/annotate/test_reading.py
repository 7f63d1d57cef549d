"""Many files read in worker processes: one that takes too long, too much, or breaks its reader stops no other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from annotate.readers.reading import Loaded, read_all, read_one
from tests.annotate.test_readers_pdf import column, make_pdf

GREEDY = """
NAME, SUFFIXES, HEAVY = "greedy", (".greedy",), True

def sniff(head):
    return head.startswith(b"greedy")

def read(data, name, password=None):
    import os, time
    word = data.decode().split()[1]
    if word == "memory":
        bytearray(64 << 30)
    if word == "time":
        time.sleep(60)
    if word == "half":
        from multiprocessing.connection import Connection

        def half(self, message, *_):
            os.write(self.fileno(), bytes(message)[:9])
            time.sleep(60)

        Connection._send = half
    if word == "crash":
        os._exit(7)
    from annotate.model import Draft
    return [Draft("Words " + word)]
"""


@pytest.fixture
def greedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of files whose reader, a plug-in, does as they say."""
    (tmp_path / "greedy.py").write_text(GREEDY)
    info = tmp_path / "greedy-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: greedy\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[postil.readers]\ngreedy = greedy\n")
    monkeypatch.syspath_prepend(tmp_path)  # which a worker takes over
    folder = tmp_path / "in"
    folder.mkdir()
    for at, word in enumerate(("one", "memory", "two", "time", "three", "crash", "four")):
        (folder / f"{at}.pdf").write_bytes(f"greedy {word}".encode())
    return folder


@pytest.mark.skipif(os.name != "posix", reason="the bound on memory is the system's")
def test_files_that_take_too_much_cost_a_sentence_each(greedy: Path) -> None:
    paths = sorted(greedy.iterdir())
    found: list[Loaded] = list(read_all(paths, workers=2, seconds=8))
    assert [loaded.path for loaded in found] == paths
    words = {loaded.path.name: loaded.error or loaded.drafts[0].text for loaded in found}
    assert words == {
        "0.pdf": "Words one",
        "1.pdf": "1.pdf needs more memory than there is.",
        "2.pdf": "Words two",
        "3.pdf": "3.pdf took more than 8 seconds to read.",
        "4.pdf": "Words three",
        "5.pdf": "5.pdf made its reader break down.",
        "6.pdf": "Words four",
    }


def test_files_are_read_in_their_order(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("First words")
    (tmp_path / "b.pdf").write_bytes(make_pdf([column(72, 700, ["Second words"])]))
    (tmp_path / "c.txt").write_text("Third words")
    paths = [tmp_path / name for name in ("a.txt", "b.pdf", "c.txt")]
    assert [loaded.drafts[0].text for loaded in read_all(paths)] == [
        "First words",
        "Second words",
        "Third words",
    ]
    assert read_one(tmp_path / "b.pdf", light=True) is None


@pytest.mark.skipif(os.name != "posix", reason="the plug-in writes as POSIX does")
def test_a_reader_that_is_ended_amid_its_answer_holds_nothing_up(greedy: Path) -> None:
    for path in list(greedy.iterdir())[2:]:
        path.unlink()
    (greedy / "0.pdf").write_bytes(b"greedy half")
    (greedy / "1.pdf").write_bytes(b"greedy last")
    cut, last = read_all([greedy / "0.pdf", greedy / "1.pdf"], workers=1, seconds=4)
    assert cut.error == "0.pdf took more than 4 seconds to read."
    assert last.drafts[0].text == "Words last"


@pytest.mark.skipif(os.name != "posix", reason="the plug-in is found as POSIX finds it")
def test_many_files_that_break_their_reader_break_nothing_else(greedy: Path) -> None:
    for path in greedy.iterdir():
        path.write_bytes(b"greedy crash")
    (greedy / "7.pdf").write_bytes(b"greedy last")
    *broken, last = read_all(sorted(greedy.iterdir()), workers=1)
    assert [loaded.error for loaded in broken] == [f"{at}.pdf made its reader break down." for at in range(7)]
    assert last.drafts[0].text == "Words last"


def test_without_workers_all_is_read_all_the_same(tmp_path: Path) -> None:
    """A program that comes from standard input cannot be loaded by the processes it starts."""
    for at in range(4):
        (tmp_path / f"{at}.pdf").write_bytes(make_pdf([column(72, 700, [f"Words {at}"])]))
    done = subprocess.run(
        [sys.executable, "-", str(tmp_path)], input=FROM_INPUT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split("\n")[:-1] == [f"Words {at}" for at in range(4)]
    assert done.stderr.count("FileNotFoundError") <= 4  # it is not tried for each file anew


FROM_INPUT = """
import sys
from pathlib import Path
from annotate.readers.reading import read_all

for loaded in read_all(sorted(Path(sys.argv[1]).iterdir()), workers=2):
    print(loaded.error or loaded.drafts[0].text)
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from annotate.readers.reading import read_all

for _ in read_all(sorted(Path(sys.argv[1]).iterdir()), workers=2):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills as POSIX does")
def test_no_worker_outlives_the_process_it_reads_for(tmp_path: Path) -> None:
    for at in range(6):
        (tmp_path / f"{at}.pdf").write_bytes(make_pdf([column(72, 700, [f"Words {at}"])]))
    killed = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE)
    killed.communicate(
        timeout=20
    )  # the workers hold its standard output, so that it ends with the last of them
    assert killed.returncode == -9
