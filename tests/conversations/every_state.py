"""Every state a conversation can stand in, each reached by talking."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from intents.position import Mode
from intents.reply import Awaits
from tests.conversations.couple import Couple, ana_and_ben

RITUALS = {
    "checkin": "check in",
    "gratitude": "gratitude round",
    "gratitude after sharing": "gratitude after sharing",
    "repair": "repair",
}
"""How each ritual, and each form of one, is asked for."""


@cache
def every_state() -> dict[str, Couple]:
    """A couple in each state, by a name for it. Take a ``twin`` before talking on."""
    states: dict[str, Couple] = {}
    for name, ritual in RITUALS.items():
        *_, (_, last) = _walk(name, ritual, states)
        states[f"resume {name}"] = _stopped(last)
    for name, reach in _OTHERS.items():
        states[name] = reach()
    return states


def state(name: str) -> Couple:
    """A couple of one's own in that state."""
    return every_state()[name].twin()


def state_names(*modes: Mode, awaits: Awaits | None = None) -> list[str]:
    """The names of all states, or of those in some modes, or awaiting some kind of answer."""
    return [
        name
        for name, couple in every_state().items()
        if (not modes or couple.position.mode in modes) and awaits in (None, couple.reply.awaits)
    ]


def _walk(name: str, ritual: str, states: dict[str, Couple]) -> list[tuple[str, Couple]]:
    """Play a ritual to its end, by the long way, noting where each question stands."""
    couple = ana_and_ben()
    couple.say(ritual)
    begun = []
    while not couple.reply.ended:
        place = couple.position.place
        assert place is not None
        label = f"{name} {place.step} {place.round} {place.phase}{' other' if place.agreed else ''}"
        assert label not in states, "the walk goes in circles"
        states[label] = couple.twin()
        if place.run is not None:
            begun.append((label, states[label]))
        couple.answer_well(no_to=("got_it",))
    return begun


def _stopped(couple: Couple) -> Couple:
    twin = couple.twin()
    twin.say("stop")
    twin.launch()
    return twin


def _names(*said: str) -> Couple:
    couple = Couple()
    couple.launch()
    couple.say_each(*said)
    return couple


def _half_a_checkin() -> Couple:
    couple = ana_and_ben()
    couple.begin("check in")
    couple.line("long")
    return couple


def _leaving_a_checkin(*said: str) -> Couple:
    couple = _stopped(_half_a_checkin())
    couple.say_each("no", *said)
    return couple


def _paused_in_a_checkin() -> Couple:
    couple = _half_a_checkin()
    couple.say("we need a break")
    return couple


def _pause_is_over() -> Couple:
    couple = _paused_in_a_checkin()
    couple.pass_time(21)
    return couple


def _paused_from_nothing() -> Couple:
    couple = ana_and_ben()
    couple.say("pause")
    return couple


def _company() -> Couple:
    couple = _half_a_checkin()
    couple.say("I want to kill myself")
    return couple


_OTHERS: dict[str, Callable[[], Couple]] = {
    "names none": _names,
    "names one": lambda: _names("Ana"),
    "names both": lambda: _names("Ana", "Ben"),
    "idle": ana_and_ben,
    "partial first": _leaving_a_checkin,
    "partial other": lambda: _leaving_a_checkin("yes"),
    "paused": _paused_in_a_checkin,
    "paused due": _pause_is_over,
    "paused from nothing": _paused_from_nothing,
    "company": _company,
}
