"""Step: what every step of a ritual has in common, and what it may ask of the talk it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from intents.reply import Awaits, Listening
from intents.steps.placeholders import NAMES, check_placeholders

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood

To = Literal["speaker", "listener", "either"]

OPEN_PATIENCE = 2.5
"""Seconds of silence that end a disclosure: people who open up pause to think."""

CLOSED_PATIENCE = 0.5
"""Seconds of silence that end a short answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked, and how the answer is listened for."""

    text: str
    again: str
    """The same question in other, fewer words: for a second miss and for a silence."""

    awaits: Awaits
    expects: tuple[str, ...] = ()
    asked: int | None = None
    """The seat it is for; None for either."""

    listening: Listening = Listening.CLOSED
    returns_after: timedelta | None = None
    """While away: when the talk goes on by itself."""

    patience: float = field(default=CLOSED_PATIENCE)
    heard: bool = False
    """True when the text holds what a person said."""


class Step(BaseModel):
    """One step of a ritual file. Each kind of step is a class beside this one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ClassVar[str]
    """The field that names the kind and holds its words."""

    placeholders: ClassVar[frozenset[str]] = NAMES

    id: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*$")
    to: To | None = None
    again: str | None = None
    nudge: bool = False
    """True where a hardening word in the answer is gently answered (the ritual's ``nudges``)."""

    @field_validator("*")
    @classmethod
    def _only_names_in_brackets(cls, value: Any) -> Any:
        return check_placeholders(value, cls.placeholders) if isinstance(value, str) else value

    @property
    def words(self) -> str:
        """What the step says, as written."""
        text: str = getattr(self, self.kind)
        return text

    def question(self, course: Course) -> Question | None:
        """What is asked here; None for a step that only speaks."""
        return None

    def take(self, course: Course, understood: Understood) -> bool:
        """Do what the answer asks for; False when it was no answer to this question, or nothing was asked."""
        return False

    def time_passed(self, course: Course) -> None:
        """What happens when the time of an away step is over."""
        course.advance()

    def inner(self) -> tuple[tuple[str, tuple[Step, ...]], ...]:
        """Steps taken only after a certain answer, by that answer."""
        return ()
