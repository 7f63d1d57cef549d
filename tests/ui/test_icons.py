"""Every named icon has a picture and takes the colour it is asked for."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap

from ui import icons
from ui.icons import FOLDER, Icon, icon, pixmap

RED = "#c02040"


def opaque_pixels(picture: QPixmap) -> list[QColor]:
    image = picture.toImage().convertToFormat(QImage.Format.Format_ARGB32)
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [pixel for pixel in pixels if pixel.alpha() == 255]


def close(one: QColor, other: QColor) -> bool:
    """Equal but for the rounding of premultiplied pixels."""
    return all(abs(a - b) <= 2 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


@pytest.mark.parametrize("name", list(Icon))
def test_icon_is_painted_in_its_colour_only(qapp, name):
    painted = opaque_pixels(pixmap(name, RED, 32, 2.0))
    assert len(painted) > 20
    assert all(close(pixel, QColor(RED)) for pixel in painted)


def test_every_picture_shipped_is_named_and_every_name_has_a_picture():
    assert {file.stem for file in FOLDER.glob("*.svg")} == {str(name) for name in Icon}


def test_icon_is_sharp_at_both_ratios(qapp, monkeypatch):
    monkeypatch.setattr(icons, "sharpest", lambda: 2.0)
    made = icon(Icon.SEARCH, RED, 16)
    assert made.pixmap(QSize(16, 16), 1.0).size() == QSize(16, 16)
    assert made.pixmap(QSize(16, 16), 2.0).size() == QSize(32, 32)


def test_disabled_icon_is_fainter_or_in_the_colour_given(qapp):
    def strongest(made: QIcon) -> QColor:
        image = made.pixmap(QSize(16, 16), 1.0, QIcon.Mode.Disabled).toImage()
        return max(
            (image.pixelColor(x, y) for x in range(16) for y in range(16)), key=lambda pixel: pixel.alpha()
        )

    assert 80 < strongest(icon(Icon.DONE, RED)).alpha() < 120
    assert strongest(icon(Icon.DONE, RED, 16, "#778899")).name() == "#778899"


def test_same_icon_is_painted_once(qapp):
    assert icon(Icon.UNDO, RED) is icon(Icon.UNDO, RED)
    assert icon(Icon.UNDO, RED) is not icon(Icon.UNDO, "#000000")
