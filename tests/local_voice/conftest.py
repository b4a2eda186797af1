"""The engines of these tests, loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from local_voice.recognizer_whisper import WhisperRecognizer
from local_voice.voice_pyttsx3 import Pyttsx3Voice


@pytest.fixture(scope="session")
def whisper() -> WhisperRecognizer:
    """The embedded recogniser."""
    return WhisperRecognizer()


@pytest.fixture(scope="session")
def system_voice() -> Iterator[Pyttsx3Voice]:
    """The machine's own voice."""
    voice = Pyttsx3Voice()
    yield voice
    voice.close()
