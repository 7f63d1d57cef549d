"""Coding leaves one project without its texts and comes onto another's copies of them."""

from __future__ import annotations

import itertools
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from annotate.errors import UserError
from annotate.marks import quote_of
from annotate.model import Code, Draft
from annotate.questions import Option, QuestionKind
from annotate.rules import RuleKind
from annotate.sharing.pairing import By
from annotate.sharing.shared_file import SharedFile
from annotate.text import word_count
from annotate.writers import Dataset, standoff
from storage import Project, answers, articles, corrections, highlights, questions, rules, taxonomies
from storage.exchange import coded_spans, dataset
from storage.rehydrated import Rehydrated, said
from storage.rehydrating import rehydrate
from storage.rehydration_plan import look
from tests.annotate.hard import TAXONOMIES, datasets, facts, hard, written
from tests.storage.conftest import TEXTS, Filled, contents, mark
from tests.storage.data import ada
from tests.storage.test_relations import Study

NUMBERS = itertools.count()


def shared(folder: Path, data: Dataset, **options: Any) -> Path:
    out = folder / "coding.zip"
    out.write_bytes(written(standoff, data, **options)[0])
    return out


def brought(project: Project, file: Path, **more: Any) -> Rehydrated:
    with SharedFile(file) as held:
        return rehydrate(project, held, **more)


def copies(folder: Path, drafts: list[Draft]) -> Project:
    """Somebody else's project with their copies of the texts."""
    made = Project.create(folder / f"theirs-{next(NUMBERS)}.postil")
    made.do("Add", lambda step: articles.add(step, drafts, ["c"] * len(drafts), [None] * len(drafts)))
    return made


def drafts_of(data: Dataset, before: str = "", behind: str = "") -> list[Draft]:
    return [
        Draft(before + each.text + behind, each.title, each.outlet, date=each.date, url=each.url)
        for each in data.articles()
    ]


def lines(file: Path, member: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(file) as held:
        return [json.loads(line) for line in held.read(member).decode().split("\n") if line]


def quotes(data: Dataset) -> list[tuple[str, str]]:
    return sorted((mark.id, mark.quote) for mark in data.spans())


def test_on_the_same_texts_every_mark_is_the_same(tmp_path: Path) -> None:
    data = hard()
    with copies(tmp_path, drafts_of(data)) as theirs:
        before = contents(theirs)
        report = brought(theirs, shared(tmp_path, data))
        assert (report.marks, report.added, report.exact, report.whole) == (12, 12, 12, True)
        assert facts(dataset(theirs)) == facts(data)
        assert quotes(dataset(theirs)) == quotes(data)
        assert [each.codes for each in taxonomies.all_taxonomies(theirs)] == [
            tuple(
                replace(code, position=place.position)
                for code, place in zip(each.codes, held.codes, strict=True)
            )
            for each, held in zip(TAXONOMIES, taxonomies.all_taxonomies(theirs), strict=True)
        ]
        theirs.undo()
        assert contents(theirs) == before


@settings(max_examples=25)
@given(datasets())
def test_any_marks_come_onto_the_same_texts_as_they_were(tmp_path: Path, data: Dataset) -> None:
    with copies(tmp_path, drafts_of(data)) as theirs:
        report = brought(theirs, shared(tmp_path, data))
        distinct = len({(m.article, m.code, m.coder, m.start, m.end, m.parts) for m in data.spans()})
        assert (report.added, report.lost, report.bad) == (distinct, [], [])
        if distinct == report.marks:
            assert facts(dataset(theirs)) == facts(data)


@settings(max_examples=25)
@given(datasets())
def test_on_texts_with_more_before_and_behind_the_quotes_are_the_same(tmp_path: Path, data: Dataset) -> None:
    with copies(tmp_path, drafts_of(data, "A new head\n", "\nA new end")) as theirs:
        report = brought(theirs, shared(tmp_path, data))
        before, after = dict(quotes(data)), dict(quotes(dataset(theirs)))
        assert {each.why for each in report.lost} <= {
            "it holds no words to be found by",
            "its words are there in several places, none of which fits better",
            "its parts are there, but in another order",
        }
        assert len(after) + len(report.lost) + report.doubles == report.marks
        assert {id: " ".join(quote.split()) for id, quote in after.items()} == {
            id: " ".join(before[id].split()) for id in after
        }


def test_the_hard_marks_find_their_quotes_in_a_copy_that_differs(tmp_path: Path) -> None:
    data = hard()
    with copies(tmp_path, drafts_of(data, "Printed on Sunday.\n\n", "\nAll rights reserved.")) as theirs:
        report = brought(theirs, shared(tmp_path, data))
        assert (report.added, report.lost, report.changed) == (12, [], [])
        assert quotes(dataset(theirs)) == quotes(data)
        assert {each.by for each in report.articles} == {By.ADDRESS, By.TITLE}
        assert len(report.moved) == 12


def test_nothing_of_the_texts_is_in_the_file(tmp_path: Path) -> None:
    data = hard()
    file = shared(tmp_path, data)
    with zipfile.ZipFile(file) as held:
        whole = "".join(held.read(name).decode() for name in held.namelist())
    for each in data.articles():
        words = [word for word in each.text.split() if word_count(word) and len(word) > 5]
        assert not [pair for pair in itertools.pairwise(words) if " ".join(pair) in whole]
    assert "quote" not in lines(file, "highlights.jsonl")[0]


def test_quotes_go_along_up_to_so_many_words_and_context_if_wanted(tmp_path: Path) -> None:
    data = hard()
    file = shared(tmp_path, data, quotes_up_to=3, context_words=2)
    told = lines(file, "highlights.jsonl")
    for span, held in zip(data.spans(), told, strict=True):
        short = 0 < word_count(span.quote) <= 3
        assert held.get("quote") == (span.quote if short else None)
        assert word_count(held["prefix"]) <= 2
    text = next(iter(data.articles())).text
    one = told[1]
    assert text[: one["start"]].endswith(one["prefix"])
    assert text[one["end"] :].startswith(one["suffix"])
    with zipfile.ZipFile(file) as held_:
        head = json.loads(held_.read("coding.json"))
    assert (head["quotes_up_to"], head["context_words"], head["memos"]) == (3, 2, True)
    notes = written(standoff, data, quotes_up_to=3)[1].notes
    assert any("at most 3 words" in note for note in notes)
    assert any("Memos that go along" in note for note in notes)


def test_memos_can_stay(tmp_path: Path) -> None:
    file = shared(tmp_path, hard(), memos=False)
    assert {held["memo"] for held in lines(file, "highlights.jsonl")} == {""}


def test_passages_among_examples_and_texts_among_fields_stay(tmp_path: Path) -> None:
    data = hard()
    (first, *others) = data.articles()
    passage = "Some words of others\nA last line, with = and"
    own = "more words.\n“any words at all that were taken” (Title 1)"
    code = Code("p:1", "p", None, "1", "P", examples=f"{passage}\n{own}")
    long = replace(first, attributes={"lead": "word " * 26, "section": "World"})
    told = replace(
        data, articles=lambda: iter([long, *others]), taxonomies=[replace(TAXONOMIES[0], codes=(code,))]
    )
    file = shared(tmp_path, told)
    with SharedFile(file) as held:
        (taxonomy,) = held.taxonomies()
    assert taxonomy.codes[0].examples == "Some words of others\nmore words."
    assert lines(file, "articles.jsonl")[0]["attributes"] == {"section": "World"}
    notes = written(standoff, told)[1].notes
    assert [note for note in notes if "left out" in note] == [
        "Own fields of articles left out, being of more than 25 words: 1.",
        "Examples of codes left out, being passages of the texts: 2.",
    ]


def test_it_is_written_the_same_twice(tmp_path: Path) -> None:
    assert written(standoff, hard())[0] == written(standoff, hard())[0]


def test_twice_adds_nothing_and_a_dry_run_leaves_no_trace(filled: Filled, tmp_path: Path) -> None:
    mark(filled, 2, 7)
    mark(filled, 0, 7, None)
    file = shared(tmp_path, dataset(filled.project))
    with copies(tmp_path, [Draft(text) for text in TEXTS]) as theirs:
        before, step = contents(theirs), theirs.last_step()
        looked = brought(theirs, file, dry_run=True)
        assert (contents(theirs), theirs.last_step()) == (before, step)
        done = brought(theirs, file)
        assert done == looked
        assert theirs.last_step() == step + 1
        before = contents(theirs)
        again = brought(theirs, file)
        assert (again.added, again.doubles, again.codes) == (0, 2, 0)
        assert contents(theirs) == before


def test_a_mark_that_was_moved_there_since_is_the_same_one(filled: Filled, tmp_path: Path) -> None:
    id = mark(filled, 2, 7)
    file = shared(tmp_path, dataset(filled.project))
    moved = highlights.highlight(filled.project, id)
    assert moved
    filled.project.do("Move", lambda step: highlights.move(step, moved, [(0, 7)]))
    report = brought(filled.project, file)
    assert (report.added, report.doubles) == (0, 1)


def test_codes_that_say_something_else_here_stay_and_are_told(filled: Filled, tmp_path: Path) -> None:
    mark(filled)
    file = shared(tmp_path, dataset(filled.project))
    with copies(tmp_path, [Draft(text) for text in TEXTS]) as theirs:
        first = brought(theirs, file)
        assert [(each.new, each.codes, each.differing) for each in first.taxonomies] == [
            (True, first.codes, 0)
        ]
        theirs.do("Edit", lambda step: taxonomies.edit_codes(step, ["pfc:1"], definition="Ours."))
        theirs.do("Remove", lambda step: taxonomies.remove_codes(step, ["pfc:2"]))
        again = brought(theirs, file)
        assert [(each.new, each.codes, each.differing) for each in again.taxonomies] == [(False, 1, 1)]
        codes = {code.id: code for each in taxonomies.all_taxonomies(theirs) for code in each.codes}
        assert codes["pfc:1"].definition == "Ours."
        assert "pfc:2" in codes


def test_what_did_not_find_its_place_is_told_and_why(tmp_path: Path) -> None:
    data = hard()
    one, two, three = drafts_of(data)
    theirs_ = [
        replace(one, text="Another text altogether."),
        replace(three, text=three.text + " 1"),
        replace(three, text=three.text + " 2"),
    ]
    with copies(tmp_path, theirs_) as theirs:
        report = brought(theirs, shared(tmp_path, data))
        assert not report.whole
        assert [(each.named, each.why, each.marks) for each in report.missing] == [
            (two.title, "not in this project", 2),
            (three.title, "could be any of 2 articles", 2),
        ]
        assert {each.why for each in report.lost} == {"its words are not in the text"}
        assert (report.added, report.homeless, len(report.lost)) == (0, 4, 8)


def test_a_text_that_was_corrected_here_is_known_by_its_earlier_version(
    filled: Filled, tmp_path: Path
) -> None:
    mark(filled, 8, 18)
    quote = quote_of(TEXTS[0], [(8, 18)])
    file = shared(tmp_path, dataset(filled.project))
    with copies(tmp_path, [Draft(text) for text in TEXTS]) as theirs:
        (id, _) = [each.id for each in articles.all_articles(theirs)]
        theirs.do("C", lambda step: corrections.correct(step, id, "Corrected. " + TEXTS[0]))
        report = brought(theirs, file)
        assert report.articles[0].by is By.EARLIER
        assert [span.quote for span in coded_spans(theirs)] == [quote]


def test_a_plan_serves_while_the_project_stands_still(filled: Filled, tmp_path: Path) -> None:
    mark(filled)
    file = shared(tmp_path, dataset(filled.project))
    told: list[int] = []
    with copies(tmp_path, [Draft(TEXTS[1])]) as theirs, SharedFile(file) as held:
        plan = look(theirs, held, told.append)
        assert told == [0]
        assert rehydrate(theirs, held, plan=plan, dry_run=True).homeless == 1
        theirs.do("Add", lambda step: articles.add(step, [Draft(TEXTS[0])], ["a"], [None]))
        assert rehydrate(theirs, held, plan=plan).added == 1


@pytest.mark.parametrize(
    "line", [b"no json\n", b"[]\n", b'{"article": "nowhere", "start": 0, "end": 1}\n', b"{}\n"]
)
def test_a_line_that_does_not_fit_is_told_and_the_others_come(tmp_path: Path, line: bytes) -> None:
    file, made = shared(tmp_path, hard()), tmp_path / "made.zip"
    with zipfile.ZipFile(file) as held, zipfile.ZipFile(made, "w") as out:
        for name in held.namelist():
            data = held.read(name)
            out.writestr(f"below/{name}", line + data if name == "highlights.jsonl" else data)
    with copies(tmp_path, drafts_of(hard())) as theirs:
        report = brought(theirs, made)
        assert (report.added, [each.number for each in report.bad], report.marks) == (12, [1], 13)


def test_what_is_no_such_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with pytest.raises(UserError, match="no file"):
        SharedFile(path)
    path.write_bytes(b"words")
    with pytest.raises(UserError, match="--format standoff"):
        SharedFile(path)
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("coding.json", '{"kind": "postil coding without texts", "form": 2}')
    with pytest.raises(UserError, match="newer Postil"):
        SharedFile(path)
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("coding.json", '{"kind": "postil coding without texts", "form": 1}')
    with copies(tmp_path, []) as theirs, pytest.raises(UserError, match="articles"):
        brought(theirs, path)


def test_relations_answers_and_qualifiers_come_along(tmp_path: Path) -> None:
    study = Study(tmp_path / "p.postil")
    project = study.project
    study.relate()
    study.relate("r-meets", study.problem, study.cause)
    tone = questions.new("t-frames", "tone", options=(Option("+", "Good"), Option("-", "Bad")))
    why = questions.new("t-frames", "why", kind=QuestionKind.TEXT)

    def work(step: Any) -> None:
        questions.add(step, [tone, why])
        answers.give(step, study.article, ada(project), tone.id, ["-"], "a memo")
        answers.give(step, study.other, ada(project), why.id, ["Its words."])
        highlights.edit(step, [study.cause], qualifiers=(("stance", "for"),))

    project.do("More", work)
    file = shared(tmp_path, dataset(project))
    texts = ["Head. One text with many words.", "Another."]
    with project, copies(tmp_path, [Draft(text, text.removeprefix("Head. ")) for text in texts]) as theirs:
        theirs_before = contents(theirs)
        titles = [each.title for each in articles.all_articles(project)]
        theirs.do(
            "T",
            lambda step: [
                articles.edit(step, [each.id], title=title)
                for each, title in zip(articles.all_articles(theirs), titles, strict=True)
            ],
        )
        report = brought(theirs, file)
        assert (report.added, report.relations, report.answers, report.notes) == (2, 2, 2, [])
        assert relations_of(theirs) == relations_of(project)
        assert answers_of(theirs) == answers_of(project)
        assert [span.qualifiers for span in coded_spans(theirs)] == [(("stance", "for"),), ()]
        again = brought(theirs, file)
        assert (again.added, again.doubles, again.relations, again.answers, again.notes) == (0, 2, 0, 0, [])
        theirs.undo()
        theirs.undo()
        assert contents(theirs) == theirs_before
        few = shared(tmp_path, dataset(project), memos=False)
        assert [held["memo"] for held in lines(few, "answers.jsonl")] == [""]  # the one in words stays


def test_what_hangs_on_marks_and_articles_without_a_place_is_told(tmp_path: Path) -> None:
    study = Study(tmp_path / "p.postil")
    study.relate()
    tone = questions.new("t-frames", "tone", options=(Option("+", "Good"), Option("-", "Bad")))
    study.project.do("Ask", lambda step: questions.add(step, [tone]))
    for article, value in ((study.article, "+"), (study.other, "-")):
        study.project.do(
            "A", lambda step, a=article, v=value: answers.give(step, a, ada(study.project), tone.id, [v])
        )
    file = shared(tmp_path, dataset(study.project))
    with study.project, copies(tmp_path, [Draft("Another.")]) as theirs:
        report = brought(theirs, file)
        assert report.notes == [
            "Left out: answers about articles that are not here (1).",
            "Left out: relations whose marks did not come in (1).",
        ]
        (question,) = taxonomies.all_taxonomies(theirs)[0].questions
        whose = ada(theirs)
        theirs.do(
            "B",
            lambda step: answers.give(step, articles.all_articles(theirs)[0].id, whose, question.id, ["+"]),
        )
        told = brought(theirs, file).notes[-1]
        assert told == "Answer in line 2: Ada answered it otherwise in this project, which stays."


def test_rules_questions_and_types_that_a_taxonomy_lacks_are_added_and_none_is_changed(
    tmp_path: Path,
) -> None:
    study = Study(tmp_path / "p.postil")
    project = study.project
    study.relate()
    tone = questions.new("t-frames", "tone", options=(Option("+", "Good"), Option("-", "Bad")))
    rule = rules.new("t-frames", RuleKind.LEAVES)
    mine = replace(tone, options=(Option("+", "Fine"), Option("-", "Bad")))

    def work(step: Any) -> None:
        questions.add(step, [tone, questions.new("t-frames", "why", kind=QuestionKind.TEXT)])
        rules.add(step, [rule])
        answers.give(step, study.article, ada(project), tone.id, ["-"])

    with project, copies(tmp_path, [Draft("One text with many words.")]) as theirs:
        frames = taxonomies.all_taxonomies(project)[0]
        bare = replace(frames, rules=(), questions=(), relation_types=())
        theirs.do("T", lambda step: (taxonomies.add(step, bare), questions.add(step, [mine])))
        project.do("More", work)
        before = contents(theirs)
        file = shared(tmp_path, dataset(project))
        report = brought(theirs, file)
        assert report.uses == {"rule": 1, "question": 1, "relation type": len(frames.relation_types)}
        assert (report.answers, report.relations) == (1, 1)
        assert "; 1 rule added; 1 question added; 2 relation types added" in said(report, dry_run=False)
        there = taxonomies.all_taxonomies(theirs)[0]
        assert there.questions[0].options == mine.options
        assert [each.name for each in there.questions] == ["tone", "why"]
        assert answers_of(theirs) == answers_of(project)
        assert not brought(theirs, file).brings
        theirs.undo()
        assert contents(theirs) == before


def relations_of(project: Project) -> list[tuple[object, ...]]:
    return project.rows("""SELECT t.label, t.symmetric, s.code, e.code, k.name FROM relation r
        JOIN relation_type t ON t.id = r.type JOIN highlight s ON s.id = r.source JOIN highlight e ON e.id = r.target
        JOIN coder k ON k.id = r.coder ORDER BY 1, 3""")


def answers_of(project: Project) -> list[tuple[object, ...]]:
    return project.rows("""SELECT q.name, n.value, n.memo, a.number, k.name FROM answer n
        JOIN question q ON q.id = n.question JOIN article a ON a.id = n.article JOIN coder k ON k.id = n.coder
        ORDER BY 1""")
