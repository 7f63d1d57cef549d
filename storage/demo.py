"""The demonstration project as a file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.errors import UserError
from annotate.model import ArticleState, Highlight
from annotate.relations import Relation
from annotate.spoken import counted
from storage import answers, articles, coders, highlights, relations, taxonomies
from storage.file import put_in_place
from storage.originals import Original
from storage.project import Project
from storage.steps import Step

if TYPE_CHECKING:
    from annotate.demo import DemoAnswer, DemoArticle, DemoMark, Demonstration, DemoRelation


def demo_place() -> Path:
    """Where the demonstration project is kept unless told otherwise."""
    from platformdirs import user_documents_path

    if place := os.environ.get("POSTIL_DEMO"):
        return Path(place)
    folder = user_documents_path()
    return (folder if folder.is_dir() else Path.home()) / "Postil demonstration.postil"


def make_demo(path: Path) -> None:
    """Makes the demonstration project, whole or not at all. Raises UserError if it exists or cannot be made."""
    from annotate.demo import demonstration

    if path.exists():
        raise UserError(f"{path.name} is already there; choose another name or remove it.")
    if not path.parent.is_dir():
        raise UserError(f"There is no folder {path.parent} to make {path.name} in.")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.demo")
    try:
        _fill(unfinished, demonstration())
        put_in_place(unfinished, path)
    except FileExistsError:
        raise UserError(f"{path.name} is already there; choose another name or remove it.") from None
    except OSError as error:
        raise UserError(f"{path.name} cannot be made there: {error.strerror}.") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(path: Path, demo: Demonstration) -> None:
    with Project.create(path, demo.title) as project:
        project.do("Add taxonomies", partial(_add_people_and_codes, demo=demo))
        ids: dict[str, str] = {}
        project.do(f"Add {len(demo.articles)} articles", partial(_add_articles, demo=demo, ids=ids))
        people = {coder.name: coder.id for coder in coders.all_coders(project)}
        named: dict[str, Highlight] = {}
        for name in demo.coders:
            marks = [
                _mark(mark, ids[mark.article], people[name], named)
                for mark in demo.marks
                if mark.coder == name
            ]
            work = partial(highlights.add, marks=marks)
            project.do(f"{len(marks)} highlights by {name}", work, people[name])
        for name in demo.coders:
            links = [_relation(each, people[name], named) for each in demo.relations if each.coder == name]
            relate = partial(relations.add, relations=links)
            project.do(f"{counted(len(links), 'relation')} by {name}", relate, people[name])
            given = [each for each in demo.answers if each.coder == name]
            answer = partial(_answer, given=given, ids=ids, coder=people[name])
            project.do(f"{counted(len(given), 'answer')} by {name}", answer, people[name])


def _answer(step: Step, given: Sequence[DemoAnswer], ids: Mapping[str, str], coder: str) -> None:
    for each in given:
        answers.give(step, ids[each.article], coder, each.question, each.values)


def _mark(mark: DemoMark, article: str, coder: str, named: dict[str, Highlight]) -> Highlight:
    """The mark, which is noted in `named` if relations call it."""
    made = highlights.make(
        article,
        coder,
        mark.code,
        mark.spans,
        memo=mark.memo,
        certainty=mark.certainty,
        qualifiers=mark.qualifiers,
    )
    if mark.name:
        named[mark.name] = made
    return made


def _relation(link: DemoRelation, coder: str, named: dict[str, Highlight]) -> Relation:
    source, target = named[link.source], named[link.target]
    return relations.make(source.article, coder, link.type, source.id, target.id, link.memo)


def _add_people_and_codes(step: Step, demo: Demonstration) -> None:
    for taxonomy in demo.taxonomies:
        taxonomies.add(step, taxonomy)
    for name in demo.coders:
        coders.ensure(step, name)


def _original(article: DemoArticle) -> Original:
    same = article.data == article.draft.text.encode()
    return Original(article.source, None if same else article.data)


def _add_articles(step: Step, demo: Demonstration, ids: dict[str, str]) -> None:
    """Notes in `ids` under which id each article's key is stored."""
    added = articles.add(
        step,
        [each.draft for each in demo.articles],
        [each.source for each in demo.articles],
        [_original(each) for each in demo.articles],
    )
    ids.update({each.key: id for each, id in zip(demo.articles, added, strict=True)})
    for each in demo.articles:
        if each.state is not ArticleState.TO_DO:
            articles.set_state(step, [ids[each.key]], each.state, each.reason)
