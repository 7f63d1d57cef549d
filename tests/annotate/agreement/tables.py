"""Published data with the coefficients that were published of them: tests/files/agreement."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotate.agreement.units import Ratings, Units

FOLDER = Path(__file__).parents[2] / "files" / "agreement"
NOT_OFFERED = ("radical", "ratio", "circular", "bipolar", "masi_dkpro_variant")  # weights and distances


def checks(*names: str, **wanted: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(Table, check) of each check of these coefficients; `wanted` are parameters it must have."""
    for path in sorted(FOLDER.glob("*.json")):
        table = json.loads(path.read_text())
        for check in table["checks"]:
            params = check.get("params") or {}
            offered = not any(value in NOT_OFFERED for name, value in params.items() if name != "metric")
            if (
                check["coefficient"] in names
                and offered
                and all(params.get(name) == wanted[name] for name in wanted)
            ):
                yield {**table, "name": path.stem}, {**check, "params": params}


def cases(*names: str, **wanted: Any) -> list[Any]:
    """The same, as pytest takes them, each with a name."""
    import pytest

    return [
        pytest.param(
            table,
            check,
            id=f"{table['name']}-{check['coefficient']}-{'-'.join(map(str, check['params'].values()))}"[:90],
        )
        for table, check in checks(*names, **wanted)
    ]


def values(table: dict[str, Any]) -> list[Any]:
    """The categories declared, or those that occur, in order."""
    data = table["data"]
    if data.get("categories"):
        return list(data["categories"])
    found = {value for row in data["ratings"] for value in row if value is not None}
    return sorted(found, key=lambda value: (not isinstance(value, (int, float)), value))


def ratings(table: dict[str, Any]) -> Ratings:
    """Units x coders, from whichever form the table has."""
    data = table["data"]
    if data["format"] == "contingency":
        categories = data["categories"]
        rows = [
            (categories[row], categories[column])
            for row, line in enumerate(data["table"])
            for column, number in enumerate(line)
            for _ in range(number)
        ]
        return Ratings.of(("1", "2"), categories, rows)
    coders = [str(at) for at in range(len(data["ratings"][0]))]
    return Ratings.of(coders, values(table), [tuple(row) for row in data["ratings"]])


def units(table: dict[str, Any]) -> Units:
    data = table["data"]
    if data["format"] == "units_x_categories_counts":
        return Units.of_counts(data.get("categories") or list(range(len(data["counts"][0]))), data["counts"])
    return ratings(table).units


def holds(found: float | None, check: dict[str, Any]) -> bool:
    """Whether it is what was published, in the precision that was published."""
    if check["expected"] is None or found is None:
        return check["expected"] is None and found is None
    return abs(found - check["expected"]) <= check["tolerance"]
