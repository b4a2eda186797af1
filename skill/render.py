"""From a Reply to the response that a smart speaker speaks.

Limits (Amazon, "Request and response JSON reference" and "Speech Synthesis Markup Language reference"): speech of at
most 8,000 characters, breaks of at most 10 seconds in all, and a response of 24 KB (the older, smaller figure).
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from ask_sdk_model.dialog.elicit_slot_directive import ElicitSlotDirective
from ask_sdk_model.intent import Intent
from ask_sdk_model.intent_confirmation_status import IntentConfirmationStatus
from ask_sdk_model.response import Response
from ask_sdk_model.slot import Slot
from ask_sdk_model.slot_confirmation_status import SlotConfirmationStatus
from ask_sdk_model.ui.reprompt import Reprompt
from ask_sdk_model.ui.simple_card import SimpleCard
from ask_sdk_model.ui.ssml_output_speech import SsmlOutputSpeech

from intents.reply import Awaits, Listening, Reply, Segment
from skill.intent_names import ANSWER_INTENT, ANSWER_SLOT
from skill.spoken_text import clean, shortened, spoken_size

# In bytes of UTF-8, which are never fewer than characters. JSON at most doubles them, by escaping quotation marks and
# backslashes, so that all four together stay below 24,000 bytes.
SPEECH_ROOM = 8_000
REPROMPT_ROOM = 1_000
CARD_TITLE_ROOM = 200
CARD_TEXT_ROOM = 1_500

LONGEST_PAUSE = 10.0
"""Seconds of break in one response, all breaks together."""

SLOWEST, FASTEST = 20, 200
"""Per cent; the range of ``prosody rate``."""

HEARD_NATIVELY = frozenset({Awaits.YES_NO, Awaits.RITUAL})
"""Answers that have intents of their own. All others are captured whole, as words, by eliciting a slot."""


def stays_open(reply: Reply) -> bool:
    """True when the speaker listens after this reply.

    While the couple talk to each other the session is closed: the speaker would stop listening after two times eight
    seconds anyway. The reply's words must therefore say how to come back.
    """
    return not reply.ended and reply.listening in (Listening.CLOSED, Listening.OPEN)


def render(reply: Reply) -> Response:
    """The response for ``reply``. ``should_end_session`` is always set: left out, it depends on the device.

    Where a reply that asks something brings no reprompt, its last segment, which holds the question, is said again.
    Emphasis is not marked up: the tag makes Alexa change to another voice in mid-sentence.
    """
    is_open = stays_open(reply)
    reprompt = None
    if is_open:
        again = Segment(reply.reprompt or reply.segments[-1].text)
        reprompt = Reprompt(output_speech=SsmlOutputSpeech(ssml=ssml((again,), reply.pace, REPROMPT_ROOM)))
    return Response(
        output_speech=SsmlOutputSpeech(ssml=ssml(reply.segments, reply.pace, SPEECH_ROOM)),
        reprompt=reprompt,
        card=_card(reply),
        directives=[_elicit_answer()] if is_open and reply.awaits not in HEARD_NATIVELY else None,
        should_end_session=not is_open,
    )


def goodbye(words: str) -> Response:
    """A response that says ``words`` and closes the session."""
    return Response(
        output_speech=SsmlOutputSpeech(ssml=ssml((Segment(words),), 1.0, SPEECH_ROOM)), should_end_session=True
    )


def ssml(segments: Sequence[Segment], pace: float, room: int) -> str:
    """One ``<speak>`` element of at most ``room`` bytes (UTF-8).

    Pauses longer than Alexa allows are shortened in proportion. When the words do not fit, the longest segments lose
    their last sentences, so that a question at the end is still asked.
    """
    rate = min(max(round(pace * 100), SLOWEST), FASTEST)
    before = "<speak>" if rate == 100 else f'<speak><prosody rate="{rate}%">'
    after = "</speak>" if rate == 100 else "</prosody></speak>"
    breaks = _breaks([segment.pause for segment in segments])
    texts = [clean(segment.text) for segment in segments]
    mark_up = len(before) + len(after) + sum(len(pause) + 1 for pause in breaks)
    share = _fair_share([spoken_size(text) for text in texts], room - mark_up)
    spoken = [escape(shortened(text, share)) + pause for text, pause in zip(texts, breaks, strict=True)]
    return before + " ".join(part for part in spoken if part) + after


def _breaks(pauses: Sequence[float]) -> list[str]:
    total = sum(pauses)
    scale = LONGEST_PAUSE / total if total > LONGEST_PAUSE else 1.0
    lengths = [int(pause * scale * 1000) for pause in pauses]
    return [f'<break time="{length}ms"/>' if length else "" for length in lengths]


def _fair_share(sizes: Sequence[int], room: int) -> int:
    """The size at which each of ``sizes`` must be cut for their sum to fit; the small ones keep all of theirs."""
    left = room
    for position, size in enumerate(sorted(sizes)):
        share = left // (len(sizes) - position)
        if size > share:
            return max(share, 0)
        left -= size
    return max(sizes, default=0)


def _card(reply: Reply) -> SimpleCard | None:
    if reply.card is None:
        return None
    return SimpleCard(
        title=shortened(clean(reply.card.title), CARD_TITLE_ROOM),
        content=shortened(clean(reply.card.text), CARD_TEXT_ROOM),
    )


def _elicit_answer() -> ElicitSlotDirective:
    """Take the whole next utterance as the answer, whatever intent was on before (Amazon calls it intent chaining)."""
    slot = Slot(name=ANSWER_SLOT, confirmation_status=SlotConfirmationStatus.NONE)
    intent = Intent(name=ANSWER_INTENT, confirmation_status=IntentConfirmationStatus.NONE, slots={ANSWER_SLOT: slot})
    return ElicitSlotDirective(updated_intent=intent, slot_to_elicit=ANSWER_SLOT)
