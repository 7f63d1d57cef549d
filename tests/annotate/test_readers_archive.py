"""ZIP archives are read within bounds, and what is wrong with one is said in a sentence."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.readers import archive
from annotate.readers.archive import Archive


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


WHOLE = packed({"mimetype": b"x/y", "a/b.xml": b"<a>words</a>" * 40, "folder/": b"", "../up": b"out"})


def test_members_are_read() -> None:
    found = Archive(WHOLE, "a.zip")
    assert found.names == ("mimetype", "a/b.xml", "../up")
    assert "a/b.xml" in found
    assert "folder/" not in found
    assert found.read("a/b.xml") == b"<a>words</a>" * 40


def test_a_member_that_is_missing() -> None:
    with pytest.raises(UserError, match=r"a\.zip is damaged: word/x\.xml is missing in it\."):
        Archive(WHOLE, "a.zip").read("word/x.xml")


@pytest.mark.parametrize(
    "data", [WHOLE[:60], WHOLE[:-30], b"PK\x03\x04 and words", b""], ids=("head", "cut", "words", "empty")
)
def test_a_damaged_archive(data: bytes) -> None:
    with pytest.raises(UserError, match=r"a\.zip is damaged: its ZIP archive cannot be unpacked\."):
        Archive(data, "a.zip")


def test_a_member_without_a_name_is_passed_over() -> None:
    data = packed({"a": b"words", "b": b"more"}).replace(b"b", b"\0")
    assert Archive(data, "a.zip").names == ("a",)


def test_a_damaged_member() -> None:
    data = bytearray(packed({"a": bytes(range(256)) * 20}))
    data[40:60] = b"\xff" * 20
    with pytest.raises(UserError, match="is damaged"):
        Archive(bytes(data), "a.zip").read("a")


def test_an_encrypted_member() -> None:
    data = bytearray(packed({"a": b"secret"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UserError, match="is encrypted"):
        Archive(bytes(data), "a.zip").read("a")


def test_an_unknown_method() -> None:
    data = bytearray(packed({"a": b"words"}, zipfile.ZIP_STORED))
    data[8] = 99
    data[data.index(b"PK\x01\x02") + 10] = 99
    with pytest.raises(UserError, match="does not know"):
        Archive(bytes(data), "a.zip").read("a")


def test_a_bomb_is_left_out() -> None:
    bomb = packed({"a": bytes(archive.SMALL + 1)})
    with pytest.raises(UserError, match="unpacks to too much"):
        Archive(bomb, "a.zip").read("a")


def test_a_member_larger_than_its_header_says() -> None:
    data = bytearray(packed({"a": bytes(3 << 20)}))
    entry = data.index(b"PK\x01\x02")
    data[22:26] = data[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    with pytest.raises(UserError, match="is damaged"):
        Archive(bytes(data), "a.zip").read("a")


def test_a_large_member_and_many_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    noise = random.Random(1).randbytes(40_000)
    found = Archive(packed({"a": noise, "b": noise}), "a.zip")
    with pytest.raises(UserError, match="too much"):
        found.read("a", largest=39_999)
    monkeypatch.setattr(archive, "LARGEST_ALL", 50_000)
    found = Archive(packed({"a": noise, "b": noise}), "a.zip")
    assert found.read("a") == noise
    with pytest.raises(UserError, match="too much"):
        found.read("b")


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST", 2)
    with pytest.raises(UserError, match="more than 2 files"):
        Archive(WHOLE, "a.zip")


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 8), st.binary(max_size=8))
def test_mutated_archives_give_bytes_or_a_sentence(place: int, gone: int, piece: bytes) -> None:
    with suppress(UserError):
        found = Archive(WHOLE[:place] + piece + WHOLE[place + gone :], "a.zip")
        for member in found.names:
            found.read(member)
