"""Talk: the two talk to each other, and nobody listens in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from intents.reply import Awaits, Listening
from intents.steps.step import Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Talk(Step):
    """Away until the words to come back are said, or the minutes are over."""

    kind: ClassVar[str] = "talk"

    talk: str
    minutes: float = Field(gt=0, le=60)

    def question(self, course: Course) -> Question:
        """Not a question, but something does end it: the words to come back, or the time."""
        return Question(
            text=f"{course.fill(self.talk)} {course.way_back()}",
            again=f"{course.fill(self.again or self.talk)} {course.way_back()}",
            awaits=Awaits.RETURN,
            expects=course.labels("back"),
            asked=course.seat_of(self.to or "speaker"),
            listening=Listening.AWAY,
            returns_after=timedelta(minutes=self.minutes),
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """Back again."""
        if understood.intent not in ("back", "continue", "yes"):
            return False
        course.advance()
        return True
