"""The script for R: it loads the table with factors and labels, in any locale."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from annotate.writers import Options, csv_spans, r_script
from annotate.writers.r_script import quoted
from annotate.writers.spans import COLUMNS
from tests.annotate.hard_data import hard, of

with_r = pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not here")
LOCALES = pytest.mark.parametrize("locale", ["C", "C.UTF-8"])


def unzipped(folder: Path, options: Options, data=None) -> list[str]:
    out = io.BytesIO()
    r_script.write(data or hard(), out, options)
    with zipfile.ZipFile(out) as archive:
        archive.extractall(folder)
        return archive.namelist()


def run(folder: Path, code: str, locale: str) -> str:
    command = ["Rscript", "-e", f'source("load.R"); {code}']
    environment = {**os.environ, "LC_ALL": locale}
    ran = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", env=environment)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SAVE = """
    d <- lapply(d, function(x) enc2utf8(as.character(x)))
    write.csv(d, "again.csv", row.names = FALSE, fileEncoding = "UTF-8")
"""


def test_the_zip_has_data_codes_and_script(tmp_path: Path) -> None:
    assert unzipped(tmp_path, Options()) == ["highlights.csv", "codes.csv", "load.R"]
    assert (tmp_path / "load.R").read_bytes().isascii()
    out = io.BytesIO()
    csv_spans.write(hard(), out, Options())
    assert (tmp_path / "highlights.csv").read_bytes() == out.getvalue()


@with_r
def test_highlights_come_with_factors_and_labels(tmp_path: Path) -> None:
    unzipped(tmp_path, Options())
    run(tmp_path, f"d <- highlights; {SAVE}", "C.UTF-8")
    loaded, written = rows(tmp_path / "again.csv"), rows(tmp_path / "highlights.csv")
    same = set(COLUMNS) - {"code", "certainty"}
    assert [{key: row[key] for key in same} for row in loaded] == [
        {key: row[key] for key in same} for row in written
    ]
    assert [row["code_id"] for row in loaded] == [row["code"] for row in written]
    names = {row["id"]: f"{row['notation']} {row['label']}".strip() for row in rows(tmp_path / "codes.csv")}
    assert [row["code"] for row in loaded] == [names.get(row["code"], "NA") for row in written]
    assert {row["certainty"] for row in loaded} == {"unsure", "NA"}


@with_r
@LOCALES
def test_factors_and_labels_hold_in_every_locale(locale: str, tmp_path: Path) -> None:
    unzipped(tmp_path, Options())
    code = """
        stopifnot(nlevels(highlights$code) == 8, sum(is.na(highlights$code)) == 1)
        stopifnot(identical(levels(highlights$coder), c("Ana", "\\u0411\\u0435\\u043d, =B")))
        stopifnot(!anyNA(highlights$coder), highlights$end[1] - highlights$start[1] == nchar(highlights$quote[1]))
        cat(attr(highlights$start, "label"), class(highlights$day))
    """
    assert run(tmp_path, code, locale) == "First character (code points, from 0) Date"


@with_r
@LOCALES
def test_articles_and_units_are_loaded_too(locale: str, tmp_path: Path) -> None:
    unzipped(tmp_path, Options(shape="wide", values="shares"))
    code = """
        label <- "own:2: \\u5b89\\u5168\\u306a\\u7b2c\\u4e09\\u56fd"
        cat(sum(articles[["own:1"]] == 1), class(articles[["own:3/a"]]), attr(articles[["own:2"]], "label") == label)
    """
    assert run(tmp_path, code, locale) == "1 numeric TRUE"
    unzipped(tmp_path, Options(shape="units", values="counts"))
    assert run(tmp_path, "cat(units$text[2], levels(units$state)[3])", locale) == "The court said no. done"


@with_r
def test_nothing_is_loaded_as_no_rows(tmp_path: Path) -> None:
    unzipped(tmp_path, Options(), of([]))
    assert run(tmp_path, "cat(nrow(highlights), ncol(highlights))", "C") == f"0 {len(COLUMNS) + 2}"


def test_strings_of_r_are_ascii() -> None:
    assert quoted('a"\\b\n é 😀') == '"a\\"\\\\b\\n \\u00e9 \\U0001f600"'
