"""A step that is only tried: it says what it would do and leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from storage.project import Project
from storage.steps import Step


class _OnlyLooking(Exception):  # noqa: N818 - takes back the step
    pass


def do_or_look(project: Project, label: str, work: Callable[[Step], Any], *, dry_run: bool) -> None:
    """Runs `work` as one step, which a dry run takes back."""

    def tried(step: Step) -> None:
        work(step)
        if dry_run:
            raise _OnlyLooking

    with suppress(_OnlyLooking):
        project.do(label, tried)
