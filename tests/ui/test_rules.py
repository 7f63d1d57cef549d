"""Rules on screen: what a highlight says of itself, what is said when one is broken, the list of all that is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotate.model import ArticleState
from annotate.questions import Option
from annotate.rules import RuleKind
from storage import articles, highlights, questions, rules
from storage import taxonomies as stored
from tests.ui.test_window import window  # noqa: F401  (a fixture)
from ui.rules.editing import QuestionsSheet, RulesSheet


@pytest.fixture
def work(window, qtbot):  # noqa: F811
    """The workspace of the demonstration project with two rules and no questions."""
    space = window.workspace
    session = space.session

    def clean(step) -> None:
        rules.remove(step, [rule.id for each in session.ruled_taxonomies for rule in each.rules])
        questions.remove(step, [one.id for each in session.ruled_taxonomies for one in each.questions])

    session.do("None", clean)
    made = [
        rules.new(
            "policy-frames",
            RuleKind.QUALIFIER,
            "pfc:frames",
            name="stance",
            values=("for", "against"),
            required=True,
        ),
        rules.new("policy-frames", RuleKind.EXCLUSIVE, "pfc:frames"),
    ]
    session.do("Rules", lambda step: rules.add(step, made))
    space.inspector.show()
    return space


def free(space, length: int) -> int:
    """Where in the text so many characters have no highlight."""
    spans = [span for mark in space.reading._marks.values() for span in mark.spans]
    at = range(0, 4000)
    return next(a for a in at if all(end <= a or start >= a + length for start, end in spans))


def code(space, start: int, end: int, key: str, base: int | None = None):
    """Codes a span by a key, as a coder does; the mark made. Counted from `base`, or from where there is room."""
    base = free(space, 60) if base is None else base
    start, end = base + start, base + end
    view = space.reading.view
    view.setFocus()
    view.set_selection((start, end))
    QTest.keyClick(view, key)
    return highlights.highlight(space.session.project, space.session.selected)


def said(space) -> list[str]:
    return [each.text for each in space._notices.standing()]


def test_the_stance_is_asked_right_after_coding_and_one_key_says_it(work) -> None:
    mark = code(work, 0, 20, "5")
    asking = work.rules.asking
    assert asking.isVisible()
    assert asking.values() == ["for", "against"]
    assert asking.title.text() == "Stance of “Legality, constitutionality and jurisprudence”"
    QTest.keyClick(asking.focusWidget() or asking, Qt.Key.Key_2)
    now = highlights.highlight(work.session.project, mark.id)
    assert now.qualifiers == (("stance", "against"),)
    assert not asking.isVisible()
    assert work.session.project.history(1)[0].label.startswith("Stance of “Legality")
    drawn = work.reading._as_drawn(now)
    assert drawn.label == "Legality, constitutionality and jurisprudence ·\u00a0against"
    work.session.undo()
    assert highlights.highlight(work.session.project, mark.id).qualifiers == ()


def test_any_other_key_goes_on_in_the_text(work) -> None:
    code(work, 0, 20, "5")
    asking = work.rules.asking
    QTest.keyClick(asking.focusWidget() or asking, Qt.Key.Key_J)
    assert not asking.isVisible()
    assert work.session.selected is not None
    assert work.session.project.history(1)[0].label.startswith("Highlight")


def test_a_key_opens_it_again_and_takes_it_back(work) -> None:
    mark = code(work, 0, 20, "5")
    asking = work.rules.asking
    QTest.keyClick(asking.focusWidget() or asking, Qt.Key.Key_1)
    work.reading.view.setFocus()
    QTest.keyClick(work.reading.view, ".")
    assert asking.isVisible()
    QTest.keyClick(asking.focusWidget() or asking, Qt.Key.Key_0)
    assert highlights.highlight(work.session.project, mark.id).qualifiers == ()
    free = code(work, 40, 50, "t")
    assert free.code == "transfers:third-country-transfer"
    QTest.keyClick(work.reading.view, ".")
    assert not asking.isVisible()


def test_the_inspector_says_and_takes_back_and_shows_what_is_broken(work) -> None:
    mark = code(work, 0, 20, "5")
    work.rules.asking.shut()
    inspector = work.inspector
    assert inspector.broken.said.text().endswith("does not say its stance.")
    buttons = {
        b.text(): b
        for b in inspector.qualifiers.fields["stance"].findChildren(type(inspector.code).__mro__[1])
    }
    QTest.mouseClick(buttons["for"], Qt.MouseButton.LeftButton)
    assert highlights.highlight(work.session.project, mark.id).qualifiers == (("stance", "for"),)
    assert not inspector.broken.isVisibleTo(inspector)
    buttons = {
        b.text(): b
        for b in inspector.qualifiers.fields["stance"].findChildren(type(inspector.code).__mro__[1])
    }
    QTest.mouseClick(buttons["for"], Qt.MouseButton.LeftButton)
    assert highlights.highlight(work.session.project, mark.id).qualifiers == ()


def test_a_broken_rule_is_said_with_a_way_back_and_a_way_on(work) -> None:
    first = code(work, 0, 20, "5")
    work.rules.asking.shut()
    second = code(work, 10, 30, "8", first.start)
    work.rules.asking.shut()
    (notice,) = work._notices.standing()
    assert "overlap; at most one of “Frame dimension” may." in notice.text
    answers = {each.text(): each for each in notice.findChildren(type(work.rules.form.make))}
    assert {"Undo", "Keep only this one"} <= set(answers)
    answers["Keep only this one"].click()
    project = work.session.project
    assert highlights.highlight(project, first.id) is None
    assert highlights.highlight(project, second.id) is not None
    assert said(work) == []


def test_undo_beside_the_notice_takes_the_highlight_back(work) -> None:
    first = code(work, 0, 20, "5")
    work.rules.asking.shut()
    second = code(work, 10, 30, "8", first.start)
    (notice,) = work._notices.standing()
    next(b for b in notice.findChildren(type(work.rules.form.make)) if b.text() == "Undo").click()
    assert highlights.highlight(work.session.project, second.id) is None
    assert said(work) == []


def test_a_notice_goes_when_what_it_says_is_mended(work) -> None:
    first = code(work, 0, 20, "5")
    work.rules.asking.shut()
    code(work, 10, 30, "8", first.start)
    assert len(said(work)) == 1
    work.session.undo()
    assert said(work) == []


def test_a_mark_beyond_its_sentence_is_cut_to_it(work) -> None:
    made = rules.new("cap", RuleKind.SPAN)
    work.session.do("Rule", lambda step: rules.add(step, [made]))
    text = articles.text(work.session.project, work.session.article)
    end = text.index("The judges wrote")
    mark = code(work, end - 30, end + 12, "t", 0)
    (notice,) = work._notices.standing()
    assert notice.text == "“Third-country transfer” runs beyond one sentence."
    next(b for b in notice.findChildren(type(work.rules.form.make)) if b.text().startswith("Cut")).click()
    now = highlights.highlight(work.session.project, mark.id)
    assert text[: now.end].endswith("leave.")
    assert said(work) == []


def test_the_check_lists_what_is_broken_and_goes_there(work, qtbot) -> None:
    work.act("check_rules")
    page = work.rules.check
    qtbot.waitUntil(lambda: page._job is None, timeout=20_000)
    number = len(page.model.rows)
    assert number > 100
    assert page.about.text() == f"{number:,} places where a rule is broken or an answer missing."
    index = page.model.index(number - 1)
    page.list.clicked.emit(index)
    row = page.model.rows[number - 1]
    assert (work.session.article, work.session.selected) == (row.article, row.marks[0])
    work.session.do("Mend", lambda step: highlights.remove(step, list(row.marks)))
    assert len(page.model.rows) < number
    work.session.undo()
    assert len(page.model.rows) == number


def test_without_rules_the_check_says_what_to_do(work, qtbot) -> None:
    work.session.do(
        "None", lambda s: rules.remove(s, [r.id for t in work.session.ruled_taxonomies for r in t.rules])
    )
    work.act("check_rules")
    assert work.rules.check.about.text().startswith("There are no rules yet.")


def test_a_done_article_that_lacks_an_answer_says_so_and_offers_it(work) -> None:
    asked = questions.new(
        "policy-frames", "tone", options=(Option("+", "Good"), Option("-", "Bad")), required=True
    )
    work.session.do("Ask", lambda step: questions.add(step, [asked]))
    first = work.session.article
    work.act("state_done")
    assert articles.article(work.session.project, first).state is ArticleState.DONE
    (notice,) = [each for each in work._notices.standing() if "no answer" in each.text]
    next(b for b in notice.findChildren(type(work.rules.form.make)) if b.text() == "Answer it").click()
    assert work.session.article == first
    field = work.rules.form.fields[asked.id]
    assert field.isAncestorOf(work.window().focusWidget())


def test_rules_are_made_and_changed_in_their_sheet(work) -> None:
    sheet = RulesSheet(work.session, work._look, "policy-frames", work.window())
    sheet.open()
    held = lambda: next(t for t in work.session.ruled_taxonomies if t.id == "policy-frames").rules  # noqa: E731
    sheet.begin(RuleKind.LEAVES)
    assert held()[-1].kind is RuleKind.LEAVES
    sheet.form.branch.chosen.emit("pfc:tone")
    assert held()[-1].code == "pfc:tone"
    sheet.begin(RuleKind.TOGETHER)
    assert len(held()) == 3
    assert sheet.form.problem.text() == "Say which codes must stand beside it."
    sheet.form.others.add("pfc:scope")
    assert held()[-1].others == ("pfc:scope",)
    sheet.list.setCurrentRow(0)
    sheet.form.values.setText("for; against; neutral")
    sheet.form.values.editingFinished.emit()
    assert held()[0].values == ("for", "against", "neutral")
    sheet.form.values.setText("for")
    sheet.form.values.editingFinished.emit()
    assert "two values" in sheet.form.problem.text()
    assert held()[0].values == ("for", "against", "neutral")
    sheet.list.setCurrentRow(3)
    sheet.drop.click()
    assert len(held()) == 3
    sheet.accept()


def test_questions_are_made_moved_and_removed_in_their_sheet(work, monkeypatch) -> None:
    sheet = QuestionsSheet(work.session, work._look, "policy-frames", work.window())
    sheet.open()
    held = lambda: next(t for t in work.session.ruled_taxonomies if t.id == "policy-frames").questions  # noqa: E731
    sheet.add.click()
    form = sheet.form
    form.text.setText("Is it an opinion piece?")
    form.text.editingFinished.emit()
    form.name.setText("opinion")
    form.name.editingFinished.emit()
    form.kind.setCurrentIndex(form.kind.findData("yes/no"))
    form.kind.activated.emit(0)
    assert (held()[0].name, held()[0].text, str(held()[0].kind)) == (
        "opinion",
        "Is it an opinion piece?",
        "yes/no",
    )
    sheet.add.click()
    form.kind.setCurrentIndex(form.kind.findData("single"))
    form.kind.activated.emit(0)
    assert "two answers" in form.problem.text()
    form.options.setPlainText("1 = weak\n2 = strong")
    form.options.left.emit()
    assert held()[1].options == (Option("1", "weak"), Option("2", "strong"))
    form.waits.setCurrentIndex(1)
    form.waits.activated.emit(1)
    assert held()[1].condition.values == ()
    form.only_if.item(0).setCheckState(Qt.CheckState.Checked)
    assert held()[1].condition.values == ("yes",)
    sheet.up.click()
    assert [each.name for each in held()] == ["question_1", "opinion"]
    sheet.drop.click()
    assert [each.name for each in held()] == ["opinion"]
    sheet.accept()
    assert stored.all_taxonomies(work.session.project)[0].questions == held()
