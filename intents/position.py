"""Position: where a household stands; small, serialisable, versioned.

A talk begun at one door goes on at another from this alone, and a process killed between two turns comes back to
the same question.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Mode(StrEnum):
    """What the household is in the middle of."""

    NAMES = "names"
    """Nobody has told us yet who they are."""

    IDLE = "idle"

    RITUAL = "ritual"

    PAUSED = "paused"
    """Apart for a while (R8); a ritual may be waiting behind it."""

    RESUME = "resume"
    """Asked whether to go on with what was left standing."""

    PARTIAL = "partial"
    """Each is asked whether to keep what an unfinished ritual holds."""

    COMPANY = "company"
    """A safety answer was given; we asked whether someone is there, and stay until that is answered."""


class Frozen(BaseModel):
    """Values, not things that change."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Draft(Frozen):
    """A free line that waits to be read back and accepted. Only then does it become an entry."""

    text: str
    by: int
    due_words: str | None = None
    """For a commitment: when, in their own words."""


class Kept(Frozen):
    """That something was kept at a step, without a word of it."""

    step: str
    round: int
    entry: str


class Place(Frozen):
    """Where in a ritual."""

    ritual: str
    form: str | None = None
    step: str
    round: int = 0
    """0 while the first partner has the step, 1 for the second; 0 for steps done once."""

    phase: str = "ask"
    """Where in the step: ``ask``, ``readback``, ``when`` or ``again``."""

    first: int = 0
    """The seat (0 or 1) of the partner who speaks first in this run."""

    run: str | None = None
    """The run's id, from the first step past the opener."""

    agreed: tuple[int, ...] = ()
    """Seats that said yes at the step now asked of both."""

    trail: tuple[tuple[str, int], ...] = ()
    """Steps already asked, for going back."""

    nudged: bool = False
    """True once a softening nudge was given; it is given once in a run."""


class Position(Frozen):
    """The whole of it. Seats are 0 and 1: the two partners in the order in which they named themselves."""

    format: Literal[1] = 1
    """Raised when an older program could no longer read a position."""

    version: int = 0
    mode: Mode = Mode.NAMES
    place: Place | None = None
    draft: Draft | None = None
    names: tuple[str, ...] = ()
    """Names said so far, until both are confirmed."""

    kept: tuple[Kept, ...] = ()
    """What this run holds, newest last; stays after the run ends so that "forget that" still works."""

    off_record: bool = False
    misses: int = 0
    pace: float = 1.0
    asked_at: AwareDatetime | None = None
    """When the question that stands was asked."""

    away_until: AwareDatetime | None = None
    """While the couple talk to each other, or are apart: when the talk goes on by itself."""

    paused_since: AwareDatetime | None = None
    paused_in: Mode | None = None
    """What was under way when the two went apart."""

    ended_early_at: AwareDatetime | None = Field(default=None)
    """The last early end: for half an hour nothing deep is offered, whatever the reason was."""
