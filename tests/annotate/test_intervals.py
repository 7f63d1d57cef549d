"""The index says the same as looking at every span, and stays quick beside very long ones."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.intervals import IntervalIndex, lanes

SPAN = st.tuples(st.integers(0, 60), st.integers(0, 30)).map(lambda pair: (pair[0], pair[0] + pair[1]))
SPANS = st.lists(SPAN, max_size=40)


def named(spans):
    return [(start, end, str(at)) for at, (start, end) in enumerate(spans)]


@given(SPANS, SPAN)
def test_a_query_finds_what_touches(spans, asked):
    entries = named(spans)
    start, end = asked
    expected = sorted(entry for entry in entries if entry[1] > start and entry[0] < end)
    assert IntervalIndex(entries).touching(start, end) == expected


def test_many_changes_leave_what_was_asked_for():
    chance = random.Random(7)
    index, kept = IntervalIndex(), []
    for turn in range(3000):
        if kept and chance.random() < 0.4:
            index.remove(kept.pop(chance.randrange(len(kept))))
        else:
            start = chance.randrange(5000)
            kept.append((start, start + chance.choice([1, 30, 4000]), str(turn)))
            index.add(kept[-1])
        if turn % 50 == 0:
            start = chance.randrange(5000)
            near = [entry for entry in kept if entry[1] > start and entry[0] < start + 90]
            assert index.touching(start, start + 90) == sorted(near)
    assert list(index) == sorted(kept)
    assert len(index) == len(kept)


def test_taking_out_what_is_not_there_is_said():
    with pytest.raises(KeyError):
        IntervalIndex([(1, 2, "a")]).remove((1, 2, "b"))
    with pytest.raises(KeyError):
        IntervalIndex().remove((1, 2, "b"))


def quickest(work, times=7):
    best = float("inf")
    for _ in range(times):
        begin = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begin)
    return best


def test_a_hundred_thousand_spans_with_some_over_the_whole_text_stay_quick():
    size = 10_000_000
    entries = [(at * 100, at * 100 + 150, str(at)) for at in range(100_000)]
    entries += [(at, size, f"whole {at}") for at in range(5)]
    index = IntervalIndex(entries)
    found = index.touching(9_000_000, 9_003_000)
    assert {entry[2] for entry in found} >= {f"whole {at}" for at in range(5)}
    assert quickest(lambda: index.touching(9_000_000, 9_003_000)) < 0.002

    def there_and_back():
        index.add((10, size, "new"))
        index.remove((10, size, "new"))

    assert quickest(there_and_back) < 0.001


@given(SPANS)
def test_spans_that_overlap_have_lanes_of_their_own(spans):
    given_lanes = lanes(spans)
    for one in range(len(spans)):
        for other in range(one):
            (a, b), (c, d) = spans[one], spans[other]
            if max(a, c) < min(b, d):
                assert given_lanes[one] != given_lanes[other]


@given(SPANS, SPAN)
def test_a_new_span_moves_none_that_starts_before_it(spans, new):
    before, after = lanes(spans), lanes([*spans, new])
    for at, span in enumerate(spans):
        if span[0] < new[0]:
            assert before[at] == after[at]
