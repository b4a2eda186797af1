"""A couple that talks to a journal directly, one turn at a time, as the conversation does."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable
from datetime import datetime, timedelta, timezone
from uuid import uuid4

from intents.journal import Changes, Commitment, Entry, RunEnd, RunStart, Visibility
from intents.position import Draft, Position
from storage.sqlite_journal import SqliteJournal

EVENING = datetime(2026, 11, 22, 19, 30, tzinfo=timezone(timedelta(hours=1)))


class Couple:
    """Sam (seat 0) and Alex (seat 1), in the middle of a gratitude round."""

    def __init__(self, journal: SqliteJournal, household: str = "home") -> None:
        self.journal = journal
        self.household = household

    def turn(self, changes: Changes) -> None:
        """Commit ``changes`` with the version that follows the one that stands."""
        seen = self.journal.standing(self.household).position.version
        position = changes.position.model_copy(update={"version": seen + 1})
        self.journal.commit(self.household, seen, replace_position(changes, position))

    def begin(self, run: str = "run", *, ritual: str = "gratitude", first: int = 0) -> None:
        start = RunStart(run, ritual, "keyboard", EVENING, first)
        self.turn(Changes(position=Position(), partners=("Sam", "Alex"), begun=start))

    def end(self, run: str = "run") -> None:
        self.turn(Changes(position=Position(), ended=RunEnd(run, EVENING + timedelta(minutes=4), "finished")))

    def say(self, text: str, *, by: int = 0, run: str = "run", visibility: Visibility = "shared") -> Entry:
        entry = spoken(text, by=by, run=run, visibility=visibility)
        self.turn(Changes(position=Position(), entries=(entry,)))
        return entry

    def promise(self, what: str, *, due_words: str | None = None) -> Entry:
        entry = spoken(what)
        commitment = Commitment(entry.id, 0, what, due_words, None if due_words is None else EVENING)
        self.turn(Changes(position=Position(), entries=(entry,), commitments=(commitment,)))
        return entry

    def draft(self, text: str) -> None:
        self.turn(Changes(position=Position(draft=Draft(text=text, by=0))))

    def leave_out(self) -> None:
        self.turn(Changes(position=Position(), erase_draft=True))

    def forget(self, *ids: str) -> None:
        self.turn(Changes(position=Position(), forgotten=ids))

    def version(self) -> int:
        return self.journal.standing(self.household).position.version


def replace_position(changes: Changes, position: Position) -> Changes:
    return Changes(
        position=position,
        partners=changes.partners,
        account=changes.account,
        begun=changes.begun,
        forgotten=changes.forgotten,
        entries=changes.entries,
        commitments=changes.commitments,
        ended=changes.ended,
        erase_draft=changes.erase_draft,
    )


def spoken(
    text: str, *, by: int = 0, run: str = "run", visibility: Visibility = "shared", entry_id: str | None = None
) -> Entry:
    return Entry(entry_id or str(uuid4()), run, "gratitude", "noticed", "gratitude", by, text, EVENING, visibility)


def distinctive_words(chance: random.Random, count: int) -> list[str]:
    """Words of 14 random letters: none is part of another, of a schema or of a ritual."""
    return ["".join(chance.choice(string.ascii_lowercase) for _ in range(14)) for _ in range(count)]


def text_of(words: Iterable[str]) -> str:
    return " ".join(words)
