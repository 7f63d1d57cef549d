"""Texts corrected: versions, marks that move along, marks that lose their place and are repaired."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import UserError
from annotate.model import Block, BlockKind, Draft, Layout
from annotate.places import PageSize, PlacedLine, Places, to_bytes
from annotate.replacing import find_rule, pseudonym_rule
from annotate.text import text_hash
from storage import (
    Project,
    articles,
    corrections,
    exchange,
    highlights,
    lost_marks,
    search,
    taxonomies,
    versions,
)
from storage.checking import check
from storage.originals import Original, original
from tests.storage.data import ada, contents, ids_of, mark, project_with

TEXT = "Angela Merkel spoke.\nThe colour was nice, she said."


@pytest.fixture
def project(tmp_path: Path):
    with project_with(tmp_path / "p.postil", (TEXT, "Merkel and Angela Merkel again.", "Nobody.")) as made:
        yield made


def correct(project: Project, text: str, reason: str = "", at: int = 0) -> corrections.Outcome:
    done = []
    id = ids_of(project)[at]
    project.do("Correct", lambda step: done.append(corrections.correct(step, id, text, reason)), ada(project))
    return done[0]


def quotes(project: Project) -> list[str]:
    return [span.quote for span in exchange.coded_spans(project)]


def test_a_correction_is_a_new_version_with_all_that_hangs_on_the_text(project: Project) -> None:
    id = ids_of(project)[0]
    mark(project, id, 25, 31)
    assert quotes(project) == ["colour"]
    new = TEXT.replace("colour", "color").replace("Angela", "Mrs")
    outcome = correct(project, new, "spelling")
    article = articles.article(project, id)
    assert (articles.text(project, id), article.characters, article.hash) == (new, len(new), text_hash(new))
    assert outcome.corrected == [id]
    assert (len(outcome.changed), outcome.lost) == (1, [])
    assert quotes(project) == ["color"]
    assert [hit.article for hit in search.search(project, "color was")] == [id]
    assert search.search(project, "colour was") == []
    assert check(project) == []
    second, first = versions.versions(project, id)
    assert (first.number, first.present, second.number, second.present) == (1, False, 2, True)
    assert (second.coder, second.reason) == (ada(project), "spelling")
    assert (versions.text(project, first), versions.text(project, second)) == (TEXT, new)


def test_the_same_text_is_no_correction(project: Project) -> None:
    before = contents(project)
    assert correct(project, TEXT).corrected == []
    assert contents(project) == before


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_text_without_words_is_refused(project: Project, text: str) -> None:
    with pytest.raises(UserError, match="Nothing would be left"):
        correct(project, text)


def test_a_text_that_was_changed_meanwhile_is_not_written_over(project: Project) -> None:
    id, seen = ids_of(project)[0], text_hash(TEXT)
    correct(project, TEXT + " More.")
    with pytest.raises(UserError, match="changed meanwhile"):
        project.do("Correct", lambda step: corrections.correct(step, id, "Mine.", made_on=seen))


def test_lost_highlights_wait_with_their_words_and_are_repaired(project: Project) -> None:
    id = ids_of(project)[0]
    gone, stays = mark(project, id, 25, 31), mark(project, id, 36, 40)
    outcome = correct(project, TEXT.replace("The colour was", "Everything seemed"))
    assert outcome.lost == [gone.id]
    (lost,) = lost_marks.lost(project, id)
    assert (lost.id, lost.quote, lost.code, lost.coder) == (gone.id, "colour", "f-1", ada(project))
    assert articles.text(project, id)[lost.place :].startswith("seemed")
    assert quotes(project) == ["nice"]
    assert highlights.count(project) == 1
    assert check(project) == []
    change = project.do("Repair", lambda step: lost_marks.repair(step, gone.id, [(21, 31)]))
    assert (change.articles, change.codes) == ({id}, {"f-1"})
    assert quotes(project) == ["Everything", "nice"]
    assert lost_marks.count(project) == 0
    project.undo()
    assert lost_marks.lost(project) == [lost]
    project.do("Remove", lambda step: lost_marks.remove(step, [gone.id]))
    assert lost_marks.count(project) == 0
    assert [each.id for each in highlights.of_article(project, id)] == [stays.id]


def test_going_back_to_a_version_finds_what_was_lost(project: Project) -> None:
    id = ids_of(project)[0]
    made = mark(project, id, 25, 31)
    correct(project, TEXT.replace("The colour was nice, ", ""))
    correct(project, TEXT.replace("The colour was nice, ", "") + "\nMore.")
    assert lost_marks.count(project) == 1
    first = versions.numbered(project, id, 1)
    done = []
    project.do("Back", lambda step: done.append(corrections.go_back(step, first.id)))
    assert done[0].found_again == [made.id]
    assert highlights.of_article(project, id) == [made]
    assert [each.number for each in versions.versions(project, id)] == [4, 3, 2, 1]
    assert versions.versions(project, id)[0].reason == "Back to version 1"
    assert check(project) == []


def test_going_back_puts_marks_on_pseudonyms_onto_the_names(project: Project) -> None:
    id = ids_of(project)[0]
    mark(project, id, 7, 13)
    rule = pseudonym_rule([("Merkel", "Person A")])
    project.do("Pseudonyms", lambda step: corrections.replace_in_many(step, [id], rule))
    assert quotes(project) == ["Person A"]
    first = versions.numbered(project, id, 1)
    project.do("Back", lambda step: corrections.go_back(step, first.id))
    assert quotes(project) == ["Merkel"]
    assert check(project) == []


def test_undo_and_redo_of_a_correction_are_exact(project: Project) -> None:
    mark(project, ids_of(project)[0], 25, 31)
    before = contents(project)
    correct(project, "Other words.")
    after = contents(project)
    project.undo()
    assert contents(project) == before
    project.redo()
    assert contents(project) == after


def test_layout_and_places_go_along_and_come_back(tmp_path: Path) -> None:
    line = PlacedLine(21, 0, 0, 700.0, 10.0, [float(n) for n in range(10)], [n + 1.0 for n in range(10)])
    places = Places((PageSize(600, 800),), (line,))
    layout = Layout((Block(0, 20, BlockKind.HEADING, 1),))
    with project_with(tmp_path / "p.postil", ()) as project:
        draft = Draft(TEXT, layout=layout, places=to_bytes(places))
        project.do("Add", lambda step: articles.add(step, [draft], ["f.pdf"], [None]))
        (id,) = ids_of(project)
        correct(project, "Before.\n" + TEXT)
        assert articles.layout(project, id).blocks == (Block(8, 28, BlockKind.HEADING, 1),)
        moved = articles.places(project, id)
        assert moved
        assert [each.start for each in moved.lines] == [29]
        correct(project, "Altogether other")
        assert not articles.has_places(project, id)
        first = versions.numbered(project, id, 1)
        project.do("Back", lambda step: corrections.go_back(step, first.id))
        assert articles.layout(project, id) == layout
        assert articles.places(project, id) == articles_places(places)
        assert check(project) == []


def articles_places(places: Places) -> Places:
    from annotate.places import from_bytes

    return from_bytes(to_bytes(places))


def test_the_original_stays_what_was_imported(tmp_path: Path) -> None:
    with project_with(tmp_path / "p.postil", ()) as project:
        project.do("Add", lambda s: articles.add(s, [Draft(TEXT)], ["f.txt"], [Original("f.txt", None)]))
        correct(project, "Other words.")
        correct(project, "Yet others.")
        assert original(project, ids_of(project)[0]) == TEXT.encode()
        assert versions.imported(project, ids_of(project)[0]) == TEXT


def test_a_corrected_article_is_known_by_the_text_it_came_with(project: Project) -> None:
    id = ids_of(project)[0]
    correct(project, "Other words.")
    hashes = [text_hash(TEXT), text_hash("Other words."), text_hash("?")]
    assert articles.known_hashes(project, hashes) == dict.fromkeys(hashes[:2], id)


def test_words_are_replaced_in_many_articles_in_one_step(project: Project) -> None:
    first, second, third = ids_of(project)
    mark(project, first, 0, 13)
    mark(project, second, 0, 6)
    rule = pseudonym_rule([("Angela Merkel", "Person A"), ("Merkel", "Person A")])
    shown = list(corrections.preview(project, rule))
    assert [(each.article, each.count) for each in shown] == [(first, 1), (second, 2)]
    assert shown[1].snippets == (
        ("", "Merkel", " and Angela Merkel again.", "Person A"),
        ("Merkel and ", "Angela Merkel", " again.", "Person A"),
    )
    done = []
    change = project.do(
        "Pseudonyms", lambda s: done.append(corrections.replace_in_many(s, ids_of(project), rule, "names"))
    )
    assert (done[0].corrected, done[0].replaced) == ([first, second], 3)
    assert change.articles == {first, second}
    assert articles.text(project, second) == "Person A and Person A again."
    assert quotes(project) == ["Person A", "Person A"]
    assert versions.versions(project, third) == []
    assert check(project) == []
    project.undo()
    assert quotes(project) == ["Angela Merkel", "Merkel"]


def test_one_article_that_would_be_empty_stops_all(project: Project) -> None:
    before = contents(project)
    with pytest.raises(UserError):
        project.do("R", lambda s: corrections.replace_in_many(s, ids_of(project), find_rule("Nobody.", "")))
    assert contents(project) == before


@pytest.mark.parametrize("marks", ["keep", "move", "delete"])
def test_a_code_can_be_removed_though_lost_highlights_have_it(project: Project, marks: str) -> None:
    mark(project, ids_of(project)[0], 25, 31, "f-2")
    correct(project, "Other words.")
    project.do("Remove", lambda step: taxonomies.remove_codes(step, ["f-2"], marks=marks, to="f-1"))
    found = [each.code for each in lost_marks.lost(project)]
    assert found == {"keep": [None], "move": ["f-1"], "delete": []}[marks]
    project.undo()
    assert [each.code for each in lost_marks.lost(project)] == ["f-2"]


def test_an_article_goes_with_its_versions_and_lost_highlights(project: Project) -> None:
    id = ids_of(project)[0]
    mark(project, id, 25, 31)
    correct(project, "Other words.")
    before = contents(project)
    project.do("Remove", lambda step: articles.remove(step, [id]))
    assert (lost_marks.count(project), versions.versions(project, id)) == (0, [])
    project.undo()
    assert contents(project) == before
