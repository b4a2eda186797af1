"""The step kinds of a ritual file: one class, one file each. A new kind is a new file here and a line below."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from intents.steps.agree import Agree
from intents.steps.ask import Ask
from intents.steps.commit import Commit
from intents.steps.confirm import Confirm
from intents.steps.mirror import Mirror
from intents.steps.rate import Rate
from intents.steps.say import Say
from intents.steps.step import Question, Step
from intents.steps.talk import Talk
from intents.steps.who import Who

KINDS: dict[str, type[Step]] = {kind.kind: kind for kind in (Agree, Ask, Commit, Confirm, Mirror, Rate, Say, Talk, Who)}


def kind_of(step: Any) -> str | None:
    """The one kind a written step names; None when it names none or several."""
    if isinstance(step, Step):
        return step.kind
    named = [kind for kind in KINDS if isinstance(step, dict) and kind in step]
    return named[0] if len(named) == 1 else None


AnyStep = Annotated[
    Annotated[Agree, Tag("agree")]
    | Annotated[Ask, Tag("ask")]
    | Annotated[Commit, Tag("commit")]
    | Annotated[Confirm, Tag("confirm")]
    | Annotated[Mirror, Tag("mirror")]
    | Annotated[Rate, Tag("rate")]
    | Annotated[Say, Tag("say")]
    | Annotated[Talk, Tag("talk")]
    | Annotated[Who, Tag("who")],
    Discriminator(
        kind_of,
        custom_error_type="step_kind",
        custom_error_message="a step needs exactly one of: " + ", ".join(KINDS),
    ),
    Field(),
]
"""Any one step, told apart by the field that names its kind."""

Confirm.model_rebuild(_types_namespace={"AnyStep": AnyStep})

__all__ = ["KINDS", "AnyStep", "Question", "Step"]
