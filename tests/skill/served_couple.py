"""A program for the tests: it serves a couple that answers once a line arrives on standard input.

Run with ``public`` or ``local``, a host and a port. Writes the port to standard output.
"""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime

from intents.reply import Reply
from intents.turn import Turn
from skill.app import create_app, create_local_test_app
from skill.serve import serve_local_test, serve_public
from tests.skill.signed_requests import RITUALS, SECRET, SKILL_ID, Couple

TOKEN = "a-token-for-the-tests"


class SlowCouple(Couple):
    """Says on standard error that a turn has begun, and answers when it is told to."""

    def reply_to(self, turn: Turn) -> Reply:
        print("begun", file=sys.stderr, flush=True)
        sys.stdin.readline()
        return super().reply_to(turn)


def now() -> datetime:
    """The real time, in UTC."""
    return datetime.now(UTC)


def main(kind: str, host: str, port: int) -> None:
    """Serve until told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    couple = SlowCouple()

    def ready(actual: int) -> None:
        print(actual, flush=True)

    if kind == "public":
        app = create_app(couple, household="home", secret=SECRET, ritual_ids=RITUALS, skill_id=SKILL_ID, clock=now)
        serve_public(app, host, port, ready=ready)
    else:
        app = create_local_test_app(couple, household="home", secret=SECRET, ritual_ids=RITUALS, token=TOKEN, clock=now)
        serve_local_test(app, port, ready=ready)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
