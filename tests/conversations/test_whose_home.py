"""A home belongs to one cloud account: the first that speaks."""

import pytest

from intents.reply import Listening
from tests.conversations.couple import HOME, Couple, line
from tests.conversations.every_state import state, state_names


def test_the_first_account_that_speaks_is_bound_to_the_home() -> None:
    """Harm: anyone's speaker opens anyone's journal."""
    couple = Couple()
    couple.turn(intent="launch", account="account-one")
    assert couple.journal.standing(HOME).account == "account-one"


@pytest.mark.parametrize(
    "words", ["stop", "keep that", "yes", "he hit me", "forget that", "purple monkey", "x" * 5_000]
)
@pytest.mark.parametrize("name", state_names())
def test_another_account_is_refused_and_nothing_of_it_is_stored(name: str, words: str) -> None:
    """Harm: a stranger hears what is kept, or changes it, or leaves words in it."""
    couple = state(name)
    couple.journal.accounts[HOME] = "account-one"
    before = couple.bytes_kept
    reply = couple.turn(words=words, account="account-two")
    assert reply.speech == line("stranger")
    assert (reply.ended, reply.listening) == (True, Listening.NONE)
    assert (reply.ritual, reply.step, reply.asked_of, reply.card) == (None, None, None, None)
    assert couple.bytes_kept == before


def test_a_stranger_hears_no_name_and_no_line() -> None:
    """Harm: a refusal that gives away who lives here."""
    couple = state("checkin word 0 readback")
    couple.journal.accounts[HOME] = "account-one"
    reply = couple.turn(intent="launch", account="account-two")
    assert "Ana" not in reply.speech
    assert "Ben" not in reply.speech
    assert "soup" not in reply.speech


def test_the_own_account_and_the_table_at_home_are_always_let_in() -> None:
    """Harm: a couple is locked out of its own journal."""
    couple = Couple()
    couple.turn(intent="launch", account="account-one")
    couple.say_each("Ana", "Ben")
    couple.turn(words="yes", account="account-one")
    assert couple.names == ("Ana", "Ben")
    assert couple.begin("check in").step == "word"


def test_a_door_without_accounts_binds_nothing() -> None:
    """Harm: the laptop on the table takes the home away from the speaker."""
    couple = Couple()
    couple.introduce()
    assert couple.journal.standing(HOME).account is None
