"""Sound files: what the room said next, and what was said to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile  # type: ignore[import-untyped]

from intents.failure import Failure
from local_voice.audio import HEARING_RATE, Samples
from local_voice.resample import HearingStream

LONGEST = 15 * 60
"""Seconds. A file that goes on for longer is no answer."""

READ_AT_ONCE = 65_536
"""Frames."""


class WavFileError(Failure):
    """A sound file cannot be read or written. The message names it and says what to do."""


def check_wav(path: Path) -> None:
    """Look at a file's header only. Raises ``WavFileError`` when ``read_wav`` would."""
    with _opened(path):
        pass


def read_wav(path: Path) -> Samples:
    """A file's sound as 16 kHz mono int16, whatever its rate, channels and sample width.

    Raises ``WavFileError`` when it is missing, empty, not audio, or longer than 15 minutes.
    """
    with _opened(path) as file:
        stream = HearingStream(file.samplerate)
        blocks = [stream.accept(block) for block in file.blocks(READ_AT_ONCE, dtype="int16", always_2d=True)]
        blocks.append(stream.accept(np.zeros((0, 1), np.int16), last=True))
    return np.concatenate(blocks)


def write_wav(path: Path, samples: Samples, rate: int) -> None:
    """Write mono int16 samples at ``rate`` Hz. Raises ``WavFileError`` when the file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as raw:
            soundfile.write(raw, samples, rate, subtype="PCM_16", format="WAV")
    except OSError as error:
        raise WavFileError(f"{path} cannot be written ({error.strerror}): name a folder you may write to.") from error


@contextmanager
def _opened(path: Path) -> Iterator[soundfile.SoundFile]:
    try:
        with path.open("rb") as raw:
            if not path.stat().st_size:
                raise WavFileError(f"{path} is empty: record it again.")
            with soundfile.SoundFile(raw) as file:
                _check_length(path, file)
                yield file
    except FileNotFoundError as error:
        raise WavFileError(f"{path} is not there: check the name.") from error
    except OSError as error:
        raise WavFileError(f"{path} cannot be read ({error.strerror}): name a WAV file you may read.") from error
    except soundfile.LibsndfileError as error:
        raise WavFileError(f"{path} is not a sound file: name a WAV file.") from error


def _check_length(path: Path, file: soundfile.SoundFile) -> None:
    if not file.frames:
        raise WavFileError(f"{path} holds no sound: record it again.")
    if file.frames > LONGEST * file.samplerate:
        raise WavFileError(f"{path} is longer than {LONGEST // 60} minutes: name a shorter one.")
    if file.samplerate < HEARING_RATE // 4:
        raise WavFileError(f"{path} has only {file.samplerate} samples a second: record it at 16,000 or more.")
