"""Vosk: the recogniser for every language whose model a couple has installed; offline, twenty languages.

Two recognisers share one model: one that knows only what can be said at a closed question, one for dictation. What the
first hears is believed only where it fits the moment, for it takes whatever it hears for one of its phrases.
"""

from __future__ import annotations

import json
import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path
from threading import Lock

import vosk  # type: ignore[import-untyped]

from intents.reply import Listening
from local_voice.audio import HEARING_RATE, Samples
from local_voice.recognizer import NOTHING, Hearing, Moment, RecognizerError
from local_voice.resample import resample
from local_voice.voice_activity import spoken_pieces

UNKNOWN = "[unk]"
"""Vosk's word for what is none of the phrases. Of the models we use only the English ones have it."""

LONGEST_PIECE = 25.0
"""Seconds decoded at once."""

BLOCK = HEARING_RATE // 5
"""Samples given to Vosk at once, as its own examples do: 0.2 s."""

SILENT = -1
"""Vosk's log level for nothing at all; a warning would hold words of the grammar."""


class UnknownWords(RecognizerError):
    """Phrases hold words that the model has never heard of; Vosk would drop them without an error."""


class VoskRecognizer:
    """One model and its two recognisers. Calls from several threads take turns."""

    def __init__(self, model: Path, language: str, must_know: tuple[str, ...] = ()) -> None:
        """``model`` is the model's folder, ``language`` its BCP 47 tag, ``must_know`` the phrases it has to know.

        Raises ``UnknownWords`` with the list of words of ``must_know`` that are not in the model's vocabulary, and
        ``RecognizerError`` when the folder holds no model.
        """
        if not (model / "am").is_dir():  # Vosk itself says no more than that it failed
            raise RecognizerError(f"{model} holds no Vosk model: install it again, or remove the folder.")
        vosk.SetLogLevel(SILENT)
        self._english = language.lower().startswith("en")
        self._model = vosk.Model(model_path=str(model))
        self._turns = Lock()
        self._dictation = _with_words(vosk.KaldiRecognizer(self._model, HEARING_RATE))
        self._phrases: tuple[str, ...] = ()
        self._closed = self._dictation
        if unknown := self.unknown_words(must_know):
            raise UnknownWords(f"The model {model.name} does not know: {', '.join(unknown)}. Choose a larger one.")

    def unknown_words(self, phrases: tuple[str, ...]) -> tuple[str, ...]:
        """The words of ``phrases`` that are not in the model's vocabulary, in the order of their letters."""
        words = {word for phrase in phrases for word in _words(phrase)}
        return tuple(sorted(word for word in words if self._model.vosk_model_find_word(word) < 0))

    def hear(self, audio: Samples, rate: int, moment: Moment) -> Hearing:
        """See ``Recognizer.hear``."""
        with self._turns:
            pieces = spoken_pieces(resample(audio, rate, HEARING_RATE), LONGEST_PIECE)
            if not pieces:
                return NOTHING
            dictated = _joined([_decode(self._dictation, piece) for piece in pieces])
            if moment.listening is not Listening.CLOSED or len(pieces) > 1:
                return dictated
            return self._closed_answer(pieces[0], dictated, moment)

    def _closed_answer(self, audio: Samples, dictated: Hearing, moment: Moment) -> Hearing:
        """What the grammar heard, where it fits the moment and dictation does not contradict it; else dictation."""
        if moment.means_something(dictated.text):
            return dictated
        self._know(moment.sayable)
        heard = _decode(self._closed, audio) if self._phrases else NOTHING
        if UNKNOWN in heard.text or not moment.means_something(heard.text):
            return dictated
        # A grammar is as sure of what is none of its phrases as of what is; what dictation heard is the second witness.
        # Squared, as of 48 renderings of other words none was more than 0.46 alike: they all stay doubtful.
        return Hearing(heard.text, heard.confidence * _alike(heard.text, dictated.text) ** 2)

    def _know(self, phrases: tuple[str, ...]) -> None:
        """Make the grammar ``phrases``, less those that hold a name or word the model has never heard."""
        if phrases == self._phrases:
            return
        unknown = set(self.unknown_words(phrases))
        known = [" ".join(words) for phrase in phrases if (words := _words(phrase)) and not unknown & set(words)]
        grammar = json.dumps([*dict.fromkeys(known), *([UNKNOWN] if self._english else [])], ensure_ascii=False)
        # A new recogniser, for changing the grammar of a running one can end the process.
        self._closed = _with_words(vosk.KaldiRecognizer(self._model, HEARING_RATE, grammar))
        self._phrases = phrases


def installed_model(models: Path, language: str) -> Path | None:
    """The folder in ``models`` with a Vosk model of ``language`` (BCP 47), such as ``vosk-model-small-en-us-0.15``.

    The exact region first, then any of the language; None when there is none.
    """
    if not models.is_dir():
        return None
    tag = language.lower()
    folders = sorted(folder for folder in models.iterdir() if folder.is_dir())
    for wanted in (tag, tag.split("-")[0]):
        pattern = re.compile(rf"vosk-model-(small-)?{re.escape(wanted)}(-.*)?")
        for folder in folders:
            if pattern.fullmatch(folder.name.lower()):
                return folder
    return None


def _decode(recognizer: vosk.KaldiRecognizer, audio: Samples) -> Hearing:
    """What one recogniser hears in a piece of 16 kHz sound; it is left as new."""
    heard: list[dict[str, float | str]] = []
    for start in range(0, len(audio), BLOCK):
        if recognizer.AcceptWaveform(audio[start : start + BLOCK].tobytes()):
            heard += json.loads(recognizer.Result()).get("result", [])
    heard += json.loads(recognizer.FinalResult()).get("result", [])
    recognizer.Reset()
    if not heard:
        return NOTHING
    confidence = sum(float(word["conf"]) for word in heard) / len(heard)
    return Hearing(" ".join(str(word["word"]) for word in heard), confidence)


def _joined(hearings: list[Hearing]) -> Hearing:
    said = [hearing for hearing in hearings if hearing.text]
    if not said:
        return NOTHING
    return Hearing(" ".join(one.text for one in said), sum(one.confidence for one in said) / len(said))


def _with_words(recognizer: vosk.KaldiRecognizer) -> vosk.KaldiRecognizer:
    recognizer.SetWords(True)
    return recognizer


def _alike(one: str, other: str) -> float:
    """How much two texts share, 0 to 1, letter by letter (of a Korean syllable, too)."""
    return SequenceMatcher(None, unicodedata.normalize("NFD", one), unicodedata.normalize("NFD", other)).ratio()


def _words(phrase: str) -> list[str]:
    """The words of a phrase as a model's vocabulary writes them."""
    return re.findall(r"[\w'-]+", phrase.lower())
