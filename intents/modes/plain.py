"""Plain: what modes have in common when the clock says nothing to them and stopping only ends the talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intents.reply import Awaits
from intents.steps import Question

if TYPE_CHECKING:
    from intents.course import Course


class Plain:
    """Stops politely and lets time pass."""

    def stop(self, course: Course) -> None:
        """End the talk; the question stands for another time."""
        course.say_phrase("stopped.idle")
        course.ended = True

    def time_passed(self, course: Course) -> None:
        """Nothing falls due here."""


def yes_no(course: Course, text: str, asked: int | None = None) -> Question:
    """A yes/no question of the framework."""
    return Question(text=text, again=text, awaits=Awaits.YES_NO, expects=course.labels("yes", "no"), asked=asked)
