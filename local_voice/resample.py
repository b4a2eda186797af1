"""From any rate and any number of channels to 16 kHz mono."""

from __future__ import annotations

import numpy as np
import soxr  # type: ignore[import-untyped]
from numpy.typing import NDArray

from local_voice.audio import HEARING_RATE, Samples

FULL_SCALE = 32_768


def resample(samples: Samples, rate: int, to_rate: int) -> Samples:
    """The same sound at ``to_rate`` Hz; ``samples`` is mono int16 at ``rate`` Hz."""
    if rate == to_rate or not len(samples):
        return samples
    resampled: Samples = soxr.resample(samples, rate, to_rate)
    return resampled


class HearingStream:
    """Turns a stream of blocks into 16 kHz mono int16, with no seams between blocks and in constant memory."""

    def __init__(self, rate: int) -> None:
        """``rate`` is that of the blocks to come, in Hz."""
        self._stream = None if rate == HEARING_RATE else soxr.ResampleStream(rate, HEARING_RATE, 1, dtype="int16")

    def accept(self, block: NDArray[np.int16], last: bool = False) -> Samples:
        """The next stretch at 16 kHz; ``block`` is int16 of shape (frames, channels). Set ``last`` on the last one."""
        mono = block[:, 0] if block.shape[1] == 1 else np.rint(block.mean(axis=1)).astype(np.int16)
        if self._stream is None:
            return mono
        resampled: Samples = self._stream.resample_chunk(mono, last=last)
        return resampled


def as_float(samples: Samples) -> NDArray[np.float32]:
    """int16 samples as float32 between -1 and 1."""
    return np.divide(samples, FULL_SCALE, dtype=np.float32)
