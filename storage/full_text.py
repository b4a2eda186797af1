"""The full-text index: brought up to date when somebody searches, so that no turn waits for it."""

from __future__ import annotations

from sqlite_utils import Database

from storage.connection import Immediate


def bring_up_to_date(db: Database) -> None:
    """Index the entries that came since the last search."""
    newest, indexed = db.execute(
        "SELECT (SELECT max(number) FROM entries), (SELECT max(id) FROM entries_fts_docsize)"
    ).fetchone()
    if newest == indexed:
        return
    with Immediate(db):
        # The question is asked again inside: another process may have indexed them meanwhile.
        db.execute(
            """INSERT INTO entries_fts (rowid, text) SELECT number, text FROM entries
            WHERE number > (SELECT coalesce(max(id), 0) FROM entries_fts_docsize)"""
        )
