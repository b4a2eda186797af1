"""Reply: what to say and how to listen next, and nothing about any door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Listening(StrEnum):
    """How a door listens once it has spoken."""

    CLOSED = "closed"
    """For one of a small set of answers."""

    OPEN = "open"
    """For a disclosure: long pauses are allowed and nobody is cut off."""

    AWAY = "away"
    """The couple talk to each other: nothing is decoded but the words to come back, or a time passes."""

    NONE = "none"
    """Not at all: the talk is over."""


class Awaits(StrEnum):
    """What kind of answer is awaited. The language files filter their sentences by these."""

    NAMES = "names"
    YES_NO = "yes_no"
    KEEP = "keep"
    RATING = "rating"
    PARTNER = "partner"
    CHOICE = "choice"
    LINE = "line"
    RITUAL = "ritual"
    RETURN = "return"
    RETURN_DUE = "return_due"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of speech in one breath."""

    text: str
    pause: float = 0.0
    """Silence after it, in seconds."""

    emphasis: bool = False
    """True where the words carry the meaning, such as a question or a telephone number."""

    heard: bool = False
    """True when it holds what a person said: such speech is never cached, logged or written to disk."""


@dataclass(frozen=True, slots=True)
class Card:
    """Words for a screen. Never holds what a person said."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer of the conversation; each door renders it in its own way."""

    segments: tuple[Segment, ...]

    listening: Listening

    awaits: Awaits = Awaits.NOTHING

    expects: tuple[str, ...] = ()
    """Words that answer the question, in the couple's language; empty where anything may be said."""

    asked_of: str | None = None
    """The name of the partner the question is for; None when either may answer."""

    reprompt: str | None = None
    """Said once when nobody answers; None exactly when nothing was asked."""

    patience: float = 0.5
    """Seconds of silence that end an answer."""

    returns_at: datetime | None = None
    """While away: the time at which the talk goes on by itself (send a turn with only its time)."""

    card: Card | None = None

    ritual: str | None = None

    step: str | None = None

    ended: bool = False
    """True when the talk is over."""

    version: int = 0
    """Of the position this reply left behind; a door gives it back as ``Turn.answering``."""

    language: str = "en-US"
    """BCP 47 tag of the words to be spoken."""

    pace: float = 1.0
    """Speaking rate relative to the couple's usual one; below 1 is slower."""

    @property
    def speech(self) -> str:
        """All the segments as one text."""
        return " ".join(segment.text for segment in self.segments)
