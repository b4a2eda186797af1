"""Commits numbered entries for ever and prints each number once there: ``commit_until_killed.py FOLDER FIRST``."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import Couple


def main() -> None:
    couple = Couple(SqliteJournal(Path(sys.argv[1])))
    for number in count(int(sys.argv[2])):
        couple.say(f"number {number}")
        print(number, flush=True)


main()
