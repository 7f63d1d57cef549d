"""Units of a text: every sentence and paragraph with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.sentences import paragraphs, sentences, units
from annotate.shapes import UNITS


def cut(text: str, language: str = "") -> list[str]:
    return [text[start:end] for start, end in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The court ruled. It was late.", ["The court ruled.", "It was late."]),
        ("Was it safe? No! Perhaps … It was.", ["Was it safe?", "No!", "Perhaps …", "It was."]),
        ("Mr. Weir met Dr. J. R. Hale on Jan. 5. They agreed.",
         ["Mr. Weir met Dr. J. R. Hale on Jan. 5.", "They agreed."]),
        ("The U.S. Supreme Court ruled. So did the U.K. The end.",
         ["The U.S. Supreme Court ruled.", "So did the U.K.", "The end."]),
        ("It rose 3.5 per cent, i.e. a lot, e.g. in May. 30 died.",
         ["It rose 3.5 per cent, i.e. a lot, e.g. in May.", "30 died."]),
        ("“Stop!” he said. “Why?” “Because.” She left.",
         ["“Stop!” he said.", "“Why?”", "“Because.”", "She left."]),
        ('He said: "No." (It was no joke.) Then he left.',
         ['He said: "No."', "(It was no joke.)", "Then he left."]),
        ("« Arrêtez ! » dit-il. « Non. » Il part.", ["« Arrêtez ! » dit-il.", "« Non. »", "Il part."]),
        ("»Halt.« Er ging. »Wohin?« Weit.", ["»Halt.«", "Er ging.", "»Wohin?«", "Weit."]),
        ("1. The ministry decides. 2. It reports.", ["1. The ministry decides.", "2. It reports."]),
        ("See Art. 5 of No. 12. It holds.", ["See Art. 5 of No. 12.", "It holds."]),
        ("法院裁定。部长说：“不！”他走了", ["法院裁定。", "部长说：“不！”", "他走了"]),
        ("هل هو آمن؟ لا. نعم", ["هل هو آمن؟", "لا.", "نعم"]),
        ("यह सच है। वह गया।", ["यह सच है।", "वह गया।"]),
        ("Суд решил. Он ушёл.", ["Суд решил.", "Он ушёл."]),
        ("Great. 😀 Then 👩‍👩‍👧. Done.", ["Great.", "😀 Then 👩‍👩‍👧.", "Done."]),
        ("see www.x.test. Next", ["see www.x.test.", "Next"]),
        ("no stop at all", ["no stop at all"]),
        ("Heading\n\n  First. Second.  \n", ["Heading", "First.", "Second."]),
        ("", []),
        (" \n\t\n", []),
        ("...", ["..."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_ordinals_belong_to_their_language() -> None:
    text = "Am 3. Mai fiel das Urteil. Es gilt ab 2025. Danach nicht."
    assert cut(text, "de-AT") == ["Am 3. Mai fiel das Urteil.", "Es gilt ab 2025.", "Danach nicht."]
    assert len(cut(text)) == 4


def test_a_paragraph_is_a_line_with_something_on_it() -> None:
    text = "One. Two.\n\n \u2003Three \n"
    assert [text[start:end] for start, end in paragraphs(text)] == ["One. Two.", "Three"]


@given(st.text(st.sampled_from("aA.!?… \n\t\"'“”«»(1۔。！é😀שJ"), max_size=60), st.sampled_from(UNITS))
def test_units_are_in_order_and_leave_only_white_space_out(text: str, unit: str) -> None:
    at = 0
    for start, end in units(text, unit, "de"):
        assert at <= start < end
        assert not text[at:start].strip()
        assert "\n" not in text[start:end]
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
