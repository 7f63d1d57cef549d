"""Parquet tables, where the optional `postil[parquet]` (pyarrow) is installed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.json_table import cell_words
from annotate.readers.kinds import has_controls
from annotate.readers.table_columns import Row, unlike
from annotate.readers.tables import Table, read_table

NAME = "table (Parquet)"
SUFFIXES = (".parquet", ".pq")
HEAVY = True

_LARGEST = 2 << 30  # bytes unpacked
_BATCH = 500  # rows


def sniff(head: bytes) -> bool:
    return head.startswith(b"PAR1") and has_controls(head)


def read(data: bytes, name: str, password: str | None = None) -> list[Draft]:
    """One article a row."""
    return read_table(data, name)


def open_table(data: bytes, name: str, most: int) -> Table:
    """The table. UserError where pyarrow is not there or cannot read it."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise UserError(f"{name} is a Parquet table; install `postil[parquet]` to read it.") from None
    try:
        file = ParquetFile(io.BytesIO(data))
        about = file.metadata
        size = sum(about.row_group(place).total_byte_size for place in range(about.num_row_groups))
        columns = unlike(file.schema_arrow.names)
    except (ArrowException, OSError, ValueError, TypeError):
        raise UserError(f"{name} is a damaged or encrypted Parquet table.") from None
    if size > _LARGEST:
        raise UserError(f"{name} unpacks to more than {_LARGEST >> 30} GB and was left out.")
    return Table(columns, _rows(file, name, ArrowException), about.num_rows)


def _rows(file: Any, name: str, trouble: type[Exception]) -> Iterator[Row]:
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            cells = [[_cell(value) for value in column.to_pylist()] for column in batch.columns]
            yield from zip(*cells, strict=True)
    except (trouble, OSError, ValueError, TypeError, OverflowError):
        raise UserError(f"{name} is a damaged Parquet table.") from None


def _cell(value: object) -> str:
    """Dates and moments as ISO 8601."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    try:
        return cell_words(value)
    except TypeError:
        return str(value)
