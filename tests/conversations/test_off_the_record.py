"""Off the record: from then to "back on the record", or the end of the ritual, only the step is kept."""

import pytest

from intents.position import Mode
from intents.reply import Awaits
from tests.conversations.couple import ana_and_ben, line
from tests.conversations.every_state import RITUALS, state

SECRET = "xylophone in the attic"


@pytest.mark.parametrize("ritual", RITUALS.values())
def test_nothing_said_off_the_record_is_kept(ritual: str) -> None:
    """Harm: the one thing they asked not to be kept is kept."""
    couple = ana_and_ben()
    couple.begin(ritual)
    couple.say("off the record")
    while not couple.reply.ended:
        assert couple.reply.awaits is not Awaits.KEEP, "nothing is read back, for nothing is kept"
        if couple.reply.awaits is Awaits.LINE:
            couple.say(SECRET)
            assert SECRET not in couple.reply.speech
        else:
            couple.answer_well()
        assert SECRET not in couple.bytes_kept
    assert couple.entries == []
    assert couple.journal.commitments == {}


def test_back_on_the_record_lines_are_read_back_and_kept_again() -> None:
    """Harm: after one aside the rest of the evening is lost."""
    couple = state("gratitude noticed 0 ask")
    couple.say("off the record")
    couple.say(SECRET)
    assert line("off_record.over") in couple.say("back on the record").speech
    couple.line("that she sees things")
    assert couple.texts == ["that she sees things"]


def test_it_ends_with_the_ritual() -> None:
    """Harm: tomorrow's check-in is silently not kept."""
    couple = state("gratitude received 1 ask")
    couple.say("off the record")
    couple.say("thank you")
    assert couple.reply.ended
    assert couple.position.off_record is False
    couple.launch()
    couple.begin("check in")
    couple.say("long")
    assert couple.reply.awaits is Awaits.KEEP


def test_it_lasts_through_a_stop_a_pause_and_a_restart() -> None:
    """Harm: what was promised off the record is on it again after a break."""
    couple = state("gratitude noticed 0 ask")
    couple.say("off the record")
    for interruption, back in (("we need a break", "we're back"), ("stop", "yes")):
        couple.say(interruption)
        couple.restart()
        couple.launch()
        couple.say(back)
        couple.say(SECRET)
        assert SECRET not in couple.bytes_kept


def test_asked_for_in_a_pause_it_holds_when_they_are_back() -> None:
    """Harm: it was asked for, and the next line is kept all the same."""
    couple = state("gratitude noticed 0 ask")
    couple.say_each("we need a break", "off the record", "we're back", SECRET)
    assert couple.position.mode is Mode.RITUAL
    assert SECRET not in couple.bytes_kept


def test_what_was_kept_before_stays() -> None:
    """Harm: an aside wipes out what they wanted to keep."""
    couple = state("gratitude noticed 0 ask")
    couple.line("he fixed the gate")
    couple.say("off the record")
    assert couple.texts == ["he fixed the gate"]
