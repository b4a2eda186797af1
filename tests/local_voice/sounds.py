"""Sounds that are no speech."""

from __future__ import annotations

import numpy as np

from local_voice.audio import HEARING_RATE, Samples


def silence(seconds: float) -> Samples:
    """Digital silence."""
    return np.zeros(round(seconds * HEARING_RATE), np.int16)


def white_noise(seconds: float, amplitude: int = 1_500) -> Samples:
    """A hiss, as of an extractor hood."""
    chance = np.random.default_rng(7)
    return np.clip(chance.normal(0, amplitude, round(seconds * HEARING_RATE)), -32_768, 32_767).astype(np.int16)


def hum(seconds: float) -> Samples:
    """A refrigerator: the mains and its overtones, with a little hiss."""
    at = np.arange(round(seconds * HEARING_RATE)) / HEARING_RATE
    tones = 3_000 * np.sin(2 * np.pi * 100 * at) + 1_500 * np.sin(2 * np.pi * 200 * at)
    humming: Samples = (tones + white_noise(seconds, 200)).astype(np.int16)
    return humming
