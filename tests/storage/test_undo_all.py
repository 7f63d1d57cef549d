"""Any series of steps, all undone, gives the first contents; all redone, the last."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from annotate.crosswalks import Match
from annotate.errors import UserError
from annotate.model import ArticleState, Code, Draft, Taxonomy
from annotate.questions import Condition, Option, Source
from annotate.replacing import find_rule
from annotate.rounds import Kind
from annotate.rules import RuleKind
from annotate.sampling import Method
from storage import (
    Change,
    Project,
    answers,
    articles,
    coders,
    corrections,
    crosswalks,
    highlights,
    lost_marks,
    questions,
    relations,
    restructuring,
    rounds,
    rules,
    taxonomies,
    taxonomy_versions,
    versions,
)
from storage.checking import check
from storage.originals import Original
from tests.storage.data import FRAMES, contents, ids_of

TEXTS = st.text(alphabet="ab é😀\nא漢", min_size=1, max_size=40)
PICK = st.integers(0, 1_000)


def picked(things: Sequence[Any], at: int) -> Any:
    return things[at % len(things)]


class Sitting(RuleBasedStateMachine):
    """A coder at work, an import beside, and the file reopened now and then."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "p.postil"
        self.project = Project.create(self.path)
        self.first = contents(self.project)
        self.batch: int | None = None

    def teardown(self) -> None:
        self.project.close()
        shutil.rmtree(self.folder)

    def do(self, label: str, work: Any) -> Change:
        before = contents(self.project)
        change = self.project.do(label, work)
        after = contents(self.project)
        for table, rows in after.items():
            key = 1 if table in ("article", "article_text") else 0
            differ = {row[key] for row in set(rows) ^ set(before[table])}
            assert differ == set(change.ids.get(table, ())), table
        assert bool(change.step) == (before != after)
        return change

    @property
    def marks(self) -> list[str]:
        return [id for (id,) in self.project.rows("SELECT id FROM highlight ORDER BY id")]

    @property
    def codes(self) -> list[str]:
        return [id for (id,) in self.project.rows("SELECT id FROM code ORDER BY id")]

    @property
    def people(self) -> list[str]:
        return [coder.id for coder in coders.all_coders(self.project)]

    # ------------------------------------------------------------ articles

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=3), keep=st.booleans())
    def add_articles(self, texts: list[str], keep: bool) -> None:
        drafts = [Draft(text, title=text[:5], attributes={"k": text[:1]}) for text in texts]
        whole = [Original("f.html", text.encode() * 3) if keep else None for text in texts]
        self.do("Add", lambda step: articles.add(step, drafts, ["f"] * len(drafts), whole))

    @rule(texts=st.lists(TEXTS, min_size=1, max_size=2))
    def import_goes_on(self, texts: list[str]) -> None:
        drafts = [Draft(text) for text in texts]
        with self.project.step("Import", batch=self.batch) as handle:
            self.batch = self.batch or handle.step.number
            articles.add(handle.step, drafts, ["f"] * len(drafts), [None] * len(drafts))

    @precondition(lambda self: self.batch)
    @rule()
    def import_ends(self) -> None:
        self.batch = None

    @precondition(lambda self: ids_of(self.project))
    @rule(at=PICK, title=st.text(max_size=4), state=st.sampled_from(ArticleState))
    def edit_article(self, at: int, title: str, state: ArticleState) -> None:
        id = picked(ids_of(self.project), at)
        self.do("Rename", lambda step: articles.edit(step, [id], title=title, date="2025-03"))
        self.do("State", lambda step: articles.set_state(step, [id], state))

    @precondition(lambda self: ids_of(self.project))
    @rule(at=PICK)
    def remove_article(self, at: int) -> None:
        id = picked(ids_of(self.project), at)
        change = self.do("Remove", lambda step: articles.remove(step, [id]))
        assert change.articles == {id}

    # ------------------------------------------------------------ corrections

    @precondition(lambda self: ids_of(self.project))
    @rule(at=PICK, text=TEXTS, start=st.integers(0, 40), length=st.integers(0, 12))
    def correct_text(self, at: int, text: str, start: int, length: int) -> None:
        id = picked(ids_of(self.project), at)
        old = articles.text(self.project, id)
        before = contents(self.project)
        new = old[:start] + text + old[start + length :]
        try:
            self.do("Correct", lambda step: corrections.correct(step, id, new, "typo"))
            assert articles.text(self.project, id) == new
        except UserError:
            assert contents(self.project) == before

    @precondition(lambda self: ids_of(self.project))
    @rule(old=st.sampled_from("ab é"), new=st.sampled_from(["", "x", "ab"]))
    def replace_everywhere(self, old: str, new: str) -> None:
        rule = find_rule(old, new)
        before = contents(self.project)
        try:
            self.do("Replace", lambda step: corrections.replace_in_many(step, ids_of(self.project), rule))
        except UserError:
            assert contents(self.project) == before

    @precondition(lambda self: ids_of(self.project))
    @rule(at=PICK, number=PICK)
    def back_to_a_version(self, at: int, number: int) -> None:
        id = picked(ids_of(self.project), at)
        if known := versions.versions(self.project, id):
            version = picked(known, number)
            text = versions.text(self.project, version)
            self.do("Back", lambda step: corrections.go_back(step, version.id))
            assert articles.text(self.project, id) == text

    @precondition(lambda self: lost_marks.count(self.project))
    @rule(at=PICK, keep=st.booleans())
    def repair_or_drop(self, at: int, keep: bool) -> None:
        mark = picked(lost_marks.lost(self.project), at)
        if keep:
            change = self.do("Repair", lambda step: lost_marks.repair(step, mark.id, [(0, 1)]))
            assert change.articles == {mark.article}
        else:
            self.do("Drop", lambda step: lost_marks.remove(step, [mark.id]))

    # ------------------------------------------------------------ codes and coders

    @rule(text=TEXTS)
    def add_change_and_remove_in_one_step(self, text: str) -> None:
        def work(step: Any) -> None:
            id, other = articles.add(step, [Draft(text), Draft(text)], ["f", "g"], [None, None])
            articles.edit(step, [id], title="one")
            articles.edit(step, [id], title="two")
            articles.remove(step, [other])

        with self.project.step("Much", None) as handle:
            work(handle.step)
        assert handle.change

    @precondition(lambda self: self.people and ids_of(self.project))
    @rule(title=st.sampled_from(["Pilot", "Main"]), seed=PICK, overlap=st.sampled_from(["0", "50%", "100%"]))
    def plan_round(self, title: str, seed: int, overlap: str) -> None:
        method = Method(overlap=overlap if len(self.people) > 1 else "0")
        plan = rounds.drawn(self.project, self.people, method, seed)
        before = contents(self.project)
        try:
            self.do("Plan", lambda step: rounds.add(step, title, Kind.PRODUCTION, method, seed, plan))
        except UserError:
            assert contents(self.project) == before

    @rule(remove=st.booleans(), note=st.sampled_from(["", "later"]))
    def change_round(self, remove: bool, note: str) -> None:
        for each in rounds.all_rounds(self.project)[:1]:
            if remove:
                self.do("Remove", lambda step, id=each.id: rounds.remove(step, [id]))
            else:
                self.do("Note", lambda step, id=each.id: rounds.edit(step, id, note=note))

    @precondition(lambda self: self.people)
    @rule(at=PICK, anyone=st.booleans())
    def agree_on_a_consensus_coder(self, at: int, anyone: bool) -> None:
        id = picked(self.people, at) if anyone else None
        self.do("Consensus", lambda step: coders.set_consensus(step, id))
        held = coders.consensus(self.project)
        assert (held.id if held else None) == id

    @rule(name=st.sampled_from(["Ada", "Grace", "Consensus"]))
    def add_coder(self, name: str) -> None:
        self.do("Coder", lambda step: coders.ensure(step, name))

    @precondition(lambda self: self.people)
    @rule(at=PICK, colour=st.sampled_from(["teal", "", "red"]))
    def recolour(self, at: int, colour: str) -> None:
        self.do("Colour", lambda step: coders.recolour(step, picked(self.people, at), colour))

    @precondition(lambda self: not self.project.value("SELECT count(*) FROM taxonomy WHERE id = 't-frames'"))
    @rule()
    def add_taxonomy(self) -> None:
        self.do("Taxonomy", lambda step: taxonomies.add(step, FRAMES))

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy WHERE id = 't-frames'"))
    @rule(at=PICK, under=st.booleans())
    def add_code(self, at: int, under: bool) -> None:
        here = self.codes_of_frames()
        parent = picked(here, at) if under and here else None
        code = taxonomies.make_code("t-frames", parent, "New")
        self.do("Code", lambda step: taxonomies.add_codes(step, [code]))

    def codes_of_frames(self) -> list[str]:
        rows = self.project.rows("SELECT id FROM code WHERE taxonomy = 't-frames' ORDER BY id")
        return [id for (id,) in rows]

    @precondition(lambda self: self.codes)
    @rule(at=PICK, label=st.sampled_from("xyz"), root=st.booleans())
    def change_code(self, at: int, label: str, root: bool) -> None:
        id = picked(self.codes, at)
        self.do("Label", lambda step: taxonomies.edit_codes(step, [id], label=label))
        if root:
            self.do("Move", lambda step: taxonomies.edit_codes(step, [id], parent=None, position=7))

    @precondition(lambda self: self.codes)
    @rule(at=PICK, to=PICK, marks=st.sampled_from(["keep", "move", "delete"]))
    def remove_code(self, at: int, to: int, marks: str) -> None:
        id, other = picked(self.codes, at), picked(self.codes, to)
        before = contents(self.project)
        try:
            self.do("Delete", lambda step: taxonomies.remove_codes(step, [id], marks=marks, to=other))
        except UserError:
            assert contents(self.project) == before

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy WHERE id = 't-frames'"))
    @rule(marks=st.sampled_from(["keep", "delete"]))
    def remove_taxonomy(self, marks: str) -> None:
        self.do("Delete", lambda step: taxonomies.remove_taxonomy(step, "t-frames", marks=marks))

    # ------------------------------------------------------------ codes restructured

    def try_it(self, label: str, work: Any) -> None:
        before = contents(self.project)
        try:
            self.do(label, work)
        except UserError:
            assert contents(self.project) == before

    @precondition(lambda self: self.codes)
    @rule(at=PICK, other=PICK, to=PICK)
    def merge_codes(self, at: int, other: int, to: int) -> None:
        sources = list({picked(self.codes, at), picked(self.codes, other)})
        target = picked(self.codes, to)
        marks = highlights.count(self.project)
        done: list[restructuring.Merged] = []
        foreseen = restructuring.would_merge(self.project, sources, target)
        self.try_it("Merge", lambda step: done.append(restructuring.merge(step, sources, target, "why")))
        if done:
            assert done == [foreseen]
            assert highlights.count(self.project) <= marks - foreseen.joined

    @precondition(lambda self: self.codes)
    @rule(at=PICK, to=PICK, way=st.sampled_from(["retire", "back", "replace", "replace with marks"]))
    def retire_code(self, at: int, to: int, way: str) -> None:
        code, by = picked(self.codes, at), picked(self.codes, to)
        if way == "retire":
            self.do("Retire", lambda step: restructuring.retire(step, [code]))
        elif way == "back":
            self.do("Bring back", lambda step: restructuring.bring_back(step, [code]))
        else:
            moved = way == "replace with marks"
            self.try_it("Replace", lambda step: restructuring.replace_by(step, code, by, marks=moved))

    @precondition(lambda self: self.marks and self.codes)
    @rule(at=PICK, to=PICK)
    def split_code(self, at: int, to: int) -> None:
        code, target = picked(self.codes, at), picked(self.codes, to)
        marks = dict.fromkeys(restructuring.to_split(self.project, code), target)
        if marks and code != target:
            self.do("Split", lambda step: restructuring.split(step, code, marks))

    @precondition(lambda self: self.codes)
    @rule(at=PICK, related=PICK, names=st.lists(st.sampled_from("xyz"), max_size=2))
    def tell_of_code(self, at: int, related: int, names: list[str]) -> None:
        values = {"synonyms": tuple(names), "related": (picked(self.codes, related),), "definition": "d"}
        self.do("Tell", lambda step: taxonomies.edit_codes(step, [picked(self.codes, at)], **values))

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy WHERE id = 't-frames'"))
    @rule(number=st.sampled_from(["1.0", "1.1", "2"]))
    def freeze_version(self, number: str) -> None:
        self.try_it("Freeze", lambda step: taxonomy_versions.freeze(step, "t-frames", number, "note"))

    # ------------------------------------------------------------ rules, questions, answers

    def held(self, table: str) -> list[str]:
        return [id for (id,) in self.project.rows(f"SELECT id FROM {table} ORDER BY id")]

    @precondition(lambda self: self.codes_of_frames())
    @rule(at=PICK, other=PICK, kind=st.sampled_from(RuleKind), whole=st.booleans())
    def add_rule(self, at: int, other: int, kind: RuleKind, whole: bool) -> None:
        code = None if whole else picked(self.codes_of_frames(), at)
        values = {"others": (picked(self.codes, other),), "name": "stance", "values": ("for", "against")}
        made = rules.new("t-frames", kind, code, **values)
        self.do("Rule", lambda step: rules.add(step, [made]))

    @precondition(lambda self: self.held("rule"))
    @rule(at=PICK, name=st.sampled_from(["stance", "mood"]), remove=st.booleans())
    def change_rule(self, at: int, name: str, remove: bool) -> None:
        id = picked(self.held("rule"), at)
        if remove:
            self.do("No rule", lambda step: rules.remove(step, [id]))
            return
        held = next(
            each for found in rules.by_taxonomy(self.project).values() for each in found if each.id == id
        )
        values = {"name": name, "values": ("a", "b"), "others": held.others or ("f-1",)}
        self.do("Rule", lambda step: rules.edit(step, replace(held, **values)))

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy WHERE id = 't-frames'"))
    @rule(at=PICK, name=st.sampled_from("abc"), source=st.sampled_from(Source))
    def add_question(self, at: int, name: str, source: Source) -> None:
        asked = self.held("question")
        more: dict[str, Any] = {"source": source, "options": (Option("x", "X"), Option("y", "Y"))}
        if source is Source.CODES and (here := self.codes_of_frames()):
            more["branch"] = picked(here, at)
        if asked:
            more |= {"follows": picked(asked, at), "condition": Condition(picked(asked, at))}
        made = questions.new("t-frames", name, **more)
        self.try_it("Question", lambda step: questions.add(step, [made]))

    @precondition(lambda self: self.held("question"))
    @rule(at=PICK, by=st.integers(-2, 2))
    def move_or_remove_question(self, at: int, by: int) -> None:
        id = picked(self.held("question"), at)
        if by:
            self.do("Order", lambda step: questions.move(step, id, by))
        else:
            self.do("No question", lambda step: questions.remove(step, [id]))

    @precondition(lambda self: self.held("question") and ids_of(self.project) and self.people)
    @rule(at=PICK, article=PICK, value=PICK)
    def answer(self, at: int, article: int, value: int) -> None:
        said = picked([*self.codes, "x", ""], value)
        place = picked(ids_of(self.project), article), picked(self.people, article)
        question = picked(self.held("question"), at)
        self.do("Answer", lambda step: answers.give(step, *place, question, [said]))
        assert answers.of_article(self.project, place[0]).get(place[1], {}).get(question, ("",)) == (said,)

    @precondition(lambda self: self.marks)
    @rule(at=PICK, value=st.sampled_from(["for", ""]))
    def qualify_mark(self, at: int, value: str) -> None:
        id = picked(self.marks, at)
        self.do("Stance", lambda step: highlights.edit(step, [id], qualifiers=(("stance", value),)))

    # ------------------------------------------------------------ marks

    @precondition(lambda self: ids_of(self.project) and self.people)
    @rule(at=PICK, code=PICK, start=st.integers(0, 9), length=st.integers(0, 9), gap=st.booleans())
    def add_mark(self, at: int, code: int, start: int, length: int, gap: bool) -> None:
        spans = [(start, start + length)] + ([(start + length + 2, start + length + 4)] if gap else [])
        made = highlights.make(
            picked(ids_of(self.project), at),
            picked(self.people, at),
            picked([*self.codes, None], code),
            spans,
        )
        before = contents(self.project)
        try:
            change = self.do("Mark", lambda step: highlights.add(step, [made]))
            assert change.articles == {made.article}
            assert change.codes == {made.code}
        except UserError:
            assert contents(self.project) == before

    @precondition(lambda self: self.marks)
    @rule(at=PICK, code=PICK, memo=st.text(max_size=3))
    def edit_mark(self, at: int, code: int, memo: str) -> None:
        id = picked(self.marks, at)
        self.do("Memo", lambda step: highlights.edit(step, [id], memo=memo))
        self.do("Code", lambda step: highlights.edit(step, [id], code=picked([*self.codes, None], code)))

    @precondition(lambda self: self.marks)
    @rule(at=PICK)
    def move_mark(self, at: int) -> None:
        mark = highlights.highlight(self.project, picked(self.marks, at))
        assert mark
        self.do("Edges", lambda step: highlights.move(step, mark, [(0, 1)]))

    @precondition(lambda self: self.marks)
    @rule(at=PICK)
    def remove_mark(self, at: int) -> None:
        self.do("Remove", lambda step: highlights.remove(step, [picked(self.marks, at)]))

    # ------------------------------------------------------------ relations

    @property
    def types(self) -> list[str]:
        return [id for (id,) in self.project.rows("SELECT id FROM relation_type ORDER BY id")]

    @property
    def links(self) -> list[str]:
        return [id for (id,) in self.project.rows("SELECT id FROM relation ORDER BY id")]

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy WHERE id = 't-frames'"))
    @rule(label=st.sampled_from(["causes", "is"]), at=PICK, bound=st.booleans(), symmetric=st.booleans())
    def add_relation_type(self, label: str, at: int, bound: bool, symmetric: bool) -> None:
        ends = (picked(self.codes, at),) if bound and self.codes else None
        made = relations.make_type("t-frames", label, ends, None, symmetric=symmetric)
        self.try_it("Type", lambda step: relations.add_types(step, [made]))

    @precondition(lambda self: self.types)
    @rule(at=PICK, to=PICK, way=st.sampled_from(["rename", "bind", "free", "remove"]))
    def change_relation_type(self, at: int, to: int, way: str) -> None:
        id, target = picked(self.types, at), picked([*self.codes, None], to)
        ways: dict[str, Any] = {
            "rename": lambda step: relations.edit_type(step, id, label="does", note="n"),
            "bind": lambda step: relations.edit_type(step, id, targets=(target,) if target else ()),
            "free": lambda step: relations.edit_type(step, id, sources=None, targets=None),
            "remove": lambda step: relations.remove_types(step, [id]),
        }
        self.try_it("Type", ways[way])

    @precondition(lambda self: self.types and len(self.marks) > 1)
    @rule(at=PICK, one=PICK, other=PICK, who=PICK)
    def relate(self, at: int, one: int, other: int, who: int) -> None:
        source = highlights.highlight(self.project, picked(self.marks, one))
        assert source
        beside = [mark.id for mark in highlights.of_article(self.project, source.article)]
        made = relations.make(
            source.article, picked(self.people, who), picked(self.types, at), source.id, picked(beside, other)
        )
        before = contents(self.project)
        try:
            change = self.do("Relate", lambda step: relations.add(step, [made]))
            assert change.articles == {source.article}
            assert made in relations.of_mark(self.project, made.target)
        except UserError:
            assert contents(self.project) == before

    @precondition(lambda self: self.links)
    @rule(at=PICK, way=st.sampled_from(["turn", "memo", "remove"]))
    def change_relation(self, at: int, way: str) -> None:
        id = picked(self.links, at)
        ways: dict[str, Any] = {
            "turn": lambda step: relations.turn(step, id),
            "memo": lambda step: relations.edit(step, id, "why"),
            "remove": lambda step: relations.remove(step, [id]),
        }
        self.try_it("Relation", ways[way])

    # ------------------------------------------------------------ crosswalks

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy") == 1)
    @rule()
    def add_another_taxonomy(self) -> None:
        codes = (Code("m-1", "t-more", None, "1", "One"), Code("m-2", "t-more", None, "2", "Two", position=1))
        self.try_it(
            "More", lambda step: taxonomies.add(step, Taxonomy("t-more", "more", "More", codes=codes))
        )

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy") == 2)
    @rule(title=st.sampled_from("ab"))
    def add_crosswalk(self, title: str) -> None:
        made = crosswalks.make(title, "t-frames", "t-more", origin="us")
        self.try_it("Crosswalk", lambda step: crosswalks.add(step, made))

    @precondition(lambda self: crosswalks.all_crosswalks(self.project) and self.codes)
    @rule(at=PICK, one=PICK, other=PICK, match=st.sampled_from(Match))
    def map_codes(self, at: int, one: int, other: int, match: Match) -> None:
        way, ends = picked(crosswalks.all_crosswalks(self.project), at), (one, other)
        code, target = (picked(self.codes, end) for end in ends)
        self.try_it("Map", lambda step: crosswalks.put(step, way.id, code, match, target, "n"))

    @precondition(lambda self: crosswalks.all_crosswalks(self.project))
    @rule(at=PICK, way=st.sampled_from(["drop", "rename", "remove"]))
    def change_crosswalk(self, at: int, way: str) -> None:
        held = picked(crosswalks.all_crosswalks(self.project), at)
        links = [link.id for link in held.mappings[:1]]
        ways: dict[str, Any] = {
            "drop": lambda step: crosswalks.drop(step, links),
            "rename": lambda step: crosswalks.edit(step, held.id, title="c", note="n"),
            "remove": lambda step: crosswalks.remove(step, [held.id]),
        }
        self.try_it("Crosswalk", ways[way])

    @precondition(lambda self: self.project.value("SELECT count(*) FROM taxonomy") == 2)
    @rule()
    def remove_another_taxonomy(self) -> None:
        self.do("Delete", lambda step: taxonomies.remove_taxonomy(step, "t-more"))

    # ------------------------------------------------------------ to and fro

    @rule()
    def a_step_that_fails(self) -> None:
        before, last = contents(self.project), self.project.last_step()

        def work(step: Any) -> None:
            coders.ensure(step, "Nobody")
            raise KeyError("meanwhile")

        with suppress(KeyError):
            self.project.do("Fail", work)
        assert (contents(self.project), self.project.last_step()) == (before, last)

    @rule(times=st.integers(1, 4))
    def undo_some(self, times: int) -> None:
        self.batch = None
        for _ in range(times):
            self.project.undo()

    @rule(times=st.integers(1, 4))
    def redo_some(self, times: int) -> None:
        self.batch = None
        for _ in range(times):
            self.project.redo()

    @rule()
    def reopen(self) -> None:
        self.project.close()
        assert list(self.folder.iterdir()) == [self.path]
        self.project = Project.open(self.path)

    @rule()
    def all_undone_and_redone(self) -> None:
        self.batch = None
        last = contents(self.project)
        taken_back = 0
        while self.project.undo():
            taken_back += 1
        assert contents(self.project) == self.first
        for _ in range(taken_back):
            assert self.project.redo()
        assert contents(self.project) == last

    @invariant()
    def index_holds_every_text(self) -> None:
        words = {
            number
            for (number,) in self.project.rows(
                "SELECT f.rowid FROM article_text_fts f WHERE article_text_fts MATCH '\"a\"*'"
            )
        }
        for number, text in self.project.rows("SELECT number, text FROM article_text"):
            spaced = "".join(letter if letter.isalpha() else " " for letter in text)
            found = any(word.startswith("a") for word in spaced.split())
            assert (number in words) == found, text

    @invariant()
    def nothing_is_broken(self) -> None:
        assert check(self.project) == []

    @invariant()
    def nothing_points_nowhere(self) -> None:
        assert self.project.rows("PRAGMA foreign_key_check") == []


Sitting.TestCase.settings = settings(
    max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
test_sitting = Sitting.TestCase
