"""What bytes and words stand for in RTF: code pages by charset, signs, and which groups hold text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from annotate.readers.symbols import from_symbol_font


def words_of(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "shift_jis", 79: "euc_kr", 80: "gb2312", 81: "big5", 83: "mac_greek",
    86: "mac_cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_SYMBOLS = 2  # the charset of fonts that show other signs than their codes say
SIGNS = {
    "tab": "\t", "line": "\n", "softline": "\n", "page": "\n", "column": "\n", "emdash": "—", "endash": "–",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003",
    "enspace": "\u2002", "qmspace": "\u2005", "zwj": "\u200d", "zwnj": "\u200c", "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}  # fmt: skip
ESCAPED = {"\\": "\\", "{": "{", "}": "}", "~": "\xa0", "_": "\u2011"}
SKIPPED = words_of(  # groups that are no text of the document
    """aftncn aftnsep aftnsepc buptim colortbl comment doccomm filetbl fldinst footer footerf footerl footerr ftncn
    ftnsep ftnsepc generator header headerf headerl headerr hlinkbase latentstyles list listoverride mmathPict
    nonesttables nonshppict objdata pict pntxta pntxtb printim private revtbl rxe shprslt sn sp sv tc tcn template
    txe vern xe"""
)
INFO = words_of("title author subject keywords")


@dataclass(slots=True)
class Font:
    """A font as the font table tells it; `codec` is empty where the document's own code page counts."""

    name: str = ""
    codec: str = ""
    is_symbol: bool = False

    def decode(self, data: bytes, usual: str) -> str:
        if self.is_symbol or self.name.lower() in ("symbol", "wingdings"):
            return "".join(from_symbol_font(self.name, byte) or chr(byte) for byte in data)
        return data.decode(self.codec or usual, "replace")

    def shown(self, code: int) -> str:
        """The character of a Unicode escape; symbol fonts use private ones."""
        return (from_symbol_font(self.name, code) if 0xF020 <= code <= 0xF0FF else "") or chr(code)


def set_charset(font: Font, charset: int) -> None:
    font.codec = _CHARSETS.get(charset, "")
    font.is_symbol = charset == _SYMBOLS


def code_page(number: int) -> str:
    """The name of Python's codec for a Windows code page; windows-1252 for those it does not have."""
    name = {65001: "utf-8", 10000: "mac_roman", 708: "iso8859_6", 936: "gbk"}.get(number, f"cp{number}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name
