"""From a Reply to sound: its segments spoken, with the pauses between them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from intents.reply import Reply
from local_voice.audio import Samples
from local_voice.voice import Speech, Voice

BREATH = 0.25
"""Seconds between segments, besides the pauses they ask for."""


def spoken_segments(voice: Voice, reply: Reply) -> Iterator[Speech]:
    """One stretch of speech for each segment, its pause at its end, as they get ready. Raises ``VoiceError``."""
    for segment in reply.segments:
        speech = voice.render(segment.text, reply.language, reply.pace, cacheable=not segment.heard)
        silence = np.zeros(round((BREATH + segment.pause) * speech.rate), np.int16)
        yield Speech(np.concatenate([speech.samples, silence]), speech.rate)


def spoken(voice: Voice, reply: Reply) -> Speech:
    """The whole reply as one stretch of speech. Raises ``VoiceError``."""
    return together(list(spoken_segments(voice, reply)))


def together(stretches: list[Speech]) -> Speech:
    """Stretches of one voice as one; half a second of silence when there are none."""
    if not stretches:
        return Speech(np.zeros(8_000, np.int16), 16_000)
    samples: Samples = np.concatenate([stretch.samples for stretch in stretches])
    return Speech(samples, stretches[0].rate)
