"""What is painted where: tints, underlines in lanes, brackets, labels, selection, caret, in each theme."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage

from tests.ui.reading import article
from ui.reading.furniture import META, META_BELOW
from ui.reading.look import Look
from ui.reading.margin import place_labels, rows_of
from ui.reading.values import Head, Mark
from ui.theme import code_colour, contrast, mix, theme

TEXT = "The court stopped the first transfer. The judges wrote a letter.\nA second paragraph."
THEMES = ("light", "dark", "high_contrast")


def span_of(quote: str) -> tuple[int, int]:
    start = TEXT.index(quote)
    return start, start + len(quote)


def mark(id: str, quote: str, colour: str = "teal", **more: object) -> Mark:
    return Mark(id, (span_of(quote),), colour, f"Code {id}", **more)  # type: ignore[arg-type]


def colours(image: QImage, x: float, top: float, height: float) -> list[str]:
    """The colours of a column of pixels."""
    return [image.pixelColor(round(x), round(top) + at).name() for at in range(round(height))]


def near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


@pytest.mark.parametrize("name", THEMES)
def test_a_mark_has_a_tint_behind_its_words_and_a_line_below(view, name):
    look = theme(name)
    view.set_theme(look)
    view.show_article(TEXT, marks=[mark("a", "stopped the")])
    image = view.grab().toImage()
    box = view.rectangle(TEXT.index(" the first"))
    column = colours(image, box.x() + 2, box.y(), 30)
    ground = mix(QColor(look.paper), code_colour("teal", look), look.tint_percent / 100)
    assert sum(near(QColor(each), ground) for each in column) >= 20
    assert column.count(code_colour("teal", look).name()) == 2
    outside = view.rectangle(TEXT.index(" first"))
    assert set(colours(image, outside.x() + 3, outside.y(), 30)) == {QColor(look.paper).name()}


def test_marks_on_each_other_have_lines_in_lanes_of_their_own(view):
    inner = mark("b", "stopped the", "rust")
    view.show_article(TEXT, marks=[mark("a", "court stopped the first"), inner])
    look = theme("light")
    box = view.rectangle(TEXT.index(" the first"))
    column = colours(view.grab().toImage(), box.x() + 2, box.y(), 34)
    first, second = (column.index(code_colour(name, look).name()) for name in ("teal", "rust"))
    assert second - first in (3, 4)
    view.remove_mark("a")
    column = colours(view.grab().toImage(), box.x() + 2, box.y(), 34)
    assert column.index(code_colour("rust", look).name()) == first
    assert code_colour("teal", look).name() not in column


def test_hidden_marks_are_not_painted(view):
    view.show_article(TEXT)
    plain = view.grab().toImage()
    view.set_marks([mark("a", "stopped")])
    assert view.grab().toImage() != plain
    view.set_filter(lambda each: False)
    assert view.grab().toImage() == plain


def test_a_bracket_stands_beside_the_lines_and_a_label_beside_the_first(view):
    view.show_article(TEXT, marks=[mark("a", "letter.\nA second")])
    image = view.grab().toImage()
    colour = code_colour("teal", theme("light")).name()
    layout = view._page.layout
    first, last = view.rectangle(TEXT.index("letter")), view.rectangle(TEXT.index("second"))
    found = {
        y
        for y in range(image.height())
        for x in range(layout.left + layout.column + 25, layout.left + layout.column + 58)
        if image.pixelColor(x, y).name() == colour
    }
    assert first.top() < min(found) < first.top() + 12
    assert last.bottom() - 12 < max(found) < last.bottom()
    assert len(found) == max(found) - min(found) + 1, "the bracket has no gap between paragraphs"
    box, id = view._painter.labels[0]
    assert id == "a"
    assert abs(box.center().y() - first.center().y()) < 6


def test_the_selected_mark_is_outlined(view):
    view.show_article(TEXT, marks=[mark("a", "stopped")])
    plain = view.grab().toImage()
    view.select_mark("a")
    assert view.grab().toImage() != plain


def test_selection_and_caret_are_seen_in_every_theme(view):
    view.show_article(TEXT)
    for name in THEMES:
        look = theme(name)
        view.set_theme(look)
        view.set_selection(span_of("stopped the"))
        box = view.rectangle(TEXT.index(" the first"))
        image = view.grab().toImage()
        ground = Look(look).selection
        assert near(image.pixelColor(round(box.x()) + 2, round(box.center().y())), ground)
        assert contrast(ground, QColor(look.text)) >= 7
        caret = view.rectangle(view.caret().place)
        assert QColor(look.accent).name() in colours(image, caret.x(), caret.y(), 30)


def test_broken_lines_mark_what_has_no_code_or_is_unsure(view):
    view.show_article(TEXT, marks=[mark("a", "court stopped the first transfer")])
    box, end = view.rectangle(TEXT.index("court")), view.rectangle(TEXT.index("transfer"))
    images = []
    for more in ({}, {"unsure": True}, {"coded": False}):
        view.set_marks([mark("a", "court stopped the first transfer", **more)])
        images.append(view.grab().toImage())
    rows = [
        max(
            sum(image.pixelColor(x, y).name() == image.pixelColor(round(box.x()) + 1, y).name() for x in span)
            for y in range(round(box.y()) + 22, round(box.y()) + 30)
            for span in [range(round(box.x()) + 1, round(end.x()))]
        )
        for image in images
    ]
    assert images[0] != images[1] != images[2]
    assert rows[0] >= round(end.x()) - round(box.x()) - 2


def test_labels_never_lie_on_each_other_nor_leave_the_page(view):
    words = ["court", "stopped", "the first", "transfer", "judges"]
    view.show_article(TEXT, marks=[mark(word, word, coder="Ben") for word in words])
    view.grab()
    boxes = [box for box, _ in view._painter.labels]
    assert len(boxes) == len(words)
    for one, other in pairwise(boxes):
        assert one.bottom() <= other.top() + 0.5
    assert all(box.right() <= view.width() for box in boxes)


def test_a_long_label_is_broken_not_cut(qapp):
    look = Look(theme("light"))
    long = Mark("a", ((0, 3),), "teal", "Capacity and resources of the receiving country", "Ben")
    rows = rows_of(long, 150, look)
    assert " ".join(own for own, _ in rows).strip() == long.label
    assert rows[-1][1] == "Ben"


def test_labels_without_room_are_counted(qapp):
    look = Look(theme("light"))
    marks = [(100.0, Mark(str(at), ((0, 3),), "teal", "Code")) for at in range(20)]
    placed = place_labels(marks, 160, look)
    assert len(placed) + placed[-1].more == 20
    assert placed[-1].y - 100 <= 170


def test_in_a_narrow_view_text_stays_and_labels_go(view):
    view.show_article(article(3), marks=[Mark("a", ((3, 40),), "teal", "Code")], head=Head("A title", "Post"))
    view.resize(360, 400)
    view.grab()
    layout = view._page.layout
    assert layout.left + layout.column <= 360
    assert view._painter.labels == []


def test_the_head_stands_above_the_text(view):
    view.show_article(TEXT)
    bare = view.rectangle(0).y()
    view.show_article(TEXT, head=Head("A title that is not in the text", "Post", "Ana", "2025", 12))
    assert view.rectangle(0).y() > bare + 60
    image = view.grab().toImage()
    above = {image.pixelColor(x, y).name() for x in range(44, 300) for y in range(41, 80)}
    assert QColor(theme("light").text).name() in above


def test_a_title_that_is_the_first_line_is_not_shown_twice(view):
    view.show_article(TEXT)
    plain = view.rectangle(0).height()
    view.show_article(TEXT, head=Head(TEXT.split("\n")[0], "Post"))
    assert view.rectangle(0).height() > plain
    assert view.rectangle(0).y() < 60


def test_the_line_under_a_right_to_left_title_stands_at_the_right(view):
    view.show_article("محكمة", head=Head("محكمة توقف", words=9929))
    layout, image = view._page.layout, view.grab().toImage()
    paper = QColor(theme("light").paper).name()
    bottom = round(view.rectangle(0).y()) - META_BELOW
    left, right = (
        {name for x in range(40) for name in colours(image, begin + x, bottom - META, META)}
        for begin in (layout.left, layout.left + layout.column - 40)
    )
    assert left == {paper}
    assert right > {paper}
