"""The one form in which sound is passed about inside this room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.int16]
"""Mono, one int16 number a sample, full scale 32,767; shape (samples,)."""

HEARING_RATE = 16_000
"""Hz. What the recognisers and the voice-activity model were trained on."""
