"""An early end is one thing, whatever the reason: nothing in sound or record tells one from another."""

import pytest

from intents.conversation import Conversation
from intents.position import Mode
from tests.conversations.couple import Couple, ana_and_ben, line
from tests.conversations.every_state import every_state, state, state_names

VIOLENCE = ["he hit me", "I'm scared of him", "She threatened to kill me", "he won't let me leave"]
BEGUN = [
    name
    for name, couple in every_state().items()
    if couple.position.mode is Mode.RITUAL and couple.position.place is not None and couple.position.place.run
]


@pytest.mark.parametrize("words", VIOLENCE)
@pytest.mark.parametrize("name", state_names())
def test_a_disclosure_of_violence_sounds_and_is_recorded_exactly_like_a_cancel(name: str, words: str) -> None:
    """Harm: the one who hurts hears, or reads, that something was said."""
    cancelled, disclosed = state(name), state(name)
    assert disclosed.say(words) == cancelled.say("cancel"), "every field of the reply, not only the words"
    assert disclosed.reply.speech == "Let's leave it there for today."
    assert disclosed.bytes_kept == cancelled.bytes_kept


@pytest.mark.parametrize("name", BEGUN)
def test_the_next_talk_sounds_the_same_after_both(name: str) -> None:
    """Harm: the next launch gives away how the last one ended."""
    cancelled, disclosed = state(name), state(name)
    cancelled.say("cancel")
    disclosed.say("he hit me")
    for each in (cancelled, disclosed):
        each.come_back_after(minutes=5)
        each.say_each("help", "forget that", "repair", "check in", "whose turn")
    assert disclosed.hears == cancelled.hears


@pytest.mark.parametrize("name", BEGUN)
def test_what_was_said_in_danger_is_kept_nowhere(name: str) -> None:
    """Harm: the sentence that got someone out of the room is found in a file."""
    for words in (
        *VIOLENCE,
        "I want to kill myself",
        "he hurt the baby",
        "I'm going to hit her",
        "she stopped breathing",
    ):
        couple = state(name)
        couple.say(words)
        assert words.casefold() not in couple.bytes_kept.casefold()
        assert words.casefold() not in couple.reply.speech.casefold()
        assert couple.reply.card is None


@pytest.mark.parametrize("name", BEGUN)
def test_the_run_is_recorded_as_ended_early_and_no_more(name: str) -> None:
    """Harm: the record says why."""
    couple = state(name)
    couple.say("he hit me")
    assert [end.outcome for end in couple.journal.ended] == ["ended early"]
    assert couple.position.place is None
    assert couple.position.draft is None


def test_only_light_things_are_offered_for_half_an_hour() -> None:
    """Harm: minutes after it was too much, the voice leads them into a repair."""
    for reason in ("cancel", "he hit me"):
        couple = state("checkin word 0 ask")
        couple.say(reason)
        reply = couple.come_back_after(minutes=1)
        assert "repair" not in f"{reply.speech} {' '.join(reply.expects)}"
        assert line("idle.light_only") in couple.say("repair").speech
        couple.pass_time(25)
        assert line("idle.light_only") in couple.say("repair").speech
        assert couple.position.place is None
        assert couple.twin().begin("check in").step == "word"
        assert couple.twin().say("gratitude round").step == "noticed"
        assert couple.twin().say("pause").speech.startswith(line("pause.begun"))
        couple.pass_time(5)
        assert couple.say("repair").step == "ready"


def test_the_half_hour_cannot_be_got_round() -> None:
    """Harm: going on with something old, or pausing, opens what was closed."""
    couple = state("checkin word 0 ask")
    couple.say("cancel")
    couple.launch()
    couple.say_each("pause", "repair")
    assert couple.reply.ritual is None
    couple.say_each("check in", "yes", "yes", "stop")
    couple.launch()
    assert line("idle.light_only") in couple.say("repair").speech
    assert couple.reply.ritual is None


@pytest.mark.parametrize("name", BEGUN)
def test_it_is_not_offered_for_resuming(name: str) -> None:
    """Harm: the next morning they are asked to go on with it."""
    for reason in ("cancel", "he hit me"):
        couple = state(name)
        couple.say(reason)
        for wait in (1, 60, 24 * 60):
            reply = couple.twin().come_back_after(minutes=wait)
            assert reply.ritual is None
            assert "Last time" not in reply.speech


@pytest.mark.parametrize("name", state_names())
@pytest.mark.parametrize("words", ["I want to kill myself", "she said she wants to kill herself"])
def test_someone_who_may_not_be_safe_with_themselves_gets_a_number_and_is_not_left(words: str, name: str) -> None:
    """Harm: the talk ends on the one evening it must not."""
    couple = state(name)
    reply = couple.say(words)
    assert not reply.ended
    assert "nine eight eight" in reply.speech
    assert reply.segments[-1].text == line("safety.company")
    assert "Let's leave it there" not in reply.speech
    alone = couple.twin().say("no")
    assert line("safety.nobody_is_there") in alone.speech
    assert "nine eight eight" in alone.speech
    reply = couple.say("yes, my sister is")
    if not reply.ended:
        reply = couple.say("yes")
    assert reply.ended
    assert reply.segments[-1].text == "Let's leave it there for today."


@pytest.mark.parametrize("words", ["stop", "cancel", "he hit me"])
def test_stop_works_inside_a_safety_answer(words: str) -> None:
    """Harm: someone is held in it."""
    couple = state("company")
    reply = couple.say(words)
    assert reply.ended
    assert reply.speech == "Let's leave it there for today."


def test_the_number_is_that_of_the_couples_country() -> None:
    """Harm: a number that nobody answers."""
    couple = ana_and_ben()
    couple.conversation = Conversation(couple.journal, couple.language, country="GB")
    assert "one one six, one two three" in couple.say("I want to kill myself").speech
    couple.conversation = Conversation(couple.journal, couple.language, country="XX")
    assert "one one two" in couple.say("I want to kill myself").speech


@pytest.mark.parametrize(
    ("words", "number"),
    [("he hurt the baby", "four two two"), ("she stopped breathing", None), ("I'm going to hit her", None)],
)
def test_the_other_dangers_end_the_talk_with_what_helps(words: str, number: str | None) -> None:
    """Harm: the ritual goes on as if nothing had been said."""
    couple: Couple = state("repair happened 0 ask")
    reply = couple.say(words)
    assert reply.ended
    assert reply.segments[-1].text == "Let's leave it there for today."
    assert len(reply.segments) > 1
    assert number is None or number in reply.speech
