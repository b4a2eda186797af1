"""Sampling: phrases of a template, few, and together holding every word of it."""

from __future__ import annotations

from collections.abc import Mapping

from hassil.expression import Alternative, Expression, Group, ListReference, RuleReference, Sentence, TextChunk
from hassil.intents import SlotList, TextSlotList


def sample(expression: Expression, rules: Mapping[str, Sentence], lists: Mapping[str, SlotList]) -> list[str]:
    """Phrases below ``expression``, the plainest first; none where a list has no values to name.

    A template of several parts with n, m and k alternatives gives max(n, m, k) phrases, not n times m times k.
    """
    match expression:
        case TextChunk():
            return [expression.original_text]
        case Alternative():
            each = [sample(item, rules, lists) for item in expression.items]
            return sorted((phrase for phrases in each for phrase in phrases), key=bool)
        case Group():
            parts = [sample(item, rules, lists) for item in expression.items]
            if not all(parts):
                return []
            return [
                "".join(part[turn % len(part)] for part in parts) for turn in range(max(map(len, parts), default=1))
            ]
        case RuleReference():
            return sample(rules[expression.rule_name].expression, rules, lists)
        case ListReference(list_name=name):
            values = lists.get(name)
            if not isinstance(values, TextSlotList):
                return []
            return [phrase for value in values.values for phrase in sample(value.text_in, rules, lists)]
        case _:
            return []
