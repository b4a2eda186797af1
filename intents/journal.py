"""The Journal protocol: what the conversation needs of a store. ``storage/`` implements it; tests may too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from intents.failure import Failure
from intents.position import Position

Visibility = Literal["shared", "private"]
Outcome = Literal["finished", "ended early"]
CommitmentState = Literal["open", "done", "changed", "dropped"]


class Overtaken(Exception):
    """Another microphone moved the household on since its standing was read. Read again, and ask again."""


class JournalError(Failure):
    """The journal cannot be used. The message is one sentence for the couple that says what to do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a household stands when a turn arrives."""

    position: Position
    partners: tuple[str, ...] = ()
    """The two names by seat, or nothing before the first run."""

    account: str | None = None
    """The cloud account bound to this home, if any."""


@dataclass(frozen=True, slots=True)
class RunStart:
    """A ritual was begun: both had agreed."""

    id: str
    ritual: str
    channel: str
    at: datetime
    first: int
    """The seat that spoke first; the next run begins with the other."""

    form: str | None = None


@dataclass(frozen=True, slots=True)
class RunEnd:
    """A ritual is over."""

    id: str
    at: datetime
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Entry:
    """Something a partner said and accepted."""

    id: str
    run: str
    ritual: str
    step: str
    kind: str
    by: int
    text: str
    at: datetime
    visibility: Visibility = "shared"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What someone said they would do. Its id is the entry's: forgetting one forgets both."""

    id: str
    by: int
    what: str
    due_words: str | None = None
    due: datetime | None = None
    state: CommitmentState = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that one turn does to the journal, in one transaction, in the order of the fields."""

    position: Position
    """With its version already raised by one."""

    partners: tuple[str, str] | None = None
    account: str | None = None
    begun: RunStart | None = None
    forgotten: tuple[str, ...] = ()
    """Ids of entries (and commitments) to forget, bytes and all."""

    entries: tuple[Entry, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    ended: RunEnd | None = None
    erase_draft: bool = False
    """True when a draft was left out, replaced or dropped: its bytes must be gone once this is committed."""


class Journal(Protocol):
    """A store of what was said. Safe to use from several threads and processes at once."""

    def standing(self, household: str) -> Standing:
        """Where the household stands; a new household stands at a fresh ``Position``. Raises ``JournalError``."""

    def commit(self, household: str, seen: int, changes: Changes) -> None:
        """Apply ``changes`` durably, all or nothing, if the position's version is still ``seen``.

        Raises ``Overtaken`` when it is not, ``JournalError`` when nothing could be written.
        """

    def first_of_last_run(self, household: str, ritual: str) -> int | None:
        """The seat that spoke first when this ritual was last begun; None if it never was."""
