"""Finding shared entries by their words."""

from __future__ import annotations

from datetime import datetime

from intents.journal import Entry, Visibility
from storage.full_text import bring_up_to_date
from storage.sqlite_journal import SqliteJournal


def search(journal: SqliteJournal, household: str, words: str, *, limit: int = 50) -> tuple[Entry, ...]:
    """Find a household's shared entries that hold all of ``words``, newest first, at most ``limit``.

    ``words`` is whatever somebody typed: case and accents do not matter, "words in quotes" must follow each other, and
    nothing in it is an operator. Raises ``JournalError``.
    """
    # A NUL ends SQLite's query text early, and half of a surrogate pair has no bytes to look for.
    words = words.replace("\0", " ").encode("utf-8", "ignore").decode()
    with journal.connection() as db:
        query = db.quote_fts(words)
        if not query:
            return ()
        bring_up_to_date(db)
        rows = db.execute(
            """SELECT id, run, ritual, step, kind, by, entries.text, at, visibility
            FROM entries_fts JOIN entries ON entries.number = entries_fts.rowid
            WHERE entries_fts MATCH ? AND household = ? AND visibility = 'shared'
            ORDER BY entries.number DESC LIMIT ?""",
            (query, household, limit),
        ).fetchall()
    return tuple(_entry(*row) for row in rows)


def ids_beginning(journal: SqliteJournal, household: str, letters: str) -> tuple[str, ...]:
    """The ids of a household's entries that begin with ``letters``, at most two of them. Raises ``JournalError``."""
    with journal.connection() as db:
        rows = db.execute(
            "SELECT id FROM entries WHERE household = ? AND substr(id, 1, ?) = ? LIMIT 2",
            (household, len(letters), letters),
        ).fetchall()
    return tuple(row[0] for row in rows)


def _entry(
    entry: str, run: str, ritual: str, step: str, kind: str, by: int, text: str, at: str, visibility: Visibility
) -> Entry:
    return Entry(entry, run, ritual, step, kind, by, text, datetime.fromisoformat(at), visibility)
