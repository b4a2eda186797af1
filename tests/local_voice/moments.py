"""Moments of the real conversation, for tests of hearing alone."""

from __future__ import annotations

from intents.reply import Awaits, Listening
from local_voice.recognizer import Moment
from tests.conversations.couple import english

PARTNERS = ("Ana", "Ben")


def meaning(words: str, awaits: Awaits) -> tuple[str | None, dict[str, str]]:
    """What words mean while ``awaits`` is awaited: the intent and its slots."""
    understood = english().understanding.understand(words, awaits, PARTNERS)
    return understood.intent, dict(understood.slots)


def moment(awaits: Awaits, *expects: str) -> Moment:
    """The moment at which ``awaits`` is awaited; open for a line, closed for all else."""
    return Moment(
        listening=Listening.OPEN if awaits is Awaits.LINE else Listening.CLOSED,
        sayable=english().understanding.sayable(awaits, PARTNERS),
        means_something=lambda words: meaning(words, awaits)[0] is not None,
        expects=expects,
    )
