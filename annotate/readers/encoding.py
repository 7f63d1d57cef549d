"""The encoding of a text file found from its bytes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x1b\$[@B]|\x1b\$\([DOPQ]"), "iso2022_jp_3"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
    (re.compile(rb"~\{[!-w][!-~](?:[!-w][!-~])*~\}"), "hz"),
)
_OBSOLETE = ("hp_roman8", "iso8859_10", "iso8859_14", "iso8859_3", "ptcp154", "kz1048")
_WESTERN = {"cp1250", "cp1252", "cp1257", "cp1258", "latin_1", "iso8859_2", "iso8859_9", "iso8859_15"}
_MEANT = {  # who declares the one means the other, which has more signs (WHATWG Encoding)
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030",
    "shift_jis": "cp932", "euc_kr": "cp949", "tis-620": "cp874",
}  # fmt: skip
_SAMPLE = 1 << 18
# Controls that a text in a one-byte encoding has no use for: many of them mean no text at all.
_BINARY = re.compile("[\x00-\x06\x0e-\x1a\x1c-\x1f]")


_INVISIBLE = "\t\n\r\x0b\x0c\xa0\xad\u2028\u2029\ufeff\u200b\u200e\u200f\u3000"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the name of the encoding it was read by ("windows-1252"). Newlines are as in the file."""

    text: str
    encoding: str

    @property
    def note(self) -> str:
        """What the user should know about the encoding, empty for UTF-8."""
        return "" if self.encoding in ("utf-8", "ascii") else f"Read as {self.encoding}."


def decode(data: bytes, declared: str = "") -> Decoded | None:
    """The text of the bytes, or None where they are no text.

    A byte order mark decides, then ISO-2022 escapes and the NULs of UTF-16 and UTF-32, then `declared` (what
    the file says of itself) where it fits, then strict UTF-8, then statistics over the first 256 KB.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(name, "replace"), name)
    if b"\0" in data[:_SAMPLE]:
        return _by_nulls(data)
    for pattern, name in _ESCAPES:
        if pattern.search(data[:_SAMPLE]) and (found := _strictly(data, name)):
            return found
    return _utf8(data) or (declared and _declared(data, declared)) or _by_statistics(data)


def _strictly(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode(name), _spoken(name))
    except (UnicodeError, LookupError):
        return None


def _utf8(data: bytes) -> Decoded | None:
    """Strict UTF-8; one broken character at the very end (a file that was cut) is forgiven."""
    try:
        return _unless_binary(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError as error:
        if (
            error.start < len(data) - 3
            or error.reason != "unexpected end of data"
            or data[: error.start].isascii()
        ):
            return None
    return _unless_binary(Decoded(data.decode("utf-8", "replace"), "utf-8"))


def _declared(data: bytes, name: str) -> Decoded | None:
    """By the file's own word, as it is meant: pages that say ISO-8859-1 mean windows-1252."""
    try:
        codec = codecs.lookup(name.strip()).name
    except LookupError:
        return None
    if codec.startswith(("utf-16", "utf-32", "utf-8")) or not getattr(
        codecs.lookup(codec), "_is_text_encoding", True
    ):
        return None
    found = _strictly(data, _MEANT.get(codec, codec))
    return found and _unless_binary(found)


def _by_nulls(data: bytes) -> Decoded | None:
    """UTF-16 or UTF-32 without a mark: NULs stand at one place of each unit."""
    for width, order in ((4, "utf-32-le"), (4, "utf-32-be"), (2, "utf-16-le"), (2, "utf-16-be")):
        if len(data) % width and width == 4:
            continue
        found = _strictly(data[: len(data) - len(data) % width], order)
        if found and _plausible(found.text[:_SAMPLE]):
            return found
    if data.count(b"\0") * 20 < len(data):  # a few stray NULs in a text of one byte a character
        rest = decode(data.replace(b"\0", b"\x07"))
        return rest and Decoded(rest.text.replace("\x07", "\0"), rest.encoding)
    return None


def _plausible(text: str) -> bool:
    """Whether a decoded sample looks written: letters, few controls, few unassigned code points."""
    if not text:
        return False
    common = sum(c in "\t\n\r" or (c.isprintable() and c.isascii()) for c in text)
    odd = sum(not c.isprintable() and c not in _INVISIBLE for c in text)
    return odd * 50 <= len(text) and common * 50 >= len(text)


def _by_statistics(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_exclusion=list(_OBSOLETE)).best()
    if best is None:
        return _unless_binary(Decoded(data.decode("cp1252", "replace"), "windows-1252, a guess"))
    name = "cp1254" if best.encoding in _WESTERN and _turkish(sample) else best.encoding
    found = _strictly(data, name) or Decoded(data.decode(name, "replace"), _spoken(name))
    common = _strictly(data, "cp1252") if name in _WESTERN else None
    return _unless_binary(common if common and common.text == found.text else found)


def _turkish(sample: bytes) -> bool:
    """Dotless i, fewer soft g and some s with cedilla: no other language of these code pages has that."""
    soft_g, dotless_i, s_cedilla = (sample.count(bytes([byte])) for byte in (0xF0, 0xFD, 0xFE))
    return dotless_i > soft_g > 0 and s_cedilla > 0 and dotless_i * 200 > len(sample)


def _unless_binary(found: Decoded) -> Decoded | None:
    sample = found.text[:_SAMPLE]
    controls = len(_BINARY.findall(sample))
    return None if controls * 50 > len(sample) else found


def _spoken(name: str) -> str:
    """The name a user would know: windows-1252 for cp1252."""
    name = name.replace("_", "-").lower()
    if match := re.fullmatch(r"cp(125\d|874)", name):
        return f"windows-{match[1]}"
    return {"iso2022-jp-3": "iso-2022-jp", "iso2022-kr": "iso-2022-kr", "mac-roman": "macintosh"}.get(
        name, name
    )
