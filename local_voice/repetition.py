"""Repetition: Whisper, given less than its thirty seconds, may say a thing again and again that was said once."""

from __future__ import annotations

import re

LEAST_REPEATED = 3
"""Words. A last repeat that breaks off may be shorter than what it repeats, but then has at least this many."""


def said_once(text: str) -> str:
    """The words that ``text`` says over and over, once; ``text`` itself where it does no such thing.

    All of the text must be that repetition ("Yes. Yes. Yes.", or a sentence and its first half again).
    """
    words = text.split()
    plain = [re.sub(r"[^\w']", "", word).casefold() for word in words]
    for length in range(1, len(words)):
        repeated = len(words) - length
        if repeated >= min(length, LEAST_REPEATED) and plain[length:] == plain[:repeated]:
            return " ".join(words[:length])
    return text
