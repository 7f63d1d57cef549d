"""Coded data as Parquet, where the optional `postil[parquet]` (pyarrow) is installed."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import islice
from typing import IO, Any

from annotate.writers.dataset import Dataset, Written
from annotate.writers.shapes import shaped
from annotate.writers.spans import Options
from annotate.writers.tables import Column, Table

NAME, TITLE, SUFFIX, ROWS, SHAPED, EXTRA = "parquet", "Parquet", ".parquet", "spans", True, "parquet"
TYPES = {"text": "string", "whole": "int64", "share": "float64", "flag": "int8", "number": "float64"}
GROUP = 100_000  # rows in a row group
BATCH, BATCH_OF_TEXTS = 10_000, 250  # rows turned into columns at a time
LARGEST_GROUP = 64 << 20  # bytes


def available() -> bool:
    return find_spec("pyarrow") is not None


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """One row per mark, article or unit; each column's meaning stands in its metadata as `label`."""
    table = shaped(dataset, options)
    write_table(table, out)
    return Written(table.drawn, tuple(table.notes))


def write_table(table: Table, out: IO[bytes]) -> None:
    """The table as one Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([_field(pa, column) for column in table.columns])
    rows = table.rows()
    size = BATCH_OF_TEXTS if "text" in table.names else BATCH
    with pq.ParquetWriter(out, schema) as file:
        waiting, number = [], 0
        while batch := list(islice(rows, size)):
            arrays = [
                pa.array(cells, kind)
                for cells, kind in zip(zip(*batch, strict=True), schema.types, strict=True)
            ]
            waiting.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
            number += len(batch)
            if number >= GROUP or sum(each.nbytes for each in waiting) > LARGEST_GROUP:
                file.write_table(pa.Table.from_batches(waiting, schema))
                waiting, number = [], 0
        if waiting:
            file.write_table(pa.Table.from_batches(waiting, schema))


def _field(pa: Any, column: Column) -> Any:
    about = {"label": column.label} if column.label else None
    return pa.field(column.name, getattr(pa, TYPES[column.kind])(), metadata=about)
