"""Company: someone said they may not be safe with themselves. We asked whether somebody is there, and stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intents.modes.plain import Plain, yes_no

if TYPE_CHECKING:
    from intents.course import Course
    from intents.steps import Question
    from intents.understanding import Understood


class Company(Plain):
    """No ritual, no advice, no debate. Any answer is taken; then the talk ends as it always ends early."""

    def question(self, course: Course) -> Question:
        """Whether someone is there."""
        return yes_no(course, course.phrase("safety.company"))

    def take(self, course: Course, understood: Understood) -> bool:
        """Whatever is answered is enough; the number is said once more."""
        if understood.intent not in ("yes", "no") and not understood.text.strip():
            return False
        course.end_early()
        closing = course.segments.pop()
        course.say_phrase("safety.someone_is_there" if understood.intent == "yes" else "safety.nobody_is_there")
        course.say_number("crisis")
        course.segments.append(closing)
        return True

    def stop(self, course: Course) -> None:
        """Stop works here too."""
        course.end_early()
