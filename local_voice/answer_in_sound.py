"""The answer in a stream of sound: from blocks of the microphone to the Turn that was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from intents.conversation import Conversation
from intents.reply import Listening, Reply
from intents.turn import Turn
from local_voice.audio import Samples
from local_voice.endpointing import Endpointer, seconds
from local_voice.heard_turn import heard_turn
from local_voice.recognizer import Recognizer

EARLY = 0.25
"""Seconds of silence after which a closed answer is looked at: a full and clear one need not wait for its patience."""

CLEAR = 0.5
"""Confidence of a clear one."""

LONGEST_CALL_BACK = 3.0
"""Seconds. While the two talk to each other, what is longer is theirs alone and is not decoded."""


class AnswerInSound:
    """Waits for the answer to one reply. Holds the sound of one utterance at most, and no words."""

    def __init__(
        self,
        recognizer: Recognizer,
        conversation: Conversation,
        reply: Reply,
        household: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._recognizer = recognizer
        self._conversation = conversation
        self._reply = reply
        self._household = household
        self._clock = clock
        self._endpointer = Endpointer(reply.patience)
        self._looked_at = 0.0
        """Seconds of voice in what was already decoded."""

        self._early: Turn | None = None

    @property
    def speaking(self) -> bool:
        """True while somebody speaks."""
        return self._endpointer.speaking

    @property
    def silence(self) -> float:
        """Seconds since the last voice, or since listening began."""
        return self._endpointer.silence

    def accept(self, block: Samples) -> Turn | None:
        """Hear one more block of 16 kHz int16 sound; the answer, once there is one. Raises ``RecognizerError``."""
        said = self._endpointer.accept(block)
        if self._reply.listening is Listening.AWAY:
            return None if said is None else self._call_back(said)
        if said is not None:
            # Nothing but silence came after an early look: it already heard all there is.
            turn = self._early if self._early is not None else self._hear(said)
            self._early = None
            self._looked_at = 0.0
            return turn
        return self._look_early() if self._reply.listening is Listening.CLOSED else None

    def _look_early(self) -> Turn | None:
        """A closed answer that is already whole and clear."""
        ears = self._endpointer
        if ears.voiced != self._looked_at:
            self._early = None
        if not ears.speaking or ears.silence < EARLY or self._early is not None:
            return None
        turn = self._early = self._hear(ears.so_far)
        self._looked_at = ears.voiced
        clear = turn.confidence is not None and turn.confidence >= CLEAR
        return turn if clear and self._means_something(turn) else None

    def _call_back(self, said: Samples) -> Turn | None:
        """The words to come back, if that is what was said; everything else is between the two of them."""
        if seconds(said) > LONGEST_CALL_BACK:
            return None
        turn = self._hear(said)
        return turn if self._conversation.calls_back(turn.words or "", self._reply) else None

    def _means_something(self, turn: Turn) -> bool:
        return bool(turn.words) and self._conversation.understood(turn.words or "", self._reply)

    def _hear(self, said: Samples) -> Turn:
        return heard_turn(self._recognizer, self._conversation, self._reply, said, self._household, self._clock())
