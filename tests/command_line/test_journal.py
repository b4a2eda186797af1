"""What a couple kept can be read, searched, taken along and forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.commands import common_ground

TALK = "Ana and Ben\nyes\ngratitude round\nyou fixed the squeaky gate\nkeep that\nyou see things\nleave it out\nstop\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one kept line."""
    ran = common_ground(tmp_path, "talk", "--json", typed=TALK)
    assert (ran.code, ran.err) == (0, "")
    return tmp_path


def test_the_export_holds_what_was_kept_and_nothing_that_was_left_out(home: Path) -> None:
    exported = json.loads(common_ground(home, "journal", "export", "--format", "json").out)
    assert set(exported) == {"version", "partners", "runs", "entries", "commitments", "schedules"}
    assert exported["partners"] == ["Ana", "Ben"]
    (run,) = exported["runs"]
    assert (run["ritual"], run["channel"], run["outcome"]) == ("gratitude", "program", None)
    (entry,) = exported["entries"]
    assert set(entry) == {"ritual", "step", "kind", "by", "text", "at", "visibility"}
    assert (entry["by"], entry["text"], entry["visibility"]) == ("Ana", "you fixed the squeaky gate", "shared")


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_the_other_exports_hold_it_too(home: Path, form: str) -> None:
    ran = common_ground(home, "journal", "export", "--format", form)
    assert ran.code == 0
    assert "you fixed the squeaky gate" in ran.out
    assert "see things" not in ran.out


def test_a_found_entry_can_be_forgotten_from_every_byte(home: Path) -> None:
    found = common_ground(home, "journal", "search", "squeaky").out
    assert "you fixed the squeaky gate" in found
    assert common_ground(home, "journal", "forget", found.split()[0]).code == 0
    assert "squeaky" not in common_ground(home, "journal", "export").out
    assert not [path for path in home.iterdir() if b"squeaky" in path.read_bytes()]


def test_forgetting_what_is_not_there_says_how_to_find_it(home: Path) -> None:
    ran = common_ground(home, "journal", "forget", "zzzz")
    assert ran.code == 1
    assert "journal search" in ran.err


def test_the_rituals_are_listed_and_can_be_checked(home: Path) -> None:
    listed = common_ground(home, "rituals", "list").out
    assert [line.split()[0] for line in listed.splitlines()] == ["checkin", "gratitude", "repair"]
    path = Path(__file__).parents[2] / "intents/languages/en-US/rituals/repair.yaml"
    assert "all well" in common_ground(home, "rituals", "check", str(path)).out
