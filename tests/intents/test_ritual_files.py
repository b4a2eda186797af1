"""Ritual files: what someone who never programmed can write, and what they are told about a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from intents.language import load_language
from intents.ritual_file import Ritual, RitualFileError, all_steps, load_ritual
from intents.steps import KINDS
from tests.conversations.couple import Couple, english

HEAD = """ritual: tea
name: tea
minutes: 2
about: Tea.
called: [tea time]
"""

GOOD = f"""{HEAD}steps:
  - say: "Tea, {{speaker}}."
  - each:
      - id: leaf
        ask: "Which tea, {{speaker}}?"
        keep: tea
  - id: sugar
    confirm: "Sugar?"
    if_yes:
      - id: spoons
        rate: "How many spoons?"
  - say: "Drink it while it is hot."
"""


def _load(folder: Path, text: str) -> Ritual:
    path = folder / "tea.yaml"
    path.write_text(text, encoding="utf-8")
    return load_ritual(path)


def test_a_ritual_of_their_own_is_asked_for_and_played(tmp_path: Path) -> None:
    """Harm: a couple's own ritual needs a programmer."""
    (tmp_path / "tea.yaml").write_text(GOOD, encoding="utf-8")
    couple = Couple(language=load_language("en-US", own_rituals=tmp_path))
    couple.introduce()
    assert couple.say("tea time").speech == "Tea, Ana. Which tea, Ana?"
    couple.line("the green one")
    couple.line("the black one")
    assert couple.say("yes").step == "spoons"
    assert couple.say("two").ended
    assert [(entry.ritual, entry.kind, entry.text) for entry in couple.entries] == [
        ("tea", "tea", "the green one"),
        ("tea", "tea", "the black one"),
    ]


MISTAKES = {
    "a step of no kind": (f"{HEAD}steps:\n  - id: leaf\n    to: speaker\n", 7, "leaf", None, "exactly one of"),
    "a step of two kinds": (
        f"{HEAD}steps:\n  - id: leaf\n    ask: Which?\n    say: Tea.\n",
        7,
        "leaf",
        None,
        "exactly one of",
    ),
    "a step of two kinds within a turn": (
        f"{HEAD}steps:\n  - each:\n      - id: leaf\n        ask: Which?\n        mirror: Tea.\n",
        8,
        "leaf",
        None,
        "exactly one of",
    ),
    "a field nobody knows": (f"{HEAD}steps:\n  - id: leaf\n    ask: Which?\n    keeps: tea\n", 9, "leaf", "keeps", ""),
    "a field nobody knows at the top": (
        f"{HEAD}colour: green\nsteps:\n  - {{id: leaf, ask: Which?}}\n",
        6,
        None,
        "colour",
        "",
    ),
    "a field nobody knows after a yes": (
        f"{HEAD}steps:\n  - id: sugar\n    confirm: Sugar?\n    if_yes:\n"
        "      - id: spoons\n        ask: How?\n        kep: tea\n",
        12,
        "spoons",
        "kep",
        "",
    ),
    "an id used twice": (
        f"{HEAD}steps:\n  - id: leaf\n    ask: Which?\n  - id: leaf\n    ask: And you?\n",
        9,
        "leaf",
        "id",
        "two steps have the id leaf",
    ),
    "an id with capitals": (f"{HEAD}steps:\n  - id: Leaf\n    ask: Which?\n", 7, "Leaf", "id", ""),
    "a step that asks, without an id": (f"{HEAD}steps:\n  - ask: Which?\n", 7, "1", None, "needs an id"),
    "no end": (f"{HEAD}steps:\n  - {{id: leaf, ask: Which?}}\n", 7, "leaf", None, "ends with a “say”"),
    "minutes in words": (HEAD.replace("2", "two") + "steps:\n  - {id: leaf, ask: Which?}\n", 3, None, "minutes", ""),
    "minutes below one": (HEAD.replace("2", "0") + "steps:\n  - {id: leaf, ask: Which?}\n", 3, None, "minutes", ""),
    "too many minutes of talk": (
        f"{HEAD}steps:\n  - id: leaf\n    talk: Talk.\n    minutes: 600\n",
        9,
        "leaf",
        "minutes",
        "",
    ),
    "a talk without minutes": (f"{HEAD}steps:\n  - id: leaf\n    talk: Talk.\n", 7, "leaf", "minutes", ""),
    "a placeholder nobody knows": (
        f'{HEAD}steps:\n  - id: leaf\n    ask: "Which tea, {{speakr}}?"\n',
        8,
        "leaf",
        "ask",
        "speakr",
    ),
    "a curly bracket left open": (
        f'{HEAD}steps:\n  - id: leaf\n    ask: "Which tea, {{speaker?"\n',
        8,
        "leaf",
        "ask",
        "",
    ),
    "a placeholder nobody knows in what is said again": (
        f'{HEAD}steps:\n  - id: leaf\n    ask: Which?\n    again: "Which, {{who}}?"\n',
        9,
        "leaf",
        "again",
        "who",
    ),
    "a wrong partner": (f"{HEAD}steps:\n  - id: leaf\n    ask: Which?\n    to: him\n", 9, "leaf", "to", ""),
    "an unknown weight": (f"{HEAD}weight: heavy\nsteps:\n  - {{id: leaf, ask: Which?}}\n", 6, None, "weight", ""),
    "no way to ask for it": (
        HEAD.replace("[tea time]", "[]") + "steps:\n  - {id: leaf, ask: Which?}\n",
        5,
        None,
        "called",
        "",
    ),
    "a way to ask for it that cannot be read": (
        HEAD.replace("[tea time]", '["tea (time"]') + "steps:\n  - {id: leaf, ask: Which?}\n",
        5,
        None,
        "called",
        "",
    ),
    "no steps": (f"{HEAD}steps: []\n", 6, None, None, ""),
    "only steps that say something": (f"{HEAD}steps:\n  - say: Tea.\n", 6, None, None, "asks something"),
    "no name": (HEAD.replace("name: tea\n", "") + "steps:\n  - {id: leaf, ask: Which?}\n", 1, None, "name", ""),
    "not YAML": (f"{HEAD}steps:\n  - id: leaf\n   ask: [\n", 8, None, None, "not valid YAML"),
    "tabs": (f"{HEAD}steps:\n\t- id: leaf\n", 7, None, None, "not valid YAML"),
    "a list instead of fields": ("- tea\n- sugar\n", 1, None, None, "begins with lines such as"),
    "empty": ("", 1, None, None, "begins with lines such as"),
    "only a remark": ("# later\n", 1, None, None, "begins with lines such as"),
    "a mistake in another form": (
        f"{HEAD}steps:\n  - {{id: leaf, ask: Which?}}\nforms:\n  short:\n    minutes: 1\n    called: [quick tea]\n"
        "    steps:\n      - id: sip\n        ask: Sip?\n        kepp: tea\n",
        15,
        "sip",
        "kepp",
        "",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_file_line_step_and_field(tmp_path: Path, mistake: str) -> None:
    """Harm: someone who wrote their first ritual gets a traceback, or has to guess which line."""
    text, line, step, field, told = MISTAKES[mistake]
    with pytest.raises(RitualFileError) as raised:
        _load(tmp_path, text)
    message = str(raised.value)
    assert message.startswith(f"{tmp_path / 'tea.yaml'}, line {line}")
    assert "\n" not in message
    assert message.endswith(".")
    if step is not None:
        assert f", step {step}" in message
    if field is not None:
        assert f", field {field}" in message
    assert told in message


def test_a_file_that_is_not_text_is_told_so(tmp_path: Path) -> None:
    """Harm: a picture saved under the wrong name stops everything without a word."""
    path = tmp_path / "tea.yaml"
    path.write_bytes(b"\xff\xfe\x00tea")
    with pytest.raises(RitualFileError, match="not a UTF-8 text file"):
        load_ritual(path)


def test_a_file_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    """Harm: the same, for a file that was moved."""
    with pytest.raises(RitualFileError, match="cannot be read"):
        load_ritual(tmp_path / "tea.yaml")
    (tmp_path / "folder.yaml").mkdir()
    with pytest.raises(RitualFileError, match="cannot be read"):
        load_ritual(tmp_path / "folder.yaml")


def test_a_control_character_is_told_so(tmp_path: Path) -> None:
    """Harm: an invisible character, and nobody finds it."""
    with pytest.raises(RitualFileError, match="not valid YAML"):
        _load(tmp_path, f"{HEAD}steps:\n  - say: \x07\n")


def test_two_rituals_of_one_id_are_told_so(tmp_path: Path) -> None:
    """Harm: a couple's own check-in silently replaces ours, or ours theirs."""
    (tmp_path / "mine.yaml").write_text(GOOD.replace("ritual: tea", "ritual: checkin"), encoding="utf-8")
    with pytest.raises(RitualFileError, match=r"mine\.yaml, line 1, field ritual: there already is"):
        load_language("en-US", own_rituals=tmp_path)


@pytest.mark.parametrize("called", ["<pleese> tea", "tea {sort}"])
def test_a_way_to_ask_that_leans_on_a_name_nobody_gave_is_told_so(tmp_path: Path, called: str) -> None:
    """Harm: one misspelt name in one file, and the voice does not start at all."""
    (tmp_path / "tea.yaml").write_text(GOOD.replace("[tea time]", f'["{called}"]'), encoding="utf-8")
    with pytest.raises(RitualFileError, match=r"tea\.yaml, line 5, field called: .*(pleese|sort)"):
        load_language("en-US", own_rituals=tmp_path)


@pytest.mark.parametrize("ritual", english().rituals)
def test_our_own_rituals_can_be_read_aloud(ritual: str) -> None:
    """Harm: prompts too long for the ear, or with words we have no right to."""
    written = english().rituals[ritual]
    for form in (None, *written.forms):
        for step in all_steps(written.written(form)):
            for words in (step.words, step.again or ""):
                assert len(words.split()) <= 60
                assert not any(name in words.casefold() for name in ("gottman", "imago", "nvc", "36 questions"))


def test_every_kind_of_step_is_used_by_one_of_our_rituals() -> None:
    """Harm: a kind of step that nobody ever heard."""
    used = {
        step.kind
        for ritual in english().rituals.values()
        for form in (None, *ritual.forms)
        for step in all_steps(ritual.written(form))
    }
    assert used == set(KINDS)
