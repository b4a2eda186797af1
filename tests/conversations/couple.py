"""Couple: two people at a door, and what they hear. Every test of a conversation talks through one."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache

from intents.conversation import Conversation
from intents.journal import Entry
from intents.language import Language, load_language
from intents.position import Position
from intents.reply import Awaits, Listening, Reply
from intents.turn import LAUNCH, Turn
from tests.memory_journal import MemoryJournal

HOME = "home"
EVENING = datetime(2026, 11, 22, 19, 30, tzinfo=timezone(timedelta(hours=1)))
BETWEEN_TURNS = timedelta(seconds=20)


@cache
def english() -> Language:
    """The language of these tests, loaded once."""
    return load_language("en-US")


def line(key: str, **slots: str) -> str:
    """A framework line as it is spoken."""
    return english().phrases.line(key, **slots)


@dataclass
class Couple:
    """Two people, a clock that goes on at every turn, and everything they hear."""

    journal: MemoryJournal = field(default_factory=MemoryJournal)
    language: Language = field(default_factory=english)
    at: datetime = EVENING
    channel: str = "keyboard"
    account: str | None = None
    hears: list[Reply] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.conversation = Conversation(self.journal, self.language)

    # What they do.

    def launch(self) -> Reply:
        """Open a talk."""
        return self.turn(intent=LAUNCH)

    def say(self, words: str, by: str | None = None) -> Reply:
        """Say something."""
        return self.turn(words=words, by=by)

    def say_each(self, *lines: str) -> Reply:
        """Say one thing after the other."""
        for words in lines:
            self.say(words)
        return self.reply

    def line(self, words: str) -> Reply:
        """Give a line, hear it read back, and keep it."""
        assert f"I have: {words}." in self.say(words).speech
        reply = self.say("keep that")
        assert reply.segments[0].text == line("read_back.kept")
        return reply

    def pass_time(self, minutes: float) -> Reply:
        """Let time pass, and let the door tell so."""
        self.at += timedelta(minutes=minutes)
        return self.turn()

    def come_back_after(self, **time: float) -> Reply:
        """Call again after some time."""
        self.at += timedelta(**time)
        return self.launch()

    def introduce(self, one: str = "Ana", other: str = "Ben") -> Reply:
        """First run: say who they are."""
        self.launch()
        self.say_each(one, other)
        return self.say("yes")

    def begin(self, ritual: str) -> Reply:
        """Ask for a ritual and say both yeses where it asks for them."""
        reply = self.say(ritual)
        if reply.awaits is Awaits.YES_NO and reply.step == "ready":
            reply = self.say_each("yes", "yes")
        return reply

    def turn(
        self,
        *,
        words: str | None = None,
        intent: str | None = None,
        by: str | None = None,
        account: str | None = None,
        answering: int | None = None,
        confidence: float | None = None,
    ) -> Reply:
        """One turn, any turn. A spoken answer comes, and the talk is open exactly if something is asked."""
        if words is not None or intent is not None:
            self.at += BETWEEN_TURNS
        reply = self.conversation.reply_to(
            Turn(
                household=HOME,
                channel=self.channel,
                at=self.at,
                words=words,
                intent=intent,
                by=by,
                account=account or self.account,
                answering=answering,
                confidence=confidence,
            )
        )
        self.hears.append(reply)
        assert reply.speech.strip(), "there is always a spoken answer"
        assert all(segment.text.strip() for segment in reply.segments), "no segment is silent"
        asks_nothing = reply.awaits is Awaits.NOTHING
        assert reply.ended == (reply.listening is Listening.NONE) == asks_nothing
        assert (reply.reprompt is None) == (reply.listening in (Listening.NONE, Listening.AWAY))
        return reply

    def answer_well(self, no_to: tuple[str, ...] = ()) -> Reply:
        """Answer the question that stands, whatever it is; ``no_to`` names yes/no steps answered with a no."""
        match self.reply.awaits:
            case Awaits.YES_NO:
                return self.say("no" if self.reply.step in no_to else "yes")
            case Awaits.KEEP:
                return self.say("keep that")
            case Awaits.RATING:
                return self.say("four")
            case Awaits.PARTNER:
                return self.say(self.names[1])
            case Awaits.RETURN:
                return self.say("we're back")
            case Awaits.LINE:
                return self.say(f"the soup was warm, line {len(self.hears)}")
            case other:
                raise AssertionError(f"nothing to say to {other}")

    # What became of it.

    def restart(self) -> None:
        """The program was killed and started again: nothing is left of it but the journal."""
        self.conversation = Conversation(self.journal, self.language)

    def twin(self) -> Couple:
        """The same two people at the same point, to try something else with them."""
        return Couple(copy.deepcopy(self.journal), self.language, self.at, self.channel, self.account, list(self.hears))

    @property
    def reply(self) -> Reply:
        """The last thing they heard."""
        return self.hears[-1]

    @property
    def names(self) -> tuple[str, ...]:
        """Who they are, in the order in which they said so."""
        return self.journal.standing(HOME).partners

    @property
    def position(self) -> Position:
        """Where they stand, as the journal has it."""
        return self.journal.standing(HOME).position

    @property
    def entries(self) -> list[Entry]:
        """What is kept, in order."""
        return list(self.journal.entries.values())

    @property
    def texts(self) -> list[str]:
        """The words that are kept, in order."""
        return [entry.text for entry in self.entries]

    @property
    def bytes_kept(self) -> str:
        """Everything the journal holds, as text."""
        return repr(self.journal)


def ana_and_ben() -> Couple:
    """Two who have told their names and were asked what they would like to do."""
    couple = Couple()
    couple.introduce("Ana", "Ben")
    return couple
