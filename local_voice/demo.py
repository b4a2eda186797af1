"""The demo: two neural voices hold whole rituals with it, through the real recogniser and the real voice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict

from intents.failure import Failure
from intents.reply import Awaits, Reply
from local_voice.audio import HEARING_RATE, Samples
from local_voice.resample import resample
from local_voice.talk_hear import TalkInFiles
from local_voice.voice import Voice


class DemoLost(Failure):
    """A ritual of the demo did not come to its end."""


MOST_TURNS = 60
"""A talk that takes longer has lost its way."""

SILENCE = np.zeros(HEARING_RATE // 2, np.int16)
"""Before and after an answer, as in a room."""


class DemoTalk(BaseModel):
    """One ritual: how it is called, and what is said at the steps that ask for a line, first partner first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    call: str
    lines: dict[str, tuple[str, str]]


class DemoScript(BaseModel):
    """What the two voices say; a language's ``demo.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    who: str
    yes: str
    got_it: str
    keep: str
    back: str
    talks: tuple[DemoTalk, ...]


@dataclass(frozen=True)
class Exchange:
    """One line of the demo's transcript."""

    speaker: str
    said: str
    heard: str
    reply: Reply


def play_demo(
    talk: TalkInFiles,
    voices: tuple[Voice, Voice],
    script: DemoScript,
    partners: Callable[[], tuple[str, ...]],
    report: Callable[[Exchange], None],
) -> None:
    """Hold every talk of the script to its end; ``report`` is told each exchange as it happens.

    ``partners`` gives the two names by seat once they are known. Raises ``DemoLost`` when a ritual does not end.
    """
    calls = iter(script.talks)
    current = next(calls)
    called = False
    for _ in range(MOST_TURNS * len(script.talks)):
        if called and talk.reply.ended:
            following = next(calls, None)
            if following is None:
                return
            current, called = following, False
        seat = _seat(talk.reply, partners())
        words = _words(script, current, talk.reply, seat)
        called = called or words == current.call
        talk.hear(_sound(voices[seat], words, talk.reply.language))
        names = partners()
        report(Exchange(names[seat] if names else "", words, talk.heard, talk.reply))
    raise DemoLost("The demo lost its way: run it again, and tell us if it happens twice.")


def _seat(reply: Reply, partners: tuple[str, ...]) -> int:
    return partners.index(reply.asked_of) if reply.asked_of in partners else 0


def _words(script: DemoScript, talk: DemoTalk, reply: Reply, seat: int) -> str:
    """What the partner in ``seat`` says to ``reply``."""
    match reply.awaits:
        case Awaits.NAMES:
            return script.who
        case Awaits.YES_NO:
            return script.got_it if reply.step == "got_it" else script.yes
        case Awaits.KEEP:
            return script.keep
        case Awaits.RETURN:
            return script.back
        case Awaits.LINE if reply.step in talk.lines:
            return talk.lines[reply.step][seat]
        case _:
            return talk.call


def _sound(voice: Voice, words: str, language: str) -> Samples:
    speech = voice.render(words, language, 1.0)
    return np.concatenate([SILENCE, resample(speech.samples, speech.rate, HEARING_RATE), SILENCE])
