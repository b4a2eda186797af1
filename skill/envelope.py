"""The request's JSON: the properties we read, their shape, and nothing else.

Unknown properties are dropped here, before the SDK sees them: its deserialiser rejects a whole request for one
unknown value in a part that nobody reads, such as a new shape of screen.
Reference: Amazon, "Request and response JSON reference".
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from pydantic import (
    AliasGenerator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel

from skill.refusal import Reason, Refused
from skill.timestamp import moment

TURN_TYPES = frozenset({"LaunchRequest", "IntentRequest"})
"""The request types in which somebody spoke to us; only they need a session and a user."""

Identifier = Annotated[StrictStr, Field(min_length=1, max_length=1_000)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", alias_generator=AliasGenerator(alias=to_camel), hide_input_in_errors=True
    )


class Slot(_Part):
    """A slot of an intent; ``value`` is what was heard."""

    name: StrictStr
    value: StrictStr | None = None


class Intent(_Part):
    """What Alexa understood."""

    name: Identifier
    slots: dict[str, Slot] | None = None


class Failure(_Part):
    """Why a session ended or a response was not accepted. Its message is not read: it may quote what was said."""

    type: StrictStr | None = None


class Request(_Part):
    """The ``request`` object."""

    type: Identifier
    request_id: Identifier
    timestamp: Annotated[datetime, BeforeValidator(moment), Field(validate_default=True)] = None  # type: ignore[assignment]
    locale: StrictStr | None = None
    intent: Intent | None = None
    reason: StrictStr | None = None
    error: Failure | None = None


class Application(_Part):
    """The skill that the request is for."""

    application_id: Identifier


class User(_Part):
    """The account that the device is registered to."""

    user_id: Identifier


class System(_Part):
    """The ``System`` object."""

    application: Application
    user: User | None = None


class Context(_Part):
    """The ``context`` object."""

    system: System = Field(alias="System")


class Attributes(_Part):
    """The session attributes that we sent with the last response."""

    version: StrictInt | None = None


class Session(_Part):
    """The ``session`` object."""

    attributes: Attributes | None = None


class Envelope(_Part):
    """A whole request. A launch and an intent have a session and a user; an intent has an intent."""

    version: StrictStr
    session: Session | None = None
    context: Context
    request: Request

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.request.type in TURN_TYPES and (self.session is None or self.context.system.user is None):
            raise ValueError("A turn needs a session and a user.")
        if self.request.type == "IntentRequest" and self.request.intent is None:
            raise ValueError("An intent request needs an intent.")
        return self

    def as_json(self) -> str:
        """The envelope as JSON text for the SDK, with Amazon's names.

        Without the reasons of an ended session: the SDK rejects a request for a reason newer than itself.
        """
        return self.model_dump_json(by_alias=True, exclude_none=True, exclude={"request": {"reason", "error"}})


def read_envelope(body: bytes) -> Envelope:
    """The request in ``body``, which is UTF-8 JSON. Raises ``Refused`` for anything else."""
    try:
        return Envelope.model_validate_json(body)
    except ValidationError as error:
        raise Refused(Reason.SHAPE) from error
