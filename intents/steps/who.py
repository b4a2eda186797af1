"""Who: one of the two is chosen to speak first from here on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from intents.reply import Awaits
from intents.steps.step import Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Who(Step):
    """Answered with a name, or with "me" where the door knows who spoke."""

    kind: ClassVar[str] = "who"

    who: str

    def question(self, course: Course) -> Question:
        """Either may answer."""
        return Question(
            text=course.fill(self.who),
            again=course.fill(self.again or self.who),
            awaits=Awaits.PARTNER,
            expects=course.partners,
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """From here on the chosen one is the speaker."""
        seat = course.seat_meant(understood)
        if seat is None:
            return False
        course.let_speak_first(seat)
        course.advance()
        return True
