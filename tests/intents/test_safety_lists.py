"""The lists of danger, against phrases written by someone who had not seen them, and against names in no file."""

from __future__ import annotations

import pytest

from intents.language import load_language
from intents.safety import Danger
from tests.gate.phrase_lists import phrases

PARTNERS = ("Maria", "Tom")


HEARD_IN = load_language("en-US").safety.heard_in


@pytest.mark.parametrize("row", phrases("safety"), ids=lambda row: row["say"])
def test_plainly_worded_danger_is_heard_as_its_kind(row: dict[str, str]) -> None:
    said = row["say"].replace("Ben", "Tom").replace("Ana", "Maria")
    assert HEARD_IN(said, PARTNERS) == row["kind"]


@pytest.mark.parametrize("row", phrases("everyday"), ids=lambda row: row["say"])
def test_everyday_words_are_not_taken_for_danger(row: dict[str, str]) -> None:
    said = row["say"].replace("Ben", "Tom").replace("Ana", "Maria")
    assert HEARD_IN(said, PARTNERS) is None


@pytest.mark.parametrize(
    ("said", "danger"),
    [
        ("Tom hits me when he drinks", Danger.PARTNER),
        ("I'm afraid of Tom", Danger.PARTNER),
        ("Tom\u2019s going to hurt me", Danger.PARTNER),
        ("Maria won't let me see my sister", Danger.PARTNER),
        ("Maria is suicidal", Danger.ABOUT_PARTNER),
        ("I hit Maria last night", Danger.BY_SPEAKER),
    ],
)
def test_a_partner_called_by_name_is_a_partner(said: str, danger: Danger) -> None:
    """Harm: people name each other when they tell of it; a list that knows only "he" hears nothing."""
    assert HEARD_IN(said, PARTNERS) is danger


@pytest.mark.parametrize(
    "said",
    [
        "You never let me feel alone",
        "You won't let me give up on myself",
        "you made me sign up for pottery",
        "you take my money worries away",
        "You follow me everywhere, even to the gym",
        "he took my phone to be repaired",
        "you threw me into the deep end at work but it went well",
        "what helps me is breathing exercises",
        "thinking about dying my hair",
        "it hit me when you said that",
    ],
)
def test_love_and_ordinary_stress_are_left_alone(said: str) -> None:
    """Harm: the best line of a gratitude round ends it."""
    assert HEARD_IN(said, PARTNERS) is None
