"""One turn's changes as statements, inside the caller's transaction."""

from __future__ import annotations

from sqlite_utils import Database

from intents.journal import Changes, Commitment, Entry, RunEnd, RunStart
from intents.position import Position
from storage import erasing


def advance(db: Database, household: str, seen: int, position: Position) -> bool:
    """Move the household to ``position`` if its version is still ``seen``; return whether it was."""
    json = position.model_dump_json()
    moved = db.execute(
        "UPDATE positions SET version = ?, json = ? WHERE household = ? AND version = ?",
        (position.version, json, household, seen),
    )
    if moved.rowcount == 1:
        return True
    if seen != 0:
        return False
    db.execute("INSERT OR IGNORE INTO households (id) VALUES (?)", (household,))
    begun = db.execute(
        "INSERT OR IGNORE INTO positions (household, version, json) VALUES (?, ?, ?)",
        (household, position.version, json),
    )
    return begun.rowcount == 1


def write(db: Database, household: str, changes: Changes) -> None:
    """Write everything but the position, in the order of the fields of ``Changes``."""
    if changes.partners is not None:
        _name_partners(db, household, changes.partners)
    if changes.account is not None:
        db.execute(
            "INSERT INTO accounts (household, account) VALUES (?, ?)"
            " ON CONFLICT (household) DO UPDATE SET account = excluded.account",
            (household, changes.account),
        )
    if changes.begun is not None:
        _begin(db, household, changes.begun)
    if changes.forgotten:
        erasing.forget(db, household, changes.forgotten)
    for entry in changes.entries:
        _enter(db, household, entry)
    for commitment in changes.commitments:
        _commit_to(db, commitment)
    if changes.ended is not None:
        _end(db, household, changes.ended)
    if changes.erase_draft:
        erasing.clear_old_positions(db)


def _name_partners(db: Database, household: str, names: tuple[str, str]) -> None:
    for seat, name in enumerate(names):
        db.execute(
            "INSERT INTO partners (household, seat, name) VALUES (?, ?, ?)"
            " ON CONFLICT (household, seat) DO UPDATE SET name = excluded.name",
            (household, seat, name),
        )


def _begin(db: Database, household: str, run: RunStart) -> None:
    db.execute(
        "INSERT INTO runs (id, household, ritual, form, channel, started, first) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (run.id, household, run.ritual, run.form, run.channel, run.at.isoformat(), run.first),
    )


def _end(db: Database, household: str, run: RunEnd) -> None:
    db.execute(
        "UPDATE runs SET ended = ?, outcome = ? WHERE id = ? AND household = ?",
        (run.at.isoformat(), run.outcome, run.id, household),
    )


def _enter(db: Database, household: str, entry: Entry) -> None:
    db.execute(
        "INSERT INTO entries (id, run, household, ritual, step, kind, by, text, at, visibility)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            entry.run,
            household,
            entry.ritual,
            entry.step,
            entry.kind,
            entry.by,
            entry.text,
            entry.at.isoformat(),
            entry.visibility,
        ),
    )


def _commit_to(db: Database, commitment: Commitment) -> None:
    # A commitment that is known is brought up to date: done, changed or dropped.
    db.execute(
        "INSERT INTO commitments (id, by, what, due, due_words, state) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET by = excluded.by, what = excluded.what, due = excluded.due,"
        " due_words = excluded.due_words, state = excluded.state",
        (
            commitment.id,
            commitment.by,
            commitment.what,
            None if commitment.due is None else commitment.due.isoformat(),
            commitment.due_words,
            commitment.state,
        ),
    )
