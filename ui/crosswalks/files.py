"""Crosswalks from files and to files, asked for in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotate.crosswalk_files import FORMATS, read
from annotate.crosswalks import Crosswalk
from annotate.errors import UserError
from annotate.frozen import frozen
from annotate.readers.files import read_whole
from annotate.shipped_crosswalks import Shipped, fitting
from annotate.spoken import counted
from annotate.suffixes import format_of
from annotate.writers.whole import written_whole
from storage import crosswalks
from storage.crosswalks_in import Plan, plan, take
from ui import ask
from ui.session import Session

KINDS = "Crosswalks (*.csv *.tsv *.ttl *.rdf *.jsonld *.nt);;All files (*)"


@frozen
class Done:
    """What came of it, in a sentence, or why nothing did; `crosswalk` is the one to show."""

    said: str = ""
    problem: str = ""
    crosswalk: str = ""


def offered(session: Session) -> list[Shipped]:
    """Those that come with the program, fit the project, and are not in it."""
    titles = {each.title for each in crosswalks.all_crosswalks(session.project)}
    return [each for each in fitting(session.codes.keys()) if each.title not in titles]


def take_shipped(session: Session, ours: Shipped) -> Done:
    """Adds one that comes with the program."""
    return _take(session, plan(session.project, ours.rows, title=ours.title, origin=ours.origin))


def ask_import(session: Session, over: QWidget, shown: Crosswalk | None) -> Done:
    """Takes the mappings of a file into the crosswalk shown, or into a new one called as the file."""
    path = ask.open_one(over, "Import a crosswalk", session.settings.last_folder, KINDS)
    if path is None:
        return Done()
    try:
        rows = read(read_whole(path), path.name)
        return _take(session, plan(session.project, rows, title=shown.title if shown else path.stem))
    except UserError as error:
        return Done(problem=str(error))


def ask_export(session: Session, over: QWidget, shown: Crosswalk) -> Done:
    """Writes the mappings to a file of the kind its name says."""
    suffixes = " ".join(f"*{each.suffixes[0]}" for each in FORMATS.values())
    name = Path(session.settings.last_folder) / f"{shown.title}.csv"
    path = ask.save_file(over, "Export the crosswalk", name, f"Crosswalks ({suffixes})")
    if path is None:
        return Done()
    try:
        data = FORMATS[format_of(path.name, FORMATS)].write(shown, session.codes)
        with written_whole(path) as file:
            file.write(data)
    except UserError as error:
        return Done(problem=str(error))
    return Done(f"{counted(len(shown.mappings), 'mapping')} written to {path.name}")


def _take(session: Session, wanted: Plan) -> Done:
    session.do(f"Crosswalk “{wanted.crosswalk.title}”", lambda step: take(step, wanted))
    facts = [f"{len(wanted.new)} new", f"{len(wanted.changed)} changed", f"{wanted.known} were there"]
    if wanted.unknown:
        facts.append(f"{counted(len(wanted.unknown), 'line')} with codes that are not here")
    return Done(", ".join(facts), crosswalk=wanted.crosswalk.id)
