"""Talking by keyboard: the same conversation with typed words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from datetime import datetime

from rich.console import Console
from rich.text import Text

from intents.conversation import Conversation
from intents.reply import Listening, Reply
from intents.turn import LAUNCH, Turn
from local_voice.line_source import LineSource

CHANNEL = "keyboard"


def talk_keyboard(
    conversation: Conversation,
    *,
    clock: Callable[[], datetime],
    household: str,
    lines: Iterable[str] | None = None,
    console: Console | None = None,
) -> None:
    """Print what is said and read what is typed, until the talk is over or the input ends."""
    console = console or Console(highlight=False)
    typed = LineSource(lines or sys.stdin)
    reply = conversation.reply_to(Turn(household=household, channel=CHANNEL, at=clock(), intent=LAUNCH))
    while True:
        _show(console, reply)
        if reply.ended:
            return
        try:
            words = typed.next(_seconds_left(reply, clock()))
        except TimeoutError:
            turn = Turn(household=household, channel=CHANNEL, at=clock())
        else:
            if words is None:
                return
            turn = Turn(household=household, channel=CHANNEL, at=clock(), words=words, answering=reply.version)
        reply = conversation.reply_to(turn)


def _seconds_left(reply: Reply, now: datetime) -> float | None:
    """How long to wait for the keyboard: while the two are away, until the talk goes on by itself."""
    if reply.listening is not Listening.AWAY or reply.returns_at is None:
        return None
    return max(0.0, (reply.returns_at - now).total_seconds())


def _show(console: Console, reply: Reply) -> None:
    console.print()
    console.print(Text(reply.speech, style="bold" if reply.ended else ""))
    if not reply.ended:
        console.print(Text(f"{reply.asked_of or ''}> ", style="cyan"), end="")
