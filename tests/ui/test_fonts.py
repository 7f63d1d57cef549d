"""The shipped faces are found under their names, in pixels, with every script the manual promises."""

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF, QRawFont

from ui.fonts import FOLDER, has_own_face, load_fonts, reading_font, tabular, ui_family, ui_font


def test_reading_font_is_the_shipped_serif_in_pixels(qapp):
    font = reading_font(18)
    assert QFontInfo(font).family() == "Source Serif 4"
    assert font.pixelSize() == 18


@pytest.mark.parametrize(("weight", "italic", "style"), [(400, False, "Regular"), (400, True, "Italic")])
def test_regular_and_italic_are_real_faces(qapp, weight, italic, style):
    assert QRawFont.fromFont(reading_font(18, weight, italic=italic)).styleName() == style


def test_semibold_is_heavier_than_regular(qapp):
    regular, semibold = reading_font(28), reading_font(28, 600)
    assert QFontInfo(semibold).family() == "Source Serif 4"
    assert QFontMetricsF(semibold).horizontalAdvance("Court halts") > QFontMetricsF(
        regular
    ).horizontalAdvance("Court halts")


@pytest.mark.parametrize("letters", ["Aéß", "žșłő", "αάΩ", "Жёї", "“”–…"])
def test_reading_font_covers_latin_greek_and_cyrillic(qapp, letters):
    face = QRawFont.fromFont(reading_font(18))
    assert all(face.supportsCharacter(ord(letter)) for letter in letters)


def test_a_second_load_registers_nothing(qapp):
    load_fonts()
    before = len(QFontDatabase.families())
    load_fonts()
    assert len(QFontDatabase.families()) == before


def test_interface_is_inter_without_a_screen(qapp):
    if qapp.platformName() != "offscreen":
        pytest.skip("a screen is here")
    assert ui_family() == "Inter"
    assert QFontInfo(ui_font(13, 500)).family() == "Inter"


@pytest.mark.parametrize(
    ("platform", "family", "own"),
    [
        ("xcb", "Cantarell", True),
        ("windows", "Segoe UI", True),
        ("xcb", "DejaVu Sans", False),
        ("wayland", "Sans Serif", False),
        ("offscreen", "Cantarell", False),
    ],
)
def test_system_face_is_taken_where_there_is_one(platform, family, own):
    assert has_own_face(platform, family) is own


def test_tabular_figures_have_one_width(qapp):
    metrics = QFontMetricsF(tabular(reading_font(20)))
    assert len({round(metrics.horizontalAdvance(figure * 10), 2) for figure in "0123456789"}) == 1
    assert not reading_font(20).featureTags()


def test_licences_stand_beside_the_fonts_and_all_is_small():
    assert {file.name for file in FOLDER.glob("OFL-*.txt")} == {"OFL-SourceSerif4.txt", "OFL-Inter.txt"}
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 3_000_000
