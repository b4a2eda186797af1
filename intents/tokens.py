"""Tokens: an utterance as templates see it. Words in lower case, without punctuation, hyphens taken for spaces."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\s\-_\u2010-\u2015]+")

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\uff07", "'"))

_PUNCTUATION = '.,!?;:\u2026\u3002\uff0c\uff01\uff1f\u00bf\u00a1\u061f\u060c\uff1b\uff1a"\u201c\u201d\u201e()'

_POSSESSIVE = "'s"

PARTNER = "\0"
"""Begins the token that stands for a partner's name; no utterance has it."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one text, and where in it each stands."""

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @property
    def line(self) -> str:
        """The words, each with a space after it: what patterns are matched against."""
        return "".join(f"{word} " for word in self.words)

    def between(self, start: int, end: int) -> str:
        """The text as it was said, for a stretch of ``line``."""
        first, last = self.line.count(" ", 0, start), self.line.count(" ", 0, end) - 1
        return self.text[self.spans[first][0] : self.spans[last][1]]


def tokens_of(text: str, partners: tuple[str, ...] = ()) -> Tokens:
    """The tokens of ``text``; a partner's name (of one word or more) becomes one token, ``PARTNER`` and the seat."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _WORD.finditer(text):
        word = match[0].translate(_APOSTROPHES).strip(_PUNCTUATION).casefold()
        if word:
            words.append(word)
            spans.append(match.span())
    for seat, name in enumerate(partners):
        _name(words, spans, words_of(name), f"{PARTNER}{seat}")
    return Tokens(text, tuple(words), tuple(spans))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text or template."""
    found = (match[0].translate(_APOSTROPHES).strip(_PUNCTUATION).casefold() for match in _WORD.finditer(text))
    return tuple(word for word in found if word)


def _name(words: list[str], spans: list[tuple[int, int]], name: tuple[str, ...], token: str) -> None:
    """Put ``token`` wherever ``name`` stands, and the possessive after it where the name had one."""
    length = len(name)
    start = 0
    while length and start + length <= len(words):
        said = (*words[start : start + length - 1], words[start + length - 1].removesuffix(_POSSESSIVE))
        if said == name:
            owned = words[start + length - 1] != name[-1]
            span = (spans[start][0], spans[start + length - 1][1])
            words[start : start + length] = [token, _POSSESSIVE] if owned else [token]
            spans[start : start + length] = [span] * (2 if owned else 1)
        start += 1
