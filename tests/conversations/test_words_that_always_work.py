"""The words that always work do so in every state, also at an open question, and are never the answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intents.position import Mode, Place
from intents.reply import Awaits, Listening, Reply
from tests.conversations.couple import Couple, english, line
from tests.conversations.every_state import every_state, state, state_names

Check = Callable[[Couple, Couple], None]


def _place(couple: Couple) -> Place:
    place = couple.position.place
    assert place is not None
    return place


def _key(couple: Couple) -> tuple[str, int, str]:
    place = _place(couple)
    return place.step, place.round, place.phase


def _asked(reply: Reply) -> tuple[object, ...]:
    return reply.ritual, reply.step, reply.awaits, reply.asked_of, reply.expects, reply.listening


def _same_question(before: Couple, after: Couple) -> None:
    assert _asked(after.reply) == _asked(before.reply)
    assert (after.position.place, after.position.draft) == (before.position.place, before.position.draft)
    assert after.entries == before.entries


def _help(before: Couple, after: Couple) -> None:
    _same_question(before, after)
    spoken = [segment.text for segment in after.reply.segments]
    assert line(f"help.{before.reply.awaits}") in spoken, "it says what can be said here"
    assert "For outside support, say “support”." in spoken


def _stop(before: Couple, after: Couple) -> None:
    assert after.reply.ended
    assert after.entries == before.entries
    place = before.position.place
    if before.position.mode is Mode.RITUAL and place is not None:
        kept = place if place.run is not None else None
        assert after.position.place == kept, "the place is kept, once there is one"
        assert after.position.draft == (before.position.draft if kept else None)
    elif before.position.mode is not Mode.COMPANY:
        assert (after.position.mode, after.position.place) == (before.position.mode, place)


def _cancel(before: Couple, after: Couple) -> None:
    assert after.reply.ended
    assert after.reply.speech == "Let's leave it there for today."
    assert after.position.mode is (Mode.IDLE if before.names else Mode.NAMES)
    assert (after.position.place, after.position.draft) == (None, None)


def _pause(before: Couple, after: Couple) -> None:
    assert after.entries == before.entries
    if before.position.mode in (Mode.NAMES, Mode.COMPANY):
        _same_question(before, after)
        assert line("pause.not_now") in after.reply.speech
        return
    assert after.position.mode is Mode.PAUSED
    assert after.position.place == before.position.place, "what was under way waits behind the pause"
    assert after.reply.awaits is Awaits.RETURN
    if before.position.mode is not Mode.PAUSED:
        assert after.reply.listening is Listening.AWAY
        assert line("pause.begun") in after.reply.speech


def _continue(before: Couple, after: Couple) -> None:
    assert after.entries == before.entries
    if before.position.mode is Mode.RITUAL and before.reply.awaits is Awaits.RETURN:
        assert _key(after) != _key(before)
    elif before.position.mode in (Mode.PAUSED, Mode.RESUME):
        assert after.position.mode is (Mode.RITUAL if before.position.place else Mode.IDLE)
        assert after.position.place == before.position.place
    else:
        _same_question(before, after)
        assert line("continued") in after.reply.speech


def _repeat(before: Couple, after: Couple) -> None:
    _same_question(before, after)
    if before.position.mode is not Mode.PAUSED:
        assert after.reply.speech == before.reply.segments[-1].text, "the question, and nothing around it"


def _slower(before: Couple, after: Couple) -> None:
    _same_question(before, after)
    assert after.reply.pace < before.reply.pace
    assert line("slower") in after.reply.speech


def _skip(before: Couple, after: Couple) -> None:
    match before.position.mode:
        case Mode.RITUAL if _place(before).run is None:
            assert after.reply.speech == line("opener.declined")
        case Mode.RITUAL:
            assert after.reply.ended or _key(after) != _key(before)
            assert after.position.draft is None
            assert after.entries == before.entries
            assert after.reply.segments[0].text in (line("skip.done"), line("read_back.left_out"))
        case Mode.RESUME:
            assert after.position.mode in (Mode.IDLE, Mode.PARTIAL)
        case Mode.PARTIAL:
            assert (after.position.mode, after.entries) == (Mode.IDLE, [])
        case _:
            _same_question(before, after)
            assert line("skip.nothing") in after.reply.speech


def _go_back(before: Couple, after: Couple) -> None:
    assert after.entries == before.entries
    if before.position.mode is not Mode.RITUAL or not _can_go_back(before):
        _same_question(before, after)
        assert line("go_back.nothing") in after.reply.speech
        return
    assert _key(after) != _key(before)
    assert after.position.draft is None
    place = _place(before)
    if place.phase == "ask":
        assert _key(after) == (*place.trail[-1], "ask"), "to the question before"
    else:
        assert _key(after) == (place.step, place.round, "ask"), "to say the line anew"


def _can_go_back(couple: Couple) -> bool:
    place = _place(couple)
    return place.phase != "ask" or place.trail not in ((), (("ready", 0),))


def _whose_turn(before: Couple, after: Couple) -> None:
    _same_question(before, after)
    asked = before.reply.asked_of
    told = line("whose_turn.either") if asked is None else line("whose_turn.one", name=asked)
    assert after.reply.segments[0].text == told


def _forget_that(before: Couple, after: Couple) -> None:
    if before.position.draft is not None:
        assert line("forget.done") in after.reply.speech
        assert before.position.draft.text not in after.bytes_kept
        assert after.entries == before.entries
        assert before.position.mode is Mode.RITUAL or _asked(after.reply) == _asked(before.reply)
    elif before.position.kept:
        assert line("forget.done") in after.reply.speech
        assert after.entries == before.entries[:-1]
        assert before.entries[-1].text not in after.bytes_kept
        assert _asked(after.reply) == _asked(before.reply)
    else:
        _same_question(before, after)
        assert line("forget.nothing") in after.reply.speech


def _off_the_record(before: Couple, after: Couple) -> None:
    assert after.entries == before.entries
    assert after.position.draft is None
    if before.position.place is not None and before.position.mode is not Mode.PARTIAL:
        assert line("off_record.begun") in after.reply.speech
        assert after.reply.ended or after.position.off_record
        assert before.position.mode is Mode.RITUAL or _asked(after.reply) == _asked(before.reply)
    else:
        _same_question(before, after)
        assert line("off_record.nothing") in after.reply.speech


WORDS: dict[str, Check] = {
    "help": _help,
    "stop": _stop,
    "cancel": _cancel,
    "pause": _pause,
    "continue": _continue,
    "repeat": _repeat,
    "slower": _slower,
    "skip": _skip,
    "go back": _go_back,
    "whose turn": _whose_turn,
    "forget that": _forget_that,
    "off the record": _off_the_record,
    "we need a break": _pause,
}


@pytest.mark.parametrize("name", state_names())
@pytest.mark.parametrize("words", WORDS)
def test_it_works_in_every_state(words: str, name: str) -> None:
    """Harm: someone says stop, or needs a break, and the voice takes it for the answer."""
    before, after = every_state()[name], state(name)
    after.say(words)
    assert line("missed.first") not in after.reply.speech
    draft = after.position.draft
    assert draft is None or words not in draft.text, "it was not taken for the line"
    assert all(entry.text != words for entry in after.entries)
    assert after.position.misses == 0
    WORDS[words](before, after)


@pytest.mark.parametrize("name", state_names(Mode.RITUAL))
@pytest.mark.parametrize("words", WORDS)
def test_it_works_for_the_partner_who_was_not_asked(words: str, name: str) -> None:
    """Harm: only the one whose turn it is may ask for a break, or skip."""
    before, after = every_state()[name], state(name)
    other = "Ben" if before.reply.asked_of == "Ana" else "Ana"
    after.say(words, by=other)
    WORDS[words](before, after)


@pytest.mark.parametrize("name", state_names(Mode.RITUAL))
@pytest.mark.parametrize("intent", ["help", "stop", "cancel", "pause", "repeat", "skip", "go_back"])
def test_it_works_when_the_door_understood_it_already(intent: str, name: str) -> None:
    """Harm: a smart speaker's own word for stop is lost."""
    before, after = every_state()[name], state(name)
    after.turn(intent=intent)
    WORDS[intent.replace("_", " ")](before, after)


@pytest.mark.parametrize("name", state_names())
def test_support_is_spoken_wherever_it_is_asked_for(name: str) -> None:
    """Harm: the one sentence every help answer promises leads nowhere."""
    before, after = every_state()[name], state(name)
    after.say("support")
    assert "nine eight eight" in after.reply.speech
    _same_question(before, after)


def test_slower_goes_on_until_faster_and_never_falls_apart() -> None:
    """Harm: a voice so slow that nobody can follow it, or that cannot be made quicker again."""
    couple = state("checkin word 0 ask")
    paces = [couple.say("slower").pace for _ in range(6)]
    assert paces == sorted(paces, reverse=True)
    assert min(paces) >= 0.6
    for _ in range(6):
        couple.say("faster")
    assert couple.reply.pace == 1.0


def test_going_back_leads_through_every_question_to_the_first() -> None:
    """Harm: going back skips a question, or never arrives."""
    couple = state("checkin thanks 1 ask")
    steps = []
    while line("go_back.nothing") not in couple.say("go back").speech:
        steps.append(couple.reply.step)
        assert len(steps) < 40, "it goes in circles"
    assert steps[-1] == "word"
    assert len(steps) == len(couple.language.scripts["checkin", None].beats) - 3, (
        "each question once: no close, no opener"
    )


def test_the_states_of_these_tests_cover_every_mode_and_every_kind_of_step() -> None:
    """Harm: a new mode or kind of step slips by all of this."""
    couples = every_state().values()
    assert {couple.position.mode for couple in couples} == set(Mode)
    asked = {
        (place.ritual, place.form, place.step, place.round)
        for couple in couples
        if (place := couple.position.place) is not None
    }
    beats = {
        (ritual, form, beat.name, beat.round)
        for (ritual, form), script in english().scripts.items()
        for beat in script.beats
        if beat.step.kind != "say"
    }
    assert asked == beats
