"""Relations that came with marks, into the project: their types looked up or made, what does not fit counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.marks import RelationLine, utc
from annotate.relations import Relation, RelationType, fits
from storage import coders, relations, taxonomies
from storage.steps import Row, Step


@dataclass(slots=True)
class RelationsTaken:
    """`left` counts the others by what is wrong with them."""

    added: int = 0
    left: Counter[str] = field(default_factory=Counter)

    def notes(self) -> Iterator[str]:
        for why, number in self.left.items():
            yield f"Left out: relations {why} ({number:,})."


def take_relations(
    step: Step, found: Sequence[RelationLine], marks: Mapping[str, str], coder: str = ""
) -> RelationsTaken:
    """Adds the relations between `marks` (key in the file -> id in the project). One that names no coder is `coder`'s,
    else that of the mark it starts from.

    A type is the same by its id, else by its label where it fits; one that is not there is made in the taxonomy of
    the codes that it links.
    """
    taken = RelationsTaken()
    if not found:
        return taken
    rows = step.rows("highlight", [*marks.values()])
    types = _Types(step, rows)
    for line in found:
        source, target = rows.get(marks.get(line.source, "")), rows.get(marks.get(line.target, ""))
        if source is None or target is None:
            taken.left["whose marks did not come in"] += 1
            continue
        type = types.of(line, source, target)
        if type is None:
            taken.left["between marks without a code, whose type the project does not have"] += 1
            continue
        name = line.coder or coder
        whose = coders.ensure(step, name) if name.strip() else source["coder"]
        at = utc(line.created) or now()
        made = Relation(
            new_id(), source["article"], whose, type.id, source["id"], target["id"], line.memo, at,
            utc(line.modified) or at,
        )  # fmt: skip
        try:
            relations.add(step, [made])
            taken.added += 1
        except UserError as error:
            already = "already" in str(error)
            taken.left["that were there already" if already else "that do not fit their type"] += 1
    return taken


class _Types:
    """The types of the project, and those that are made on the way."""

    def __init__(self, step: Step, marks: Mapping[str, Row]) -> None:
        self._step = step
        rows = step.db.conn.execute(
            f"SELECT {relations.TYPE_FIELDS} FROM relation_type ORDER BY position, id"
        )
        self._held = [relations.type_from(row) for row in rows.fetchall()]
        used = sorted({row["code"] for row in marks.values() if row["code"]})
        self._codes = taxonomies.codes_of(step, used)
        waiting = [code.parent for code in self._codes.values() if code.parent]
        while waiting:
            above = taxonomies.codes_of(step, [id for id in waiting if id not in self._codes])
            self._codes |= above
            waiting = [code.parent for code in above.values() if code.parent]

    def of(self, line: RelationLine, source: Row, target: Row) -> RelationType | None:
        """The type of a relation; None where there is none, and no code to say in which taxonomy it belongs."""
        label = " ".join(line.label.split()) or "is related to"
        by_id = next((type for type in self._held if type.id == line.type), None)
        if by_id is not None:
            return by_id
        alike = [type for type in self._held if type.label.casefold() == label.casefold()]
        fitting = [type for type in alike if fits(type, source["code"], target["code"], self._codes)]
        if fitting or alike:
            return (fitting or alike)[0]
        code = self._codes.get(source["code"] or target["code"] or "")
        if code is None:
            return None
        made = relations.make_type(code.taxonomy, label, symmetric=line.symmetric, colour="slate")
        relations.add_types(self._step, [made])
        self._held.append(made)
        return made
