"""The skill: ask-sdk-core handlers that turn requests into Turns, and Replies into responses."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol, cast

from ask_sdk_core.dispatch_components.exception_components import AbstractExceptionHandler
from ask_sdk_core.dispatch_components.request_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_core.utils.request_util import get_intent_name, get_slot, get_user_id
from ask_sdk_model.intent_request import IntentRequest
from ask_sdk_model.launch_request import LaunchRequest
from ask_sdk_model.request import Request as SdkRequest
from ask_sdk_model.request_envelope import RequestEnvelope
from ask_sdk_model.response import Response

from intents.journal import JournalError
from intents.reply import Reply
from intents.turn import LAUNCH, Turn
from skill.envelope import Envelope, Request
from skill.intent_names import (
    ANSWER_INTENT,
    ANSWER_SLOT,
    BUILT_IN_INTENTS,
    START_RITUAL,
    rituals_by_intent,
)
from skill.render import goodbye, render, stays_open
from skill.structured_log import Event, record

CHANNEL = "alexa"

SHORTEST_SECRET = 16
"""Bytes of the key that account ids are hashed with."""

_REASONS = frozenset(
    {
        "USER_INITIATED",
        "ERROR",
        "EXCEEDED_MAX_REPROMPTS",
        "INVALID_RESPONSE",
        "DEVICE_COMMUNICATION_ERROR",
        "INTERNAL_SERVICE_ERROR",
        "ENDPOINT_TIMEOUT",
    }
)
"""Why sessions end and responses are rejected (``SessionEndedReason`` and the error types of ask-sdk-model)."""

# Speech is not allowed in answer to these, and an empty body would be taken for a fault.
_NOTHING_TO_SAY: dict[str, Any] = {"version": "1.0", "response": {}}


class Conversation(Protocol):
    """What the skill needs of the conversation."""

    def reply_to(self, turn: Turn) -> Reply:
        """The answer to one turn. Raises ``JournalError``."""

    def phrase(self, key: str, **slots: str) -> str:
        """A line of the language file by its key."""


class Skill:
    """Answers verified requests for one household. Safe to use from several threads.

    ``secret`` (bytes, at least 16) keys the hash that stands for an account, so that Amazon's id of it is kept
    nowhere; ``ritual_ids`` are the rituals that can be asked for; ``clock`` gives the time with its zone. Raises
    ``ValueError`` when the secret is too short.
    """

    def __init__(
        self,
        conversation: Conversation,
        *,
        household: str,
        secret: bytes,
        ritual_ids: Iterable[str],
        clock: Callable[[], datetime],
    ) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise ValueError(f"The secret for account ids needs at least {SHORTEST_SECRET} bytes.")
        builder = SkillBuilder()
        builder.add_request_handler(_TurnHandler(conversation, household, secret, rituals_by_intent(ritual_ids), clock))
        builder.add_request_handler(_SilentHandler())
        builder.add_exception_handler(_JournalErrorHandler(conversation))
        self._skill: CustomSkill = builder.create()

    def answer(self, envelope: Envelope) -> dict[str, Any]:
        """The response as a JSON object. A request of a type that the SDK does not know gets the empty response."""
        _note_an_end(envelope.request)
        if envelope.request.type not in SdkRequest.discriminator_value_class_map:
            return _NOTHING_TO_SAY
        request = self._skill.serializer.deserialize(envelope.as_json(), RequestEnvelope)
        answer = cast("dict[str, Any]", self._skill.serializer.serialize(self._skill.invoke(request, context=None)))
        if not answer["response"]:
            return _NOTHING_TO_SAY
        return {key: answer[key] for key in ("version", "sessionAttributes", "response")}


class _TurnHandler(AbstractRequestHandler):
    """Launches and intents: somebody spoke to us."""

    def __init__(
        self,
        conversation: Conversation,
        household: str,
        secret: bytes,
        rituals: Mapping[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        self._conversation = conversation
        self._household = household
        self._secret = secret
        self._rituals = rituals
        self._clock = clock

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return isinstance(handler_input.request_envelope.request, LaunchRequest | IntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        reply = self._conversation.reply_to(self._turn(handler_input))
        remembered: dict[str, object] = {"version": reply.version} if stays_open(reply) else {}
        handler_input.attributes_manager.session_attributes = remembered
        return render(reply)

    def _turn(self, handler_input: HandlerInput) -> Turn:
        words, intent, slots = self._understood(handler_input)
        return Turn(
            household=self._household,
            channel=CHANNEL,
            at=self._clock(),
            words=words,
            intent=intent,
            slots=slots,
            account=self._account(handler_input),
            answering=(handler_input.attributes_manager.session_attributes or {}).get("version"),
        )

    def _understood(self, handler_input: HandlerInput) -> tuple[str | None, str | None, dict[str, str]]:
        """Words, or an intent, and slots. An intent that nobody knows, like Fallback, is a voice without words."""
        if isinstance(handler_input.request_envelope.request, LaunchRequest):
            return None, LAUNCH, {}
        name = str(get_intent_name(handler_input))
        if name in BUILT_IN_INTENTS:
            return None, BUILT_IN_INTENTS[name], {}
        if name in self._rituals:
            return None, START_RITUAL, {"ritual": self._rituals[name]}
        answer = get_slot(handler_input, ANSWER_SLOT) if name == ANSWER_INTENT else None
        return (answer.value or "" if answer else ""), None, {}

    def _account(self, handler_input: HandlerInput) -> str:
        """What stands for the account, so that Amazon's id of it is kept nowhere: a keyed HMAC-SHA256, in hex."""
        return hmac.new(self._secret, str(get_user_id(handler_input)).encode(), "sha256").hexdigest()


class _SilentHandler(AbstractRequestHandler):
    """Every other request: acknowledged. Speech is not allowed in answer to most of them."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        return Response()


class _JournalErrorHandler(AbstractExceptionHandler):
    """The journal could not be used: an apology is spoken and the session closes. Nothing was acknowledged."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        return isinstance(exception, JournalError)

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        record(Event.JOURNAL, logging.ERROR)
        handler_input.attributes_manager.session_attributes = {}
        return goodbye(self._conversation.phrase("apology"))


def _note_an_end(request: Request) -> None:
    """Log why Alexa ended a session, or what was wrong with our response, in Amazon's fixed words."""
    kinds = {"SessionEndedRequest": Event.SESSION_ENDED, "System.ExceptionEncountered": Event.REJECTED_RESPONSE}
    if request.type in kinds:
        error = request.error.type if request.error else None
        record(kinds[request.type], why=_known(request.reason), error=_known(error))


def _known(word: str | None) -> str:
    return word if word in _REASONS else "none" if word is None else "other"
