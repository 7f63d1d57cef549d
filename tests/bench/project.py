"""A project of 100,000 articles and 1,000,000 marks (about 1 GB): opened, filtered, an article shown."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotate.ids import new_id, now
from annotate.layouts import layout_to_json
from annotate.model import Block, BlockKind, Layout
from annotate.text import text_hash
from storage import Project, articles, highlights, taxonomies
from storage.schema import known_versions
from tests.bench.row import Row

ARTICLES, MARKS, CODES, CODERS = 100_000, 1_000_000, 200, 4
LARGE = 100_000  # marks of the last article
WORDS = ["".join(random.Random(n).choices("aeioubcdfghlmnprst", k=2 + n % 9)) for n in range(40_000)]


def measure(folder: Path | None = None) -> list[Row]:
    """The rows on one large project; it is made in `folder` at the first time (minutes)."""
    path = large_project(folder or Path(tempfile.gettempdir()) / "postil-bench")
    with Project.open(path) as project:
        typical = project.value("SELECT id FROM article WHERE number = 50000")
        rows = [
            _row(
                "100,000 articles: filter the list", lambda: filtered(project), bare_filter(path), "<= 100 ms"
            ),
            _row(
                "100,000 articles: order by title",
                lambda: articles.numbers(project, sort="title"),
                None,
                "",
            ),
            _row("show an article", lambda: shown(project, typical), bare_show(path, typical), "<= 50 ms"),
            _row(
                "one article: 100,000 marks read",
                lambda: highlights.of_article(project, large_article(project)),
                bare_marks(path, large_article(project)),
                "",
            ),
        ]
    return [_row("1 GB project: list and counts", lambda: opened(path), bare_open(path), "<= 500 ms"), *rows]


def opened(path: Path) -> None:
    """What the window asks of the file before list and tree stand."""
    with Project.open(path) as project:
        groups = articles.numbers(project)
        articles.rows(project, next(group for group in groups.values() if group)[:40])
        highlights.counts_by_code(project)
        taxonomies.all_taxonomies(project)


def filtered(project: Project) -> None:
    articles.numbers(project, filter=WORDS[77])


def shown(project: Project, id: str) -> None:
    articles.text(project, id)
    articles.layout(project, id)
    highlights.of_article(project, id)


def large_article(project: Project) -> str:
    return str(project.value("SELECT id FROM article WHERE number = ?", [ARTICLES]))


def bare_open(path: Path) -> Callable[[], None]:
    def work() -> None:
        with sqlite3.connect(path) as db:
            db.execute("SELECT number, state FROM article ORDER BY number").fetchall()
            db.execute("SELECT code, count(*) FROM highlight GROUP BY code").fetchall()
        db.close()

    return work


def bare_filter(path: Path) -> Callable[[], None]:
    def work() -> None:
        db.execute("SELECT number FROM article WHERE title LIKE ?", [f"%{WORDS[77]}%"]).fetchall()

    db = sqlite3.connect(path)
    return work


def bare_show(path: Path, id: str) -> Callable[[], None]:
    def work() -> None:
        db.execute("SELECT text, layout FROM article_text WHERE article = ?", [id]).fetchall()
        db.execute("SELECT * FROM highlight WHERE article = ?", [id]).fetchall()

    db = sqlite3.connect(path)
    return work


def bare_marks(path: Path, id: str) -> Callable[[], None]:
    db = sqlite3.connect(path)
    return lambda: db.execute("SELECT * FROM highlight WHERE article = ? ORDER BY start", [id]).fetchall()


def _row(work: str, ours: Callable[[], Any], floor: Callable[[], Any] | None, target: str) -> Row:
    return Row(work, _median(ours), _median(floor) if floor else 0.0, target)


def _median(work: Callable[[], Any], times: int = 7) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


# ---------------------------------------------------------------- the file


def large_project(folder: Path) -> Path:
    """The large project in `folder`, made if it is not there in today's format."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"large-{known_versions()}.postil"
    if path.exists():
        return path
    unfinished = folder / "unfinished.postil"
    unfinished.unlink(missing_ok=True)
    Project.create(unfinished, "Large").close()
    db = sqlite3.connect(unfinished, isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("PRAGMA cache_size=-400000")
    db.execute("BEGIN")
    _fill(db)
    db.execute("COMMIT")
    db.close()
    unfinished.rename(path)
    return path


def _fill(db: sqlite3.Connection) -> None:
    taxonomy, at = new_id(), now()
    codes = [new_id() for _ in range(CODES)]
    people = [new_id() for _ in range(CODERS)]
    ids = [new_id() for _ in range(ARTICLES)]
    db.execute("INSERT INTO taxonomy (id, slug, title, position) VALUES (?, 'large', 'Large', 1)", [taxonomy])
    db.executemany(
        "INSERT INTO code (id, taxonomy, parent, notation, label, assignable, position) VALUES (?,?,?,?,?,1,?)",
        [
            (code, taxonomy, codes[n - n % 10] if n % 10 else None, str(n), WORDS[n], n)
            for n, code in enumerate(codes)
        ],
    )
    db.executemany(
        "INSERT INTO coder (id, name, created) VALUES (?, ?, ?)",
        [(person, f"Coder {n}", at) for n, person in enumerate(people)],
    )
    step = db.execute(
        "INSERT INTO step (at, label, kind, undone) VALUES (?, 'Fill', 'do', 0)", [at]
    ).lastrowid
    db.execute("UPDATE step SET batch = id WHERE id = ?", [step])
    chance = random.Random(7)
    for first in range(0, ARTICLES, 5_000):
        _add_articles(db, ids, range(first, first + 5_000), chance, at)
    db.executemany(
        f"INSERT INTO highlight VALUES ({', '.join('?' * 13)})", _marks(ids, people, codes, chance, at)
    )


def _add_articles(
    db: sqlite3.Connection, ids: list[str], numbers: range, chance: random.Random, at: str
) -> None:
    narrow, texts = [], []
    for n in numbers:
        text = text_of(chance, 6_000 + n % 2_000 if n + 1 < ARTICLES else 1_000_000)
        layout = layout_to_json(Layout((Block(0, 40, BlockKind.TITLE),)))
        title = " ".join(chance.choices(WORDS, k=7))
        narrow.append(
            {
                "number": n + 1, "id": ids[n], "title": title, "outlet": f"Outlet {n % 40}",
                "author": " ".join(chance.choices(WORDS, k=2)), "date": f"20{n % 25:02}-{1 + n % 12:02}-11",
                "url": f"https://example.org/{n}", "language": "en", "reason": "",
                "state": ("to do", "in progress", "done", "skipped")[n % 4],
                "characters": len(text), "words": len(text) // 6, "hash": text_hash(text),
                "source": f"article-{n}.txt", "attributes": "", "added": at,
            }
        )  # fmt: skip
        texts.append((n + 1, ids[n], text, layout))
    names = list(narrow[0])
    db.executemany(
        f"INSERT INTO article ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
        [tuple(row.values()) for row in narrow],
    )
    db.executemany("INSERT INTO article_text (number, article, text, layout) VALUES (?, ?, ?, ?)", texts)


def text_of(chance: random.Random, length: int) -> str:
    """A text of about `length` characters in paragraphs; the words are as frequent as Zipf has them."""
    words = [WORDS[int(len(WORDS) ** chance.random()) - 1] for _ in range(length // 7)]
    paragraphs = (" ".join(words[at : at + 80]) for at in range(0, len(words), 80))
    return "\n".join(paragraphs)


def _marks(
    ids: list[str], people: list[str], codes: list[str], chance: random.Random, at: str
) -> Iterator[tuple[Any, ...]]:
    each = (MARKS - LARGE) // (ARTICLES - 1)
    for n in range(MARKS):
        last = n >= each * (ARTICLES - 1)
        start = chance.randrange(990_000 if last else 5_900)
        article = ids[-1] if last else ids[n // each]
        yield (
            new_id(), article, people[n % CODERS], codes[chance.randrange(CODES)], start,
            start + chance.randrange(5, 90), None, "a memo" if n % 20 == 0 else "", "", "", "", at, at,
        )  # fmt: skip


def main() -> None:
    for row in measure():
        print(f"{row.work:45} {row.ours_ms:9.1f} {row.floor_ms:9.1f}  {row.target}")


if __name__ == "__main__":
    main()
