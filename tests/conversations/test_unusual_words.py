"""Unusual words: long, empty, in any script, or looking like something a program would read."""

import pytest

from intents.reply import Awaits
from intents.turn import LONGEST_UTTERANCE
from tests.conversations.couple import Couple, line
from tests.conversations.every_state import every_state, state, state_names

ODD = [
    "{speaker} and {listener}",
    "{0} {} {missing!r:>10}",
    "100 % of %s and %(name)s",
    "$HOME `rm -rf /` ; DROP TABLE entries; --",
    "🙂👩‍👩‍👧 family",
    "אהבתי את המרק שלך",
    "\u202eright to left\u202c",
    "tab\tand\nnew line",
    "nul\x00 and escape\x1b[2J",
    "<speak><break time='10s'/></speak> & co",
    "(a|b) [c] <please_lets> {partner}",
    "z\u0335\u0321a\u0334lgo",
    "\\",
    "“quoted” — dashed…",
]


@pytest.mark.parametrize("name", state_names())
@pytest.mark.parametrize("words", ODD)
def test_odd_words_get_an_answer_in_every_state(words: str, name: str) -> None:
    """Harm: one odd character ends the evening with a crash."""
    couple = state(name)
    couple.say(words)
    couple.launch()
    assert couple.say("stop").ended


@pytest.mark.parametrize("words", ODD)
def test_odd_words_are_read_back_and_kept_as_they_were_said(words: str) -> None:
    """Harm: the journal holds something else than what was said."""
    couple = state("gratitude noticed 0 ask")
    reply = couple.say(words)
    assert reply.awaits is Awaits.KEEP
    assert words.strip().rstrip(".!?") in reply.speech
    couple.say("keep that")
    assert couple.texts == [words.strip()]


@pytest.mark.parametrize("words", ["\ud83d", "half \udce9 a byte"])
@pytest.mark.parametrize("name", ["gratitude noticed 0 ask", "repair happened 0 ask", "idle", "names none"])
def test_half_a_character_gets_an_answer_and_breaks_nothing(words: str, name: str) -> None:
    """Harm: a terminal in another encoding takes the conversation down."""
    couple = state(name)
    couple.say(words)
    assert couple.say("stop").ended


@pytest.mark.parametrize("name", state_names())
@pytest.mark.parametrize("length", [LONGEST_UTTERANCE + 1, 1_000_000])
def test_too_much_at_once_is_declined_and_the_question_stands(length: int, name: str) -> None:
    """Harm: minutes of matching, or half an utterance kept."""
    couple, before = state(name), every_state()[name]
    reply = couple.say("word " * (length // 5) + "w" * (length % 5))
    assert reply.segments[0].text == line("too_long")
    assert (reply.step, reply.awaits) == (before.reply.step, before.reply.awaits)
    assert couple.position.place == before.position.place
    assert couple.position.draft == before.position.draft
    assert "word word" not in couple.bytes_kept


def test_as_much_as_is_allowed_is_kept_to_the_last_letter() -> None:
    """Harm: the end of what someone said is cut off."""
    couple = state("gratitude noticed 0 ask")
    words = ("glad " * 1000)[: LONGEST_UTTERANCE - 1] + "!"
    assert len(words) == LONGEST_UTTERANCE
    couple.say(words)
    couple.say("keep that")
    assert couple.texts == [words]


@pytest.mark.parametrize("name", state_names())
@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_a_voice_without_words_is_asked_again(words: str, name: str) -> None:
    """Harm: an empty line is kept, or a cough answers."""
    couple, before = state(name), every_state()[name]
    reply = couple.say(words)
    assert line("missed.first") in reply.speech
    assert couple.position.place == before.position.place
    assert couple.entries == before.entries


@pytest.mark.parametrize("name", state_names())
def test_an_intent_nobody_knows_gets_an_answer(name: str) -> None:
    """Harm: a newer smart speaker takes the home down."""
    couple, before = state(name), every_state()[name]
    reply = couple.turn(intent="AMAZON.SomethingNew")
    assert (reply.step, reply.awaits) == (before.reply.step, before.reply.awaits)
    reply = couple.turn(intent="start_ritual")
    assert not reply.ended


@pytest.mark.parametrize("name", state_names())
def test_a_voice_nobody_knows_is_answered_like_any_other(name: str) -> None:
    """Harm: a guest's name crashes the talk."""
    couple, plain = state(name), state(name)
    assert couple.say("yes", by="Zed").speech == plain.say("yes").speech


def test_odd_names_and_odd_lines_meet_without_harm() -> None:
    """Harm: a name is filled into a line, or a line into a name."""
    couple = Couple()
    couple.introduce("Speaker", "Listener")
    couple.say("gratitude round")
    reply = couple.say("{speaker} said {listener}")
    assert "I have: {speaker} said {listener}." in reply.speech
