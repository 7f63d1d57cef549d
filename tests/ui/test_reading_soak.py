"""Many articles and many hands: the view stays alive and says nothing strange."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annotate.model import BlockKind
from tests.ui.reading import FAMILY, article, blocks_of
from ui.reading.values import Head, Mark
from ui.reading.view import ReadingView
from ui.theme import theme

Key = Qt.Key
KEYS = [Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_PageUp, Key.Key_End]
KEYS += [Key.Key_Home, Key.Key_Escape]
HELD = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
]


def some_article(chance: random.Random) -> tuple[str, list[BlockKind]]:
    text = article(chance.choice([1, 5, 40]), chance.randrange(999))
    text += chance.choice(["", "\n\n\n", f"\n{FAMILY} עברית mixed\ta\tb", "\n" + "long " * 4000])
    return text, [chance.choice(list(BlockKind)) for _ in range(text.count("\n") + 1)]


def some_mark(chance: random.Random, length: int) -> Mark:
    start = chance.randrange(length)
    end = min(start + chance.choice([1, 40, 900]), length)
    more = {
        "coder": chance.choice(["", "Ben"]),
        "unsure": chance.random() < 0.2,
        "memo": chance.random() < 0.2,
    }
    return Mark(
        str(chance.randrange(60)), ((start, end),), chance.choice(["teal", "rust", ""]), "Code", **more
    )


def act(view: ReadingView, chance: random.Random) -> None:
    """One thing a reader might do."""
    where = QPoint(chance.randrange(view.width()), chance.randrange(view.height()))
    length = len(view.text())
    deeds = [
        lambda: QTest.keyClick(view, chance.choice(KEYS), chance.choice(HELD) | chance.choice(HELD[:2])),
        lambda: QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, chance.choice(HELD[:2]), where),
        lambda: QTest.mouseMove(view.viewport(), where),
        lambda: QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, HELD[0], where),
        lambda: view.add_mark(some_mark(chance, length)),
        lambda: view.remove_mark(str(chance.randrange(60))),
        lambda: view.select_mark(str(chance.randrange(60)), scroll=True),
        lambda: view.verticalScrollBar().setValue(chance.randrange(view.verticalScrollBar().maximum() + 1)),
        lambda: view.set_selection((chance.randrange(length), chance.randrange(length))),
        lambda: view.resize(chance.choice([300, 700, 872, 1300]), chance.choice([200, 600])),
        lambda: view.set_typography(chance.choice([14, 18, 24]), 30, chance.choice([400, 640])),
        lambda: view.find_text(chance.choice(["court", "the", ""])),
        view.next_hit,
        view.next_mark,
        view.cycle_marks,
        lambda: view.set_theme(theme(chance.choice(["light", "dark", "high_contrast"]))),
        lambda: view.restore_place(view.place()),
    ]
    chance.choices(deeds, [30, 9, 9, 3, 9, 3, 3, 6, 6, 0.5, 0.3, 1, 3, 3, 3, 1, 2])[0]()


@pytest.mark.parametrize("seed", range(4))
def test_random_hands_on_many_articles(view, seed):
    chance = random.Random(seed)
    for _ in range(8):
        text, kinds = some_article(chance)
        marks = {mark.id: mark for mark in (some_mark(chance, len(text)) for _ in range(30))}
        layout = blocks_of(text.split("\n"), kinds)
        view.show_article(text, layout, marks.values(), Head("Title", "Post"))
        for turn in range(60):
            act(view, chance)
            if turn % 10 == 0:
                view.grab()
        assert view.toPlainText() == text
        span = view.selection()
        assert span is None or 0 <= span[0] < span[1] <= len(text)
