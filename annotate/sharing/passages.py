"""Passages of the texts that stand where one would not look for them: in the examples of codes, in own fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotate.model import Code, Taxonomy
from annotate.text import word_count

FIELDS = ("examples", "counter_examples")
LONGEST_FIELD = 25  # words in an own field of an article; what is longer is text
PHRASE = 3  # words that are nobody’s
_TAKEN = re.compile(r"“(.*)” \(.*\)")  # as a passage is taken for an example in the window


def short_fields(attributes: Mapping[str, str]) -> dict[str, str]:
    """The own fields of an article that hold no text."""
    return {name: value for name, value in attributes.items() if word_count(value) <= LONGEST_FIELD}


@dataclass(slots=True)
class Passages:
    """Leaves examples of more than `most` words out that were taken from the texts it was shown."""

    most: int
    left_out: int = 0
    _suspects: dict[str, bool] = field(default_factory=dict)  # by passage: whether it stands in a text

    def suspect(self, taxonomies: Iterable[Taxonomy]) -> None:
        """Notes what is to be looked for."""
        for code in (code for taxonomy in taxonomies for code in taxonomy.codes):
            for name in FIELDS:
                for line in getattr(code, name).split("\n"):
                    passage, taken = _passage(line)
                    if word_count(passage) > self.most:
                        self._suspects[passage] = taken or self._suspects.get(passage, False)

    def look(self, text: str) -> None:
        """Looks for them in a text."""
        open_ = [passage for passage, found in self._suspects.items() if not found]
        if open_:
            plain = " ".join(text.split())
            self._suspects |= {passage: True for passage in open_ if passage in plain}

    def without(self, taxonomies: Sequence[Taxonomy]) -> tuple[Taxonomy, ...]:
        """The taxonomies without them; to be asked when all texts were looked at."""
        return tuple(replace(each, codes=self.without_in(each.codes)) for each in taxonomies)

    def without_in(self, codes: Iterable[Code]) -> tuple[Code, ...]:
        return tuple(
            replace(
                code,
                examples=self._kept(code.examples),
                counter_examples=self._kept(code.counter_examples),
            )
            for code in codes
        )

    def _kept(self, examples: str) -> str:
        lines = examples.split("\n")
        kept = [line for line in lines if not self._suspects.get(_passage(line)[0])]
        self.left_out += len(lines) - len(kept)
        return "\n".join(kept)


def _passage(line: str) -> tuple[str, bool]:
    """What a line of examples quotes, and whether it was taken from a text in the window."""
    taken = _TAKEN.fullmatch(line.strip())
    return " ".join((taken[1] if taken else line).split()).strip('“”"'), bool(taken)
