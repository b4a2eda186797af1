"""Talking for programs: a line in, a JSON object out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TextIO

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, model_validator

from intents.conversation import Conversation
from intents.reply import Reply
from intents.turn import LAUNCH, Turn
from local_voice.turn_clock import TurnClock

CHANNEL = "program"


class Line(BaseModel):
    """One line of input: what was said, by whom, and when."""

    model_config = ConfigDict(extra="forbid", strict=False)

    say: str | None = None
    by: str | None = None
    at: AwareDatetime | None = None

    @model_validator(mode="after")
    def _something_happened(self) -> Line:
        if self.say is None and self.at is None:
            raise ValueError("needs “say”, or “at”, or both")
        return self


def talk_json(
    conversation: Conversation,
    *,
    clock: Callable[[], datetime],
    household: str,
    lines: Iterable[bytes] | None = None,
    out: TextIO | None = None,
    err: TextIO | None = None,
) -> None:
    """Print the first reply, then one for each line, until the input ends.

    A line that begins with ``{`` is JSON (``say``, ``by``, ``at`` with offset); any other is plain words. A line that
    makes no sense gets a sentence on standard error, and the question that stands once more.
    """
    lines, out, err = lines or sys.stdin.buffer, out or sys.stdout, err or sys.stderr
    times = TurnClock(clock)

    def answer(**turn: Any) -> None:
        reply = conversation.reply_to(Turn(household=household, channel=CHANNEL, **turn))
        out.write(json.dumps(as_json(reply), ensure_ascii=False) + "\n")
        out.flush()

    answer(intent=LAUNCH, at=times.at())
    for raw in lines:
        try:
            line = read_line(raw.decode("utf-8", errors="replace").rstrip("\r\n"))
            at = times.at(line.at)
        except ValidationError as error:
            err.write(f"That line was not taken: {_why(error)}.\n")
            answer(at=times.at())
        except ValueError as error:
            err.write(f"That line was not taken. {error}\n")
            answer(at=times.at())
        else:
            answer(words=line.say, by=line.by, at=at)


def read_line(text: str) -> Line:
    """One line of input. Raises pydantic's ``ValidationError`` when it begins with ``{`` and is no such object."""
    if text.lstrip().startswith("{"):
        return Line.model_validate_json(text)
    return Line(say=text)


def as_json(reply: Reply) -> dict[str, object]:
    """A reply as programs get it."""
    return {
        "speech": reply.speech,
        "listening": reply.listening.value,
        "expects": list(reply.expects),
        "asked_of": reply.asked_of,
        "ritual": reply.ritual,
        "step": reply.step,
        "ended": reply.ended,
    }


def _why(error: ValidationError) -> str:
    """What is wrong with a line, without a word of it."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    field = ".".join(str(part) for part in first["loc"] if str(part) in Line.model_fields)
    if first["type"] == "json_invalid":
        return "it begins like JSON and is none"
    if first["type"] == "extra_forbidden":
        return "it may hold “say”, “by” and “at”, nothing else"
    return f"{field or 'it'}: {first['msg'].removeprefix('Value error, ')}"
