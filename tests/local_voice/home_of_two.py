"""A home whose two people have named themselves and are in the middle of nothing."""

from __future__ import annotations

from intents.position import Mode, Position
from tests.conversations.couple import HOME
from tests.local_voice.moments import PARTNERS
from tests.memory_journal import MemoryJournal


def home_of_two() -> MemoryJournal:
    """Its journal."""
    position = Position(mode=Mode.IDLE).model_dump_json()
    return MemoryJournal(positions={HOME: position}, partners={HOME: PARTNERS})
