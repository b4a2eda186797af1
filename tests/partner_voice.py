"""The couple of the tests: neural voices, rendered once and kept under ``build/``."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import soundfile  # type: ignore[import-untyped]

from local_voice.audio import HEARING_RATE, Samples
from local_voice.resample import resample
from local_voice.voice_piper import PiperVoice

CACHE = Path(__file__).parents[1] / "build" / "partner_voice"

BEN = 0
ANA = 350
"""Cents above the voice's own pitch."""

SILENCE = np.zeros(HEARING_RATE // 2, np.int16)


def partner_voice(text: str, cents: int, noise_db: float | None = None) -> Samples:
    """``text`` as one of the two says it: 16 kHz mono int16, with half a second of room before and after.

    ``noise_db`` is how far below the voice (root mean square) steady pink-like noise lies; None is a quiet room.
    """
    key = hashlib.sha256(f"{cents}|{text}".encode()).hexdigest()[:24]
    path = CACHE / f"{key}.wav"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        speech = _voice(cents).render(text, "en-US", 1.0)
        unfinished = path.with_suffix(".part")
        soundfile.write(unfinished, resample(speech.samples, speech.rate, HEARING_RATE), HEARING_RATE, format="WAV")
        unfinished.rename(path)
    said, _ = soundfile.read(path, dtype="int16")
    sound = np.concatenate([SILENCE, said, SILENCE])
    return sound if noise_db is None else _with_noise(sound, said, noise_db, int(key[:8], 16))


@cache
def _voice(cents: int) -> PiperVoice:
    return PiperVoice(cents, steady=True)


def _with_noise(sound: Samples, said: Samples, noise_db: float, seed: int) -> Samples:
    """Noise whose power falls with frequency, as in a kitchen; the same each time for the same words."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(len(sound)))
    spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 1))
    noise = np.fft.irfft(spectrum, len(sound))
    wanted = _loudness(said) * 10 ** (-noise_db / 20)
    return np.clip(sound + noise * wanted / _loudness(noise), -32_768, 32_767).astype(np.int16)


def _loudness(samples: np.ndarray[tuple[int, ...], np.dtype[np.generic]]) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))
