"""A PDF as pictures of its pages, drawn beside the window's work."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument, QPdfPageRenderer

KEPT = 12  # pictures; a page at the usual size takes about four megabytes
WIDEST = 6000  # pixels


class PdfPages(QObject):
    """Ask for `picture`; where there is none yet, `drawn` says when it has come."""

    drawn = Signal(int)  # index of the page

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = QPdfDocument(self)
        self._renderer = QPdfPageRenderer(self)
        self._renderer.setRenderMode(QPdfPageRenderer.RenderMode.MultiThreaded)
        self._renderer.setDocument(self._document)
        self._renderer.pageRendered.connect(self._came)
        self._bytes = QByteArray()
        self._buffer: QBuffer | None = None
        self._small: dict[int, QImage] = {}
        self._small_widths: set[int] = set()
        self._pictures: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._asked: dict[int, tuple[int, int]] = {}  # what each request under way is for

    def load(self, data: bytes, password: str = "") -> bool:
        """Takes a file. False where it is encrypted and the password does not open it, or it is no PDF."""
        self.close()
        self._bytes = QByteArray(data)
        self._buffer = QBuffer(self._bytes, self)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.setPassword(password)
        self._document.load(self._buffer)
        return self._document.status() == QPdfDocument.Status.Ready

    @property
    def is_locked(self) -> bool:
        """Whether the file wants another password."""
        return self._document.error() == QPdfDocument.Error.IncorrectPassword

    def count(self) -> int:
        return self._document.pageCount()

    def picture(self, page: int, width: int) -> QImage | None:
        """The page `width` device pixels wide, if it is there; otherwise it is drawn."""
        key = (page, min(width, WIDEST))
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if key not in self._asked.values():
            self._request(key)
        return None

    def _request(self, key: tuple[int, int]) -> None:
        points = self._document.pagePointSize(key[0])
        if points.width() > 0:
            height = max(1, round(key[1] * points.height() / points.width()))
            self._asked[self._renderer.requestPage(key[0], QSize(key[1], height))] = key

    def small(self, page: int, width: int) -> QImage | None:
        """A thumbnail: kept apart, so that it does not push out the pages that are read."""
        if page in self._small:
            return self._small[page]
        key = (page, width)
        if key not in self._asked.values():
            self._request(key)
            self._small_widths.add(width)
        return None

    def nearest(self, page: int) -> QImage | None:
        """A picture of the page at another size, to be seen until the right one comes."""
        known = [key for key in self._pictures if key[0] == page]
        return self._pictures[max(known, key=lambda key: key[1])] if known else None

    def _came(self, page: int, _size: QSize, image: QImage, _options: object, request: int) -> None:
        key = self._asked.pop(request, None)
        if key is None or image.isNull():
            return
        if key[1] in self._small_widths:
            self._small[page] = on_paper(image)
        else:
            self._pictures[key] = on_paper(image)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self.drawn.emit(page)

    def wait(self, seconds: float = 10.0) -> None:
        """Stays until the pictures asked for have come."""
        loop = QEventLoop()
        self.drawn.connect(lambda _: None if self._asked else loop.quit())
        QTimer.singleShot(round(seconds * 1000), loop, loop.quit)
        if self._asked:
            loop.exec()

    def close(self) -> None:
        """Lets go of the file; what is being drawn is not waited for."""
        self._asked.clear()
        self._pictures.clear()
        self._small.clear()
        self._document.close()
        if self._buffer is not None:
            self._buffer.close()
            self._buffer.deleteLater()
            self._buffer = None


def on_paper(image: QImage) -> QImage:
    """The page on white: where nothing is printed, a PDF is transparent."""
    from PySide6.QtGui import QPainter

    paper = QImage(image.size(), QImage.Format.Format_RGB32)
    paper.fill(0xFFFFFFFF)
    painter = QPainter(paper)
    painter.drawImage(0, 0, image)
    painter.end()
    return paper
