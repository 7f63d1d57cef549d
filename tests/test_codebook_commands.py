"""The codebook to be printed: what stands in it, and in every kind of file."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage import Project, taxonomies
from tests.test_main import run


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("codebook") / "demo.postil"
    assert run("demo", "--at", path, "--no-window").exit_code == 0
    frozen = run("taxonomy", path, "freeze", "cap", "1.0", "--note", "pilot")
    assert frozen.exit_code == 0, frozen.stderr
    with Project.open(path) as project:
        quotes = "From the press:\n“every refusal carries an order” (Court halts flight · Ana)"
        project.do(
            "Examples",
            lambda step: taxonomies.edit_codes(
                step, ["transfers:expulsion"], examples=quotes, definition="X"
            ),
        )
    return path


def text(study: Path, *words: object) -> str:
    result = run("taxonomy", study, "codebook", *words)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_it_has_the_tree_with_counts_the_examples_and_the_history(study: Path) -> None:
    told = text(study, "cap")
    assert "# Codebook: Transfers in the press" in told
    assert "| T.11 | \u2003\u2003\u2003Expulsion |" in told
    assert "> “every refusal carries an order” (Court halts flight · Ana)" in told
    assert "of this study 1.0, changed since" in told
    assert ".0**  " in told  # the 1 as an entity, or it would begin a list
    assert "pilot" in told
    assert "**Since then**" in told
    assert "T.11 “Expulsion”, definition: now “X”" in told
    assert "Policy frames" not in told


def test_relations_and_crosswalks_stand_in_it(study: Path, tmp_path: Path) -> None:
    assert "| **makes the claim** | Claimant (subject actor), Actor type →" in text(study, "political-claims")
    walk = tmp_path / "walk.csv"
    walk.write_text("source_id,match,target_id\npfc:8,broad,transfers:detention\n", encoding="utf-8")
    assert run("crosswalk", study, "import", walk, "--title", "Frames to ours").exit_code == 0
    told = text(study, "policy-frames")
    assert "Crosswalk: Frames to ours" in told
    assert "| 8 Security and defense | is part of | T.21 Detention |" in told


@pytest.mark.parametrize(
    ("form", "begins"), [("html", b"<!DOCTYPE"), ("md", b"# Codebook"), ("docx", b"PK"), ("pdf", b"%PDF")]
)
def test_every_kind_of_file_is_written(qapp, study: Path, tmp_path: Path, form: str, begins: bytes) -> None:
    if form == "docx":
        pytest.importorskip("docx")
    out = tmp_path / f"book.{form}"
    made = run("taxonomy", study, "codebook", "--out", out)
    assert made.exit_code == 0, made.stderr
    assert out.read_bytes().startswith(begins)


def test_a_pdf_has_all_pages_and_no_heading_alone_at_a_foot(qapp, study: Path, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    out = tmp_path / "book.pdf"
    assert run("taxonomy", study, "codebook", out).exit_code == 0
    held = pdfium.PdfDocument(out)
    pages = [page.get_textpage().get_text_bounded() for page in held]
    assert len(pages) > 10
    whole = "\n".join(pages)
    assert "IFIELD.HOME Homeland politics" in whole
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        above = next(
            line for line in reversed(lines) if "Transfers in the press" not in line and not line.isdecimal()
        )
        assert not above.startswith("■"), above


def test_mistakes_are_said(study: Path, tmp_path: Path) -> None:
    for words, said in (
        (("nothing",), "is no codebook"),
        (("--format", "pdf"), "Name the file"),
        (("--slug", "nothing"), "has no taxonomy “nothing”"),
        (("--out", tmp_path / "x.xyz"), "no codebook as “xyz”"),
    ):
        result = run("taxonomy", study, "codebook", *words)
        assert result.exit_code == 2, (words, result.stdout)
        assert said in result.stderr or words == ("nothing",)


def test_who_froze_a_version_is_not_named_where_coders_are_numbered(study: Path, tmp_path: Path) -> None:
    assert run("taxonomy", study, "freeze", "demig", "1.0", "--coder", "Ana").exit_code == 0
    out = tmp_path / "book.md"
    assert run("export", study, out, "--format", "codebook-md", "--anonymous").exit_code == 0
    told = out.read_text(encoding="utf-8")
    assert "· Coder 1" in told
    assert "· Ana" not in told.split("## Migration policy (DEMIG)")[1].split("## Political claims")[0]
