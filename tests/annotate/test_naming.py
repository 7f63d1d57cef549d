"""What the names of files say, by a pattern."""

from __future__ import annotations

import pytest

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers import Wishes, read_bytes
from annotate.readers.naming import compiled, named


@pytest.mark.parametrize(
    ("pattern", "name", "fields"),
    [
        ("{date}_{outlet}_{title}", "2025-03-01_CNN_A long_title.html", ("2025-03-01", "CNN", "A long_title")),
        ("{date}_{outlet}_{title}", "2025_The Post_A.b.c.txt.gz", ("2025", "The Post", "A.b.c")),
        ("{outlet} ({date}) {title}", "BBC (1 March 2025) Road.txt", ("2025-03-01", "BBC", "Road")),
        ("{}-{title}", "0001-Road.txt", ("", "", "Road")),
    ],
)  # fmt: skip
def test_fields_are_told(pattern: str, name: str, fields: tuple[str, str, str]) -> None:
    draft = named(Draft("Words"), name, pattern)
    assert (draft.date, draft.outlet, draft.title) == fields


def test_other_names_are_attributes_and_other_shapes_are_noted() -> None:
    draft = named(Draft("Words", attributes={"a": "1"}), "7_north.txt", "{round}_{Region}")
    assert dict(draft.attributes) == {"a": "1", "round": "7", "Region": "north"}
    other = named(Draft("Words", "Title"), "odd.txt", "{round}_{Region}")
    assert (other.title, other.notes) == ("Title", ("The name is not of the shape {round}_{Region}.",))


@pytest.mark.parametrize("pattern", ["", "no field", "{}_{}", "{a}{b}_{a}"])
def test_patterns_that_are_none(pattern: str) -> None:
    with pytest.raises(UserError):
        compiled(pattern)


def test_wishes_reach_every_article_of_a_file() -> None:
    wishes = Wishes(attributes=(("round", "1"),), names="{date}_{outlet}")
    (draft,) = read_bytes(b"Some words.", "2025-03-01_CNN.txt", wishes=wishes)
    assert (draft.date, draft.outlet, dict(draft.attributes)) == ("2025-03-01", "CNN", {"round": "1"})
