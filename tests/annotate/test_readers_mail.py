"""E-mail and mailboxes: the words as written, people and dates, attachments named, odd encodings read."""

from __future__ import annotations

import base64
import time
from email.message import EmailMessage

import pytest

from annotate.errors import UserError
from annotate.model import BlockKind, Draft
from annotate.readers import find_reader, read_bytes, read_file
from tests.shared import shared

HEAD = (
    "Received: from mail.gazette.example\nFrom: Ann Lee <ann@gazette.example>\n"
    "To: =?utf-8?q?J=C3=B6rg_M=C3=BCller?= <jm@example.org>, bob@example.org\nSubject: Harbour road\n"
    "Date: Wed, 12 Mar 2025 23:30:00 +0100\nMessage-ID: <1@gazette.example>\nMIME-Version: 1.0\n"
)
PLAIN = "Content-Type: text/plain; charset=utf-8\n\nThe road is closed.\n\n> Since when?\nSince March – “a month”.\n"
PAGE = "Content-Type: text/html; charset=utf-8\n\n<p>The road is <b>closed</b>.</p><ul><li>Since March</li></ul>\n"


def mixed(kind: str, *parts: str) -> bytes:
    inside = "".join(f"--edge\n{part}\n" for part in parts)
    return f"{HEAD}Content-Type: multipart/{kind}; boundary=edge\n\n{inside}--edge--\n".encode()


LETTER = (HEAD + PLAIN).encode()
BOX = (
    b"From ann@gazette.example Wed Mar 12 23:30:00 2025\n" + LETTER
    + b"\n>From the harbour, Ann.\n\nFrom - Thu Mar 13 08:00:00 2025\nX-Mozilla-Status: 0001\n"
    + mixed("alternative", PLAIN, PAGE) + b"\nFrom - Thu Mar 13 09:00:00 2025\n" + HEAD.encode() + b"\n\n"
)  # fmt: skip


def only(data: bytes, name: str = "letter.eml") -> Draft:
    (draft,) = read_bytes(data, name)
    return draft


def lines(draft: Draft) -> list[tuple[BlockKind, str]]:
    return [(block.kind, draft.text[block.start : block.end]) for block in draft.layout.blocks]


def test_a_message_comes_in_with_people_and_moment() -> None:
    draft = only(LETTER)
    assert draft.text == "Harbour road\nThe road is closed.\n\n> Since when?\nSince March – “a month”."
    assert lines(draft) == [(BlockKind.TITLE, "Harbour road"), (BlockKind.QUOTE, "> Since when?")]
    assert (draft.title, draft.author, draft.date) == ("Harbour road", "Ann Lee", "2025-03-12")
    assert draft.attributes == {
        "from": "Ann Lee <ann@gazette.example>",
        "to": "Jörg Müller <jm@example.org>; bob@example.org",
        "sent": "2025-03-12T23:30:00+01:00",
        "message id": "<1@gazette.example>",
    }


def test_the_plain_words_are_taken_of_alternatives() -> None:
    assert only(mixed("alternative", PLAIN, PAGE)).text == only(LETTER).text


@pytest.mark.parametrize("stub", ["", "Please see the web version."])
def test_the_page_is_taken_where_the_plain_words_say_nothing(stub: str) -> None:
    page = PAGE + "<p>Nobody knows for how long the road to the harbour will be closed this year.</p>" * 4
    draft = only(mixed("alternative", f"Content-Type: text/plain\n\n{stub}\n", page))
    assert lines(draft)[:3] == [
        (BlockKind.TITLE, "Harbour road"),
        (BlockKind.PARAGRAPH, "The road is closed."),
        (BlockKind.ITEM, "Since March"),
    ]


def test_lines_that_flow_are_joined() -> None:
    body = "The road \nis closed.\n> Since \n> when?\n>> Ask \n> him.\n-- \nAnn\n"
    draft = only(f"{HEAD}Content-Type: text/plain; format=flowed\n\n{body}".encode())
    assert draft.text.split("\n")[1:] == [
        "The road is closed.",
        "> Since when?",
        "> > Ask ",
        "> him.",
        "-- ",
        "Ann",
    ]


def test_lines_that_flow_without_space() -> None:
    body = "道路 \n閉鎖\n".encode()
    head = f"{HEAD}Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\n"
    assert only(head.encode() + body).text == "Harbour road\n道路閉鎖"


def test_attachments_are_named() -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = (
        "ann@example.org",
        "Papers",
        "<2@example.org>",
    )
    message.set_content("Here they are.")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="Straße.pdf")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    draft = only(bytes(message))
    assert draft.text == "Papers\nHere they are."
    assert draft.notes == ("Attachments left out: Straße.pdf, a file without name (image/png).",)
    assert draft.author == "ann@example.org"


@pytest.mark.parametrize(
    ("words", "charset"),
    [
        ("Дорога к порту закрыта.", "koi8-r"),
        ("道路は閉鎖されています。", "iso-2022-jp"),
        ("道路被封鎖了。", "gb18030"),
        ("Die Straße ist gesperrt.", "utf-7"),
        ("Die Straße ist gesperrt – seit März.", "windows-1252"),
    ],
)
def test_encodings_as_stated(words: str, charset: str) -> None:
    body = base64.encodebytes(words.encode(charset)).decode()
    head = f"{HEAD}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    draft = only((head + body).encode())
    assert (draft.text, draft.notes) == (f"Harbour road\n{words}", ())


@pytest.mark.parametrize(
    ("words", "stated", "written"), [("朱镕基", "gb2312", "gbk"), ("①髙島", "shift_jis", "cp932")]
)
def test_signs_beyond_the_encoding_that_is_stated(words: str, stated: str, written: str) -> None:
    head = f"{HEAD}Content-Type: text/plain; charset={stated}\n\n".encode()
    assert only(head + words.encode(written)).text == f"Harbour road\n{words}"


@pytest.mark.parametrize("stated", ["utf\0-8", "no-such", "x" * 5000, '"'])
def test_a_charset_that_is_none_costs_nothing(stated: str) -> None:
    data = f"{HEAD}Content-Type: text/plain; charset={stated}\n\nThe road – closed.\n".encode()
    assert only(data).text == "Harbour road\nThe road – closed."


def test_words_in_a_header_that_nobody_encoded() -> None:
    data = LETTER.replace(b"Harbour road", "Straße am Hafen".encode("cp1252"))
    assert only(data).title == "Straße am Hafen"
    for word in ("=?x-unknown?q?road?=", "=?utf-é?q?road?="):
        assert only(LETTER.replace(b"Harbour road", word.encode())).title == word


def test_a_message_saved_in_utf_16() -> None:
    assert only((HEAD + PLAIN).encode("utf-16")).text == only(LETTER).text


def test_a_message_of_apple_mail() -> None:
    assert (
        only(b"%d\n" % len(LETTER) + LETTER + b"<?xml version='1.0'?><plist/>", "1.emlx").text
        == only(LETTER).text
    )


def test_an_encrypted_message_is_said() -> None:
    part = "Content-Type: application/octet-stream\n\n-----BEGIN PGP MESSAGE-----\n"
    with pytest.raises(UserError, match=r"^letter\.eml is encrypted; "):
        read_bytes(mixed("encrypted", part), "letter.eml")


def test_a_message_of_attachments_only_is_said() -> None:
    part = 'Content-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\nx\n'
    with pytest.raises(UserError, match=r"^letter\.eml holds no text\. Attachments left out: a\.pdf\.$"):
        read_bytes(mixed("mixed", part), "letter.eml")


def test_each_message_of_a_mailbox_is_an_article() -> None:
    first, second = read_bytes(BOX, "Inbox")
    assert first.text.endswith("“a month”.\n\nFrom the harbour, Ann.")
    assert first.notes == ("1 message without text left out.",)
    assert second.text == only(LETTER).text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (LETTER, "e-mail"),
        (LETTER.replace(b"\n", b"\r\n"), "e-mail"),
        ((HEAD + PLAIN).encode("utf-16"), "e-mail"),
        (BOX, "mailbox"),
        (b"From now on\nNote: the road is closed.\n", "plain text"),
        (b"From: Ann\nTo: Bob\n\nThe road is closed.\n", "plain text"),
        (b"Title: Harbour road\nDate: 2025\n\nThe road is closed.\n", "plain text"),
    ],
)
def test_mail_is_known_by_its_header(data: bytes, expected: str) -> None:
    found = find_reader(data[:4096], "x.txt").NAME
    assert found == expected


@pytest.mark.parametrize(
    "hostile",
    [
        b"From: " + b"(" * 15_000,
        b"To: " + b"a@b, " * 30_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 100_000,
        b"Content-Type: text/plain; " + b"a=b; " * 100_000,
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n\n" * 100_000,
        b"Content-Type: text/plain; format=flowed\n\n" + b"word \n" * 300_000,
        b"\nFrom - Thu Mar 13 09:00:00 2025\nA: b\n" * 20_000,
    ],
)
def test_hostile_messages_take_little_time(hostile: bytes) -> None:
    start = time.perf_counter()
    assert read_bytes(b"From - Thu Mar 13 09:00:00 2025\n" + LETTER[:9] + hostile + b"\n\nwords\n", "a.mbox")
    assert time.perf_counter() - start < 10


def test_samples() -> None:
    folder = shared("samples/saved-web")
    hebrew = read_file(folder / "email-no-utf8-2008-07-16.062410.eml")[0]
    assert (hebrew.title, hebrew.author, hebrew.date) == ("RE: שלום", "Tamir Erez", "2008-07-16")
    assert "סלבה היקר," in hebrew.text
    wide = read_file(folder / "fake-email-utf-16.eml")[0]
    assert (wide.title, wide.author, wide.date) == ("Test Email", "Matthew Robinson", "2022-12-16")
    assert "\n   - Roses are red\n" in wide.text
    page = read_file(folder / "mime-html-only.eml")[0]
    assert page.text.split("\n")[1] == "This is a text/html part."
    assert (
        read_file(folder / "mime-word-encoded-subject.eml")[0].title == "Simple email with ☸☿ Unicode subject"
    )
