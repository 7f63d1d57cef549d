"""What the command `taxonomy` does with files: import, export, plan and update."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.codes import chosen_taxonomy
from ui.commands.corrections import coder_id
from ui.commands.group import reading, show, writing

if TYPE_CHECKING:
    from annotate.model import Taxonomy
    from annotate.taxonomy_files import Incoming, Wishes
    from annotate.taxonomy_plan import Plan


@dataclass(frozen=True, slots=True)
class Hangs:
    """What hangs on what a plan changes: marks on codes that the file lacks, answers that would fit no more."""

    marks: Mapping[str, int]
    unfit: Mapping[str, int]


def import_taxonomy(
    project: Path, target: str | None, wishes: Wishes, *, dry_run: bool, as_json: bool
) -> None:
    """Adds the taxonomy in a file, or one that is shipped; says what came and what did not."""
    from annotate.taxonomy import brings, load_shipped, shipped
    from annotate.taxonomy_files import Incoming
    from storage import taxonomies as stored

    if not target:
        raise UserError("Name the file to import, or the slug of a shipped taxonomy.")
    path = Path(target)
    if target in {each.slug for each in shipped()} and not path.exists():
        read = Incoming(load_shipped(target))
    else:
        read = _read(path, wishes)
    made = read.taxonomy
    if dry_run:
        with reading(project) as opened:
            _check_new(made, stored.all_taxonomies(opened))
    else:
        with writing(project) as opened:
            _check_new(made, stored.all_taxonomies(opened))
            opened.do(f"Add taxonomy “{made.title}”", lambda step: stored.add(step, made))
    if as_json:
        show(_as_json(read) | {"added": not dry_run})
        return
    with_it = brings(len(made.codes), len(made.questions), len(made.rules))
    click.echo(f"{made.title}: {with_it} {'to add' if dry_run else 'added'}")
    if dry_run:
        for code in made.codes:
            click.echo(f"{code.id}\t{code.notation}\t{code.label}")
    _say(read.notes)


def export_taxonomy(chosen: Taxonomy, form: str, out: Path | None) -> None:
    """Writes a taxonomy to a file or standard output, and says what the format has no place for."""
    from annotate.suffixes import format_of
    from annotate.taxonomy_files import FORMATS
    from annotate.writers.whole import check_target, written_whole

    if out is not None:
        check_target(out)
    form = form or (format_of(out.name, FORMATS) if out is not None else "csv")
    data, notes = FORMATS[form].write(chosen)
    if out is None:
        click.echo(data, nl=False)
        _say(notes, err=True)
        return
    with written_whole(out) as file:
        file.write(data)
    click.echo(f"{counted(len(chosen.codes), 'code')} written to {out}")
    _say(notes)


def plan_taxonomy(project: Path, target: str | None, wishes: Wishes, as_json: bool) -> None:
    """Says what a file would change in a taxonomy of the project; stores nothing."""
    from storage.taxonomies import all_taxonomies
    from storage.taxonomy_update import answers_unfit, marks_on

    with reading(project) as opened:
        found, read = _planned(all_taxonomies(opened), target, wishes)
        hangs = Hangs(marks_on(opened, found.missing), answers_unfit(opened, found))
    if as_json:
        show(_plan_as_json(found, read, hangs))
    else:
        _say_plan(found, read, hangs)


def update_taxonomy(
    project: Path, target: str | None, wishes: Wishes, *, missing: str, reason: str, coder: str, as_json: bool
) -> None:
    """Does what the plan says, as one step."""
    from storage.taxonomies import all_taxonomies
    from storage.taxonomy_update import Updated, answers_unfit, marks_on, said, update

    with writing(project) as opened:
        found, read = _planned(all_taxonomies(opened), target, wishes)
        hangs = Hangs(marks_on(opened, found.missing), answers_unfit(opened, found))
        told: list[Updated] = []
        opened.do(
            f"Update taxonomy “{found.held.title}”",
            lambda step: told.append(update(opened, step, found, missing=missing, reason=reason)),
            coder_id(opened, coder),
        )
    if as_json:
        show(_plan_as_json(found, read, hangs) | {"done": asdict(told[0])})
        return
    _say_plan(found, read, hangs)
    click.echo(f"Done: {said(told[0]) or 'nothing to change'}")


def _read(path: Path, wishes: Wishes) -> Incoming:
    from annotate.readers.files import read_whole
    from annotate.taxonomy_files import read_taxonomy

    return read_taxonomy(read_whole(path), path.name, wishes)


def _check_new(made: Taxonomy, held: Sequence[Taxonomy]) -> None:
    if any(each.slug == made.slug for each in held):
        raise UserError(
            f"The project has a taxonomy “{made.slug}” already; compare it with “taxonomy … plan FILE "
            f"--slug {made.slug}”, or give this one another --slug."
        )


def _planned(held: list[Taxonomy], target: str | None, wishes: Wishes) -> tuple[Plan, Incoming]:
    from annotate.taxonomy_plan import plan

    if not target:
        raise UserError("Name the file to compare with.")
    slug = wishes.slug
    if not slug and len(held) > 1:
        said = _read(Path(target), wishes).taxonomy.slug
        slug = said if said in {each.slug for each in held} else ""
    chosen = chosen_taxonomy(held, slug)
    read = _read(Path(target), replace(wishes, slug=chosen.slug))
    return plan(chosen, read.taxonomy), read


def _as_json(read: Incoming) -> dict[str, Any]:
    made = read.taxonomy
    return {
        "slug": made.slug,
        "title": made.title,
        "codes": len(made.codes),
        "questions": len(made.questions),
        "rules": len(made.rules),
        "languages": list(read.languages),
        "also_under": {id: list(parents) for id, parents in read.also_under.items()},
        "notes": list(read.notes),
    }


def _plan_as_json(found: Plan, read: Incoming, hangs: Hangs) -> dict[str, Any]:
    from annotate.codebook_difference import Sort, in_words
    from annotate.taxonomy_plan import counts

    before = found.before
    after = {code.id: code for code in found.after}
    return {
        "slug": found.held.slug,
        "counts": counts(found),
        "new": [_named(code) | {"parent": code.parent} for code in found.new],
        "changed": [
            _named(after[id])
            | {"fields": {name: [getattr(before[id], name), value] for name, value in fields.items()}}
            for id, fields in found.changed.items()
        ],
        "moved": [_named(code) | {"from": before[code.id].parent, "to": code.parent} for code in found.moved],
        "reordered": found.reordered,
        "missing": [_named(code) | {"marks": hangs.marks.get(code.id, 0)} for code in found.missing],
        "uses": [
            asdict(each) | {"says": in_words(each)}
            for each in found.differences
            if each.sort is not Sort.CODE
        ],
        "uses_missing": [asdict(each) for each in found.uses_missing],
        "answers_unfit": dict(hangs.unfit),
        "about": dict(found.about),
        "silent": list(found.silent),
        "notes": [*read.notes, *found.notes],
    }


def _named(code: Any) -> dict[str, Any]:
    return {"id": code.id, "notation": code.notation, "label": code.label}


def _say_plan(found: Plan, read: Incoming, hangs: Hangs) -> None:
    from annotate.codebook_difference import in_words
    from annotate.taxonomy_plan import counts

    facts = ", ".join(f"{number:,} {name}" for name, number in counts(found).items())
    click.echo(f"{found.held.title}: {facts}")
    for name, value in found.about.items():
        click.echo(f"{name}: {value}")
    for difference in found.differences:
        click.echo(in_words(difference))
    if found.reordered:
        click.echo(f"{counted(found.reordered, 'code')} in another order")
    for code in found.missing:
        name = " ".join(filter(None, (code.notation, f"“{code.label}”")))
        click.echo(f"{name} is not in the file; {counted(hangs.marks.get(code.id, 0), 'mark')}")
    for difference in found.uses_missing:
        click.echo(f"{difference.name} is not in the file, and stays")
    for question in found.uses.held.questions:
        if question.id in hangs.unfit:
            fewer = counted(hangs.unfit[question.id], "answer")
            click.echo(
                f"{fewer} to “{question.name}” would fit it no more; they stay, and “check” lists them"
            )
    if found.silent:
        click.echo(f"The file says nothing of these, so they stay: {', '.join(found.silent)}.")
    _say((*read.notes, *found.notes))


def _say(notes: Sequence[str], *, err: bool = False) -> None:
    for note in notes:
        click.echo(note, err=err)
