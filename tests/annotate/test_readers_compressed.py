"""Packed pages are unpacked within bounds."""

from __future__ import annotations

import gzip

import pytest

from annotate.errors import UserError
from annotate.readers import compressed, read_bytes


def test_a_packed_file_is_read_as_what_is_inside() -> None:
    (draft,) = read_bytes(gzip.compress(b"A title\nSome words.\n"), "page.txt.gz")
    assert draft.text == "A title\nSome words.\n"
    assert draft.title == "A title"


def test_all_members_of_a_packed_file_are_read() -> None:
    data = gzip.compress(b"A title\nSome ") + gzip.compress(b"words.\n") + b"\0\0"
    assert read_bytes(data, "page.txt.gz")[0].text == "A title\nSome words.\n"


@pytest.mark.parametrize("cut", [12, -4])
def test_a_cut_off_file_is_said(cut: int) -> None:
    with pytest.raises(UserError, match="cut off"):
        read_bytes(gzip.compress(b"words " * 1000)[:cut], "a.txt.gz")


def test_a_damaged_file_is_said() -> None:
    packed = bytearray(gzip.compress(bytes(range(256)) * 40))
    packed[40:60] = b"\xff" * 20
    with pytest.raises(UserError, match=r"damaged|cut off|text"):
        read_bytes(bytes(packed), "a.txt.gz")


def test_a_bomb_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressed, "LARGEST", 4 << 20)
    with pytest.raises(UserError, match="unpacks to more"):
        read_bytes(gzip.compress(b"\0" * (8 << 20)), "bomb.gz")
