"""Forgets an entry while a reader is in the way, and is killed: ``forget_and_die.py FOLDER ENTRY``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from storage import erasing
from storage.sqlite_journal import SqliteJournal


def main() -> None:
    erasing.PATIENCE = 0.05
    SqliteJournal(Path(sys.argv[1])).forget_entries("home", [sys.argv[2]])
    os.kill(os.getpid(), signal.SIGKILL)


main()
