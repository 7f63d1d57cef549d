"""What coding does to marks: each of these is one step, asked of the session."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from annotate.codetree import free_colour
from annotate.model import ArticleState, Code, Highlight, Span, Taxonomy
from annotate.relations import RelationType
from annotate.spans import joined
from storage import Step, articles, highlights, relations, taxonomies
from ui.session import Session

OWN_SLUG = "own-codes"


class Coding(QObject):
    """Codes spans of the article shown. A second press of the same code on the same span takes it off."""

    coder_needed = Signal()  # nobody said yet who codes
    made = Signal(object)  # the new Highlight

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.last_code: str | None = None
        self._waiting: Callable[[], object] | None = None  # a coding asked for before anybody said who codes
        session.coder_changed.connect(self._go_on)

    def toggle(self, code: str | None, spans: Sequence[Span]) -> Highlight | None:
        """Puts a code (None: none) on the spans as one mark, or takes it off where it stands already."""
        session = self._session
        article = session.article
        if article is None or not spans or not self._ready(lambda: self.toggle(code, spans)):
            return None
        assert session.coder is not None
        if code is not None and (why := self._why_not(session.codes[code])):
            session.failed.emit(why)
            return None
        mark = highlights.make(article, session.coder.id, code, spans)
        standing = self._standing(mark)
        name = self.name(code)
        if standing is not None:
            if session.do(f"Take off {name}", lambda step: highlights.remove(step, [standing.id])):
                session.select_highlight(None)
            return None
        if session.do(f"Highlight {name}", lambda step: self._add(step, mark)) is None:
            return None
        if code is not None:
            self.last_code = code
        self.made.emit(mark)
        return mark

    def new_code_on(self, label: str, spans: Sequence[Span]) -> Highlight | None:
        """Makes a code called `label` among one's own and puts it on the spans, in one step."""
        session = self._session
        article = session.article
        if article is None or not spans or not label.strip():
            return None
        if not self._ready(lambda: self.new_code_on(label, spans)):
            return None
        assert session.coder is not None
        home = self._own_taxonomy()
        colour = free_colour(home.id, None, session.codes)
        code = taxonomies.make_code(home.id, None, " ".join(label.split())[:200], colour=colour)
        mark = highlights.make(article, session.coder.id, code.id, spans)

        def work(step: Step) -> None:
            if home.id not in {taxonomy.id for taxonomy in session.taxonomies}:
                taxonomies.add(step, home)
            taxonomies.add_codes(step, [code])
            self._add(step, mark)

        if session.do(f"New code “{code.label}”", work) is None:
            return None
        self.last_code = code.id
        self.made.emit(mark)
        return mark

    def may_change(self, mark: Highlight) -> bool:
        """Whether the mark is the coder's to change; if not, a sentence says why."""
        session = self._session
        if session.may_edit(mark):
            return True
        if self._ready():
            session.failed.emit(
                f"This is {session.coder_name(mark.coder)}’s highlight. “Edit anyway” beside it unlocks it."
            )
        return False

    def change_code(self, mark: Highlight, code: str | None) -> None:
        if not self.may_change(mark):
            return
        label = f"Change {self.name(mark.code)} to {self.name(code)}"
        self._session.do(label, lambda step: highlights.edit(step, [mark.id], code=code))

    def add_part(self, mark: Highlight, span: Span) -> None:
        """Makes the mark cover the span too, with a gap between where they do not touch."""
        if not self.may_change(mark):
            return
        spans = joined((*mark.spans, span))
        self._session.do(
            f"Add a part to {self.name(mark.code)}", lambda step: highlights.move(step, mark, spans)
        )

    def move_edges(self, mark: Highlight, start: int, end: int) -> None:
        """Gives the mark new outer edges; parts that fall outside go."""
        if not self.may_change(mark):
            return
        spans = [(max(a, start), min(b, end)) for a, b in mark.spans if a < end and b > start]
        if not spans:
            return
        spans[0] = (start, spans[0][1])
        spans[-1] = (spans[-1][0], end)
        if tuple(spans) != mark.spans:
            label = f"Move the edge of {self.name(mark.code)}"
            self._session.do(label, lambda step: highlights.move(step, mark, spans))

    def set_certainty(self, mark: Highlight, certainty: str) -> None:
        if not self.may_change(mark):
            return
        said = {"sure": "Sure of", "unsure": "Unsure of"}.get(certainty, "No certainty for")
        self._session.do(
            f"{said} {self.name(mark.code)}",
            lambda step: highlights.edit(step, [mark.id], certainty=certainty),
        )

    def qualify(self, mark: Highlight, name: str, value: str) -> None:
        """What the mark says of itself; an empty value takes it back."""
        said = {**dict(mark.qualifiers), name: value}
        if tuple((key, each) for key, each in said.items() if each) == mark.qualifiers or not self.may_change(
            mark
        ):
            return
        label = f"{name[:1].upper()}{name[1:]} of {self.name(mark.code)}: {value or 'not said'}"
        self._session.do(label, lambda step: highlights.edit(step, [mark.id], qualifiers=tuple(said.items())))

    def remove(self, mark: Highlight) -> None:
        if not self.may_change(mark):
            return
        if self._session.do(
            f"Delete highlight {self.name(mark.code)}", lambda step: highlights.remove(step, [mark.id])
        ):
            self._session.select_highlight(None)

    def relate(self, type: RelationType, source: Highlight, target: Highlight) -> None:
        """Links two marks; what does not fit is refused with a sentence."""
        session = self._session
        if not self._ready(lambda: self.relate(type, source, target)):
            return
        assert session.coder is not None
        made = relations.make(source.article, session.coder.id, type.id, source.id, target.id)
        session.do(f"Relate: {type.label}", lambda step: relations.add(step, [made]))

    def name(self, code: str | None) -> str:
        """“Label” as step labels say it."""
        known = self._session.codes.get(code) if code else None
        return f"“{known.label}”" if known else "without a code"

    def _add(self, step: Step, mark: Highlight) -> None:
        highlights.add(step, [mark])
        row = step.rows("article", [mark.article])[mark.article]
        if row["state"] == ArticleState.TO_DO:
            articles.set_state(step, [mark.article], ArticleState.IN_PROGRESS)

    def _standing(self, mark: Highlight) -> Highlight | None:
        return highlights.same_as(self._session.project, mark)

    def _why_not(self, code: Code) -> str:
        """Why no passage can get this code; "" if it can."""
        if not code.assignable:
            return f"“{code.label}” is a grouping; choose one of the codes below it."
        if not code.retired:
            return ""
        instead = self._session.codes.get(code.replaced_by or "")
        return f"“{code.label}” is retired" + (f"; use “{instead.label}” instead." if instead else ".")

    def _own_taxonomy(self) -> Taxonomy:
        """Where new codes go: the last code's taxonomy if it is one's own, else the first that is."""
        session = self._session
        own = session.own_taxonomies()
        last = session.codes.get(self.last_code or "")
        for taxonomy in own:
            if isinstance(last, Code) and taxonomy.id == last.taxonomy:
                return taxonomy
        return own[0] if own else Taxonomy(OWN_SLUG, OWN_SLUG, "Own codes")

    def forget_waiting(self) -> None:
        """Nobody said who codes: what was asked for is not done later."""
        self._waiting = None

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self._session.coder is not None:
            waiting()

    def _ready(self, again: Callable[[], object] | None = None) -> bool:
        session = self._session
        if not session.project.writable:
            session.failed.emit(f"{session.project.path.name} is open read-only; nothing can be marked.")
            return False
        if session.coder is None:
            self._waiting = again
            self.coder_needed.emit()
        return session.coder is not None
