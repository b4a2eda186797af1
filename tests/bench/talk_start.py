"""How long ``talk`` takes until it is ready, and how much memory it takes at its fullest."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from local_voice.wav_file import write_wav
from tests.bench.figure import Figure
from tests.partner_voice import ANA, partner_voice

STARTS = 5


def measure() -> Sequence[Figure]:
    """Real processes: started five times, and once for a talk in which a minute of speech is heard."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        ready = sorted(_start(home) for _ in range(STARTS))
        return [
            Figure("start of talk to its first reply, median of 5", ready[STARTS // 2], "s", 3),
            Figure("peak memory of talk that hears and speaks", _peak(home), "MB", 450),
        ]


def _start(home: Path) -> float:
    """Seconds from starting ``talk --json`` to its first reply."""
    began = perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "common_ground", "talk", "--json"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "COMMON_GROUND_HOME": str(home)},
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        took = perf_counter() - began
        process.communicate()
    return took


def _peak(home: Path) -> float:
    """Megabytes resident at most, of ``talk --hear`` and the child that renders its voice."""
    lines = ["We're Ana and Ben.", "Yes.", "Let's do a gratitude round.", "You made tea this morning. " * 20]
    files = [home / f"{number}.wav" for number in range(len(lines))]
    for path, words in zip(files, lines, strict=True):
        write_wav(path, partner_voice(words, ANA), 16_000)
    measured = subprocess.run(
        [sys.executable, "-m", "tests.bench.peak_memory", "talk", "--hear", *map(str, files), "--speak-to", str(home)],
        env={**os.environ, "COMMON_GROUND_HOME": str(home / "home")},
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(measured.stdout.split()[-1]) / 2**20
