"""Several microphones, several web workers, and a plug that is pulled."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from pathlib import Path

from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import Couple
from tests.storage.test_turns import texts

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    module = f"tests.storage.{script}"
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", module, *map(str, arguments)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def expect(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdout is not None
    assert process.stdout.readline() == line + "\n"


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def finished(process: subprocess.Popen[str]) -> None:
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")


def test_four_processes_take_turns_and_none_is_lost(folder: Path, couple: Couple) -> None:
    """Harm: said to the speaker and to the laptop at once, one of the two answers disappears."""
    processes = [start("take_turns", folder, name, 50) for name in "abcd"]
    for process in processes:
        expect(process, "ready")
    for process in processes:
        go(process)
    for process in processes:
        finished(process)
    assert sorted(texts(couple.journal)) == sorted(f"{name}-{number}" for name in "abcd" for number in range(50))
    assert couple.version() == 1 + 200


def test_six_processes_open_a_new_folder_at_once(folder: Path) -> None:
    """Harm: the first start after the installation fails now and then."""
    processes = [start("open_new_folders", folder, 20) for _ in range(6)]
    for process in processes:
        expect(process, "ready")
    for _ in range(20):
        for process in processes:
            go(process)
        for process in processes:
            expect(process, "opened")
    for process in processes:
        finished(process)
    for number in range(20):
        with SqliteJournal(folder / str(number)) as journal:
            Couple(journal).begin()
            assert journal.damage() == []


def test_what_was_acknowledged_is_there_after_every_kill(folder: Path) -> None:
    """Harm: "I've kept that", and the next morning it is gone."""
    with SqliteJournal(folder) as journal:
        Couple(journal).begin()
    chance = random.Random(14)
    acknowledged: list[str] = []
    for _ in range(10):
        with start("commit_until_killed", folder, len(acknowledged)) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 40)):
                acknowledged.append(f"number {int(process.stdout.readline())}")
            # Other turns are under way by now, at whatever point they happen to be.
            process.send_signal(signal.SIGKILL)
            acknowledged += [f"number {int(line)}" for line in process.stdout if line.endswith("\n")]
        with SqliteJournal(folder) as journal:
            kept = texts(journal)
            assert kept[: len(acknowledged)] == acknowledged
            # At most the one turn that was committed but could not be told any more.
            assert len(kept) - len(acknowledged) in (0, 1)
            assert journal.damage() == []
            acknowledged = kept
