"""What is done to codes: each one step, with a label that says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from annotate.code_copies import by_label, by_notation, in_new_order
from annotate.errors import UserError
from annotate.examples import written
from annotate.ids import new_id
from annotate.languages import labels_of
from annotate.model import Code, Taxonomy
from storage import Step, restructuring, standards, taxonomies, taxonomy_versions
from storage.restructuring import Merged
from ui.codes.moving import moved_to, topmost
from ui.session import Session

OWN_TITLE = "Own codes"


def named(session: Session, ids: Sequence[str]) -> str:
    """`“Economic”`, or `3 codes`."""
    if len(ids) == 1 and ids[0] in session.codes:
        return f"“{session.codes[ids[0]].label}”"
    return f"{len(ids):,} codes"


def place_name(session: Session, taxonomy: str, parent: str | None) -> str:
    if parent is not None:
        return session.codes[parent].label
    return next(each.title for each in session.taxonomies if each.id == taxonomy)


def rename(session: Session, taxonomy: Taxonomy, code: Code | None, label: str) -> bool:
    """Gives a code another label, or the taxonomy another title."""
    label = " ".join(label.split())
    before = code.label if code else taxonomy.title
    if not label or label == before:
        return False
    step = f"Rename “{before}” to “{label}”"
    if code:
        values = label_values(session, code, label)
        return session.do(step, lambda s: taxonomies.edit_codes(s, [code.id], **values)) is not None
    return session.do(step, lambda s: taxonomies.rename_taxonomy(s, taxonomy.id, label)) is not None


def label_values(session: Session, code: Code, label: str) -> dict[str, Any]:
    """The fields that change when what is shown as a code's label becomes another: its label, or that in the
    language which is shown.
    """
    shown = next((each.shown for each in session.taxonomies if each.id == code.taxonomy), "")
    if code.label != dict(code.labels).get(shown):
        return {"label": label}
    return {"labels": labels_of(dict(code.labels) | {shown: label})}


def recolour(session: Session, ids: Sequence[str], colour: str) -> bool:
    """`colour` is a palette name, #rrggbb, or empty: the parent's."""
    label = f"Recolour {named(session, ids)}"
    return session.do(label, lambda s: taxonomies.edit_codes(s, ids, colour=colour)) is not None


def edit(session: Session, code: Code, values: dict[str, Any], reason: str = "") -> bool:
    """Changes fields of one code; a key that another code has is taken from that one. The reason goes into
    the taxonomy's log of changes.
    """
    changed = {name: value for name, value in values.items() if getattr(code, name) != value}
    if not changed:
        return True
    if "label" in changed:
        changed |= label_values(session, code, changed.pop("label"))
    key = changed.get("shortcut")

    def work(step: Step) -> None:
        release_key(session, step, key, code.id)
        taxonomies.edit_codes(step, [code.id], reason=reason, **changed)

    return session.do(f"Edit “{code.label}”", work) is not None


def add(session: Session, code: Code) -> bool:
    """Adds a code behind its last sibling."""

    def work(step: Step) -> None:
        release_key(session, step, code.shortcut, code.id)
        taxonomies.add_codes(step, [code])

    return session.do(f"New code “{code.label}”", work) is not None


def add_many(session: Session, codes: Sequence[Code], label: str) -> bool:
    """Adds codes, parents first, each behind its last sibling."""
    return session.do(label, lambda step: taxonomies.add_codes(step, codes)) is not None


def sort_children(session: Session, taxonomy: str, parent: str | None, way: str) -> bool:
    """Puts what hangs under `parent` in order: by "notation", "label", or "highlights", the most first."""
    codes = [code for code in session.codes.values() if code.taxonomy == taxonomy]
    counts = session.counts()
    keys: dict[str, Callable[[Code], Any]] = {
        "notation": by_notation,
        "label": by_label,
        "highlights": lambda code: -counts.get(code.id, 0),
    }
    changed = in_new_order(codes, parent, keys[way])
    if not changed:
        session.said.emit(f"They stand in the order of their {way} already.")
        return False
    label = f"Sort what is under “{place_name(session, taxonomy, parent)}” by {way}"
    return session.do(label, lambda step: taxonomies.move_codes(step, changed)) is not None


def stored_taxonomy(session: Session, id: str) -> Taxonomy:
    """A taxonomy as it is stored, whatever language is shown."""
    return next(each for each in taxonomies.all_taxonomies(session.project) if each.id == id)


def stored_codes(session: Session) -> dict[str, Code]:
    """Every code as it is stored, by its id, in tree order."""
    return {code.id: code for each in taxonomies.all_taxonomies(session.project) for code in each.codes}


def release_key(session: Session, step: Step, key: str | None, taker: str) -> None:
    """No two codes answer to one key."""
    if key:
        held = [
            c.id for c in session.codes.values() if c.shortcut.casefold() == key.casefold() and not c.retired
        ]
        taxonomies.edit_codes(step, [id for id in held if id != taker], shortcut="")


def own_taxonomy(session: Session) -> Taxonomy | None:
    """The taxonomy for codes of one's own: the last that was begun here, not shipped."""
    own = session.own_taxonomies()
    return own[-1] if own else None


def start_taxonomy(session: Session, title: str) -> str | None:
    """Adds an empty taxonomy; gives its id."""
    made = empty_taxonomy(session, title)
    done = session.do(f"Start taxonomy “{made.title}”", lambda step: taxonomies.add(step, made))
    return made.id if done else None


def empty_taxonomy(session: Session, title: str) -> Taxonomy:
    """A taxonomy without codes under a title and slug of its own."""
    title = " ".join(title.split()) or OWN_TITLE
    slug = base = "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split()) or "codes"
    taken = {each.slug for each in session.taxonomies}
    number = 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return Taxonomy(new_id(), slug, title)


def move(session: Session, ids: Sequence[str], taxonomy: str, parent: str | None, place: int) -> bool:
    """Puts codes before the `place`-th child of `parent` (or among the roots of the taxonomy)."""
    try:
        changed = moved_to(session.taxonomies, ids, taxonomy, parent, place)
    except UserError as error:
        session.failed.emit(str(error))
        return False
    if not changed:
        return False
    label = f"Move {named(session, ids)} under “{place_name(session, taxonomy, parent)}”"
    return session.do(label, lambda step: taxonomies.move_codes(step, changed)) is not None


def nudge(session: Session, ids: Sequence[str], way: str) -> bool:
    """Moves codes "up" or "down" among their siblings, "in" under the one before, "out" beside the parent."""
    everything = list(session.codes.values())
    roots = topmost(everything, ids)
    if not roots or any(
        (each.taxonomy, each.parent) != (roots[0].taxonomy, roots[0].parent) for each in roots
    ):
        return False
    first = roots[0]
    picked = [each.id for each in roots]
    beside = [c for c in everything if (c.taxonomy, c.parent) == (first.taxonomy, first.parent)]
    places = {code.id: place for place, code in enumerate(beside)}
    family = [c.id for c in beside if not c.retired or c.id in picked]
    top, bottom = family.index(first.id), family.index(roots[-1].id)
    match way:
        case "up" if top > 0:
            return move(session, picked, first.taxonomy, first.parent, places[family[top - 1]])
        case "down" if bottom + 1 < len(family):
            return move(session, picked, first.taxonomy, first.parent, places[family[bottom + 1]] + 1)
        case "in" if top > 0:
            under = family[top - 1]
            count = sum(c.parent == under for c in everything)
            return move(session, picked, first.taxonomy, under, count)
        case "out" if first.parent is not None:
            above = session.codes[first.parent]
            around = [c.id for c in everything if (c.taxonomy, c.parent) == (above.taxonomy, above.parent)]
            return move(session, picked, above.taxonomy, above.parent, around.index(above.id) + 1)
    return False


def delete(session: Session, ids: Sequence[str], marks: str = "keep", to: str | None = None) -> bool:
    """Deletes codes with all below them; `marks` says what becomes of their highlights (storage.taxonomies)."""
    label = f"Delete {named(session, ids)}"
    return session.do(label, lambda step: taxonomies.remove_codes(step, ids, marks=marks, to=to)) is not None


def remove_taxonomy(session: Session, id: str, marks: str = "keep") -> bool:
    """Takes a taxonomy out with all its codes."""
    label = f"Remove taxonomy “{place_name(session, id, None)}”"
    return session.do(label, lambda step: taxonomies.remove_taxonomy(step, id, marks=marks)) is not None


def lock(session: Session, taxonomy: Taxonomy, locked: bool) -> bool:
    """Locks a taxonomy as a standard, or opens it again."""
    label = f"Lock “{taxonomy.title}” as a standard" if locked else f"Unlock “{taxonomy.title}”"
    work = standards.lock if locked else standards.unlock
    done = session.do(label, lambda step: work(step, taxonomy.id)) is not None
    if done and locked:
        session.said.emit("Its codes stay as they are now; codes of your own go below them.")
    return done


def with_below(session: Session, ids: Sequence[str]) -> list[str]:
    """The codes and all below them, in tree order."""
    held = set(ids)
    for code in session.codes.values():
        if code.parent in held:
            held.add(code.id)
    return [id for id in session.codes if id in held]


def marks_of(session: Session, ids: Sequence[str]) -> int:
    """How many highlights these codes and those below them have in the project."""
    counts = session.counts()
    return sum(counts.get(id, 0) for id in with_below(session, ids))


def toggle_hidden(session: Session, ids: Sequence[str]) -> None:
    """Hides the highlights of these codes and those below, or shows them if all are hidden."""
    concerned = frozenset(with_below(session, ids))
    hidden = session.hidden_codes
    session.hide_codes(hidden - concerned if concerned <= hidden else hidden | concerned)


def merge(session: Session, ids: Sequence[str], target: str, reason: str = "") -> Merged | None:
    """Puts the highlights of codes under `target` and takes the codes out."""
    done: list[Merged] = []
    label = f"Merge {named(session, ids)} into “{session.codes[target].label}”"
    session.do(label, lambda step: done.append(restructuring.merge(step, ids, target, reason)))
    return done[0] if done else None


def retire(session: Session, ids: Sequence[str], reason: str = "") -> bool:
    """Keeps codes for the highlights they have, and offers them no more."""
    label = f"Retire {named(session, ids)}"
    return session.do(label, lambda step: restructuring.retire(step, ids, reason)) is not None


def replace_by(session: Session, id: str, by: str, reason: str = "", *, marks: bool = False) -> bool:
    """Retires a code in favour of another, which gets its highlights where `marks` says so."""
    label = f"Replace {named(session, [id])} by “{session.codes[by].label}”"
    work = partial(restructuring.replace_by, code=id, by=by, reason=reason, marks=marks)
    return session.do(label, work) is not None


def bring_back(session: Session, ids: Sequence[str]) -> bool:
    """Offers retired codes again."""
    label = f"Bring back {named(session, ids)}"
    return session.do(label, lambda step: restructuring.bring_back(step, ids)) is not None


def freeze(session: Session, taxonomy: str, number: str, note: str = "") -> bool:
    """Keeps the codes as they stand under this number."""
    label = f"Freeze {place_name(session, taxonomy, None)} {number}"
    done = session.do(label, lambda step: taxonomy_versions.freeze(step, taxonomy, number, note))
    return done is not None


def add_example(session: Session, code: Code, quote: str, source: str, *, against: bool = False) -> bool:
    """Writes a passage, with where it stands, among the examples of a code, or among those against it."""
    field = "counter_examples" if against else "examples"
    line = written(quote, source)
    known = str(getattr(code, field))
    if line in known.split("\n"):
        session.said.emit(f"That passage is among the examples of “{code.label}” already.")
        return False
    label = f"{'Counter-example' if against else 'Example'} for “{code.label}”"
    longer = "\n".join(filter(None, (known.rstrip(), line)))
    done = session.do(label, lambda step: taxonomies.edit_codes(step, [code.id], **{field: longer}))
    if done:
        session.said.emit(f"{label} taken.")
    return done is not None
