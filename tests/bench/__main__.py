"""All benchmarks: `uv run python -m tests.bench [reading|project|importing|exporting|readers|start ...]`."""

from __future__ import annotations

import importlib
import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

BENCHES = (
    "reading",
    "window",
    "workbench",
    "restructuring",
    "project",
    "importing",
    "near",
    "exporting",
    "sharing",
    "agreement",
    "readers",
    "pdf",
    "pages",
    "start",
)


def main() -> None:
    print(f"{'work':72} {'ours':>10} {'floor':>10} {'ratio':>7}  target")
    for name in sys.argv[1:] or BENCHES:
        for row in importlib.import_module(f"tests.bench.{name}").rows():
            ratio = row.ours_ms / row.floor_ms if row.floor_ms else float("nan")
            print(
                f"{row.work:72} {row.ours_ms:10.2f} {row.floor_ms:10.2f} {ratio:7.2f}  {row.target}",
                flush=True,
            )


if __name__ == "__main__":
    main()
