"""The opener asks whether now is a good time for both."""

import pytest

from intents.position import Mode
from tests.conversations.couple import ana_and_ben, line

OPENED = ["check in", "repair"]


@pytest.mark.parametrize("ritual", OPENED)
def test_it_takes_two_yeses_one_from_each(ritual: str) -> None:
    """Harm: one partner is drawn into it by the other's yes."""
    couple = ana_and_ben()
    assert couple.say(ritual).asked_of == "Ana"
    assert couple.say("yes").asked_of == "Ben"
    assert couple.journal.begun == [], "nothing has begun on one yes"
    couple.say("sure, why not")
    assert [run.ritual for run in couple.journal.begun] == [couple.reply.ritual]


@pytest.mark.parametrize("ritual", OPENED)
def test_the_same_person_saying_yes_twice_is_not_two_yeses(ritual: str) -> None:
    """Harm: where the door knows voices, one voice agrees for both."""
    couple = ana_and_ben()
    couple.say(ritual)
    couple.say("yes", by="Ana")
    reply = couple.say("yes", by="Ana")
    assert reply.step == "ready"
    assert reply.asked_of == "Ben"
    assert couple.journal.begun == []


def test_the_other_partner_may_say_yes_first() -> None:
    """Harm: whoever is quicker is told off for answering."""
    couple = ana_and_ben()
    couple.say("check in")
    assert couple.say("yes", by="Ben").asked_of == "Ana"
    assert couple.say("yes", by="Ana").step == "word"


@pytest.mark.parametrize("ritual", OPENED)
@pytest.mark.parametrize("said", [["no"], ["yes", "not tonight"], ["skip"], ["yes", "stop"]])
def test_a_no_is_taken_warmly_and_leaves_no_run(ritual: str, said: list[str]) -> None:
    """Harm: a no is counted against someone, or has to be justified."""
    couple = ana_and_ben()
    couple.say(ritual)
    reply = couple.say_each(*said)
    assert reply.ended
    assert reply.speech == line("opener.declined")
    assert couple.journal.begun == []
    assert couple.journal.ended == []
    assert couple.position.mode is Mode.IDLE
    assert couple.position.place is None


def test_a_no_is_not_remembered_the_next_time() -> None:
    """Harm: the next evening begins with what someone did not want."""
    couple, untouched = ana_and_ben(), ana_and_ben()
    couple.say_each("check in", "no")
    assert couple.come_back_after(hours=20).speech == untouched.come_back_after(hours=20).speech


def test_a_light_ritual_begins_without_an_opener() -> None:
    """Harm: a round of thanks turns into a form to fill in."""
    couple = ana_and_ben()
    assert couple.say("gratitude round").step == "noticed"
    assert len(couple.journal.begun) == 1
