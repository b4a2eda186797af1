"""The gate: spoken commands, answers and disclosures, heard at the right moments by the real recogniser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import jiwer

from intents.conversation import Conversation
from intents.language import load_language
from intents.reply import Awaits, Reply
from intents.turn import Turn
from local_voice.audio import Samples
from local_voice.heard_turn import heard_turn
from local_voice.recognizer_whisper import WhisperRecognizer
from tests.bench.figure import Figure
from tests.gate.phrase_lists import phrases
from tests.memory_journal import MemoryJournal
from tests.partner_voice import ANA, BEN, partner_voice

HOUSEHOLD = "home"
START = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)

OPEN_QUESTION = ("Ana and Ben", "yes", "gratitude round", "you made the bed", "keep that")
"""What leads to an open question with something kept before it, so that every command has something to do."""

YES_NO_QUESTION = ("Ana and Ben", "yes", "check in")

CANONICAL = {
    "help": "help",
    "stop": "stop",
    "cancel": "cancel",
    "pause": "pause",
    "continue": "continue",
    "repeat": "repeat",
    "slower": "slower",
    "skip": "skip",
    "go_back": "go back",
    "whose_turn": "whose turn is it",
    "forget_that": "forget that",
    "off_record": "off the record",
}
"""A command as anybody types it: what is heard must do the same."""


@dataclass(frozen=True)
class Setting:
    """Who speaks, and in what room."""

    cents: int
    noise_db: float | None

    def say(self, words: str) -> Samples:
        """The words as sound."""
        return partner_voice(words, self.cents, self.noise_db)


CLEAN = (Setting(BEN, None), Setting(ANA, None))
NOISY = (Setting(BEN, 15), Setting(ANA, 15))


class AtTheMoment:
    """A couple that stands at one question, before anybody answered it."""

    def __init__(self, conversation: Conversation, journal: MemoryJournal, reply: Reply, at: datetime) -> None:
        self._conversation, self._journal, self._at = conversation, journal, at
        self.reply = reply
        self._before = dict(journal.positions)

    def hear(self, recognizer: WhisperRecognizer, sound: Samples) -> Reply:
        """The reply to what is heard in ``sound``; then everything is as before."""
        return self._answer(heard_turn(recognizer, self._conversation, self.reply, sound, HOUSEHOLD, self._at))

    def read(self, words: str) -> Reply:
        """The reply to what is typed; then everything is as before."""
        return self._answer(Turn(household=HOUSEHOLD, channel="microphone", at=self._at, words=words))

    def draft(self, recognizer: WhisperRecognizer, sound: Samples) -> str | None:
        """The line that is read back after what is heard; None when it was taken for something else."""
        turn = heard_turn(recognizer, self._conversation, self.reply, sound, HOUSEHOLD, self._at)
        reply = self._answer(turn)
        return turn.words if reply.awaits is Awaits.KEEP else None

    def _answer(self, turn: Turn) -> Reply:
        kept = dict(self._journal.entries)
        reply = self._conversation.reply_to(turn)
        self._journal.positions, self._journal.entries = dict(self._before), kept
        return replace(reply, version=0)


def at_the_moment(lines: Sequence[str]) -> AtTheMoment:
    """A new couple that has said ``lines``."""
    journal = MemoryJournal()
    conversation = Conversation(journal, load_language("en-US"))
    for number, words in enumerate(lines):
        at = START + timedelta(seconds=number)
        reply = conversation.reply_to(Turn(household=HOUSEHOLD, channel="microphone", at=at, words=words))
    return AtTheMoment(conversation, journal, reply, START + timedelta(minutes=1))


def measure() -> Sequence[Figure]:
    """All lists, two voices, a quiet room and one with noise 15 dB below the voice."""
    recognizer = WhisperRecognizer()
    return [figure for room, where in ((CLEAN, "quiet"), (NOISY, "15 dB")) for figure in _in(room, where, recognizer)]


def _in(room: Sequence[Setting], where: str, recognizer: WhisperRecognizer) -> Iterator[Figure]:
    yield Figure(f"gate, {where}: commands obeyed", share(obeyed(recognizer, room)), "%", 97, at_least=True)
    yield Figure(f"gate, {where}: yes/no answers right", share(answered(recognizer, room)), "%", 97, at_least=True)
    drafts = list(disclosed(recognizer, room))
    said = [plain(words) for words, _ in drafts]
    heard = [plain(draft or "") for _, draft in drafts]
    yield Figure(f"gate, {where}: word error rate of disclosures", 100 * jiwer.wer(said, heard), "%", 8)
    exact = [one == other for one, other in zip(said, heard, strict=True)]
    yield Figure(f"gate, {where}: disclosures kept word for word", share(exact), "%", 0, at_least=True)
    yield Figure(f"gate, {where}: disclosures taken for a command", sum(draft is None for _, draft in drafts), "", 0)


def obeyed(recognizer: WhisperRecognizer, room: Sequence[Setting]) -> list[bool]:
    """Whether each command, spoken at an open question, did what it does when it is typed."""
    moment = at_the_moment(OPEN_QUESTION)
    return [
        moment.hear(recognizer, setting.say(row["say"])) == moment.read(CANONICAL[row["means"]])
        for row in phrases("commands")
        for setting in room
    ]


def answered(recognizer: WhisperRecognizer, room: Sequence[Setting]) -> list[bool]:
    """Whether each yes and no, spoken at an opener, did what it does when it is typed."""
    moment = at_the_moment(YES_NO_QUESTION)
    return [
        moment.hear(recognizer, setting.say(row["say"])) == moment.read(row["means"])
        for row in phrases("yes_no")
        for setting in room
    ]


def disclosed(recognizer: WhisperRecognizer, room: Sequence[Setting]) -> Iterator[tuple[str, str | None]]:
    """Each disclosure, and the draft that came of it."""
    moment = at_the_moment(OPEN_QUESTION)
    for row in phrases("disclosures"):
        for setting in room:
            yield row["say"], moment.draft(recognizer, setting.say(row["say"]))


def share(right: Sequence[bool]) -> float:
    """Per cent."""
    return 100 * sum(right) / len(right)


def plain(text: str) -> str:
    """Words as they sound: no case, no punctuation."""
    return " ".join(re.sub(r"[^\w\s']", " ", text.casefold().replace("\u2019", "'")).split())
