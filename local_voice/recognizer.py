"""Recogniser: from sound to words, behind one small protocol."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from intents.failure import Failure
from intents.reply import Listening
from local_voice.audio import Samples


class RecognizerError(Failure):
    """A recogniser cannot be used. The message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What is expected of the next words."""

    listening: Listening

    sayable: tuple[str, ...]
    """Phrases that mean something now, lower case, in the couple's language."""

    means_something: Callable[[str], bool]
    """True when these words mean something now, strictly: by the sentences of the language."""

    expects: tuple[str, ...] = ()
    """The words that answer the question most plainly; empty where anything may be said."""

    language: str = "en-US"
    """BCP 47 tag."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was heard."""

    text: str
    """Empty when there was no voice, or no words came of it."""

    confidence: float
    """0 to 1; 0 when there are no words."""


NOTHING = Hearing("", 0.0)


class Recognizer(Protocol):
    """Hears. Not to be called from two threads at once."""

    def hear(self, audio: Samples, rate: int, moment: Moment) -> Hearing:
        """The words in ``audio`` (mono int16 at ``rate`` Hz; anything from nothing to many minutes).

        Raises ``RecognizerError`` when the engine or its model cannot be used.
        """
