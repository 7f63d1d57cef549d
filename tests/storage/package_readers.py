"""Reads a package with the programs of others; run in a process of its own, since they warn and log as they like.

`python package_readers.py FOLDER` says as JSON what frictionless and mlcroissant found.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any


def frictionless(folder: Path) -> dict[str, Any]:
    from frictionless import validate

    report = validate(str(folder / "datapackage.json"))
    errors = [[task.name, error.type, error.message] for task in report.tasks for error in task.errors]
    tables = {task.name: task.stats.get("rows") for task in report.tasks if task.type == "table"}
    return {"valid": report.valid, "errors": errors + [str(each) for each in report.errors], "tables": tables}


def mlcroissant(folder: Path) -> dict[str, Any]:
    import mlcroissant

    told: list[str] = []
    logging.getLogger("absl").addHandler(_Heard(told))
    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    tables = {each.uuid: sum(1 for _ in dataset.records(each.uuid)) for each in dataset.metadata.record_sets}
    return {"told": told, "tables": tables}


class _Heard(logging.Handler):
    def __init__(self, told: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._told = told

    def emit(self, record: logging.LogRecord) -> None:
        self._told.append(record.getMessage())


if __name__ == "__main__":
    where = Path(sys.argv[1])
    print(json.dumps({"frictionless": frictionless(where), "mlcroissant": mlcroissant(where)}))
