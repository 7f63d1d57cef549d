"""A report as a PDF, without a screen too."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from typing import IO, TYPE_CHECKING

from annotate.errors import UserError
from annotate.spoken import counted
from annotate.version import VERSION
from annotate.writers.document import Part

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication
    from PySide6.QtGui import QPdfWriter

SUFFIX, SAID = ".pdf", "PDF"
DOTS = 600  # in an inch: how fine places are


def available() -> bool:
    """Whether Qt finds what it needs of the system to set type."""
    from ui.display import can_draw

    return can_draw()


def write(title: str, parts: Iterable[Part], out: IO[bytes]) -> list[str]:
    """Pages as the parts come; what could not be shown is said. Raises UserError where Qt cannot write."""
    from PySide6.QtCore import QBuffer, QIODevice
    from PySide6.QtGui import QPainter

    from ui.printing.pages import Pages
    from ui.printing.setting import set_parts

    held = _application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    device = _device(buffer, title)
    painter = QPainter()
    if not painter.begin(device):
        raise UserError("Qt cannot write a PDF here.")
    pages = Pages(device, painter, title, DOTS / 72)
    try:
        set_parts(pages, parts)
    finally:
        painter.end()
    out.write(buffer.data().data())
    del held
    if not pages.missing:
        return []
    return [f"{counted(pages.missing, 'sign')} that no font of this computer has: boxes stand there."]


def _device(buffer: object, title: str) -> QPdfWriter:
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter

    device = QPdfWriter(buffer)
    device.setResolution(DOTS)
    device.setTitle(title)
    device.setCreator(f"Postil {VERSION}")
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)
        )
    )
    return device


def _application() -> QCoreApplication:
    """The program's; on the command line one without a screen, kept until the process ends."""
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.instance() or _without_screen()


@cache
def _without_screen() -> QCoreApplication:
    from ui.app import application

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return application()
