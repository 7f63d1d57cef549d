"""What the documents say is true."""

from __future__ import annotations

import re
import tomllib

import click
import pytest

from annotate.version import VERSION
from tests.shared import ROOT
from ui.actions import ACTIONS
from ui.commands import postil

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], click.Command]:
    found: dict[tuple[str, ...], click.Command] = {}
    for name, command in group.commands.items():
        found[(*path, name)] = command
        if isinstance(command, click.Group):
            found |= commands(command, (*path, name))
    return found


@pytest.mark.parametrize("line", re.findall(r"^    postil (.+)$", README, re.MULTILINE))
def test_every_command_in_the_readme_is_one(line: str) -> None:
    words = line.split("   ")[0].split()
    known = commands(postil)
    beyond_project = (words[0], *words[2:3])  # codes PROJECT merge
    command = known.get(tuple(words[:2])) or known.get(beyond_project) or known.get((words[0],))
    assert command is not None, line
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


def test_options_named_in_the_readme_exist() -> None:
    known = {
        option for command in commands(postil).values() for each in command.params for option in each.opts
    }
    named = set(re.findall(r"`(--[a-z-]+)", README)) | set(re.findall(r"`[^`]* (--[a-z-]+)", README))
    assert named - {"--help", "--format"} <= known


def test_the_version_is_stated_alike() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_keys_in_the_manual_are_those_of_the_actions() -> None:
    keys = {key for spec in ACTIONS for key in spec.keys} | {
        "Ctrl+X",
        "Ctrl+C",
        "Ctrl+V",
    }  # of codes in the tree
    text = (ROOT / "resources" / "manual" / "coding.md").read_text(encoding="utf-8")
    for key in re.findall(r"\*\*([A-Z\]\[])\*\*", text):
        assert key in keys, key
    for key in re.findall(r"\b(Ctrl\+(?:Shift\+)?(?:[A-Z]|PgDown|PgUp))\b", text):
        assert key in keys, key


def test_pictures_of_the_readme_are_there() -> None:
    for name in re.findall(r"\((resources/[^)]+)\)", README):
        assert (ROOT / name).is_file(), name
