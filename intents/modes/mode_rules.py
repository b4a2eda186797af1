"""ModeRules: what every mode of the conversation answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from intents.course import Course
    from intents.steps import Question
    from intents.understanding import Understood


class ModeRules(Protocol):
    """How a mode asks, and what it does with an answer."""

    def question(self, course: Course) -> Question:
        """The question that stands."""

    def take(self, course: Course, understood: Understood) -> bool:
        """Do what the answer asks for; False when it was no answer."""

    def stop(self, course: Course) -> None:
        """End the talk politely."""

    def time_passed(self, course: Course) -> None:
        """The time of an away question is over."""
