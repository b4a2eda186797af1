"""Two microphones may hear at once: the loser of a race is asked again, and nothing is lost or done twice."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from intents.journal import Changes, JournalError, Overtaken
from intents.turn import LAUNCH, Turn
from tests.conversations.couple import HOME, Couple, line
from tests.conversations.every_state import every_state, state, state_names
from tests.memory_journal import MemoryJournal


@dataclass
class ContestedJournal(MemoryJournal):
    """At the next commits, another microphone is quicker."""

    quicker: list[str] = field(default_factory=list, repr=False)
    rival: Couple | None = field(default=None, repr=False)

    def commit(self, household: str, seen: int, changes: Changes) -> None:
        if self.quicker and self.rival is not None:
            words = self.quicker.pop(0)
            self.rival.say(words)
            raise Overtaken
        super().commit(household, seen, changes)


def _contested(name: str, *quicker: str) -> Couple:
    couple = state(name)
    journal = ContestedJournal(**couple.journal.__dict__, quicker=list(quicker), rival=couple)
    return Couple(journal, couple.language, couple.at, hears=list(couple.hears))


@pytest.mark.parametrize("name", state_names())
def test_an_answer_to_an_older_question_is_asked_again(name: str) -> None:
    """Harm: a yes meant for one question answers another."""
    couple, before = state(name), every_state()[name]
    for words in ("yes", "the soup was warm", "keep that", "we're back"):
        reply = couple.turn(words=words, answering=before.reply.version - 1)
        assert line("overtaken") in reply.speech
        assert (reply.step, reply.awaits, reply.asked_of) == (
            before.reply.step,
            before.reply.awaits,
            before.reply.asked_of,
        )
    assert couple.position.place == before.position.place
    assert couple.position.draft == before.position.draft
    assert couple.entries == before.entries


@pytest.mark.parametrize("name", state_names())
def test_an_answer_to_the_question_that_stands_counts(name: str) -> None:
    """Harm: every answer is asked for twice."""
    couple, plain = state(name), state(name)
    assert couple.turn(words="yes", answering=couple.reply.version) == plain.say("yes")


@pytest.mark.parametrize("in_words", [True, False])
def test_the_loser_of_a_race_is_asked_again_and_the_winner_stands(in_words: bool) -> None:
    """Harm: two hands on one line, and the line is lost, or kept although it was left out."""
    couple = _contested("checkin word 0 readback", "keep that")
    text = couple.position.draft.text if couple.position.draft else ""
    reply = couple.say("leave it out") if in_words else couple.turn(intent="leave_out")
    assert line("overtaken") in reply.speech
    assert reply.step == "behind", "where the winner had led"
    assert couple.texts == [text]


@pytest.mark.parametrize("in_words", [True, False])
def test_a_yes_that_lost_the_race_does_not_answer_the_next_question(in_words: bool) -> None:
    """Harm: one yes each, and both count for the same partner."""
    couple = _contested("checkin ready 0 ask", "yes")
    reply = couple.say("yes") if in_words else couple.turn(intent="yes")
    assert line("overtaken") in reply.speech
    assert reply.asked_of == "Ben"
    assert couple.journal.begun == []


def test_a_launch_and_passing_time_are_simply_done_after_the_winner() -> None:
    """Harm: a second speaker that wakes up is told off."""
    couple = _contested("checkin behind 0 ask", "we're back")
    assert couple.turn(intent=LAUNCH).step == "heard"
    couple = _contested("checkin behind 0 ask", "we're back")
    assert couple.pass_time(1).step == "heard"


def test_losing_many_times_in_a_row_still_ends_in_an_answer() -> None:
    """Harm: a busy home gets a crash instead of a voice."""
    couple = _contested("checkin word 0 ask", *["repeat"] * 4)
    assert line("overtaken") in couple.say("long").speech
    couple = _contested("checkin word 0 ask", *["repeat"] * 20)
    with pytest.raises(JournalError, match="say that again"):
        couple.say("long")
    assert couple.position.draft is None


def test_a_disclosure_is_heard_even_when_it_lost_the_race() -> None:
    """Harm: the sentence that must end the talk is only asked for again."""
    couple = _contested("checkin word 0 ask", "long")
    reply = couple.say("he hit me")
    assert reply.ended
    assert "long" not in couple.bytes_kept


def test_each_reply_names_the_position_it_left_behind() -> None:
    """Harm: a door cannot tell which question was answered."""
    couple = state("checkin word 0 ask")
    for words in ("long", "keep that", "we're back"):
        assert couple.say(words).version == couple.position.version
    couple.conversation.reply_to(Turn(household=HOME, channel="keyboard", at=couple.at))
    assert couple.position.version == couple.reply.version + 1
