"""Short answers: what the voice says can be said is understood, and only where it is asked."""

import pytest

from intents.reply import Awaits
from tests.conversations.couple import english, line
from tests.conversations.every_state import every_state, state, state_names

OFFERED = [(name, words) for name, couple in every_state().items() for words in couple.reply.expects]


@pytest.mark.parametrize(("name", "words"), OFFERED)
def test_every_answer_that_is_offered_is_understood_as_that_answer(name: str, words: str) -> None:
    """Harm: someone says exactly what they were told to say, and is not understood."""
    couple, before = state(name), every_state()[name]
    reply = couple.say(words)
    assert line("missed.first") not in reply.speech
    assert couple.position.misses == 0
    moved = (couple.position.place, couple.position.mode, couple.position.away_until) != (
        before.position.place,
        before.position.mode,
        before.position.away_until,
    )
    assert moved or reply.ended or couple.position.names != before.position.names, "it did something"


MEANT = {
    "yes": "yes",
    "no": "no",
    "keep that": "keep",
    "change it": "change",
    "leave it out": "leave_out",
    "we're back": "back",
    "longer": "longer",
    "one": "rating",
    "two": "rating",
    "three": "rating",
    "four": "rating",
    "five": "rating",
    "Ana": "partner",
    "Ben": "partner",
    "check in": "start_ritual",
    "gratitude round": "start_ritual",
    "repair": "start_ritual",
}


@pytest.mark.parametrize(("name", "words"), OFFERED)
def test_every_answer_that_is_offered_means_what_it_says(name: str, words: str) -> None:
    """Harm: "leave it out" is taken for "keep it"."""
    reply = every_state()[name].reply
    understood = english().understanding.understand(words, reply.awaits, ("Ana", "Ben"))
    assert understood.intent == MEANT[words]
    numbers = ["one", "two", "three", "four", "five"]
    if words in numbers:
        assert understood.slots["rating"] == str(numbers.index(words) + 1)
    if words in ("Ana", "Ben"):
        assert understood.slots["partner"] == words


@pytest.mark.parametrize("name", state_names())
def test_every_answer_that_is_offered_is_in_the_recognisers_grammar(name: str) -> None:
    """Harm: the ear cannot hear what the voice asks for."""
    couple = state(name)
    sayable = couple.conversation.sayable(couple.reply)
    for words in (*couple.reply.expects, "stop", "help", "pause"):
        assert words.casefold() in sayable


@pytest.mark.parametrize("name", state_names(awaits=Awaits.LINE))
@pytest.mark.parametrize("words", ["yes", "no", "keep that", "Ben", "three", "we're back", "check in", "longer"])
def test_at_an_open_question_a_short_answer_to_something_else_is_the_line(name: str, words: str) -> None:
    """Harm: whoever answers "one word for your day" with "no" is misheard."""
    couple, fresh = state(name), state(name)
    reply, expected = couple.say(words), fresh.say("the soup was warm")
    assert line("missed.first") not in reply.speech
    assert (reply.step, reply.awaits, reply.ended) == (expected.step, expected.awaits, expected.ended)


@pytest.mark.parametrize("words", ["twenty minutes", "another half an hour", "two hours", "make it longer"])
def test_a_pause_can_be_made_longer(words: str) -> None:
    """Harm: a flooded partner has to come back too early."""
    for name in ("paused", "paused due"):
        couple = state(name)
        couple.say(words)
        assert couple.reply.awaits is Awaits.RETURN
        until = couple.position.away_until
        assert until is not None
        assert (until - couple.at).total_seconds() >= 20 * 60


def test_a_pause_never_lasts_longer_than_a_day() -> None:
    """Harm: a pause is used to never come back."""
    couple = state("paused")
    since = couple.position.paused_since
    for _ in range(12):
        couple.say("three hours")
        couple.pass_time(179)
        until = couple.position.away_until
        assert since is not None
        assert until is None or (until - since).total_seconds() <= 24 * 3600


def test_asking_for_another_ritual_in_the_middle_of_one_is_answered_and_changes_nothing() -> None:
    """Harm: a stray word throws two people out of a repair."""
    couple = state("repair calm 0 ask")
    reply = couple.say("gratitude round")
    assert line("in_ritual.another", ritual="a repair") in reply.speech
    assert reply.step == "calm"


@pytest.mark.parametrize("name", state_names())
def test_no_slot_is_left_unfilled_in_anything_that_is_asked(name: str) -> None:
    """Harm: the voice says "curly bracket speaker"."""
    couple = state(name)
    for reply in couple.hears:
        assert "{" not in f"{reply.speech}{reply.reprompt}"
    assert "{" not in couple.say("help").speech
