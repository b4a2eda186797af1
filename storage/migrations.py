"""The journal's tables, as an ordered list of small steps. A released step is never edited, only followed."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("common_ground")


@MIGRATIONS()
def m001_households(db: Database) -> None:
    """Keep who lives here: a household, its two partners by seat, and the cloud account it belongs to."""
    db.execute("CREATE TABLE households (id TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID")
    db.execute(
        """CREATE TABLE partners (
            household TEXT NOT NULL REFERENCES households (id),
            seat INTEGER NOT NULL CHECK (seat IN (0, 1)),
            name TEXT NOT NULL,
            PRIMARY KEY (household, seat)
        ) STRICT, WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE accounts (
            household TEXT PRIMARY KEY NOT NULL REFERENCES households (id),
            account TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )


@MIGRATIONS()
def m002_positions(db: Database) -> None:
    """Keep where each household stands, as JSON; the version decides between two microphones."""
    # No foreign key here: SQLite then clears the whole table page by page, which erasing a draft relies on.
    db.execute(
        """CREATE TABLE positions (
            household TEXT PRIMARY KEY NOT NULL,
            version INTEGER NOT NULL,
            json TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )


@MIGRATIONS()
def m003_runs(db: Database) -> None:
    """Keep each time a ritual was begun; ``started`` and ``ended`` are ISO 8601 with offset."""
    db.execute(
        """CREATE TABLE runs (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            household TEXT NOT NULL REFERENCES households (id),
            ritual TEXT NOT NULL,
            form TEXT,
            channel TEXT NOT NULL,
            started TEXT NOT NULL,
            ended TEXT,
            outcome TEXT CHECK (outcome IN ('finished', 'ended early')),
            first INTEGER NOT NULL CHECK (first IN (0, 1))
        ) STRICT"""
    )
    db.execute("CREATE INDEX runs_by_ritual ON runs (household, ritual)")


@MIGRATIONS()
def m004_entries(db: Database) -> None:
    """Keep what was said and accepted: written once, then kept or forgotten, never changed."""
    # An explicit integer key: VACUUM may renumber an implicit one, and the index would point at other words.
    db.execute(
        """CREATE TABLE entries (
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            run TEXT NOT NULL REFERENCES runs (id),
            household TEXT NOT NULL REFERENCES households (id),
            ritual TEXT NOT NULL,
            step TEXT NOT NULL,
            kind TEXT NOT NULL,
            by INTEGER NOT NULL CHECK (by IN (0, 1)),
            text TEXT NOT NULL,
            at TEXT NOT NULL,
            visibility TEXT NOT NULL CHECK (visibility IN ('shared', 'private'))
        ) STRICT"""
    )
    db.execute(
        """CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries
        BEGIN SELECT RAISE (ABORT, 'an entry is never changed'); END"""
    )


@MIGRATIONS()
def m005_entries_fts(db: Database) -> None:
    """Index entries for full text: filled when somebody searches; a trigger takes an entry out when it goes.

    Indexing at each commit would write eight more pages and double the time of a turn.
    """
    db.table("entries").enable_fts(["text"], tokenize="unicode61 remove_diacritics 2")
    db.execute(
        """CREATE TRIGGER entries_leave_the_index AFTER DELETE ON entries
        WHEN EXISTS (SELECT 1 FROM entries_fts_docsize WHERE id = old.number)
        BEGIN INSERT INTO entries_fts (entries_fts, rowid, text) VALUES ('delete', old.number, old.text); END"""
    )


@MIGRATIONS()
def m006_commitments(db: Database) -> None:
    """Keep what someone said they would do. Its id is its entry's, so forgetting one forgets both."""
    db.execute(
        """CREATE TABLE commitments (
            id TEXT PRIMARY KEY NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
            by INTEGER NOT NULL CHECK (by IN (0, 1)),
            what TEXT NOT NULL,
            due TEXT,
            due_words TEXT,
            state TEXT NOT NULL CHECK (state IN ('open', 'done', 'changed', 'dropped'))
        ) STRICT"""
    )


@MIGRATIONS()
def m007_schedules(db: Database) -> None:
    """Keep when a ritual is offered: an RFC 5545 rule, a time HH:MM and an IANA time zone."""
    db.execute(
        """CREATE TABLE schedules (
            id INTEGER PRIMARY KEY,
            household TEXT NOT NULL REFERENCES households (id),
            ritual TEXT NOT NULL,
            rule TEXT NOT NULL,
            at TEXT NOT NULL CHECK (at GLOB '[0-2][0-9]:[0-5][0-9]'),
            timezone TEXT NOT NULL
        ) STRICT"""
    )


@MIGRATIONS()
def m008_tombstones(db: Database) -> None:
    """Keep that an entry was forgotten, without a word of it; no copy or backup brings such an entry back."""
    db.execute(
        """CREATE TABLE tombstones (
            entry TEXT PRIMARY KEY NOT NULL,
            forgotten_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TRIGGER entries_stay_forgotten AFTER INSERT ON entries
        WHEN EXISTS (SELECT 1 FROM tombstones WHERE entry = new.id)
        BEGIN SELECT RAISE (ABORT, 'this entry was forgotten'); END"""
    )


@MIGRATIONS()
def m009_erasures_due(db: Database) -> None:
    """Note that deleted words may still have bytes on disk; ``rewritten`` once only the log (WAL) may hold them."""
    db.execute(
        """CREATE TABLE erasures_due (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            rewritten INTEGER NOT NULL CHECK (rewritten IN (0, 1))
        ) STRICT"""
    )


def is_foreign(db: Database) -> bool:
    """Whether ``db`` holds tables, but none of ours."""
    return bool(db.table_names()) and not MIGRATIONS.applied(db)


def is_newer(db: Database) -> bool:
    """Whether a step was applied to ``db`` that this program does not know."""
    with Database(memory=True, execute_plugins=False) as empty:
        known = {step.name for step in MIGRATIONS.pending(empty)}
    return any(step.name not in known for step in MIGRATIONS.applied(db))
