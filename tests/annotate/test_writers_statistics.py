"""Stata and SPSS files: pyreadstat, haven and PSPP read what was written, with the labels."""

from __future__ import annotations

import csv
import math
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.writers import Options, export, statistics_file
from annotate.writers.shapes import shaped
from annotate.writers.statistics_file import LONGEST_NAME, RESERVED, variable_names
from tests.annotate.hard_data import article, hard, mark, of

pyreadstat = pytest.importorskip("pyreadstat")
pytest.importorskip("pandas")

READ = {"stata": pyreadstat.read_dta, "spss": pyreadstat.read_sav}
FORMATS = pytest.mark.parametrize("name", ["stata", "spss"])
OPTIONS = [
    Options(),
    Options(text=False),
    Options(shape="wide", values="counts"),
    Options(shape="units", values="shares"),
    Options(shape="units", unit="paragraph"),
]
NUMBERED = ("code", "coder", "state", "certainty")


def read_back(name: str, path: Path) -> tuple[list[dict[str, Any]], Any]:
    frame, about = READ[name](str(path))
    labels = about.variable_value_labels
    rows = []
    for row in frame.to_dict("records"):
        for variable in set(NUMBERED) & set(row):
            number = row[variable]
            row[variable] = "" if math.isnan(number) else labels[variable][number]
        rows.append(row)
    return rows, about


def expected(name: str, options: Options) -> list[dict[str, Any]]:
    table = shaped(hard(), options)
    names = variable_names(table.names)
    rows = [dict(zip(names, row, strict=True)) for row in table.rows()]
    for row in rows:
        if options.shape == "long":
            row["code_id"], label = row["code"] or "", " ".join(f"{row['notation']} {row['label']}".split())
            row["code"] = label
        if name == "spss":
            cut = {key: cell for key, cell in row.items() if isinstance(cell, str)}
            row |= {
                key: cell.encode()[:32_767].decode(errors="ignore").rstrip(" ") for key, cell in cut.items()
            }
    return rows


@FORMATS
@pytest.mark.parametrize("options", OPTIONS)
def test_the_same_rows_come_back(name: str, options: Options, tmp_path: Path) -> None:
    done = export(name, hard(), tmp_path / "out", options)
    rows, _ = read_back(name, tmp_path / "out")
    assert rows == expected(name, options)
    assert done.rows == len(rows)


@FORMATS
def test_variables_and_values_have_labels(name: str, tmp_path: Path) -> None:
    export(name, hard(), tmp_path / "out", Options(shape="wide"))
    _, about = read_back(name, tmp_path / "out")
    assert about.file_label == "Study: “hard”"
    assert about.column_names_to_labels["own_1_1"] == "own:1.1: Law, “order” and\n'more' > =1+1"
    assert about.column_names_to_labels["own_3_a"] == "own:3/a: أمان; {x} > Безопасность|<b>&"
    assert about.variable_value_labels["own_1_1"] == {0: "no", 1: "yes"}
    export(name, hard(), tmp_path / "out", Options())
    _, about = read_back(name, tmp_path / "out")
    assert about.variable_value_labels["code"][3] == "2 安全な第三国"
    assert about.variable_value_labels["code"][7] == "7 Never used"
    assert about.variable_value_labels["coder"] == {1: "Ana", 2: "Бен, =B"}
    assert about.variable_value_labels["certainty"] == {1: "sure", 2: "unsure"}


def test_what_has_no_room_is_said(tmp_path: Path) -> None:
    long = "label " * 60
    marks = [mark("m1", 0, 5, "own:1", coder=long, memo="a\0b"), mark("m2", 0, 4, coder="Ana", memo="end ")]
    data = of([article("a", "word " * 9_000, [mark("m0", 0, 45_000), *marks])])
    assert export("spss", data, tmp_path / "out", Options()).notes == (
        "1 cell cut at 32,767 bytes, the most that SPSS takes.",
        "1 label shortened to what SPSS takes.",
        "NUL characters in 1 cell became “\ufffd”.",
        "SPSS does not keep the spaces at the end of 2 cells.",
    )
    notes = export("stata", data, tmp_path / "out", Options()).notes
    assert notes == ("NUL characters in 1 cell became “\ufffd”.",)
    rows, _ = read_back("stata", tmp_path / "out")
    assert {row["quote"] for row in rows} >= {"word " * 9_000}
    assert [row["memo"] for row in rows if row["memo"]] == ["end ", "a\ufffdb"]


def test_a_long_label_of_a_variable_is_shortened(tmp_path: Path) -> None:
    data = of([article("a", "x", **{"k" * 90: "v"})])
    assert "1 label shortened" in " ".join(
        export("stata", data, tmp_path / "out", Options(shape="wide")).notes
    )


@FORMATS
def test_no_rows_make_a_file_without_rows(name: str, tmp_path: Path) -> None:
    assert export(name, of([]), tmp_path / "out", Options()).rows == 0
    assert READ[name](str(tmp_path / "out"))[0].shape[0] == 0


def test_without_the_package_the_extra_is_named(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(statistics_file, "find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"pip install postil\[stats\]"):
        export("stata", hard(), tmp_path / "out", Options())


@given(
    st.lists(
        st.text(max_size=50) | st.sampled_from(["with", "A", "a", "1", "_", "é" * 40, "a" * 40, "b" * 40]),
        max_size=9,
    )
)
def test_names_are_allowed_and_told_apart(names: list[str]) -> None:
    made = variable_names(names)
    assert len({name.lower() for name in made}) == len(names)
    for name in made:
        assert name.isascii()
        assert name.replace("_", "a").isalnum()
        assert name[0].isalpha()
        assert len(name) <= LONGEST_NAME
        assert not RESERVED.fullmatch(name.lower())


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not here")
@FORMATS
def test_haven_reads_the_same(name: str, tmp_path: Path) -> None:
    export(name, hard(), tmp_path / "out", Options())
    reader = {"stata": "read_dta", "spss": "read_sav"}[name]
    script = f"""
        if (!requireNamespace("haven", quietly = TRUE)) quit(status = 3)
        t <- haven::{reader}(commandArgs(TRUE)[1])
        stopifnot(is.character(attr(t$code_id, "label")))
        for (v in c("code", "coder", "state", "certainty")) t[[v]] <- as.character(haven::as_factor(t[[v]]))
        t[is.na(t)] <- ""
        write.csv(t, commandArgs(TRUE)[2], row.names = FALSE, fileEncoding = "UTF-8")
    """
    again = tmp_path / "again.csv"
    ran = subprocess.run(
        ["Rscript", "-e", script, str(tmp_path / "out"), str(again)], capture_output=True, text=True
    )
    if ran.returncode == 3:
        pytest.skip("R's package haven is not here")
    assert ran.returncode == 0, ran.stderr
    with again.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = [{key: str(cell) for key, cell in row.items()} for row in expected(name, Options())]
    assert [{key: row[key] for key in said[0]} for row in rows] == said


@pytest.mark.skipif(not shutil.which("pspp"), reason="PSPP is not here")
def test_pspp_reads_the_same(tmp_path: Path) -> None:
    export("spss", hard(), tmp_path / "out.sav", Options(shape="wide", values="counts"))
    (tmp_path / "go.sps").write_text(
        "GET FILE='out.sav'.\nSAVE TRANSLATE /OUTFILE='again.csv' /TYPE=CSV /FIELDNAMES /REPLACE.\n"
    )
    subprocess.run(["pspp", "go.sps"], cwd=tmp_path, check=True, capture_output=True)
    csv.field_size_limit(1 << 20)
    with (tmp_path / "again.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    said = expected("spss", Options(shape="wide", values="counts"))
    for row, one in zip(rows, said, strict=True):
        for key in ("article", "title", "highlights", "own_1", "own_1_1", "two_1", "text", "coders"):
            assert row[key] == str(one[key])
