"""Commit: something one of them will do, and by when, in their own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from intents.steps.ask import open_question
from intents.steps.step import Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Commit(Step):
    """What, then by when; read back as one and kept as an entry and a commitment."""

    kind: ClassVar[str] = "commit"

    commit: str
    when: str
    """The second question: by when."""

    keep: str = "commitment"

    def question(self, course: Course) -> Question:
        """First what, then by when."""
        return open_question(self, course, self.when if course.place.phase == "when" else self.commit)

    def take(self, course: Course, understood: Understood) -> bool:
        """Hold the what until the when is there, then read both back."""
        if not understood.text.strip():
            return False
        if course.place.phase == "when":
            course.read_back_due(understood.text)
        elif course.nudge(understood.text):
            return True
        elif course.off_record:
            course.advance()
        else:
            course.hold(understood.text, phase="when")
        return True
