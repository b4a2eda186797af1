"""Speech is found where it is, cut only where nobody speaks, and an answer ends when its speaker has finished."""

from __future__ import annotations

import numpy as np
import pytest

from local_voice.audio import HEARING_RATE, Samples
from local_voice.endpointing import Endpointer, seconds
from local_voice.voice_activity import speech_probabilities, speech_spans, spoken_pieces
from tests.local_voice.sounds import hum, silence, white_noise
from tests.partner_voice import BEN, partner_voice

LINE = "I was glad that you made dinner on Tuesday when I came home late from work."
BLOCK = HEARING_RATE // 10


def utterances(sound: Samples, patience: float, longest: float = 300.0) -> list[Samples]:
    """What an endpointer hands on, fed in blocks of a tenth of a second."""
    endpointer = Endpointer(patience, longest)
    heard = (endpointer.accept(sound[start : start + BLOCK]) for start in range(0, len(sound), BLOCK))
    return [said for said in heard if said is not None]


def test_speech_lies_where_somebody_speaks() -> None:
    sound = np.concatenate([silence(2), partner_voice("yes", BEN), silence(2)])
    (span,) = speech_spans(speech_probabilities(sound))
    assert 2 * HEARING_RATE < span.start < span.end < 4 * HEARING_RATE


@pytest.mark.parametrize("sound", [silence(10), white_noise(10), hum(10)])
def test_where_nobody_speaks_there_is_no_speech(sound: Samples) -> None:
    assert spoken_pieces(sound, 25.0) == ()
    assert utterances(sound, 0.5) == []


def test_a_long_stretch_is_cut_in_its_longest_pauses() -> None:
    """A cut through a word loses the word."""
    line = partner_voice(LINE, BEN)
    sound = np.concatenate([part for _ in range(8) for part in (line, silence(1))])
    pieces = spoken_pieces(sound, 12.0)
    assert len(pieces) >= 4
    assert all(seconds(piece) <= 12.0 for piece in pieces)
    edges = [piece[edge] for piece in pieces for edge in (slice(0, 800), slice(-800, None))]
    assert all(np.abs(edge).max() < 500 for edge in edges)


def test_speech_without_any_pause_is_cut_all_the_same() -> None:
    """Somebody who never pauses must not fill the memory or overrun the recogniser's window."""
    line = partner_voice(LINE, BEN)
    voiced = line[HEARING_RATE // 2 + 1_600 : -HEARING_RATE // 2 - 1_600]
    pieces = spoken_pieces(np.tile(voiced, 20), 25.0)
    assert len(pieces) >= 2
    assert all(seconds(piece) <= 25.0 for piece in pieces)


def test_a_pause_shorter_than_the_patience_does_not_cut_anybody_off() -> None:
    """Being cut off in the middle of something hard is the worst thing this can do."""
    line = partner_voice(LINE, BEN)
    sound = np.concatenate([line, silence(1), line, silence(4)])
    assert len(utterances(sound, patience=3.0)) == 1
    assert len(utterances(sound, patience=0.6)) == 2


def test_an_answer_keeps_the_soft_beginning_of_its_first_word() -> None:
    (said,) = utterances(np.concatenate([partner_voice("four", BEN), silence(1)]), patience=0.5)
    first_loud = int(np.argmax(np.abs(said) > 300))
    assert first_loud > 0.05 * HEARING_RATE


def test_a_click_is_no_answer() -> None:
    click = white_noise(0.05, 12_000)
    assert utterances(np.concatenate([silence(1), click, silence(2)]), patience=0.5) == []


def test_an_utterance_has_an_end_even_when_its_speaker_finds_none() -> None:
    line = partner_voice(LINE, BEN)
    sound = np.tile(line[HEARING_RATE // 2 : -HEARING_RATE // 2], 6)
    said = utterances(sound, patience=3.0, longest=5.0)
    assert len(said) >= 3
    assert all(seconds(one) <= 5.1 for one in said)
