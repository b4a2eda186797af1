"""A free line waits as a draft until it was read back and accepted. What is not accepted is gone, bytes and all."""

import pytest

from intents.journal import Changes
from intents.reply import Awaits
from tests.conversations.couple import Couple, line
from tests.conversations.every_state import every_state, state, state_names
from tests.memory_journal import MemoryJournal

SECRET = "xylophone in the attic"
PROMISE = "repair will_do 0 ask"
"""The question for a commitment: what, and then by when."""

READ_BACK = [
    name
    for name in state_names(awaits=Awaits.LINE)
    if name.endswith(" ask") and name.replace(" ask", " readback") in every_state() and name != PROMISE
]
"""Questions whose line is kept once it was accepted."""

NOT_ACCEPTED = ["leave it out", "skip", "forget that", "off the record", "go back", "change it", "cancel", "he hit me"]

HEARD_ONLY = [name for name in state_names(awaits=Awaits.LINE) if name not in READ_BACK and "will_do" not in name]
"""Questions whose answer is for the partner's ears."""


def _with_draft(name: str) -> Couple:
    couple = state(name)
    couple.say(SECRET)
    if couple.position.place and couple.position.place.phase == "when":
        couple.say("by Sunday")
    assert couple.reply.awaits is Awaits.KEEP
    assert SECRET in couple.reply.speech
    assert SECRET not in couple.texts, "not before it was accepted"
    return couple


def test_these_tests_see_every_step_that_keeps_a_line() -> None:
    """Harm: none of this says anything about a step that was forgotten here."""
    assert len(READ_BACK) == 4 + 4 + 2 + 2
    assert HEARD_ONLY


@pytest.mark.parametrize("name", [*READ_BACK, PROMISE])
def test_an_accepted_line_is_kept_word_for_word(name: str) -> None:
    """Harm: the journal holds something nobody said."""
    couple = _with_draft(name)
    before = couple.texts
    couple.say("keep that")
    assert couple.texts == [*before, SECRET]
    assert couple.position.draft is None


@pytest.mark.parametrize("name", [*READ_BACK, PROMISE])
@pytest.mark.parametrize("words", NOT_ACCEPTED)
def test_a_line_that_was_not_accepted_is_gone_bytes_and_all(words: str, name: str) -> None:
    """Harm: what someone took back can be read later."""
    couple = _with_draft(name)
    couple.say(words)
    assert couple.position.draft is None
    assert SECRET not in couple.bytes_kept
    assert SECRET not in couple.reply.speech


@pytest.mark.parametrize("name", [*READ_BACK, PROMISE])
@pytest.mark.parametrize("words", NOT_ACCEPTED)
def test_the_journal_is_told_to_erase_a_line_that_was_not_accepted(words: str, name: str) -> None:
    """Harm: the row is empty and the old bytes lie in the file."""
    couple = _with_draft(name)
    told: list[bool] = []

    class Attentive(MemoryJournal):
        def commit(self, household: str, seen: int, changes: Changes) -> None:
            told.append(changes.erase_draft)
            super().commit(household, seen, changes)

    couple = Couple(Attentive(**couple.journal.__dict__), couple.language, couple.at, hears=couple.hears)
    couple.say(words)
    assert told == [True]


@pytest.mark.parametrize("name", READ_BACK)
def test_a_changed_line_replaces_the_first(name: str) -> None:
    """Harm: both versions are kept, or the wrong one."""
    couple = _with_draft(name)
    couple.say("change it")
    assert couple.reply.awaits is Awaits.LINE
    before = couple.texts
    couple.line("a plain thing")
    assert couple.texts == [*before, "a plain thing"]
    assert SECRET not in couple.bytes_kept


def test_a_kept_line_is_replaced_when_they_go_back_and_say_it_anew() -> None:
    """Harm: going back to correct something leaves the mistake in the journal."""
    couple = state("gratitude noticed 0 ask")
    couple.line(SECRET)
    couple.say("go back")
    assert couple.reply.step == "noticed"
    assert couple.texts == [SECRET], "going back alone loses nothing"
    couple.line("a plain thing")
    assert couple.texts == ["a plain thing"]
    assert SECRET not in couple.bytes_kept


def test_going_back_from_a_read_back_asks_for_the_line_anew() -> None:
    """Harm: going back once jumps over two questions."""
    couple = _with_draft("checkin word 1 ask")
    assert (couple.say("go back").step, couple.reply.asked_of) == ("word", "Ben")


@pytest.mark.parametrize("name", HEARD_ONLY)
def test_a_line_for_the_partners_ears_is_kept_nowhere(name: str) -> None:
    """Harm: what was said in trust ends in a file."""
    couple = state(name)
    couple.say(SECRET)
    assert SECRET not in couple.bytes_kept
    assert SECRET not in couple.reply.speech


def test_forget_that_takes_back_one_kept_line_at_a_time_newest_first() -> None:
    """Harm: "forget that" forgets the wrong line, or only says so."""
    couple = state("gratitude noticed 0 ask")
    couple.line("one thing")
    couple.line("another thing")
    couple.say("thank you")
    assert line("forget.done") in couple.say("forget that").speech
    assert couple.texts == ["one thing"]
    couple.say("forget that")
    assert couple.texts == []
    assert line("forget.nothing") in couple.say("forget that").speech


def test_forget_that_still_works_after_the_ritual_is_over() -> None:
    """Harm: second thoughts come a minute too late."""
    couple = state("gratitude received 1 ask")
    couple.say("thank you")
    assert couple.reply.ended
    kept = couple.texts
    couple.launch()
    couple.say("forget that")
    assert couple.texts == kept[:-1]


def test_forgetting_a_commitment_forgets_the_promise_with_it() -> None:
    """Harm: a forgotten promise is asked about a week later."""
    couple = _with_draft(PROMISE)
    couple.say("keep that")
    assert len(couple.journal.commitments) == 1
    couple.say("forget that")
    assert couple.journal.commitments == {}
    assert SECRET not in couple.bytes_kept


def test_a_line_that_waits_behind_a_pause_can_be_forgotten_without_ending_the_ritual() -> None:
    """Harm: one word in a pause finishes the evening."""
    for behind in ("we need a break", "stop"):
        couple = _with_draft("repair look_back 0 ask")
        couple.say(behind)
        couple.launch()
        mode = couple.position.mode
        assert line("forget.done") in couple.say("forget that").speech
        assert couple.position.mode is mode
        assert SECRET not in couple.bytes_kept
        couple.say("continue")
        assert (couple.reply.step, couple.reply.awaits) == ("look_back", Awaits.LINE)


def test_the_partner_cannot_keep_or_drop_the_others_line() -> None:
    """Harm: one decides over the other's words."""
    for words in ("keep that", "leave it out", "change it"):
        couple = _with_draft("checkin word 0 ask")
        reply = couple.say(words, by="Ben")
        assert line("not_you", name="Ana") in reply.speech
        assert couple.position.draft is not None
        assert couple.entries == []


def test_a_line_given_by_the_wrong_voice_is_not_taken_for_the_other() -> None:
    """Harm: his words are kept as hers."""
    couple = state("checkin word 0 ask")
    reply = couple.say(SECRET, by="Ben")
    assert line("not_you", name="Ana") in reply.speech
    assert SECRET not in couple.bytes_kept
