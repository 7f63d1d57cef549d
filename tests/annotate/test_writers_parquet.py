"""Parquet and the Hugging Face layout: what their own libraries read is what was written."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.writers import Options, export, huggingface, parquet_table, writers
from annotate.writers.shapes import shaped
from annotate.writers.spans import COLUMNS
from tests.annotate.hard_data import LONG, article, hard, mark, of

pq = pytest.importorskip("pyarrow.parquet")

OPTIONS = [
    Options(),
    Options(text=False),
    Options(shape="wide", values="shares"),
    Options(shape="units", values="counts", unit="paragraph"),
]


def rows(options: Options) -> list[dict[str, object]]:
    table = shaped(hard(), options)
    return [dict(zip(table.names, row, strict=True)) for row in table.rows()]


@pytest.mark.parametrize("options", OPTIONS)
def test_parquet_holds_the_same_rows(options: Options) -> None:
    out = io.BytesIO()
    done = parquet_table.write(hard(), out, options)
    assert pq.read_table(io.BytesIO(out.getvalue())).to_pylist() == rows(options)
    assert done.rows == len(rows(options))


def test_columns_have_their_types_and_say_what_they_mean() -> None:
    out = io.BytesIO()
    parquet_table.write(hard(), out, Options(shape="wide"))
    schema = pq.read_schema(io.BytesIO(out.getvalue()))
    assert [str(schema.field(name).type) for name in ("title", "characters", "own:1")] == [
        "string",
        "int64",
        "int8",
    ]
    assert schema.field("own:1.1").metadata[b"label"].decode() == "Law, “order” and\n'more' > =1+1"


def test_many_rows_go_into_several_groups(monkeypatch) -> None:
    monkeypatch.setattr(parquet_table, "GROUP", 4)
    monkeypatch.setattr(parquet_table, "BATCH", 2)
    out = io.BytesIO()
    assert parquet_table.write(hard(), out, Options()).rows == 11
    file = pq.ParquetFile(io.BytesIO(out.getvalue()))
    assert (file.num_row_groups, file.read().to_pylist()) == (3, rows(Options()))


def test_nothing_makes_a_table_without_rows() -> None:
    out = io.BytesIO()
    assert parquet_table.write(of([]), out, Options()).rows == 0
    assert pq.read_table(io.BytesIO(out.getvalue())).column_names == list(COLUMNS)


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(parquet_table, "find_spec", lambda _: None)
    for name in ("parquet", "huggingface"):
        with pytest.raises(UserError, match=r"pip install postil\[parquet\]"):
            export(name, hard(), tmp_path / "out", Options())
    assert "parquet" in {each.NAME for each in writers()}


def test_datasets_loads_every_configuration(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    datasets = pytest.importorskip("datasets")
    options = Options(shape="units", values="shares")
    done = export("huggingface", hard(), tmp_path / "out.zip", options)
    folder = str(tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        archive.extractall(folder)
    names = datasets.get_dataset_config_names(folder)
    assert sorted(names) == ["articles", "codes", "highlights", "units"]
    cache = str(tmp_path / "cache")
    for name, shape in (("highlights", "long"), ("articles", "wide"), ("units", "units")):
        loaded = datasets.load_dataset(folder, name, split="train", cache_dir=cache)
        assert loaded.to_list() == rows(Options(shape=shape, values="shares"))
    assert len(datasets.load_dataset(folder, split="train", cache_dir=cache)) == done.rows
    assert len(datasets.load_dataset(folder, "codes", split="train", cache_dir=cache)) == 8


def test_the_card_says_what_is_in_it_and_what_is_not() -> None:
    out = io.BytesIO()
    done = huggingface.write(hard(), out, Options(shape="wide"))
    card = zipfile.ZipFile(out).read("README.md").decode()
    yaml = pytest.importorskip("yaml")
    head = yaml.safe_load(card.split("---\n")[1])
    assert (head["pretty_name"], head["language"], head["size_categories"]) == (
        "Study: “hard”",
        ["en"],
        ["n<1K"],
    )
    assert [each["config_name"] for each in head["configs"] if each.get("default")] == ["articles"]
    assert "| `highlights` | 11 |" in card
    assert "memos (1)" in card
    assert "Own — codes (`own`): version 2; 7 codes; CC0" in card
    assert done.notes == (
        "2 codes without a mark have no column.",
        "The marks of 2 coders stand together in the row of an article.",
    )


def test_without_text_no_word_of_it_goes_out() -> None:
    out = io.BytesIO()
    huggingface.write(of([article("a", LONG, [mark("m", 0, 9)])]), out, Options(text=False))
    archive = zipfile.ZipFile(out)
    assert not any(b"A long line" in archive.read(name) for name in archive.namelist())


def test_the_same_data_make_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for out in (first, second):
        huggingface.write(hard(), out, Options())
    assert first.getvalue() == second.getvalue()
