"""The list of articles, what is asked of one, and what outsiders see."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import ArticleState, Block, BlockKind, Draft, Highlight, Layout
from annotate.spans import joined
from storage import Project, articles, coders, highlights, sessions, taxonomies
from storage.originals import Original, original
from tests.storage.data import FRAMES, ada, add_texts, ids_of, mark, project_with

DRAFTS = (
    Draft("a" * 30, title="Über 100% snow_fall", outlet="Gazette", author="Ödön", date="2025-03-12"),
    Draft("b" * 10, title="A \\ path", outlet="times", date="2024"),
    Draft("c" * 20, title="it's “quoted”", outlet="Gazette", author="Anna Б. Жук"),
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project.create(tmp_path / "p.postil")

    def fill(step: object) -> None:
        taxonomies.add(step, FRAMES)
        coders.ensure(step, "Ada")
        articles.add(step, DRAFTS, ["one.txt", "two.pdf", "three.html"], [None] * 3)

    made.do("Fill", fill)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", [1, 2, 3]),
        ("  ", [1, 2, 3]),
        ("über", [1]),
        ("ÜBER", [1]),
        ("ödÖN gazette", [1]),
        ("жУК", [3]),
        ("%", [1]),
        ("_", [1]),
        ("100% snow_", [1]),
        ("\\", [2]),
        ("it's", [3]),
        ("“quo", [3]),
        ("'", [3]),
        ('"', []),
        ("gazette", [1, 3]),
        ("gazette two", []),
        ("2025-03", [1]),
        (".pdf", [2]),
        ("gazettea", []),
    ],
)
def test_a_filter_finds_its_words_in_any_case(project: Project, words: str, found: list[int]) -> None:
    assert list(articles.numbers(project, filter=words)[ArticleState.TO_DO]) == found
    assert list(articles.all_numbers(project, words, "added", False)) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("added", [1, 2, 3]),
        ("title", [2, 3, 1]),
        ("outlet", [3, 1, 2]),
        ("date", [3, 2, 1]),
        ("length", [2, 3, 1]),
        ("highlights", [1, 3, 2]),
    ],
)
def test_articles_stand_in_the_order_asked_for(project: Project, sort: str, order: list[int]) -> None:
    second, third = ids_of(project)[1:]
    for article, times in ((second, 2), (third, 1)):
        for at in range(times):
            mark(project, article, at, at + 1)
    assert list(articles.numbers(project, sort=sort)[ArticleState.TO_DO]) == order
    assert list(articles.all_numbers(project, "", sort, True)) == order[::-1]


def test_articles_are_grouped_by_state_in_order_of_import(project: Project) -> None:
    first, _, third = ids_of(project)
    project.do("Done", lambda step: articles.set_state(step, [third, first], ArticleState.DONE))
    groups = {state: list(numbers) for state, numbers in articles.numbers(project).items()}
    assert groups == {
        ArticleState.TO_DO: [2],
        ArticleState.IN_PROGRESS: [],
        ArticleState.DONE: [1, 3],
        ArticleState.SKIPPED: [],
    }
    project.do("Skip", lambda step: articles.set_state(step, [first], ArticleState.SKIPPED, "not news"))
    assert articles.article(project, first).reason == "not news"


def test_rows_are_those_asked_for_with_their_marks_counted(project: Project) -> None:
    mark(project, ids_of(project)[1], 0, 3)
    rows = articles.rows(project, [2, 3, 99])
    assert {number: (row.title, row.highlights) for number, row in rows.items()} == {
        2: ("A \\ path", 1),
        3: ("it's “quoted”", 0),
    }
    assert len(articles.rows(project, list(range(1, 2000)))) == 3


def test_an_article_is_found_by_id_hash_or_title(project: Project) -> None:
    second = articles.all_articles(project)[1]
    for key in (second.id, second.hash, second.title):
        assert articles.find(project, key) == second
    with pytest.raises(UserError, match="No article has"):
        articles.find(project, "nothing")
    project.do("Add", lambda step: articles.add(step, [Draft("d", title=second.title)], [""], [None]))
    with pytest.raises(UserError, match="Several articles"):
        articles.find(project, second.title)
    assert articles.known_hashes(project, [second.hash, "0"]) == {second.hash: second.id}
    assert articles.all_articles(project, [second.id, "gone"]) == [second]


def test_an_article_that_is_gone_is_said(project: Project) -> None:
    for ask in (articles.article, articles.text):
        with pytest.raises(UserError, match="no longer in the project"):
            ask(project, "gone")


def test_text_layout_and_metadata_come_back(project: Project) -> None:
    layout = Layout((Block(0, 4, BlockKind.HEADING, 2),))
    draft = Draft("Head\nText", title="T", attributes={"länd": "é", "n": "1"}, layout=layout)
    project.do("Add", lambda step: articles.add(step, [draft], ["t.md"], [Original("t.md", None)]))
    id = ids_of(project)[-1]
    assert articles.text(project, id) == draft.text
    assert articles.layout(project, id) == layout
    assert original(project, id) == b"Head\nText"
    project.do("Edit", lambda step: articles.edit(step, [id], attributes={"n": "2"}, date=" 2025-03 "))
    found = articles.article(project, id)
    assert (found.attributes, found.date, found.words, found.source) == ({"n": "2"}, "2025-03", 2, "t.md")


@pytest.mark.parametrize("date", ["", "2025", "2025-03", "2025-03-12", "2024-02-29"])
def test_a_date_may_be_a_year_or_a_month(date: str) -> None:
    assert articles.checked_date(f" {date} ") == date


def test_a_date_may_be_written_in_digits_of_any_script() -> None:
    assert articles.checked_date("٢٠٢٥-٠٣") == "2025-03"


@pytest.mark.parametrize(
    "date", ["25", "2025-3", "2025-13", "2025-02-29", "12.03.2025", "2025-03-12T00:00", "0000"]
)
def test_what_is_no_date_is_said(date: str) -> None:
    with pytest.raises(UserError):
        articles.checked_date(date)


# ---------------------------------------------------------------- marks


def test_marks_stand_by_start_and_longer_ones_first(project: Project) -> None:
    first = ids_of(project)[0]
    made = [mark(project, first, *span) for span in ((4, 6), (0, 3), (0, 9))]
    assert highlights.of_article(project, first) == [made[2], made[1], made[0]]
    assert highlights.some(project, [made[0].id, "gone"]) == [made[0]]


@pytest.mark.parametrize("spans", [[(0, 0)], [(5, 3)], [(-1, 4)], [(0, 31)], [(0, 2), (4, 40)]])
def test_a_span_outside_its_text_is_refused(project: Project, spans: list[tuple[int, int]]) -> None:
    first = ids_of(project)[0]
    made = highlights.make(first, ada(project), None, spans)
    with pytest.raises(UserError, match="does not fit"):
        project.do("Mark", lambda step: highlights.add(step, [made]))
    inside = mark(project, first, 0, 3)
    with pytest.raises(UserError, match="does not fit"):
        project.do("Move", lambda step: highlights.move(step, inside, spans))


def test_parts_that_do_not_reach_its_edges_are_refused(project: Project) -> None:
    first = ids_of(project)[0]
    made = Highlight("x", first, ada(project), None, 0, 9, ((0, 2), (4, 6)))
    with pytest.raises(UserError, match="do not reach"):
        project.do("Mark", lambda step: highlights.add(step, [made]))


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), min_size=1, max_size=8))
def test_joined_spans_cover_the_same_and_leave_gaps(pairs: list[tuple[int, int]]) -> None:
    spans = [(start, start + length) for start, length in pairs]
    whole = joined(spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert {at for start, end in whole for at in range(start, end)} == covered
    assert all(one[1] < other[0] for one, other in pairwise(whole))


def test_recent_codes_are_those_used_last(project: Project) -> None:
    first = ids_of(project)[0]
    for code in ("f-1", "f-2", None, "f-11", "f-2"):
        mark(project, first, 0, 3, code)
    assert highlights.recent_codes(project, ada(project)) == ["f-2", "f-11", "f-1"]
    assert highlights.recent_codes(project, ada(project), 2) == ["f-2", "f-11"]
    assert highlights.recent_codes(project, "nobody") == []
    assert highlights.counts_by_code(project) == {"f-1": 1, "f-11": 1, "f-2": 2, None: 1}
    assert highlights.count_of_codes(project, ["f-2", "f-11"]) == {"f-2": 2, "f-11": 1}
    assert highlights.count_without_code(project) == 1


# ---------------------------------------------------------------- sittings


def test_time_adds_up_by_coder_and_article(project: Project) -> None:
    first, second, _ = ids_of(project)
    sitting = sessions.begin_sitting(project, ada(project))
    sessions.add_time(project, sitting, {first: 10.0, second: 2.5})
    sessions.add_time(project, sitting, {first: 5.0})
    (told,) = sessions.sittings(project)
    assert (told.coder, told.seconds) == ("Ada", 17.5)
    assert told.ended >= told.started
    assert sessions.active_seconds(project, ada(project), told.started) == 17.5
    assert sessions.active_seconds(project, ada(project), "9999") == 0
    assert project.undoable().label == "Fill"


def test_places_are_remembered(project: Project) -> None:
    assert sessions.recalled(project, "place", "start") == "start"
    sessions.remember(project, "place", "7")
    sessions.remember(project, "place", "8")
    assert sessions.recalled(project, "place", "start") == "8"


# ---------------------------------------------------------------- outsiders


def test_views_give_outsiders_the_joined_data(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil", ["😀é before the quote", "other"]) as project:
        first = ids_of(project)[0]
        mark(project, first, 1, 9, "f-11")
        mark(project, first, 0, 1, None)
        spans = project.rows("SELECT quote, taxonomy, notation, label, coder, start FROM coded_span")
        assert spans == [("😀", None, None, None, "Ada", 0), ("é before", "Frames", "1.1", "Costs", "Ada", 1)]
        overview = project.rows("SELECT title, highlights, codes, coders FROM article_overview")
        assert overview == [("😀é before the quote", 2, 1, 1), ("other", 0, 0, 0)]
        frequency = project.rows("SELECT label, highlights, articles, coders FROM code_frequency")
        assert sorted(frequency) == [("Costs", 1, 1, 1), ("Economic", 0, 0, 0), ("Moral", 0, 0, 0)]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="a😀é\u0301א\n漢", min_size=1, max_size=20), st.data())
def test_the_quote_of_outsiders_is_that_of_python(text: str, data: st.DataObject) -> None:
    import tempfile

    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    with tempfile.TemporaryDirectory() as folder, project_with(Path(folder) / "p.postil", []) as project:
        project.do("Add", lambda step: add_texts(step, [text]))
        mark(project, ids_of(project)[0], start, end)
        assert project.value("SELECT quote FROM coded_span") == text[start:end]


def test_what_is_asked_at_every_mark_goes_through_the_article_alone(tmp_path: Path) -> None:
    """Among a million marks of one coder, a question by coder took a second at every key press."""
    with Project.create(tmp_path / "p.postil") as project:
        asked: list[str] = []
        project.db.conn.set_trace_callback(asked.append)
        highlights.same_as(project, highlights.make("a", "k", "c", [(1, 2)]))
        project.db.conn.set_trace_callback(None)
        (plan,) = project.rows(f"EXPLAIN QUERY PLAN {asked[-1]}")
        assert "idx_highlight_article_start" in plan[3]
