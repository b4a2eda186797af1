"""A process that takes turns: ``take_turns.py FOLDER NAME COUNT``. Asks again whenever another was quicker."""

from __future__ import annotations

import sys
from pathlib import Path

from intents.journal import Changes, Overtaken
from intents.position import Position
from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import spoken


def main() -> None:
    folder, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    with SqliteJournal(folder) as journal:
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(count):
            take_turn(journal, f"{name}-{number}")


def take_turn(journal: SqliteJournal, text: str) -> None:
    while True:
        seen = journal.standing("home").position.version
        changes = Changes(position=Position(version=seen + 1), entries=(spoken(text),))
        try:
            journal.commit("home", seen, changes)
        except Overtaken:
            continue
        return


main()
