"""Ask: one line, in the person's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from intents.reply import Awaits, Listening
from intents.steps.step import OPEN_PATIENCE, Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Ask(Step):
    """A question whose whole answer is the person's line: read back and kept, or heard and let go."""

    kind: ClassVar[str] = "ask"

    ask: str
    keep: str | None = Field(default=None, pattern=r"^[a-z_]+$")
    """The kind of entry the accepted line becomes; without it the line is heard and not kept."""

    thanks: str | None = None
    """Said after the line, before going on."""

    def question(self, course: Course) -> Question:
        """Open: long pauses are allowed."""
        return open_question(self, course, self.ask)

    def take(self, course: Course, understood: Understood) -> bool:
        """The line becomes a draft to be read back, or is thanked for and let go."""
        if not understood.text.strip():
            return False
        if course.nudge(understood.text):
            return True
        if self.keep is not None and not course.off_record:
            course.read_back(understood.text)
            return True
        if self.thanks:
            course.say(course.fill(self.thanks))
        course.advance()
        return True


def open_question(step: Step, course: Course, words: str) -> Question:
    """A question for a line of any length."""
    return Question(
        text=course.fill(words),
        again=course.fill(step.again or words),
        awaits=Awaits.LINE,
        asked=course.seat_of(step.to or "speaker"),
        listening=Listening.OPEN,
        patience=OPEN_PATIENCE,
    )
