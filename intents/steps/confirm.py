"""Confirm: a yes or a no, and what each of them leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from intents.reply import Awaits
from intents.steps.step import Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.steps import AnyStep
    from intents.understanding import Understood


class Confirm(Step):
    """Its answer is not kept: it only chooses the way."""

    kind: ClassVar[str] = "confirm"

    confirm: str
    if_yes: tuple[AnyStep, ...] = ()
    if_no: tuple[AnyStep, ...] = ()

    def question(self, course: Course) -> Question:
        """Closed: yes or no."""
        return Question(
            text=course.fill(self.confirm),
            again=course.fill(self.again or self.confirm),
            awaits=Awaits.YES_NO,
            expects=course.labels("yes", "no"),
            asked=course.seat_of(self.to or "speaker"),
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """Take the way of the answer."""
        if understood.intent not in ("yes", "no"):
            return False
        course.advance(understood.intent)
        return True

    def inner(self) -> tuple[tuple[str, tuple[Step, ...]], ...]:
        """What follows a yes, and what follows a no."""
        return (("yes", self.if_yes), ("no", self.if_no))
