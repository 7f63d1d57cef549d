"""The window: its head, the welcome page or a project's workspace, and what opens and closes them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.ids import now
from storage import AlreadyOpen, Project, ReadOnlyPlace, articles, highlights
from ui import ask
from ui.actions import Actions, shown_keys
from ui.icons import Icon, icon
from ui.look import Look
from ui.notice import Notices
from ui.session import Session
from ui.settings import Recent, Settings
from ui.theme import load_tokens
from ui.workspace import Workspace

if TYPE_CHECKING:
    from ui.palette import Palette
    from ui.welcome import Welcome

MENUS = ("File", "Edit", "Code", "Article", "Taxonomy", "View", "Help")
TITLE_BAR = 40  # room for the frame that the desktop puts round the window
NARROW = 1160  # below this width the codes pane folds
TITLE_BESIDE = 120  # pixels of the head beside the title: button, arrow, gaps


class Window(QMainWindow):
    """One project at a time, or the welcome page."""

    def __init__(self, settings: Settings, look: Look) -> None:
        super().__init__()
        self.settings = settings
        self.look = look
        self.workspace: Workspace | None = None
        self._folded = False
        self.setWindowTitle("Postil")
        self.setAcceptDrops(True)
        self.setMinimumSize(720, 480)
        self.actions_ = Actions(look.theme, self)
        for spec, action in self.actions_:
            self.addAction(action)
            if spec.keys:
                action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.stack = QStackedWidget()
        self._welcome: Welcome | None = None
        self.notices = Notices(look)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(_rule())
        column.addWidget(self.notices)
        column.addWidget(self.stack, 1)
        self.setCentralWidget(centre)
        self._wire()
        self._enable()
        look.changed.connect(self._repaint)
        self._repaint()
        if not self.restoreGeometry(settings.geometry("main")):
            room = self.screen().availableGeometry()
            self.resize(min(1440, room.width()), min(900, room.height() - TITLE_BAR))

    # ------------------------------------------------------------ opening

    def open_project(self, path: Path, *, read_only: bool = False) -> bool:
        """Opens a project in this window; what stands in the way is said, and read-only is offered."""
        path = Path(path)
        try:
            project = Project.open(path, write=not read_only, hold=not read_only)
        except (AlreadyOpen, ReadOnlyPlace) as error:
            read = ("Open read-only", lambda: self.open_project(path, read_only=True))
            self.notices.say(str(error), kind="warning", answers=(read,))
            return False
        except UserError as error:
            self.notices.say(str(error), kind="warning", lasting=True)
            return False
        self._take(project)
        return True

    def close_project(self) -> None:
        if self.workspace is None:
            return
        self._remember(self.workspace.session.project)
        workspace, self.workspace = self.workspace, None
        if "palette_" in self.__dict__:
            self.palette_.session = None
        self.stack.removeWidget(workspace)
        workspace.shut()
        workspace.deleteLater()
        self._name_title()
        self.setWindowTitle("Postil")
        self._enable()
        if self.isVisible():
            self.show_welcome()

    def show_welcome(self) -> None:
        """The page that is seen while no project is open; made at first need."""
        if self._welcome is None:
            from ui.welcome import Welcome

            page = self._welcome = Welcome(self.settings, self.look)
            page.new_asked.connect(self.new_project)
            page.open_asked.connect(self.ask_project)
            page.demo_asked.connect(self.open_demo)
            page.recent_opened.connect(self.open_project)
            page.dropped.connect(self.take_files)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self._welcome)

    @cached_property
    def palette_(self) -> Palette:
        from ui.palette import Palette

        made = Palette(self.actions_, self.look, self)
        made.session = self.workspace.session if self.workspace else None
        made.article_chosen.connect(self._open_found)
        made.code_chosen.connect(lambda id: self.workspace and self.workspace.apply_code(id))
        return made

    def _take(self, project: Project) -> None:
        self.close_project()
        session = Session(project, self.settings, self)
        self.workspace = Workspace(session, self.actions_, self.look, self.notices)
        if "palette_" in self.__dict__:
            self.palette_.session = session
        self.stack.addWidget(self.workspace)
        self.stack.setCurrentWidget(self.workspace)
        self.workspace.enabling_changed.connect(self._enable)
        self.workspace.reopen_asked.connect(self.open_project)
        session.changed.connect(lambda _: self._name_steps())
        self._name_title()
        self.setWindowTitle(f"{project.title} – Postil")
        self._remember(project)
        self._fold()
        self._enable()
        self.workspace.begin()

    def _remember(self, project: Project) -> None:
        self.settings.add_recent(
            Recent(
                str(project.path.absolute()),
                project.title,
                now(),
                articles.count(project),
                highlights.count(project),
            )
        )

    def new_project(self) -> None:
        from ui.dialogs.new_project import NewProject

        dialog = NewProject(self.settings, self.look, self)
        dialog.made.connect(self.open_project)
        dialog.open()

    def ask_project(self) -> None:
        path = ask.open_project(self, self.settings.last_folder)
        if path:
            self.settings.set_last_folder(path.parent)
            self.open_project(path)

    def open_demo(self) -> None:
        from storage.demo import demo_place, make_demo

        try:
            path = demo_place()
            if not path.exists():
                make_demo(path)
        except UserError as error:
            self.notices.say(str(error), kind="warning", lasting=True)
            return
        self.open_project(path)

    # ------------------------------------------------------------ head

    def _head(self) -> QWidget:
        head = QFrame()
        head.setProperty("role", "chrome")
        head.setFixedHeight(max(load_tokens()["size"]["toolbar"], self.fontMetrics().height() + 24))
        row = QHBoxLayout(head)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        left = QHBoxLayout()
        left.setSpacing(8)
        self.left_button = self._tool("left_pane")
        left.addWidget(self.left_button)
        self.title = QPushButton("Postil")
        self.title.setProperty("role", "title")
        self.title.setAccessibleName("Menu")
        self.title.setToolTip("Menu (F10)")
        self.title.setMenu(self._menu())
        left.addWidget(self.title)
        left.addStretch(1)
        self.search = QPushButton("Search articles, codes and commands")
        self.search.setProperty("role", "search")
        self.search.setAccessibleName("Search articles, codes and commands")
        self.search.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.search.setMinimumWidth(180)
        self.search.setMaximumWidth(420)
        self.search.clicked.connect(self.actions_["command_palette"].trigger)
        keys = QLabel(shown_keys(self.actions_.specs["command_palette"]).replace("+", " "), self.search)
        keys.setProperty("role", "key")
        inside = QHBoxLayout(self.search)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(keys, 0, Qt.AlignmentFlag.AlignVCenter)
        right = QHBoxLayout()
        right.setSpacing(6)
        right.addStretch(1)
        self.undo_button, self.redo_button = self._tool("undo"), self._tool("redo")
        self.upright = upright = QFrame()
        upright.setProperty("role", "upright")
        upright.setFixedHeight(20)
        self.type_button, self.export_button = self._tool("typography"), self._tool("export")
        self.export_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.actions_["export"].setIconText(" Export")
        self.right_button = self._tool("right_pane")
        for widget in (self.undo_button, self.redo_button, upright, self.type_button, self.export_button):
            right.addWidget(widget)
        right.addWidget(self.right_button)
        row.addLayout(left, 1)
        row.addWidget(self.search, 1)
        row.addLayout(right, 1)
        return head

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(self.actions_[name])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(self.actions_[name].text())
        keys = shown_keys(self.actions_.specs[name])
        button.setToolTip(f"{self.actions_[name].text()} ({keys})" if keys else self.actions_[name].text())
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        return menu

    def _fill(self, menu: QMenu) -> None:
        """What the menu shows is put into it when it is first opened."""
        self.actions_.paint()
        if not menu.isEmpty():
            return
        for name in MENUS:
            inner = menu.addMenu(name)
            for spec, action in self.actions_:
                if spec.menu == name:
                    inner.addAction(action)
                    if spec.name in SEPARATED:
                        inner.addSeparator()

    # ------------------------------------------------------------ actions

    def _wire(self) -> None:
        act = self.actions_
        works = {
            "new_project": self.new_project,
            "open_project": self.ask_project,
            "open_demo": self.open_demo,
            "close_project": self.close_project,
            "quit": self.close,
            "command_palette": self._open_palette,
            "search_project": self._open_palette,
            "settings": self._settings,
            "typography": self._typography,
            "left_pane": lambda: self._panes(),
            "right_pane": lambda: self._panes(),
            "only_text": self._only_text,
            "larger": lambda: self._resize_text(1),
            "smaller": lambda: self._resize_text(-1),
            "paragraph_numbers": lambda: self.settings.set_flag(
                "paragraph_numbers", act["paragraph_numbers"].isChecked()
            ),
            "manual": lambda: self._page("manual", "Manual"),
            "keys": lambda: self._page("keys", "Keys"),
            "about": lambda: self._page("about", "About"),
        }
        for name in ("light", "dark", "high_contrast", "system"):
            act[f"theme_{name}"].triggered.connect(lambda _=False, name=name: self.settings.set_theme(name))
        for name, work in works.items():
            act[name].triggered.connect(lambda _=False, work=work: work())
        act["left_pane"].setChecked(self.settings.flag("left_pane", True))
        act["right_pane"].setChecked(self.settings.flag("right_pane", True))
        act["paragraph_numbers"].setChecked(self.settings.flag("paragraph_numbers", False))
        for spec, action in act:
            if spec.name not in works and not spec.name.startswith("theme_"):
                action.triggered.connect(lambda _=False, name=spec.name: self._pass_on(name))

    def _pass_on(self, name: str) -> None:
        if self.workspace is not None:
            self.workspace.act(name)

    def _enable(self) -> None:
        workspace = self.workspace
        there = workspace.there() if workspace else frozenset[str]()
        self.actions_.enable(there, workspace is None or workspace.session.project.writable)
        for widget in (self.left_button, self.right_button, self.undo_button, self.redo_button,
                       self.type_button, self.export_button, self.upright, self.search):  # fmt: skip
            widget.setVisible(workspace is not None)
        self._name_steps()

    def _name_steps(self) -> None:
        """Undo and redo say what they would take back."""
        project = self.workspace.session.project if self.workspace else None
        for name, verb in (("undo", "Undo"), ("redo", "Redo")):
            step = None
            if project is not None and project.writable:
                step = project.undoable() if name == "undo" else project.redoable()
            action = self.actions_[name]
            action.setEnabled(step is not None)
            action.setText(f"{verb}: {step.label}" if step else verb)
            keys = shown_keys(self.actions_.specs[name])
            why = project.why_no_undo() if project and not step and name == "undo" else ""
            action.setToolTip(why or f"{action.text()} ({keys})")

    def _name_title(self) -> None:
        """The project's title in the head, as much of it as has room."""
        title = self.workspace.session.project.title if self.workspace else "Postil"
        self.title.ensurePolished()
        room = (self.width() - self.search.maximumWidth()) // 2 if self.width() > 1260 else self.width() // 3
        cut = self.title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, room - TITLE_BESIDE)
        self.title.setText(cut.replace("&", "&&"))
        self.title.setToolTip("Menu (F10)" if cut == title else f"{title} – menu (F10)")

    def _open_palette(self) -> None:
        self.palette_.open_at(self.mapToGlobal(QPoint(self.width() // 2, 7)))

    def _open_found(self, id: str, words: str) -> None:
        if self.workspace is not None:
            self.workspace.open_article(id, words)

    def _settings(self) -> None:
        from ui.dialogs.settings import SettingsDialog

        SettingsDialog(self.settings, self.look, self).open()

    def _typography(self) -> None:
        self._settings()

    def _page(self, module: str, name: str) -> None:
        from importlib import import_module

        kind = getattr(import_module(f"ui.dialogs.{module}"), name)
        kind(self.look, self).open()

    def _resize_text(self, by: int) -> None:
        """Larger or smaller: the pages of a PDF while they are shown, else the text."""
        if self.workspace and self.workspace.reading.mode.on_pages:
            self.workspace.reading.mode.zoom(by)
            return
        now_set = self.settings.typography
        line = round((now_set.size + by) * now_set.line / now_set.size)
        self.settings.set_typography(size=now_set.size + by, line=line)

    # ------------------------------------------------------------ panes

    def _panes(self) -> None:
        act = self.actions_
        self.settings.set_flag("left_pane", act["left_pane"].isChecked())
        if not self._folded:
            self.settings.set_flag("right_pane", act["right_pane"].isChecked())
        if self.workspace is not None:
            self.workspace.show_panes(act["left_pane"].isChecked(), act["right_pane"].isChecked())

    def _only_text(self) -> None:
        alone = self.actions_["only_text"].isChecked()
        self.centralWidget().layout().itemAt(0).widget().setVisible(not alone)
        if self.workspace is not None:
            self.workspace.alone(alone)
            if not alone:
                self._panes()
                self.workspace.together()

    def _fold(self) -> None:
        """In a narrow window the codes pane folds under its key, and comes back with the room."""
        narrow = self.width() < NARROW
        if narrow != self._folded or self.workspace is not None:
            right = self.actions_["right_pane"]
            if narrow and not self._folded:
                right.setChecked(False)
            elif self._folded and not narrow:
                right.setChecked(self.settings.flag("right_pane", True))
            self._folded = narrow
            self._panes()

    # ------------------------------------------------------------ Qt

    def take_files(self, paths: list[Path]) -> None:
        """What was dropped: a project is opened, anything else is added to the one that is open."""
        projects = [path for path in paths if path.suffix == ".postil"]
        if projects:
            self.open_project(projects[0])
        elif self.workspace is not None:
            self.workspace.add_files(paths)
        elif paths:
            from ui.dialogs.new_project import NewProject

            dialog = NewProject(self.settings, self.look, self)
            dialog.made.connect(lambda path: self.open_project(path) and self.take_files(paths))
            dialog.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_title()
        if (self.width() < NARROW) != self._folded:
            self._fold()

    def showEvent(self, event: QShowEvent) -> None:
        if self.workspace is None:
            self.show_welcome()
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.settings.set_geometry("main", self.saveGeometry())
        self.close_project()
        super().closeEvent(event)

    def _repaint(self) -> None:
        theme = self.look.theme
        self.actions_.repaint(theme)
        self.search.setIcon(icon(Icon.SEARCH, theme.dim, 16))


SEPARATED = frozenset(
    {"open_demo", "paste_article", "import_reports", "package", "backups", "redo", "copy", "search_project", "add_part",
     "delete_highlight", "next_article", "previous_article", "state_skipped", "rename_article", "purge_removed",
     "command_palette", "only_text", "smaller", "theme_system"}
)  # fmt: skip


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    return rule
