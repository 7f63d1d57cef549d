"""Every reader on mutated files: `uv run python -m tests.bench.fuzz [files for each reader]`.

The samples of each kind are cut, doubled, and strewn with other bytes. Only articles or a UserError may come of it;
the table says how many of each, and the slowest file.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections import Counter, defaultdict
from pathlib import Path

from annotate.errors import UserError
from annotate.readers import opened, read_bytes
from tests.shared import shared

FILES = 2_000
LARGEST = 300_000  # bytes of a sample that is mutated
HOSTILE = (
    b"\x00",
    b"\xff\xfe",
    b"<",
    b">",
    b"&",
    b"]]>",
    b"\r\n\r\n",
    b"{\\",
    b"%PDF-",
    b"(",
    b"9" * 40,
    b"\x1b$B",
    b"=",
)


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    chance = random.Random(20)
    print(f"{'reader':28}{'files':>8}{'read':>8}{'said':>8}{'other':>8}{'slowest ms':>12}")
    for name, seeds in sorted(by_reader().items()):
        told, slowest = Counter[str](), 0.0
        for _ in range(wanted):
            path, data = chance.choice(seeds)
            mutant = mutated(data, chance)
            began = time.perf_counter()
            told[outcome(mutant, path.name)] += 1
            slowest = max(slowest, (time.perf_counter() - began) * 1000)
        print(f"{name:28}{wanted:8,}{told['read']:8,}{told['said']:8,}{told['other']:8,}{slowest:12.0f}")


def by_reader() -> dict[str, list[tuple[Path, bytes]]]:
    """The samples, by the name of the reader that takes them."""
    found: defaultdict[str, list[tuple[Path, bytes]]] = defaultdict(list)
    for path in sorted(shared("samples").rglob("*")):
        if path.is_file() and path.stat().st_size <= LARGEST:
            data = path.read_bytes()
            try:
                found[opened(data, path.name)[1].NAME].append((path, data))
            except UserError:
                continue
    return found


def mutated(data: bytes, chance: random.Random) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(made) + 1)
        end = min(len(made), start + chance.randint(1, 200))
        way = chance.randrange(5)
        if way == 0:
            del made[start:end]
        elif way == 1:
            made[start:start] = made[start:end] * chance.randint(1, 20)
        elif way == 2:
            made[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
        elif way == 3:
            made[start:start] = chance.choice(HOSTILE) * chance.choice((1, 1, 50))
        else:
            del made[start:]
    return bytes(made) or b"x"


def outcome(data: bytes, name: str) -> str:
    try:
        read_bytes(data, name)
    except UserError:
        return "said"
    except Exception:
        traceback.print_exc()
        return "other"
    return "read"


if __name__ == "__main__":
    main()
