"""Opens one new journal after the other, at the same moments as its brothers: ``open_new_folders.py FOLDER COUNT``."""

from __future__ import annotations

import sys
from pathlib import Path

from storage.sqlite_journal import SqliteJournal


def main() -> None:
    print("ready", flush=True)
    for number in range(int(sys.argv[2])):
        sys.stdin.readline()
        SqliteJournal(Path(sys.argv[1]) / str(number)).close()
        print("opened", flush=True)


main()
