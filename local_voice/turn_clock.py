"""TurnClock: the time of each turn, from the clock on the wall or as the program that talks to us gives it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta


class TurnClock:
    """Once a time was given, time goes on from there; it never goes back."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        """``clock`` gives the time with its zone."""
        self._clock = clock
        self._ahead = timedelta()
        self._last: datetime | None = None

    def at(self, given: datetime | None = None) -> datetime:
        """The time of a turn. Raises ``ValueError`` when ``given`` lies before a time already given."""
        if given is not None:
            if self._last is not None and given < self._last:
                raise ValueError("The time “at” lies before the one before it: send turns in the order of their times.")
            self._ahead = given - self._clock()
            self._last = given
            return given
        if self._last is None:
            return self._clock()
        return (self._clock() + self._ahead).astimezone(self._last.tzinfo)
