"""Voice: from text to sound, behind one small protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from intents.failure import Failure
from local_voice.audio import Samples


class VoiceError(Failure):
    """A voice cannot speak. The message says what to do and holds none of the text."""


@dataclass(frozen=True, slots=True)
class Speech:
    """Rendered sound."""

    samples: Samples
    rate: int
    """Hz."""


class Voice(Protocol):
    """Speaks into memory; no sound of speech is ever on disk."""

    def render(self, text: str, language: str, pace: float, cacheable: bool = False) -> Speech:
        """``text`` spoken in ``language`` (a BCP 47 tag); ``pace`` below 1 is slower.

        ``cacheable`` says that the text is one of our own sentences and may be remembered; never set it for what a
        person said. Raises ``VoiceError``.
        """

    def close(self) -> None:
        """Let go of everything."""
