"""A project of 100,000 articles and 1,000,000 marks: opened, filtered, an article shown, exported."""

from __future__ import annotations

import csv
import gc
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotate.ids import new_id, now
from annotate.taxonomy import load_shipped
from annotate.text import text_hash
from annotate.writers import Options, export
from storage import Project, articles, coders, highlights, taxonomies
from storage.exchange import dataset
from storage.layout import known_versions
from tests.bench.row import Row

ARTICLES, MARKS = 100_000, 1_000_000
COMMON = ("the", "of", "and", "to", "in", "that", "court", "policy", "minister", "border", "transfer", "law")
WORDS = [
    *COMMON,
    *("".join(random.Random(n).choices("aeioubcdfghlmnprst", k=3 + n % 9)) for n in range(40_000)),
]


def some_words(chance: random.Random, number: int) -> list[str]:
    """Words as frequent as Zipf has them: a word index costs what it costs with real texts."""
    return [WORDS[int(len(WORDS) ** chance.random()) - 1] for _ in range(number)]


def big_project() -> Path:
    """The project, made at first need (some minutes) and kept in the temporary folder."""
    path = Path(tempfile.gettempdir()) / f"postil-bench-{ARTICLES}-{MARKS}-{known_versions()}.postil"
    if not path.exists():
        unfinished = path.with_suffix(".making")
        unfinished.unlink(missing_ok=True)
        _make(unfinished)
        unfinished.rename(path)
    return path


def rows() -> Iterator[Row]:
    path = big_project()
    yield Row("open a project of 100,000 articles to list and tree with counts", *_open(path), "<= 500 ms")
    with Project.open(path, write=False) as project:
        yield Row("filter its list by typing", *_filter(project), "<= 100 ms")
        yield Row("fetch one of its articles with text and marks", *_show(project), "<= 50 ms")
        yield Row("export its 1,000,000 marks to CSV", *_export(project), "<= 3x")


def median_ms(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        gc.collect()
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken) * 1000


def _open(path: Path) -> tuple[float, float]:
    def ours() -> None:
        with Project.open(path) as project:
            groups = articles.numbers(project)
            first = next(group for group in groups.values() if len(group))
            articles.rows(project, first[:64])
            taxonomies.all_taxonomies(project)
            highlights.counts_by_code(project)

    def floor() -> None:
        bare = sqlite3.connect(path)
        bare.execute("SELECT number FROM article ORDER BY number").fetchall()
        bare.execute("SELECT code, count(*) FROM highlight GROUP BY code").fetchall()
        bare.close()

    return median_ms(ours), median_ms(floor)


def _filter(project: Project) -> tuple[float, float]:
    sql = "SELECT number FROM article WHERE title LIKE '%court pol%' OR outlet LIKE '%court pol%'"
    floor = median_ms(lambda: project.db.conn.execute(sql).fetchall())
    return median_ms(lambda: articles.numbers(project, filter="court pol")), floor


def _show(project: Project) -> tuple[float, float]:
    ids = [id for (id,) in project.rows("SELECT id FROM article WHERE number % 997 = 0 LIMIT 60")]

    def ours() -> None:
        for id in ids:
            articles.text(project, id)
            articles.layout(project, id)
            articles.article(project, id)
            highlights.of_article(project, id)

    def floor() -> None:
        for id in ids:
            project.db.conn.execute("SELECT text FROM article_text WHERE article = ?", [id]).fetchall()
            project.db.conn.execute("SELECT * FROM highlight WHERE article = ?", [id]).fetchall()

    return median_ms(ours) / len(ids), median_ms(floor) / len(ids)


def _export(project: Project) -> tuple[float, float]:
    out = Path(tempfile.gettempdir()) / "postil-bench.csv"

    def ours() -> None:
        export("csv", dataset(project), out, Options())

    def floor() -> None:
        query = """SELECT h.id, a.id, a.title, a.outlet, a.author, a.date, a.url, a.language, a.state, a.hash,
            h.start, h."end", h.parts, substr(t.text, h.start + 1, h."end" - h.start), x.slug, c.id, c.notation,
            c.label, c.label, k.name, h.memo, h.certainty, h.created, h.modified
            FROM article a JOIN highlight h ON h.article = a.id JOIN article_text t ON t.article = a.id
            JOIN coder k ON k.id = h.coder LEFT JOIN code c ON c.id = h.code LEFT JOIN taxonomy x ON x.id = c.taxonomy
            ORDER BY a.number, h.start"""
        with out.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            for row in project.db.conn.execute(query):
                writer.writerow(row)

    measured = median_ms(ours, 1), median_ms(floor, 1)
    out.unlink()
    return measured


def _make(path: Path) -> None:
    chance = random.Random(1)
    with Project.create(path, "A large study") as project:

        def begin(step) -> None:  # type: ignore[no-untyped-def]
            for slug in ("policy-frames", "cap"):
                taxonomies.add(step, load_shipped(slug))
            for name in ("Ana", "Ben"):
                coders.ensure(step, name)

        project.do("Begin", begin)
        people = [coder.id for coder in coders.all_coders(project)]
        codes = [code.id for t in taxonomies.all_taxonomies(project) for code in t.codes if code.assignable]
        ids = [new_id() for _ in range(ARTICLES)]
        sentence = [" ".join(some_words(chance, 14)).capitalize() + "." for _ in range(4000)]
        with project.unlogged() as db:
            for at in range(0, ARTICLES, 2000):
                _some_articles(db.conn, chance, ids[at : at + 2000], at, sentence)
            for at in range(0, ARTICLES, 10_000):
                _some_marks(db.conn, chance, ids[at : at + 10_000], people, codes)


def _some_articles(
    conn: sqlite3.Connection, chance: random.Random, ids: list[str], at: int, sentence: list[str]
) -> None:
    narrow, texts, stamp = [], [], now()
    for number, id in enumerate(ids, at + 1):
        text = f"Article {number}\n" + "\n".join(" ".join(chance.choices(sentence, k=10)) for _ in range(8))
        title = f"{' '.join(some_words(chance, 6)).capitalize()} {number}"
        state = chance.choice(("to do", "in progress", "done"))
        day = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        narrow.append((number, id, title, chance.choice(("Meridian Post", "The Kestrel")), "", day, "", "en", state, "",
                       len(text), 1200, text_hash(text), f"{number}.txt", "", stamp))  # fmt: skip
        texts.append((number, id, text, ""))
    conn.executemany(f"INSERT INTO article ({articles.FIELDS}) VALUES ({', '.join('?' * 16)})", narrow)
    conn.executemany("INSERT INTO article_text (number, article, text, layout) VALUES (?, ?, ?, ?)", texts)


def _some_marks(
    conn: sqlite3.Connection, chance: random.Random, ids: list[str], people: list[str], codes: list[str]
) -> None:
    marks, stamp = [], now()
    for id in ids:
        for _ in range(MARKS // ARTICLES):
            start = chance.randint(0, 6000)
            end, rest = start + chance.randint(5, 300), (None, "", "", "", "", stamp, stamp, None)
            marks.append((new_id(), id, chance.choice(people), chance.choice(codes), start, end, *rest))
    conn.executemany(
        f"INSERT INTO highlight ({highlights.FIELDS}) VALUES ({', '.join('?' * len(marks[0]))})", marks
    )
