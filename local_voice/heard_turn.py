"""From a sound to a Turn: what was heard, at this moment of the conversation."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from intents.conversation import Conversation
from intents.reply import Reply
from intents.turn import Turn
from local_voice.audio import HEARING_RATE, Samples
from local_voice.recognizer import Moment, Recognizer

CHANNEL = "microphone"


def moment_of(conversation: Conversation, reply: Reply) -> Moment:
    """What is expected after ``reply``."""
    return Moment(
        listening=reply.listening,
        sayable=conversation.sayable(reply),
        means_something=partial(_understood, conversation, reply),
        expects=reply.expects,
        language=reply.language,
    )


def heard_turn(
    recognizer: Recognizer, conversation: Conversation, reply: Reply, sound: Samples, household: str, at: datetime
) -> Turn:
    """The turn in ``sound`` (16 kHz mono int16), said after ``reply``; without words where none were heard.

    Raises ``RecognizerError``.
    """
    hearing = recognizer.hear(sound, HEARING_RATE, moment_of(conversation, reply))
    return Turn(
        household=household,
        channel=CHANNEL,
        at=at,
        words=hearing.text,
        confidence=hearing.confidence if hearing.text else None,
        answering=reply.version,
    )


def _understood(conversation: Conversation, reply: Reply, words: str) -> bool:
    return conversation.understood(words, reply)
