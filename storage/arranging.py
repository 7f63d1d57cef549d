"""How what was chosen goes out: coders' names, words around quotes, fields, order, parts for training and testing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotate.errors import UserError
from annotate.shapes import PARTS
from annotate.splitting import Item, Split, divided
from storage import near
from storage.choosing import Choice, condition
from storage.project import Project

ORDERS = {  # what articles stand by, as SQL
    "imported": "a.number",
    "date": "a.date = '' OR a.date IS NULL, a.date, a.number",
    "title": "a.title COLLATE NOCASE, a.number",
    "outlet": "a.outlet = '' OR a.outlet IS NULL, a.outlet COLLATE NOCASE, a.number",
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`context`: words before and behind each quote. `fields`: which own fields of articles go along, None for all.

    `part` of the `split` goes out alone, all of it where it is empty.
    """

    anonymous: bool = False
    context: int = 0
    fields: tuple[str, ...] | None = None
    order: str = "imported"
    split: Split | None = None
    part: str = ""

    def __post_init__(self) -> None:
        if self.order not in ORDERS:
            raise UserError(f"There is no order “{self.order}”; there are {', '.join(ORDERS)}.")
        if self.part and self.part not in PARTS:
            raise UserError(f"There is no part “{self.part}”; there are {', '.join(PARTS)}.")
        if self.part and self.split is None:
            raise UserError(f"A part ({self.part}) needs a split, as 80/10/10.")


PLAIN = Arrangement()


class Divider:
    """Shares articles out; near duplicates are looked for once, and again when the project has changed. The parts of
    the choice asked for last are kept as long.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._step = -1
        self._together: Mapping[str, str] = {}
        self._last: tuple[Choice, Split, Mapping[str, str]] | None = None

    def parts(self, choice: Choice, split: Split) -> Mapping[str, str]:
        """The part of every article that is chosen, by id; evenly by the code that most of its chosen marks have."""
        if self._step != self._project.last_step():
            self._step, self._together = self._project.last_step(), near.groups(self._project)
            self._last = None
        if self._last is None or self._last[:2] != (choice, split):
            self._last = (choice, split, divided(self._items(choice), self._together, split))
        return self._last[2]

    def parted(self, choice: Choice, arrangement: Arrangement) -> Choice:
        """The choice with no articles but those of the part that goes out."""
        if arrangement.split is None or not arrangement.part:
            return choice
        parts = self.parts(choice, arrangement.split)
        return replace(choice, articles=[id for id, part in parts.items() if part == arrangement.part])

    def _items(self, choice: Choice) -> list[Item]:
        where, parameters = condition(choice, "a.id")
        main = self._main_codes(choice)
        found = self._project.rows(f"SELECT a.id, a.hash FROM article a {where}", parameters)
        return [Item(id, hash, main.get(id, "")) for id, hash in found]

    def _main_codes(self, choice: Choice) -> dict[str, str]:
        where, parameters = condition(choice)
        found = self._project.rows(
            f"""SELECT h.article, h.code, count(*) FROM article a JOIN highlight h ON h.article = a.id {where}
                GROUP BY h.article, h.code ORDER BY count(*), h.code DESC""",
            parameters,
        )
        return {article: code or "" for article, code, _ in found}


def numbered(project: Project) -> dict[str, str]:
    """Coder 1, Coder 2 and so on for each coder's name: by their first marks, those without any last."""
    found = project.rows(
        """SELECT k.name FROM coder k LEFT JOIN highlight h ON h.coder = k.id
           GROUP BY k.id ORDER BY min(h.created) IS NULL, min(h.created), min(h.id), k.created, k.name"""
    )
    return {name: f"Coder {number}" for number, (name,) in enumerate(found, 1)}
