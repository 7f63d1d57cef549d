"""Codes in the clipboard: copied or cut, with all below them, and pasted under another code."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication

from annotate.code_copies import copied
from ui.codes import deeds
from ui.codes.model import CODES_MIME
from ui.codes.moving import topmost
from ui.session import Session

CUT_MIME = "application/x-postil-cut"


def put(session: Session, ids: Sequence[str], *, cut: bool = False) -> None:
    """Codes go into the clipboard, for other programs as an outline of labels. Cut ones move when they are pasted."""
    roots = topmost(list(session.codes.values()), ids)
    if not roots:
        return
    data = QMimeData()
    data.setData(CODES_MIME, QByteArray("\n".join(root.id for root in roots).encode()))
    if cut:
        data.setData(CUT_MIME, QByteArray(b"1"))
    data.setText(_outline(session, [root.id for root in roots]))
    QGuiApplication.clipboard().setMimeData(data)
    done = "Cut" if cut else "Copied"
    session.said.emit(
        f"{done} {deeds.named(session, [root.id for root in roots])}; Ctrl+V pastes under another"
    )


def held(session: Session) -> tuple[list[str], bool]:
    """The codes in the clipboard that are in this project, and whether they were cut."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(CODES_MIME):
        return [], False
    ids = bytes(data.data(CODES_MIME).data()).decode().split("\n")
    return [id for id in ids if id in session.codes], data.hasFormat(CUT_MIME)


def paste(session: Session, taxonomy: str, parent: str | None) -> list[str]:
    """Puts what is in the clipboard behind the last child of `parent`; ids of what stands there now."""
    ids, cut = held(session)
    if not ids:
        session.said.emit("The clipboard holds no codes of this project.")
        return []
    if cut:
        last = sum(code.parent == parent and code.taxonomy == taxonomy for code in session.codes.values())
        if deeds.move(session, ids, taxonomy, parent, last):
            put(session, ids)  # pasted again they are copied
            return ids
        return []
    stored = deeds.stored_codes(session)
    roots = [stored[id] for id in ids]
    copies = copied(list(stored.values()), roots, taxonomy, parent)
    where = deeds.place_name(session, taxonomy, parent)
    if deeds.add_many(session, copies, f"Copy {deeds.named(session, ids)} under “{where}”"):
        return [code.id for code in copies if code.parent == parent]
    return []


def _outline(session: Session, ids: Sequence[str]) -> str:
    depths = dict.fromkeys(ids, 0)
    lines = []
    for id in deeds.with_below(session, ids):
        code = session.codes[id]
        depths.setdefault(id, depths.get(code.parent or "", -1) + 1)
        lines.append("\t" * depths[id] + code.name)
    return "\n".join(lines)
