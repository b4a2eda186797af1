"""Connections to the journal's file, every one with the same promises, and a pool of them for threads."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Literal

from sqlite_utils import Database

from intents.journal import JournalError
from storage.failures import CLOSED, NO_WAL, explained, sentence

_PROMISES = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    # VACUUM and large statements would otherwise put words into a temporary file.
    "PRAGMA temp_store = MEMORY",
)


def connect(path: Path, busy_timeout: float, mode: Literal["ro", "rw"] = "rw") -> Database:
    """Open the existing file at ``path`` and wait up to ``busy_timeout`` seconds for locks; may cross threads.

    Raises ``sqlite3.Error`` when the file cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=busy_timeout,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        db = Database(connection, execute_plugins=False)
        for promise in _PROMISES:
            db.execute(promise)
    except sqlite3.Error:
        connection.close()
        raise
    return db


def use_wal(db: Database, path: Path, busy_timeout: float) -> None:
    """Switch a new file to the write-ahead log; a no-op on a journal that has it.

    Raises ``sqlite3.OperationalError`` when others hold the file longer than ``busy_timeout`` seconds, ``JournalError``
    when the file system cannot do it.
    """
    deadline = time.monotonic() + busy_timeout
    while True:
        try:
            (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            # SQLite does not wait here when several processes switch a new file at once, so we do.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
    if mode != "wal":
        raise JournalError(NO_WAL.format(path=path))


class Immediate:
    """One write transaction, taken at once: a plain BEGIN that reads first loses its writes when others write too.

    A class, as ``Loan`` is: both are entered in every turn, and a generator takes three times as long.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def __enter__(self) -> None:
        # On the connection itself: sqlite-utils reads through a statement to find out whether it began a transaction.
        self._db.conn.execute("BEGIN IMMEDIATE")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._db.conn.execute("COMMIT")
        finally:
            # Does nothing after a COMMIT, and undoes everything otherwise.
            self._db.rollback()


class ConnectionPool:
    """Lends connections, as many as there are threads that ask at the same moment. Safe to use from any thread."""

    def __init__(self, path: Path, busy_timeout: float) -> None:
        """Lend connections to the file at ``path`` that wait ``busy_timeout`` seconds for locks."""
        self.path = path
        self._busy_timeout = busy_timeout
        self._lock = Lock()
        self._idle: list[Database] = []
        self._closed = False

    def lend(self) -> Loan:
        """Lend a connection, as a context manager; what SQLite refuses while it is lent becomes a ``JournalError``."""
        return Loan(self)

    def close(self) -> None:
        """Close every connection; one that is lent closes when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for db in idle:
            db.close()

    def take(self) -> Database:
        """Take an idle connection, or a new one. Raises ``JournalError``."""
        with self._lock:
            if self._closed:
                raise JournalError(CLOSED.format(path=self.path))
            if self._idle:
                return self._idle.pop()
        with explained(self.path):
            return connect(self.path, self._busy_timeout)

    def give_back(self, db: Database) -> None:
        """Take a connection back that was taken."""
        with self._lock:
            if not self._closed:
                self._idle.append(db)
                return
        db.close()


class Loan:
    """A connection while it is lent. One on which SQLite failed is closed and not lent again."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def __enter__(self) -> Database:
        self._db = self._pool.take()
        return self._db

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, sqlite3.Error):
            self._db.close()
            # Without its cause: a traceback could print words that were said.
            raise JournalError(sentence(self._pool.path, error)) from None
        self._pool.give_back(self._db)
