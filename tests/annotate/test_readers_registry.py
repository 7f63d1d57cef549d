"""Choosing a reader by content before name, walking folders, and one sentence where nothing can be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.readers import find_reader, is_candidate, is_heavy, read_bytes, read_file, readers, walk
from annotate.readers.files import natural_key
from tests.annotate.test_readers_archive import packed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def test_every_reader_keeps_the_contract() -> None:
    for reader in readers():
        assert reader.NAME
        assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.SUFFIXES)
        assert reader.sniff(b"") is False


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7 ...", "report.txt", "PDF"),
        (b"  <!DOCTYPE html><p>x", "page", "web page"),
        ("<html><p>x".encode("utf-16"), "page.txt", "web page"),
        (b"<p>a fragment", "page.HTM", "web page"),
        (b"{\\rtf1 x}", "page.html", "RTF document"),
        (b"# Words", "notes.MD", "Markdown"),
        (b"# Words", "notes.txt", "plain text"),
        (b"words", "no-suffix", "plain text"),
        (b"BMW opens a plant", "x.txt", "plain text"),
    ],
)
def test_the_reader_is_found_by_content_then_by_suffix(data: bytes, name: str, expected: str) -> None:
    found = find_reader(data, name).NAME
    assert found == expected


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (PNG, "photo.txt", "photo.txt is not a text Postil can read (it looks like a PNG image)."),
        (PNG, "photo.html", "photo.html is not a text Postil can read (it looks like a PNG image)."),
        (b"PK\x03\x04 words", "a.docx", "a.docx is damaged: its ZIP archive cannot be unpacked."),
        (
            packed({"a.txt": b"x"}),
            "a.txt",
            "a.txt is not a text Postil can read (it looks like a ZIP archive).",
        ),
        (
            OLE + "WordDocument".encode("utf-16-le"),
            "a.docx",
            "a.docx is not a text Postil can read (it looks like an old Word document; save it as .docx first).",
        ),
        (
            b'<?mso-application progid="Word.Document"?><w:wordDocument>',
            "a.xml",
            "a.xml is not a text Postil can read"
            " (it looks like a Word 2003 XML document; save it as .docx first).",
        ),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "a.docx is not a text Postil can read"
            " (it looks like an Office document locked with a password; save it without one first).",
        ),
        (b"", "a.txt", "a.txt is empty."),
        (b" \n\t\n", "a.txt", "a.txt holds no text."),
        (b"---\ntitle: x\n---\n", "a.md", "a.md holds no text."),
        (bytes(range(256)) * 8, "a.bin", "a.bin is not a text Postil can read."),
    ],
)
def test_what_nobody_reads_is_said_in_one_sentence(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(UserError) as caught:
        read_bytes(data, name)
    assert str(caught.value) == sentence


def test_a_pdf_wants_a_worker_whatever_its_name() -> None:
    assert is_heavy(find_reader(b"%PDF-1.4", "a.txt"))
    assert not is_heavy(find_reader(b"words", "b.txt"))


def test_files_that_are_not_there_or_no_files(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there any more"):
        read_file(tmp_path / "gone.txt")
    with pytest.raises(UserError, match="is a folder, not a file"):
        read_file(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="is a device or a pipe"):
        read_file(tmp_path / "pipe")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with pytest.raises(UserError, match=r"loop\.txt cannot be read"):
        read_file(tmp_path / "loop.txt")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("words")
    path.chmod(0)
    with pytest.raises(UserError, match="may not be read by you"):
        read_file(path)


def test_walk_gives_candidates_in_natural_order(tmp_path: Path) -> None:
    for name in (
        "page 10.txt",
        "Page 2.txt",
        ".DS_Store",
        "Thumbs.db",
        "~$draft.docx",
        ".hidden",
        "page 1.txt",
    ):
        (tmp_path / name).write_text("x")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("x")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    names = [path.name for path in walk([tmp_path])]
    assert names == ["page 1.txt", "Page 2.txt", "page 10.txt", "a.txt"]
    assert [path.name for path in walk([tmp_path], recursive=False)] == names[:3]
    named = tmp_path / ".hidden"
    assert list(walk([named, named])) == [named, named]


def test_walk_over_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there any more"):
        list(walk([tmp_path / "gone"]))


def test_candidates() -> None:
    assert is_candidate(Path("a.txt"))
    assert not is_candidate(Path(".~lock.a.odt#"))
    assert sorted(["a10", "a9", "B1", "a9b"], key=natural_key) == ["a9", "a9b", "a10", "B1"]
