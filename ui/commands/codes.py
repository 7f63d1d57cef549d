"""Commands on codes: renamed, moved, merged, retired and replaced, each with a reason and a line in the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotate.errors import UserError
from annotate.spoken import counted
from ui.commands.corrections import CODER, REASON, coder_id
from ui.commands.group import AS_JSON, PROJECT, reading, show, writing

if TYPE_CHECKING:
    from annotate.model import Code, Taxonomy
    from storage import Step

SLUG = click.option("--slug", default="", help="In which taxonomy, where a code could be meant in several.")


@click.group("codes")
@PROJECT
@click.pass_context
def codes_(ctx: click.Context, project: Path) -> None:
    """Restructure a project's codes. A code is named by its id, notation or label."""
    ctx.obj = project


@codes_.command("rename")
@click.argument("code")
@click.argument("label")
@SLUG
@REASON
@CODER
@AS_JSON
@click.pass_obj
def rename(project: Path, code: str, label: str, slug: str, **more: Any) -> None:
    """Give CODE another LABEL."""
    from storage import restructuring

    def work(codes: Codes, reason: str) -> tuple[str, Callable[[Step], object]]:
        known = codes.find(code, slug)
        step = f"Rename “{known.label}” to “{label}”"
        return step, lambda step: restructuring.rename(step, known.id, label, reason)

    _do(project, work, **more)


@codes_.command("move")
@click.argument("code")
@click.argument("parent", required=False)
@SLUG
@REASON
@CODER
@AS_JSON
@click.pass_obj
def move(project: Path, code: str, parent: str | None, slug: str, **more: Any) -> None:
    """Put CODE below PARENT as its last child, or without one at the top of its taxonomy."""
    from annotate.codetree import moved
    from storage import taxonomies

    def work(codes: Codes, reason: str) -> tuple[str, Callable[[Step], object]]:
        known = codes.find(code, slug)
        above = codes.find(parent, slug) if parent else None
        if above is not None and above.taxonomy != known.taxonomy:
            raise UserError(f"“{above.label}” stands in another taxonomy than “{known.label}”.")
        beside = [each for each in codes.held.values() if each.taxonomy == known.taxonomy]
        changed = moved(beside, known.id, above.id if above else None, len(beside))
        step = f"Move “{known.label}”" + (f" under “{above.label}”" if above else " to the top")
        return step, lambda step: taxonomies.move_codes(step, changed, reason=reason)

    _do(project, work, **more)


@codes_.command("merge")
@click.argument("codes", nargs=-1, required=True)
@click.option("--into", required=True, help="The code that stays and takes the marks.")
@SLUG
@REASON
@CODER
@AS_JSON
@click.pass_obj
def merge(project: Path, codes: tuple[str, ...], into: str, slug: str, **more: Any) -> None:
    """Merge CODES into another: marks follow, doubles of one coder over the same words become one."""
    from storage import restructuring

    def work(known: Codes, reason: str) -> tuple[str, Callable[[Step], object]]:
        sources, target = [known.find(each, slug) for each in codes], known.find(into, slug)
        names = ", ".join(f"“{each.label}”" for each in sources)
        ids = [each.id for each in sources]
        return (
            f"Merge {names} into “{target.label}”",
            lambda step: restructuring.merge(step, ids, target.id, reason),
        )

    _do(project, work, **more)


@codes_.command("retire")
@click.argument("code")
@click.option("--replaced-by", "by", default="", help="The code that its passages get from now on.")
@click.option("--marks", is_flag=True, help="The marks go to that code as well.")
@SLUG
@REASON
@CODER
@AS_JSON
@click.pass_obj
def retire(project: Path, code: str, by: str, marks: bool, slug: str, **more: Any) -> None:
    """Keep CODE and all below it for the marks they have, but offer them no more."""
    from storage import restructuring

    def work(codes: Codes, reason: str) -> tuple[str, Callable[[Step], object]]:
        known = codes.find(code, slug)
        if not by:
            if marks:
                raise UserError("Say with --replaced-by which code the marks go to.")
            return f"Retire “{known.label}”", lambda step: restructuring.retire(step, [known.id], reason)
        target = codes.find(by, slug)
        return (
            f"Replace “{known.label}” by “{target.label}”",
            lambda step: restructuring.replace_by(step, known.id, target.id, reason, marks=marks),
        )

    _do(project, work, **more)


@codes_.command("bring-back")
@click.argument("code")
@SLUG
@REASON
@CODER
@AS_JSON
@click.pass_obj
def bring_back(project: Path, code: str, slug: str, **more: Any) -> None:
    """Offer a retired CODE again."""
    from storage import restructuring

    def work(codes: Codes, reason: str) -> tuple[str, Callable[[Step], object]]:
        known = codes.find(code, slug)
        return f"Bring back “{known.label}”", lambda step: restructuring.bring_back(step, [known.id], reason)

    _do(project, work, **more)


@codes_.command("log")
@SLUG
@AS_JSON
@click.pass_obj
def log(project: Path, slug: str, as_json: bool) -> None:
    """List what was done to the codes of a taxonomy, newest first, by whom and why."""
    from annotate.change_words import in_words
    from storage import change_log, coders, taxonomies

    with reading(project) as opened:
        chosen = chosen_taxonomy(taxonomies.all_taxonomies(opened), slug)
        people = {coder.id: coder.name for coder in coders.all_coders(opened)}
        rows = [
            asdict(line) | {"coder": people.get(line.coder, ""), "says": in_words(line.what, line.details)}
            for line in change_log.lines(opened, chosen.id)
        ]
    if as_json:
        show({"taxonomy": chosen.slug, "changes": rows})
        return
    for row in rows:
        facts = ", ".join(filter(None, (row["coder"], row["reason"])))
        click.echo(f"{row['at'][:16].replace('T', ' ')}  {row['says']}" + (f" ({facts})" if facts else ""))
    if not rows:
        click.echo("Nothing was changed yet.")


class Codes:
    """A project's codes, found by what people call them."""

    def __init__(self, held: list[Taxonomy]) -> None:
        self._slugs = {each.id: each.slug for each in held}
        self.held: Mapping[str, Code] = {code.id: code for each in held for code in each.codes}

    def find(self, key: str, slug: str = "") -> Code:
        """The code with this id, notation or label. Raises UserError if there is none, or more than one."""
        if key in self.held:
            return self.held[key]
        inside = [code for code in self.held.values() if slug in ("", self._slugs[code.taxonomy])]
        for name in ("notation", "label"):
            found = [code for code in inside if str(getattr(code, name)).casefold() == key.strip().casefold()]
            if len(found) == 1:
                return found[0]
            if found:
                ids = ", ".join(code.id for code in found[:5])
                raise UserError(f"“{key}” is the {name} of {len(found)} codes; give one’s id: {ids}.")
        raise UserError(f"The project has no code “{key}”.")


def chosen_taxonomy(held: list[Taxonomy], slug: str) -> Taxonomy:
    """The taxonomy with this slug, or the only one. Raises UserError."""
    for each in held:
        if each.slug == slug or (not slug and len(held) == 1):
            return each
    names = ", ".join(each.slug for each in held) or "none"
    if slug:
        raise UserError(f"The project has no taxonomy “{slug}”; it has {names}.")
    raise UserError(f"Which taxonomy? Name one with --slug; the project has {names}.")


def _do(
    project: Path,
    plan: Callable[[Codes, str], tuple[str, Callable[[Step], object]]],
    reason: str,
    coder: str,
    as_json: bool,
) -> None:
    """Does as one step what `plan` says for the project's codes, and tells it."""
    from storage import taxonomies
    from storage.restructuring import Merged

    with writing(project) as opened:
        label, work = plan(Codes(taxonomies.all_taxonomies(opened)), reason)
        told: list[object] = []
        change = opened.do(label, lambda step: told.append(work(step)), coder_id(opened, coder))
    facts = asdict(told[0]) if isinstance(told[0], Merged) else {}
    if as_json:
        show({"step": label, "changed": bool(change.step), **facts})
        return
    click.echo(label if change.step else "Nothing was changed.")
    if facts:
        click.echo(
            f"{counted(facts['moved'], 'mark')} moved, {facts['joined']:,} joined with one on the same words"
        )
