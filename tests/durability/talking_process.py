"""A real ``talk --json`` process, to be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

Said = dict[str, Any]


class TalkingProcess:
    """Talks through pipes. The first reply is read on start."""

    def __init__(self, home: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "common_ground", "talk", "--json"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "COMMON_GROUND_HOME": str(home)},
        )
        self.first = self.hear()

    def send(self, line: str) -> None:
        """Send a line without waiting for its reply."""
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        self._process.stdin.flush()

    def hear(self) -> Said:
        """The next reply."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, self._process.stderr.read().decode() if self._process.stderr else "no reply"
        said: Said = json.loads(line)
        return said

    def say(self, line: str) -> Said:
        """Send a line and wait for its reply."""
        self.send(line)
        return self.hear()

    def kill(self) -> list[Said]:
        """SIGKILL; returns replies that were out already and not yet heard."""
        self._process.send_signal(signal.SIGKILL)
        rest, _ = self._process.communicate()
        return [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]

    def finish(self) -> None:
        """End the input and wait; the exit code must be 0."""
        _, err = self._process.communicate()
        assert self._process.returncode == 0, err.decode()
