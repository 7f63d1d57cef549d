"""Texts corrected: a new version is stored, and the marks move along with their words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from annotate.alignment import Alignment, aligned, edited, in_place
from annotate.errors import UserError
from annotate.ids import new_id, now
from annotate.layouts import layout_from_json, layout_to_json
from annotate.moving import Mover
from annotate.places import from_bytes, to_bytes
from annotate.replacing import Rule, snippet
from annotate.text import normalise, text_hash, word_count
from storage import articles, lost_marks, versions
from storage.project import Project
from storage.steps import Row, Step

MOST_SNIPPETS = 3  # of an article in a preview


@dataclass(slots=True)
class Outcome:
    """What became of an article, or of several: ids of articles and of marks."""

    corrected: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)  # marks some of whose words are others now
    lost: list[str] = field(default_factory=list)  # marks whose words are gone
    found_again: list[str] = field(default_factory=list)  # marks that had lost their place before
    replaced: int = 0  # places, where something was replaced

    def take(self, other: Outcome) -> None:
        """Counts another one in."""
        self.corrected += other.corrected
        self.changed += other.changed
        self.lost += other.lost
        self.found_again += other.found_again
        self.replaced += other.replaced


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would do to one article; each snippet is (before, the words that go, behind, what comes)."""

    article: str
    title: str
    count: int
    snippets: tuple[tuple[str, str, str, str], ...]


def correct(step: Step, article: str, text: str, reason: str = "", *, made_on: str = "") -> Outcome:
    """Gives an article another text; the one it had is kept as a version. The same text changes nothing.

    `made_on` is the hash of the text that was edited. Raises UserError if the article has another one by
    now, and for a text without a word.
    """
    row = _text_of(step, article)
    if made_on and text_hash(row["text"]) != made_on:
        raise UserError("The text was changed meanwhile, here or in another window; look at it again first.")
    outcome = Outcome()
    _store(step, row, aligned(row["text"], normalise(text)), reason, outcome)
    return outcome


def go_back(step: Step, version: str, reason: str = "") -> Outcome:
    """Gives an article the text of one of its versions again, as a new version; a mark on a pseudonym comes
    to stand on the name. Raises UserError.
    """
    found = step.rows("text_version", [version]).get(version)
    if found is None:
        raise UserError("That version is no longer in the project.")
    row = _text_of(step, found["article"])
    outcome = Outcome()
    if found["text"] is not None:
        reason = reason or f"Back to version {found['number']}"
        _store(step, row, in_place(aligned(row["text"], found["text"])), reason, outcome, found)
    return outcome


def replace_in_many(step: Step, ids: Iterable[str], rule: Rule, reason: str = "") -> Outcome:
    """Corrects every one of the articles in which the rule finds something."""
    outcome = Outcome()
    for id in ids:
        row = _text_of(step, id)
        edits = rule(row["text"])
        if edits:
            outcome.replaced += len(edits)
            _store(step, row, edited(row["text"], edits), reason, outcome)
    return outcome


def preview(project: Project, rule: Rule, ids: Sequence[str] | None = None) -> Iterator[Preview]:
    """What the rule would do, article by article, in the order of import; all of them or those named."""
    for article in articles.all_articles(project, ids):
        text = articles.text(project, article.id)
        edits = rule(text)
        if edits:
            shown = tuple((*snippet(text, edit), edit.words) for edit in edits[:MOST_SNIPPETS])
            yield Preview(article.id, article.title, len(edits), shown)


def _text_of(step: Step, article: str) -> Row:
    row = step.rows("article_text", [article]).get(article)
    if row is None:
        raise UserError("That article is no longer in the project.")
    return row


def _store(
    step: Step, row: Row, alignment: Alignment, reason: str, outcome: Outcome, version: Row | None = None
) -> None:
    """`version` is the one whose text comes back, with its own layout and places."""
    article, text = row["article"], alignment.new
    if text == alignment.old:
        return
    if not text.strip():
        raise UserError("Nothing would be left of the text; an article can be removed instead.")
    mover = Mover(alignment)
    places = step.rows("article_places", [article]).get(article)
    _keep(step, row, places, text, reason)
    layout = version["layout"] if version else _moved_layout(mover, row["layout"])
    step.edit("article_text", [{"article": article, "text": text, "layout": layout}])
    step.edit("article", [{"id": article, "characters": len(text)} | _measures(text)])
    _put_places(step, article, version["places"] if version else _moved_places(alignment, places))
    _move_marks(step, article, mover, outcome)
    outcome.corrected.append(article)


def _measures(text: str) -> Row:
    return {"words": word_count(text), "hash": text_hash(text)}


def _keep(step: Step, row: Row, places: Row | None, text: str, reason: str) -> None:
    """The text that was present goes into its version, and a version is added for the one to come."""
    article = row["article"]
    known = versions.held(step, article)
    held = {"text": row["text"], "layout": row["layout"], "places": places and places["data"]}
    if known:
        last = int(known[-1]["number"])
        step.edit("text_version", [{"id": known[-1]["id"]} | held])
    else:
        last = 1
        was = step.rows("article", [article])[article]
        facts = {name: was[name] for name in ("characters", "words", "hash")} | {"at": was["added"]}
        step.add("text_version", [{"id": new_id(), "article": article, "number": 1} | held | facts])
    fresh = {"id": new_id(), "article": article, "number": last + 1, "characters": len(text)}
    (coder,) = step.db.conn.execute("SELECT coder FROM step WHERE id = ?", [step.number]).fetchone()
    told = {"at": now(), "coder": coder, "reason": " ".join(reason.split())}
    step.add("text_version", [fresh | _measures(text) | told])


def _moved_layout(mover: Mover, held: str | None) -> str:
    return layout_to_json(mover.layout(layout_from_json(held or "")))


def _moved_places(alignment: Alignment, row: Row | None) -> bytes | None:
    if row is None:
        return None
    moved = Mover(in_place(alignment)).places(from_bytes(row["data"]))
    return None if moved is None else to_bytes(moved)


def _put_places(step: Step, article: str, data: bytes | None) -> None:
    if data is None:
        step.remove("article_places", [article])
    else:
        step.put("article_places", [{"article": article, "data": data}])


def _move_marks(step: Step, article: str, mover: Mover, outcome: Outcome) -> None:
    ids = step.ids_where("highlight", "article", [article])
    moved: list[Row] = []
    gone: list[Row] = []
    for id, row in step.rows("highlight", ids).items():
        result = mover.moved(lost_marks.spans_of(row))
        if result.lost:
            gone.append(row)
            continue
        if result.changed:
            outcome.changed.append(id)
        parts = json.dumps(result.spans) if len(result.spans) > 1 else None
        moved.append({"id": id, "start": result.spans[0][0], "end": result.spans[-1][1], "parts": parts})
    step.edit("highlight", moved)
    outcome.found_again += lost_marks.follow(step, article, mover)
    lost_marks.keep(step, gone, mover)
    outcome.lost += [row["id"] for row in gone]
