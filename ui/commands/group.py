"""What all commands share: how errors are said, how a project is given and opened, what reports look like."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from annotate.errors import UserError, own_mistake

if TYPE_CHECKING:
    from storage import Project

DONE, SOME_FAILED, NOTHING_DONE = 0, 1, 2
ELSEWHERE = {  # what `taxonomy PROJECT` knows as well, and which commands do it
    "freeze": ("versions", "freeze"),
    "versions": ("versions", "list"),
    "diff": ("versions", "diff"),
    "recheck": ("versions", "recheck"),
    "merge-codes": ("codes", "merge"),
    "log": ("codes", "log"),
    "check": ("rules", "check"),
}
PROJECT = click.argument("project", type=click.Path(path_type=Path))
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Report as JSON on standard output.")


class Commands(click.Group):
    """Says every error as one sentence on standard error and exits with 2; a project's path opens it."""

    def main(self, *args: Any, **more: Any) -> NoReturn:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        try:
            code = super().main(*args, **more | {"standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(NOTHING_DONE)
        except click.ClickException as error:
            fail(usage_sentence(error))
        except click.Abort:
            fail("Stopped; what was stored before stays.")
        except UserError as error:
            fail(str(error))
        except OSError as error:
            fail(f"{error.filename or 'A file'}: {error.strerror or error}.")
        except Exception as error:
            if "POSTIL_TRACE" in os.environ:
                raise
            fail(own_mistake(error))
        sys.exit(code if isinstance(code, int) else DONE)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands and args[0].endswith(".postil"):
            args = ["open", *args]
        elif args[:1] == ["taxonomy"] and len(args) > 2 and args[2] in ELSEWHERE:
            group, name = ELSEWHERE[args[2]]
            args = [group, args[1], name, *args[3:]]
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order they are defined


def window(project: Path | None, *, read_only: bool = False) -> int:
    """Opens the window, or says why there can be none."""
    need_qt()
    from ui.app import run_window

    return run_window(project, read_only=read_only)


def need_qt() -> None:
    """Loads Qt, or says why it cannot draw here."""
    from ui.display import why_no_window
    from ui.imports import load_qt

    if why := why_no_window():
        fail(why)
    load_qt()


def reading(project: Path) -> Project:
    from storage import Project

    return Project.open(project, write=False)


def writing(project: Path) -> Project:
    from storage import Project

    return Project.open(project)


def held(project: Path) -> bool:
    """Whether a window has the project open."""
    from storage.file import is_held

    return is_held(project)


def show(value: object) -> None:
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(value, ensure_ascii=plain, indent=2))


def usage_sentence(error: click.ClickException) -> str:
    """What is wrong with the words of a command, and which help says more."""
    said = " ".join(error.format_message().split())
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{said} See: {context.command_path} --help" if context else said


def fail(sentence: str) -> NoReturn:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(NOTHING_DONE)
