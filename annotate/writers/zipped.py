"""Several files in one ZIP, written as they come; the same files make the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, Self, cast

MOMENT = (1980, 1, 1, 0, 0, 0)  # stands for every member


def zipped(out: IO[bytes]) -> zipfile.ZipFile:
    return zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)


def member(name: str) -> zipfile.ZipInfo:
    """A member that is to be written."""
    about = zipfile.ZipInfo(name, MOMENT)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o644 << 16
    return about


class Zipped:
    """A ZIP on its way out; `close` it, or use it in a `with`, which closes it on an error too."""

    def __init__(self, out: IO[bytes]) -> None:
        self._archive = zipped(out)

    def add(self, name: str, content: str | bytes) -> None:
        """A small file."""
        with self.file(name) as held:
            held.write(content.encode() if isinstance(content, str) else content)

    @contextmanager
    def file(self, name: str, *, packed: bool = True) -> Iterator[IO[bytes]]:
        """A file to write to; `packed` is False for what is compressed already. Others wait until it is closed."""
        entry = member(name)
        if not packed:
            entry.compress_type = zipfile.ZIP_STORED
        with self._archive.open(entry, "w", force_zip64=True) as held:
            yield cast(IO[bytes], _Counted(held))

    def close(self) -> None:
        self._archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class _Counted(io.RawIOBase):
    """A stream that can only be written, but knows its place; closing it is left to the archive."""

    def __init__(self, held: IO[bytes]) -> None:
        super().__init__()
        self._held, self._place = held, 0

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        number: int = self._held.write(content)
        self._place += number
        return number

    def tell(self) -> int:
        return self._place
