"""Understanding: from words to an intent, by the sentences of a language and by what is awaited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from itertools import chain
from operator import and_

from hassil import Intents
from hassil.util import check_excluded_context, check_required_context

from intents.reply import Awaits
from intents.template import Template
from intents.tokens import PARTNER, Tokens, tokens_of, words_of


@dataclass(frozen=True, slots=True)
class Understood:
    """What an utterance means here."""

    text: str
    """The words, as they were said."""

    intent: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)


class Understanding:
    """The matcher of one language. Safe for threads: nothing changes after it is made."""

    def __init__(self, sentences: Intents) -> None:
        fillers = [words_of(words) for words in sentences.skip_words]
        self._filler_words = frozenset(chain.from_iterable(fillers))
        longest_first = sorted((re.escape(" ".join(words)) for words in fillers), key=len, reverse=True)
        self._fillers = re.compile(rf"(?<![^ ])(?:{'|'.join(longest_first)}) ") if longest_first else None
        templates = [
            Template(intent.name, block, sentence, sentences)
            for intent in sentences.intents.values()
            for block in intent.data
            for sentence in block.sentences
        ]
        self._where = {awaits: _in_order(templates, awaits) for awaits in Awaits}
        self._sayable = lru_cache(maxsize=64)(self._sample)

    def understand(self, text: str, awaits: Awaits, partners: tuple[str, ...]) -> Understood:
        """What ``text`` means while ``awaits`` is awaited; an ``Understood`` without intent when it fits nothing."""
        tokens = tokens_of(text, partners)
        line = tokens.line
        said = [word for word in tokens.words if word not in self._filler_words and not word.startswith(PARTNER)]
        without_fillers = self._fillers.sub("", line) if self._fillers else line
        for templates in self._where[awaits]:
            # Fillers may be part of a template ("I think so"): the words as they were said come first.
            found = [
                (template, match)
                for template in templates.holding(said)
                if (match := template.pattern.fullmatch(line) or template.pattern.fullmatch(without_fillers))
            ]
            if found:
                return _understood(tokens, *max(found, key=_own_words), partners)
        return Understood(text)

    def sayable(self, awaits: Awaits, partners: tuple[str, ...]) -> tuple[str, ...]:
        """Phrases that mean something while ``awaits`` is awaited, lower case: the grammar for a recogniser."""
        return self._sayable(awaits, partners)

    def warm(self) -> None:
        """Have everything ready that the first utterances would otherwise wait for."""
        for group in chain.from_iterable(self._where.values()):
            group.warm()

    def _sample(self, awaits: Awaits, partners: tuple[str, ...]) -> tuple[str, ...]:
        templates = chain.from_iterable(group.templates for group in self._where[awaits])
        phrases = chain.from_iterable(template.sample(partners) for template in templates)
        return tuple(dict.fromkeys(phrase.lower() for phrase in phrases if phrase))


class _Group:
    """Templates that are tried together, with an index from words to the templates that hold them."""

    def __init__(self, templates: Iterable[Template]) -> None:
        self.templates = tuple(templates)
        self._swallowing = sum(1 << number for number, one in enumerate(self.templates) if one.has_wildcard)
        self._holding: dict[str, int] = {}
        for number, template in enumerate(self.templates):
            for word in template.vocabulary:
                self._holding[word] = self._holding.get(word, 0) | 1 << number

    def holding(self, words: list[str]) -> Iterator[Template]:
        """The templates in which every one of ``words`` stands, and those that swallow words."""
        every = (1 << len(self.templates)) - 1
        possible = reduce(and_, (self._holding.get(word, 0) | self._swallowing for word in words), every)
        while possible:
            lowest = possible & -possible
            yield self.templates[lowest.bit_length() - 1]
            possible ^= lowest

    def warm(self) -> None:
        """Make every pattern."""
        for template in self.templates:
            template.pattern.fullmatch("")


def _in_order(templates: list[Template], awaits: Awaits) -> tuple[_Group, ...]:
    """What was asked for, then what always works, then templates that swallow words: the first that match decide."""
    here = [template for template in templates if _means_something(template, awaits)]
    fixed = [template for template in here if not template.has_wildcard]
    return (
        _Group(template for template in fixed if template.block.requires_context),
        _Group(template for template in fixed if not template.block.requires_context),
        _Group(template for template in here if template.has_wildcard),
    )


def _means_something(template: Template, awaits: Awaits) -> bool:
    block, context = template.block, {"awaits": awaits.value}
    return check_required_context(block.requires_context, context) and check_excluded_context(
        block.excludes_context, context
    )


def _own_words(found: tuple[Template, re.Match[str]]) -> int:
    """How many words a template matched by words of its own: where wildcards swallow, the most is the likeliest."""
    template, match = found
    swallowed = sum(match.string.count(" ", *span) for _, _, span in template.slots(match))
    return match.string.count(" ") - swallowed


def _understood(tokens: Tokens, template: Template, match: re.Match[str], partners: tuple[str, ...]) -> Understood:
    slots = {name: str(value) for name, value in template.block.slots.items()}
    for name, value, (start, end) in template.slots(match):
        if value is not None:
            slots[name] = value
        elif match.string[start] == PARTNER:
            slots[name] = partners[int(match.string[start + 1])]
        else:
            slots[name] = _as_said(tokens, match.string, start, end)
    return Understood(tokens.text, template.intent, slots)


def _as_said(tokens: Tokens, line: str, start: int, end: int) -> str:
    """A stretch as it was said; where fillers were left out, the words around them have to do."""
    return tokens.between(start, end) if line == tokens.line else line[start:end].strip()
