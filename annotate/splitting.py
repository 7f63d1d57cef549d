"""Articles shared out for training and testing: by a seed, near duplicates together, each code's articles alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotate.errors import UserError
from annotate.shapes import PARTS


@dataclass(frozen=True, slots=True)
class Split:
    """`shares` of train, dev and test, which make 1 together."""

    shares: tuple[float, float, float]
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """An article: its id, the hash of its text, and what it should be shared out evenly by (its main code)."""

    id: str
    hash: str
    stratum: str = ""


def split_of(said: str, seed: int = 0) -> Split | None:
    """`80/10/10` or `80/20` (train and test); None for nothing. Raises UserError for anything else."""
    if not said.strip():
        return None
    try:
        numbers = [float(each) for each in said.split("/")]
    except ValueError:
        numbers = []
    if len(numbers) == 2:
        numbers.insert(1, 0.0)
    if len(numbers) != 3 or not all(0 <= each < 1e6 for each in numbers) or not sum(numbers):
        raise UserError(f"“{said}” is no split; write shares of train, dev and test as 80/10/10.")
    train, dev, test = (each / sum(numbers) for each in numbers)
    return Split((train, dev, test), seed)


def divided(items: Iterable[Item], together: Mapping[str, str], split: Split) -> dict[str, str]:
    """The part of each article, by id. Those of one name in `together` share a part.

    Groups come in the order of a hash of their text and the seed, stratum by stratum, and each goes to the part that
    lacks most; so the same articles give the same parts, whatever their order, and no part is off its share by more
    than a group.
    """
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(together.get(item.id, item.id), []).append(item)
    firsts = {name: min(group, key=lambda item: (item.hash, item.id)) for name, group in groups.items()}
    order = sorted(groups, key=lambda name: (firsts[name].stratum, _drawn(firsts[name], split.seed)))
    found: dict[str, str] = {}
    held, total = [0, 0, 0], 0
    for name in order:
        total += len(groups[name])
        lacking = [
            share * total - have if share else -1.0 * total - 1
            for share, have in zip(split.shares, held, strict=True)
        ]
        part = lacking.index(max(lacking))
        held[part] += len(groups[name])
        found.update((item.id, PARTS[part]) for item in groups[name])
    return found


def _drawn(item: Item, seed: int) -> tuple[str, str]:
    return hashlib.sha256(f"{seed} {item.hash}".encode()).hexdigest(), item.id
