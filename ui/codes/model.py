"""The tree of taxonomies and codes as Qt asks for it, kept in step with the project."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from annotate.model import Code, Taxonomy
from annotate.standards import rolled_up
from storage import Change
from ui.codes.rows import Row
from ui.session import Session

CODE_MIME = "application/x-postil-code"  # one code, for the text
CODES_MIME = "application/x-postil-codes"  # all that are dragged, a line each
RETIRED = "show_retired_codes"
SPAN_MIME = "application/x-postil-span"
Index = QModelIndex | QPersistentModelIndex


_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDropEnabled
_DRAGGED, _EDITED = Qt.ItemFlag.ItemIsDragEnabled, Qt.ItemFlag.ItemIsEditable
_FLAGS = {
    (False, False): _PLAIN,
    (False, True): _PLAIN | _EDITED,
    (True, False): _PLAIN | _DRAGGED,
    (True, True): _PLAIN | _DRAGGED | _EDITED,
}
"""What a row may be asked to do: whether it is a code, and whether it may be edited. Combining flags is slow."""


class Role(IntEnum):
    ID = Qt.ItemDataRole.UserRole + 1
    ROW = Qt.ItemDataRole.UserRole + 2  # ui.codes.rows.Row


@dataclass(slots=True, eq=False)
class Node:
    """A taxonomy (no `code`) or a code, and where it stands in the tree."""

    taxonomy: Taxonomy
    code: Code | None
    parent: Node | None
    row: int
    number: int
    children: list[Node] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.code.id if self.code else self.taxonomy.id

    @property
    def label(self) -> str:
        return self.code.label if self.code else self.taxonomy.title


class CodesModel(QAbstractItemModel):
    """Taxonomies at the top, their codes below."""

    move_asked = Signal(list, str, object, int)  # ids, taxonomy, parent or None, place among its children
    span_dropped = Signal(str)  # code id

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._nodes: list[Node] = []
        self._roots: list[Node] = []
        self._by_id: dict[str, Node] = {}
        self._only: frozenset[str] | None = None
        self.taxonomy: str | None = None  # the only one that stands in the tree; None: all
        self.shows_retired = session.settings.flag(RETIRED, False)
        self._sums: dict[str, int] = {}
        self._counts: dict[str, int] = {}
        self._build()
        session.changed.connect(self._follow)
        session.visibility_changed.connect(self._tell_all)

    # ------------------------------------------------------------ what is where

    def node(self, index: Index) -> Node | None:
        return self._nodes[index.internalId()] if index.isValid() else None

    def code(self, index: Index) -> Code | None:
        """The code at `index`; None for a taxonomy."""
        node = self.node(index)
        return node.code if node else None

    def index_of(self, id: str) -> QModelIndex:
        """Where the code or taxonomy stands; invalid while it is filtered out."""
        node = self._by_id.get(id)
        return self.createIndex(node.row, 0, node.number) if node else QModelIndex()

    def show_only(self, ids: Iterable[str] | None) -> None:
        """Keeps these codes and what is above them; None shows all again."""
        only = None if ids is None else self._with_parents(ids)
        if only is None or only != self._only:
            self._stand(only)

    def show_taxonomy(self, id: str | None) -> None:
        """Only this taxonomy stands in the tree, or all."""
        self.taxonomy = id
        self._stand(None)

    def _stand(self, only: frozenset[str] | None) -> None:
        self.beginResetModel()
        self._only = only
        self._keep(*self._made())
        self.endResetModel()

    def show_retired(self, shown: bool) -> None:
        """Whether codes that are not offered any more stand in the tree, struck through."""
        self.session.settings.set_flag(RETIRED, shown)
        self.shows_retired = shown
        self.beginResetModel()
        self._build()
        self.endResetModel()

    def ids(self) -> Iterator[str]:
        """The ids of all codes that are there, in tree order."""
        return (node.id for node in self._nodes if node.code)

    def taxonomy_nodes(self) -> list[Node]:
        return self._roots

    # ------------------------------------------------------------ Qt's questions

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        held = self.node(parent)
        children = held.children if held else self._roots
        if column == 0 and 0 <= row < len(children):
            return self.createIndex(row, 0, children[row].number)
        return QModelIndex()

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        node = self.node(index)
        if node is None or node.parent is None:
            return QModelIndex()
        return self.createIndex(node.parent.row, 0, node.parent.number)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        node = self.node(parent)
        return len(node.children if node else self._roots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node = self.node(index)
        if node is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return node.label
            case Role.ROW:
                return self.row(node)
            case Role.ID:
                return node.id
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._spoken(node)
            case Qt.ItemDataRole.AccessibleDescriptionRole if node.code:
                return node.code.definition
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.node(index)
        if node is None or role != Qt.ItemDataRole.EditRole:
            return False
        from ui.codes import deeds

        return deeds.rename(self.session, node.taxonomy, node.code, str(value))

    def flags(self, index: Index) -> Qt.ItemFlag:
        node = self.node(index)
        if node is None:
            return Qt.ItemFlag.NoItemFlags
        may_edit = self.session.project.writable and not (node.code and self.session.is_fixed(node.code))
        return _FLAGS[node.code is not None, may_edit]

    # ------------------------------------------------------------ drag and drop

    def mimeTypes(self) -> list[str]:
        return [CODES_MIME, SPAN_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        ids = [code.id for code in map(self.code, indexes) if code]
        data = QMimeData()
        data.setData(CODE_MIME, QByteArray(ids[0].encode()))
        data.setData(CODES_MIME, QByteArray("\n".join(ids).encode()))
        data.setText("\n".join(str(index.data()) for index in indexes))
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if data.hasFormat(SPAN_MIME):
            code = self.code(parent)
            return code is not None and code.offered and row < 0
        return data.hasFormat(CODES_MIME) and parent.isValid() and self._only is None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        if not self.canDropMimeData(data, action, row, column, parent):
            return False
        node = self.node(parent)
        assert node is not None
        if data.hasFormat(SPAN_MIME):
            self.span_dropped.emit(node.id)
            return True
        ids = bytes(data.data(CODES_MIME).data()).decode().split("\n")
        place = self._place(node, row)
        self.move_asked.emit(ids, node.taxonomy.id, node.code.id if node.code else None, place)
        return False  # the move is the project's; the view must not take rows away by itself

    def _place(self, node: Node, row: int) -> int:
        """The place among all children that `row` is among those shown."""
        above = node.code.id if node.code else None
        family = [code.id for code in node.taxonomy.codes if code.parent == above]
        return family.index(node.children[row].id) if 0 <= row < len(node.children) else len(family)

    # ------------------------------------------------------------ keeping in step

    def _follow(self, change: Change) -> None:
        if change.touches("taxonomy", "code"):
            self._follow_codes()
        elif change.touches("highlight"):
            self._recount(change.codes)

    def _follow_codes(self) -> None:
        before = [(node.id, node.parent.id if node.parent else None) for node in self._nodes]
        nodes, roots = self._made()
        if before == [(node.id, node.parent.id if node.parent else None) for node in nodes]:
            for old, new in zip(self._nodes, nodes, strict=True):
                old.code, old.taxonomy = new.code, new.taxonomy
            self._take_counts()
            self._tell_all()
            return
        self.beginResetModel()
        self._keep(nodes, roots)
        self._take_counts()
        self.endResetModel()

    def _recount(self, codes: Iterable[str | None]) -> None:
        counts = self.session.counts()
        touched = [self._by_id[code] for code in codes if code in self._by_id]
        if not codes:  # somebody else's change: it does not say which
            self._take_counts()
            self._tell_all()
            return
        for code in codes:
            known = self.session.codes.get(code) if code else None
            if known is None:
                continue
            now = counts.get(known.id, 0)
            more = now - self._counts.get(known.id, 0)
            self._counts[known.id] = now
            self._sums[known.taxonomy] = self._sums.get(known.taxonomy, 0) + more
            above = (known.taxonomy, self._standard_of.get(known.id))
            touched += [self._by_id[id] for id in above if id in self._by_id]
        self._tell(touched)

    def _tell(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            index = self.createIndex(node.row, 0, node.number)
            self.dataChanged.emit(index, index)

    def _tell_all(self) -> None:
        """One announcement for all: among thousands of codes one for each family takes 200 ms."""
        if self._roots:
            first, last = self._roots[0], self._roots[-1]
            self.dataChanged.emit(
                self.createIndex(first.row, 0, first.number), self.createIndex(last.row, 0, last.number)
            )

    def _build(self) -> None:
        self._keep(*self._made())
        self._take_counts()

    def _made(self) -> tuple[list[Node], list[Node]]:
        held = [each for each in self.session.taxonomies if self.taxonomy in (None, each.id)]
        return _nodes(held, self._shown(), filtered=self._only is not None)

    def _keep(self, nodes: list[Node], roots: list[Node]) -> None:
        self._nodes, self._roots = nodes, roots
        self._by_id = {node.id: node for node in nodes}

    def _take_counts(self) -> None:
        counts = self.session.counts()
        self._counts = {id: count for id, count in counts.items() if id is not None}
        self._overlay: dict[str, list[str]] = {}
        self._standard_of = rolled_up(self.session.codes)
        for own, standard in self._standard_of.items():
            self._overlay.setdefault(standard, []).append(own)
        self._sums = {
            taxonomy.id: sum(self._counts.get(code.id, 0) for code in taxonomy.codes)
            for taxonomy in self.session.taxonomies
        }

    def _shown(self) -> frozenset[str] | None:
        """The codes that stand in the tree; None: all."""
        if self.shows_retired or not self.session.has_retired:
            return self._only
        offered = self._with_parents(code.id for code in self.session.codes.values() if not code.retired)
        return offered if self._only is None else offered & self._only

    def _with_parents(self, ids: Iterable[str]) -> frozenset[str]:
        codes, kept = self.session.codes, set[str]()
        for id in ids:
            at: str | None = id
            while at is not None and at in codes and at not in kept:
                kept.add(at)
                at = codes[at].parent
        return frozenset(kept)

    # ------------------------------------------------------------ what a row shows

    def count(self, node: Node) -> int:
        """How many highlights a code has in the project, or all codes of a taxonomy. A standard's code has those
        of the study's own codes below it as well.
        """
        if node.code is None:
            return self._sums.get(node.id, 0)
        return sum(self._counts.get(id, 0) for id in (node.id, *self._overlay.get(node.id, ())))

    def row(self, node: Node) -> Row:
        count = self.count(node)
        code = node.code
        if code is None:
            return Row(node.label, count=count, strong=True, locked=node.taxonomy.locked)
        hidden, retired = code.id in self.session.hidden_codes, code.retired
        colour = self.session.colour(code.id)
        if not code.assignable:
            return Row(
                node.label,
                code.notation,
                colour,
                code.shortcut,
                count or None,
                True,
                True,
                True,
                hidden=hidden,
                struck=retired,
                own=code.own,
            )
        key = "" if retired else code.shortcut
        return Row(
            node.label,
            code.notation,
            colour,
            key,
            count,
            hidden=hidden,
            dim=hidden or retired,
            struck=retired,
            own=code.own,
        )

    def _spoken(self, node: Node) -> str:
        parts = [node.label]
        if node.code:
            parts += [f"notation {node.code.notation}"] if node.code.notation else []
            parts += [f"key {node.code.shortcut}"] if node.code.shortcut else []
            parts += ["retired"] if node.code.retired else []
            parts += ["your own, below a standard"] if node.code.own else []
        else:
            parts.insert(0, "Taxonomy, locked as a standard" if node.taxonomy.locked else "Taxonomy")
        count = self.count(node)
        return ", ".join([*parts, f"{count:,} highlight{'' if count == 1 else 's'}"])


def _nodes(
    taxonomies: Sequence[Taxonomy], only: frozenset[str] | None, *, filtered: bool
) -> tuple[list[Node], list[Node]]:
    """Every node in tree order, and the roots; where they are `filtered`, none without a code."""
    nodes: list[Node] = []
    roots: list[Node] = []
    for taxonomy in taxonomies:
        codes = [code for code in taxonomy.codes if only is None or code.id in only]
        if filtered and not codes:
            continue
        root = Node(taxonomy, None, None, len(roots), len(nodes))
        nodes.append(root)
        roots.append(root)
        held: dict[str | None, Node] = {None: root}
        for code in codes:
            above = held[code.parent]
            node = Node(taxonomy, code, above, len(above.children), len(nodes))
            above.children.append(node)
            nodes.append(node)
            held[code.id] = node
    return nodes, roots
