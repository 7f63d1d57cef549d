"""Signatures find what is alike: the estimate is true, and so is what it leads to."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.near import SIZE, bands, estimate, likeness, shingles, signature

WORDS = [f"word{at}" for at in range(2_000)]
SEEDS = st.integers(0, 1 << 32)


def changed(chance: random.Random, words: list[str], number: int) -> list[str]:
    """So many of the words, far enough from each other, are other ones."""
    made = list(words)
    for at in chance.sample(range(0, len(words), 5), number):
        made[at] = f"other{chance.random()}"
    return made


def some(chance: random.Random, number: int) -> list[str]:
    return chance.choices(WORDS, k=number)


def like(one: str, other: str):
    return likeness(frozenset(shingles(one)), frozenset(shingles(other)))


def meet(one: str, other: str) -> bool:
    return bool(set(bands(signature(one))) & set(bands(signature(other))))


@given(SEEDS, st.integers(100, 600), st.floats(0, 0.2))
@settings(max_examples=60)
def test_each_changed_word_costs_five_shingles(seed, number, share):
    """The formula, and with it the border of 0.8: k of n words apart from each other are changed."""
    chance = random.Random(seed)
    words, k = some(chance, number), int(share * number)
    found = like(" ".join(words), " ".join(changed(chance, words, k)))
    all_of_them = number - 4
    most, least = min(5 * k, all_of_them), max(5 * k - 8, k)  # one at an edge of the text costs fewer
    low, high = ((all_of_them - lost) / (all_of_them + lost) for lost in (most, least))
    assert low - 0.05 < found.resembling < high + 0.05
    if k < 0.018 * number:
        assert found.is_near()
    if k > 0.03 * number:
        assert not found.is_near()


def test_what_is_near_meets_and_what_is_not_does_not():
    chance = random.Random(1)
    near = far = 0
    for _ in range(150):
        words = some(chance, 400)
        near += meet(" ".join(words), " ".join(changed(chance, words, 7)))
        far += meet(" ".join(words), " ".join(some(chance, 400)))
    assert near == 150
    assert far == 0


def test_the_estimate_is_right_on_the_average():
    chance = random.Random(2)
    off = []
    for _ in range(150):
        words = some(chance, chance.choice((40, 200, 900)))
        one, other = " ".join(words), " ".join(changed(chance, words, max(1, len(words) // 50)))
        off.append(estimate(signature(one), signature(other)) - like(one, other).resembling)
    assert abs(sum(off) / len(off)) < 0.02
    assert max(map(abs, off)) < 0.35


@given(st.text(max_size=300))
def test_any_text_has_a_signature(text):
    made = signature(text)
    assert len(made) == (SIZE if shingles(text) else 0)
    assert estimate(made, made) == (1.0 if made else 0.0)


def test_it_is_the_same_in_every_process_and_version():
    assert signature("The quick brown fox jumps over the lazy dog.").hex()[:24] == "c76007c76007c76007c76007"


def test_case_punctuation_and_typography_do_not_count():
    plain = 'He said: "It isn\'t so" - and went home at nine.'
    set_ = "HE SAID  “It isn’t so”\u00a0— and went ho\u00adme,\n\nat nine…"
    assert signature(plain) == signature(set_)
    assert like("ÉTÉ à Paris", "été À paris").resembling == 1


def test_an_excerpt_is_contained():
    words = some(random.Random(3), 400)
    found = like(" ".join(words), " ".join(words[:220]))
    assert found.contained == 1
    assert found.resembling < 0.6
    assert found.is_near()
    assert found.is_near(0.97)


def test_texts_without_words_are_like_nothing():
    assert signature("…\n—") == signature("") == b""
    assert not like("…", "…").is_near()


def test_short_texts_are_compared_whole():
    assert like("Two words", "two words.").resembling == 1
    assert like("Two words", "Three words").resembling == 0


def test_scripts_without_spaces_are_taken_by_character():
    one = "政府于周二宣布新的移民政策将于五月开始实施并且会影响许多家庭的生活和工作安排"
    found = like(one, one.replace("周二", "周三"))
    assert 0.6 < found.resembling < 1
    assert like(one, one + "。").resembling == 1


def test_a_megabyte_takes_well_under_a_second():
    text = " ".join(some(random.Random(4), 160_000))
    began = time.process_time()
    signature(text)
    assert len(text) > 1_000_000
    assert time.process_time() - began < 1
