"""Text, paragraphs and lines on the page: nothing is lost on the way to the screen, nothing jumps."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextDocument

from annotate.model import Block, BlockKind, Layout, PageMark
from annotate.offsets import OffsetMap
from tests.ui.reading import FAMILY, article, blocks_of
from ui.reading.columns import column_widths
from ui.reading.furniture import meta_line, spoken_date
from ui.reading.heights import Heights
from ui.reading.page import shown_text
from ui.reading.values import Head, Mark

ANY = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("\n\r\0\u2028\u2029\ufdd0\ufdd1\ufffc\u00a0\t\U0001f600"),
    ),
    max_size=80,
)


@given(ANY)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_text_stands_in_the_document_unit_for_unit(qapp, text):
    document = QTextDocument()
    document.setPlainText(shown_text(text))
    offsets = OffsetMap(text)
    assert document.characterCount() - 1 == offsets.units
    for place, letter in enumerate(text):
        if letter not in "\n\r\0\u2028\u2029\ufdd0\ufdd1\ufffc" and ord(letter) < 0x10000:
            assert document.characterAt(offsets.to_units(place)) == letter


@given(st.lists(st.integers(1, 50), min_size=1, max_size=700), st.data())
def test_heights_are_found_again(sizes, data):
    heights = Heights(sizes)
    number = data.draw(st.integers(0, len(sizes) - 1))
    size = data.draw(st.integers(1, 90))
    assert heights.set(number, size) == size - sizes[number]
    sizes[number] = size
    which = data.draw(st.integers(0, len(sizes) - 1))
    assert heights.top(which) == sum(sizes[:which])
    assert heights.total == sum(sizes)
    assert heights.at(heights.top(which)) == heights.at(heights.top(which) + sizes[which] - 1) == which
    assert heights.at(-5) == 0
    assert heights.at(heights.total + 5) == len(sizes) - 1


def test_a_tables_columns_share_the_width():
    rows = ["Osk\tAgreement", "Velmora\t" + "long words " * 40]
    narrow, wide = column_widths(rows, 600, lambda text: 8.0 * len(text))
    assert 7 * 8 < narrow < 120
    assert narrow + wide <= 601


def test_dates_are_spoken_as_far_as_they_are_known():
    assert spoken_date("2025-03-12") == "12 March 2025"
    assert spoken_date("2025-03") == "March 2025"
    assert spoken_date("2025") == "2025"
    assert spoken_date("spring 2025") == "spring 2025"


def test_the_meta_line_names_what_is_known():
    assert meta_line(Head("T", "Post", "", "2025", 640, ("p. 3",))) == "Post · 2025 · 640 words · p. 3"
    assert meta_line(Head()) == ""


def test_lines_of_each_kind_stand_where_they_should(view):
    lines = ["Title", "Head", "item " * 60, "quote " * 60, "a\tb\tc", "plain " * 200]
    kinds = [BlockKind.TITLE, BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.ROW]
    view.show_article("\n".join(lines), blocks_of(lines, kinds), (), Head("Title", "Post"))
    layout = view._page.layout
    laid = [layout.laid(number) for number in range(6)]
    assert laid[0].style.size > laid[1].style.size > laid[5].style.size
    assert laid[2].lines[1].x() > laid[5].lines[1].x() == 0
    assert laid[4].lines[0].x() < laid[4].lines[1].x() < laid[4].lines[2].x()
    assert laid[4].tops[0] == laid[4].tops[2]
    tops = [layout.top(number) for number in range(6)]
    assert tops == sorted(tops)
    for number, each in enumerate(laid):
        assert layout.height(number) == each.height


@pytest.mark.parametrize("row", ["a\t\tc", "\tb", "\t", "one\t", "\t\t\t", FAMILY + "\tx", "b " * 90 + "\tx"])
def test_every_letter_of_a_row_stands_in_one_line(view, row):
    view.show_article(row, blocks_of([row], [BlockKind.ROW]))
    laid = view._page.layout.laid(0)
    assert laid.starts[0] == 0
    for at, line in enumerate(laid.lines[:-1]):
        assert laid.starts[at] + line.textLength() == laid.starts[at + 1]
    assert laid.starts[-1] + laid.lines[-1].textLength() == laid.length


def test_a_right_to_left_paragraph_stands_at_the_right(view):
    view.show_article("שלום עולם\nHello")
    right, left = view._page.layout.laid(0), view._page.layout.laid(1)
    column = view._page.layout.column
    assert right.rectangles(0, right.length)[-1].right == pytest.approx(column, abs=1)
    assert left.rectangles(0, left.length)[0].left == 0
    first, last = right.rectangles(0, 1)[0], right.rectangles(8, 9)[0]
    assert first.left > last.right


def test_a_mark_across_directions_has_a_rectangle_for_each_run(view):
    text = "with עברית בפנים end"
    view.show_article(text)
    laid = view._page.layout.laid(0)
    boxes = laid.rectangles(0, text.index("ית"))
    assert len(boxes) == 2
    middle = laid.rectangles(text.index("ית"), text.index(" end"))
    assert boxes[0].right == pytest.approx(middle[0].left, abs=1)
    assert boxes[1].left == pytest.approx(middle[0].right, abs=1)


def test_a_place_on_the_screen_is_found_again(view):
    text = article(40) + "\nemoji " + FAMILY + " then more שלום\n" + article(3)
    view.show_article(text)
    chance = random.Random(1)
    for _ in range(150):
        place = chance.randrange(len(text))
        view.scroll_to(place)
        at = view.position_at(view.rectangle(place).center())
        assert abs(view.rectangle(at).x() - view.rectangle(place).x()) < 1
        assert view.rectangle(at).y() == view.rectangle(place).y()


def test_a_long_paragraph_is_laid_out_only_as_far_as_it_is_seen(view):
    text = "word " * 200_000
    view.show_article(text)
    view.repaint()
    laid = view._page.layout.known(0)
    assert not laid.complete
    assert laid.reached < 40_000
    view.set_selection((500_000, 500_004))
    assert laid.reached > 500_004
    assert 0 < view.rectangle(500_000).y() < view.height()


def test_what_is_in_view_stays_there_while_paging_back_over_estimates(view):
    text = article(400)
    view.show_article(text)
    view.restore_place(len(text) * 3 // 4)
    bar = view.verticalScrollBar()
    for _ in range(60):
        place = view.place()
        before = view.rectangle(place).y()
        value = bar.value()
        bar.setValue(value - 90)
        if value >= 90:
            assert view.rectangle(place).y() == pytest.approx(before + 90, abs=1)


def test_another_size_keeps_the_place(view):
    text = article(200)
    view.show_article(text)
    view.restore_place(len(text) // 2)
    place = view.place()
    for size, line, column in ((24, 40, 640), (14, 22, 500), (18, 30, 640)):
        view.set_typography(size, line, column)
        view.repaint()
        laid = view._page.laid_at(place)
        assert laid.style.size == size
        assert abs(view.rectangle(place).y()) <= 2 * line
    view.resize(700, 500)
    assert abs(view.rectangle(place).y()) <= 60


def test_the_place_is_given_back(view):
    text = article(100)
    view.show_article(text)
    view.restore_place(4321)
    place = view.place()
    assert 4321 - 120 < place <= 4321
    view.show_article("other")
    assert view.place() == 0
    view.show_article(text)
    view.restore_place(place)
    assert view.place() == place


def test_the_end_key_comes_to_the_very_end(view):
    text = article(300)
    view.show_article(text)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    view.repaint()
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert 0 < view.rectangle(len(text)).y() < view.height()


def test_pages_and_paragraph_numbers_are_in_the_margin(view):
    text = "One.\n\nTwo.\nThree."
    view.show_article(text, Layout(pages=(PageMark(6, "iv"),)))
    plain = view.grab().toImage()
    view.set_numbers_shown(True)
    assert view.grab().toImage() != plain
    assert [label for _, label in view._page.page_labels(view._page.layout.laid(2))] == ["iv"]
    view.go_to_paragraph(2)
    assert view.caret().place == text.index("Two")
    view.go_to_paragraph(99)
    assert view.caret().place == text.index("Three")


def test_a_block_beyond_the_text_does_no_harm(view):
    view.show_article("short", Layout((Block(900, 910, BlockKind.HEADING, 1),)), [Mark("m", ((0, 900),))])
    assert view.grab().width() > 0


def test_many_words_are_counted_with_a_comma():
    assert meta_line(Head(words=9929)) == "9,929 words"
