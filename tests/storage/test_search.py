"""Words found in texts: whatever is typed finds what it says and breaks nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import Project
from storage.search import CLOSE, OPEN, search
from tests.storage.data import project_with

TEXTS = (
    "The border was closed on Monday.",
    "On Monday the minister closed the debate: 100% of it.",
    "今天天气很好，我们去公园。",
    "Café society, naïve as ever; it's Müller's.",
    "snake_case and C++ near the end * NEAR(x) title: no",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = project_with(tmp_path_factory.mktemp("search") / "p.postil", TEXTS)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("monday", {1, 2}),
        ("MONDAY closed", {1, 2}),
        ('"on monday"', {1, 2}),
        ('"closed on monday"', {1}),
        ("mond", {1, 2}),
        ("mond closed", set()),
        ("mond ", set()),
        ("minister OR border", set()),
        ("NOT monday", set()),
        ("near", {5}),
        ("NEAR(x)", {5}),
        ("title: no", {5}),
        ("title:no", {5}),
        ("text:monday", set()),
        ("cafe", {4}),
        ("cafe\u0301", {4}),
        ("it's", {4}),
        ("müller", {4}),
        ("C++", {5}),
        ("snake_case", {5}),
        ("100%", {2}),
        ("天气", {3}),
        ("天气 公园", {3}),
        ("公园 没有", set()),
        ('"天气很好"', {3}),
        ("天气 monday", set()),
        ("", set()),
        ('"', set()),
        ("*", set()),
        ('""', set()),
        ("* ( ) ^ - + :", set()),
        ('"monday', {1, 2}),
        ("- monday", {1, 2}),
        ("monday *", {1, 2}),
    ],
)
def test_a_query_finds(project: Project, query: str, found: set[int]) -> None:
    assert {hit.number for hit in search(project, query)} == found


def test_the_found_word_is_marked(project: Project) -> None:
    (hit,) = search(project, "minister")
    assert f"{OPEN}minister{CLOSE}" in hit.snippet
    (hit,) = search(project, "公园")
    assert hit.snippet == f"今天天气很好，我们去{OPEN}公园{CLOSE}。"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("aM\"'*():^-+ \\%_\n\t\0天é\u0301{}.,~NEARDOT"), max_size=14))
def test_whatever_is_typed_is_a_query(project: Project, query: str) -> None:
    search(project, query)
