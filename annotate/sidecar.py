"""What a format of several files cannot say, in a file `postil.json` beside them, which other programs pass over.

So a dataset that goes out and comes back has its codes, coders and articles again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from annotate.codebook_files import read_json, write_json
from annotate.errors import UserError
from annotate.model import Draft, Taxonomy
from annotate.text import normalise

if TYPE_CHECKING:
    from annotate.writers.dataset import CodedArticle

FILE = "postil.json"
FIELDS = ("title", "outlet", "author", "date", "url", "language")


@dataclass(slots=True)
class Sidecar:
    """`types` are codes' ids by the name they have in the files, `coders` and `articles` by a name of theirs."""

    types: dict[str, str] = field(default_factory=dict)
    coders: dict[str, str] = field(default_factory=dict)
    articles: dict[str, dict[str, Any]] = field(default_factory=dict)
    taxonomies: Sequence[Taxonomy] = ()
    relations: dict[str, str] = field(default_factory=dict)  # ids of relation types

    def know(self, name: str, article: CodedArticle) -> None:
        """Notes what is known of an article that goes out under this name."""
        said: dict[str, Any] = {each: getattr(article, each) for each in FIELDS if getattr(article, each)}
        self.articles[name] = said | ({"attributes": dict(article.attributes)} if article.attributes else {})

    def draft(self, name: str, text: str) -> Draft:
        """The article that went out under this name; if none did, the name is its title."""
        held = self.articles.get(name, {"title": name})
        said = {each: normalise(value) for each in FIELDS if isinstance(value := held.get(each), str)}
        attributes = held.get("attributes")
        own = (
            {str(key): str(value) for key, value in attributes.items()}
            if isinstance(attributes, dict)
            else {}
        )
        return Draft(text, attributes=own, **said)  # type: ignore[arg-type]

    def to_json(self) -> bytes:
        codebooks = [json.loads(write_json(taxonomy)) for taxonomy in self.taxonomies]
        held: dict[str, Any] = {
            "types": self.types,
            "coders": self.coders,
            "articles": self.articles,
            "codebooks": codebooks,
        }
        if self.relations:
            held["relations"] = self.relations
        return json.dumps(held, ensure_ascii=False, indent=1).encode()


def from_json(data: bytes) -> Sidecar:
    """What `to_json` wrote; whatever is not in shape is passed over."""
    try:
        held = json.loads(data)
    except (ValueError, RecursionError):
        return Sidecar()
    if not isinstance(held, dict):
        return Sidecar()
    articles = held.get("articles")
    found = Sidecar(_texts(held.get("types")), _texts(held.get("coders")))
    found.relations = _texts(held.get("relations"))
    if isinstance(articles, dict):
        found.articles = {name: each for name, each in articles.items() if isinstance(each, dict)}
    books = held.get("codebooks")
    found.taxonomies = tuple(_taxonomies(books if isinstance(books, list) else []))
    return found


def type_names(taxonomies: Sequence[Taxonomy]) -> dict[str, str]:
    """For each code a name of ASCII letters, digits, - and _, each once: what many programs want of a type."""
    taken = {"Uncoded"}
    return {
        code.id: _name(f"{code.notation} {code.label}", "Code", taken)
        for taxonomy in taxonomies
        for code in taxonomy.codes
    }


def relation_names(taxonomies: Sequence[Taxonomy], types: Iterable[str]) -> dict[str, str]:
    """The same for each type of relations; none is called as one of `types`."""
    taken = {"Uncoded", *types}
    return {
        type.id: _name(type.label, "Relation", taken)
        for taxonomy in taxonomies
        for type in taxonomy.relation_types
    }


def _name(said: str, else_: str, taken: set[str]) -> str:
    plain = re.sub(r"[^A-Za-z0-9]+", "_", said).strip("_")[:60]
    return unused(plain if re.match("[A-Za-z]", plain) else f"{else_}_{plain}".rstrip("_"), taken)


def file_names(number: int, title: str) -> str:
    """A name for the files of the `number`-th article, without a suffix: safe on every system."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", title).strip("-").lower()[:40].rstrip("-")
    return f"{number:04}-{plain}" if plain else f"{number:04}"


def unused(name: str, taken: set[str]) -> str:
    """The name, or with a number behind it the first that is not taken in any case; it is taken then."""
    found, number = name, 1
    while found.lower() in taken or found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.update((found, found.lower()))
    return found


def _texts(held: object) -> dict[str, str]:
    if not isinstance(held, dict):
        return {}
    return {key: value for key, value in held.items() if isinstance(value, str)}


def _taxonomies(books: Sequence[Mapping[str, Any]]) -> list[Taxonomy]:
    found = []
    for book in books:
        try:
            found.append(read_json(json.dumps(book)))
        except UserError:
            continue
    return found
