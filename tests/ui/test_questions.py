"""The form of questions about an article: answered by keyboard, kept at once, one step an answer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotate.questions import Condition, Option, QuestionKind, Source
from storage import answers, coders, questions
from tests.ui.coded import Coded
from ui.look import Look
from ui.rules.form import FormPage


@pytest.fixture
def form(qtbot, qapp, coded: Coded):
    """The form over questions of every kind."""
    session = coded.session
    tone = questions.new(
        "frames", "tone", text="Which tone?", options=(Option("+", "Good"), Option("-", "Bad")), required=True
    )
    made = [
        tone,
        questions.new(
            "frames", "why", text="Why?", kind=QuestionKind.TEXT, condition=Condition(tone.id, ("-",))
        ),
        questions.new("frames", "frames", kind=QuestionKind.MULTIPLE, source=Source.CODES),
        questions.new(
            "frames", "force", kind=QuestionKind.SCALE, options=tuple(Option(n, n) for n in "12345")
        ),
        questions.new("frames", "sources", kind=QuestionKind.NUMBER),
        questions.new("frames", "opinion", kind=QuestionKind.YES_NO),
        questions.new("frames", "many", options=tuple(Option(f"o{n}", f"Option {n}") for n in range(12))),
        questions.new("frames", "below", source=Source.FOLLOWS, follows=None),
    ]
    made[-1] = questions.new("frames", "below", source=Source.FOLLOWS, follows=made[2].id)
    session.do("Ask", lambda step: questions.add(step, made))
    look = Look(qapp, session.settings)
    page = FormPage(session, look)
    qtbot.addWidget(page)
    page.resize(304, 900)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.ids = {each.name: each.id for each in made}
    yield page
    look.deleteLater()


def given(coded: Coded) -> dict[str, tuple[str, ...]]:
    names = dict(coded.project.rows("SELECT id, name FROM question"))
    held = answers.of_article(coded.project, coded.article).get(coded.ana, {})
    return {names[id]: values for id, values in held.items()}


def names(form) -> list[str]:
    return [field.question.name for field in form.fields.values()]


def press(form, key, text: str = "") -> None:
    QTest.keyClick(form.window().focusWidget(), key)


def test_all_of_it_is_answered_by_keyboard(form, coded: Coded) -> None:
    assert names(form) == ["tone", "frames", "force", "sources", "opinion", "many"]
    form.focus_next()
    press(form, Qt.Key.Key_2)
    assert given(coded) == {"tone": ("-",)}
    assert names(form)[:2] == ["tone", "why"]
    press(form, Qt.Key.Key_Return)
    QTest.keyClicks(form.window().focusWidget(), "so it is")
    press(form, Qt.Key.Key_Tab)
    assert given(coded)["why"] == ("so it is",)
    form.focus_next(form.ids["why"])
    press(form, Qt.Key.Key_1)
    press(form, Qt.Key.Key_Down)
    press(form, Qt.Key.Key_Space)
    assert given(coded)["frames"] == ("f:1", "f:2")
    assert "below" in names(form)
    form.focus_next(form.ids["frames"])
    press(form, Qt.Key.Key_4)
    assert given(coded)["force"] == ("4",)
    press(form, Qt.Key.Key_Return)
    QTest.keyClicks(form.window().focusWidget(), "12")
    press(form, Qt.Key.Key_Return)
    assert given(coded)["sources"] == ("12",)
    press(form, Qt.Key.Key_1)
    press(form, Qt.Key.Key_Return)
    assert given(coded)["opinion"] == ("yes",)
    before = coded.project.last_step()
    for _ in range(4):
        press(form, Qt.Key.Key_Down)
    assert coded.project.last_step() == before
    press(form, Qt.Key.Key_Return)
    assert (given(coded)["many"], coded.project.last_step()) == (("o3",), before + 1)
    press(form, Qt.Key.Key_1)
    assert given(coded)["below"] == ("f:11",)
    assert form.progress.text() == "8 of 8 answered"


def test_an_answer_is_one_step_and_undo_takes_it_back(form, coded: Coded) -> None:
    before = coded.project.last_step()
    form.fields[form.ids["tone"]]._group.buttons()[0].click()
    assert coded.project.last_step() == before + 1
    assert coded.project.history(1)[0].label == "tone: Good"
    assert form.progress.text() == "1 of 6 answered"
    coded.session.undo()
    assert given(coded) == {}
    assert not form.fields[form.ids["tone"]]._group.buttons()[0].isChecked()
    assert form.progress.text() == "0 of 6 answered"


def test_a_second_click_takes_an_answer_back(form, coded: Coded) -> None:
    button = form.fields[form.ids["tone"]]._group.buttons()[1]
    button.click()
    assert given(coded) == {"tone": ("-",)}
    button.click()
    assert given(coded) == {}
    assert coded.project.history(1)[0].label == "No answer to tone"


def test_what_is_no_number_is_said_beside_it_and_not_stored(form, coded: Coded) -> None:
    field = form.fields[form.ids["sources"]]
    field.line.setText("many")
    field.leave()
    assert field.problem.text() == "“many” is no number."
    assert given(coded) == {}
    field.line.setText("2,5")
    field.leave()
    assert given(coded) == {"sources": ("2.5",)}
    assert not field.problem.isVisible()


def test_each_coder_answers_for_themselves(form, coded: Coded) -> None:
    form.fields[form.ids["tone"]]._group.buttons()[0].click()
    coded.session.code_as("Ben")
    assert form.progress.text() == "0 of 6 answered"
    form.fields[form.ids["tone"]]._group.buttons()[1].click()
    held = answers.of_article(coded.project, coded.article)
    assert {coder: list(each.values()) for coder, each in held.items()} == {
        coded.ana: [("+",)], coded.ben: [("-",)],
    }  # fmt: skip


def test_an_answer_that_waits_for_another_is_marked_when_that_changes(form, coded: Coded) -> None:
    tone, why = form.ids["tone"], form.ids["why"]
    form.fields[tone]._group.buttons()[1].click()
    form._answer(why, ("so",))
    form.fields[tone]._group.buttons()[0].click()
    assert "why" not in names(form)
    coded.session.undo()
    assert form.fields[why].editor.toPlainText() == "so"


def test_typing_is_kept_when_another_article_or_escape_comes(form, coded: Coded, qtbot) -> None:
    form.fields[form.ids["tone"]]._group.buttons()[1].click()
    form.focus_on(form.ids["why"])
    QTest.keyClicks(form.window().focusWidget(), "half")
    with qtbot.waitSignal(form.left):
        press(form, Qt.Key.Key_Escape)
    assert given(coded)["why"] == ("half",)


def test_without_questions_the_form_says_what_they_are_for(form, coded: Coded) -> None:
    coded.session.do("None", lambda step: questions.remove(step, list(form.ids.values())))
    assert form.none.isVisible()
    assert "exported with the articles" in form.none.text()
    assert form.make.isVisible()
    assert form.fields == {}


def test_nobody_answers_without_a_name(form, coded: Coded, qtbot) -> None:
    coded.session._coder = None
    with qtbot.waitSignal(form.coder_needed):
        form.fields[form.ids["tone"]]._group.buttons()[0].click()
    assert answers.count(coded.project) == 0
    assert coders.named(coded.project, "Ana") is not None
