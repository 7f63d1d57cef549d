"""Near duplicates: pairs at the left, the two texts beside each other; both are kept, or one is removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotate.model import Article
from annotate.side_by_side import side_by_side
from annotate.spoken import counted
from storage import Change, Step, articles, near
from storage.near import Near
from ui import ask
from ui.codes.elided import ElidedLabel
from ui.dates import short_date
from ui.dialogs.near_rows import FACTS, PairDelegate
from ui.dialogs.near_text import GUTTER, SideBySide
from ui.dialogs.sheet import Sheet, note, rule
from ui.look import Look
from ui.session import Session

LIST = 264
LONG = 200_000  # characters from which a text is not shown whole here


class Side(QWidget):
    """What an article is, over its text, and what can be done with it."""

    def __init__(self, which: str) -> None:
        super().__init__()
        self.which = QLabel(which)
        self.which.setProperty("role", "section")
        self.title, self.facts = ElidedLabel("heading"), ElidedLabel("small")
        self.remove = QPushButton("Remove this one", autoDefault=False)
        self.open = QPushButton("Open", autoDefault=False)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.remove)
        buttons.addWidget(self.open)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self.which, self.title, self.facts):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addLayout(buttons)

    def show_article(self, article: Article, marks: int) -> None:
        self.title.show_text(article.title)
        facts = (
            article.outlet,
            short_date(article.date) if article.date else "",
            counted(article.words, "word"),
            counted(marks, "highlight") if marks else "",
            article.source,
        )
        self.facts.show_text(" · ".join(fact for fact in facts if fact))
        self.remove.setAccessibleName(f"Remove “{article.title}”, {self.which.text().lower()}")
        self.open.setAccessibleName(f"Open “{article.title}”, {self.which.text().lower()}")


class NearDuplicates(Sheet):
    """The near duplicates that an import told, as far as they were not decided. All it does can be undone."""

    def __init__(self, session: Session, look: Look, told: Sequence[Near], parent: QWidget | None) -> None:
        super().__init__("Near duplicates", parent, width=1180, height=780)
        self._session, self._look, self._told = session, look, told
        self._pairs: list[Near] = []
        self._known: Mapping[str, Article] = {}
        self._busy = False
        self.list = QListWidget()
        self.list.setAccessibleName("Pairs of articles that are alike")
        self.list.setFixedWidth(LIST)
        self.list.setItemDelegate(PairDelegate(look, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.sides = Side("Imported earlier"), Side("Imported later")
        self.text = SideBySide()
        self.none = note("No near duplicates are left to compare.")
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.only = QCheckBox("Only what differs", checked=True)
        self._lay_out()
        self.foot.insertWidget(0, self.only)
        self.foot.insertSpacing(1, 12)
        self.undo = self.button("Undo", self._undo, role="quiet")
        self.undo.hide()
        self.leave = self.button("Close", self.reject)
        self.keep = self.button("Keep both", self._keep, primary=True)
        for side, which in zip(self.sides, (0, 1), strict=True):
            side.remove.clicked.connect(partial(self._remove, which))
            side.open.clicked.connect(partial(self._open, which))
        self.list.currentRowChanged.connect(self._show)
        self.only.toggled.connect(self._show)
        session.changed.connect(self._on_change)
        look.changed.connect(self._show)
        self.list.setFocus()
        self._fill()

    def _lay_out(self) -> None:
        said = "Articles that are like one imported before them. Nothing goes unless you remove it."
        self.said = note(said)
        self.heads = heads = QHBoxLayout()
        heads.setContentsMargins(0, 0, 0, 0)
        self.text.verticalScrollBar().rangeChanged.connect(self._line_up)
        heads.setSpacing(2 * GUTTER)
        for side in self.sides:
            heads.addWidget(side, 1)
        self.right = QWidget()
        column = QVBoxLayout(self.right)
        column.setContentsMargins(20, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(heads)
        column.addWidget(rule())
        column.addWidget(self.text, 1)
        self.pairs = QWidget()
        across = QHBoxLayout(self.pairs)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(self.list)
        across.addWidget(rule(upright=True))
        across.addWidget(self.right, 1)
        self.body.addWidget(self.said)
        self.body.addWidget(self.none, 1)
        self.body.addWidget(self.pairs, 1)

    # ------------------------------------------------------------ what is shown

    def _fill(self) -> None:
        """Lists what is undecided; the place in the list stays."""
        project, at = self._session.project, max(0, self.list.currentRow())
        self._pairs = near.undecided(project, self._told)
        ids = {id for pair in self._pairs for id in (pair.article, pair.of)}
        self._known = {each.id: each for each in articles.all_articles(project, ids)}
        self._busy = True
        self.list.clear()
        for pair in self._pairs:
            later = self._known[pair.article]
            item = QListWidgetItem(later.title)
            facts = [pair.said, later.outlet]
            item.setData(FACTS, " · ".join(fact for fact in facts if fact))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{later.title}, {pair.said}")
            self.list.addItem(item)
        self.list.setCurrentRow(min(at, len(self._pairs) - 1))
        self._busy = False
        for widget in (self.said, self.pairs, self.only, self.keep):
            widget.setVisible(bool(self._pairs))
        self.none.setVisible(not self._pairs)
        if not self._pairs:
            self.leave.setFocus()
        self._show()

    def _line_up(self) -> None:
        """The heads stand over their texts, also where a scroll bar takes some room."""
        bar = self.text.verticalScrollBar()
        self.heads.setContentsMargins(0, 0, bar.sizeHint().width() if bar.maximum() > 0 else 0, 0)

    def _show(self, *_: object) -> None:
        pair = self._pair()
        if self._busy or pair is None:
            return
        project, writable = self._session.project, self._session.project.writable
        shown = [self._known[pair.of], self._known[pair.article]]
        counts = articles.rows(project, [each.number for each in shown])
        for side, article in zip(self.sides, shown, strict=True):
            side.show_article(article, counts[article.number].highlights)
            side.remove.setEnabled(writable)
        self.keep.setEnabled(writable)
        texts = [articles.text(project, each.id) for each in shown]
        long = max(map(len, texts)) > LONG
        self.only.setEnabled(not long)
        rows = side_by_side(*texts, whole=not self.only.isChecked() and not long)
        self.text.show_rows(rows, self._look.theme)

    def _pair(self) -> Near | None:
        at = self.list.currentRow()
        return self._pairs[at] if 0 <= at < len(self._pairs) else None

    # ------------------------------------------------------------ what is done

    def _keep(self) -> None:
        if pair := self._pair():
            title = self._known[pair.article].title
            self._do(
                f"Keep both near duplicates “{title}”",
                lambda step: near.keep_both(step, pair.article, pair.of),
                "Both are kept.",
            )

    def _remove(self, which: int) -> None:
        """It can be undone, so it is asked only where marks go too."""
        pair = self._pair()
        if pair is None:
            return
        article = self._known[pair.article if which else pair.of]
        row = articles.rows(self._session.project, [article.number])[article.number]
        what = f"1 article and {counted(row.highlights, 'highlight')}" if row.highlights else "1 article"
        if row.highlights and not ask.confirm(
            self, f"Remove {what}?", "Undo brings them back.", "Remove 1 article"
        ):
            return
        done = self._do(
            f"Remove {what}", lambda step: articles.remove(step, [article.id]), f"Removed “{article.title}”."
        )
        if done and self._session.article == article.id:
            self._session.show_article(pair.of if which else pair.article)

    def _do(self, label: str, work: Callable[[Step], object], said: str) -> bool:
        done = self._session.do(label, work) is not None
        if done:
            self.aside.setText(said)
            self.undo.show()
        return done

    def _undo(self) -> None:
        self.undo.hide()
        self.aside.setText("")
        self.list.setFocus()
        self._session.undo()

    def _open(self, which: int) -> None:
        if pair := self._pair():
            self.accept()
            self._session.show_article(pair.article if which else pair.of)

    def _on_change(self, change: Change) -> None:
        if change.touches("article", "article_text", "kept_pair", "highlight"):
            self._fill()
