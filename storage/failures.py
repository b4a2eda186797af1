"""What went wrong with the journal, as one sentence for the couple that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intents.journal import JournalError

NOT_A_JOURNAL = "{path} is not a Common Ground journal; move it somewhere else, or put your backup in its place."
NEWER = "{path} was written by a newer Common Ground; update this one, and it will open."
DAMAGED = "{path} is damaged; put your last backup in its place, or move it somewhere else to begin a new journal."
IN_USE = "{path} is in use by another program; close that program, and try again."
NO_ACCESS = "{path} cannot be read and written; give yourself the right to read and write it and its folder."
FULL = "There is no room left on the disk for {path}; make some room, and try again."
DISK = "The disk failed while {path} was in use; check that the disk is there and healthy, and try again."
NO_WAL = "{path} is on a disk that cannot keep a journal safe; move its folder to a disk of this machine."
CLOSED = "{path} was closed; start Common Ground again."
REFUSED = "{path} refused this change ({reason}) and is as it was before; please report this as a fault."

_BY_CODE = {
    sqlite3.SQLITE_NOTADB: NOT_A_JOURNAL,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_FORMAT: DAMAGED,
    sqlite3.SQLITE_ERROR: DAMAGED,
    sqlite3.SQLITE_BUSY: IN_USE,
    sqlite3.SQLITE_LOCKED: IN_USE,
    sqlite3.SQLITE_PROTOCOL: IN_USE,
    sqlite3.SQLITE_CANTOPEN: NO_ACCESS,
    sqlite3.SQLITE_READONLY: NO_ACCESS,
    sqlite3.SQLITE_PERM: NO_ACCESS,
    sqlite3.SQLITE_AUTH: NO_ACCESS,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: DISK,
}


def sentence(path: Path, error: sqlite3.Error) -> str:
    """Say what ``error`` means for the journal at ``path``. SQLite's own message may hold words: none of it is used."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        # Raised by Python's driver alone: text that is not UTF-8, which this program never writes.
        return DAMAGED.format(path=path)
    # The low byte is the primary code: https://www.sqlite.org/rescode.html#primary_result_codes_versus_extended
    return _BY_CODE.get(code & 0xFF, REFUSED).format(path=path, reason=error.sqlite_errorname)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn a ``sqlite3.Error`` into a ``JournalError``, without its cause: a traceback could print what was said."""
    try:
        yield
    except sqlite3.Error as error:
        raise JournalError(sentence(path, error)) from None
