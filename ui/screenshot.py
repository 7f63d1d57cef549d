"""A picture of a view, rendered without a screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTemporaryDir, QTimer

from annotate.errors import UserError
from storage import Project, articles, coders
from storage.backup import copy_to
from ui.app import application
from ui.fonts import load_italics
from ui.look import Look
from ui.settings import Settings
from ui.workspace import Workspace

LARGE = 200_000_000  # bytes
VIEWS = (
    "main",
    "text",
    "welcome",
    "quick-tag",
    "export",
    "history",
    "article",
    "pages",
    "correct",
    "replace",
    "workbench",
)
SHEETS = {"export": "export", "correct": "correct_text", "replace": "replace_in_many"}


def take_screenshot(
    project: Path | None,
    out: Path,
    *,
    view: str = "main",
    article: str | None = None,
    theme: str = "light",
    size: tuple[int, int] = (1280, 800),
) -> None:
    """Renders `view` of a project into a PNG file; `article` is an id, text hash or title.

    Draws a copy, which can be open for writing as one works on it while a window holds the project; a large
    project is opened read-only instead. Raises UserError.
    """
    from ui.theme import NAMES
    from ui.window import Window

    if view not in VIEWS:
        raise UserError(f"There is no view “{view}”; there are {', '.join(VIEWS)}.")
    if theme.replace("-", "_") not in NAMES:
        raise UserError(f"There is no theme “{theme}”; there are {', '.join(NAMES)}.")
    app = application()
    settings = Settings(app, passing=True)
    settings.set_theme(theme.replace("-", "_"))
    look = Look(app, settings)
    window = Window(settings, look)
    load_italics()
    window.resize(QSize(*size))
    window.show()
    if view != "welcome" and project is not None:
        with Project.open(project, write=False) as read:
            people = coders.all_coders(read)
            settings.set_coder(people[0].name if people else "")
            shown = articles.find(read, article) if article else articles.first(read)
        large = project.stat().st_size > LARGE
        place = QTemporaryDir()
        drawn = project if large else Path(place.filePath(project.name))
        if not large:
            copy_to(project, drawn)
        if not window.open_project(drawn, read_only=large):
            raise UserError(window.notices.standing()[-1].text)
        assert window.workspace is not None
        if shown is not None:
            window.workspace.open_article(shown.id)
        _turn_to(window.workspace, window, view)
    _settle()
    if not window.grab().save(str(out), "PNG"):
        raise UserError(f"{out} cannot be written.")
    window.close()


def _turn_to(workspace: object, window: object, view: str) -> None:
    from ui.window import Window

    assert isinstance(workspace, Workspace)
    assert isinstance(window, Window)
    if view == "text":
        window.actions_["only_text"].trigger()
    elif view in SHEETS:
        workspace.act(SHEETS[view])
    elif view == "pages":
        _turn_to_pages(workspace)
    elif view in ("history", "article"):
        workspace.show_page({"article": 1, "history": 2}[view])
    elif view == "workbench":
        workspace.open_page(_fullest(workspace))
    elif view == "quick-tag":
        workspace.reading.step_mark(1)
        window.repaint()
        workspace.act("quick_tag")
        workspace.acts.tagger.field.setText("leg")


def _fullest(workspace: Workspace) -> str:
    """The code with the most highlights, of those with examples if there are any."""
    session = workspace.session
    if not session.codes:
        raise UserError("There are no codes yet.")
    counts = session.counts()
    return max(session.codes, key=lambda id: (bool(session.codes[id].examples), counts.get(id, 0)))


def _turn_to_pages(workspace: Workspace) -> None:
    mode = workspace.reading.mode
    if not mode.there():
        raise UserError("This article did not come from a PDF, so it has no pages.")
    mode.turn(True, remember=False)
    if mode.view is None or not mode.on_pages:
        raise UserError(mode.bar.said.text() or "The pages of this PDF cannot be shown.")
    mode.view.pages().wait()


def _settle() -> None:
    """Lets what is waiting be laid out and painted."""
    loop = QEventLoop()
    QTimer.singleShot(60, loop.quit)
    loop.exec()
