"""The command line as a couple has it: a real process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


def environment(home: Path) -> dict[str, str]:
    """Their environment, with a home folder of its own."""
    return {**os.environ, "COMMON_GROUND_HOME": str(home), "COLUMNS": "200", "NO_COLOR": "1"}


def common_ground(home: Path, *arguments: str, typed: str | bytes = "") -> Ran:
    """Run one command to its end."""
    ran = subprocess.run(
        [sys.executable, "-m", "common_ground", *arguments],
        input=typed.encode() if isinstance(typed, str) else typed,
        capture_output=True,
        env=environment(home),
        timeout=120,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[str]:
    """Run ``serve`` until the block ends; gives the line it prints when it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "common_ground", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        env=environment(home),
        text=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        ready = process.stdout.readline().strip()
        yield ready
        process.terminate()
        assert process.wait(timeout=30) == 0


ONE_SENTENCE = re.compile(r"^[^\n]+[.:?] ?[^\n]*\n$")


def is_one_sentence_without_traceback(text: str) -> bool:
    """What a couple may be shown when something cannot be done."""
    return ONE_SENTENCE.match(text) is not None and "Traceback" not in text
