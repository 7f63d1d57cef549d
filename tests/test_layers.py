"""What the rooms may not do: import upwards, open a transaction of their own, reach for a network."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.shared import ROOT

ROOMS = ("annotate", "storage", "ui")
NETWORK = (
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "xmlrpc",
    "asyncio",
    "requests",
    "httpx",
)
QT_NETWORK = ("QtNetwork", "QtWebEngine", "QtWebSockets", "QtWebView", "QtHttpServer")
TRANSACTION = re.compile(
    r"with\b[^\n]*\bconn\b\s*:|\bcommit\(|\brollback\(|executescript|\batomic\(|\"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)"
)
ONLY_PLACE = {"_transaction", "_begin"}
ANOTHER_FILE = ("storage/formats/database.py", "made")  # a database for another program, new each time


def sources() -> Iterator[Path]:
    yield ROOT / "main.py"
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, and every name it takes from one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_layers_hold() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_nothing_imports_a_network() -> None:
    for path in sources():
        for name in imported(path):
            if name == "socket" and path.name == "html_page.py":
                used = re.findall(r"\bsocket\.\w+", path.read_text(encoding="utf-8"))
                assert set(used) == {"socket.has_ipv6"}, "only to keep a library from trying one"
                continue
            assert not any(name == each or name.startswith(each + ".") for each in NETWORK), (path, name)
            assert not any(part.startswith(QT_NETWORK) for part in name.split(".")), (path, name)


def test_nothing_imports_all_of_qt() -> None:
    for path in sources():
        assert not [name for name in imported(path) if name.startswith("PySide6") and name.endswith("*")], (
            path
        )


def test_one_place_opens_transactions() -> None:
    found = [
        (path.relative_to(ROOT).as_posix(), function)
        for path in sources()
        for function, line in lines_by_function(path)
        if TRANSACTION.search(line)
    ]
    assert {function for path, function in found if path == "storage/project.py"} == ONLY_PLACE
    assert {each for each in found if each[0] != "storage/project.py"} == {ANOTHER_FILE}


def test_the_window_holds_no_sql() -> None:
    sql = re.compile(r"\b(SELECT .+ FROM|INSERT INTO|UPDATE \w+ SET|DELETE FROM|PRAGMA )")
    for path in sorted((ROOT / "ui").rglob("*.py")):
        assert not sql.search(path.read_text(encoding="utf-8")), path
        assert not re.search(r"\.conn\b", path.read_text(encoding="utf-8")), path


def lines_by_function(path: Path) -> Iterator[tuple[str, str]]:
    """Each line of code with the innermost function it stands in, comments and docstrings left out."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    owner: dict[int, str] = {}
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            owner |= dict.fromkeys(range(node.lineno, (node.end_lineno or node.lineno) + 1), node.name)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for number, line in enumerate(text.splitlines(), 1):
        if number not in silent:
            yield owner.get(number, ""), line.split("  # ")[0]
