"""Idle: nothing is under way, and the two are asked what they would like to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intents.modes.plain import Plain
from intents.reply import Awaits
from intents.steps import Question

if TYPE_CHECKING:
    from intents.course import Course
    from intents.ritual_file import Ritual
    from intents.understanding import Understood

MOST_OFFERED = 3
"""A listener forgets a longer list."""


class Idle(Plain):
    """Offers a few rituals and starts the one that is asked for."""

    def question(self, course: Course) -> Question:
        """Which ritual it shall be."""
        rituals = _offered(course)
        choices = course.language.phrases.one_of([ritual.name for ritual in rituals[:MOST_OFFERED]])
        return Question(
            text=course.phrase("idle.ask", choices=choices),
            again=course.phrase("idle.again", choices=choices),
            awaits=Awaits.RITUAL,
            expects=tuple(ritual.called[0] for ritual in rituals),
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """Start it, unless it is too deep for now."""
        if understood.intent == "start_ritual":
            start(course, understood)
        elif understood.intent == "no":
            self.stop(course)
        elif understood.intent == "back":
            course.move(misses=0)
        else:
            return False
        return True


def start(course: Course, understood: Understood) -> None:
    """Begin the ritual that was asked for."""
    ritual = course.language.rituals.get(understood.slots.get("ritual", ""))
    if ritual is None:
        course.say_phrase("idle.unknown_ritual")
    elif ritual.weight == "deep" and course.light_only():
        course.say_phrase("idle.light_only")
    else:
        form = understood.slots.get("form")
        course.start(ritual.ritual, form if form in ritual.forms else None)


def _offered(course: Course) -> list[Ritual]:
    light_only = course.light_only()
    return [ritual for ritual in course.language.rituals.values() if ritual.weight == "light" or not light_only]
