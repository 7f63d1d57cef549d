"""Answers about whole articles out of the project, as a stream; and the qualifiers that marks have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotate.model import Taxonomy
from annotate.questions import Form
from annotate.rules import RuleKind
from annotate.writers.answers import CodedAnswer
from storage import answers
from storage.project import Project

_HEAD = "title, outlet, author, date, url, language, state, hash"


def coded_answers(
    project: Project, taxonomies: Sequence[Taxonomy], where: str, parameters: Sequence[str]
) -> Iterator[CodedAnswer]:
    """The answers about the articles and of the coders that a condition over `a` and `n` takes, in the order of
    the articles, the coders' names and the questions.
    """
    homes = {question.id: (each, question) for each in taxonomies for question in each.questions}
    if not homes:
        return
    codes = {code.id: code for each in taxonomies for code in each.codes}
    form = Form((question for _, question in homes.values()), codes)
    people = dict(project.rows("SELECT id, name FROM coder"))
    order = {id: place for place, id in enumerate(homes)}
    about, head = "", [""] * len(_HEAD.split(", "))
    for row in answers.chosen(project, where, parameters, order):
        home, question = homes[row.question]
        if row.article != about:
            about = row.article
            ((*facts,),) = project.rows(f"SELECT {_HEAD} FROM article WHERE id = ?", [about])
            head = [str(fact or "") for fact in facts]
        labels = tuple(form.label(question, value) for value in row.values)
        asked = (home.slug, question.id, question.name, question.asked, str(question.kind))
        said = (row.values, labels, people.get(row.coder, ""), row.memo, row.created, row.modified)
        yield CodedAnswer._make((row.id, row.article, *head, *asked, *said))


def qualifiers(project: Project, taxonomies: Sequence[Taxonomy]) -> dict[str, tuple[str, ...]]:
    """The qualifiers that rules define or marks have, each with its values."""
    found: dict[str, tuple[str, ...]] = {}
    for rule in (rule for each in taxonomies for rule in each.rules if rule.kind is RuleKind.QUALIFIER):
        found[rule.name] = tuple(dict.fromkeys((*found.get(rule.name, ()), *rule.values)))
    used = project.rows(
        """SELECT DISTINCT e.key, e.value FROM highlight h JOIN json_each(h.qualifiers) e
           WHERE h.qualifiers IS NOT NULL ORDER BY 1, 2"""
    )
    for name, value in used:
        if value not in found.get(name, ()):
            found[name] = (*found.get(name, ()), value)
    return found
