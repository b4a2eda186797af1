"""Turn: one thing that reached us, whichever door it came by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

LAUNCH = "launch"
"""The intent of a turn that opens a talk: a device was called, a program started."""

LONGEST_UTTERANCE = 4_000
"""Characters. What is longer is politely declined before any matching."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What was said (``words``), or what a door already understood (``intent``), or neither: time passed.

    Raises ``ValueError`` when ``at`` has no time zone, or when both words and an intent are given.
    """

    household: str
    """Whose journal this is."""

    channel: str
    """The door it came by, such as ``keyboard``, ``microphone`` or ``alexa``."""

    at: datetime
    """When it reached us; always with a time zone."""

    words: str | None = None
    """What was said, as typed or recognised. Empty when a voice was heard and no words came of it."""

    intent: str | None = None
    """An intent of the language files (or ``LAUNCH``), when the door understood more than words."""

    slots: Mapping[str, str] = field(default_factory=dict)
    """The intent's slots by name."""

    by: str | None = None
    """The partner's name, where the door knows who spoke."""

    confidence: float | None = None
    """How sure the hearing was, 0 to 1, where the door knows."""

    account: str | None = None
    """An opaque key of the account that a cloud door speaks for; a home belongs to one."""

    answering: int | None = None
    """The ``Reply.version`` this answers, where the door knows: another microphone may have been quicker."""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("A turn needs a time with a time zone.")
        if self.words is not None and self.intent is not None:
            raise ValueError("A turn holds words or an intent, not both.")

    @property
    def only_time_passed(self) -> bool:
        """True when nobody said anything."""
        return self.words is None and self.intent is None
