"""The modes of the conversation: what the household is in the middle of, and what an answer does there."""

from intents.modes.company import Company
from intents.modes.idle import Idle
from intents.modes.in_ritual import InRitual
from intents.modes.mode_rules import ModeRules
from intents.modes.names import Names
from intents.modes.partial import Partial
from intents.modes.paused import Paused
from intents.modes.resume import Resume
from intents.position import Mode

MODES: dict[Mode, ModeRules] = {
    Mode.NAMES: Names(),
    Mode.IDLE: Idle(),
    Mode.RITUAL: InRitual(),
    Mode.PAUSED: Paused(),
    Mode.RESUME: Resume(),
    Mode.PARTIAL: Partial(),
    Mode.COMPANY: Company(),
}

__all__ = ["MODES", "ModeRules"]
