"""Forgetting: rows first, then every byte. Deleted words otherwise live on in index pages, page gaps and the WAL.

``secure_delete`` overwrites what a DELETE frees, but not the stale copies that b-tree balancing leaves in the gaps of
pages (SQLite's ``rebuildPage``), nor full-text segments, nor the write-ahead log. So: the index is optimised, the file
is rewritten (VACUUM), and the log is emptied (a TRUNCATE checkpoint). A row in ``erasures_due`` stands until all of it
is done, so that whoever commits or opens next finishes what a reader or a crash cut short.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlite_utils import Database

PATIENCE = 1.0
"""Seconds an erasure waits for readers. Shorter than the busy timeout: other writers wait behind it."""

_log = logging.getLogger(__name__)


def forget(db: Database, household: str, ids: Iterable[str]) -> int:
    """Delete a household's entries and commitments, inside the caller's transaction; return how many there were.

    Every id gets a tombstone, known or not, so that no copy brings it back.
    """
    ids = list(ids)
    now = datetime.now(UTC).isoformat()
    gone = 0
    for entry in ids:
        gone += db.execute("DELETE FROM entries WHERE id = ? AND household = ?", (entry, household)).rowcount
        db.execute("INSERT OR IGNORE INTO tombstones (entry, forgotten_at) VALUES (?, ?)", (entry, now))
    if gone:
        db.execute("INSERT INTO entries_fts (entries_fts) VALUES ('optimize')")
        db.execute("INSERT INTO erasures_due (rewritten) VALUES (0)")
    return gone


def clear_old_positions(db: Database) -> None:
    """Write the positions into zeroed pages, inside the caller's transaction: no old draft is in any of them."""
    rows = db.execute("SELECT household, version, json FROM positions").fetchall()
    db.execute("DELETE FROM positions")
    for row in rows:
        db.execute("INSERT INTO positions (household, version, json) VALUES (?, ?, ?)", row)
    db.execute("INSERT INTO erasures_due (rewritten) VALUES (1)")


def is_due(db: Database) -> bool:
    """Whether deleted words may still have bytes on disk."""
    return db.execute("SELECT 1 FROM erasures_due LIMIT 1").fetchone() is not None


def finish(db: Database, patience: float) -> bool:
    """Erase what is due, waiting up to ``patience`` seconds for each lock; return whether all of it is gone.

    Never raises for a database that is busy, full or failing: what was committed stays committed, and the note stays.
    """
    (usual,) = db.execute("PRAGMA busy_timeout").fetchone()
    db.execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
    try:
        done = _erase(db)
    except sqlite3.OperationalError as error:
        _log.warning("Erasing is put off to the next turn (%s).", error.sqlite_errorname)
        return False
    finally:
        db.execute(f"PRAGMA busy_timeout = {usual}")
    if not done:
        _log.warning("Erasing is put off to the next turn (a reader is in the way).")
    return done


def _erase(db: Database) -> bool:
    last, rewritten = db.execute("SELECT max(id), min(rewritten) FROM erasures_due").fetchone()
    if last is None:
        return True
    if not rewritten:
        db.vacuum()
        db.execute("UPDATE erasures_due SET rewritten = 1 WHERE id <= ?", (last,))
    (blocked, _, _) = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if blocked:
        return False
    db.execute("DELETE FROM erasures_due WHERE id <= ?", (last,))
    return True
