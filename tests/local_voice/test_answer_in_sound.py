"""An answer ends when its speaker has finished, and what the two say to each other is theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from intents.conversation import Conversation
from intents.reply import Awaits, Listening, Reply, Segment
from intents.turn import Turn
from local_voice.answer_in_sound import AnswerInSound
from local_voice.audio import HEARING_RATE, Samples
from local_voice.endpointing import seconds
from local_voice.loudspeaker import Loudspeaker
from local_voice.microphone import Microphone
from local_voice.recognizer import Hearing, Moment
from local_voice.recognizer_whisper import WhisperRecognizer
from local_voice.talk_microphone import TalkAloud
from local_voice.voice import Speech
from local_voice.voice_pyttsx3 import Pyttsx3Voice
from tests.conversations.couple import EVENING, HOME, english
from tests.local_voice.home_of_two import home_of_two
from tests.local_voice.sounds import silence
from tests.partner_voice import ANA, BEN, partner_voice

BLOCK = HEARING_RATE // 10

YES_NO = Reply(
    segments=(Segment("Shall we?"),),
    listening=Listening.CLOSED,
    awaits=Awaits.YES_NO,
    expects=("yes", "no"),
    patience=1.5,
    version=7,
)
LINE = Reply(segments=(Segment("What was it?"),), listening=Listening.OPEN, awaits=Awaits.LINE, patience=3.0)
AWAY = Reply(segments=(Segment("Talk."),), listening=Listening.AWAY, awaits=Awaits.RETURN)

DISCLOSURE = "I was glad that you made dinner on Tuesday when I came home late from work."


class CountingEars:
    """The real recogniser, with how much it was given to decode."""

    def __init__(self, whisper: WhisperRecognizer) -> None:
        self._whisper = whisper
        self.decoded = 0

    def hear(self, audio: Samples, rate: int, moment: Moment) -> Hearing:
        self.decoded += 1
        return self._whisper.hear(audio, rate, moment)


def listen(ears: CountingEars, reply: Reply, sound: Samples) -> tuple[Turn | None, float]:
    """The turn in ``sound`` after ``reply``, and after how many seconds it was there."""
    answer = AnswerInSound(ears, Conversation(home_of_two(), english()), reply, HOME, lambda: EVENING)
    for start in range(0, len(sound), BLOCK):
        turn = answer.accept(sound[start : start + BLOCK])
        if turn is not None:
            return turn, (start + BLOCK) / HEARING_RATE
    return None, seconds(sound)


@pytest.fixture
def ears(whisper: WhisperRecognizer) -> CountingEars:
    return CountingEars(whisper)


def test_a_clear_answer_does_not_wait_for_the_patience_of_its_question(ears: CountingEars) -> None:
    said = partner_voice("yes please", ANA)
    turn, after = listen(ears, YES_NO, np.concatenate([said, silence(4)]))
    assert turn is not None
    assert turn.words is not None
    assert "yes" in turn.words.lower()
    assert turn.answering == 7
    assert after < seconds(said) + 0.5 < seconds(said) + YES_NO.patience


def test_words_that_answer_nothing_yet_are_waited_for(ears: CountingEars) -> None:
    """The beginning of a sentence is no answer to yes or no; the rest of it may be."""
    said = partner_voice("the kitchen table", BEN)
    turn, after = listen(ears, YES_NO, np.concatenate([said, silence(4)]))
    assert turn is not None
    assert after >= seconds(said) - 0.5 + 1.4
    assert ears.decoded == 1


def test_nobody_is_cut_off_in_the_middle_of_a_disclosure(ears: CountingEars) -> None:
    part = partner_voice(DISCLOSURE, ANA)
    turn, _ = listen(ears, LINE, np.concatenate([part, silence(0.9), part, silence(5)]))
    assert turn is not None
    assert (turn.words or "").lower().count("dinner") == 2
    assert ears.decoded == 1


def test_what_the_two_say_to_each_other_is_not_even_decoded(ears: CountingEars) -> None:
    """They were told that nobody listens."""
    talk = np.concatenate([partner_voice(DISCLOSURE, BEN), silence(2), partner_voice(DISCLOSURE, ANA), silence(2)])
    assert listen(ears, AWAY, np.concatenate([talk, talk]))[0] is None
    assert ears.decoded == 0


def test_the_words_to_come_back_are_heard_among_others(ears: CountingEars) -> None:
    talk = [
        partner_voice(words, cents) for words, cents in (("the blue cup", ANA), (DISCLOSURE, BEN), ("we're back", ANA))
    ]
    turn, _ = listen(ears, AWAY, np.concatenate([part for one in talk for part in (one, silence(2))]))
    assert turn is not None
    assert "back" in (turn.words or "")


def test_a_voice_without_words_is_a_turn_without_words(ears: CountingEars) -> None:
    """Somebody hummed, sighed or coughed: they should be asked again, not left waiting."""
    hum = np.tile(partner_voice("mmm", BEN)[HEARING_RATE // 2 : -HEARING_RATE // 2], 3)
    turn, _ = listen(ears, LINE, np.concatenate([silence(1), hum, silence(5)]))
    assert turn is None or turn.words is not None


class Tape(Microphone):
    """A microphone that hears a recording, as fast as it is asked to."""

    def __init__(self, *sounds: Samples) -> None:
        self._sounds = list(sounds)
        self._left = silence(0)

    def open_ears(self) -> None:
        self._left = np.concatenate([silence(0.5), self._sounds.pop(0)])

    def close_ears(self) -> None:
        self._left = silence(0)

    def block(self) -> Samples:
        block, self._left = self._left[:BLOCK], self._left[BLOCK:]
        assert len(block), "nobody listens for ever to an empty room"
        return block


class Room(Loudspeaker):
    """A loudspeaker that counts what it plays."""

    def __init__(self) -> None:
        self.played: list[float] = []

    def play(self, stretches: object) -> bool:
        assert hasattr(stretches, "__iter__")
        spoken: list[Speech] = list(stretches)
        self.played.append(sum(len(one.samples) / one.rate for one in spoken))
        return True


def test_a_question_nobody_answers_is_asked_once_more_and_then_waits_quietly(
    ears: CountingEars, system_voice: Pyttsx3Voice
) -> None:
    """Nagging is worse than silence."""
    conversation = Conversation(home_of_two(), english())
    talk = TalkAloud(conversation, ears, system_voice, clock=lambda: EVENING, household=HOME)
    stop = np.concatenate([partner_voice("please stop", BEN), silence(3)])
    room = Room()
    talk.hold(Tape(silence(8.5), np.concatenate([silence(60), stop])), room)
    assert len(room.played) == 3
    assert all(length > 0.5 for length in room.played)


def test_the_talk_goes_on_by_itself_when_its_time_has_come(ears: CountingEars, system_voice: Pyttsx3Voice) -> None:
    """A pause has an end even when nobody says a word."""

    class Pausing(Conversation):
        def reply_to(self, turn: Turn) -> Reply:
            turns.append(turn)
            if len(turns) == 1:
                return replace(AWAY, returns_at=EVENING + timedelta(minutes=20))
            return Reply(segments=(Segment("Time."),), listening=Listening.NONE, ended=True)

    turns: list[Turn] = []
    times = iter(EVENING + timedelta(seconds=30 * step) for step in range(1_000))
    talk = TalkAloud(Pausing(home_of_two(), english()), ears, system_voice, clock=lambda: next(times), household=HOME)
    talk.hold(Tape(silence(60)), Room())
    assert [turn.only_time_passed for turn in turns] == [False, True]
    assert turns[1].at >= EVENING + timedelta(minutes=20)
    assert ears.decoded == 0
