"""What cannot be done is said in one sentence that tells what to do; a traceback never reaches the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.commands import common_ground, is_one_sentence_without_traceback


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ("language = 'xx-XX'", "en-US"),
        ("language = ", "settings.toml"),
        ("colour = 'blue'", "colour"),
        ("country = 'Utopia'", "country"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, settings: str, names: str) -> None:
    (tmp_path / "settings.toml").write_text(settings)
    ran = common_ground(tmp_path, "talk", "--json")
    assert ran.code == 1
    assert names in ran.err
    assert is_one_sentence_without_traceback(ran.err), ran.err


def test_a_ritual_of_their_own_with_a_mistake_is_explained_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "rituals").mkdir()
    mistake = "ritual: tea\nname: tea\nminutes: 5\nabout: Tea.\ncalled: [tea time]\nsteps:\n  - id: a\n    asks: Tea?\n"
    (tmp_path / "rituals" / "tea.yaml").write_text(mistake)
    ran = common_ground(tmp_path, "talk", "--json")
    assert ran.code == 1
    assert "tea.yaml, line 7, step a" in ran.err
    assert is_one_sentence_without_traceback(ran.err), ran.err


def test_a_journal_that_is_none_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "journal.db").write_bytes(b"not a journal, but a shopping list\n" * 100)
    ran = common_ground(tmp_path, "talk", "--json")
    assert ran.code == 1
    assert is_one_sentence_without_traceback(ran.err), ran.err
    assert (tmp_path / "journal.db").read_bytes().startswith(b"not a journal, but a shopping list")


def test_the_public_endpoint_does_not_start_without_a_skill_id(tmp_path: Path) -> None:
    """Without one it would have to believe everybody, or nobody."""
    ran = common_ground(tmp_path, "serve")
    assert ran.code == 1
    assert "skill_id" in ran.err
    assert is_one_sentence_without_traceback(ran.err), ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("talk", "--json", "--keyboard"),
        ("talk", "sound.wav"),
        ("talk", "--hear", "--speak-to", "folder"),
        ("talk", "--hear", "sound.wav"),
        ("talk", "--loudly"),
        ("sing",),
        ("journal", "export", "--format", "pdf"),
    ],
)
def test_a_wrong_command_ends_with_two_and_opens_nothing(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    ran = common_ground(tmp_path, *arguments)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert not (tmp_path / "journal.db").exists()


def test_a_fault_nobody_foresaw_is_told_without_a_traceback_or_a_word_that_was_said(tmp_path: Path) -> None:
    """The journal's folder vanishes under a running talk in the worst way: the file becomes a folder."""
    (tmp_path / "journal.db").mkdir(parents=True)
    ran = common_ground(tmp_path, "talk", "--json", typed="our secret\n")
    assert ran.code == 1
    assert "secret" not in ran.out + ran.err
    assert is_one_sentence_without_traceback(ran.err), ran.err
