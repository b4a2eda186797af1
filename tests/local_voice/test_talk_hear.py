"""A talk from sound files, with the real recogniser, the real conversation and the real voice."""

from __future__ import annotations

import io
import json
from functools import partial
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile  # type: ignore[import-untyped]

from intents.conversation import Conversation
from local_voice.audio import HEARING_RATE, Samples
from local_voice.recognizer_whisper import WhisperRecognizer
from local_voice.talk_hear import TalkInFiles, talk_hear
from local_voice.voice_pyttsx3 import Pyttsx3Voice
from local_voice.wav_file import WavFileError, read_wav, write_wav
from tests.conversations.couple import EVENING, HOME, english
from tests.local_voice.home_of_two import home_of_two
from tests.local_voice.sounds import hum, silence, white_noise
from tests.memory_journal import MemoryJournal
from tests.partner_voice import ANA, BEN, partner_voice


def talk(journal: MemoryJournal, whisper: WhisperRecognizer, voice: Pyttsx3Voice, folder: Path) -> TalkInFiles:
    """A talk that speaks into ``folder``."""
    conversation = Conversation(journal, english())
    return TalkInFiles(conversation, whisper, voice, folder, clock=lambda: EVENING, household=HOME)


def recorded(folder: Path, *sounds: Samples) -> list[Path]:
    """Sounds as files."""
    paths = [folder / f"said {number}.wav" for number in range(len(sounds))]
    for path, sound in zip(paths, sounds, strict=True):
        write_wav(path, sound, HEARING_RATE)
    return paths


def test_a_ritual_is_begun_by_voice_and_every_reply_is_a_sound_file(
    tmp_path: Path, whisper: WhisperRecognizer, system_voice: Pyttsx3Voice
) -> None:
    journal = home_of_two()
    said = [partner_voice("gratitude round", BEN), partner_voice("You called my mother on her birthday.", ANA)]
    out = io.StringIO()
    start = partial(talk, journal, whisper, system_voice, tmp_path / "spoken")
    talk_hear(start, recorded(tmp_path, *said), json_lines=True, out=out)
    replies = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [reply["ritual"] for reply in replies][1:] == ["gratitude", "gratitude"]
    assert "called my mother" in replies[2]["speech"]
    spoken = sorted((tmp_path / "spoken").iterdir())
    assert [path.name for path in spoken] == ["001.wav", "002.wav", "003.wav"]
    assert all(np.abs(read_wav(path)).max() > 3_000 for path in spoken)


@pytest.mark.parametrize("bad", ["missing", "empty", "text"])
def test_one_bad_file_stops_the_talk_before_it_begins(
    tmp_path: Path, whisper: WhisperRecognizer, system_voice: Pyttsx3Voice, bad: str
) -> None:
    """Half a talk, with an answer missing in the middle, would put words after the wrong question."""
    journal = home_of_two()
    files = [*recorded(tmp_path, partner_voice("gratitude round", BEN)), tmp_path / "bad.wav"]
    if bad != "missing":
        files[1].write_text("" if bad == "empty" else "no sound")
    with pytest.raises(WavFileError, match=r"bad\.wav"):
        talk_hear(partial(talk, journal, whisper, system_voice, tmp_path / "spoken"), files, json_lines=True)
    assert not (tmp_path / "spoken").exists()
    assert journal.positions == home_of_two().positions


@pytest.mark.parametrize("sound", [silence(3), hum(3), white_noise(3)], ids=["silence", "hum", "hiss"])
def test_a_room_in_which_nobody_speaks_says_nothing(
    tmp_path: Path, whisper: WhisperRecognizer, system_voice: Pyttsx3Voice, sound: Samples
) -> None:
    journal = home_of_two()
    files = recorded(tmp_path, partner_voice("gratitude round", BEN), sound)
    out = io.StringIO()
    talk_hear(partial(talk, journal, whisper, system_voice, tmp_path / "spoken"), files, json_lines=True, out=out)
    replies = [json.loads(line) for line in out.getvalue().splitlines()]
    assert replies[-1]["step"] == replies[-2]["step"]
    assert journal.entries == {}
    assert journal.standing(HOME).position.draft is None


def test_ten_minutes_of_noise_are_nothing_heard_and_fill_no_memory(
    tmp_path: Path, whisper: WhisperRecognizer, system_voice: Pyttsx3Voice
) -> None:
    """A recording forgotten overnight must not bring the machine down, or invent a confession."""
    path = tmp_path / "noise.wav"
    with soundfile.SoundFile(path, "w", 44_100, 2, "PCM_16") as file:
        minute = np.stack([np.tile(white_noise(10), 17)[: 44_100 * 60]] * 2, axis=1)
        for _ in range(10):
            file.write(minute)
    journal = home_of_two()
    whisper.wait_until_ready()
    held = talk(journal, whisper, system_voice, tmp_path / "spoken")
    before = psutil.Process().memory_info().rss
    held.hear(read_wav(path))
    assert held.heard == ""
    assert psutil.Process().memory_info().rss - before < 150_000_000
    assert journal.entries == {}
