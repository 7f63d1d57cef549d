"""A sitting on one project: the one way in for what the user does, and its one announcement out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from annotate.codetree import path, resolved_colour
from annotate.errors import UserError
from annotate.languages import in_shown_language
from annotate.model import Code, Coder, Highlight, Scope, Taxonomy
from storage import Change, Project, Step, articles, coders, highlights, taxonomies
from ui.settings import Settings

if TYPE_CHECKING:
    from annotate.fuzzy import CodeIndex
    from annotate.violations import Checker, Violation

POLL_MS = 700


class Session(QObject):
    """The project that is open, who codes, and which article is shown.

    Widgets ask `do(label, work)` and repaint on `changed`, also for what they did themselves.
    """

    changed = Signal(object)  # Change
    coder_changed = Signal()
    article_changed = Signal(object)  # id of the article shown, or None
    highlight_selected = Signal(object)  # id of the selected mark, or None
    visibility_changed = Signal()  # which codes and coders are shown
    said = Signal(str)  # one sentence of news for the status line
    failed = Signal(str)  # one sentence about what could not be done

    def __init__(self, project: Project, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.settings = settings
        self.article: str | None = None
        self.selected: str | None = None
        self.unlocked: str | None = None  # another coder's highlight that may be edited anyway
        self.hidden_codes: frozenset[str | None] = frozenset()
        self.hidden_coders: frozenset[str] = frozenset()
        self._coder: Coder | None = None
        self._counts: dict[str | None, int] | None = None
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.look_for_others)
        self._poll.start()
        if settings.coder:
            self._coder = coders.named(project, settings.coder)

    # ------------------------------------------------------------ writing

    def do(self, label: str, work: Callable[[Step], Any], *, batch: int | None = None) -> Change | None:
        """Runs `work` as one step of the coder's and announces it. A UserError is said; None is returned.

        `batch` is the number of a step that this one is undone with.
        """
        try:
            change = self.project.do(label, work, self._coder.id if self._coder else None, batch=batch)
        except UserError as error:
            self.failed.emit(str(error))
            return None
        self._announce(change)
        return change

    def undo(self) -> None:
        self._take_back(self.project.undo, "Undone", self.project.why_no_undo)

    def redo(self) -> None:
        self._take_back(self.project.redo, "Done again", lambda: "There is nothing to redo.")

    def look_for_others(self) -> None:
        """Announces what others, or an import of one's own, changed in the file."""
        try:
            change = self.project.poll()
        except UserError as error:
            self.failed.emit(str(error))
            return
        self._announce_others(change)

    def announce_since(self, step: int) -> None:
        """Announces steps that were made on this session's own connection, but not by `do`."""
        self._announce_others(self.project.changes_since(step))

    def _announce_others(self, change: Change | None) -> None:
        if change is not None:
            if change.touches("highlight"):
                self._counts = None  # theirs may be many
            self._announce(change)

    def _take_back(
        self, way: Callable[[str | None], Change | None], said: str, nothing: Callable[[], str]
    ) -> None:
        try:
            change = way(self._coder.id if self._coder else None)
        except UserError as error:
            self.failed.emit(str(error))
            return
        if change is None:
            self.said.emit(nothing())
            return
        self._announce(change)
        self.said.emit(f"{said}: {change.label}")

    def _announce(self, change: Change) -> None:
        if change.touches("taxonomy", "code", "relation_type", "rule", "question"):
            self._forget_codes()
        if change.touches("highlight") and self._counts is not None:
            self._counts |= self._counted(change)
        if change.touches("coder"):
            self.__dict__.pop("_coder_names", None)
        if change.touches("coder") and self._coder:
            known = self._coder.id
            self._coder = next((each for each in self.coders if each.id == known), None)
            self.coder_changed.emit()
        self.changed.emit(change)

    def _counted(self, change: Change) -> Mapping[str | None, int]:
        known = [code for code in change.codes if code is not None]
        counted: dict[str | None, int] = {}
        counted.update(highlights.count_of_codes(self.project, known))
        if None in change.codes:
            counted[None] = highlights.count_without_code(self.project)
        return counted

    # ------------------------------------------------------------ coders

    @property
    def coder(self) -> Coder | None:
        """Who codes now; None until a name was given."""
        return self._coder

    @property
    def coders(self) -> list[Coder]:
        return coders.all_coders(self.project)

    def coder_name(self, id: str) -> str:
        return self._coder_names.get(id, "")

    @cached_property
    def _coder_names(self) -> dict[str, str]:
        return {coder.id: coder.name for coder in self.coders}

    def code_as(self, name: str) -> bool:
        """Goes on as the coder with this name, who is added if new. False, and said, if that cannot be."""
        known = coders.named(self.project, name.strip())
        if known is None and self.project.writable:
            if self.do(f"Add coder {name.strip()}", lambda step: coders.ensure(step, name)) is None:
                return False
            known = coders.named(self.project, " ".join(name.split()))
        self._coder = known
        self.settings.set_coder(known.name if known else name.strip())
        self.coder_changed.emit()
        return known is not None

    def may_edit(self, mark: Highlight) -> bool:
        """Whether the coder may change a mark: their own, or another's after asking for it."""
        coder = self._coder
        mine = mark.id == self.unlocked or (coder is not None and mark.coder == coder.id)
        return mine and self.project.writable

    # ------------------------------------------------------------ what is shown

    def show_article(self, id: str | None) -> None:
        if id != self.article:
            self.article = id
            self.select_highlight(None)
            self.article_changed.emit(id)

    def select_highlight(self, id: str | None) -> None:
        if id != self.selected:
            self.selected = id
            self.unlocked = None
            self.highlight_selected.emit(id)

    def hide_codes(self, codes: frozenset[str | None]) -> None:
        """Marks with these codes are not drawn (None: those without one)."""
        self.hidden_codes = codes
        self.visibility_changed.emit()

    def hide_coders(self, coders: frozenset[str]) -> None:
        self.hidden_coders = coders
        self.visibility_changed.emit()

    # ------------------------------------------------------------ rules

    @cached_property
    def checker(self) -> Checker | None:
        """The rules and questions of all taxonomies; None where there are none."""
        plain = all(code.scope is Scope.SPAN for code in self.codes.values())
        if plain and not any(each.rules or each.questions for each in self.ruled_taxonomies):
            return None
        from annotate.violations import Checker

        return Checker(self.ruled_taxonomies)

    def broken_by(self, mark: Highlight) -> list[Violation]:
        """What a mark breaks, alone or with others in its article."""
        checker = self.checker
        if checker is None or not checker.concerns(mark):
            return []
        from storage.rule_check import coded_text

        article = articles.article(self.project, mark.article)
        marks = highlights.of_article(self.project, mark.article)
        return checker.broken_by(mark, coded_text(self.project, article, marks, checker))

    # ------------------------------------------------------------ codes

    @cached_property
    def taxonomies(self) -> list[Taxonomy]:
        """The project's taxonomies with their codes in tree order, labels in the language that each is shown in;
        made anew when one changes.
        """
        held = taxonomies.all_taxonomies(self.project, uses=False)
        return [in_shown_language(each) for each in held]

    @cached_property
    def ruled_taxonomies(self) -> list[Taxonomy]:
        """The same with their rules and questions, which take longer to load."""
        return [in_shown_language(each) for each in taxonomies.all_taxonomies(self.project)]

    def own_taxonomies(self) -> list[Taxonomy]:
        """Those that did not come with the program: where codes of one's own may go."""
        from annotate.taxonomy import shipped

        standards = {info.slug for info in shipped()}
        return [each for each in self.taxonomies if each.slug not in standards and not each.locked]

    @cached_property
    def codes(self) -> dict[str, Code]:
        """Every code by its id."""
        return {code.id: code for taxonomy in self.taxonomies for code in taxonomy.codes}

    def is_fixed(self, code: Code) -> bool:
        """Whether the code is a locked standard's, so that its label and place stay as they are."""
        return not code.own and code.taxonomy in self._locked

    @cached_property
    def _locked(self) -> frozenset[str]:
        return frozenset(taxonomy.id for taxonomy in self.taxonomies if taxonomy.locked)

    @cached_property
    def has_retired(self) -> bool:
        """Whether there are codes that are not offered any more."""
        return any(code.retired for code in self.codes.values())

    @cached_property
    def code_index(self) -> CodeIndex:
        """All codes, ready to be found by a few letters."""
        from annotate.fuzzy import CodeIndex

        return CodeIndex(
            [code for taxonomy in self.taxonomies for code in taxonomy.codes],
            {taxonomy.id: taxonomy.title for taxonomy in self.taxonomies},
        )

    def find_codes(self, query: str) -> list[str]:
        """Ids of the codes that fit a few letters, best first."""
        from annotate.fuzzy import rank

        return [match.code.id for match in rank(query, self.code_index)]

    def colour(self, code: str | None) -> str:
        """The palette name or #rrggbb of a code, its parents' where it has none; "" without a code."""
        return resolved_colour(self.codes[code], self.codes) if code in self.codes else ""

    def path(self, code: str) -> str:
        """The labels from the root down: `Policy frames > Economic`."""
        return path(self.codes[code], self.codes)

    def counts(self) -> dict[str | None, int]:
        """How many marks each code has in the project; None: without a code."""
        if self._counts is None:
            self._counts = highlights.counts_by_code(self.project)
        return self._counts

    def _forget_codes(self) -> None:
        for name in (
            "taxonomies",
            "ruled_taxonomies",
            "codes",
            "has_retired",
            "code_index",
            "checker",
            "_locked",
        ):
            self.__dict__.pop(name, None)

    def close(self) -> None:
        self._poll.stop()
        self.project.close()
