"""What is done to the selection and to the highlight that is selected, found by the action's name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from annotate.model import Highlight
from storage import articles
from ui import ask
from ui.look import Look

if TYPE_CHECKING:
    from ui.quicktag import QuickTag
    from ui.workspace import Workspace


class CodingActs:
    """By keys, menus and the palette alike."""

    def __init__(self, workspace: Workspace, look: Look) -> None:
        self._workspace, self._look = workspace, look
        self._session, self._coding, self._reading = workspace.session, workspace.coding, workspace.reading
        self._changing: Highlight | None = None  # whose code the quick-tag popup changes

    @cached_property
    def tagger(self) -> QuickTag:
        from ui.quicktag import QuickTag

        made = QuickTag(self._session, self._look, self._workspace)
        made.code_taken.connect(self._quick_taken)
        made.new_code_asked.connect(self._reading.new_code)
        made.closed.connect(self._quick_closed)
        return made

    def quick_tag(self) -> None:
        self.tagger.open_at(self._reading.selection_box(), title="Tag the selection")

    def change_code(self) -> None:
        mark = self._reading.selected()
        if mark is not None and self._coding.may_change(mark):
            self._changing = mark
            self.tagger.open_at(self._reading.selection_box(), title="Change the code")

    def repeat_code(self) -> None:
        from storage import highlights

        code = self._coding.last_code
        if code not in self._session.codes and self._session.coder:
            code = next(iter(highlights.recent_codes(self._session.project, self._session.coder.id, 1)), None)
        if code in self._session.codes:
            self._reading.take_code(code)
        else:
            self._session.said.emit("No code was used yet.")

    def mark_without_code(self) -> None:
        self._reading.take_code(None)

    def code_in_vivo(self) -> None:
        words = " ".join(self._reading.selection_text().split())
        label = ask.text(self._workspace, "New code from the selection", "Label", words[:60])
        if label and label.strip():
            self._reading.new_code(label)

    def add_part(self) -> None:
        mark, span = self._reading.selected(), self._reading.selected_words()
        if mark is None or span is None:
            self._session.said.emit("Select a highlight, then the words to add to it.")
            return
        self._coding.add_part(mark, span)
        self._reading.view.set_selection(None)

    def edit_memo(self) -> None:
        self._workspace.show_page(0)
        self._workspace.inspector.edit_memo()

    def toggle_certainty(self) -> None:
        if mark := self._reading.selected():
            following = {"": "sure", "sure": "unsure", "unsure": ""}[mark.certainty]
            self._coding.set_certainty(mark, following)

    def take_example(self) -> None:
        mark = self._reading.selected()
        if mark is not None and mark.code is None:
            self._session.said.emit("The highlight has no code yet.")
        elif mark is not None:
            self._take_example(mark, str(mark.code), against=False)

    def take_counter_example(self) -> None:
        from ui.quicktag import QuickTag

        mark = self._reading.selected()
        if mark is None:
            return
        own = frozenset({mark.code} if mark.code else ())
        picker = QuickTag(self._session, self._look, self._workspace, offer_new=False, leave_out=own)
        picker.code_taken.connect(lambda code, _: self._take_example(mark, code, against=True))
        picker.closed.connect(self._reading.view.setFocus)
        picker.closed.connect(picker.deleteLater)
        picker.open_at(self._reading.selection_box(), title="A counter-example of")

    def delete_highlight(self) -> None:
        if mark := self._reading.selected():
            self._coding.remove(mark)

    def next_highlight(self) -> None:
        self._reading.step_mark(1)

    def previous_highlight(self) -> None:
        self._reading.step_mark(-1)

    def cycle_highlights(self) -> None:
        self._reading.cycle()

    def relate(self) -> None:
        self._workspace.relating.start()

    def _take_example(self, mark: Highlight, code: str, *, against: bool) -> None:
        from annotate.marks import quote_of
        from ui.codes import deeds

        project = self._session.project
        quote = quote_of(articles.text(project, mark.article), mark.spans)
        title = articles.article(project, mark.article).title
        source = " · ".join(filter(None, (title, self._session.coder_name(mark.coder))))
        deeds.add_example(self._session, self._session.codes[code], quote, source, against=against)

    def _quick_taken(self, code: str, stay: bool) -> None:
        changing, self._changing = self._changing, None
        if changing is not None:
            self._coding.change_code(changing, code)
        else:
            self._reading.take_code(code)

    def _quick_closed(self) -> None:
        self._changing = None
        self._reading.view.setFocus()
