"""A project on screen: articles, text, codes and the selected highlight, and what joins them."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import ArticleState, Highlight
from annotate.spoken import counted
from storage import Change, articles, sessions
from ui import ask
from ui.actions import Actions
from ui.articles.pane import ArticlesPane
from ui.clock import Clock
from ui.coding import Coding
from ui.fonts import load_italics
from ui.look import Look
from ui.notice import Notices
from ui.reading_pane import ReadingPane
from ui.session import Session
from ui.status import StatusLine
from ui.theme import load_tokens

if TYPE_CHECKING:
    from ui.adding import Adding
    from ui.article_page import ArticlePage
    from ui.backing_up import BackUp
    from ui.codes.pane import CodesPane
    from ui.coding_acts import CodingActs
    from ui.correcting.deeds import Correcting
    from ui.correcting.repair import RepairPage
    from ui.history import HistoryPage
    from ui.inspector import Inspector
    from ui.relations.relating import Relating
    from ui.rules.deeds import RuleDeeds
    from ui.sheets import Sheets
    from ui.workbench.view import Workbench

LAST_ARTICLE = "last article"
FILL_MS, LATER_MS = 15, 250
REPAIR = 3  # the tab that is there while highlights wait for repair
QUESTIONS = 4  # the tab that is there where a taxonomy asks questions about whole articles
RIGHT_LEAST = 292  # pixels that its tabs need
CHECK = 5  # the tab that is there once the rules were checked
TABS = (
    (0, "Codes"),
    (1, "Article"),
    (QUESTIONS, "Questions"),
    (2, "History"),
    (REPAIR, "Repair"),
    (CHECK, "Check"),
)


class Workspace(QWidget):
    """Three panes over a status line."""

    enabling_changed = Signal()
    reopen_asked = Signal(Path)

    def __init__(self, session: Session, actions: Actions, look: Look, notices: Notices) -> None:
        super().__init__()
        self.session = session
        self._actions, self._look, self._notices = actions, look, notices
        self.coding = Coding(session, self)
        self.clock = Clock(session, self)
        self.articles = ArticlesPane(session, look)
        self.reading = ReadingPane(session, self.coding, actions, look)
        self.status = StatusLine(session, self.clock, look)
        self._shut = False
        self._last: str | None = None  # what is kept as the article that was open
        self._sizes: list[int] = []  # of the panes, while the text is alone
        self._lay_out()
        self._wire()

    def begin(self) -> None:
        """What comes after the window is there: the last article, the coder's name, a backup, news."""
        project = self.session.project
        last = self._last = sessions.recalled(project, LAST_ARTICLE)
        if not (last and articles.exists(project, last)):
            last = self.articles.first_id() or ""
        if last:
            self.session.show_article(last)
            self.articles.reveal(last)
        self.reading.view.setFocus()
        if not project.writable:
            return
        if self.session.coder is None and self.session.settings.coder:
            self.session.code_as(self.session.settings.coder)
        QTimer.singleShot(LATER_MS, self, self._look_after)

    def _look_after(self) -> None:
        """What need not stand before the window does: killed imports, the backup, the popup."""
        if self._shut:
            return
        load_italics()
        self.adding.offer_unfinished()
        self._backup.begin()
        self._offer_repair()
        self.acts.tagger.hide()  # made now, so that it opens at once

    # ------------------------------------------------------------ parts made when they are first needed

    @cached_property
    def _backup(self) -> BackUp:
        from ui.backing_up import BackUp

        made = BackUp(self.session.project, self)
        made.failed.connect(lambda text: self._notices.say(text, kind="warning"))
        return made

    @cached_property
    def codes(self) -> CodesPane:
        from ui.codes.pane import CodesPane

        made = CodesPane(self.session, self._look)
        made.code_chosen.connect(self.apply_code)
        made.span_dropped.connect(self.apply_code)
        made.add_taxonomy_asked.connect(lambda: self.act("add_taxonomy"))
        made.left.connect(self.reading.view.setFocus)
        made.menu.page_asked.connect(self.open_page)
        self._codes_and_mark.insertWidget(0, made)
        self._codes_and_mark.setStretchFactor(0, 3)
        return made

    @cached_property
    def inspector(self) -> Inspector:
        from ui.inspector import Inspector

        made = Inspector(self.session, self._look)
        made.change_code_asked.connect(lambda _: self.act("change_code"))
        made.delete_asked.connect(lambda _: self.act("delete_highlight"))
        made.cycle_asked.connect(lambda: self.act("cycle_highlights"))
        made.go_asked.connect(lambda id: self.reading.view.select_mark(id, scroll=True))
        made.relate_asked.connect(lambda: self.act("relate"))
        self._codes_and_mark.insertWidget(self._codes_and_mark.count(), made)
        self._codes_and_mark.setStretchFactor(1, 2)
        return made

    def _fill(self) -> None:
        """The right pane is filled once the article stands on the screen."""
        if not self._shut:
            for part in (self.codes, self.inspector):
                part.show()

    @cached_property
    def acts(self) -> CodingActs:
        """What is done to the selection and to the highlight by an action's name."""
        from ui.coding_acts import CodingActs

        return CodingActs(self, self._look)

    @cached_property
    def relating(self) -> Relating:
        from ui.relations.relating import Relating

        return Relating(self.session, self.coding, self.reading, self._look)

    @cached_property
    def sheets(self) -> Sheets:
        """What is opened over the window by an action's name."""
        from ui.sheets import Sheets

        return Sheets(self, self._look, self._notices)

    @cached_property
    def adding(self) -> Adding:
        from ui.adding import Adding

        made = Adding(self.session, self._look, self._notices, self)
        made.arrived.connect(self.open_article)
        made.report_asked.connect(lambda: self.act("import_reports"))
        made.near_asked.connect(self.sheets.compare)
        return made

    @cached_property
    def article_page(self) -> ArticlePage:
        from ui.article_page import ArticlePage

        made = ArticlePage(self.session, self._look)
        self.articles.selection_changed.connect(made.show_articles)
        made.correct_asked.connect(lambda: self.act("correct_text"))
        made.done.connect(self.tell_done)
        self._pages.addWidget(made)
        return made

    @cached_property
    def history(self) -> HistoryPage:
        from ui.history import HistoryPage

        made = HistoryPage(self.session, self._look)
        self._pages.addWidget(made)
        return made

    @cached_property
    def repair_page(self) -> RepairPage:
        from ui.correcting.repair import RepairPage

        made = RepairPage(self.session, self.reading, self._look)
        made.article_asked.connect(self.open_at)
        self._pages.addWidget(made)
        return made

    @cached_property
    def workbench(self) -> Workbench:
        from ui.workbench.view import Workbench

        made = Workbench(self.session, self._look)
        made.left.connect(self.leave_workbench)
        made.add_taxonomy_asked.connect(lambda: self.act("add_taxonomy"))
        made.hide()
        made.show_parts(*(self._actions[name].isChecked() for name in ("left_pane", "right_pane")))
        self._whole.insertWidget(0, made, 1)
        return made

    @cached_property
    def correcting(self) -> Correcting:
        from ui.correcting.deeds import Correcting

        return Correcting(self, self._look, self._notices)

    def _page(self, at: int) -> QWidget:
        if at == REPAIR:
            return self.repair_page
        if at == QUESTIONS:
            return self.rules.form
        if at == CHECK:
            return self.rules.check
        if at == 1:
            return self.article_page
        return self.history if at == 2 else self._codes_and_mark

    # ------------------------------------------------------------ the parts together

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(
            0, self, lambda: QTimer.singleShot(FILL_MS, self, self._fill)
        )  # from the first paint on
        self.clock.watch(self.window())

    def _lay_out(self) -> None:
        tokens = load_tokens()["size"]
        self._tabs = QButtonGroup(self)
        self._pages = QStackedWidget()
        codes_and_mark = QSplitter(Qt.Orientation.Vertical)
        codes_and_mark.setChildrenCollapsible(False)
        head, always, seldom = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setContentsMargins(10, 10, 8, 0)
        head.setSpacing(2)
        self._codes_and_mark = codes_and_mark
        self._pages.addWidget(codes_and_mark)
        for at, name in TABS:
            tab = QPushButton(name, checkable=True)
            tab.setProperty("role", "tab")
            tab.toggled.connect(tab.updateGeometry)  # the chosen one is bold
            self._tabs.addButton(tab, at)
            (seldom if at in (REPAIR, CHECK) else always).addWidget(tab)
        for row in (always, seldom):
            row.setSpacing(1)
            row.addStretch(1)
            head.addLayout(row)
        self._tabs.button(0).setChecked(True)
        self._tabs.button(REPAIR).hide()
        self._tabs.button(CHECK).hide()
        self._tabs.button(QUESTIONS).setVisible(self._asks())
        self._tabs.idClicked.connect(lambda at: self._pages.setCurrentWidget(self._page(at)))
        self.right = QFrame()
        self.right.setProperty("role", "chrome")
        column = QVBoxLayout(self.right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        self.panes = QSplitter(Qt.Orientation.Horizontal)
        for pane, least in ((self.articles, 200), (self.reading, 360), (self.right, RIGHT_LEAST)):
            pane.setMinimumWidth(least)
            self.panes.addWidget(pane)
        self.panes.setChildrenCollapsible(False)
        self.panes.setStretchFactor(1, 1)
        self.panes.setSizes([tokens["left"], 1440 - tokens["left"] - tokens["right"], tokens["right"]])
        self.panes.restoreState(self.session.settings.geometry("panes"))
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.panes, 1)
        self._rule = rule = QFrame()
        rule.setProperty("role", "rule")
        whole.addWidget(rule)
        whole.addWidget(self.status)

    def _wire(self) -> None:
        session, reading = self.session, self.reading
        session.failed.connect(lambda text: self._notices.say(text, kind="warning"))
        session.highlight_selected.connect(lambda _: self.enabling_changed.emit())
        session.article_changed.connect(self._article_shown)
        self.coding.coder_needed.connect(self._ask_coder)
        self.coding.made.connect(self._mark_made)
        session.changed.connect(self._follow_rules)
        self.articles.opened.connect(session.show_article)
        self.articles.chosen.connect(self.open_article)
        self.articles.details_asked.connect(lambda: self.show_page(1))
        self.articles.text_dropped.connect(self.add_text)
        self.articles.add_asked.connect(lambda: self.act("add_articles"))
        self.articles.files_dropped.connect(self.add_files)
        session.changed.connect(lambda change: change.touches("lost_highlight") and self._offer_repair())
        reading.enabling_changed.connect(self.enabling_changed)
        reading.menu_asked.connect(self._menu)
        reading.view.link_dragged.connect(lambda *drawn: self.relating.between(*drawn))
        self.status.coder_asked.connect(self._ask_coder)

    def there(self) -> frozenset[str]:
        """What is at hand, for the actions that need it."""
        found = {"project"}
        if self.on_workbench:
            return frozenset(found)
        if self.session.article:
            found.add("article")
        if self.reading.mode.there():
            found.add("pages")
        if self.reading.spans():
            found.add("selection")
        if self.reading.selected():
            found.add("highlight")
        return frozenset(found)

    def act(self, name: str) -> None:
        """Carries out an action of the menus, the palette or the keys."""
        if name.startswith("state_"):
            self._set_state(ArticleState(name.removeprefix("state_").replace("_", " ")))
            return
        own = getattr(self, f"_do_{name}", None) or getattr(self.acts, name, None)
        (own or getattr(self.sheets, name))()

    # ------------------------------------------------------------ workbench

    @property
    def on_workbench(self) -> bool:
        """Whether the taxonomy workbench stands in place of the text."""
        return "workbench" in self.__dict__ and not self.workbench.isHidden()

    def open_page(self, code: str, field: str = "") -> None:
        """The page of a code on the workbench, ready to write in one of its fields if that is named."""
        self._show_workbench()
        self.workbench.show_code(code)
        if field:
            self.workbench.page.edit(field)
        else:
            self.workbench.focus_tree()

    def leave_workbench(self) -> None:
        """Back to the text, at the place where it was."""
        if self.on_workbench:
            self.workbench.flush()
            self.workbench.hide()
            self.panes.show()
            self.reading.view.setFocus()
            self.enabling_changed.emit()

    def _show_workbench(self) -> None:
        if not self.on_workbench:
            self.inspector.flush()
            self.panes.hide()
            self.workbench.show()
            self.workbench.refresh()
            self.enabling_changed.emit()

    def _do_workbench(self) -> None:
        if self.on_workbench:
            self.leave_workbench()
            return
        mark = self.reading.selected()
        current = self.codes.tree.current_id()
        wanted = mark.code if mark and mark.code else current
        self._show_workbench()
        if wanted:
            self.workbench.show_code(wanted)
        self.workbench.focus_tree()

    # ------------------------------------------------------------ articles

    def open_article(self, id: str, words: str = "") -> None:
        self.leave_workbench()
        self.session.show_article(id)
        self.articles.reveal(id)
        if words:
            self.reading.open_find(words)
        else:
            self.reading.view.setFocus()

    def open_at(self, id: str, place: int) -> None:
        """Opens an article at a place in its text."""
        self.leave_workbench()
        self.session.show_article(id)
        self.articles.reveal(id)
        self.reading.go_to(place)

    def add_files(self, paths: list[Path]) -> None:
        self.adding.add_files(paths)

    def add_text(self, text: str, name: str = "Dropped text") -> None:
        self.adding.add_text(text, name)

    def _article_shown(self, id: str | None) -> None:
        if id is not None:
            self.articles.reveal(id)
            if self.session.project.writable and id != self._last:
                self._last = id
                with suppress(UserError):  # which article was open is not worth a message
                    sessions.remember(self.session.project, LAST_ARTICLE, id)
        self.enabling_changed.emit()

    def _set_state(self, state: ArticleState) -> None:
        ids = self.articles.selected_ids() or ([self.session.article] if self.session.article else [])
        if not ids:
            return
        reason = ""
        if state is ArticleState.SKIPPED:
            asked = ask.text(
                self, "Skip this article" if len(ids) == 1 else f"Skip {len(ids)} articles", "Reason"
            )
            if asked is None:
                return
            reason = asked
        following = self.articles.next_id(ids[-1]) if state is ArticleState.DONE and len(ids) == 1 else None
        label = f"Mark {counted(len(ids), 'article')} as {state}"
        self._flush()
        self.session.do(label, lambda step: articles.set_state(step, ids, state, reason))
        if state is ArticleState.DONE:
            self.tell_done(ids)
        if following:
            self.open_article(following)

    # ------------------------------------------------------------ rules

    @cached_property
    def rules(self) -> RuleDeeds:
        from ui.rules.deeds import RuleDeeds

        return RuleDeeds(self, self._look, self._notices)

    def _mark_made(self, mark: Highlight) -> None:
        if self.session.checker is not None:
            self.rules.mark_made(mark)

    def _follow_rules(self, change: Change) -> None:
        if self.session.checker is not None and change.touches("highlight", "rule"):
            self.rules.follow(change)
        if change.touches("question", "taxonomy"):
            tab = self._tabs.button(QUESTIONS)
            tab.setVisible(self._asks() or tab.isChecked())

    def _asks(self) -> bool:
        return any(each.questions for each in self.session.taxonomies)

    def tell_done(self, ids: list[str]) -> None:
        """What articles lack that were set to done just now."""
        if self.session.checker is not None:
            self.rules.tell_done(ids)

    def turn_to(self, tab: int) -> None:
        """Shows a tab of the right pane that is not always there."""
        self._tabs.button(tab).show()
        self.show_page(tab)

    def add_page(self, page: QWidget) -> None:
        self._pages.addWidget(page)

    def _do_qualify(self) -> None:
        self.rules.qualify()

    def _do_questions(self) -> None:
        self.turn_to(QUESTIONS)
        self.rules.form.focus_next()

    def _do_check_rules(self) -> None:
        self.turn_to(CHECK)
        self.rules.check.check()
        self.rules.check.list.setFocus()

    def _do_edit_questions(self) -> None:
        if id := self.taxonomy_at_hand():
            self.codes.menu.questions(id)

    def _do_edit_rules(self) -> None:
        if id := self.taxonomy_at_hand():
            self.codes.menu.rules(id)

    # ------------------------------------------------------------ codes

    def apply_code(self, code: str) -> None:
        """Puts a code on what is selected; without a selection its page is opened."""
        if self.reading.spans() and not self.on_workbench:
            self.reading.take_code(code)
        else:
            self.open_page(code)

    def _ask_coder(self) -> None:
        from ui.dialogs.coder import CoderDialog

        sheet = CoderDialog(self.session, self._look, self.window())
        sheet.finished.connect(lambda _: self.coding.forget_waiting())
        sheet.open()

    def _menu(self, point: QPoint) -> None:
        """The reading view's context menu: recent codes first."""
        from storage import highlights

        menu = QMenu(self)
        session = self.session
        if self.reading.spans() and session.coder and session.project.writable:
            for code in highlights.recent_codes(session.project, session.coder.id, 6):
                if (known := session.codes.get(code)) and known.offered:
                    menu.addAction(
                        self.codes.chip(code), known.name, lambda id=code: self.reading.take_code(id)
                    )
            menu.addSeparator()
        for name in MENU:
            if not name:
                menu.addSeparator()
            elif self._actions[name].isEnabled():
                menu.addAction(self._actions[name])
        menu.popup(point)

    # ------------------------------------------------------------ panes

    def show_panes(self, left: bool, right: bool) -> None:
        self.articles.setVisible(left)
        self.right.setVisible(right)
        if "workbench" in self.__dict__:
            self.workbench.show_parts(left, right)

    def alone(self, alone: bool) -> None:
        """Nothing but the text."""
        for widget in (self.status, self._rule):
            widget.setVisible(not alone)
        if alone:
            self._sizes = self.panes.sizes()
            self.show_panes(False, False)

    def together(self) -> None:
        """The panes as wide as they were before the text was alone."""
        if self._sizes:
            self.panes.setSizes(self._sizes)

    def show_page(self, at: int) -> None:
        self.leave_workbench()
        self._tabs.button(at).setChecked(True)
        self._pages.setCurrentWidget(self._page(at))
        if not self._actions["right_pane"].isChecked():
            self._actions["right_pane"].trigger()

    def _offer_repair(self) -> None:
        """The tab for highlights that lost their place is there while there are any."""
        from storage import lost_marks

        count = lost_marks.count(self.session.project)
        tab = self._tabs.button(REPAIR)
        tab.setText(f"Repair {count:,}" if count else "Repair")
        tab.setVisible(bool(count) or tab.isChecked())

    def shut(self) -> None:
        """Everything that was typed is kept, everything that runs is ended, the file is closed."""
        self._shut = True
        if "inspector" in self.__dict__:
            self.inspector.flush()
        self._flush()
        if "rules" in self.__dict__:
            self.rules.shut()
        self.articles.shut()
        self.reading.shut()
        if "adding" in self.__dict__:
            self.adding.stop()
        if "_backup" in self.__dict__:
            self._backup.wait()
        self.clock.stop()
        self.session.settings.set_geometry("panes", self.panes.saveState())
        self.session.close()

    # ------------------------------------------------------------ actions by name

    def _do_undo(self) -> None:
        self.inspector.flush()
        self._flush()
        self.session.undo()

    def _flush(self) -> None:
        """Stores what was typed on the pages."""
        for name in ("article_page", "workbench", "rules"):
            if name in self.__dict__:
                getattr(self, name).flush()

    def _do_redo(self) -> None:
        self.inspector.flush()
        self._flush()
        self.session.redo()

    def _do_copy(self) -> None:
        field = QApplication.focusWidget()
        copies = getattr(field, "copy", None)
        if field is not self.reading.view and copies is not None:
            copies()
            return
        project = self.session.project
        spans = self.reading.spans()
        if self.session.article and spans:
            text = articles.text(project, self.session.article)
            QGuiApplication.clipboard().setText(" … ".join(text[a:b] for a, b in spans))
            self.session.said.emit("Quote copied")

    def _do_find(self) -> None:
        self.reading.open_find()

    def _do_find_next(self) -> None:
        self.reading.step_hit(1)

    def _do_find_previous(self) -> None:
        self.reading.step_hit(-1)

    def _do_go_to_paragraph(self) -> None:
        asked = ask.text(self, "Go to paragraph", "Number")
        if asked is None:
            return
        if asked.strip().isdecimal():
            self.reading.go_to_paragraph(int(asked))
        else:
            self.session.failed.emit(f"“{asked}” is no paragraph number.")

    def _do_as_pages(self) -> None:
        mode = self.reading.mode
        mode.turn(not mode.on_pages)

    def _do_next_article(self) -> None:
        self._step_article(self.articles.next_id)

    def _do_previous_article(self) -> None:
        self._step_article(self.articles.previous_id)

    def _step_article(self, way: object) -> None:
        assert callable(way)
        if self.session.article and (id := way(self.session.article)):
            self.open_article(id)
        else:
            self.session.said.emit("No further article.")

    def _do_rename_article(self) -> None:
        self.articles.rename_current()

    def _do_remove_article(self) -> None:
        self.articles.remove_selected()

    def _do_add_articles(self) -> None:
        self.adding.ask(self)

    def _do_correct_text(self) -> None:
        self.correcting.correct_text()

    def _do_replace_in_many(self) -> None:
        self.correcting.replace_in_many()

    def _do_pseudonyms(self) -> None:
        self.correcting.put_in_pseudonyms()

    def _do_purge_texts(self) -> None:
        self.correcting.purge()

    def _do_purge_removed(self) -> None:
        self.correcting.purge_removed()

    def _do_repair_highlights(self) -> None:
        self._tabs.button(REPAIR).show()
        self.show_page(REPAIR)

    def _do_add_files(self) -> None:
        settings = self.session.settings
        if paths := ask.open_files(self, settings.last_folder):
            settings.set_last_folder(paths[0].parent)
            self.add_files(paths)

    def _do_add_folder(self) -> None:
        settings = self.session.settings
        if folder := ask.open_folder(self, settings.last_folder):
            settings.set_last_folder(folder)
            self.add_files([folder])

    def _do_paste_article(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.add_text(text, "Pasted text")
        else:
            self.session.failed.emit("The clipboard holds no text.")

    def _do_add_taxonomy(self) -> None:
        self._codes_at_hand().add_taxonomy()

    def _do_update_taxonomy(self) -> None:
        if id := self.taxonomy_at_hand():
            self._codes_at_hand().menu.update_from_file(id)

    def _do_add_code(self) -> None:
        self._codes_at_hand().new_code()

    def _codes_at_hand(self) -> CodesPane:
        """The pane of codes that is in sight: the workbench's, or the one beside the text."""
        if self.on_workbench:
            return self.workbench.codes
        self.show_page(0)
        return self.codes

    def _do_versions(self) -> None:
        if id := self.taxonomy_at_hand():
            self._codes_at_hand().menu.versions(id)

    def _do_replace_in_codes(self) -> None:
        if id := self.taxonomy_at_hand():
            self._codes_at_hand().menu.replace(id)

    def _do_change_log(self) -> None:
        if id := self.taxonomy_at_hand():
            self._codes_at_hand().menu.change_log(id)

    def taxonomy_at_hand(self) -> str | None:
        """The one that is current in the tree, or the first."""
        pane = self._codes_at_hand()
        if not self.session.taxonomies:
            self.session.said.emit("There are no codes yet.")
            return None
        node = pane.model.node(pane.tree.currentIndex())
        return node.taxonomy.id if node else self.session.taxonomies[0].id

    def _do_find_code(self) -> None:
        self._codes_at_hand().focus_field()

    def _do_history(self) -> None:
        self.show_page(2)

    def _do_coder(self) -> None:
        self._ask_coder()


MENU = (
    "quick_tag", "repeat_code", "mark_without_code", "code_in_vivo", "add_part", "",
    "change_code", "relate", "edit_memo", "toggle_certainty", "qualify", "cycle_highlights", "delete_highlight", "",
    "take_example", "take_counter_example", "",
    "copy", "find",
)  # fmt: skip
