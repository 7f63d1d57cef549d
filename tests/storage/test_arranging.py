"""What was chosen, arranged: near duplicates in one part, coders by first marks, fields and words, by command too."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from annotate.model import Draft
from annotate.splitting import split_of
from storage import Project, articles, coders, highlights
from storage.exchange import Arrangement, Choice, Divider, dataset
from ui.commands import postil

SAME = "The ministry said on Tuesday that the transfer of people to the islands would begin in spring. " * 4


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Thirty articles, of which six are alike; Zoe marked before Ana, who is the older coder."""
    path = tmp_path / "study.postil"
    with Project.create(path) as made:

        def fill(step) -> None:
            ana, zoe = coders.ensure(step, "Ana"), coders.ensure(step, "Zoe")
            texts = [f"{SAME} And number {n} besides." for n in range(6)]
            texts += [" ".join(f"word{n}x{m}" for m in range(40)) for n in range(24)]
            drafts = [
                Draft(
                    text,
                    title=f"T{30 - n:02}",
                    date=f"2025-01-{30 - n:02}",
                    attributes={"reach": str(n), "desk": "x"},
                )
                for n, text in enumerate(texts)
            ]
            ids = articles.add(step, drafts, ["a.txt"] * 30, [None] * 30)
            highlights.add(step, [highlights.make(id, zoe, None, [(4, 12)]) for id in ids])
            highlights.add(step, [highlights.make(ids[0], ana, None, [(0, 3)])])

        made.do("Fill", fill)
    return path


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8").splitlines()))


def run(*words: str | Path) -> str:
    done = CliRunner().invoke(postil, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def test_near_duplicates_share_a_part_and_parts_make_the_whole(study: Path) -> None:
    with Project.open(study, write=False) as project:
        split = split_of("60/20/20", 1)
        assert split is not None
        divider = Divider(project)
        parts = divider.parts(Choice(), split)
        assert len(parts) == 30
        alike = [each.id for each in articles.all_articles(project)][:6]
        assert len({parts[id] for id in alike}) == 1
        seen: list[str] = []
        for part in ("train", "dev", "test"):
            data = dataset(project, None, Arrangement(split=split, part=part), divider=divider)
            held = list(data.articles())
            assert {each.split for each in held} == {part}
            assert {span.split for span in data.spans()} == {part}
            seen += [each.id for each in held]
        assert sorted(seen) == sorted(parts)


def test_it_is_the_same_by_command(study: Path, tmp_path: Path) -> None:
    out, key = tmp_path / "out.csv", tmp_path / "key.csv"
    run(
        "export", study, out, "--format", "csv", "--split", "60/20/20", "--seed", "1", "--context", "1",
        "--field", "reach", "--order", "date", "--anonymous", "--coder-key", key, "--keep-preset", "Mine",
    )  # fmt: skip
    found = rows(out)
    assert len(found) == 31
    assert [row["title"] for row in found][:2] == ["T01", "T02"]
    assert found[0]["reach"] == "29"
    assert "desk" not in found[0]
    assert (found[0]["quote"], found[0]["after"]) == ("23x0 wor", "d23x1")
    assert {row["split"] for row in found} == {"train", "dev", "test"}
    assert {row["coder"] for row in found} == {"Coder 1", "Coder 2"}
    assert [tuple(row.values()) for row in rows(key)] == [("Coder 1", "Zoe"), ("Coder 2", "Ana")]
    number = {part: sum(row["split"] == part for row in found) for part in ("train", "dev", "test")}
    for part, expected in number.items():
        said = run(
            "export", study, "--format", "csv", "--preset", "Mine", "--part", part, "--dry-run", "--json"
        )
        assert json.loads(said)["rows"] == json.loads(said)["highlights"] == expected
    again = tmp_path / "again.csv"
    run("export", study, again, "--format", "csv", "--preset", "Mine")
    assert again.read_bytes() == out.read_bytes()


def test_other_formats_have_it_too(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run("export", study, out, "--format", "jsonl", "--split", "80/20", "--field", "reach", "--field", "desk")
    first = json.loads(out.read_text("utf-8").splitlines()[0])
    assert (first["fields"], first["split"] in ("train", "test")) == ({"reach": "0", "desk": "x"}, True)
    run(
        "export",
        study,
        tmp_path / "wide.csv",
        "--format",
        "csv",
        "--shape",
        "wide",
        "--split",
        "80/20",
        "--field",
        "desk",
    )
    wide = rows(tmp_path / "wide.csv")
    assert {row["desk"] for row in wide} == {"x"}
    assert "reach" not in wide[0]
    assert {row["split"] for row in wide} == {"train", "test"}


def test_what_does_not_fit_is_said(study: Path, tmp_path: Path) -> None:
    for words in (["--part", "train"], ["--split", "all"]):
        done = CliRunner().invoke(
            postil, ["export", str(study), str(tmp_path / "x.csv"), "--format", "csv", *words]
        )
        assert done.exit_code == 2
        assert "split" in done.output
