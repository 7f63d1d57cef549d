"""Every action, named once: what it is called, its keys, its icon, what it does."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from annotate.frozen import frozen
from ui.icons import Icon, icon
from ui.theme import Theme


@frozen
class ActionSpec:
    """`needs` is what must be at hand for it: "", "project", "article", "pages" (a PDF is shown),
    "selection" or "highlight"."""

    name: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: Icon | None = None
    needs: str = ""
    tip: str = ""
    writes: bool = False  # not offered where the project is read-only
    checkable: bool = False


A = ActionSpec
ACTIONS: tuple[ActionSpec, ...] = (
    A("new_project", "File", "New project…", ("Ctrl+N",), Icon.PLUS),
    A("open_project", "File", "Open project…", ("Ctrl+O",), Icon.FOLDER),
    A("open_demo", "File", "Open the demonstration project", (), Icon.FILE),
    A("add_articles", "File", "Add articles…", ("Ctrl+I",), Icon.IMPORT, "project",
      "From files, folders, tables and databases, with a look before", writes=True),
    A("add_files", "File", "Add articles from files…", (), Icon.FILE, "project", writes=True),
    A("add_folder", "File", "Add articles from a folder…", (), Icon.FOLDER, "project", writes=True),
    A("paste_article", "File", "Add an article from the clipboard", ("Ctrl+Shift+V",), Icon.CLIPBOARD,
      "project", "Makes an article of the copied text", writes=True),
    A("import_reports", "File", "Import reports…", (), Icon.INFO, "project"),
    A("export", "File", "Export…", ("Ctrl+E",), Icon.EXPORT, "project"),
    A("share_coding", "File", "Share the coding without the texts…", (), Icon.LINK, "project",
      "For texts under copyright: others bring the coding onto their own copies"),
    A("rehydrate", "File", "Bring in coding without texts…", (), Icon.IMPORT, "project",
      "Coding that came without texts, onto the articles of this project", writes=True),
    A("package", "File", "Make a replication package…", (), Icon.BACKUP, "project",
      "Data, codebook and descriptions as one ZIP for a repository"),
    A("backups", "File", "Backups…", (), Icon.BACKUP, "project", "Make a backup now, or go back to one"),
    A("close_project", "File", "Close project", ("Ctrl+W",), Icon.CLOSE, "project"),
    A("quit", "File", "Quit", ("Ctrl+Q",)),
    A("undo", "Edit", "Undo", ("Ctrl+Z",), Icon.UNDO, "project", writes=True),
    A("redo", "Edit", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), Icon.REDO, "project", writes=True),
    A("copy", "Edit", "Copy quote", ("Ctrl+C",), Icon.COPY, "selection"),
    A("find", "Edit", "Find in article…", ("Ctrl+F",), Icon.SEARCH, "article"),
    A("find_next", "Edit", "Find next", ("F3",), None, "article"),
    A("find_previous", "Edit", "Find previous", ("Shift+F3",), None, "article"),
    A("go_to_paragraph", "Edit", "Go to paragraph…", ("Ctrl+G",), Icon.HASH, "article"),
    A("search_project", "Edit", "Search all articles…", ("Ctrl+Shift+F",), Icon.SEARCH, "project"),
    A("settings", "Edit", "Settings…", ("Ctrl+,",), Icon.SETTINGS),
    A("quick_tag", "Code", "Tag the selection…", ("Return", "Enter"), Icon.TAG, "selection",
      "Type a few letters of a code, then Enter", writes=True),
    A("repeat_code", "Code", "Repeat the last code", ("R",), Icon.REPEAT, "selection", writes=True),
    A("mark_without_code", "Code", "Highlight without a code", ("H",), Icon.HIGHLIGHT, "selection",
      writes=True),
    A("code_in_vivo", "Code", "New code from the selection…", ("N",), Icon.PLUS, "selection",
      "The selected words become the label of a new code", writes=True),
    A("add_part", "Code", "Add the selection to the selected highlight", ("G",), Icon.LINK, "selection",
      "Makes a highlight with a gap", writes=True),
    A("change_code", "Code", "Change the highlight's code…", ("C",), Icon.EDIT, "highlight", writes=True),
    A("relate", "Code", "Relate the highlight to another…", ("L",), Icon.RELATION, "highlight",
      "First the kind of relation, then the other highlight", writes=True),
    A("edit_memo", "Code", "Write a memo", ("M",), Icon.MEMO, "highlight", writes=True),
    A("take_example", "Code", "Take the highlight as an example of its code", ("+",), Icon.PLUS, "highlight",
      writes=True),
    A("take_counter_example", "Code", "Take the highlight as a counter-example…", ("-",), Icon.MINUS,
      "highlight", "Of a code that it could be taken for", writes=True),
    A("toggle_certainty", "Code", "Sure or unsure", ("U",), Icon.HELP, "highlight", writes=True),
    A("qualify", "Code", "What the highlight says of itself…", (".",), Icon.TAG, "highlight",
      "Its stance, or what else the rules of its code ask", writes=True),
    A("delete_highlight", "Code", "Delete the highlight", ("Delete", "Backspace"), Icon.TRASH, "highlight",
      writes=True),
    A("next_highlight", "Code", "Next highlight", ("J",), Icon.ARROW_DOWN, "article"),
    A("previous_highlight", "Code", "Previous highlight", ("K",), Icon.ARROW_UP, "article"),
    A("cycle_highlights", "Code", "Next highlight at this place", ("Tab",), None, "highlight"),
    A("next_article", "Article", "Next article", ("Ctrl+PgDown", "]"), Icon.ARROW_RIGHT, "project"),
    A("previous_article", "Article", "Previous article", ("Ctrl+PgUp", "["), Icon.ARROW_LEFT, "project"),
    A("state_to_do", "Article", "Mark as to do", (), Icon.TO_DO, "article", writes=True),
    A("state_in_progress", "Article", "Mark as in progress", (), Icon.IN_PROGRESS, "article", writes=True),
    A("state_done", "Article", "Mark as done and go on", ("Ctrl+D",), Icon.DONE, "article", writes=True),
    A("state_skipped", "Article", "Skip with a reason…", (), Icon.SKIPPED, "article", writes=True),
    A("rename_article", "Article", "Rename…", ("F2",), Icon.EDIT, "article", writes=True),
    A("correct_text", "Article", "Correct the text…", ("Shift+F2",), Icon.FILE_TEXT, "article",
      "Makes a new version; highlights move along", writes=True),
    A("replace_in_many", "Article", "Find and replace in many articles…", ("Ctrl+H",), Icon.REPEAT, "project",
      "With a look at every passage first", writes=True),
    A("pseudonyms", "Article", "Pseudonyms…", (), Icon.USER, "project", "Names replaced in many articles",
      writes=True),
    A("repair_highlights", "Article", "Highlights to repair", (), Icon.LINK, "project",
      "Those that lost their place when a text was corrected"),
    A("purge_texts", "Article", "Purge earlier texts…", (), Icon.EYE_OFF, "article",
      "Takes earlier texts and original files out for good", writes=True),
    A("purge_removed", "Article", "Purge removed articles…", (), Icon.TRASH, "project",
      "Takes out for good what the history keeps of them", writes=True),
    A("questions", "Article", "Answer the questions", ("Ctrl+Shift+Q",), Icon.HELP, "article",
      "What the taxonomies ask about the whole article"),
    A("left_out", "Article", "What the import left out…", (), Icon.INFO, "article"),
    A("remove_article", "Article", "Remove from the project", (), Icon.TRASH, "article", writes=True),
    A("fields", "Article", "Fields of the articles…", ("Ctrl+Shift+A",), Icon.COLUMNS, "project",
      "Title, outlet, date and own fields of many articles in a table"),
    A("rounds", "Article", "Rounds…", (), Icon.CLIPBOARD, "project",
      "Batches of articles planned for some coders, with a part that several code"),
    A("agreement", "Article", "Agreement…", (), Icon.COPY, "project",
      "How far coders code alike, code by code"),
    A("workbench", "Taxonomy", "Taxonomy workbench", ("Ctrl+B",), Icon.BOOK, "project",
      "The page of each code, to be read and written; the same key leads back to the text"),
    A("add_taxonomy", "Taxonomy", "Add a taxonomy…", (), Icon.BOOK, "project", writes=True),
    A("update_taxonomy", "Taxonomy", "Update a taxonomy from a file…", (), Icon.IMPORT, "project",
      "With a look at what would change; codes keep their highlights", writes=True),
    A("add_code", "Taxonomy", "New code…", ("Ctrl+Shift+N",), Icon.PLUS, "project", writes=True),
    A("relation_types", "Taxonomy", "Relation types…", (), Icon.RELATION, "project",
      "What may be linked to what: claimant to claim, cause to problem"),
    A("crosswalks", "Taxonomy", "Crosswalks…", (), Icon.REPEAT, "project",
      "Which code of one taxonomy is which of another"),
    A("versions", "Taxonomy", "Versions…", (), Icon.HISTORY, "project",
      "Freeze the codes as they stand, compare them, check highlights again"),
    A("change_log", "Taxonomy", "Change log…", (), Icon.FILE_TEXT, "project"),
    A("edit_rules", "Taxonomy", "Rules…", (), Icon.CHECK, "project",
      "What may stand together, what every highlight and every article must have"),
    A("edit_questions", "Taxonomy", "Questions about the articles…", (), Icon.HELP, "project"),
    A("check_rules", "Taxonomy", "Check the rules", ("Ctrl+Shift+K",), Icon.WARNING, "project",
      "Every place where one is broken"),
    A("replace_in_codes", "Taxonomy", "Find and replace in the codes…", ("Ctrl+Shift+R",), Icon.REPEAT,
      "project", "In labels, definitions and examples, with a look at every change first", writes=True),
    A("codebook", "Taxonomy", "Write the codebook…", (), Icon.BOOK, "project",
      "As PDF, Word, HTML or Markdown, to be printed"),
    A("find_code", "Taxonomy", "Find a code", ("/",), Icon.SEARCH, "project"),
    A("show_marks", "View", "Show and hide highlights…", ("V",), Icon.EYE, "project",
      "By code and by coder"),
    A("command_palette", "View", "Commands, articles and codes…", ("Ctrl+K",), Icon.COMMAND),
    A("left_pane", "View", "Articles pane", ("Ctrl+1",), Icon.SIDEBAR_LEFT, checkable=True),
    A("right_pane", "View", "Codes pane", ("Ctrl+2",), Icon.SIDEBAR_RIGHT, checkable=True),
    A("only_text", "View", "Only the text", ("F11",), Icon.BOOK, "project", "Hides everything else",
      checkable=True),
    A("as_pages", "View", "Text or pages", ("Ctrl+T",), Icon.FILE_TEXT, "pages",
      "A PDF as it was printed, with the same highlights"),
    A("paragraph_numbers", "View", "Paragraph numbers", ("P",), Icon.HASH, "project", checkable=True),
    A("typography", "View", "Typography…", (), Icon.TYPOGRAPHY),
    A("larger", "View", "Larger text", ("Ctrl++", "Ctrl+="), None, "project"),
    A("smaller", "View", "Smaller text", ("Ctrl+-",), None, "project"),
    A("theme_light", "View", "Light theme", (), Icon.SUN),
    A("theme_dark", "View", "Dark theme", (), Icon.MOON),
    A("theme_high_contrast", "View", "High contrast", (), Icon.CONTRAST),
    A("theme_system", "View", "Theme of the system", (), Icon.SYSTEM),
    A("history", "View", "History of steps", ("Ctrl+Shift+H",), Icon.HISTORY, "project"),
    A("coder", "View", "Coder…", (), Icon.USER, "project"),
    A("manual", "Help", "Manual", ("F1",), Icon.BOOK),
    A("keys", "Help", "Keyboard shortcuts", ("?",), Icon.KEYBOARD),
    A("about", "Help", "About Postil", (), Icon.INFO),
)  # fmt: skip
# Actions whose keys are plain letters act in the reading view alone, so that typing elsewhere is typing.


IN_SIGHT = ("left_pane", "right_pane", "undo", "redo", "typography", "export")


class Actions(QObject):
    """The actions as Qt has them. Connect `actions["undo"].triggered`."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._at_hand: tuple[frozenset[str], bool] | None = None
        self._held = {spec.name: self._made(spec) for spec in ACTIONS}
        self.specs = {spec.name: spec for spec in ACTIONS}
        self.repaint(theme)

    def __getitem__(self, name: str) -> QAction:
        return self._held[name]

    def __iter__(self) -> Iterator[tuple[ActionSpec, QAction]]:
        return ((spec, self._held[spec.name]) for spec in ACTIONS)

    def repaint(self, theme: Theme) -> None:
        """Paints the icons in the theme's text colour: those in sight now, the others when a menu opens."""
        self._unpainted = {spec.name for spec, _ in self if spec.icon}
        self._theme = theme
        self.paint(*IN_SIGHT)

    def paint(self, *names: str) -> None:
        """Gives these actions their icons, or all that have none yet."""
        for name in set(names or self._unpainted) & self._unpainted:
            sign = self.specs[name].icon
            assert sign is not None
            self._held[name].setIcon(icon(sign, self._theme.text, 16, self._theme.faint))
            self._unpainted.discard(name)

    def enable(self, there: frozenset[str], writable: bool) -> None:
        """`there` names what is at hand: project, article, selection, highlight."""
        if self._at_hand == (there, writable):
            return
        self._at_hand = there, writable
        for spec, action in self:
            action.setEnabled((not spec.needs or spec.needs in there) and (writable or not spec.writes))

    def _made(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        keys = [QKeySequence(key) for key in spec.keys if not is_letter(key)]
        action.setShortcuts(keys)
        action.setToolTip(spec.tip or spec.text.rstrip("…"))
        return action


def is_letter(key: str) -> bool:
    """Keys that act in the reading view alone, whose key handler looks them up: elsewhere one types."""
    return len(key) == 1 or key in ("Return", "Enter", "Delete", "Backspace", "Tab")


def shown_keys(spec: ActionSpec) -> str:
    """The first key as a person reads it: `Ctrl+Shift+Z`."""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if spec.keys else ""
