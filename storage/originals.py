"""The bytes that articles came from: kept with the article, or once for all articles of a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from annotate.frozen import frozen
from storage.project import Project
from storage.steps import Row, Step


@frozen
class Original:
    """The bytes an article came from; `data` None means: the text itself, as UTF-8.

    Where `file` names one that several articles came from, `data` is given with the first of them only.
    """

    name: str
    data: bytes | None
    file: str = ""


def original_rows(article: str, whole: Original, text: str) -> tuple[Row, list[Row]]:
    """The row for an article's original, and one for a file that is kept for several, if it is new."""
    row: Row = {
        "article": article,
        "name": whole.name,
        "size": None,
        "bytes": None,
        "file": whole.file or None,
    }
    if whole.file:
        new = [] if whole.data is None else [_file(whole.file, whole.data)]
        return row, new
    row["size"] = len(text.encode()) if whole.data is None else len(whole.data)
    row["bytes"] = None if whole.data is None else zlib.compress(whole.data, 1)
    return row, []


def _file(id: str, data: bytes) -> Row:
    return {"id": id, "size": len(data), "bytes": zlib.compress(data, 1)}


def original(project: Project, article: str) -> bytes | None:
    """The bytes of the file it came from, or None where they were not kept."""
    found = project.rows(
        """SELECT o.bytes, o.file, f.bytes, coalesce(v.text, t.text)
           FROM original o LEFT JOIN file f ON f.id = o.file JOIN article_text t ON t.article = o.article
           LEFT JOIN text_version v ON v.article = o.article AND v.number = 1
           WHERE o.article = ?""",
        [article],
    )
    if not found:
        return None
    own, file, shared, text = found[0]
    if file is not None:
        return zlib.decompress(shared)
    return str(text).encode() if own is None else zlib.decompress(own)


def name(project: Project, article: str) -> str:
    """What the file was called; empty where it was not kept."""
    return str(project.value("SELECT name FROM original WHERE article = ?", [article]) or "")


def files_of(step: Step, articles: Sequence[str]) -> list[str]:
    """The files kept for several articles that these came from."""
    holes = ", ".join("?" * len(articles))
    found = step.db.conn.execute(
        f"SELECT DISTINCT file FROM original WHERE file IS NOT NULL AND article IN ({holes})", list(articles)
    )
    return [file for (file,) in found]


def unused(step: Step, files: Iterable[str]) -> list[str]:
    """Those of the files that no article came from any more."""
    return [
        file
        for file in files
        if not step.db.conn.execute("SELECT 1 FROM original WHERE file = ? LIMIT 1", [file]).fetchone()
    ]
