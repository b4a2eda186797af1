"""From a Reply to a response: always well-formed, never too long, open exactly when something was asked."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from hypothesis import example, given
from hypothesis import strategies as st

from intents.reply import Awaits, Card, Listening, Reply, Segment
from skill.render import LONGEST_PAUSE, SPEECH_ROOM, render, ssml
from skill.spoken_text import clean, shortened, spoken_size

LONGEST_SPEECH = 8_000
LARGEST_RESPONSE = 24 * 1024

anything = st.text(st.characters(codec=None), max_size=300)
"""Any characters at all: control characters, lone surrogates, emoji, right-to-left."""

segments = st.builds(Segment, text=anything, pause=st.floats(0, 120), emphasis=st.booleans())

replies = st.builds(
    Reply,
    segments=st.lists(segments, min_size=1, max_size=12).map(tuple),
    listening=st.sampled_from(Listening),
    awaits=st.sampled_from(Awaits),
    reprompt=st.none() | anything,
    card=st.none() | st.builds(Card, title=anything, text=anything),
    ended=st.booleans(),
    pace=st.floats(0.1, 3.0),
)


def response(reply: Reply) -> dict[str, Any]:
    """The response object as it is sent."""
    return DefaultSerializer().serialize(render(reply))  # type: ignore[return-value]


def reply(*texts: str, **more: Any) -> Reply:
    """An open question of these segments."""
    settings: dict[str, Any] = {"listening": Listening.OPEN, "awaits": Awaits.LINE, "reprompt": "Again?", **more}
    return Reply(segments=tuple(Segment(text) for text in texts), **settings)


def spoken(mark_up: str) -> str:
    """The words of some SSML. Raises ``ParseError`` when it is malformed, as Alexa does."""
    return "".join(ET.fromstring(mark_up).itertext())  # noqa: S314 (made by the code under test)


@given(replies)
@example(reply("\ud800 \x00 \x1b[0m & < > ]]> <break time='99s'/> \ufffe \u202e \U0001f600"))
@example(reply('"' * 4_000, '\\"' * 2_000, card=Card('"' * 900, '"' * 9_000), reprompt='"\\' * 4_000))
@example(reply("&" * 4_000, "\U0001f600" * 4_000))
def test_whatever_is_said_makes_well_formed_speech_within_the_limits(said: Reply) -> None:
    """Malformed or oversized, Alexa says nothing at all, and the couple sit in silence."""
    made = response(said)
    speech = made["outputSpeech"]["ssml"]
    assert ET.fromstring(speech).tag == "speak"  # noqa: S314
    assert len(speech) <= LONGEST_SPEECH
    breaks = [int(length) for length in re.findall(r'<break time="(\d+)ms"/>', speech)]
    assert sum(breaks) <= LONGEST_PAUSE * 1_000
    body = json.dumps({"version": "1.0", "sessionAttributes": {"version": 10**9}, "response": made}, ensure_ascii=False)
    assert len(body.encode()) <= LARGEST_RESPONSE
    closed = said.ended or said.listening in (Listening.AWAY, Listening.NONE)
    assert made["shouldEndSession"] is closed
    assert ("reprompt" in made) is not closed
    if not closed:
        again = made["reprompt"]["outputSpeech"]["ssml"]
        assert ET.fromstring(again).tag == "speak"  # noqa: S314
        assert len(again) <= LONGEST_SPEECH


@given(anything)
def test_words_are_said_as_they_are(text: str) -> None:
    """What a person said comes back in their words, whatever characters it holds, and never as mark-up."""
    assert spoken(ssml([Segment(text)], 1.0, SPEECH_ROOM)) == clean(text)


def test_ordinary_text_is_not_touched() -> None:
    """The control: cleaning must not eat accents, scripts or emoji."""
    text = "Zo\u00eb \u2014 \uc9c0\uc6b0, \u0645\u0631\u062d\u0628\u0627 \U0001f600 don\u2019t 5 < 6 & so on."
    assert clean(text) == text
    assert spoken(ssml([Segment(text)], 1.0, SPEECH_ROOM)) == text


def test_pauses_are_spoken_as_breaks_between_the_segments() -> None:
    """A ritual without its silences is a rush."""
    made = ssml([Segment("One.", pause=1.5), Segment("Two.", pause=0.25), Segment("Three.")], 1.0, SPEECH_ROOM)
    assert made == '<speak>One.<break time="1500ms"/> Two.<break time="250ms"/> Three.</speak>'


def test_pauses_beyond_ten_seconds_are_shortened_in_proportion() -> None:
    """With a longer break in all, Alexa does not speak the response."""
    made = ssml([Segment("One.", pause=15), Segment("Two.", pause=5)], 1.0, SPEECH_ROOM)
    assert made == '<speak>One.<break time="7500ms"/> Two.<break time="2500ms"/></speak>'


@pytest.mark.parametrize(("pace", "rate"), [(0.8, "80%"), (1.25, "125%"), (0.01, "20%"), (9, "200%")])
def test_a_pace_is_heard(pace: float, rate: str) -> None:
    """Whoever asked for slower gets slower, within what Alexa can."""
    made = ssml([Segment("Slowly.")], pace, SPEECH_ROOM)
    assert made == f'<speak><prosody rate="{rate}">Slowly.</prosody></speak>'
    assert "prosody" not in ssml([Segment("As usual.")], 1.0, SPEECH_ROOM)


def test_a_long_read_back_loses_its_last_sentences_and_never_the_question() -> None:
    """Cut at the end, the couple would not hear what is asked of them."""
    line = "We walked by the sea. " * 500
    words = spoken(response(reply("You said:", line, "Keep that, change it, or leave it out?"))["outputSpeech"]["ssml"])
    assert words.startswith("You said: We walked")
    assert words.endswith("by the sea. Keep that, change it, or leave it out?")
    assert len(words) > 7_000


def test_text_is_cut_at_a_sentence_else_at_a_word_else_anywhere() -> None:
    """Half a word, or half an escape, is worse than a sentence less."""
    assert shortened("One. Two! Three?", 9) == "One. Two!"
    assert shortened("One. Two! Three?", 8) == "One."
    assert shortened("It cost 3.50 euros", 14) == "It cost 3.50"
    assert shortened("abcdef", 4) == "abcd"
    assert shortened("&&&&", 10) == "&&"
    assert shortened("\uc608\u3002\uc544\u3002", 10) == "\uc608\u3002"
    assert shortened("whole", 5) == "whole"
    assert shortened("nothing", 0) == ""


@given(anything.map(clean), st.integers(0, 400))
def test_shortened_text_is_the_beginning_of_the_text_and_fits(text: str, room: int) -> None:
    """Never another text, never too long."""
    cut = shortened(text, room)
    assert text.startswith(cut)
    assert spoken_size(cut) <= room
    assert (cut == text) is (spoken_size(text) <= room)


@pytest.mark.parametrize("awaits", Awaits)
@pytest.mark.parametrize("listening", Listening)
@pytest.mark.parametrize("ended", [True, False])
def test_an_answer_in_words_is_captured_whole_while_the_session_is_open(
    listening: Listening, awaits: Awaits, ended: bool
) -> None:
    """Free speech reaches a skill only through an elicited slot; on a closed session the directive is an error."""
    made = response(reply("Well?", listening=listening, awaits=awaits, ended=ended))
    is_open = not ended and listening in (Listening.CLOSED, Listening.OPEN)
    assert made["shouldEndSession"] is not is_open
    assert ("reprompt" in made) is is_open
    elicits = is_open and awaits not in (Awaits.YES_NO, Awaits.RITUAL)
    assert ("directives" in made) is elicits
    if elicits:
        (directive,) = made["directives"]
        assert directive == {
            "type": "Dialog.ElicitSlot",
            "slotToElicit": "words",
            "updatedIntent": {
                "name": "AnswerIntent",
                "confirmationStatus": "NONE",
                "slots": {"words": {"name": "words", "confirmationStatus": "NONE"}},
            },
        }


def test_a_question_without_a_reprompt_is_asked_again_in_its_own_words() -> None:
    """An open microphone without a second question is a rejected skill and a puzzled couple."""
    made = response(reply("Thank you.", "And you?", reprompt=None))
    assert spoken(made["reprompt"]["outputSpeech"]["ssml"]) == "And you?"


def test_a_card_is_shown_only_when_the_reply_brings_one() -> None:
    """Cards stand in the account holder's app: nothing gets there by itself."""
    assert "card" not in response(reply("Hello."))
    made = response(reply("Hello.", card=Card("Numbers", "Call 1 & 2")))
    assert made["card"] == {"type": "Simple", "title": "Numbers", "content": "Call 1 & 2"}
