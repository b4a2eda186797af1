"""Template: one sentence template, made into a pattern over tokens and into sample phrases.

The templates are written and parsed in the language of ``hassil``. Its own matcher walks the parsed template for every
utterance; a compiled pattern takes a twentieth of that time, and a turn has none to spare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import permutations

from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    Sentence,
    TextChunk,
)
from hassil.intents import IntentData, Intents, SlotList, TextSlotList, WildcardSlotList

from intents.tokens import PARTNER, words_of

PARTNERS = "partner"
"""The list of the couple's own names."""


class Template:
    """One template of an intent. What it needs is made when it is first needed: there are hundreds."""

    def __init__(self, intent: str, block: IntentData, sentence: Sentence, language: Intents) -> None:
        """``block`` is what the template was written in, ``language`` the rules and lists that it may name."""
        self.intent = intent
        self.block = block
        self._expression = sentence.expression
        self._rules = language.expansion_rules
        self._lists: Mapping[str, SlotList] = language.slot_lists

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that stands in it, but for names and wildcards."""
        return frozenset(self._words(self._expression))

    @cached_property
    def lists(self) -> frozenset[str]:
        """The lists it names."""
        return frozenset(self._named(self._expression))

    @cached_property
    def has_wildcard(self) -> bool:
        """True when it can swallow any words."""
        return any(isinstance(self._lists.get(name), WildcardSlotList) for name in self.lists)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the whole of ``Tokens.line``; see ``slots`` for what its groups hold."""
        return re.compile(self._pattern(self._expression, iter(range(10_000))))

    def slots(self, match: re.Match[str]) -> Iterator[tuple[str, str | None, tuple[int, int]]]:
        """Each slot that was filled: its name, its value where the language gives one, and where it stands."""
        for group, value in match.groupdict().items():
            if value is not None:
                slot, number = group.rsplit("_", 1)
                yield slot, self._values.get(int(number)), match.span(group)

    def sample(self, partners: tuple[str, ...]) -> list[str]:
        """Phrases, few, and together holding every word of it; none where it holds wildcards, or names nobody has.

        A template of several parts with n, m and k alternatives gives max(n, m, k) phrases, not n times m times k.
        """
        return [" ".join(phrase.split()) for phrase in self._sample(self._expression, partners)]

    @cached_property
    def _values(self) -> dict[int, str]:
        """What the values of lists mean, by the number of their group; filled while the pattern is made."""
        return {}

    def _pattern(self, expression: Expression, numbers: Iterator[int]) -> str:
        match expression:
            case TextChunk():
                return "".join(f"{re.escape(word)} " for word in words_of(expression.original_text))
            case Alternative():
                return _one_of(self._pattern(item, numbers) for item in expression.items)
            case Permutation():
                orders = permutations(expression.items)
                return _one_of("".join(self._pattern(item, numbers) for item in order) for order in orders)
            case Group():
                return "".join(self._pattern(item, numbers) for item in expression.items)
            case RuleReference():
                return self._pattern(self._rules[expression.rule_name].expression, numbers)
            case ListReference(list_name=name, slot_name=slot):
                return self._list_pattern(name, slot, numbers)
            case _:
                raise TypeError(f"templates hold no {type(expression).__name__}")

    def _list_pattern(self, name: str, slot: str, numbers: Iterator[int]) -> str:
        if name == PARTNERS:
            return f"(?P<{slot}_{next(numbers)}>{PARTNER}[01] )"
        values = self._lists[name]
        if isinstance(values, WildcardSlotList):
            return f"(?P<{slot}_{next(numbers)}>(?:[^ ]+ )+?)"
        if not isinstance(values, TextSlotList):
            raise TypeError(f"the list {name} holds a range of numbers; write them out as values")
        patterns = []
        for value in values.values:
            number = next(numbers)
            self._values[number] = str(value.value_out)
            patterns.append(f"(?P<{slot}_{number}>{self._pattern(value.text_in, numbers)})")
        return _one_of(patterns)

    def _sample(self, expression: Expression, partners: tuple[str, ...]) -> list[str]:
        match expression:
            case TextChunk():
                return [expression.original_text]
            case Alternative():
                each = [self._sample(item, partners) for item in expression.items]
                return sorted((phrase for phrases in each for phrase in phrases), key=bool)
            case Group():
                parts = [self._sample(item, partners) for item in expression.items]
                if not all(parts):
                    return []
                longest = max(map(len, parts), default=1)
                return ["".join(part[turn % len(part)] for part in parts) for turn in range(longest)]
            case RuleReference():
                return self._sample(self._rules[expression.rule_name].expression, partners)
            case ListReference(list_name=name) if name == PARTNERS:
                return list(partners)
            case ListReference(list_name=name):
                values = self._lists[name]
                listed = values.values if isinstance(values, TextSlotList) else []
                return [phrase for value in listed for phrase in self._sample(value.text_in, partners)]
            case _:
                return []

    def _words(self, expression: Expression) -> Iterator[str]:
        for part in self._leaves(expression):
            if isinstance(part, TextChunk):
                yield from words_of(part.original_text)

    def _named(self, expression: Expression) -> Iterator[str]:
        for part in self._leaves(expression):
            if isinstance(part, ListReference):
                yield part.list_name

    def _leaves(self, expression: Expression) -> Iterator[Expression]:
        """Every text and list reference below an expression, and what the lists hold."""
        match expression:
            case Group():
                for item in expression.items:
                    yield from self._leaves(item)
            case RuleReference():
                yield from self._leaves(self._rules[expression.rule_name].expression)
            case ListReference(list_name=name):
                yield expression
                values = self._lists.get(name)
                for value in values.values if isinstance(values, TextSlotList) else ():
                    yield from self._leaves(value.text_in)
            case _:
                yield expression


def _one_of(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
