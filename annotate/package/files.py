"""The files of a package on their way into a ZIP, each with its size and SHA-256."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from annotate.package.tables import Sheet
from annotate.writers import csv_spans, parquet_table
from annotate.writers.zipped import Zipped

SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was written. `rows` of a table."""

    path: str
    size: int
    sha256: str
    rows: int | None = None


class Files:
    """All below one folder of a ZIP."""

    def __init__(self, archive: Zipped, folder: str) -> None:
        self._archive, self._folder = archive, folder
        self.made: dict[str, Made] = {}

    def add(self, path: str, content: str | bytes) -> None:
        """A small file."""
        with self.file(path) as held:
            held.write(content.encode() if isinstance(content, str) else content)

    @contextmanager
    def file(self, path: str, *, packed: bool = True) -> Iterator[IO[bytes]]:
        """A file to write to. Others wait until it is closed."""
        with self._archive.file(f"{self._folder}/{path}", packed=packed) as held:
            hashed = _Hashed(held)
            yield cast(IO[bytes], hashed)
        self.made[path] = Made(path, hashed.tell(), hashed.digest.hexdigest())

    def add_table(self, sheet: Sheet) -> None:
        """As CSV and, where it can be written, as Parquet."""
        table = sheet.table()
        with self.file(f"{sheet.path}.csv") as held:
            csv_spans.write_table(table, held)
        self._count(f"{sheet.path}.csv", table.drawn)
        if parquet_table.available():
            with self.file(f"{sheet.path}.parquet", packed=False) as held:
                parquet_table.write_table(sheet.table(), held)
            self._count(f"{sheet.path}.parquet", table.drawn)

    def add_sums(self) -> None:
        """The checksums of all that is there."""
        sums = sorted(self.made.values(), key=lambda each: each.path)
        self.add(SUMS, "".join(f"{each.sha256}  {each.path}\n" for each in sums))

    def _count(self, path: str, rows: int) -> None:
        made = self.made[path]
        self.made[path] = Made(made.path, made.size, made.sha256, rows)


class _Hashed(io.RawIOBase):
    """A stream that can only be written, and hashes what goes through."""

    def __init__(self, held: IO[bytes]) -> None:
        super().__init__()
        self._held = held
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self.digest.update(content)
        return self._held.write(content)

    def tell(self) -> int:
        return self._held.tell()
