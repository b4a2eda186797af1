"""Endpointing: when somebody began to speak, and when they have finished."""

from __future__ import annotations

from collections import deque

import numpy as np

from local_voice.audio import HEARING_RATE, Samples
from local_voice.voice_activity import CHUNK, CHUNK_SECONDS, MARGIN, SHORTEST_SPEECH, SILENCE, SPEECH, VoiceActivity

LONGEST_UTTERANCE = 300.0
"""Seconds after which an utterance is handed on even though nobody paused."""

FORGIVEN = 0.3
"""Seconds of silence inside the first sounds that do not yet make them a click."""


class Endpointer:
    """Takes blocks of 16 kHz int16 sound and gives back whole utterances. Holds one utterance at most."""

    def __init__(self, patience: float, longest: float = LONGEST_UTTERANCE) -> None:
        """``patience`` is the seconds of silence that end an utterance, ``longest`` the seconds it may last."""
        self._patience = patience
        self._longest = longest
        self._activity = VoiceActivity()
        self._unheard: Samples = np.zeros(0, np.int16)
        self._before: deque[Samples] = deque(maxlen=round(MARGIN / CHUNK_SECONDS))
        self._said: list[Samples] = []
        self._voiced = 0.0
        self.silence = 0.0
        """Seconds since the last voice, or since listening began."""

    @property
    def voiced(self) -> float:
        """Seconds of voice in what was said so far."""
        return self._voiced

    @property
    def speaking(self) -> bool:
        """True once somebody began to speak (and no click), until their utterance is handed on."""
        return bool(self._said) and self._voiced >= SHORTEST_SPEECH

    @property
    def so_far(self) -> Samples:
        """What was said since somebody began to speak, with the silence after it; empty when nobody has."""
        return np.concatenate(self._said) if self._said else np.zeros(0, np.int16)

    def accept(self, block: Samples) -> Samples | None:
        """Hear one more block, of any length; the utterance, once it has ended inside this block."""
        waiting = np.concatenate([self._unheard, block])
        whole = len(waiting) // CHUNK * CHUNK
        self._unheard = waiting[whole:]
        for start in range(0, whole, CHUNK):
            if self._hear(waiting[start : start + CHUNK]):
                said = self.so_far
                self._unheard = waiting[start + CHUNK :]
                self._rest()
                return said
        return None

    def _hear(self, chunk: Samples) -> bool:
        """Take one chunk; True when it ends an utterance."""
        probability = self._activity.probability(chunk)
        voiced = probability >= (SILENCE if self._said else SPEECH)
        self.silence = 0.0 if voiced else self.silence + CHUNK_SECONDS
        if not self._said and not voiced:
            self._before.append(chunk)
            return False
        if not self._said:
            self._said.extend(self._before)
        self._said.append(chunk)
        self._voiced += CHUNK_SECONDS if voiced else 0.0
        if not self.speaking:
            if self.silence >= FORGIVEN:
                self._rest()
            return False
        return self.silence >= self._patience or len(self._said) * CHUNK_SECONDS >= self._longest

    def _rest(self) -> None:
        self._before.clear()
        self._before.extend(self._said[-(self._before.maxlen or 0) :])
        self._said = []
        self._voiced = 0.0


def seconds(samples: Samples) -> float:
    """How long 16 kHz sound lasts."""
    return len(samples) / HEARING_RATE
