"""Relations: typed links between two marks, and what their types let be linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.spoken import one_of

if TYPE_CHECKING:
    from annotate.model import Code

Ends = tuple[str, ...] | None  # codes with all below them; None: any mark, also one without a code


@frozen
class RelationType:
    """What a link means (“is addressed to”), and the codes it may start from and lead to.

    A symmetric one has no direction: its ends may be taken either way round.
    """

    id: str
    taxonomy: str
    label: str
    sources: Ends = None
    targets: Ends = None
    symmetric: bool = False
    colour: str = ""
    note: str = ""
    position: int = 0


@frozen
class Relation:
    """One coder's link from one mark of an article to another; `source` and `target` are ids of marks."""

    id: str
    article: str
    coder: str
    type: str
    source: str
    target: str
    memo: str = ""
    created: str = ""
    modified: str = ""

    def joins(self, one: str, other: str) -> bool:
        """Whether it links these two marks, in either direction."""
        return {self.source, self.target} == {one, other}

    def beyond(self, mark: str) -> str:
        """The mark at the other end."""
        return self.target if mark == self.source else self.source


def takes(ends: Ends, code: str | None, codes: Mapping[str, Code]) -> bool:
    """Whether a mark with this code may stand at an end."""
    if ends is None:
        return True
    wanted = set(ends)
    while code is not None:
        if code in wanted:
            return True
        known = codes.get(code)
        code = known.parent if known else None
    return False


def fits(type: RelationType, source: str | None, target: str | None, codes: Mapping[str, Code]) -> bool:
    """Whether marks with these codes may be linked in this direction; of a symmetric type, in any."""
    straight = takes(type.sources, source, codes) and takes(type.targets, target, codes)
    return straight or (
        type.symmetric and takes(type.sources, target, codes) and takes(type.targets, source, codes)
    )


def may_begin(type: RelationType, source: str | None, codes: Mapping[str, Code]) -> bool:
    """Whether a link of this type may start from a mark with this code."""
    return takes(type.sources, source, codes) or (type.symmetric and takes(type.targets, source, codes))


def why_not(type: RelationType, source: str | None, target: str | None, codes: Mapping[str, Code]) -> str:
    """The sentence that refuses a link; "" where it fits."""
    if fits(type, source, target, codes):
        return ""
    wrong_source = not takes(type.sources, source, codes)
    end, code = (type.sources, source) if wrong_source else (type.targets, target)
    verb = "joins" if type.symmetric else "starts from" if wrong_source else "leads to"
    name = codes[code].label if code is not None and code in codes else ""
    mark = f"one of “{name}”" if name else "one without a code"
    return f"“{type.label}” {verb} highlights of {named_ends(end, codes)}; this is {mark}."


def named_ends(ends: Ends, codes: Mapping[str, Code]) -> str:
    """The codes of an end in words: “Actor” or “Party”."""
    if ends is None:
        return "any code"
    return one_of(codes[id].label for id in ends if id in codes) or "no code (its codes were removed)"


def in_words(type: RelationType, codes: Mapping[str, Code]) -> str:
    """What may link to what: Actor → Claim."""
    ends = [
        "any" if each is None else ", ".join(codes[id].label for id in each if id in codes) or "no code"
        for each in (type.sources, type.targets)
    ]
    return f"{ends[0]} {'↔' if type.symmetric else '→'} {ends[1]}"


# ---------------------------------------------------------------- in files of taxonomies


def entries(types: Iterable[RelationType]) -> list[dict[str, Any]]:
    """Types as JSON and YAML have them; what is empty is left out."""
    return [
        {
            name: value
            for name, value in (
                ("id", type.id),
                ("label", type.label),
                ("sources", None if type.sources is None else list(type.sources)),
                ("targets", None if type.targets is None else list(type.targets)),
                ("symmetric", type.symmetric),
                ("colour", type.colour),
                ("note", type.note),
            )
            if value or value == []
        }
        for type in types
    ]


def from_entries(held: object, taxonomy: str, codes: Iterable[Code]) -> tuple[RelationType, ...]:
    """What `entries` made. Ends are named by id, notation or label. Raises UserError with the place that is wrong."""
    if not held:
        return ()
    if not isinstance(held, list):
        raise UserError("“relations” is no list.")
    names = _names(codes)
    found: dict[str, RelationType] = {}
    for number, entry in enumerate(held, 1):
        place = f"Relation {number}"
        if not isinstance(entry, Mapping) or not (label := " ".join(str(entry.get("label") or "").split())):
            raise UserError(f"{place}: it has no label.")
        id = str(entry.get("id") or f"{taxonomy}:relation:{label}")
        if id in found:
            raise UserError(f"{place}: the id “{id}” was already used.")
        sources, targets = (
            _ends(entry.get(each), f"{place}, {each}", names) for each in ("sources", "targets")
        )
        symmetric = str(entry.get("symmetric") or "").lower() in ("true", "yes", "1")
        colour, note = str(entry.get("colour") or ""), str(entry.get("note") or "")
        found[id] = RelationType(
            id, taxonomy, label, sources, targets, symmetric, colour, note, position=number - 1
        )
    return tuple(found.values())


def _names(codes: Iterable[Code]) -> dict[str, str]:
    """Ids of codes by what an end may call them: id before notation before label."""
    listed = list(codes)
    found: dict[str, str] = {}
    for field in ("label", "notation", "id"):
        found |= {getattr(code, field): code.id for code in reversed(listed) if getattr(code, field)}
    return found


def _ends(held: object, place: str, names: Mapping[str, str]) -> Ends:
    if held is None or held == "":
        return None
    listed = [held] if isinstance(held, str) else held
    if not isinstance(listed, Sequence):
        raise UserError(f"{place}: this is no list of codes.")
    for each in listed:
        if str(each) not in names:
            raise UserError(f"{place}: there is no code “{each}”.")
    return tuple(dict.fromkeys(names[str(each)] for each in listed))


def left_out(types: Sequence[RelationType]) -> Iterator[str]:
    """What a format without a place for them says."""
    if types:
        many = f"{len(types)} relation type{'s' if len(types) > 1 else ''}"
        yield f"Left out: {many}; JSON and YAML hold them."
