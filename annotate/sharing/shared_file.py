"""A file of coding without texts, read back: what it is, its articles and taxonomies, and its marks as a stream."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from annotate.codebook_files import read_json
from annotate.errors import UserError
from annotate.marks import BadLine, MarkLine, RelationLine, parsed_mark
from annotate.marks_from.json_file import text_at
from annotate.model import Taxonomy
from annotate.sharing.anchors import Anchor, read
from annotate.sharing.placing import Plain

KIND, FORM = "postil coding without texts", 1  # what `coding.json` says of itself
HEAD = "coding.json"
LONGEST = 16 << 20  # bytes of a line, and of a file that is read whole
ABOUT = ("id", "title", "outlet", "author", "date", "url", "language", "text_hash")
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class SharedArticle:
    """What the file says of an article. `text_hash` and `characters` are those of the text that was coded."""

    id: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    date: str = ""
    url: str = ""
    language: str = ""
    text_hash: str = ""
    characters: int = 0

    @property
    def named(self) -> str:
        """As it is spoken of."""
        return self.title or self.url or f"Text {self.text_hash[:12]}"


@dataclass(frozen=True, slots=True)
class SharedMark:
    """A mark as the file has it, and its id."""

    line: MarkLine
    id: str
    held: Mapping[str, Any]

    @property
    def anchors(self) -> tuple[Anchor | None, ...]:
        """What finds each of its parts in another copy of the text."""
        words, number = self.held.get("words"), len(self.line.spans)
        found = tuple(map(read, words)) if isinstance(words, list) else ()
        return found if len(found) == number else (None,) * number

    @property
    def plain(self) -> Plain:
        """What the file says of it in words."""
        quote = "" if self.line.parts else text_at(self.held, "quote")
        return Plain(quote, text_at(self.held, "prefix"), text_at(self.held, "suffix"))


class SharedFile:
    """Open it with `with`. Raises UserError for what is no such file, is damaged, or was made by a newer program."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise UserError(f"There is no file {path}.") from None
        except _DAMAGED:
            raise self._none() from None
        heads = [each for each in self._zip.namelist() if each == HEAD or each.endswith(f"/{HEAD}")]
        if not heads:
            raise self._none()
        self._folder = min(heads, key=len).removesuffix(HEAD)
        self.head = self._object(HEAD)
        if self.head.get("kind") != KIND:
            raise self._none()
        if self.head.get("form") != FORM:
            raise UserError(f"{self.name} was made by a newer Postil; update this one to read it.")

    @property
    def title(self) -> str:
        """Of the project it came from."""
        return text_at(self.head, "title")

    def articles(self) -> list[SharedArticle]:
        """All of them, in the order of the file."""
        return [_article(held) for _, held in self._lines("articles.jsonl") if isinstance(held, dict)]

    def taxonomies(self) -> list[Taxonomy]:
        """In the order in which the project had them."""
        slugs = self.head.get("taxonomies")
        names = [f"taxonomies/{slug}.json" for slug in (slugs if isinstance(slugs, list) else [])]
        return [read_json(self._whole(name).decode("utf-8", "replace")) for name in names]

    def marks(self) -> Iterator[SharedMark | BadLine]:
        """One a line, by article."""
        for number, held in self._lines("highlights.jsonl"):
            yield _mark(number, held)

    def relations(self) -> list[RelationLine]:
        """The links between its marks, which they name by their ids."""
        return [
            _relation(held)
            for _, held in self._lines("relations.jsonl", needed=False)
            if isinstance(held, dict)
        ]

    def answers(self) -> Iterator[tuple[int, Any]]:
        """Answers about whole articles as they stand, each with the number of its line."""
        return self._lines("answers.jsonl", needed=False)

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _lines(self, member: str, *, needed: bool = True) -> Iterator[tuple[int, Any]]:
        """Number and value of each line; None for what is no JSON."""
        if not needed and self._folder + member not in self._zip.namelist():
            return
        try:
            with self._zip.open(self._folder + member) as lines:
                number = 0
                while line := lines.readline(LONGEST):
                    number += 1
                    yield number, _json(line) if len(line) < LONGEST else None
        except KeyError:
            raise self._damaged(member) from None
        except _DAMAGED:
            raise self._damaged(member) from None

    def _whole(self, member: str) -> bytes:
        try:
            with self._zip.open(self._folder + member) as held:
                data = held.read(LONGEST)
        except (KeyError, *_DAMAGED):
            raise self._damaged(member) from None
        return data

    def _object(self, member: str) -> dict[str, Any]:
        held = _json(self._whole(member))
        if not isinstance(held, dict):
            raise self._damaged(member)
        return held

    def _none(self) -> UserError:
        return UserError(f"{self.name} is no coding without texts, as `export --format standoff` writes it.")

    def _damaged(self, member: str) -> UserError:
        return UserError(f"{self.name} is damaged: {member} in it is missing or cannot be read.")


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _article(held: Mapping[str, Any]) -> SharedArticle:
    characters = held.get("characters")
    return SharedArticle(
        **{name: text_at(held, name) for name in ABOUT},
        characters=characters if isinstance(characters, int) else 0,
    )


def _mark(number: int, held: Any) -> SharedMark | BadLine:
    if not isinstance(held, dict):
        return BadLine(number, "no JSON object")
    line = parsed_mark(number, {name: value for name, value in held.items() if name != "quote"})
    return line if isinstance(line, BadLine) else SharedMark(line, text_at(held, "id"), held)


def _relation(held: Mapping[str, Any]) -> RelationLine:
    said = {
        name: text_at(held, name)
        for name in ("source", "target", "type", "coder", "memo", "created", "modified")
    }
    return RelationLine(label=text_at(held, "relation"), symmetric=held.get("symmetric") is True, **said)
