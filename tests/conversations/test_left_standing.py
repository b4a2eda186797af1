"""What was left standing comes back as it should, or not at all."""

from __future__ import annotations

import pytest

from intents.position import Mode
from intents.reply import Awaits, Listening
from tests.conversations.couple import ana_and_ben, line
from tests.conversations.every_state import state


def test_days_after_someone_spoke_of_dying_the_talk_opens_as_it_always_does() -> None:
    """Harm: whoever opens the next talk is told what the other one said."""
    couple, usual = state("company"), ana_and_ben()
    for one in (couple, usual):
        one.pass_time(60)
        one.restart()
    assert couple.launch().speech == usual.launch().speech


@pytest.mark.parametrize("answer", ["my sister is here", "I'm scared", "I don't know", "yes", "no"])
def test_any_answer_to_whether_someone_is_there_is_enough(answer: str) -> None:
    """Harm: somebody in need is asked to phrase it otherwise."""
    reply = state("company").say(answer)
    assert line("missed.first") not in reply.speech
    assert reply.segments[-1].text == line("early_end")
    assert reply.ended


def test_one_yes_of_another_day_is_no_agreement() -> None:
    """Harm: two days later the other says yes, and the first was never asked."""
    couple = ana_and_ben()
    couple.say_each("check in", "yes")
    couple.pass_time(60 * 48)
    assert couple.launch().awaits is Awaits.RITUAL
    assert couple.say("check in").asked_of == "Ana"


def test_a_pause_of_last_week_is_offered_and_not_simply_ended() -> None:
    """Harm: a week after a quarrel they are thrown into the middle of it."""
    couple = state("repair calm 1 ask")
    couple.say("two")
    couple.pass_time(60 * 24 * 7)
    reply = couple.launch()
    assert (reply.awaits, couple.position.mode) == (Awaits.YES_NO, Mode.RESUME)


def test_a_pause_does_not_undo_a_no_to_going_on() -> None:
    """Harm: what they had refused begins again."""
    couple = state("partial first")
    couple.say_each("pause", "we're back")
    assert couple.position.mode is Mode.RESUME


@pytest.mark.parametrize("words", ["okay", "yeah", "right", "exactly", "I do", "that's true", "never mind", "wait"])
def test_what_they_say_to_each_other_does_not_bring_them_back(words: str) -> None:
    """Harm: one says "okay" to the other, and a machine cuts in."""
    couple = state("checkin behind 0 ask")
    assert couple.reply.listening is Listening.AWAY
    assert not couple.conversation.calls_back(words, couple.reply)


@pytest.mark.parametrize("words", ["we're back", "we are done", "stop", "Pause."])
def test_the_words_to_come_back_do(words: str) -> None:
    couple = state("checkin behind 0 ask")
    assert couple.conversation.calls_back(words, couple.reply)


@pytest.mark.parametrize("words", ["no", "nope", "no thanks", "delete that"])
def test_a_no_at_the_read_back_leaves_the_line_out(words: str) -> None:
    """Harm: someone says no to keeping their words, and is told that was not understood."""
    couple = state("checkin word 0 readback")
    assert line("read_back.left_out") in couple.say(words).speech
    assert couple.texts == []


@pytest.mark.parametrize("words", ["yes and no", "I'm not sure", "I don't know", "yes but not all of it"])
def test_neither_yes_nor_no_is_asked_again(words: str) -> None:
    """Harm: a doubt is taken for consent."""
    couple = state("checkin got_it 0 ask")
    assert couple.say(words).step == "got_it"
