"""Writes until the system refuses files longer than the journal is now: ``write_beyond_limit.py FOLDER``."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from intents.journal import JournalError
from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import Couple


def main() -> None:
    with SqliteJournal(Path(sys.argv[1])) as journal:
        room = journal.path.stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        try:
            Couple(journal).say("more than there is room for " * room)
        except JournalError as refused:
            print(refused)


main()
