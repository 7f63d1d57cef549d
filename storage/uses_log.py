"""What is done to rules, questions and types of relations, as lines of their taxonomy's change log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby

from annotate.codebook_difference import Difference
from annotate.codebook_difference import What as Kind
from annotate.model import Code
from annotate.uses import compare, named_codes
from storage import change_log, code_uses, taxonomies
from storage.change_log import What
from storage.steps import Step

LINES = {
    Kind.ADDED: What.ADDED,
    Kind.REMOVED: What.REMOVED,
    Kind.RENAMED: What.RENAMED,
    Kind.MOVED: What.MOVED,
}


@contextmanager
def noted(step: Step, homes: Iterable[str]) -> Iterator[None]:
    """What is done inside to these taxonomies' rules, questions and types gets its lines."""
    before = {home: code_uses.held(step, home) for home in homes}
    yield
    for home, was in before.items():
        now = code_uses.held(step, home)
        codes = taxonomies.codes_of(step, sorted(named_codes(was) | named_codes(now)))
        for _, group in groupby(compare(was, now, codes, codes), lambda each: (each.sort, each.id)):
            _note(step, home, list(group))


def _note(step: Step, home: str, found: list[Difference]) -> None:
    """A line for what is done to one of them, and one for all that it says otherwise."""
    rewritten = {each.field: [each.before, each.after] for each in found if each.what is Kind.REWRITTEN}
    about = Code("", home, None, "", found[0].name)
    for each in found:
        if each.what in (Kind.ADDED, Kind.REMOVED):
            change_log.note(step, LINES[each.what], about, of=str(each.sort), says=each.after or each.before)
        elif each.what in LINES:
            change_log.note(
                step, LINES[each.what], about, of=str(each.sort), before=each.before, after=each.after
            )
    if rewritten:
        change_log.note(step, What.CHANGED, about, of=str(found[0].sort), fields=rewritten)
