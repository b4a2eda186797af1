"""The child process in which pyttsx3 renders.

What pyttsx3 2.99 does on Linux decides the shape of this: ``runAndWait`` returns before the sound is there, so we wait
for its finished-utterance event. Each run begins by cancelling what espeak plays; where espeak has not quite come to
rest that cancels the new utterance instead (30 of 600 on a busy machine, 6 of them without any sound), so we let it
rest, and give up on a cancelled one. And it can only write to a file, so we give it one that exists in memory alone.
"""

from __future__ import annotations

import io
import os
import time
from threading import Event

import pyttsx3  # type: ignore[import-untyped]
import soundfile  # type: ignore[import-untyped]

from local_voice.voice import Speech, VoiceError
from local_voice.voice_process import Request, serve_voice

WORDS_PER_MINUTE = 160
"""At pace 1. espeak's own default is 175; people who talk about themselves are not hurried."""

RESTING = 0.001
"""Seconds between two looks whether espeak has come to rest."""

LONGEST_RENDERING = 15.0
"""Seconds, less than the parent waits."""


class Pyttsx3Child:
    """One engine, used for every request."""

    def __init__(self) -> None:
        try:
            self._engine = pyttsx3.init("espeak")
            from pyttsx3.drivers import _espeak  # type: ignore[import-untyped]  # loads the library: fails where it is missing
        except (RuntimeError, OSError, ImportError) as error:
            self._missing: Exception | None = error
            return
        self._missing = None
        self._is_playing = _espeak.IsPlaying
        self._finished = Event()
        self._whole = True
        self._refused: list[Exception] = []
        self._engine.runAndWait()  # until its first run it only queues what it is asked
        self._engine.connect("finished-utterance", self._note_end)
        self._engine.connect("error", lambda name, exception: self._refused.append(exception))

    def render(self, request: Request) -> Speech:
        """See ``Voice.render``."""
        if self._missing is not None:
            raise VoiceError("There is no voice on this machine: install libespeak-ng1, then try again.")
        self._choose_voice(request.language)
        self._engine.setProperty("rate", round(WORDS_PER_MINUTE * request.pace))
        memory = os.memfd_create("speech")
        try:
            while self._is_playing():
                time.sleep(RESTING)
            self._finished.clear()
            self._whole = True
            self._engine.save_to_file(request.text, f"/proc/self/fd/{memory}")
            self._engine.runAndWait()
            if not self._finished.wait(LONGEST_RENDERING) or not self._whole:
                raise SystemExit(1)  # the parent asks a fresh child
            with os.fdopen(os.dup(memory), "rb") as file:
                file.seek(0)
                samples, rate = soundfile.read(io.BytesIO(file.read()), dtype="int16")
        finally:
            os.close(memory)
        return Speech(samples, rate)

    def _note_end(self, name: str | None, completed: bool) -> None:
        """Called by pyttsx3, from a thread of espeak's."""
        self._whole = self._whole and completed
        self._finished.set()

    def _choose_voice(self, language: str) -> None:
        """The voice of the language, or of its region-less form."""
        for tag in (language.lower(), language.lower().split("-")[0]):
            self._refused.clear()
            self._engine.setProperty("voice", tag)
            if not self._refused:
                return
        raise VoiceError(f"There is no voice for {language} on this machine: choose another language.")


if __name__ == "__main__":
    serve_voice(Pyttsx3Child().render)
