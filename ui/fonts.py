"""The faces: the serif that every machine reads in, and the system's own for the rest."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "fonts"
READING_FAMILY = "Source Serif 4"
FALLBACK_FAMILY = "Inter"
# The faces that windows begin with, and those that few ever show.
SERIF, SERIF_ITALIC = (
    ("SourceSerif4-Regular.ttf", "SourceSerif4-Semibold.ttf"),
    ("SourceSerif4-It.ttf", "SourceSerif4-SemiboldIt.ttf"),
)
SANS = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")
SANS_ITALIC = ("Inter-Italic.otf",)
SCREENLESS = frozenset({"offscreen", "minimal", "vnc"})
# What fontconfig answers where no desktop has chosen a face.
GENERIC = frozenset({"", "sans serif", "sans-serif", "sans", "dejavu sans", "bitstream vera sans", "fixed"})


def load_fonts() -> None:
    """Make the shipped reading face known to Qt. Needs a QGuiApplication; a second call does nothing."""
    _load(SERIF)


def load_italics() -> None:
    """The italics, which no window begins with."""
    _load(SERIF_ITALIC)
    if ui_family() == FALLBACK_FAMILY:
        _load(SANS_ITALIC)


_face = READING_FAMILY


def use_reading_face(family: str) -> None:
    """Sets articles in another face of this computer; an empty or unknown one is the shipped serif."""
    global _face
    _face = family if family in QFontDatabase.families() else READING_FAMILY


def reading_font(size_px: int, weight: int = 400, *, italic: bool = False) -> QFont:
    """The serif face of the article, `size_px` pixels high; weights shipped are 400 and 600."""
    load_fonts()
    return _font(_face, size_px, weight, italic)


def ui_font(size_px: int, weight: int = 400, *, italic: bool = False) -> QFont:
    """The face of everything but the article: the system's, or Inter where the system has none of its own."""
    return _font(ui_family(), size_px, weight, italic)


def printed_font(size: int, weight: int = 400, *, serif: bool = False) -> QFont:
    """A shipped face, so that a page looks the same wherever it was made; `size` in dots of the device."""
    load_fonts()
    _load(SANS)
    return _font(READING_FAMILY if serif else FALLBACK_FAMILY, size, weight, italic=False)


def tabular(font: QFont) -> QFont:
    """The same font with figures of one width, for columns of numbers."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


@cache
def ui_family() -> str:
    """The family of `ui_font`."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    if not has_own_face(QGuiApplication.platformName(), system):
        _load(SANS)
        return FALLBACK_FAMILY
    return system


def has_own_face(platform: str, family: str) -> bool:
    """Whether `family`, which the Qt `platform` answers for its interface, is a face somebody chose."""
    return platform not in SCREENLESS and family.strip().lower() not in GENERIC


@cache
def _load(names: tuple[str, ...]) -> None:
    for name in names:
        if QFontDatabase.addApplicationFont(str(FOLDER / name)) < 0:
            raise RuntimeError(f"Qt could not read the font {name}")


def _font(family: str, size_px: int, weight: int, italic: bool) -> QFont:
    if italic:
        load_italics()
    font = QFont(family)
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    font.setItalic(italic)
    return font
