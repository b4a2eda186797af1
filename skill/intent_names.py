"""The names by which the speaker's intents and the conversation's intents know each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

ANSWER_INTENT = "AnswerIntent"
"""Holds a whole utterance, captured while its slot is elicited."""

ANSWER_SLOT = "words"
"""The slot of ``ANSWER_INTENT``, of type ``AMAZON.SearchQuery``."""

FALLBACK_INTENT = "AMAZON.FallbackIntent"
"""Something was said that fits no intent; Alexa does not tell what."""

BUILT_IN_INTENTS: Mapping[str, str] = {
    "AMAZON.YesIntent": "yes",
    "AMAZON.NoIntent": "no",
    "AMAZON.HelpIntent": "help",
    "AMAZON.StopIntent": "stop",
    "AMAZON.CancelIntent": "cancel",
    "AMAZON.NavigateHomeIntent": "stop",
    "AMAZON.RepeatIntent": "repeat",
    "AMAZON.PauseIntent": "pause",
    "AMAZON.ResumeIntent": "continue",
    "AMAZON.NextIntent": "skip",
    "AMAZON.PreviousIntent": "go_back",
    "AMAZON.StartOverIntent": "repeat",
}
"""Amazon's standard intents (page "Standard built-in intents") and the intents of the language files."""

START_RITUAL = "start_ritual"
"""The conversation's intent that begins a ritual; its slot ``ritual`` holds the ritual's id."""


def ritual_intent_name(ritual: str) -> str:
    """The intent that starts the ritual with this id: ``repair_line`` becomes ``RepairLineIntent``."""
    return "".join(part.capitalize() for part in ritual.split("_")) + "Intent"


def rituals_by_intent(rituals: Iterable[str]) -> dict[str, str]:
    """Ritual ids by the name of the intent that starts them."""
    return {ritual_intent_name(ritual): ritual for ritual in rituals}
