"""Label Studio's JSON (and its short form), alone or in the ZIP that Postil writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from annotate.errors import UserError
from annotate.marks import RelationLine
from annotate.marks_from.found import Found
from annotate.marks_from.json_file import at, json_of, list_at, number_at, text_at
from annotate.marks_from.labelled import Labelled, Stretch, attributes_of, found
from annotate.marks_from.zip_names import holds
from annotate.readers import archive
from annotate.readers.contract import stem
from annotate.writers.labelled import OWN

NAME, TITLE, SUFFIXES = "label-studio", "Label Studio", (".json",)
TASKS = "tasks.json"


def sniff(data: bytes, name: str) -> bool:
    if data.startswith(archive.MAGIC):
        return holds(data, TASKS, "config.xml")
    head = data[:200_000]
    return b'"from_name"' in head and b'"to_name"' in head


def read(data: bytes, name: str) -> Found:
    """Every annotation of every task. Choices for a task are marks on all of its text.

    Regions of pictures, sound and hypertext, ratings and predictions are counted and left out.
    """
    if data.startswith(archive.MAGIC):
        data = archive.Archive(data, name).read(TASKS)
    left: Counter[str] = Counter()
    held = [
        each for task in list_at({"tasks": json_of(data, name)}, "tasks") if (each := _labelled(task, left))
    ]
    if not held:
        raise UserError(f"{name} holds no tasks with a text as Label Studio writes them.")
    return found(held, stem(name), [f"Left out: {what} ({number:,})." for what, number in left.items()])


def _labelled(task: Any, left: Counter[str]) -> Labelled | None:
    data = at(task, "data") if isinstance(at(task, "data"), dict) else task
    key = _text_key(data)
    if not key:
        left["tasks without a text"] += 1
        return None
    left.update({"predictions": len(list_at(task, "predictions"))} if list_at(task, "predictions") else {})
    stretches: list[Stretch] = []
    whole: list[Stretch] = []
    relations: list[RelationLine] = []
    for annotation in (*list_at(task, "annotations"), *list_at(task, "completions")):
        if at(annotation, "was_cancelled") is True:
            left["annotations that were skipped"] += 1
            continue
        coder, created = _coder(at(annotation, "completed_by")), text_at(annotation, "created_at")
        for region in list_at(annotation, "result"):
            kind = text_at(region, "type")
            if kind == "relation":
                relations += _relations(region)
            elif kind in ("labels", "hypertextlabels") and number_at(region, "value", "start") >= 0:
                stretches += _stretches(region, coder, created)
            elif kind == "choices" and number_at(region, "value", "start") < 0:
                labels = list_at(region, "value", "choices")
                whole += [Stretch(0, 0, str(each), coder, created=created) for each in labels]
            else:
                left[f"results of the kind {kind[:40] or 'unknown'}"] += 1
    stretches += _short(task)
    about = attributes_of(data, (key, "title", OWN, "id", "annotator", "annotation_id", "lead_time"))
    return Labelled(
        text_at(data, key), stretches, at(data, OWN), text_at(data, "title"), whole, about, relations
    )


def _stretches(region: Any, coder: str, created: str) -> Iterator[Stretch]:
    value = at(region, "value")
    memo = "\n".join(str(each) for each in list_at(region, "meta", "text"))
    labels = list_at(value, "labels") or list_at(value, "hypertextlabels") or [""]
    for label in labels:
        yield Stretch(
            number_at(value, "start"),
            number_at(value, "end"),
            str(label),
            coder,
            memo,
            text_at(value, "text"),
            created,
            text_at(region, "id"),
        )


def _relations(region: Any) -> Iterator[RelationLine]:
    """One for each label; a direction to the left is turned round."""
    ends = [text_at(region, "from_id"), text_at(region, "to_id")]
    direction = text_at(region, "direction")
    if direction == "left":
        ends.reverse()
    for label in list_at(region, "labels") or [""]:
        yield RelationLine(ends[0], ends[1], str(label), symmetric=direction == "bi")


def _short(task: Any) -> Iterator[Stretch]:
    """The short form has the regions in a field of the task."""
    coder = _coder(at(task, "annotator"))
    for name, value in task.items() if isinstance(task, dict) else ():
        if name in ("annotations", "completions", "predictions", "data"):
            continue
        for each in value if isinstance(value, list) else ():
            if number_at(each, "start") >= 0 and list_at(each, "labels"):
                yield from _stretches({"value": each}, coder, text_at(task, "created_at"))


def _text_key(data: Any) -> str:
    """The field that holds the text: the one called so, else the longest."""
    if text_at(data, "text").strip():
        return "text"
    texts = [(len(text_at(data, name)), name) for name in data] if isinstance(data, dict) else []
    length, name = max(texts, default=(0, ""))
    return name if length else ""


def _coder(held: Any) -> str:
    if isinstance(held, int) and not isinstance(held, bool):
        return f"user {held}"
    names = f"{text_at(held, 'first_name')} {text_at(held, 'last_name')}".strip()
    return names or text_at(held, "email") or (held if isinstance(held, str) else "")
