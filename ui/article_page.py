"""The article tab: metadata of the article shown, or of all selected ones, editable in place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import Article, ArticleState
from storage import Change, articles, rounds, versions
from ui.article_fields import STYLE, AttributeRow, Field, FieldRow
from ui.dates import moment
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session

FIELDS = {
    "title": ("Title", "Untitled"),
    "outlet": ("Outlet", "Add the outlet"),
    "author": ("Author", "Add the author"),
    "date": ("Date", "2025, 2025-03 or 2025-03-12"),
    "url": ("Address", "Add the web address"),
    "language": ("Language", "en, fr, ar …"),
}
GLYPHS = {
    ArticleState.TO_DO: Icon.TO_DO,
    ArticleState.IN_PROGRESS: Icon.IN_PROGRESS,
    ArticleState.DONE: Icon.DONE,
    ArticleState.SKIPPED: Icon.SKIPPED,
}


class ArticlePage(QFrame):
    """Each field is one step when it is left. With several articles selected it is one step for all."""

    correct_asked = Signal()
    done = Signal(object)  # ids of articles that were set to done

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._look = session, look
        self.setProperty("role", "chrome")
        self._ids: list[str] = []
        self.fields: dict[str, Field] = {}
        self.rows: dict[str, FieldRow] = {}
        self.attributes: list[AttributeRow] = []
        self._writable = session.project.writable
        self._lay_out()
        session.article_changed.connect(self.show_article)
        session.changed.connect(self._on_change)
        look.changed.connect(lambda _: self._repaint())
        self._repaint()
        self.show_article(session.article)

    # ------------------------------------------------------------ asked from outside

    def show_article(self, id: str | None) -> None:
        """Shows one article, or that there is none."""
        self._show([] if id is None else [id])

    def show_articles(self, ids: list[str]) -> None:
        """Shows the selected articles together; fewer than two give way to the one that is open."""
        self._show(ids if len(ids) > 1 else [self._session.article] if self._session.article else [])

    def flush(self) -> None:
        """Keeps what was typed into a field that still has the cursor."""
        for field in self.form.findChildren(Field):
            if self._ids:
                field.leave()

    # ------------------------------------------------------------ layout

    def _lay_out(self) -> None:
        self.none = QLabel("No article is open.", wordWrap=True)
        self.none.setProperty("role", "dim")
        self.none.setContentsMargins(16, 16, 16, 0)
        self.form = QWidget()
        self.form.setStyleSheet(STYLE)
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(16, 12, 12, 16)
        inner.setSpacing(4)
        self.many = QLabel(wordWrap=True)
        self.many.setProperty("role", "heading")
        inner.addWidget(self.many)
        for name, (shown, hint) in FIELDS.items():
            field = self.fields[name] = Field(shown, hint)
            field.setReadOnly(not self._writable)
            field.left.connect(partial(self._edit, name))
            row = self.rows[name] = FieldRow(_dim(shown), field)
            inner.addWidget(row)
        self._own = QVBoxLayout()
        self._own.setSpacing(4)
        inner.addLayout(self._own)
        self.add = QPushButton("Add an attribute", clicked=self.add_attribute)
        self.add.setProperty("role", "link")
        self.add.setStyleSheet("padding: 0;")
        self.add.setVisible(self._writable)
        inner.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addSpacing(12)
        inner.addWidget(_section("State"))
        inner.addLayout(self._state_buttons())
        self.reason = Field("Reason for skipping", "Why it is skipped")
        self.reason.setReadOnly(not self._writable)
        self.reason.left.connect(self._give_reason)
        self._reason_row = FieldRow(_dim("Reason"), self.reason)
        inner.addWidget(self._reason_row)
        inner.addSpacing(12)
        inner.addWidget(_section("Text"))
        inner.addSpacing(2)
        inner.addLayout(self._facts_grid())
        inner.addStretch(1)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.none)
        column.addWidget(scroll, 1)

    def _state_buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(4)
        self.states = QButtonGroup(self)
        for at, state in enumerate(ArticleState):
            button = QPushButton(str(state).capitalize(), checkable=True)
            button.setProperty("role", "tab")
            button.setIconSize(QSize(12, 12))
            button.setStyleSheet("text-align: left;")
            button.setEnabled(self._writable)
            self.states.addButton(button, at)
            grid.addWidget(button, at // 2, at % 2)
        self.states.idClicked.connect(self._set_state)
        return grid

    def _facts_grid(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        self.facts = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setProperty("role", "dim")
        self.hash = QPushButton()
        self.hash.setProperty("role", "link")
        self.hash.setToolTip("What the text is known by: copies the whole SHA-256")
        self.hash.clicked.connect(self._copy_hash)
        self.hash.setStyleSheet("padding: 0;")
        self.hash.setIconSize(QSize(12, 12))
        column.addWidget(self.facts)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.hash)
        row.addStretch(1)
        column.addLayout(row)
        self.correct = QPushButton("Correct the text…", clicked=lambda: self.correct_asked.emit())
        self.correct.setProperty("role", "link")
        self.correct.setStyleSheet("padding: 0;")
        self.correct.setIconSize(QSize(12, 12))
        column.addWidget(self.correct, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def _repaint(self) -> None:
        theme = self._look.theme
        for at, (state, glyph) in enumerate(GLYPHS.items()):
            active = state in (ArticleState.IN_PROGRESS, ArticleState.DONE)
            self.states.button(at).setIcon(icon(glyph, theme.accent if active else theme.dim, 12))
        self.add.setIcon(icon(Icon.PLUS, theme.accent, 12))
        self.hash.setIcon(icon(Icon.COPY, theme.accent, 12))
        self.correct.setIcon(icon(Icon.EDIT, theme.accent, 12))

    # ------------------------------------------------------------ what is shown

    def _show(self, ids: list[str]) -> None:
        self.flush()
        self._ids = ids
        self._fill()

    def _fill(self) -> None:
        shown = articles.all_articles(self._session.project, self._ids) if self._ids else []
        self.none.setVisible(not shown)
        self.form.setVisible(bool(shown))
        if not shown:
            return
        self.many.setText(f"{len(shown):,} articles: an edit goes to all of them")
        self.many.setVisible(len(shown) > 1)
        for name, field in self.fields.items():
            value, several = _common(shown, lambda each, name=name: getattr(each, name))  # type: ignore[misc]
            field.give(value, several=several)
            self.rows[name].say("")
        self._fill_state(shown)
        self._fill_attributes(shown)
        self._fill_facts(shown)

    def _fill_state(self, shown: list[Article]) -> None:
        states = {each.state for each in shown}
        self.states.setExclusive(False)
        for at, state in enumerate(ArticleState):
            self.states.button(at).setChecked(states == {state})
        self.states.setExclusive(True)
        reason, several = _common(shown, lambda each: each.reason)
        self.reason.give(reason, several=several)
        self._reason_row.setVisible(states == {ArticleState.SKIPPED})

    def _fill_attributes(self, shown: list[Article]) -> None:
        names = list(dict.fromkeys(name for each in shown for name in each.attributes))
        held = [(name, *_common(shown, lambda each, n=name: each.attributes.get(n, ""))) for name in names]  # type: ignore[misc]
        if held == [row.held for row in self.attributes]:
            return
        self._clear_attributes()
        for name, value, several in held:
            self._attribute_row(name, value, several=several)

    def _clear_attributes(self) -> None:
        for row in self.attributes:
            row.hide()
            self._own.removeWidget(row)
            row.deleteLater()
        self.attributes = []

    def _attribute_row(self, name: str, value: str, *, several: bool = False) -> AttributeRow:
        row = AttributeRow(name, value, self._look.theme, several=several, writable=self._writable)
        row.named.connect(self._rename_attribute)
        row.valued.connect(self._set_attribute)
        row.removed.connect(self._remove_attribute)
        self._own.addWidget(row)
        self.attributes.append(row)
        return row

    def _fill_facts(self, shown: list[Article]) -> None:
        words, characters = sum(each.words for each in shown), sum(each.characters for each in shown)
        lines = [f"{words:,} words, {characters:,} characters"]
        self.hash.setVisible(len(shown) == 1)
        self.correct.setVisible(len(shown) == 1 and shown[0].id == self._session.article and self._writable)
        if len(shown) == 1:
            one = shown[0]
            lines += [f"From {one.source}"] if one.source else []
            lines += [f"Added {moment(one.added)}"] if one.added else []
            if known := versions.versions(self._session.project, one.id):
                lines += [f"Version {known[0].number}, corrected {moment(known[0].at)}"]
            planned = rounds.of_article(self._session.project, one.id)
            lines += [f"Round {title}: {', '.join(names)}" for title, names in planned.items()]
            self.hash.setText(f"SHA-256 {one.hash[:12]}…")
            self._hash = one.hash
        self.facts.setText("\n".join(lines))

    # ------------------------------------------------------------ what is done

    def add_attribute(self) -> None:
        """A new row, to be given a name and a value."""
        row = self._attribute_row("", "")
        row.name.setFocus()

    def _edit(self, name: str, value: str) -> None:
        ids, value = list(self._ids), " ".join(value.split())
        shown = articles.all_articles(self._session.project, ids)
        if not shown or (not value and len(shown) > 1 and self._differ(shown, name)):
            return  # several values, left as they are
        try:
            if name == "date":
                value = articles.checked_date(value)
            if name == "title" and not value:
                raise UserError("An article needs a title.")
        except UserError as error:
            self.rows[name].say(str(error))
            return
        self.rows[name].say("")
        change = {name: value}
        label = f"{FIELDS[name][0]} of {_articles(shown)}"
        self._session.do(label, lambda step: articles.edit(step, ids, **change))

    def _differ(self, shown: list[Article], name: str) -> bool:
        return len({getattr(each, name) for each in shown}) > 1

    def _set_attribute(self, name: str, value: str) -> None:
        name, value = name.strip(), value.strip()
        if name:

            def put(held: dict[str, str]) -> None:
                if value:
                    held[name] = value
                else:
                    held.pop(name, None)

            self._edit_attributes(f"“{name}” of", put)

    def _rename_attribute(self, old: str, new: str) -> None:
        new = new.strip()
        row = next((each for each in self.attributes if each.name.text().strip() == new), None)
        if not old:
            if row is not None and row.value.text():
                self._set_attribute(new, row.value.text())
            return
        if not new:
            self._remove_attribute(old)
            return

        def rename(held: dict[str, str]) -> None:
            if old in held:
                kept = {new if name == old else name: value for name, value in held.items()}
                held.clear()
                held.update(kept)

        self._edit_attributes(f"Rename “{old}” to “{new}” in", rename)

    def _remove_attribute(self, name: str) -> None:
        if not name:
            self._clear_attributes()
            self._fill()
            return
        self._edit_attributes(f"Remove “{name}” from", lambda held: held.pop(name, None))

    def _edit_attributes(self, label: str, change: Callable[[dict[str, str]], object]) -> None:
        """Changes the attributes of each article shown by `change`, as one step."""
        shown = articles.all_articles(self._session.project, self._ids)
        after: dict[str, dict[str, str]] = {}
        for each in shown:
            held = dict(each.attributes)
            change(held)
            if list(held.items()) != list(each.attributes.items()):
                after[each.id] = held
        if after:
            self._session.do(
                f"{label} {_articles(shown)}",
                lambda step: [articles.edit(step, [id], attributes=held) for id, held in after.items()],
            )

    def _set_state(self, at: int) -> None:
        state, ids = list(ArticleState)[at], list(self._ids)
        label = f"Mark {'1 article' if len(ids) == 1 else f'{len(ids):,} articles'} as {state}"
        self._session.do(label, lambda step: articles.set_state(step, ids, state))
        if state is ArticleState.DONE:
            self.done.emit(ids)
        if state is ArticleState.SKIPPED:
            self.reason.setFocus()

    def _give_reason(self, reason: str) -> None:
        ids = list(self._ids)
        self._session.do(
            "Reason for skipping",
            lambda step: articles.set_state(step, ids, ArticleState.SKIPPED, reason.strip()),
        )

    def _copy_hash(self) -> None:
        QGuiApplication.clipboard().setText(self._hash)
        self._session.said.emit("SHA-256 copied")

    def _on_change(self, change: Change) -> None:
        if change.touches("article") and not change.articles.isdisjoint(self._ids):
            self._fill()
        elif change.touches("assignment", "round") and self._ids:
            self._fill_facts(articles.all_articles(self._session.project, self._ids))


def _common(shown: list[Article], of: Callable[[Article], str]) -> tuple[str, bool]:
    """The value all have, or "" and that there are several."""
    values = {of(each) for each in shown}
    return ("", True) if len(values) > 1 else (values.pop(), False)


def _articles(shown: list[Article]) -> str:
    return f"“{shown[0].title}”" if len(shown) == 1 else f"{len(shown):,} articles"


def _dim(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "dim")
    return label


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label
