"""Plain text made fit for SSML: no characters that XML forbids, escaped, and never longer than there is room for."""

from __future__ import annotations

import re
from itertools import accumulate
from xml.sax.saxutils import escape

# Everything outside the characters of XML 1.0 (section 2.2), lone surrogates included, and the control characters.
_UNSPEAKABLE = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_SENTENCE_END = re.compile(r"[.!?\u2026](?=\s)|[\u3002\uff01\uff1f]")


def clean(text: str) -> str:
    """``text`` with each run of white space and of characters that XML forbids as one space."""
    return " ".join(_UNSPEAKABLE.sub(" ", text).split())


def spoken_size(text: str) -> int:
    """Bytes of UTF-8 that clean ``text`` takes once escaped. Never less than its characters."""
    return len(escape(text).encode())


def shortened(text: str, room: int) -> str:
    """As many whole sentences of clean ``text`` as fit into ``room`` bytes; failing one, whole words; else a cut.

    What fits already comes back as it is.
    """
    if spoken_size(text) <= room:
        return text
    end = sum(used <= room for used in accumulate(map(spoken_size, text)))
    # One character further than the cut, so that a sentence that ends exactly there is seen to end.
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, 0, end + 1) if match.end() <= end]
    if sentences:
        return text[: sentences[-1]]
    words = text.rfind(" ", 0, end + 1)
    return text[: words if words > 0 else end]
