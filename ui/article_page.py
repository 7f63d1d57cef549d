"""The article tab: metadata of the article shown, editable in place."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotate.errors import UserError
from annotate.model import Article, ArticleState
from storage import Change, articles
from ui import ask
from ui.dates import moment
from ui.look import Look
from ui.session import Session

FIELDS = {
    "title": "Title",
    "outlet": "Outlet",
    "author": "Author",
    "date": "Date",
    "url": "Address",
    "language": "Language",
}
HINTS = {"date": "2025, 2025-03 or 2025-03-12", "language": "en, fr, ar …"}


class Field(QLineEdit):
    """Tells when it is left with another text than it was given."""

    left = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._given = ""
        self.returnPressed.connect(self.leave)

    def give(self, text: str) -> None:
        if text != self._given or not self.hasFocus():
            self._given = text
            self.setText(text)
            self.setCursorPosition(0)

    def leave(self) -> None:
        """Tells a changed text, once."""
        if self.text() != self._given:
            self._given = self.text()
            self.left.emit(self.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.leave()


class ArticlePage(QFrame):
    """Each field is one step when it is left."""

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setProperty("role", "chrome")
        self._id: str | None = None
        self.fields: dict[str, Field] = {}
        self.none = QLabel("No article is open.", wordWrap=True)
        self.none.setProperty("role", "dim")
        self.none.setContentsMargins(16, 16, 16, 0)
        self.form = QWidget()
        self._lay_out()
        session.article_changed.connect(self.show_article)
        session.changed.connect(self._on_change)
        self.show_article(session.article)

    def show_article(self, id: str | None) -> None:
        self.flush()
        self._id = id
        self.none.setVisible(id is None)
        self.form.setVisible(id is not None)
        if id is not None:
            self._fill(articles.article(self._session.project, id))

    def flush(self) -> None:
        """Keeps what was typed into a field that still has the cursor."""
        for field in self.fields.values():
            if self._id is not None:
                field.leave()

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self.form)
        inner.setContentsMargins(16, 12, 16, 16)
        inner.setSpacing(12)
        form = QFormLayout(
            labelAlignment=Qt.AlignmentFlag.AlignLeft,
            fieldGrowthPolicy=QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow,
        )
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        for name, shown in FIELDS.items():
            field = self.fields[name] = Field(shown)
            field.setPlaceholderText(HINTS.get(name, ""))
            field.setReadOnly(not self._session.project.writable)
            field.left.connect(partial(self._edit, name))
            label = QLabel(shown)
            label.setProperty("role", "dim")
            form.addRow(label, field)
        inner.addLayout(form)
        self.problem = QLabel(wordWrap=True, visible=False)
        self.problem.setProperty("role", "danger")
        inner.addWidget(self.problem)
        inner.addWidget(_section("State"))
        row = QHBoxLayout()
        row.setSpacing(4)
        self.states = QButtonGroup(self)
        for at, state in enumerate(ArticleState):
            button = QPushButton(str(state).capitalize(), checkable=True)
            button.setProperty("role", "tab")
            button.setEnabled(self._session.project.writable)
            self.states.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        self.states.idClicked.connect(self._set_state)
        inner.addLayout(row)
        self.reason = QLabel(wordWrap=True)
        self.reason.setProperty("role", "dim")
        inner.addWidget(self.reason)
        inner.addWidget(_section("Own attributes"))
        self.attributes = QVBoxLayout()
        inner.addLayout(self.attributes)
        add = QPushButton("Add an attribute", clicked=self._add_attribute)
        add.setProperty("role", "link")
        add.setEnabled(self._session.project.writable)
        inner.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(_section("Text"))
        self.facts = QLabel(wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setProperty("role", "dim")
        inner.addWidget(self.facts)
        inner.addStretch(1)
        scroll = QScrollArea(widgetResizable=True, frameShape=QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.none)
        column.addWidget(scroll, 1)

    def _fill(self, article: Article) -> None:
        for name, field in self.fields.items():
            field.give(getattr(article, name))
        self.states.button(list(ArticleState).index(article.state)).setChecked(True)
        self.reason.setText(f"Reason: {article.reason}" if article.reason else "")
        self.reason.setVisible(bool(article.reason))
        self.problem.hide()
        while (item := self.attributes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, value in article.attributes.items():
            self.attributes.addWidget(self._attribute(key, value))
        lines = [
            f"{article.words:,} words, {article.characters:,} characters",
            f"From {article.source}" if article.source else "",
            f"Added {moment(article.added)}" if article.added else "",
            f"SHA-256 {article.hash[:12]}…",
        ]
        self.facts.setText("\n".join(line for line in lines if line))
        self.facts.setToolTip(article.hash)

    def _attribute(self, key: str, value: str) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        name = QLabel(key)
        name.setProperty("role", "dim")
        name.setMinimumWidth(64)
        field = Field(key)
        field.give(value)
        field.setReadOnly(not self._session.project.writable)
        field.left.connect(partial(self._set_attribute, key))
        across.addWidget(name)
        across.addWidget(field, 1)
        return row

    def _edit(self, name: str, value: str) -> None:
        id = self._id
        if id is None:
            return
        value = value.strip()
        try:
            if name == "date":
                value = articles.checked_date(value)
            if name == "title" and not value:
                raise UserError("An article needs a title.")
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self.problem.hide()
        change = {name: value}
        self._session.do(f"{FIELDS[name]} of an article", lambda step: articles.edit(step, [id], **change))

    def _set_attribute(self, key: str, value: str) -> None:
        id = self._id
        if id is None:
            return
        kept = dict(articles.article(self._session.project, id).attributes)
        if value.strip():
            kept[key] = value.strip()
        else:
            kept.pop(key, None)
        self._session.do(f"{key} of an article", lambda step: articles.edit(step, [id], attributes=kept))

    def _add_attribute(self) -> None:
        key = ask.text(self, "Add an attribute", "Name (for example: country)")
        if key and key.strip():
            value = ask.text(self, "Add an attribute", key.strip())
            if value and value.strip():
                self._set_attribute(key.strip(), value)

    def _set_state(self, at: int) -> None:
        state, id, reason = list(ArticleState)[at], self._id, ""
        if id is None:
            return
        if state is ArticleState.SKIPPED:
            asked = ask.text(self, "Skip this article", "Reason")
            if asked is None:
                self._fill(articles.article(self._session.project, id))
                return
            reason = asked
        self._session.do(
            f"Mark 1 article as {state}", lambda step: articles.set_state(step, [id], state, reason)
        )

    def _on_change(self, change: Change) -> None:
        project, id = self._session.project, self._id
        if id in change.articles and change.touches("article") and id and articles.exists(project, id):
            self._fill(articles.article(project, id))


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "section")
    return label
