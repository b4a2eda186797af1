"""The journal in one SQLite file on the couple's own machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Literal, Self

from pydantic import ValidationError
from sqlite_utils import Database

from intents.journal import Changes, JournalError, Overtaken, Standing
from intents.position import Position
from storage import erasing
from storage.connection import ConnectionPool, Immediate, Loan, connect, use_wal
from storage.failures import DAMAGED, NEWER, NO_ACCESS, NOT_A_JOURNAL, explained
from storage.migrations import MIGRATIONS, is_foreign, is_newer
from storage.turn_changes import advance, write

FILE_NAME = "journal.db"

_SMALL_TABLES = ("households", "partners", "accounts", "positions", "erasures_due")

_creating = Lock()


class SqliteJournal:
    """Implements ``intents.journal.Journal``. Serves any number of threads; several processes may share a folder.

    While it is open, read ``journal.db`` through SQLite only: closing an ordinary file handle on it drops this
    process's locks (https://www.sqlite.org/howtocorrupt.html#posix_close_bug).
    """

    def __init__(self, folder: Path, *, busy_timeout: float = 5.0) -> None:
        """Open the journal in ``folder``, made (mode 0700, file 0600) where it does not exist.

        ``busy_timeout`` is how long to wait for other processes, in seconds. Raises ``JournalError`` when the file
        is not a journal, damaged, newer than this program, in use, or out of reach; it is then left as it was.
        """
        self.path = folder / FILE_NAME
        self._busy_timeout = busy_timeout
        with explained(self.path):
            _create(self.path)
            _inspect(self.path, busy_timeout)
        self._pool = ConnectionPool(self.path, busy_timeout)
        try:
            self._bring_up_to_date()
        except JournalError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection. May be called twice; any other call afterwards raises ``JournalError``."""
        self._pool.close()

    def connection(self) -> Loan:
        """Lend a connection for reading, as a context manager; ``sqlite3.Error`` inside becomes ``JournalError``."""
        return self._pool.lend()

    def standing(self, household: str) -> Standing:
        """Where the household stands; see ``intents.journal.Journal``."""
        with self._pool.lend() as db:
            row = db.execute(
                """SELECT json,
                    (SELECT account FROM accounts WHERE household = positions.household),
                    (SELECT name FROM partners WHERE household = positions.household AND seat = 0),
                    (SELECT name FROM partners WHERE household = positions.household AND seat = 1)
                FROM positions WHERE household = ?""",
                (household,),
            ).fetchone()
        if row is None:
            return Standing(Position())
        json, account, first, second = row
        try:
            position = Position.model_validate_json(json)
        except ValidationError:
            # Without its cause: pydantic's message quotes its input, which may hold a draft.
            raise JournalError(DAMAGED.format(path=self.path)) from None
        return Standing(position, () if first is None or second is None else (first, second), account)

    def commit(self, household: str, seen: int, changes: Changes) -> None:
        """Apply one turn's changes, all or nothing; see ``intents.journal.Journal``."""
        with self._pool.lend() as db:
            with Immediate(db):
                if not advance(db, household, seen, changes.position):
                    raise Overtaken
                earlier = erasing.is_due(db)
                write(db, household, changes)
            if changes.forgotten or changes.erase_draft:
                erasing.finish(db, erasing.PATIENCE)
            elif earlier:
                # Someone has been in the way for a while: one try, and nobody waits for it.
                erasing.finish(db, patience=0)

    def first_of_last_run(self, household: str, ritual: str) -> int | None:
        """Say which seat spoke first when this ritual was last begun; None if it never was."""
        with self._pool.lend() as db:
            row = db.execute(
                "SELECT first FROM runs WHERE household = ? AND ritual = ? ORDER BY number DESC LIMIT 1",
                (household, ritual),
            ).fetchone()
        return None if row is None else int(row[0])

    def forget_entries(self, household: str, ids: Iterable[str]) -> int:
        """Forget entries and their commitments, bytes and all; return how many there were.

        Ids that are unknown, or another household's, delete nothing. Raises ``JournalError`` when nothing was written.
        """
        with self._pool.lend() as db:
            with Immediate(db):
                gone = erasing.forget(db, household, ids)
            erasing.finish(db, erasing.PATIENCE)
        return gone

    def damage(self) -> list[str]:
        """Check the whole file; return SQLite's findings (page and row numbers), none when it is sound. Slow."""
        with self._pool.lend() as db:
            findings = [str(row[0]) for row in db.execute("PRAGMA integrity_check").fetchall()]
        return [] if findings == ["ok"] else findings

    def _bring_up_to_date(self) -> None:
        with self._pool.lend() as db:
            use_wal(db, self.path, self._busy_timeout)
            with Immediate(db):
                MIGRATIONS.apply(db)
            if erasing.is_due(db):
                erasing.finish(db, erasing.PATIENCE)


def _create(path: Path) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _creating:
            # Only ever opened when new: closing a handle on a file in use would drop this process's SQLite locks.
            path.touch(mode=0o600, exist_ok=False)
    except FileExistsError:
        if not path.is_file():
            raise JournalError(NO_ACCESS.format(path=path)) from None
    except OSError:
        raise JournalError(NO_ACCESS.format(path=path)) from None


def _inspect(path: Path, busy_timeout: float) -> None:
    """Refuse what is not ours to write. Read-only, so that not even a waiting log is folded into such a file."""
    # A rollback journal is there only while a file is made: what a kill left half made must be undone to be read.
    mode: Literal["ro", "rw"] = "rw" if path.with_name(f"{path.name}-journal").exists() else "ro"
    size = path.stat().st_size
    db = connect(path, busy_timeout, mode)
    try:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        # SQLite takes any very short file for an empty database, and would write over it.
        if is_foreign(db) or (mode == "ro" and size > 0 and pages == 0):
            raise JournalError(NOT_A_JOURNAL.format(path=path))
        if is_newer(db):
            raise JournalError(NEWER.format(path=path))
        if MIGRATIONS.applied(db):
            _check(db, path)
    finally:
        db.close()


def _check(db: Database, path: Path) -> None:
    """Check the tables every turn needs; they stay small, so this takes no longer as the journal grows."""
    for table in _SMALL_TABLES:
        if db.execute(f"PRAGMA quick_check({table})").fetchall() != [("ok",)]:
            raise JournalError(DAMAGED.format(path=path))
