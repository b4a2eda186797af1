"""Partial: a ritual is left before its end. What it holds is kept only if both say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intents.modes.plain import Plain, yes_no

if TYPE_CHECKING:
    from intents.course import Course
    from intents.steps import Question
    from intents.understanding import Understood


class Partial(Plain):
    """Each is asked; one no is enough to forget it."""

    def question(self, course: Course) -> Question:
        """Asked of one, then of the other."""
        seat = 1 - course.place.agreed[0] if course.place.agreed else 0
        return yes_no(course, course.phrase("partial.ask", name=course.name(seat)), asked=seat)

    def take(self, course: Course, understood: Understood) -> bool:
        """Two yeses keep it."""
        if understood.intent in ("no", "skip"):
            course.forget_kept()
            course.say_phrase("partial.forgotten")
            course.drop_ritual()
            return True
        if understood.intent not in ("yes", "keep"):
            return False
        agreed = tuple({*course.place.agreed, course.speaker_of_turn()})
        if len(agreed) == 2:
            course.say_phrase("partial.kept")
            course.drop_ritual()
        else:
            course.stay(agreed=agreed)
        return True
