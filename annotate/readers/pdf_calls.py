"""pdfium's functions for characters, called with plain addresses, which is twice as quick."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes import c_double, c_float, c_int, c_uint, c_void_p
from dataclasses import dataclass
from functools import cache
from typing import Any


@cache
def raw() -> Any:
    import pypdfium2.raw

    return pypdfium2.raw


@dataclass(frozen=True, slots=True)
class Calls:
    """A text page's address comes first, then the index of a character."""

    count: Callable[..., Any]
    object: Callable[..., Any]
    unicode: Callable[..., Any]
    origin: Callable[..., Any]
    box: Callable[..., Any]
    is_hyphen: Callable[..., Any]
    is_generated: Callable[..., Any]
    map_error: Callable[..., Any]
    matrix: Callable[..., Any]
    font_size: Callable[..., Any]
    font: Callable[..., Any]
    font_name: Callable[..., Any]
    glyph_width: Callable[..., Any]


@cache
def calls() -> Calls:
    pdfium = raw()

    def call(function: Any, result: Any, *wanted: Any) -> Callable[..., Any]:
        address = ctypes.cast(function, c_void_p).value or 0
        return ctypes.PYFUNCTYPE(result, *wanted)(address)

    place = (c_void_p, c_int)
    return Calls(
        count=call(pdfium.FPDFText_CountChars, c_int, c_void_p),
        object=call(pdfium.FPDFText_GetTextObject, c_void_p, *place),
        unicode=call(pdfium.FPDFText_GetUnicode, c_uint, *place),
        origin=call(pdfium.FPDFText_GetCharOrigin, c_int, *place, c_void_p, c_void_p),
        box=call(pdfium.FPDFText_GetLooseCharBox, c_int, *place, c_void_p),
        is_hyphen=call(pdfium.FPDFText_IsHyphen, c_int, *place),
        is_generated=call(pdfium.FPDFText_IsGenerated, c_int, *place),
        map_error=call(pdfium.FPDFText_HasUnicodeMapError, c_int, *place),
        matrix=call(pdfium.FPDFText_GetMatrix, c_int, *place, c_void_p),
        font_size=call(pdfium.FPDFText_GetFontSize, c_double, *place),
        font=call(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p),
        font_name=call(pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, c_void_p, c_void_p, ctypes.c_size_t),
        glyph_width=call(pdfium.FPDFFont_GetGlyphWidth, c_int, c_void_p, c_uint, c_float, c_void_p),
    )
