"""Rate: how calm, from one to five. The number is used at once and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from intents.reply import Awaits
from intents.steps.step import Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Rate(Step):
    """Below ``at_least``, the two get a pause instead of going on."""

    kind: ClassVar[str] = "rate"

    rate: str
    at_least: int = Field(default=1, ge=1, le=5)

    def question(self, course: Course) -> Question:
        """Closed: a number."""
        return Question(
            text=course.fill(self.rate),
            again=course.fill(self.again or self.rate),
            awaits=Awaits.RATING,
            expects=course.labels("one", "two", "three", "four", "five"),
            asked=course.seat_of(self.to or "speaker"),
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """A low number leads to a pause, without a word about who gave it."""
        if understood.intent != "rating":
            return False
        if int(understood.slots["rating"]) < self.at_least:
            course.pause_instead()
        else:
            course.advance()
        return True
