"""Talking in files: each sound file is what the room said next, each reply is spoken into a file."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from intents.conversation import Conversation
from intents.reply import Reply
from intents.turn import LAUNCH, Turn
from local_voice.audio import Samples
from local_voice.heard_turn import CHANNEL, heard_turn
from local_voice.recognizer import Recognizer
from local_voice.spoken_reply import spoken
from local_voice.talk_json import as_json
from local_voice.voice import Voice
from local_voice.wav_file import check_wav, read_wav, write_wav


class TalkInFiles:
    """The conversation heard by the real recogniser and spoken by the real voice; replies are numbered from 001."""

    def __init__(
        self,
        conversation: Conversation,
        recognizer: Recognizer,
        voice: Voice,
        speak_to: Path,
        *,
        clock: Callable[[], datetime],
        household: str,
    ) -> None:
        """``speak_to`` is the folder for 001.wav, 002.wav and so on; it is made when it is not there."""
        self._conversation = conversation
        self._recognizer = recognizer
        self._voice = voice
        self._speak_to = speak_to
        self._clock = clock
        self._household = household
        self._spoken = 0
        self.heard = ""
        """What was heard last."""

        self.reply = self._speak(self._turn(intent=LAUNCH))

    def hear(self, sound: Samples) -> Reply:
        """Answer what was said in ``sound`` (16 kHz mono int16). Raises ``Failure``."""
        turn = heard_turn(self._recognizer, self._conversation, self.reply, sound, self._household, self._clock())
        self.heard = turn.words or ""
        self.reply = self._speak(turn)
        return self.reply

    def _turn(self, intent: str) -> Turn:
        return Turn(household=self._household, channel=CHANNEL, at=self._clock(), intent=intent)

    def _speak(self, turn: Turn) -> Reply:
        reply = self._conversation.reply_to(turn)
        self._spoken += 1
        speech = spoken(self._voice, reply)
        write_wav(self._speak_to / f"{self._spoken:03}.wav", speech.samples, speech.rate)
        return reply


def talk_hear(
    start: Callable[[], TalkInFiles], sounds: Iterable[Path], *, json_lines: bool, out: TextIO | None = None
) -> None:
    """Hear the files in order and print each reply, as words or as JSON.

    ``start`` begins the talk; it is called once every file was found to be sound. Raises ``WavFileError`` before
    anything was said when one is not, and ``Failure`` for whatever else cannot be done.
    """
    out = out or sys.stdout
    sounds = list(sounds)
    for sound in sounds:
        check_wav(sound)
    talk = start()
    _print(out, talk.reply, json_lines)
    for sound in sounds:
        reply = talk.hear(read_wav(sound))
        if not json_lines:
            out.write(f"> {talk.heard}\n")
        _print(out, reply, json_lines)


def _print(out: TextIO, reply: Reply, json_lines: bool) -> None:
    out.write((json.dumps(as_json(reply), ensure_ascii=False) if json_lines else reply.speech) + "\n")
    out.flush()
