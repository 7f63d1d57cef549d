"""All that is chosen of an export, in the words of the command line: what the sheet, a command and a preset share."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from annotate.crosswalks import Crosswalk, turned
from annotate.errors import UserError
from annotate.splitting import split_of
from annotate.writers import Dataset, Options
from storage import Project, crosswalks, exchange, presets
from storage.at_standard import at_standard
from storage.exchange import Arrangement, Choice, Divider
from storage.through import through
from ui.formats import writers

KIND = "export"  # of the presets that hold these choices
LISTS = {
    "coders": "--coder",
    "codes": "--code",
    "articles": "--article",
    "states": "--state",
    "rounds": "--round",
}
SWITCHES = {
    "anonymous": "--anonymous",
    "no_text": "--no-text",
    "for_spreadsheet": "--for-spreadsheet",
    "no_memos": "--no-memos",
    "back": "--back",
    "standard": "--standard",
}
SHARING = ("quotes_up_to", "context_words", "no_memos")  # of coding without texts alone
VALUES = {
    "whose": "--whose",
    "filter": "--filter",
    "order": "--order",
    "context": "--context",
    "split": "--split",
    "seed": "--seed",
    "part": "--part",
    "shape": "--shape",
    "values": "--values",
    "unit": "--unit",
    "token_edges": "--token-edges",
    "quotes_up_to": "--quotes-up-to",
    "context_words": "--context-words",
    "through": "--through",
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """`format` is empty where none is named. `fields`: own fields of articles, None for all of them."""

    format: str = ""
    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    whose: str = "all"
    filter: str = ""
    anonymous: bool = False
    fields: tuple[str, ...] | None = None
    order: str = "imported"
    context: int = 0
    no_text: bool = False
    split: str = ""
    seed: int = 0
    part: str = ""
    for_spreadsheet: bool = False
    shape: str = "long"
    values: str = "binary"
    unit: str = "sentence"
    token_edges: str = "widen"
    quotes_up_to: int = 0
    context_words: int = 0
    no_memos: bool = False
    through: str = ""  # the title of a crosswalk, under whose codes marks go out
    back: bool = False  # through it the other way
    standard: bool = False  # own codes go out as the standard's above

    def check(self) -> None:
        """Raises UserError where choices are made that the format has not."""
        for name in SHARING:
            if getattr(self, name) and self.format != "standoff":
                option = "--" + name.replace("_", "-")
                raise UserError(f"{option} belongs to --format standoff, the coding without texts.")

    def crosswalk(self, project: Project) -> Crosswalk | None:
        """The one chosen, in the direction that is meant. Raises UserError where it is gone."""
        if not self.through:
            return None
        found = crosswalks.named(project, self.through)
        return turned(found) if self.back else found

    def dataset(self, project: Project, choice: Choice, divider: Divider) -> Dataset:
        """What goes out; `choice` is what `choice` gave."""
        arrangement = self.arrangement()
        text = writers.reads_text(self.format, self.options())
        whole = exchange.dataset(project, choice, arrangement, text=text, divider=divider)
        going = divider.parted(choice, arrangement)
        if self.standard:
            whole = at_standard(project, whole, going)
        walk = self.crosswalk(project)
        return whole if walk is None else through(project, whole, walk, going)

    def choice(self, project: Project) -> Choice:
        """Raises UserError for a name that is not there."""
        return exchange.choice(
            project,
            coders=self.coders,
            codes=self.codes,
            articles=self.articles,
            states=self.states,
            rounds=self.rounds,
            filter=self.filter,
            whose=self.whose,
        )

    def arrangement(self) -> Arrangement:
        """Raises UserError for what is no split, part or order."""
        split = split_of(self.split, self.seed)
        return Arrangement(self.anonymous, self.context, self.fields, self.order, split, self.part)

    def options(self) -> Options:
        return Options(
            not self.no_text, self.for_spreadsheet, self.shape, self.values, self.unit,
            self.token_edges == "widen", self.quotes_up_to, self.context_words, not self.no_memos,
            context=self.context, split=bool(self.split), fields=self.fields or (),
        )  # fmt: skip

    def command(self, project: Path, out: str) -> str:
        """The command that writes the same."""
        return shlex.join(["postil", "export", str(project), out, *self._words()])

    def _words(self) -> Iterator[str]:
        if self.format:
            yield from ("--format", self.format)
        for name, option in LISTS.items():
            for value in getattr(self, name):
                yield from (option, value)
        if self.fields is not None:
            for value in self.fields or ("",):
                yield from ("--field", value)
        for name, option in VALUES.items():
            if getattr(self, name) != getattr(NOTHING, name):
                yield from (option, str(getattr(self, name)))
        for name, option in SWITCHES.items():
            if getattr(self, name):
                yield option


NOTHING = Chosen()


def chosen_of(held: Mapping[str, Any]) -> Chosen:
    """What a preset holds; what is not known is passed over, and what it lacks is as nothing chosen."""
    known = {each.name for each in fields(Chosen)}
    said: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in held.items()
        if name in known and (value is not None or name == "fields")
    }
    return Chosen(**said)


def with_preset(project: Project, name: str, stated: Chosen, given: Set[str]) -> Chosen:
    """What is stated, on top of a preset: what was `given` outright goes before it. Raises UserError."""
    if not name:
        return stated
    known = presets.kept(project, KIND)
    if name not in known:
        raise UserError(f"There is no preset “{name}”; there are {', '.join(known) or 'none yet'}.")
    return replace(chosen_of(known[name]), **{key: getattr(stated, key) for key in given})


def keep(project: Project, name: str, chosen: Chosen) -> None:
    """Keeps it as a preset; one of the same name is replaced."""
    presets.keep(project, KIND, name, asdict(chosen))
