"""What is spoken can be understood, leaves no trace on disk, and goes on when the synthesiser fails."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest

from intents.reply import Awaits
from local_voice.recognizer_whisper import WhisperRecognizer
from local_voice.voice import Voice, VoiceError
from local_voice.voice_piper import PiperVoice
from local_voice.voice_process import VoiceProcess
from local_voice.voice_pyttsx3 import Pyttsx3Voice
from tests.local_voice.moments import moment
from tests.local_voice.word_errors import word_errors

LINE = "I was glad that you made dinner on Tuesday when I came home late from work."


@pytest.mark.parametrize(
    "voice", [Pyttsx3Voice, PiperVoice, lambda: PiperVoice(350)], ids=["system", "neural", "raised"]
)
def test_what_a_voice_says_is_heard_as_it_was_meant(whisper: WhisperRecognizer, voice: Callable[[], Voice]) -> None:
    speaker = voice()
    speech = speaker.render(LINE, "en-US", 1.0)
    speaker.close()
    heard = whisper.hear(speech.samples, speech.rate, moment(Awaits.LINE)).text
    assert word_errors(LINE, heard) <= 0.15, heard


def test_a_raised_voice_takes_as_long_as_the_plain_one() -> None:
    """A second partner who spoke faster would be another test altogether."""
    lengths = []
    for cents in (0, 350):
        voice = PiperVoice(cents)
        lengths.append(len(voice.render(LINE, "en-US", 1.0).samples))
        voice.close()
    assert lengths[1] == pytest.approx(lengths[0], rel=0.15)


def test_a_long_text_is_spoken_to_its_end_every_time(system_voice: Pyttsx3Voice) -> None:
    """pyttsx3 by itself loses the end of anything long, without an error."""
    text = "Each of you says one thing you were glad of, and hears one. " * 5
    lengths = [len(system_voice.render(text, "en-US", 1.0).samples) for _ in range(9)]
    assert min(lengths) > 15 * 22_050
    assert max(lengths) < 1.01 * min(lengths)


def test_a_slower_pace_is_slower(system_voice: Pyttsx3Voice) -> None:
    usual, slow = (len(system_voice.render(LINE, "en-US", pace).samples) for pace in (1.0, 0.7))
    assert slow > 1.2 * usual


def test_another_language_has_another_voice(system_voice: Pyttsx3Voice) -> None:
    english, korean = (system_voice.render("감사합니다", tag, 1.0).samples for tag in ("en-US", "ko"))
    assert len(english) != len(korean)


def test_a_language_without_a_voice_is_told_in_words(system_voice: Pyttsx3Voice) -> None:
    with pytest.raises(VoiceError, match="no voice for xx"):
        system_voice.render("hello", "xx-XX", 1.0)
    assert len(system_voice.render("hello", "en-US", 1.0).samples) > 0


@pytest.mark.parametrize("text", ["", "  \n", "🙂", "שלום", "a\0b", "<speak>&</speak>", "“quoted” -- --help"])
def test_no_text_silences_the_voice_for_good(system_voice: Pyttsx3Voice, text: str) -> None:
    system_voice.render(text, "en-US", 1.0)
    assert len(system_voice.render("hello", "en-US", 1.0).samples) > 0


def test_no_sound_of_speech_is_ever_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was said in confidence would lie about as a WAV file."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    shared = Path("/dev/shm")  # noqa: S108 - looked at, not written
    before = set(shared.iterdir())
    voice = Pyttsx3Voice()
    voice.render(LINE, "en-US", 1.0)
    files = {file.path for file in psutil.Process(voice.process_id).open_files()}
    voice.close()
    assert [path for path in tmp_path.rglob("*") if not path.name.startswith("pulse-")] == []
    assert set(shared.iterdir()) == before
    assert not {path for path in files if path.endswith(".wav")}


def test_only_our_own_sentences_are_remembered() -> None:
    """A remembered sentence of theirs would outlive its being forgotten."""
    voice = Pyttsx3Voice()
    kept = voice.render("Good night, you two.", "en-US", 1.0, cacheable=True)
    theirs = voice.render("I never told anyone.", "en-US", 1.0)
    assert voice.render("Good night, you two.", "en-US", 1.0).samples is kept.samples
    assert voice.render("I never told anyone.", "en-US", 1.0).samples is not theirs.samples
    voice.close()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP], ids=["dies", "hangs"])
def test_a_synthesiser_that_dies_or_hangs_is_replaced(blow: signal.Signals) -> None:
    """Otherwise the talk would end in the middle of a sentence, or never go on."""
    voice = VoiceProcess("local_voice.voice_pyttsx3_child", longest_wait=3.0)
    whole = voice.render("hello", "en-US", 1.0)
    struck = voice.process_id
    os.kill(struck, blow)
    again = voice.render("hello", "en-US", 1.0)
    assert voice.process_id != struck
    assert not psutil.pid_exists(struck)
    assert np.array_equal(whole.samples, again.samples)
    voice.close()


def test_a_synthesiser_that_never_answers_is_told_in_words() -> None:
    voice = VoiceProcess("local_voice.no_such_voice")
    with pytest.raises(VoiceError, match="does not answer"):
        voice.render("hello", "en-US", 1.0)
    voice.close()
