"""The first run asks who the two are."""

import pytest

from intents.position import Mode
from intents.reply import Awaits
from tests.conversations.couple import Couple, line
from tests.conversations.every_state import state


def test_the_first_words_say_who_is_speaking_and_ask_for_one_name() -> None:
    """Harm: two people are questioned by a voice that never said what it is."""
    couple = Couple()
    reply = couple.launch()
    assert "Common Ground" in reply.speech
    assert reply.segments[-1].text == line("names.one")


def test_names_given_one_by_one_are_read_back_and_taken_after_a_yes() -> None:
    """Harm: someone is called by a misheard name in every evening that follows."""
    couple = Couple()
    couple.launch()
    assert couple.say("I'm Ana").segments[-1].text == line("names.other")
    assert couple.say("Ben").segments[-1].text == line("names.confirm", one="Ana", other="Ben")
    assert not couple.names, "nothing is taken before the yes"
    reply = couple.say("yes")
    assert couple.names == ("Ana", "Ben")
    assert reply.awaits is Awaits.RITUAL
    assert line("help.support") in reply.speech, "every couple hears where support is found, before anything happened"


@pytest.mark.parametrize("words", ["Ana and Ben", "We're Ana and Ben", "ana and ben", "I'm Ana and this is Ben"])
def test_both_names_at_once_are_enough(words: str) -> None:
    """Harm: a couple that said both names is asked for them again."""
    couple = Couple()
    couple.launch()
    assert couple.say(words).segments[-1].text == line("names.confirm", one="Ana", other="Ben")


def test_names_heard_wrong_are_asked_for_again_from_the_start() -> None:
    """Harm: a wrong name cannot be put right."""
    couple = Couple()
    couple.launch()
    couple.say("Anna and Len")
    assert couple.say("no").segments[-1].text == line("names.one")
    couple.say_each("Ana", "Ben", "yes")
    assert couple.names == ("Ana", "Ben")


@pytest.mark.parametrize("said", [["Ana", "ana"], ["Ana and Ana"], ["Ana and Ana", "ANA"]])
def test_two_partners_of_one_name_are_asked_for_a_nickname(said: list[str]) -> None:
    """Harm: nobody can tell whose turn it is, or whose words were kept."""
    couple = Couple()
    couple.launch()
    reply = couple.say_each(*said)
    assert line("names.same") in reply.speech
    assert reply.segments[-1].text == line("names.other")
    couple.say_each("Annie", "yes")
    assert couple.names == ("Ana", "Annie")


@pytest.mark.parametrize(
    "words",
    [
        "12345",
        "🙂🙂",
        "{speaker}",
        "%s",
        "",
        "...",
        "--",
        "we were just wondering what this thing does today",
        "a" * 41,
    ],
)
def test_what_cannot_be_a_name_is_asked_again(words: str) -> None:
    """Harm: someone is called "{speaker}", or by a whole sentence."""
    couple = Couple()
    couple.launch()
    reply = couple.say(words)
    assert line("missed.first") in reply.speech
    assert reply.awaits is Awaits.NAMES
    assert couple.position.names == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "Anne-Marie"),
        ("D\u2019Arcy", "O'Brien"),
        ("דנה", "يوسف"),
        ("小明", "अनिता"),
        ("Rene\u0301", "Ângela"),
        ("Mary Ann", "Jo"),
    ],
)
def test_a_name_of_any_script_works_all_the_way(one: str, other: str) -> None:
    """Harm: a couple is turned away, or never understood again, because of what they are called."""
    couple = Couple()
    couple.introduce(one, other)
    assert len(couple.names) == 2
    couple.begin("repair")
    couple.say_each("four", "four")
    assert couple.reply.awaits is Awaits.PARTNER
    reply = couple.say(other)
    assert reply.step == "happened"
    assert reply.asked_of == couple.names[1]


def test_stopping_between_the_names_keeps_what_was_said() -> None:
    """Harm: a couple that was interrupted begins from nothing."""
    couple = Couple()
    couple.launch()
    couple.say("Ana")
    assert couple.say("stop").ended
    assert couple.launch().segments[-1].text == line("names.other")


def test_a_disclosure_before_the_names_leaves_a_home_that_still_works() -> None:
    """Harm: after one sentence of danger, the home can never be used again."""
    couple = Couple()
    couple.launch()
    couple.say("Ana")
    assert couple.say("he hit me").ended
    assert couple.position.mode is Mode.NAMES
    couple.introduce()
    assert couple.names == ("Ana", "Ben")
    assert couple.begin("check in").step == "word"


@pytest.mark.parametrize("words", ["yes", "Yes.", "no", "okay, sure", "stop here", "check in"])
def test_an_answer_or_a_command_is_no_name(words: str) -> None:
    """Harm: somebody is called "Yes" from then on."""
    couple = state("names none")
    couple.say(words)
    assert couple.position.names == ()
