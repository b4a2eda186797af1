"""A laptop that loses power in the middle of a word must lose nothing that was acknowledged aloud."""

from __future__ import annotations

import copy
import json
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from intents.conversation import Conversation
from intents.language import load_language
from intents.turn import Turn
from local_voice.talk_json import as_json
from storage.export import export
from storage.sqlite_journal import SqliteJournal
from tests.durability.talking_process import Said, TalkingProcess
from tests.memory_journal import MemoryJournal

KILLS = [pytest.param(40, id="40"), pytest.param(500, id="500", marks=pytest.mark.soak)]


class Twin:
    """The same conversation in memory: tells what each line leads to."""

    def __init__(self) -> None:
        self.journal = MemoryJournal()
        self.language = load_language("en-US")
        self.at = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)

    def say(self, line: str) -> Said:
        self.at += timedelta(seconds=1)
        turn = Turn(household="home", channel="program", at=self.at, words=line)
        return as_json(Conversation(self.journal, self.language).reply_to(turn))

    def before(self) -> MemoryJournal:
        return copy.deepcopy(self.journal)


def next_line(reply: Said, number: int) -> str:
    """What the couple says to a reply: a whole gratitude round, over and over, every line its own."""
    if reply["expects"] and reply["expects"][0] == "keep that":
        return "keep that"
    if reply["listening"] == "open":
        return f"line number {number} about the garden"
    return "gratitude round"


def stands_at(reply: Said) -> tuple[object, ...]:
    """Where a reply leaves the two; an ended talk is asked anew what to do."""
    return ("idle",) if reply["step"] is None else (reply["step"], tuple(reply["expects"]), reply["asked_of"])


@pytest.mark.parametrize("kills", KILLS)
def test_a_killed_talk_comes_back_to_the_same_question_with_all_it_acknowledged(tmp_path: Path, kills: int) -> None:
    """Killed between sending and hearing, the line may count or not; what was acknowledged counts."""
    chance = random.Random(20261122)
    twin, talk = Twin(), TalkingProcess(tmp_path)
    for line in ("Ana and Ben", "yes"):
        twin.say(line)
        reply = talk.say(line)
    acknowledged: list[str] = []
    number = 0
    for _ in range(kills):
        for _ in range(chance.randrange(6)):
            number += 1
            line = next_line(reply, number)
            expected = twin.say(line)
            reply = talk.say(line)
            assert stands_at(reply) == stands_at(expected)
            acknowledged = sorted(entry.text for entry in twin.journal.entries.values())
        number += 1
        line, before = next_line(reply, number), twin.before()
        after = twin.say(line)
        talk.send(line)
        time.sleep(chance.random() * 0.006)  # not for luck: the moment of the kill is what is tried
        heard = talk.kill()
        talk = TalkingProcess(tmp_path)
        came_back = stands_at(talk.first)
        kept = texts(tmp_path)
        if heard:
            assert came_back == stands_at(after), "an acknowledged turn was undone"
        if came_back != stands_at(after) or kept != sorted(entry.text for entry in twin.journal.entries.values()):
            assert came_back == stands_at(reply), "the talk came back to another question"
            twin.journal = before
        reply = talk.first
        kept_by_twin = sorted(entry.text for entry in twin.journal.entries.values())
        assert kept == kept_by_twin
        assert set(acknowledged) <= set(kept)
    talk.finish()


def texts(home: Path) -> list[str]:
    """What the journal on disk holds."""
    with SqliteJournal(home) as journal:
        entries = json.loads(export(journal, "home", "json"))["entries"]
    return sorted(entry["text"] for entry in entries)
