"""Safety: the first thing every utterance passes. A floor of literal phrases, no model and no network.

It hears plainly worded disclosures and misses others, such as hopelessness in other words: no detector is safe to
rely on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

PARTNER = "partnersname"
"""What a partner's name is in the lists of the language files."""


class Danger(StrEnum):
    """What was heard, most pressing first."""

    PARTNER = "partner_violence"
    """Violence, threat, fear, coercion: answered with the ordinary early end and nothing else."""

    CHILD = "child"
    MEDICAL = "medical"
    SELF_HARM = "self_harm"
    ABOUT_PARTNER = "about_partner"
    BY_SPEAKER = "harm_by_speaker"


class Safety:
    """The phrases of one language.

    Each kind has ``hear``: regular expressions over folded text (lower case, no apostrophes, single spaces), matched
    at word boundaries, with ``<name>`` standing for a group of words listed under ``words``. ``unless`` takes back
    matches that are everyday idioms.
    """

    def __init__(self, tree: Mapping[str, Any]) -> None:
        words = {name: "(?:" + "|".join(each) + ")" for name, each in tree.get("words", {}).items()}
        self._unless = _pattern(tree.get("unless", ()), words)
        self._hear = {danger: _pattern(tree[danger.value]["hear"], words) for danger in Danger}

    def heard_in(self, text: str, partners: tuple[str, ...] = ()) -> Danger | None:
        """The most pressing danger in ``text``, or None; a partner may be called by name, or by any other word."""
        folded = fold(text)
        named = _named(folded, partners)
        # A name may be a word of its own ("Will"), so the text is heard as it is, too.
        heard = [danger for danger in (self._first(folded), self._first(named)) if danger is not None]
        return min(heard, key=list(Danger).index, default=None)

    def _first(self, folded: str) -> Danger | None:
        if self._unless is not None:
            folded = self._unless.sub(" ", folded)
        return next((danger for danger, pattern in self._hear.items() if pattern and pattern.search(folded)), None)


def _named(folded: str, partners: tuple[str, ...]) -> str:
    """Folded text in which the partners' names are ``PARTNER``, the name they have in the lists."""
    for name in filter(None, map(fold, partners)):
        folded = re.sub(rf"\b{re.escape(name)}(s?)\b", rf"{PARTNER}\1", folded)
    return folded


def fold(text: str) -> str:
    """Lower case without marks or apostrophes: recognisers drop them, and typographic ones defeat a list."""
    flat = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\s]", " ", re.sub(r"[\u2018\u2019\u02bc'`\u00b4]", "", flat)).split())


def _pattern(phrases: Any, words: Mapping[str, str]) -> re.Pattern[str] | None:
    if not phrases:
        return None
    filled = (re.sub(r"<(\w+)>", lambda match: words[match[1]], phrase) for phrase in phrases)
    return re.compile(r"\b(?:" + "|".join(f"(?:{phrase})" for phrase in filled) + r")\b")


@dataclass(frozen=True, slots=True)
class Contact:
    """A place that helps. Spoken only when someone checked it at its source."""

    country: str
    kind: str
    name: str
    number_spoken: str
    number_dial: str
    hours: str
    language: str
    source_url: str
    checked_on: date | None


def load_contacts(tree: Mapping[str, Any]) -> tuple[Contact, ...]:
    """The contacts of a language file."""
    return tuple(Contact(**written) for written in tree["contacts"])


def speakable(contacts: tuple[Contact, ...], country: str, kind: str | None = None) -> list[Contact]:
    """The checked contacts of a country (of one kind, or of all); of "other" where the country is not listed."""
    listed = country if any(contact.country == country for contact in contacts) else "other"
    return [
        contact
        for contact in contacts
        if contact.country == listed and contact.checked_on is not None and kind in (None, contact.kind)
    ]
