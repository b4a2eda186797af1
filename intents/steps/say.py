"""Say: words that need no answer."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from intents.steps.step import Step


class Say(Step):
    """Spoken, then straight on."""

    kind: ClassVar[str] = "say"

    say: str
    pause: float = Field(default=0.0, ge=0, le=10)
    """Seconds of silence after it."""
