"""When a request was sent, and whether that is close enough to now."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from skill.refusal import Reason, Refused

MOST_TOLERANCE = timedelta(seconds=150)
"""Either side of now. Amazon, "Host a custom skill as a web service": no more than 150 seconds."""

EVENT_AGE = timedelta(seconds=3_600)
"""How old a skill event may be: Amazon sends it again for up to an hour until it is acknowledged."""

EVENT_PREFIX = "AlexaSkillEvent."

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)", re.ASCII)

_log = logging.getLogger(__name__)


def moment(value: object) -> datetime:
    """The moment that a request's ``timestamp`` names, with its time zone.

    Takes an RFC 3339 text with a zone, such as ``2026-01-31T19:30:00Z``; raises ``Refused`` for anything else: numbers,
    dates alone, times without a zone.
    """
    if not isinstance(value, str) or _RFC_3339.fullmatch(value) is None:
        raise Refused(Reason.TIMESTAMP)
    try:
        return datetime.fromisoformat(value)
    except ValueError as error:
        raise Refused(Reason.TIMESTAMP) from error


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far from now a request's time may be. More than Amazon allows is cut to what it allows, with a warning.

    Raises ``ValueError`` for a negative tolerance.
    """

    tolerance: timedelta = MOST_TOLERANCE

    def __post_init__(self) -> None:
        if self.tolerance < timedelta():
            raise ValueError("The timestamp tolerance cannot be negative.")
        if self.tolerance > MOST_TOLERANCE:
            _log.warning("The timestamp tolerance was cut to %d seconds.", MOST_TOLERANCE.total_seconds())
            object.__setattr__(self, "tolerance", MOST_TOLERANCE)

    def check(self, sent: datetime, *, now: datetime, request_type: str) -> None:
        """Raises ``Refused`` when ``sent`` is too old or too far ahead. Both times have a time zone."""
        oldest = EVENT_AGE if request_type.startswith(EVENT_PREFIX) else self.tolerance
        if not -self.tolerance <= now - sent <= oldest:
            raise Refused(Reason.TIMESTAMP)
