"""The demonstration project: its articles, its codes, and marks that stand where their words stand."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from annotate.demo import CODERS, DemoMark, Demonstration, demonstration, spans_of
from annotate.model import ArticleState, BlockKind
from annotate.relations import why_not
from annotate.standards import rolled_up
from annotate.text import normalise, word_count

MARKED = {ArticleState.DONE, ArticleState.IN_PROGRESS}


@cache
def loaded() -> Demonstration:
    return demonstration()


def article(number: str):
    return next(article for article in loaded().articles if article.key.startswith(number))


def quotes(mark: DemoMark) -> list[str]:
    text = article(mark.article).draft.text
    return [text[start:end] for start, end in mark.spans]


def the_mark(first_words: str, coder: str) -> DemoMark:
    (found,) = (m for m in loaded().marks if m.coder == coder and quotes(m)[0].startswith(first_words))
    return found


def test_articles_are_many_and_of_every_state_and_length():
    articles = loaded().articles
    assert len(articles) == len({article.key for article in articles}) == 14
    assert Counter(article.state for article in articles) == {
        ArticleState.DONE: 5,
        ArticleState.IN_PROGRESS: 3,
        ArticleState.TO_DO: 5,
        ArticleState.SKIPPED: 1,
    }
    words = sorted(word_count(article.draft.text) for article in articles)
    assert words[0] < 150
    assert words[-2] > 800
    assert words[-1] > 5000


def test_every_article_has_its_metadata_and_needs_no_note():
    for item in loaded().articles:
        draft = item.draft
        assert draft.title
        assert draft.outlet
        assert draft.date.startswith("2025-")
        assert draft.url.split("/")[2].endswith((".example.org", ".example.net"))
        assert draft.notes == ()
        assert draft.text == normalise(draft.text)
        assert item.source == f"{item.key}.md"
        assert bool(item.reason) == (item.state is ArticleState.SKIPPED)
    assert {item.draft.language for item in loaded().articles} == {"en", "de"}


def test_the_first_article_is_the_one_in_the_pictures():
    draft = article("01").draft
    assert (draft.title, draft.outlet, draft.author, draft.date) == (
        "Court halts first transfer flight",
        "Meridian Post",
        "Ada Okafor",
        "2025-03-12",
    )
    assert "had not examined whether the receiving country could be called safe." in draft.text


def test_layouts_have_headings_rows_items_and_quotes():
    kinds = Counter(block.kind for item in loaded().articles for block in item.draft.layout.blocks)
    assert kinds[BlockKind.TITLE] == 14
    report = Counter(block.kind for block in article("14").draft.layout.blocks)
    assert report[BlockKind.HEADING] > 30
    assert report[BlockKind.ROW] > 15
    assert report[BlockKind.ITEM] > 30
    assert report[BlockKind.QUOTE] == 1


def test_marks_are_about_two_hundred_by_two_coders():
    marks = loaded().marks
    by_coder = Counter(mark.coder for mark in marks)
    assert 190 <= len(marks) <= 230
    assert tuple(sorted(by_coder)) == CODERS
    assert 120 <= by_coder["Ana"] <= 145
    assert 60 <= by_coder["Ben"] <= 80
    assert len(set(marks)) == len(marks)


def test_marks_stand_in_order_within_their_article_which_somebody_has_begun():
    states = {item.key: item.state for item in loaded().articles}
    lengths = {item.key: len(item.draft.text) for item in loaded().articles}
    for mark in loaded().marks:
        assert states[mark.article] in MARKED
        edges = [edge for span in mark.spans for edge in span]
        assert edges == sorted(set(edges))
        assert edges[-1] <= lengths[mark.article]
        assert all(quote == quote.strip() for quote in quotes(mark))
    assert {mark.article for mark in loaded().marks} == {
        key for key, state in states.items() if state in MARKED
    }


def test_every_code_is_in_a_taxonomy_and_may_be_assigned():
    codes = {code.id: code for taxonomy in loaded().taxonomies for code in taxonomy.codes}
    used = Counter(mark.code for mark in loaded().marks if mark.code)
    assert all(codes[code].assignable for code in used)
    assert {codes[code].taxonomy for code in used} == {t.slug for t in loaded().taxonomies}
    assert sum(1 for mark in loaded().marks if mark.code is None) >= 4


def test_the_studys_own_codes_are_used_and_explained():
    (cap,) = (taxonomy for taxonomy in loaded().taxonomies if taxonomy.slug == "cap")
    assert cap.locked
    own = {code.id: code for code in cap.codes if code.own}
    assert set(rolled_up({code.id: code for code in cap.codes})) == set(own)
    assert set(rolled_up({code.id: code for code in cap.codes}).values()) == {"cap:900"}
    assignable = {id: code for id, code in own.items() if code.assignable}
    assert set(assignable) == {mark.code for mark in loaded().marks if mark.code in assignable}
    assert all(code.definition and code.use_when and code.avoid_when for code in assignable.values())
    transfer = assignable["transfers:third-country-transfer"]
    assert (transfer.colour, transfer.shortcut) == ("teal", "t")


def test_no_two_codes_share_a_shortcut():
    shortcuts = [
        code.shortcut for taxonomy in loaded().taxonomies for code in taxonomy.codes if code.shortcut
    ]
    assert len(shortcuts) == len(set(shortcuts))


def test_marks_have_gaps_nest_and_run_across_paragraphs():
    marks = loaded().marks
    assert sum(1 for mark in marks if len(mark.spans) > 1) >= 4
    assert sum(1 for mark in marks if any("\n" in quote for quote in quotes(mark))) >= 4
    security = the_mark("“We will not let a single ruling", "Ana")
    political = the_mark("who had promised the flights", "Ana")
    assert security.spans[0][0] < political.spans[0][0]
    assert security.spans[0][1] == political.spans[0][1]


def test_coders_disagree_on_codes_and_on_edges():
    marks = loaded().marks
    pairs = [
        (ana, ben)
        for ana in marks
        for ben in marks
        if (ana.coder, ben.coder) == ("Ana", "Ben") and ana.article == ben.article
    ]
    assert sum(1 for ana, ben in pairs if ana.spans == ben.spans and ana.code != ben.code) >= 4
    overlapping = [
        (ana, ben)
        for ana, ben in pairs
        if ana.code == ben.code
        and ana.spans != ben.spans
        and ana.spans[0][0] < ben.spans[-1][1]
        and ben.spans[0][0] < ana.spans[-1][1]
    ]
    assert len(overlapping) >= 4


def test_memos_and_certainty_are_on_some_marks():
    marks = loaded().marks
    assert 15 <= sum(1 for mark in marks if mark.memo) <= 40
    assert any("**" in mark.memo for mark in marks)
    assert {mark.certainty for mark in marks} == {"", "sure", "unsure"}


def test_a_mark_behind_emoji_counts_code_points():
    mark = the_mark("My brother is on the list", "Ana")
    (quote,) = quotes(mark)
    assert quote == "My brother is on the list for April and I am on no list \N{PENSIVE FACE}"
    before = article("11").draft.text[: mark.spans[0][0]]
    assert "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}" in before
    assert "Zoe\N{COMBINING DIAERESIS}" in before


@pytest.mark.parametrize(
    ("coder", "first", "last"), [("Ana", "لم", "نذهب."), ("Ben", "لم", "نذهب."), ("Ana", "הבית", "שמך.")]
)
def test_a_mark_in_right_to_left_text_holds_the_whole_sentence(coder: str, first: str, last: str):
    (quote,) = quotes(the_mark(first, coder))
    assert quote.endswith(last)
    assert quote in article("11").draft.text.split("\n")


TEXT = "One flight. Two courts. One flight again."


@pytest.mark.parametrize(
    ("entry", "spans"),
    [
        ({"quote": "Two courts"}, ((12, 22),)),
        ({"quote": "One flight", "nth": 2}, ((24, 34),)),
        ({"from": "Two", "to": "flight"}, ((12, 34),)),
        ({"parts": ["One", "One"], "nth": 1}, ((0, 3), (24, 27))),
    ],
)
def test_words_become_positions(entry: dict[str, object], spans: tuple[tuple[int, int], ...]):
    assert spans_of(entry, TEXT) == spans


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        ({"quote": "Three courts"}, "Three courts"),
        ({"quote": ""}, "Not in the article"),
        ({"quote": "One flight"}, "2 times.*One flight"),
        ({"quote": "One flight", "nth": 3}, "3 times.*One flight"),
        ({"from": "Two", "to": "Two"}, "Two"),
        ({"parts": ["Two courts", "courts"]}, "courts"),
    ],
)
def test_words_that_are_not_there_or_are_there_twice_are_named(entry: dict[str, object], named: str):
    with pytest.raises(ValueError, match=named):
        spans_of(entry, TEXT)


def test_relations_fit_their_types_and_link_marks_of_one_article():
    demo = loaded()
    marks = {mark.name: mark for mark in demo.marks if mark.name}
    codes = {code.id: code for taxonomy in demo.taxonomies for code in taxonomy.codes}
    types = {type.id: type for taxonomy in demo.taxonomies for type in taxonomy.relation_types}
    assert len(demo.relations) >= 6
    for link in demo.relations:
        source, target = marks[link.source], marks[link.target]
        assert source.article == target.article
        assert {source.coder, target.coder} == {link.coder}
        assert why_not(types[link.type], source.code, target.code, codes) == ""
