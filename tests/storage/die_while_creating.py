"""Is killed while the first pages of a new journal are being written: ``die_while_creating.py FOLDER``."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from pathlib import Path


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(mode=0o700)
    connection = sqlite3.connect(folder / "journal.db", isolation_level=None)
    # So small a cache makes SQLite write to the file before the transaction ends.
    connection.execute("PRAGMA cache_size = 2")
    connection.execute("BEGIN")
    connection.execute("CREATE TABLE households (id TEXT)")
    connection.executemany("INSERT INTO households VALUES (?)", [("home" * 900,)] * 50)
    os.kill(os.getpid(), signal.SIGKILL)


main()
