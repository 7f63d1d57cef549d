"""Coded spans out of a project and back in."""

from __future__ import annotations

import io
import json
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.errors import UserError
from annotate.model import Code, Draft, Taxonomy
from annotate.writers import Options, jsonl_spans
from storage import Project, articles, coders, highlights, taxonomies
from storage.exchange import Choice, choice, coded_articles, coded_spans, count_spans, dataset
from storage.marks_in import MarksReport, import_marks
from tests.storage.conftest import TEXTS, Filled, contents, fill, mark


def lines(*marks: dict[str, object]) -> list[str]:
    return [json.dumps(each) for each in marks]


def quotes(filled: Filled, **names: list[str]) -> list[str]:
    return [span.quote for span in coded_spans(filled.project, choice(filled.project, **names))]


def add_codes(filled: Filled, *codes: tuple[str, str | None, str, str]) -> None:
    """A taxonomy `own` of codes given as id, parent, notation, label."""
    made = [
        Code(id, "own", parent, notation, label, position=position)
        for position, (id, parent, notation, label) in enumerate(codes)
    ]
    taxonomy = Taxonomy("own", "own", "Own", codes=tuple(made))
    filled.project.do("Add", lambda step: taxonomies.add(step, taxonomy))


def as_jsonl(project: Project) -> list[str]:
    out = io.BytesIO()
    jsonl_spans.write(dataset(project), out, Options())
    return out.getvalue().decode().split("\n")


def test_a_span_says_all_there_is_to_know(filled: Filled) -> None:
    edited = {
        "outlet": "The Kestrel",
        "author": "N. N.",
        "date": "2025-03",
        "url": "https://x.test",
        "language": "en",
    }
    filled.project.do("Edit", lambda step: articles.edit(step, [filled.first], **edited))
    id = mark(filled, 13, 20, "pfc:5")
    (span,) = coded_spans(filled.project)
    article = articles.article(filled.project, filled.first)
    assert span._asdict() | {"created": "", "modified": ""} == edited | {
        "id": id, "article": filled.first, "title": "A title", "state": "to do", "text_hash": article.hash,
        "start": 13, "end": 20, "parts": "", "quote": TEXTS[0][13:20], "taxonomy": "policy-frames",
        "code": "pfc:5", "notation": "5", "label": span.label, "path": span.path, "coder": "Ana", "memo": "",
        "certainty": "", "created": "", "modified": "", "page": "", "boxes": "", "before": "", "after": "",
        "split": "", "fields": (), "qualifiers": (),
    }  # fmt: skip
    assert "😀" in span.quote
    assert span.path.endswith(span.label)


def test_spans_come_by_article_and_start(filled: Filled) -> None:
    for start, end in ((10, 12), (0, 7), (0, 3)):
        mark(filled, start, end)
    other = highlights.make(filled.second, filled.ben, None, [(0, 5)])
    filled.project.do("Mark", lambda step: highlights.add(step, [other]))
    assert [(span.title, span.start, span.end) for span in coded_spans(filled.project)] == [
        ("A title", 0, 3), ("A title", 0, 7), ("A title", 10, 12), ("Other title", 0, 5),
    ]  # fmt: skip


def test_coders_codes_articles_and_states_can_be_chosen(filled: Filled) -> None:
    mark(filled, 0, 1, "pfc:5")
    mark(filled, 2, 7, "pfc:1", filled.ben)
    mark(filled, 8, 12, None)
    assert quotes(filled, coders=["Ben"]) == ["title"]
    assert quotes(filled, codes=["policy-frames:5"]) == quotes(filled, codes=["pfc:5"]) == ["A"]
    assert quotes(filled, articles=["Other title"]) == []
    assert quotes(filled, articles=[filled.first], states=["to do"]) == ["A", "title", "Some"]
    assert quotes(filled, states=["done"]) == []
    uncoded = Choice(codes=[None, "pfc:5"])
    assert [span.quote for span in coded_spans(filled.project, uncoded)] == ["A", "Some"]
    assert count_spans(filled.project, uncoded) == 2
    assert {span.quote for span in coded_spans(filled.project, text=False)} == {""}


def test_a_chosen_code_brings_those_below_it(filled: Filled) -> None:
    add_codes(
        filled, ("t:1", None, "1", "Top"), ("t:11", "t:1", "1.1", "Below"), ("t:2", None, "2", "Beside")
    )
    mark(filled, 0, 1, "t:11")
    mark(filled, 2, 7, "t:2")
    assert quotes(filled, codes=["own:1"]) == ["A"]
    assert [span.path for span in coded_spans(filled.project)] == ["Top > Below", "Beside"]


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ({"coders": ["Zoe"]}, "no coder called Zoe"),
        ({"codes": ["cap:999"]}, "no code “cap:999”"),
        ({"articles": ["Nothing"]}, "No article"),
        ({"states": ["finished"]}, "to do, in progress, done, skipped"),
    ],
)
def test_a_name_that_is_not_there_is_said(filled: Filled, names: dict[str, list[str]], reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        choice(filled.project, **names)


OWN_1: dict[str, object] = {"article": "A title", "start": 0, "end": 1, "code": "own:1"}


def test_an_id_goes_before_a_notation(filled: Filled) -> None:
    add_codes(filled, ("own:1", None, "2", "A"), ("own:2", None, "1", "B"))
    import_marks(filled.project, lines(OWN_1), coder="Ana")
    (span,) = coded_spans(filled.project)
    assert span.label == "A"


def test_a_notation_of_two_codes_is_ambiguous(filled: Filled) -> None:
    add_codes(filled, ("x", None, "1", "A"), ("y", None, "1", "B"))
    assert "Several codes" in import_marks(filled.project, lines(OWN_1), coder="Ana").bad[0].reason


def test_marks_come_in_as_one_step_that_can_be_taken_back(filled: Filled) -> None:
    before = contents(filled.project)
    first: dict[str, object] = {"article": filled.first, "start": 0, "end": 7, "quote": "A title"}
    second: dict[str, object] = {
        "article": "Other title",
        "start": 12,
        "end": 16,
        "quote": "שלום",
        "memo": "peace",
    }
    named = first | {"code": "policy-frames:1", "coder": "Cleo"}
    report = import_marks(filled.project, lines(named, second), coder="Ana")
    assert (report.lines, report.added, report.doubles, report.bad) == (2, 2, [], [])
    assert [(span.coder, span.code, span.memo) for span in coded_spans(filled.project)] == [
        ("Cleo", "pfc:1", ""),
        ("Ana", None, "peace"),
    ]
    change = filled.project.undo()
    assert change is not None
    assert change.label == "Import 2 highlights"
    assert contents(filled.project) == before


def test_one_bad_line_stops_all(filled: Filled) -> None:
    before, step = contents(filled.project), filled.project.last_step()
    good: dict[str, object] = {"article": "A title", "start": 0, "end": 7}
    report = import_marks(
        filled.project, lines(good, good | {"end": 10_000}, good | {"start": 1}), coder="Ana"
    )
    assert [each.number for each in report.bad] == [2]
    assert (report.added, contents(filled.project), filled.project.last_step()) == (0, before, step)
    report = import_marks(
        filled.project, lines(good, good | {"end": 10_000}, good | {"start": 1}), coder="Ana", skip_bad=True
    )
    assert (report.added, len(report.bad)) == (2, 1)


def test_doubles_are_reported_and_leave_no_step(filled: Filled) -> None:
    gapped: dict[str, object] = {"article": "A title", "start": 0, "end": 7, "parts": [[0, 1], [2, 7]]}
    whole = gapped | {"parts": None}
    report = import_marks(filled.project, lines(gapped, whole, gapped), coder="Ana")
    assert (report.added, report.doubles) == (2, [3])
    step = filled.project.last_step()
    assert import_marks(filled.project, lines(gapped, whole), coder=" Ana ").doubles == [1, 2]
    assert filled.project.last_step() == step
    assert import_marks(filled.project, lines(whole), coder="Ben").added == 1


def test_parts_that_touch_are_one(filled: Filled) -> None:
    line: dict[str, object] = {"article": "A title", "start": 0, "end": 7, "parts": [[0, 3], [3, 7]]}
    import_marks(filled.project, lines(line), coder="Ana")
    (span,) = coded_spans(filled.project)
    assert (span.start, span.end, span.parts) == (0, 7, "")


@pytest.mark.parametrize("parts", [[[0, 5], [3, 7]], [[0, 0], [3, 7]], [[0, 2], [7, 3], [3, 7]]])
def test_parts_that_overlap_or_are_empty_do_not_fit(filled: Filled, parts: list[list[int]]) -> None:
    line: dict[str, object] = {"article": "A title", "start": 0, "end": 7, "parts": parts}
    assert "does not fit" in import_marks(filled.project, lines(line), coder="Ana").bad[0].reason


def test_marks_of_another_copy_find_their_article_by_the_hash(filled: Filled) -> None:
    hash = articles.article(filled.project, filled.first).hash
    line: dict[str, object] = {"article": "an id of another copy", "text_hash": hash, "start": 0, "end": 7}
    assert import_marks(filled.project, lines(line), coder="Ana").added == 1


def test_marks_on_another_text_of_the_same_title_are_refused_unless_the_quote_fits(filled: Filled) -> None:
    line: dict[str, object] = {"article": "A title", "text_hash": "0" * 64, "start": 0, "end": 7}
    assert "another text" in import_marks(filled.project, lines(line), coder="Ana").bad[0].reason
    assert import_marks(filled.project, lines(line | {"quote": "A title"}), coder="Ana").added == 1


def test_two_articles_of_one_title_are_told_apart_by_id(filled: Filled) -> None:
    draft = Draft(text="Another text", title="A title")
    filled.project.do("Add", lambda step: articles.add(step, [draft], ["c.txt"], [None]))
    line: dict[str, object] = {"article": "A title", "start": 0, "end": 7}
    assert "Several articles" in import_marks(filled.project, lines(line), coder="Ana").bad[0].reason
    assert import_marks(filled.project, lines(line | {"article": filled.first}), coder="Ana").added == 1


marks = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.lists(st.integers(0, 30), min_size=2, max_size=6, unique=True).map(sorted),
        st.sampled_from([None, "pfc:1", "pfc:5"]),
        st.sampled_from(["Ana", "Ben"]),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        st.sampled_from(["", "sure", "unsure"]),
    ),
    max_size=6,
    unique_by=lambda each: (each[0], tuple(each[1]), each[2], each[3]),
)


@settings(max_examples=15)
@given(marks)
def test_what_went_out_comes_in_the_same(tmp_path_factory: pytest.TempPathFactory, made: list[tuple]) -> None:
    folder = tmp_path_factory.mktemp("round")
    with Project.create(folder / "one.postil") as one, Project.create(folder / "two.postil") as two:
        filled = fill(one)
        fill(two)
        for which, edges, code, coder, memo, certainty in made:
            spans = list(zip(edges[::2], edges[1::2], strict=False))
            mark = highlights.make(
                [filled.first, filled.second][which],
                {"Ana": filled.ana, "Ben": filled.ben}[coder],
                code, spans, memo=memo, certainty=certainty,
            )  # fmt: skip
            one.do("Mark", partial(highlights.add, marks=[mark]))
        report = import_marks(two, as_jsonl(one))
        assert report.bad == []
        assert facts(one) == facts(two)
        assert import_marks(two, as_jsonl(one)).added == 0


def facts(project: Project) -> list[dict[str, object]]:
    """What spans say but for the ids that every copy has of its own, whatever the order among equals."""
    held = [span._asdict() | {"id": "", "article": ""} for span in coded_spans(project)]
    return sorted(held, key=repr)


def test_ten_thousand_marks_on_a_thousand_articles_come_in_within_a_second(tmp_path: Path) -> None:
    with Project.create(tmp_path / "large.postil") as project:
        drafts = [
            Draft(text=f"Article {n}\n" + "some words of it. " * 60, title=f"Article {n}")
            for n in range(1000)
        ]

        def work(step) -> None:
            coders.ensure(step, "Ana")
            articles.add(step, drafts, [f"{n}.txt" for n in range(1000)], [None] * 1000)

        project.do("Begin", work)
        file = lines(
            *(
                {"article": f"Article {n % 1000}", "start": n // 1000, "end": n // 1000 + 40,
                 "quote": drafts[n % 1000].text[n // 1000 : n // 1000 + 40]}
                for n in range(10_000)
            )
        )  # fmt: skip
        began = time.perf_counter()
        report = import_marks(project, file, coder="Ana")
        taken = time.perf_counter() - began
    assert report == MarksReport(lines=10_000, added=10_000)
    assert taken < 3, f"{taken:.2f} s (the aim is 1 s on a machine that is not busy)"


def test_articles_go_out_with_their_marks_and_those_without(filled: Filled) -> None:
    mark(filled, 0, 7)
    mark(filled, 8, 12, coder=filled.ben)
    first, second = coded_articles(filled.project)
    assert (first.id, first.text) == (filled.first, TEXTS[0])
    assert [(span.start, span.end, span.coder) for span in first.spans] == [(0, 7, "Ana"), (8, 12, "Ben")]
    assert (second.id, second.spans) == (filled.second, ())
    only = list(
        coded_articles(filled.project, choice(filled.project, coders=["Ben"], articles=[filled.first]))
    )
    assert [[span.coder for span in each.spans] for each in only] == [["Ben"]]
    assert next(coded_articles(filled.project, text=False)).text == ""
