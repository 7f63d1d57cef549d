"""What bibliographies say of articles, taken over into the articles they are about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.bibliographies import SUFFIXES, kind_of, read_bibliography
from annotate.errors import UserError
from annotate.model import Article
from annotate.readers.contract import HEAD as READ
from annotate.readers.files import read_head, read_whole
from annotate.references import Known, Pair, Reference, attached_files, match
from storage import articles
from storage.project import Project
from storage.steps import Step

BIBLIOGRAPHIES = frozenset((*SUFFIXES, ".json"))
HEAD = 3000  # code points of a text that are looked through for its DOI


@dataclass(frozen=True, slots=True)
class Applied:
    """How many references belong to an article, and what is known of those that belong to none."""

    matched: int
    unmatched: tuple[Reference, ...]


def attached(listed: Sequence[Path]) -> list[Path]:
    """The files that bibliographies among those listed bring along, and that are not listed themselves."""
    there = {path.absolute() for path in listed}
    found: dict[Path, None] = {}
    for path in listed:
        if path.suffix.lower() in BIBLIOGRAPHIES:
            found |= dict.fromkeys(_attached_to(path))
    return [path for path in found if path.absolute() not in there]


def _attached_to(path: Path) -> Iterator[Path]:
    try:
        if not kind_of(read_head(path, READ), path.name):
            return
        for reference in read_bibliography(read_whole(path), path.name):
            yield from attached_files(reference, path.parent)
    except UserError:
        return  # it is said when its turn comes


def known_articles(project: Project) -> list[Known]:
    """What references are matched with: every article of the project."""
    heads = dict(project.rows("SELECT article, substr(text, 1, ?) FROM article_text", [HEAD]))
    return [
        Known(each.id, each.title, each.date, each.url, each.attributes, each.source, heads.get(each.id, ""))
        for each in articles.all_articles(project)
    ]


def apply(
    step: Step, project: Project, references: Sequence[Reference], fresh: Collection[str] = ()
) -> Applied:
    """Fills the metadata of the articles that the references are about.

    Of `fresh` ones, just imported, the bibliography's word goes before what the file said; of others only what is
    empty is filled. Attributes are added, never replaced.
    """
    found = match(references, known_articles(project))
    there = {each.id: each for each in articles.all_articles(project, [pair.article for pair in found.pairs])}
    for pair in found.pairs:
        article = there[pair.article]
        if values := _changes(article, pair, article.id in fresh):
            articles.edit(step, [article.id], **values)
    return Applied(len(found.pairs), found.unmatched)


def _changes(article: Article, pair: Pair, is_fresh: bool) -> dict[str, Any]:
    reference = pair.reference
    told = {
        "title": reference.title,
        "author": ", ".join(reference.authors),
        "date": reference.date,
        "outlet": reference.outlet,
        "url": reference.url,
        "language": reference.language,
    }
    values: dict[str, Any] = {
        name: words
        for name, words in told.items()
        if words and words != getattr(article, name) and (is_fresh or not getattr(article, name))
    }
    more = {**_stated(reference), **article.attributes}
    if more != dict(article.attributes):
        values["attributes"] = more
    return values


def _stated(reference: Reference) -> Mapping[str, str]:
    own = {"doi": reference.doi, "reference": reference.key, "abstract": reference.abstract}
    return {name: words for name, words in {**own, **reference.attributes}.items() if words}


def said(applied: Applied) -> str:
    """What was found, for the report."""
    rest = applied.unmatched
    told = f"{applied.matched:,} of {applied.matched + len(rest):,} references belong to an article."
    if rest:
        some = "; ".join(f"“{reference.title or reference.key}”" for reference in rest[:5])
        told += f" Without one: {some}{' and more' if len(rest) > 5 else ''}."
    return told
