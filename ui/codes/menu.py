"""The context menu of the codes, and the forms it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from annotate.errors import UserError
from annotate.model import Code, Taxonomy
from ui import ask
from ui.codes import clipboard, deeds
from ui.codes.colours import ColourPopup
from ui.codes.form import CodeForm, blank, colours_beside
from ui.codes.merging import MergeCodes, RetireCodes
from ui.codes.removal import DeleteCodes
from ui.codes.tree import CodeTree
from ui.icons import Icon, icon
from ui.look import Look
from ui.session import Session

if TYPE_CHECKING:
    from ui.codes.checking import CheckAgain
    from ui.codes.replacing import ReplaceInCodes
    from ui.codes.splitting import SplitCode
    from ui.codes.updating import UpdateTaxonomy
    from ui.codes.versions import ChangeLog, Freeze, Versions
    from ui.crosswalks.sheet import Crosswalks
    from ui.relations.types_sheet import RelationTypes
    from ui.rules.editing import QuestionsSheet, RulesSheet


class CodeMenu(QObject):
    """What can be done to the codes selected in `tree`. Forms stand over `over`."""

    made = Signal(str)  # id of a new code
    page_asked = Signal(str, str)  # id of a code, and the field of its page to write in, if any

    def __init__(self, session: Session, look: Look, tree: CodeTree, over: QWidget) -> None:
        super().__init__(over)
        self._session, self._look, self._tree, self._over = session, look, tree, over

    def open(self, place: QPoint) -> QMenu:
        menu = self.menu(place)
        menu.popup(place)
        return menu

    def menu(self, place: QPoint) -> QMenu:
        """The menu for what is selected; `place` (global) is where the colours open."""
        menu = QMenu(self._over)
        menu.aboutToHide.connect(menu.deleteLater)
        node = self._tree.codes.node(self._tree.currentIndex())
        ids = self._tree.selected_ids()
        writable = self._session.project.writable
        code = self._session.codes.get(ids[0]) if len(ids) == 1 else None
        fixed = any(self._session.is_fixed(self._session.codes[id]) for id in ids)
        if code:
            self._add(
                menu, "Open the code’s page", Icon.BOOK, lambda: self.page_asked.emit(code.id, ""), "Ctrl+B"
            )
        if writable and node:
            if not (node.taxonomy.locked and (node.code is None or node.code.parent is None)):
                self._add(menu, "New code…", Icon.PLUS, self.new_code, "Ctrl+Shift+N")
            if code:
                self._add(menu, f"New code under “{_short(code.label)}”…", None, lambda: self.new_child(code))
            menu.addSeparator()
            if (code and not fixed) or not ids:
                self._add(menu, "Rename", Icon.EDIT, self._tree.rename_current, "F2")
            if code:
                field = "use_when" if fixed else "definition"
                self._add(menu, "Edit notes…", Icon.MEMO, lambda: self.edit(code, field))
                if not fixed:
                    self._add(menu, "Notation…", Icon.HASH, lambda: self.edit(code, "notation"))
                self._add(menu, "Key…", Icon.KEYBOARD, lambda: self.edit(code, "shortcut"))
        if ids:
            if writable:
                self._add(menu, "Recolour…", Icon.PALETTE, lambda: self.recolour(ids, place))
                self._add_colours(menu, ids)
            concerned = set(deeds.with_below(self._session, ids))
            hidden = concerned <= self._session.hidden_codes
            self._add(
                menu,
                "Show the highlights" if hidden else "Hide the highlights",
                Icon.EYE if hidden else Icon.EYE_OFF,
                lambda: deeds.toggle_hidden(self._session, ids),
            )
            self._add(menu, "Copy", Icon.COPY, self.copy, "Ctrl+C")
            if writable and not fixed:
                self._add(menu, "Cut", None, lambda: self.copy(True), "Ctrl+X")
                self._add_moves(menu, ids)
            if writable:
                self._add_paste(menu)
                self._add_sorts(menu)
                menu.addSeparator()
                self._add_restructuring(menu, ids, fixed=fixed)
            if writable and not fixed:
                menu.addSeparator()
                what = f"Delete {len(ids):,} codes…" if len(ids) > 1 else "Delete…"
                self._add(menu, what, Icon.TRASH, self.delete, "Del")
        elif writable and node and node.code is None:
            self._add_colours(menu, [])
            self._add_paste(menu)
            self._add_sorts(menu)
            menu.addSeparator()
            self._add_lock(menu, node.taxonomy)
            self._add(
                menu, "Remove the taxonomy…", Icon.TRASH, lambda: self.remove_taxonomy(node.taxonomy.id)
            )
        if node:
            menu.addSeparator()
            about = menu.addMenu("Taxonomy") if node.code else menu
            self._add_memory(about, node.taxonomy.id)
            self._add_retired(menu)
        return menu

    def new_code(self) -> None:
        """A new code beside the current one, or in the current taxonomy."""
        node = self._tree.codes.node(self._tree.currentIndex())
        if node is not None:
            self._form(blank(node.taxonomy.id, node.code.parent if node.code else None))
            return
        own = deeds.own_taxonomy(self._session) or next(iter(self._session.taxonomies), None)
        home = own.id if own else deeds.start_taxonomy(self._session, deeds.OWN_TITLE)
        if home:
            self._form(blank(home, None))

    def new_child(self, code: Code) -> None:
        self._form(blank(code.taxonomy, code.id))

    def edit(self, code: Code, field: str = "label") -> CodeForm:
        form = CodeForm(self._session, self._look, code, self._over.window(), field=field)
        form.open()
        return form

    def recolour(self, ids: list[str], place: QPoint) -> ColourPopup:
        code = self._session.codes[ids[0]]
        popup = ColourPopup(self._look, self._over)
        popup.picked.connect(lambda colour: deeds.recolour(self._session, ids, colour))
        popup.open_at(place, code.colour, colours_beside(self._session, code))
        return popup

    def copy(self, cut: bool = False) -> None:
        """The codes selected go into the clipboard, with all below them."""
        clipboard.put(self._session, self._tree.selected_ids(), cut=cut and self._session.project.writable)

    def paste(self) -> None:
        """What is in the clipboard comes under the current code or taxonomy."""
        node = self._tree.codes.node(self._tree.currentIndex())
        if node is not None and self._session.project.writable:
            made = clipboard.paste(self._session, node.taxonomy.id, node.code.id if node.code else None)
            self._tree.select_ids(made)

    def replace(self, taxonomy: str) -> ReplaceInCodes:
        from ui.codes.replacing import ReplaceInCodes

        sheet = ReplaceInCodes(self._session, self._look, taxonomy, self._over.window())
        sheet.open()
        return sheet

    def delete(self) -> DeleteCodes | None:
        """Asks only where highlights are at stake; the rest is deleted at once and can be undone."""
        ids = self._tree.selected_ids()
        if not ids or not self._session.project.writable:
            return None
        if not deeds.marks_of(self._session, ids):
            name = deeds.named(self._session, ids)
            if deeds.delete(self._session, ids):
                self._session.said.emit(f"Deleted {name}.")
            return None
        sheet = DeleteCodes(self._session, self._look, ids, self._over.window())
        sheet.open()
        return sheet

    def remove_taxonomy(self, id: str) -> DeleteCodes | None:
        roots = [c.id for c in self._session.codes.values() if c.taxonomy == id and c.parent is None]
        if not deeds.marks_of(self._session, roots):
            deeds.remove_taxonomy(self._session, id)
            return None
        sheet = DeleteCodes(self._session, self._look, roots, self._over.window(), taxonomy=id)
        sheet.open()
        return sheet

    def merge(self, ids: list[str]) -> MergeCodes:
        sheet = MergeCodes(self._session, self._look, ids, self._over.window())
        sheet.open()
        return sheet

    def retire(self, ids: list[str]) -> RetireCodes:
        sheet = RetireCodes(self._session, self._look, ids, self._over.window())
        sheet.open()
        return sheet

    def split(self, id: str) -> SplitCode:
        from ui.codes.splitting import SplitCode

        sheet = SplitCode(self._session, self._look, id, self._over.window())
        sheet.open()
        return sheet

    def versions(self, taxonomy: str) -> Versions:
        from ui.codes.versions import Versions

        sheet = Versions(self._session, self._look, taxonomy, self._over.window())
        sheet.open()
        return sheet

    def update_from_file(self, taxonomy: str) -> UpdateTaxonomy | None:
        """Asks for a file and says what it would change; None where there is none."""
        from ui.codes.add_taxonomy import FILES
        from ui.codes.updating import UpdateTaxonomy, read

        held = next(each for each in self._session.taxonomies if each.id == taxonomy)
        settings, over = self._session.settings, self._over.window()
        path = ask.open_one(over, f"Update {held.title} from a file", settings.last_folder, FILES)
        if path is None:
            return None
        try:
            incoming = read(path, held)
        except UserError as error:
            self._session.failed.emit(str(error))
            return None
        settings.set_last_folder(path.parent)
        sheet = UpdateTaxonomy(self._session, self._look, taxonomy, path, incoming, over)
        sheet.open()
        return sheet

    def relation_types(self, taxonomy: str) -> RelationTypes:
        from ui.relations.types_sheet import RelationTypes

        sheet = RelationTypes(self._session, self._look, taxonomy, self._over.window())
        sheet.open()
        return sheet

    def freeze(self, taxonomy: str) -> Freeze:
        from ui.codes.versions import Freeze

        sheet = Freeze(self._session, taxonomy, self._over.window())
        sheet.open()
        return sheet

    def check_again(self, taxonomy: str, code: str | None = None) -> CheckAgain | None:
        """Goes through the highlights made before what their code means was changed."""
        from ui.codes.checking import check_again

        return check_again(self._session, self._look, taxonomy, code, self._over.window())

    def crosswalks(self) -> Crosswalks:
        from ui.crosswalks.sheet import Crosswalks

        sheet = Crosswalks(self._session, self._look, self._over.window())
        sheet.open()
        return sheet

    def change_log(self, taxonomy: str) -> ChangeLog:
        from ui.codes.versions import ChangeLog

        sheet = ChangeLog(self._session, self._look, taxonomy, self._over.window())
        sheet.open()
        return sheet

    def rules(self, taxonomy: str) -> RulesSheet:
        from ui.rules.editing import RulesSheet

        sheet = RulesSheet(self._session, self._look, taxonomy, self._over.window())
        sheet.open()
        return sheet

    def questions(self, taxonomy: str) -> QuestionsSheet:
        from ui.rules.editing import QuestionsSheet

        sheet = QuestionsSheet(self._session, self._look, taxonomy, self._over.window())
        sheet.open()
        return sheet

    def _form(self, code: Code) -> CodeForm:
        form = self.edit(code)
        form.stored.connect(self._tree.go_to)
        form.stored.connect(self.made)
        return form

    def _add_lock(self, menu: QMenu, taxonomy: Taxonomy) -> None:
        words = "Unlock the standard" if taxonomy.locked else "Lock as a standard"
        self._add(menu, words, Icon.LOCK, lambda: deeds.lock(self._session, taxonomy, not taxonomy.locked))

    def _add_restructuring(self, menu: QMenu, ids: list[str], *, fixed: bool) -> None:
        codes = [self._session.codes[id] for id in ids]
        if all(code.retired for code in codes):
            self._add(menu, "Bring back", Icon.UNDO, lambda: deeds.bring_back(self._session, ids))
            return
        if not fixed:
            self._add(menu, "Merge into…", Icon.LINK, lambda: self.merge(ids))
        if len(ids) == 1 and self._session.counts().get(ids[0]):
            self._add(menu, "Split…", Icon.COLUMNS, lambda: self.split(ids[0]))
        self._add(menu, "Retire…", Icon.BACKUP, lambda: self.retire(ids))

    def _add_memory(self, menu: QMenu, taxonomy: str) -> None:
        self._add(menu, "Rules…", Icon.CHECK, lambda: self.rules(taxonomy))
        self._add(menu, "Questions about the articles…", Icon.HELP, lambda: self.questions(taxonomy))
        self._add(menu, "Relation types…", Icon.RELATION, lambda: self.relation_types(taxonomy))
        if len(self._session.taxonomies) > 1:
            self._add(menu, "Crosswalks…", Icon.REPEAT, self.crosswalks)
        if self._session.project.writable:
            self._add(menu, "Find and replace…", Icon.SEARCH, lambda: self.replace(taxonomy))
            self._add(menu, "Update from a file…", Icon.IMPORT, lambda: self.update_from_file(taxonomy))
        self._add(menu, "Versions…", Icon.HISTORY, lambda: self.versions(taxonomy))
        self._add(menu, "Change log…", Icon.FILE_TEXT, lambda: self.change_log(taxonomy))

    def _add_retired(self, menu: QMenu) -> None:
        model = self._tree.codes
        if any(code.retired for code in self._session.codes.values()):
            words = "Hide the retired codes" if model.shows_retired else "Show the retired codes"
            picture = Icon.EYE_OFF if model.shows_retired else Icon.EYE
            self._add(menu, words, picture, lambda: model.show_retired(not model.shows_retired))

    def _add_colours(self, menu: QMenu, ids: list[str]) -> None:
        """For the codes selected, or for those right below the one that is."""
        node = self._tree.codes.node(self._tree.currentIndex())
        below = [each.code.id for each in node.children if each.code] if node else []
        wanted, name = (
            (ids, "Give them colours") if len(ids) > 1 else (below, "Give colours to what is below")
        )
        if len(wanted) < 2:
            return
        from ui.codes import spreading

        ways = menu.addMenu(name)
        for way, text in spreading.WAYS:
            self._add(ways, text, None, lambda way=way: spreading.give_colours(self._session, wanted, way))

    def _add_paste(self, menu: QMenu) -> None:
        if ids := clipboard.held(self._session)[0]:
            self._add(menu, f"Paste {deeds.named(self._session, ids)}", Icon.CLIPBOARD, self.paste, "Ctrl+V")

    def _add_sorts(self, menu: QMenu) -> None:
        """For what hangs below the current one."""
        node = self._tree.codes.node(self._tree.currentIndex())
        if node is None or len(node.children) < 2:
            return
        home, above = node.taxonomy.id, node.code.id if node.code else None
        sorts = menu.addMenu("Sort what is below")
        for text, way in (
            ("By notation", "notation"),
            ("By label", "label"),
            ("By highlights", "highlights"),
        ):
            self._add(sorts, text, None, lambda way=way: deeds.sort_children(self._session, home, above, way))

    def _add_moves(self, menu: QMenu, ids: list[str]) -> None:
        moves = menu.addMenu("Move")
        for text, way, key in (
            ("Up", "up", "Alt+Up"),
            ("Down", "down", "Alt+Down"),
            ("Under the code above it", "in", "Alt+Right"),
            ("Out, beside its parent", "out", "Alt+Left"),
        ):
            self._add(moves, text, None, lambda way=way: deeds.nudge(self._session, ids, way), key)

    def _add(self, menu: QMenu, text: str, picture: Icon | None, does, key: str = "") -> None:
        action = menu.addAction(f"{text}\t{key}" if key else text)
        if picture:
            action.setIcon(icon(picture, self._look.theme.text, 16, self._look.theme.faint))
        action.triggered.connect(lambda checked=False: does())


def _short(label: str) -> str:
    return label if len(label) <= 28 else label[:27] + "…"
