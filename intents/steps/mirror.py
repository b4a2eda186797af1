"""Mirror: the listener says back what they heard. It is for the partner's ears; nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from intents.steps.ask import open_question
from intents.steps.step import Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Mirror(Step):
    """Heard to its end, then let go."""

    kind: ClassVar[str] = "mirror"

    mirror: str

    def question(self, course: Course) -> Question:
        """Asked of the listener unless the file says otherwise."""
        step = self if self.to else self.model_copy(update={"to": "listener"})
        return open_question(step, course, self.mirror)

    def take(self, course: Course, understood: Understood) -> bool:
        """Anything said is a mirror; it is the speaker who knows whether it fits."""
        if not understood.text.strip():
            return False
        if course.nudge(understood.text):
            return True
        course.advance()
        return True
