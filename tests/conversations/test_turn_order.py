"""Who speaks first alternates from one run to the next."""

import pytest

from tests.conversations.couple import Couple, ana_and_ben
from tests.conversations.every_state import RITUALS


def _first_asked(couple: Couple, ritual: str) -> str | None:
    asked = couple.begin(ritual).asked_of
    couple.say("cancel")
    return asked


@pytest.mark.parametrize("ritual", ["check in", "gratitude round"])
def test_turn_order_alternates_from_one_run_to_the_next(ritual: str) -> None:
    """Harm: the same partner always goes first, or always last."""
    couple = ana_and_ben()
    assert [_first_asked(couple, ritual) for _ in range(4)] == ["Ana", "Ben", "Ana", "Ben"]


def test_each_ritual_has_an_order_of_its_own() -> None:
    """Harm: a check-in every evening and a round every second one would leave one partner first for ever."""
    couple = ana_and_ben()
    asked = [_first_asked(couple, ritual) for ritual in ("check in", "gratitude round", "check in", "gratitude round")]
    assert asked == ["Ana", "Ana", "Ben", "Ben"]


def test_a_declined_opener_does_not_cost_anyone_their_turn() -> None:
    """Harm: a no moves the order, and so leaves a trace."""
    couple = ana_and_ben()
    couple.say_each("check in", "no")
    assert couple.say("check in").asked_of == "Ana"


@pytest.mark.parametrize("ritual", list(RITUALS.values()))
def test_both_are_asked_in_the_second_run_as_in_the_first(ritual: str) -> None:
    """Harm: swapping the order leaves one partner out."""
    couple = ana_and_ben()
    asked = []
    for _ in range(2):
        couple.begin(ritual)
        while not couple.reply.ended:
            asked.append(couple.reply.asked_of)
            couple.answer_well()
        assert {"Ana", "Ben"} <= set(asked)
        asked.clear()
