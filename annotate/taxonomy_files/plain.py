"""The formats written elsewhere in the program, each of one taxonomy: the file, and what it cannot hold."""

from __future__ import annotations

import io

from annotate.codebook_files import write_csv, write_json
from annotate.model import Taxonomy

Made = tuple[bytes, tuple[str, ...]]


def to_csv(taxonomy: Taxonomy) -> Made:
    names = ("version", "licence", "source", "credit", "note", "language", "locked")
    held = [name for name in names if getattr(taxonomy, name)]
    notes = (f"Left out: the taxonomy's title, {', '.join(held)}.",) if held else ()
    return write_csv(taxonomy).encode("utf-8", "replace"), notes


def to_json(taxonomy: Taxonomy) -> Made:
    return write_json(taxonomy).encode("utf-8", "replace"), ()


def to_refi(taxonomy: Taxonomy) -> Made:
    from annotate.writers import Dataset, Options, refi_codebook

    out = io.BytesIO()
    dataset = Dataset("", [taxonomy], (), lambda: iter(()), lambda: iter(()))
    done = refi_codebook.write(dataset, out, Options())
    codes = {
        name: sum(bool(getattr(code, name)) for code in taxonomy.codes)
        for name in ("kind", "scope", "own", "labels")
    }
    codes["labels in other languages"] = codes.pop("labels")
    left = [f"{name} of {number:,} codes" for name, number in codes.items() if number]
    if taxonomy.locked:
        left.append("that it is locked")
    return out.getvalue(), (*done.notes, *([f"Left out: {', '.join(left)}."] if left else []))
