"""What the two say is heard, and nothing that nobody said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from intents.reply import Awaits
from local_voice import recognizer_whisper
from local_voice.audio import HEARING_RATE, Samples
from local_voice.recognizer import NOTHING, RecognizerError
from local_voice.recognizer_whisper import WhisperRecognizer
from tests.local_voice.moments import meaning, moment
from tests.local_voice.sounds import hum, silence, white_noise
from tests.local_voice.word_errors import word_errors
from tests.partner_voice import ANA, BEN, partner_voice

VOICES = [pytest.param(BEN, id="ben"), pytest.param(ANA, id="ana")]
ROOMS = [pytest.param(None, id="quiet"), pytest.param(15.0, id="noisy")]

SENTENCES = (
    "I was glad that you made dinner on Tuesday when I came home late from work.",
    "It shows that you notice when I am tired, even before I say anything.",
    "I felt lonely this week because we barely spoke after the children went to bed.",
    "Could we take a walk together on Sunday afternoon, just the two of us?",
)

ANSWERS = (
    ("yes", Awaits.YES_NO),
    ("no", Awaits.YES_NO),
    ("sure, why not", Awaits.YES_NO),
    ("keep that", Awaits.KEEP),
    ("leave it out", Awaits.KEEP),
    ("take a break", Awaits.LINE),
    ("off the record", Awaits.LINE),
)

EXPECTS = {Awaits.YES_NO: ("yes", "no"), Awaits.KEEP: ("keep that", "change it", "leave it out"), Awaits.LINE: ()}

DOUBTFUL = 0.35
"""What the conversation asks again."""


@pytest.mark.parametrize("noise_db", ROOMS)
@pytest.mark.parametrize("cents", VOICES)
def test_a_short_answer_means_what_was_meant(whisper: WhisperRecognizer, cents: int, noise_db: float | None) -> None:
    """With a small window Whisper says "Yes. Yes. Yes."; a couple would be asked again and again."""
    missed = []
    for words, awaits in ANSWERS:
        sound = partner_voice(words, cents, noise_db)
        hearing = whisper.hear(sound, HEARING_RATE, moment(awaits, *EXPECTS[awaits]))
        if meaning(hearing.text, awaits) != meaning(words, awaits) or hearing.confidence < DOUBTFUL:
            missed.append((words, hearing))
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("noise_db", ROOMS)
@pytest.mark.parametrize("cents", VOICES)
def test_a_disclosure_is_heard_word_for_word(whisper: WhisperRecognizer, cents: int, noise_db: float | None) -> None:
    """What is read back and kept has to be what was said."""
    heard = [
        whisper.hear(partner_voice(said, cents, noise_db), HEARING_RATE, moment(Awaits.LINE)) for said in SENTENCES
    ]
    assert word_errors(" ".join(SENTENCES), " ".join(hearing.text for hearing in heard)) <= 0.08, heard


def test_a_long_disclosure_with_long_pauses_is_heard_whole_and_once(whisper: WhisperRecognizer) -> None:
    """Forty seconds do not fit Whisper's window; what lies across a cut must be neither lost nor doubled."""
    said = " ".join(SENTENCES * 2)
    sound = np.concatenate([part for one in SENTENCES * 2 for part in (partner_voice(one, BEN), silence(1.5))])
    assert len(sound) > 40 * HEARING_RATE
    hearing = whisper.hear(sound, HEARING_RATE, moment(Awaits.LINE))
    assert word_errors(said, hearing.text) <= 0.05, hearing.text


@pytest.mark.parametrize("sound", [silence(0), silence(5), white_noise(20), white_noise(5, 8_000), hum(20)])
@pytest.mark.parametrize("awaits", [Awaits.YES_NO, Awaits.LINE])
def test_words_are_never_invented_where_nobody_speaks(
    whisper: WhisperRecognizer, sound: Samples, awaits: Awaits
) -> None:
    """Whisper hears "Thank you." in a kitchen's hum; that would be kept as somebody's words."""
    assert whisper.hear(sound, HEARING_RATE, moment(awaits)) == NOTHING


def test_sound_of_another_rate_is_heard(whisper: WhisperRecognizer) -> None:
    """A microphone runs at its own rate."""
    sound = np.repeat(partner_voice("we need a break", BEN), 3)
    hearing = whisper.hear(sound, 3 * HEARING_RATE, moment(Awaits.LINE))
    assert meaning(hearing.text, Awaits.LINE)[0] == "pause"


def test_a_model_that_is_not_the_one_we_know_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A swapped model could hear anything."""
    monkeypatch.setattr(recognizer_whisper, "MODEL_SHA256", "0" * 64)
    with pytest.raises(RecognizerError, match="not the one we know"):
        WhisperRecognizer().wait_until_ready()


def test_a_missing_model_is_told_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(recognizer_whisper, "files", lambda package: tmp_path)
    with pytest.raises(RecognizerError, match="make setup"):
        WhisperRecognizer().wait_until_ready()
