"""Which article of a project is which of a file: by its text, else by its address, else by title, outlet and date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from annotate.references import plain_words

_QUERY = re.compile(r"[?&](?:utm_\w+|fbclid|gclid|ref|cmpid)=[^&]*")


class By(StrEnum):
    """What an article was known by."""

    TEXT = "the same text"
    EARLIER = "an earlier version of its text"
    ADDRESS = "its address"
    TITLE = "title, outlet and date"


class Named(Protocol):
    """What is known of an article, here and in the file."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def outlet(self) -> str: ...

    @property
    def date(self) -> str: ...

    @property
    def url(self) -> str: ...


class Shared(Named, Protocol):
    @property
    def text_hash(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """The id of the project's article, and how it was found."""

    article: str
    by: By


@dataclass(slots=True)
class Pairs:
    """By the id in the file; each article of the project is in one pair at most."""

    found: dict[str, Pair] = field(default_factory=dict)
    several: dict[str, int] = field(default_factory=dict)  # how many it could be, where no pair could be made


def pair(
    shared: Sequence[Shared], held: Sequence[Named], now: Mapping[str, str], once: Mapping[str, str]
) -> Pairs:
    """`now` and `once`: ids of the project's articles by the hash of the text they have, or had once."""
    pairs = Pairs()
    free = {each.id: each for each in held}
    for by, hashes in ((By.TEXT, now), (By.EARLIER, once)):
        for each in shared:
            id = hashes.get(each.text_hash, "")
            if each.id not in pairs.found and id in free:
                pairs.found[each.id] = Pair(id, by)
                del free[id]
    for by, key in ((By.ADDRESS, _address), (By.TITLE, _title)):
        _by_name(pairs, shared, free, by, key)
    return pairs


def _by_name(
    pairs: Pairs, shared: Sequence[Shared], free: dict[str, Named], by: By, key: Callable[[Named], str]
) -> None:
    """Pairs those that can only be each other."""
    here, there = _named(free.values(), key), _named((s for s in shared if s.id not in pairs.found), key)
    for name, asking in there.items():
        fitting = {each.id: [one.id for one in here.get(name, ()) if agree(each, one)] for each in asking}
        asked = [id for ids in fitting.values() for id in ids]
        for id, ids in fitting.items():
            if len(ids) == 1 and asked.count(ids[0]) == 1:
                pairs.found[id] = Pair(ids[0], by)
                pairs.several.pop(id, None)
                del free[ids[0]]
            elif ids:
                pairs.several[id] = len(ids)


def agree(one: Named, other: Named) -> bool:
    """Whether dates and outlets are the same, as far as both are told."""
    dates = (
        not (one.date and other.date) or one.date.startswith(other.date) or other.date.startswith(one.date)
    )
    outlets = plain_words(one.outlet), plain_words(other.outlet)
    return dates and (not all(outlets) or outlets[0] == outlets[1])


def _named(articles: Iterable[Named], key: Callable[[Named], str]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = defaultdict(list)
    for each in articles:
        if name := key(each):
            found[name].append(each)
    return found


def _address(article: Named) -> str:
    """Without what differs between two links to one page."""
    plain = re.sub(r"^https?://(?:www\.|m\.|amp\.)?", "", article.url.strip().casefold())
    return _QUERY.sub("", plain.partition("#")[0]).rstrip("/?&")


def _title(article: Named) -> str:
    return plain_words(article.title)
