"""PDF: what the order of drawing tells, tall cells of tables, footnotes, stamps."""

from __future__ import annotations

from annotate.model import BlockKind
from annotate.readers import read_bytes
from annotate.readers.pdf_furniture import without_stamps
from annotate.readers.pdf_lines import Piece
from tests.annotate.test_readers_pdf import LEFT, RIGHT, Line, column, make_pdf

TALL: list[Line] = [
    (60, 700, 10, "Number of the member"),
    (60, 688, 10, "states in the study"),
    (240, 700, 10, "21"),
    (320, 700, 10, "8"),
    (60, 664, 10, "Number of those that"),
    (60, 652, 10, "applied it to-"),
    (60, 640, 10, "gether"),
    (240, 664, 10, "11"),
    (320, 664, 10, "3"),
]


def text_of(*pages: list[Line]) -> str:
    return read_bytes(make_pdf(list(pages)), "x.pdf")[0].text


def test_cells_of_several_lines_are_read_cell_by_cell() -> None:
    draft = read_bytes(make_pdf([TALL]), "x.pdf")[0]
    assert (
        draft.text
        == "Number of the member states in the study\t21\t8\nNumber of those that applied it together\t11\t3"
    )
    assert {block.kind for block in draft.layout.blocks} == {BlockKind.ROW}


def test_words_stretched_over_a_narrow_cell_stay_in_it() -> None:
    page: list[Line] = [
        (60, 700, 10, "Number"),
        (126, 700, 10, "of"),
        (60, 688, 10, "companies that"),
        (60, 676, 10, "applied"),
        (126, 676, 10, "it"),
        (60, 664, 10, "then"),
        (240, 700, 10, "27"),
        (320, 700, 10, "16"),
    ]
    assert text_of(page) == "Number of companies that applied it then\t27\t16"


def test_a_table_drawn_row_by_row_keeps_its_single_lines() -> None:
    rows = [
        ("Iowa", "1.35", "1.42"),
        ("Nebraska", "1.38", "1.40"),
        ("Ohio", "2.10", "2.20"),
        ("Guam", "3", "4"),
    ]
    page = [
        (60 + 120 * n, 700 - 12 * r, 10.0, cell) for r, row in enumerate(rows) for n, cell in enumerate(row)
    ]
    assert text_of(page) == "\n".join("\t".join(row) for row in rows)


def test_a_table_drawn_column_by_column_keeps_its_rows() -> None:
    rows = [
        ("Iowa", "1.35", "1.42"),
        ("Nebraska", "1.38", "1.40"),
        ("Ohio", "2.10", "2.20"),
        ("Guam", "3", "4"),
    ]
    page = [(60 + 120 * n, 700 - 12 * r, 10.0, row[n]) for n in range(3) for r, row in enumerate(rows)]
    assert text_of(page) == "\n".join("\t".join(row) for row in rows)


def test_a_label_between_two_rows_belongs_to_the_one_drawn_after_it() -> None:
    rows = [
        ("DPR", "78.4", "79.4"),
        ("BM25", "76.6", "79.8"),
        ("DPR", "79.4", "78.8"),
        ("BM25", "78.0", "79.9"),
    ]
    page: list[Line] = []
    for r, row in enumerate(rows):
        if r % 2 == 0:
            page.append((60, 695 - 12 * r, 10, "Single" if r == 0 else "Multi"))
        page += [(160 + 80 * n, 700 - 12 * r, 10.0, cell) for n, cell in enumerate(row)]
    assert (
        text_of(page) == "Single\tDPR\t78.4\t79.4\nBM25\t76.6\t79.8\nMulti\tDPR\t79.4\t78.8\nBM25\t78.0\t79.9"
    )


def test_what_stands_over_all_columns_and_was_drawn_first_is_read_first() -> None:
    head: list[Line] = [(60, 760, 10, "Proposed Rules"), (340, 760, 10, "Volume 85")]
    page = [*head, *column(60, 700, LEFT), *column(320, 700, RIGHT)]
    assert text_of(page).startswith("Proposed Rules")
    assert text_of(page).index("Volume 85") < text_of(page).index("The council")


def test_footnotes_come_after_the_sentence_that_they_interrupt() -> None:
    notes: list[Line] = [(60, 600, 7, "1 The road was closed in 1999"), (60, 592, 7, "after a flood.")]
    page = [*column(60, 700, LEFT), *notes, *column(320, 700, RIGHT)]
    text = text_of(page)
    assert "for want of money and of a majority that would" in text
    assert text.endswith("\n1 The road was closed in 1999 after a flood.")


def test_small_type_under_a_heading_is_no_footnote() -> None:
    page = [(60, 720, 14, "1 Harbour"), *column(60, 700, LEFT), *column(320, 700, RIGHT)]
    assert text_of(page).startswith("1 Harbour\nThe council")


def test_stamps_in_the_margin_go_though_their_numbers_differ() -> None:
    def piece(text: str) -> Piece:
        return Piece(text, 0, 50, 10, 8, bold=False, angle=90)

    pages = [[[piece(f"Received 2020-0{n} by clerk"), piece(f"{n}.5")]] for n in (1, 2, 3)]
    pages[2][0].append(piece("Approved once"))
    kept = without_stamps(pages)
    assert [[each.text for each in page[0]] for page in kept] == [["1.5"], ["2.5"], ["3.5", "Approved once"]]
