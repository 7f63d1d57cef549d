"""The demonstration project as a file."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from annotate.errors import UserError
from annotate.model import ArticleState
from storage import articles, coders, highlights, taxonomies
from storage.articles import Original
from storage.project import Project
from storage.steps import Step


def demo_place() -> Path:
    """Where the demonstration project is kept unless told otherwise."""
    from platformdirs import user_documents_path

    if place := os.environ.get("POSTIL_DEMO"):
        return Path(place)
    folder = user_documents_path()
    return (folder if folder.is_dir() else Path.home()) / "Postil demonstration.postil"


def make_demo(path: Path) -> None:
    """Makes the demonstration project. Raises UserError if the file exists or cannot be made."""
    from annotate.demo import demonstration

    if path.exists():
        raise UserError(f"{path.name} is already there; choose another name or remove it.")
    demo = demonstration()
    with Project.create(path, demo.title) as project:

        def taxonomies_and_people(step: Step) -> None:
            for taxonomy in demo.taxonomies:
                taxonomies.add(step, taxonomy)
            for name in demo.coders:
                coders.ensure(step, name)

        project.do("Add taxonomies", taxonomies_and_people)
        ids: dict[str, str] = {}

        def texts(step: Step) -> None:
            added = articles.add(
                step,
                [each.draft for each in demo.articles],
                [each.source for each in demo.articles],
                [Original(each.source, None) for each in demo.articles],
            )
            ids.update({each.key: id for each, id in zip(demo.articles, added, strict=True)})
            for each in demo.articles:
                if each.state is not ArticleState.TO_DO:
                    articles.set_state(step, [ids[each.key]], each.state, each.reason)

        project.do(f"Add {len(demo.articles)} articles", texts)
        people = {coder.name: coder.id for coder in coders.all_coders(project)}
        for name in demo.coders:
            marks = [
                highlights.make(
                    ids[mark.article],
                    people[name],
                    mark.code,
                    mark.spans,
                    memo=mark.memo,
                    certainty=mark.certainty,
                )
                for mark in demo.marks
                if mark.coder == name
            ]
            work = partial(highlights.add, marks=marks)
            project.do(f"{len(marks)} highlights by {name}", work, people[name])
