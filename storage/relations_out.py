"""The relations of an export: those whose marks both go out, and whose coder does."""

from __future__ import annotations

import json
from collections.abc import Mapping

from annotate.writers.related import CodedRelation
from storage import coders, relations
from storage.choosing import Choice, condition
from storage.project import Project


def chosen_relations(
    project: Project, choice: Choice | None = None, called: Mapping[str, str] | None = None
) -> list[CodedRelation]:
    """In the order of the articles. `called`: the names under which coders go out."""
    choice = choice or Choice()
    held = relations.all_relations(project)
    if choice.coders is not None:
        wanted = set(choice.coders)
        held = [each for each in held if each.coder in wanted]
    if not held:
        return []
    terms, parameters = condition(choice)
    ends = json.dumps(sorted({each.source for each in held} | {each.target for each in held}))
    going = {
        id
        for (id,) in project.rows(
            f"""SELECT h.id FROM article a JOIN highlight h ON h.article = a.id
                {terms or "WHERE 1"} AND h.id IN (SELECT value FROM json_each(?))""",
            [*parameters, ends],
        )
    }
    types = {type.id: type for type in relations.all_types(project)}
    slugs = dict(project.rows("SELECT id, slug FROM taxonomy"))
    names = {coder.id: coder.name for coder in coders.all_coders(project)}
    renamed = called or {}
    return [
        CodedRelation(
            each.id, each.article, types[each.type].label, each.type, slugs[types[each.type].taxonomy],
            types[each.type].symmetric, each.source, each.target,
            renamed.get(names[each.coder], names[each.coder]), each.memo, each.created, each.modified,
        )
        for each in held
        if {each.source, each.target} <= going
    ]  # fmt: skip
