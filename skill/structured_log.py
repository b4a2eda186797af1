"""Log lines as JSON objects of fixed words and numbers. Nothing a person said and no id can get into one."""

from __future__ import annotations

import json
import logging
from enum import StrEnum

_log = logging.getLogger("common_ground.skill")


class Event(StrEnum):
    """What a line tells of."""

    ANSWERED = "answered"
    REFUSED = "refused"
    """Verification refused a request."""

    JOURNAL = "journal-unusable"
    FAILED = "failed"
    """A fault in the program; the line holds where, never the message."""

    SESSION_ENDED = "session-ended"
    REJECTED_RESPONSE = "response-rejected"
    """Alexa could not use one of our responses."""

    LISTENING = "listening"
    STOPPING = "stopping"
    STOPPED = "stopped"


def record(event: Event, level: int = logging.INFO, **fields: str | float) -> None:
    """Write one line. The caller sees to it that ``fields`` hold words from a fixed list, or numbers."""
    _log.log(level, "%s", json.dumps({"event": event.value, **fields}))
