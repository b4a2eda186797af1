"""Agree: both are asked, one after the other, and only two yeses go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from intents.reply import Awaits
from intents.steps.step import Question, Step

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Agree(Step):
    """The opener. A no is taken warmly, ends the ritual before it began, and is written down nowhere."""

    kind: ClassVar[str] = "agree"
    placeholders: ClassVar[frozenset[str]] = frozenset({"partner"})

    agree: str
    other: str
    """How the second partner is asked."""

    def question(self, course: Course) -> Question:
        """Asked of the first partner, then of the other."""
        seat = course.first if course.first not in course.place.agreed else 1 - course.first
        words = self.agree if not course.place.agreed else self.other
        return Question(
            text=course.fill(words, partner=course.name(seat)),
            again=course.fill(self.again or self.agree, partner=course.name(seat)),
            awaits=Awaits.YES_NO,
            expects=course.labels("yes", "no"),
            asked=seat,
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """A yes counts for whoever said it; a no from either is a no."""
        if understood.intent == "no":
            course.decline()
            return True
        if understood.intent != "yes":
            return False
        seat = course.speaker_of_turn()
        agreed = tuple({*course.place.agreed, seat})
        if len(agreed) == 2:
            course.begin()
            course.advance()
        else:
            course.stay(agreed=agreed)
        return True
