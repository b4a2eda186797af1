"""Request ids that were seen, so that a recorded request cannot be played again."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from skill.refusal import Reason, Refused


class SeenRequests:
    """Ids of verified requests, each held until its own timestamp refuses it anyway. Safe for several threads.

    Held in memory: one process serves the endpoint, and a restart forgets at most the last few minutes.
    """

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}
        self._lock = Lock()

    def check(self, request_id: str, *, until: datetime, now: datetime) -> None:
        """Remember ``request_id`` until a moment; raises ``Refused`` when it is remembered already."""
        with self._lock:
            self._until = {known: end for known, end in self._until.items() if end >= now}
            if request_id in self._until:
                raise Refused(Reason.REPLAY)
            self._until[request_id] = until
