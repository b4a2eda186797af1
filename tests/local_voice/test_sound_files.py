"""Sound files of every kind are read, or refused in one sentence that names them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile  # type: ignore[import-untyped]
import soxr  # type: ignore[import-untyped]

from intents.reply import Awaits
from local_voice.audio import HEARING_RATE
from local_voice.recognizer_whisper import WhisperRecognizer
from local_voice.wav_file import WavFileError, check_wav, read_wav, write_wav
from tests.local_voice.moments import meaning, moment
from tests.partner_voice import BEN, partner_voice


@pytest.mark.parametrize(
    ("rate", "channels", "subtype"),
    [(8_000, 1, "PCM_U8"), (11_025, 1, "PCM_16"), (22_050, 2, "PCM_16"), (44_100, 2, "PCM_24"), (48_000, 1, "FLOAT")],
)
def test_words_come_through_any_rate_width_and_number_of_channels(
    tmp_path: Path, whisper: WhisperRecognizer, rate: int, channels: int, subtype: str
) -> None:
    said = partner_voice("we need a break", BEN)
    samples = np.stack([soxr.resample(said, HEARING_RATE, rate)] * channels, axis=1)
    path = tmp_path / "said.wav"
    soundfile.write(path, samples, rate, subtype=subtype)
    heard = read_wav(path)
    assert heard.dtype == np.int16
    assert abs(len(heard) - len(said)) <= 32
    assert meaning(whisper.hear(heard, HEARING_RATE, moment(Awaits.LINE)).text, Awaits.LINE)[0] == "pause"


def _header_only(path: Path) -> None:
    soundfile.write(path, np.zeros(0, np.int16), HEARING_RATE)


def _endless(path: Path) -> None:
    soundfile.write(path, np.zeros(HEARING_RATE * 901, np.int16), HEARING_RATE)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: None, "is not there"),
        (Path.touch, "is empty"),
        (Path.mkdir, "cannot be read"),
        (lambda path: path.write_text("Dear diary, this is no sound at all."), "is not a sound file"),
        (lambda path: path.write_bytes(b"RIFF\x24\x00\x00\x00WAVE"), "is not a sound file"),
        (_header_only, "holds no sound"),
        (_endless, "is longer than 15 minutes"),
    ],
)
@pytest.mark.parametrize("look", [check_wav, read_wav])
def test_what_is_no_sound_file_is_refused_in_one_sentence(tmp_path: Path, make, why: str, look) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.wav"
    make(path)
    with pytest.raises(WavFileError, match=why) as error:
        look(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    with pytest.raises(WavFileError, match="may write"):
        write_wav(tmp_path / "taken" / "001.wav", np.zeros(10, np.int16), HEARING_RATE)
