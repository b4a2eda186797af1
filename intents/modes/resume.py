"""Resume: something was left standing, and may be gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intents.modes.idle import start
from intents.modes.plain import Plain, yes_no
from intents.position import Mode

if TYPE_CHECKING:
    from intents.course import Course
    from intents.steps import Question
    from intents.understanding import Understood


class Resume(Plain):
    """Asked once a talk was stopped in a ritual, or left for long."""

    def question(self, course: Course) -> Question:
        """Whether to go on."""
        return yes_no(course, course.phrase("resume.ask", ritual=course.language.title(course.place.ritual)))

    def take(self, course: Course, understood: Understood) -> bool:
        """Yes goes on at the same question; no leaves it for good."""
        match understood.intent:
            case "yes" | "continue" | "back":
                self._go_on(course)
            case "no" | "skip":
                self._leave(course)
            case "start_ritual" if understood.slots.get("ritual") == course.place.ritual:
                self._go_on(course)
            case "start_ritual":
                self._leave(course)
                if course.position.mode is Mode.IDLE:
                    start(course, understood)
            case _:
                return False
        return True

    def _go_on(self, course: Course) -> None:
        course.move(mode=Mode.RITUAL, misses=0, away_until=None)
        course.say_phrase("resume.go_on")

    def _leave(self, course: Course) -> None:
        ritual = course.language.rituals[course.place.ritual]
        if ritual.unfinished == "forget":
            course.forget_kept()
        if ritual.unfinished == "ask" and course.position.kept:
            course.drop_draft()
            course.move(mode=Mode.PARTIAL, misses=0)
            course.stay(agreed=())
        else:
            course.drop_ritual()
            course.say_phrase("resume.left")
