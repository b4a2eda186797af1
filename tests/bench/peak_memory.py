"""Runs a command of ours to its end and prints the most memory it took, in bytes, with all its child processes."""

from __future__ import annotations

import contextlib
import subprocess
import sys

import psutil

EVERY = 0.02
"""Seconds between two looks."""


def resident(process: psutil.Process) -> int:
    """Bytes resident now, of a process and its children; those that just ended count for nothing."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_info().rss
    return total


with subprocess.Popen([sys.executable, "-m", "common_ground", *sys.argv[1:]], stdout=subprocess.DEVNULL) as talk:
    most = 0
    while talk.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess, subprocess.TimeoutExpired):
            most = max(most, resident(psutil.Process(talk.pid)))
            talk.wait(EVERY)
if talk.returncode:
    sys.exit(talk.returncode)
print(most)
