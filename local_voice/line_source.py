"""LineSource: typed lines, waited for no longer than a given time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable


class LineSource:
    """Reads lines on a thread of its own, so that time can pass while nobody types."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._read: queue.Queue[str | None] = queue.Queue(maxsize=1)
        threading.Thread(target=self._follow, args=(lines,), daemon=True).start()

    def next(self, seconds: float | None) -> str | None:
        """The next line without its end; None at the end of input. Raises ``TimeoutError`` after ``seconds``."""
        try:
            return self._read.get(timeout=seconds)
        except queue.Empty as error:
            raise TimeoutError from error

    def _follow(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._read.put(line.rstrip("\r\n"))
        self._read.put(None)
