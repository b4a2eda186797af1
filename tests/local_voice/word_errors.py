"""How much of what was said was heard."""

from __future__ import annotations

import re

import jiwer


def word_errors(said: str, heard: str) -> float:
    """The share of words heard wrongly, whatever their case and punctuation; 0 is word for word."""
    return float(jiwer.wer(_plain(said), _plain(heard)))


def _plain(text: str) -> str:
    return re.sub(r"[^\w' ]", "", text.lower())
