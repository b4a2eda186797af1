"""Talking aloud: the microphone and the loudspeaker of the kitchen table."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TextIO

from intents.conversation import Conversation
from intents.journal import JournalError
from intents.reply import Listening, Reply, Segment
from intents.turn import LAUNCH, Turn
from local_voice.answer_in_sound import AnswerInSound
from local_voice.heard_turn import CHANNEL
from local_voice.loudspeaker import Loudspeaker
from local_voice.microphone import BLOCK_SECONDS, Microphone
from local_voice.ready_ahead import ready_ahead
from local_voice.recognizer import Recognizer
from local_voice.sound_device import SoundError, look_again
from local_voice.spoken_reply import spoken_segments
from local_voice.voice import Voice

SETTLE = 0.5
"""Seconds the microphone stays closed after the last word of ours: the accepted floor against hearing oneself."""

NOBODY_ANSWERS = 8.0
"""Seconds of silence after which a question is asked once more."""

TRY_AGAIN = 2.0
"""Seconds between two looks for a device that went away."""


class TalkAloud:
    """One talk, whatever devices it goes through. Nothing that is heard is kept here, shown or written."""

    def __init__(
        self,
        conversation: Conversation,
        recognizer: Recognizer,
        voice: Voice,
        *,
        clock: Callable[[], datetime],
        household: str,
    ) -> None:
        self._conversation = conversation
        self._recognizer = recognizer
        self._voice = voice
        self._clock = clock
        self._household = household

    def hold(self, microphone: Microphone, loudspeaker: Loudspeaker) -> None:
        """Greet, and talk until the talk is over.

        Raises ``SoundError`` when a device goes away; hold the talk again with others and it goes on where it was.
        Raises ``JournalError`` once it has been said aloud; ``RecognizerError`` and ``VoiceError``.
        """
        turn = Turn(household=self._household, channel=CHANNEL, at=self._clock(), intent=LAUNCH)
        while True:
            try:
                reply = self._conversation.reply_to(turn)
            except JournalError:
                apology = Segment(self._conversation.phrase("apology"))
                self._say(Reply(segments=(apology,), listening=Listening.NONE), loudspeaker)
                raise
            self._say(reply, loudspeaker)
            if reply.ended:
                return
            turn = self._listen(reply, microphone, loudspeaker)

    def _say(self, reply: Reply, loudspeaker: Loudspeaker) -> None:
        loudspeaker.play(ready_ahead(spoken_segments(self._voice, reply)))

    def _listen(self, reply: Reply, microphone: Microphone, loudspeaker: Loudspeaker) -> Turn:
        """Wait for an answer to ``reply``, or until its time has come; ask once more when nobody answers."""
        patience = math.inf if reply.listening is Listening.AWAY or reply.reprompt is None else NOBODY_ANSWERS
        while True:
            turn = self._wait(reply, microphone, patience)
            if turn is not None:
                return turn
            patience = math.inf
            again = Segment(reply.reprompt or "", heard=True)  # it may name what was said: never cached
            self._say(replace(reply, segments=(again,)), loudspeaker)

    def _wait(self, reply: Reply, microphone: Microphone, patience: float) -> Turn | None:
        """Open the microphone until there is a turn; None after ``patience`` seconds in which nobody speaks."""
        answer = AnswerInSound(self._recognizer, self._conversation, reply, self._household, self._clock)
        microphone.open_ears()
        try:
            for _ in range(round(SETTLE / BLOCK_SECONDS)):
                microphone.block()
            while answer.speaking or answer.silence < patience:
                if reply.returns_at is not None and self._clock() >= reply.returns_at:
                    return Turn(household=self._household, channel=CHANNEL, at=self._clock())
                turn = answer.accept(microphone.block())
                if turn is not None:
                    return turn
        finally:
            microphone.close_ears()
        return None


def talk_microphone(
    talk: TalkAloud,
    microphone: Callable[[], Microphone],
    loudspeaker: Callable[[], Loudspeaker],
    err: TextIO | None = None,
) -> None:
    """Hold ``talk`` to its end; a device that goes away is told in a sentence on standard error, and waited for.

    ``microphone`` and ``loudspeaker`` open the devices. Raises ``SoundError`` when they are not there at the start,
    and what ``TalkAloud.hold`` raises.
    """
    err = err or sys.stderr
    ears, mouth = microphone(), loudspeaker()
    while True:
        try:
            with ears:
                talk.hold(ears, mouth)
        except SoundError as error:
            err.write(f"{error}\n")
        else:
            return
        ears, mouth = _again(microphone, loudspeaker)


def _again(
    microphone: Callable[[], Microphone], loudspeaker: Callable[[], Loudspeaker]
) -> tuple[Microphone, Loudspeaker]:
    """The devices, once they are back."""
    while True:
        time.sleep(TRY_AGAIN)
        look_again()
        with suppress(SoundError):
            return microphone(), loudspeaker()
