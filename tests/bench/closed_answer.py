"""From the end of a closed answer's sound to the first sample of the reply."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from time import perf_counter

from local_voice.recognizer_whisper import WhisperRecognizer
from local_voice.spoken_reply import spoken_segments
from local_voice.voice_pyttsx3 import Pyttsx3Voice
from tests.bench.figure import Figure, quantile
from tests.bench.gate import YES_NO_QUESTION, at_the_moment
from tests.gate.phrase_lists import phrases
from tests.partner_voice import ANA, partner_voice


def measure() -> Sequence[Figure]:
    """Every yes and no of the gate, heard whole, understood, answered, and the answer's first segment rendered."""
    recognizer = WhisperRecognizer()
    recognizer.wait_until_ready()
    moment = at_the_moment(YES_NO_QUESTION)
    took: list[float] = []
    with closing(Pyttsx3Voice()) as voice:
        next(spoken_segments(voice, moment.reply))
        for row in phrases("yes_no"):
            sound = partner_voice(row["say"], ANA)
            began = perf_counter()
            next(spoken_segments(voice, moment.hear(recognizer, sound)))
            took.append(perf_counter() - began)
    return [
        Figure("end of a closed answer to the first sample of the reply, p50", quantile(took, 0.5), "s", 0.8),
        Figure("end of a closed answer to the first sample of the reply, p90", quantile(took, 0.9), "s", 0.8),
    ]
