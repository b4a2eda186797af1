"""Vocabulary: the words a template can possibly match, to leave most templates untried.

A template is left out only when the utterance holds a word that stands nowhere in it; what is left is matched as
before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hassil.expression import Expression, Group, ListReference, RuleReference, Sentence, TextChunk
from hassil.intents import SlotList, TextSlotList

_WORD = re.compile(r"[^\s\-_]+")
_PUNCTUATION = '.,!?;:\u2026\u3002\uff0c\u00bf\u00a1\u061f\uff1b\uff1a\u2019\u2018"“”()'

_GLUED = re.compile(r"[^\s\[\]()|<>{}][\[(<{]|[\])>}][^\s\[\]()|<>{}]")
"""A bracket with no space before or after it: a word may be put together from pieces there."""


def words_of(text: str) -> frozenset[str]:
    """The words of an utterance as templates are compared: folded, without punctuation, hyphens as spaces."""
    bare = (word.strip(_PUNCTUATION).casefold() for word in _WORD.findall(text))
    return frozenset(word for word in bare if word)


def vocabulary_of(
    sentence: Sentence, rules: Mapping[str, Sentence], lists: Mapping[str, SlotList], open_lists: frozenset[str]
) -> frozenset[str] | None:
    """Every word the template can match, but for those of ``open_lists``, which are filled in at each turn.

    None where it cannot be told: wildcards, numbers, and words put together from pieces.
    """
    words: set[str] = set()
    if _GLUED.search(sentence.text or "") or not _collect(sentence.expression, rules, lists, open_lists, words):
        return None
    return frozenset(words)


def _collect(
    expression: Expression,
    rules: Mapping[str, Sentence],
    lists: Mapping[str, SlotList],
    open_lists: frozenset[str],
    words: set[str],
) -> bool:
    """Add the words below an expression; False where they cannot all be told."""
    match expression:
        case TextChunk():
            words |= words_of(expression.original_text)
            return True
        case Group():
            return all(_collect(item, rules, lists, open_lists, words) for item in expression.items)
        case RuleReference():
            rule = rules[expression.rule_name]
            glued = _GLUED.search(rule.text or "") is not None
            return not glued and _collect(rule.expression, rules, lists, open_lists, words)
        case ListReference(list_name=name) if name in open_lists:
            return True
        case ListReference(list_name=name):
            values = lists.get(name)
            if not isinstance(values, TextSlotList):
                return False
            return all(_collect(value.text_in, rules, lists, open_lists, words) for value in values.values)
        case _:
            return False
