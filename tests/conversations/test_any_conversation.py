"""Any conversation at all: whatever is said, in whatever order, from any state, these promises hold."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intents.journal import Entry
from intents.position import Position
from intents.reply import Awaits, Listening
from intents.turn import LAUNCH
from tests.conversations.couple import Couple, line
from tests.conversations.every_state import state, state_names

DANGER = ["he hit me", "I want to kill myself", "she said she wants to kill herself", "he hurt the baby"]
"""Sentences that stop everything. No one of them may be found anywhere afterwards."""

WORDS = [
    *("help", "stop", "cancel", "pause", "continue", "repeat", "slower", "faster", "skip", "go back", "whose turn"),
    *("forget that", "off the record", "back on the record", "we need a break", "support", "longer", "half an hour"),
    *(
        "yes",
        "no",
        "sure, why not",
        "keep that",
        "change it",
        "leave it out",
        "we're back",
        "two",
        "four",
        "Ana",
        "Ben",
    ),
    *("check in", "gratitude round", "gratitude after sharing", "repair", "me", "not me", "", "but you did too"),
    *("the soup was warm", "I was glad you called", "{speaker}", "100 % \u202eodd\u202c 🙂", "x" * 4_001),
]

FORGETTING = ["forget.done", "early_end", "partial.forgotten", "resume.left"]
"""Lines with which kept words go: nothing goes without one of them, or without a line that takes its place."""


@dataclass(frozen=True)
class Said:
    """One turn of a made-up conversation."""

    words: str | None
    intent: str | None = None
    by: str | None = None
    later: float = 0
    """Minutes that pass before it."""

    confidence: float | None = None
    restart: bool = False


VOICES = st.sampled_from([None, None, None, "Ana", "Ben", "Zed"])
LATER = st.sampled_from([0, 0, 0, 1, 21, 31, 13 * 60, 25 * 60])
TURNS = st.one_of(
    st.builds(
        Said,
        words=st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(DANGER), st.text(max_size=30)),
        by=VOICES,
        later=LATER,
        confidence=st.sampled_from([None, None, None, 0.9, 0.1]),
        restart=st.booleans(),
    ),
    st.builds(
        Said, words=st.none(), intent=st.sampled_from([None, LAUNCH, "yes", "stop", "skip", "unheard_of"]), later=LATER
    ),
)


@settings(max_examples=400, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(start=st.sampled_from(state_names()), conversation=st.lists(TURNS, min_size=1, max_size=14))
def test_whatever_is_said_the_promises_hold(start: str, conversation: list[Said]) -> None:
    """Harm: some order of words nobody thought of loses a line, keeps one, or traps two people."""
    couple = state(start)
    for said in conversation:
        before = dict(couple.journal.entries)
        _say(couple, said)
        _the_position_survives_being_written_down(couple)
        _an_open_talk_has_a_question(couple)
        _what_was_acknowledged_is_kept(couple, before, said)
        _nothing_is_kept_that_was_not_acknowledged(couple, before)
        _danger_is_written_nowhere(couple)
    couple.launch()
    assert couple.say("stop").ended, "stop always ends it"


def _say(couple: Couple, said: Said) -> None:
    if said.restart:
        couple.restart()
    if said.later:
        couple.pass_time(said.later)
    couple.turn(words=said.words, intent=said.intent, by=said.by, confidence=said.confidence)


def _the_position_survives_being_written_down(couple: Couple) -> None:
    position = couple.position
    assert Position.model_validate_json(position.model_dump_json()) == position
    assert position.version == couple.reply.version


def _an_open_talk_has_a_question(couple: Couple) -> None:
    reply = couple.reply
    assert reply.ended == (reply.listening is Listening.NONE) == (reply.awaits is Awaits.NOTHING)
    assert reply.ended or reply.segments[-1].emphasis, "the question comes last"
    assert reply.asked_of in (None, *couple.names)


def _what_was_acknowledged_is_kept(couple: Couple, before: dict[str, Entry], said: Said) -> None:
    after = couple.journal.entries
    kept = [entry for name, entry in after.items() if name not in before]
    spoken = [segment.text for segment in couple.reply.segments]
    assert len(kept) == (line("read_back.kept") in spoken)
    for name, entry in before.items():
        replaced = any((new.run, new.step, new.by) == (entry.run, entry.step, entry.by) for new in kept)
        told = any(line(key) in spoken for key in FORGETTING) or said.words in DANGER
        left_for_another = said.words in WORDS and couple.journal.ended != [] and entry.ritual == "repair"
        assert name in after or replaced or told or left_for_another, "nothing kept goes without a word"


def _nothing_is_kept_that_was_not_acknowledged(couple: Couple, before: dict[str, Entry]) -> None:
    entries = couple.journal.entries
    assert set(couple.journal.commitments) <= set(entries)
    assert {kept.entry for kept in couple.position.kept} <= set(entries)
    if couple.position.off_record:
        assert set(entries) <= set(before)
        assert couple.position.draft is None


def _danger_is_written_nowhere(couple: Couple) -> None:
    kept = couple.bytes_kept
    assert not any(words in kept for words in DANGER)
