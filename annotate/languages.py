"""Labels in several languages: which languages there can be, and codes as one of them shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotate.model import Code, Taxonomy

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*")  # of RFC 5646, in small letters
_COLUMN = re.compile(r"label_([a-z]{2,3}(?:_[a-z0-9]{1,8})*)")
Labels = tuple[tuple[str, str], ...]


def is_language(tag: str) -> bool:
    """Whether a label can be in it: `fr`, `pt-br`."""
    return bool(_TAG.fullmatch(tag))


def labels_of(said: Mapping[str, str]) -> Labels:
    """Labels by their languages, as a code has them: in the order of the languages, none empty."""
    return tuple(sorted((tag, label) for tag, label in said.items() if label and is_language(tag)))


def in_shown_language(taxonomy: Taxonomy) -> Taxonomy:
    """The taxonomy with labels in the language that is to be shown, where there are some."""
    shown = taxonomy.shown
    if not shown:
        return taxonomy
    codes = tuple(replace(code, label=dict(code.labels).get(shown, code.label)) for code in taxonomy.codes)
    return replace(taxonomy, codes=codes)


def column_of(language: str) -> str:
    """The column that files have its labels in: `label_pt_br`."""
    return f"label_{language.replace('-', '_')}"


def language_of(column: str) -> str:
    """The language of the labels in a column, "" where it holds something else."""
    found = _COLUMN.fullmatch(column)
    return found[1].replace("_", "-") if found else ""


def languages_of(codes: Iterable[Code]) -> list[str]:
    """The languages that codes have labels in beside their own."""
    return sorted({language for code in codes for language, _ in code.labels})
