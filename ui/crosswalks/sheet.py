"""Crosswalks: two trees beside each other, the mappings of the chosen code between them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annotate.crosswalks import Crosswalk, Likeness, Link, Match
from annotate.spoken import counted
from storage import Change, crosswalks
from storage.through import seen
from ui.crosswalks import files
from ui.crosswalks.between import KEYS, Between
from ui.crosswalks.column import CodeColumn
from ui.crosswalks.making import NewCrosswalk
from ui.crosswalks.table import MappingsTable
from ui.dialogs.sheet import Sheet, note
from ui.look import Look
from ui.session import Session


class Crosswalks(Sheet):
    """Keys: arrows choose, Enter crosses over, E C B N R say what the code is to the other, Delete takes it off."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("Crosswalks", parent, width=1180, height=760)
        self._session, self._look = session, look
        self._shown: Crosswalk | None = None
        self._likeness = Likeness(())
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("Crosswalk")
        self.view = QPushButton("As a table", checkable=True, autoDefault=False)
        self.left = CodeColumn(session, look, "From")
        self.right = CodeColumn(session, look, "To")
        self.between = Between(session, look)
        self.table = MappingsTable(session)
        self.empty = note("")
        self.offer = QPushButton("", autoDefault=False, clicked=lambda: self.take_shipped())
        self._pages = QStackedWidget()
        self._lay_out()
        self.delete_button = self.button("Delete it", self.delete, role="danger")
        self.import_button = self.button("Import…", self.ask_import)
        self.export_button = self.button("Export…", self.ask_export)
        self.button("Close", self.reject)
        self.new_button = self.button("New crosswalk…", self.begin, primary=True)
        self._wire()
        self._fill()

    # ------------------------------------------------------------ what is done

    def begin(self) -> None:
        """Makes a crosswalk between two taxonomies."""
        if len(self._session.taxonomies) < 2:
            self.say_problem("A crosswalk joins two taxonomies; add another one to the project first.")
            return
        sheet = NewCrosswalk(self._session, self)
        sheet.finished.connect(lambda done: done and self.show_crosswalk(sheet.made or ""))
        sheet.open()

    def say(self, match: Match) -> None:
        """What the code at the left is to the one at the right; said again, it is taken off."""
        walk, code, other = self._shown, self.left.current(), self.right.current()
        if walk is None or code is None or other is None or not self._session.project.writable:
            return
        standing = self._standing()
        if standing is not None and standing.match == match:
            self.drop(standing.id)
            return
        name = self._session.codes[code].label
        self._session.do(
            f"Map “{name}”: {match}", lambda step: crosswalks.put(step, walk.id, code, match, other)
        )

    def drop(self, id: str) -> None:
        """Takes a mapping off."""
        self._session.do("Take a mapping off", lambda step: crosswalks.drop(step, [id]))

    def delete(self) -> None:
        """Takes the crosswalk out; it can be undone."""
        if walk := self._shown:
            self._session.do(
                f"Delete crosswalk “{walk.title}”", lambda step: crosswalks.remove(step, [walk.id])
            )

    def take_shipped(self) -> None:
        """Adds the crosswalk that comes with the program and fits the project's taxonomies."""
        if offered := files.offered(self._session):
            self._told(files.take_shipped(self._session, offered[0]))

    def ask_import(self) -> None:
        """Takes the mappings of a file into the crosswalk of its name, or into a new one."""
        self._told(files.ask_import(self._session, self, self._shown))

    def ask_export(self) -> None:
        """Writes the mappings to a file of the kind its name says."""
        if self._shown is not None:
            self._told(files.ask_export(self._session, self, self._shown))

    def _told(self, done: files.Done) -> None:
        if done.crosswalk:
            self.show_crosswalk(done.crosswalk)
        self.say_problem(done.problem)
        if done.said:
            self.aside.setText(done.said)

    def show_crosswalk(self, id: str) -> None:
        """Shows another one."""
        if (at := self.chooser.findData(id)) >= 0:
            self.chooser.setCurrentIndex(at)
            self._choose()

    # ------------------------------------------------------------ inside

    def _wire(self) -> None:
        self.chooser.activated.connect(lambda _: self._choose())
        self.view.toggled.connect(self._turn)
        self.left.moved.connect(lambda _: self._left_moved())
        self.right.moved.connect(lambda _: self._show_pair())
        self.left.crossed.connect(self.right.tree.setFocus)
        self.right.crossed.connect(self.left.tree.setFocus)
        for column in (self.left, self.right):
            column.lettered.connect(self._lettered)
        self.between.match_chosen.connect(self.say)
        self.between.dropped.connect(self.drop)
        self.between.go_asked.connect(self.right.go_to)
        self.table.go_asked.connect(self._go_to)
        self._session.changed.connect(self._follow)
        self._session.failed.connect(self.say_problem)

    def _turn(self, as_table: bool) -> None:
        self._pages.setCurrentIndex(int(as_table))
        self.view.setText("As trees" if as_table else "As a table")

    def _follow(self, change: Change) -> None:
        if change.touches("crosswalk", "mapping", "taxonomy", "code", "highlight"):
            self.say_problem("")
            self._fill()

    def _fill(self) -> None:
        held = crosswalks.all_crosswalks(self._session.project)
        before = self._shown.id if self._shown else ""
        self.chooser.clear()
        for each in held:
            self.chooser.addItem(each.title, each.id)
        if (at := self.chooser.findData(before)) >= 0:
            self.chooser.setCurrentIndex(at)
        writable = self._session.project.writable
        for button in (self.new_button, self.import_button):
            button.setEnabled(writable)
        self._offer()
        self._choose()

    def _choose(self) -> None:
        held = {each.id: each for each in crosswalks.all_crosswalks(self._session.project)}
        before, self._shown = self._shown, held.get(self.chooser.currentData() or "")
        walk = self._shown
        for widget in (self.chooser, self.view, self.delete_button, self.export_button):
            widget.setVisible(walk is not None)
        self.delete_button.setEnabled(self._session.project.writable)
        if walk is None:
            self._pages.setCurrentIndex(2)
            self.aside.setText("")
            return
        if self._pages.currentIndex() == 2:
            self._pages.setCurrentIndex(int(self.view.isChecked()))
        ends = (before.taxonomy, before.other) if before else ()
        if ends != (walk.taxonomy, walk.other):
            self._fill_trees(walk)
        self._show_counts(walk)
        self.table.show_crosswalk(walk)
        self._left_moved(follow=before is None or before.id != walk.id)

    def _fill_trees(self, walk: Crosswalk) -> None:
        known = {each.id: each for each in self._session.taxonomies}
        self.left.fill(known[walk.taxonomy], "Highlights as they are coded")
        self.right.fill(known[walk.other], "Highlights as they come through")
        self._likeness = Likeness(known[walk.other].codes)
        self.left.go_to_first()
        self.left.tree.setFocus()

    def _show_counts(self, walk: Crosswalk) -> None:
        found = seen(self._session.project, walk)
        own = {id or "": number for id, number in self._session.counts().items()}
        self.left.show_counts(own, frozenset(each.code for each in walk.mappings))
        self.right.show_counts(found.counts, frozenset(each.other for each in walk.mappings))
        left = sum(found.without.values())
        facts = [f"{counted(found.come, 'highlight')} come through"]
        facts += [f"{left:,} without a target ({counted(len(found.without), 'code')})"] if left else []
        facts += [f"{found.split:,} lead to several codes"] if found.split else []
        self.aside.setText(" · ".join(facts))

    def _left_moved(self, *, follow: bool = True) -> None:
        """The other tree goes to what the code leads to, or may lead to."""
        walk, code = self._shown, self.left.current()
        if walk is None:
            return
        links = [each for each in walk.mappings if each.code == code]
        known = self._session.codes.get(code or "")
        mapped = {each.other for each in links}
        likely = [id for id in self._likeness.best(known, 6) if id not in mapped][:4] if known else []
        self.between.show_links(links, likely)
        if follow and (links or likely):
            self.right.go_to(links[0].other if links else likely[0])
        self._show_pair()

    def _show_pair(self) -> None:
        self.between.show_pair(self.left.current(), self.right.current(), self._standing())

    def _standing(self) -> Link | None:
        ends = self.left.current(), self.right.current()
        links = self._shown.mappings if self._shown else ()
        return next((each for each in links if (each.code, each.other) == ends), None)

    def _lettered(self, letter: str) -> None:
        if letter in KEYS:
            self.say(KEYS[letter])
        elif letter == "delete" and (standing := self._standing()):
            self.drop(standing.id)

    def _go_to(self, code: str, other: str) -> None:
        self.view.setChecked(False)
        self.left.go_to(code)
        self.right.go_to(other)

    def _offer(self) -> None:
        offered = files.offered(self._session)
        self.offer.setVisible(bool(offered) and self._session.project.writable)
        if offered:
            self.offer.setText(f"Add “{offered[0].title}”")
        self.empty.setText(
            "No crosswalks yet. A crosswalk says which code of one taxonomy is which of another, so that codings can "
            "be counted and exported under the other’s codes. Begin one below, or import a file (CSV, SSSOM, SKOS)."
        )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.chooser, 1)
        head.addWidget(self.offer)
        head.addStretch(1)
        head.addWidget(self.view)
        trees = QWidget()
        row = QHBoxLayout(trees)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self.left, 1)
        row.addWidget(self.between)
        row.addWidget(self.right, 1)
        nothing = QWidget()
        column = QVBoxLayout(nothing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignTop)
        column.addStretch(1)
        for page in (trees, self.table, nothing):
            self._pages.addWidget(page)
        self.body.addLayout(head)
        self.body.addWidget(self._pages, 1)
