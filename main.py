"""Postil's start: the window at once where nothing else is asked for, else the command line."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

sys.path[:0] = [folder for folder in [str(Path(__file__).resolve().parent)] if folder not in sys.path]


def main() -> None:
    """Does what the words behind the program's name ask for, and ends the process with its exit code."""
    words = sys.argv[1:]
    if _ask_only_for_the_window(words):
        code = _open_window(Path(words[-1]) if words else None)
        if code is not None:
            sys.exit(code)
    from ui.commands import postil

    postil(prog_name="postil")


def _ask_only_for_the_window(words: list[str]) -> bool:
    """No words, a project, or `open` and a project: the command line need not be loaded for these."""
    if len(words) == 2 and words[0] == "open":
        words = words[1:]
    return not words or (len(words) == 1 and words[0].endswith(".postil") and not words[0].startswith("-"))


def _open_window(project: Path | None) -> int | None:
    """The exit code of a window; None where there can be none, which the command line then says."""
    gc.disable()  # nearly all that is made on the way to the window stays; looking through it takes a tenth
    from annotate.errors import UserError, own_mistake
    from ui.display import why_no_window
    from ui.imports import load_qt

    try:
        if why_no_window():
            return None
        load_qt()
        if project is not None:
            from storage.file import inspect

            inspect(project)
        from ui.app import run_window

        return run_window(project)
    except UserError:
        return None
    except Exception as error:
        if "POSTIL_TRACE" in os.environ:
            raise
        print(f"Error: {own_mistake(error)}", file=sys.stderr)
        return 2
    finally:
        gc.enable()


if __name__ == "__main__":
    main()
