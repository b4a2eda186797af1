"""What was not understood is never a dead end."""

import pytest

from intents.position import Mode
from intents.reply import Awaits
from tests.conversations.couple import Couple, line
from tests.conversations.every_state import state, state_names

NOTHING_WE_KNOW = "purple monkey dishwasher 17"
EXITS = ["help", "stop", "cancel", "pause", "skip", "repeat", "go back"]


def _miss(couple: Couple) -> None:
    """Where every word is an answer only a voice without words is missed."""
    any_word_answers = couple.reply.awaits is Awaits.LINE or couple.position.mode is Mode.COMPANY
    couple.say("" if any_word_answers else NOTHING_WE_KNOW)


@pytest.mark.parametrize("name", state_names())
def test_the_second_miss_is_asked_differently_and_the_third_says_what_can_be_said(name: str) -> None:
    """Harm: the same question, over and over, to someone who does not know what is wanted."""
    couple = state(name)
    heard = []
    for _ in range(3):
        _miss(couple)
        heard.append(couple.reply)
    first, second, third = heard
    assert line("missed.first") in first.speech
    assert second.speech != first.speech
    assert line("missed.second") in second.speech
    assert line(f"help.{couple.reply.awaits}") in third.speech
    assert len({reply.step for reply in heard}) == 1, "a miss moves nothing"
    assert couple.position.misses == 3


@pytest.mark.parametrize("words", EXITS)
@pytest.mark.parametrize("name", state_names())
def test_after_three_misses_every_exit_still_works(name: str, words: str) -> None:
    """Harm: a couple that is not understood cannot get out."""
    couple, fresh = state(name), state(name)
    for _ in range(4):
        _miss(couple)
    reply, expected = couple.say(words), fresh.say(words)
    assert couple.position.misses == 0
    assert reply.ended == expected.ended
    assert (reply.step, reply.awaits) == (expected.step, expected.awaits)
    assert couple.position.mode == fresh.position.mode


@pytest.mark.parametrize("name", state_names())
def test_an_answer_after_three_misses_counts_like_any_other(name: str) -> None:
    """Harm: whoever needed four tries is punished for it."""
    couple, fresh = state(name), state(name)
    answer = next(iter(fresh.reply.expects), "Wanda" if fresh.reply.awaits is Awaits.NAMES else "the soup was warm")
    for _ in range(3):
        _miss(couple)
    reply, expected = couple.say(answer), fresh.say(answer)
    assert (reply.speech, reply.step, reply.awaits) == (expected.speech, expected.step, expected.awaits)


@pytest.mark.parametrize("name", state_names())
def test_a_doubtful_hearing_is_asked_again_and_never_acted_on(name: str) -> None:
    """Harm: a mumble cancels an evening, or keeps a line."""
    untouched = state(name)
    for words in ("stop", "yes", "keep that", "the soup was warm"):
        couple = state(name)
        reply = couple.turn(words=words, confidence=0.2)
        assert line("doubtful") in reply.speech
        assert (reply.step, reply.awaits) == (untouched.reply.step, untouched.reply.awaits)
        assert couple.position.place == untouched.position.place
        assert couple.position.draft == untouched.position.draft
        assert couple.entries == untouched.entries


def test_nothing_a_person_said_is_repeated_when_it_was_not_understood() -> None:
    """Harm: a half-heard sentence is said aloud in the room."""
    for name in state_names():
        couple = state(name)
        if couple.reply.awaits is not Awaits.LINE:
            assert "monkey" not in couple.say(NOTHING_WE_KNOW).speech
            assert "monkey" not in couple.bytes_kept
