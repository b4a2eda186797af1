"""Understanding: from words to an intent, by the sentences of a language and by what is awaited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from hassil import Intents, recognize_all
from hassil.expression import TextChunk
from hassil.intents import Intent, IntentData, SlotList, TextSlotList, TextSlotValue, WildcardSlotList
from hassil.recognize import RecognizeResult
from hassil.util import check_excluded_context, check_required_context

from intents.reply import Awaits
from intents.sampling import sample
from intents.vocabulary import vocabulary_of, words_of

NAMES = frozenset({"partner"})
"""Lists that hold the couple's names."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What an utterance means here."""

    text: str
    """The words, as they were said."""

    intent: str | None = None
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Template:
    """One template of an intent, and every word it can match (None: any)."""

    intent: str
    block: IntentData
    vocabulary: frozenset[str] | None
    has_wildcard: bool


class Understanding:
    """The matcher of one language. Safe for threads: nothing changes after it is made."""

    def __init__(self, sentences: Intents) -> None:
        self._sentences = sentences
        self._without_fillers = replace(sentences, skip_words=[])
        self._fillers = frozenset().union(*(words_of(words) for words in sentences.skip_words))
        templates = [template for intent in sentences.intents.values() for template in self._templates(intent)]
        self._where = {awaits: _in_order(templates, awaits) for awaits in Awaits}
        self._sayable = lru_cache(maxsize=64)(self._sample)

    def understand(self, text: str, awaits: Awaits, partners: tuple[str, ...]) -> Understood:
        """What ``text`` means while ``awaits`` is awaited; an ``Understood`` without intent when it fits nothing."""
        plain = _plain(text)
        names = frozenset().union(*(words_of(name) for name in partners))
        words = words_of(plain)
        said = words - self._fillers - names
        sentences = self._sentences if words & self._fillers else self._without_fillers
        for templates in self._where[awaits]:
            possible = [one for one in templates if one.vocabulary is None or said <= one.vocabulary]
            if not possible:
                continue
            found = recognize_all(
                plain,
                _only(sentences, possible),
                slot_lists=_names(partners),
                intent_context={"awaits": awaits.value},
            )
            # Where wildcards swallow words, the template with the most words of its own is the likeliest.
            exact = not possible[0].has_wildcard
            best = next(iter(found), None) if exact else max(found, key=_own_words, default=None)
            if best is not None:
                return _understood(text, best)
        return Understood(text)

    def sayable(self, awaits: Awaits, partners: tuple[str, ...]) -> tuple[str, ...]:
        """Phrases that mean something while ``awaits`` is awaited, lower case: the grammar for a recogniser."""
        return self._sayable(awaits, partners)

    def warm(self) -> None:
        """Have everything ready that the first utterances would otherwise wait for."""
        for awaits in Awaits:
            self.understand("", awaits, ())

    def _sample(self, awaits: Awaits, partners: tuple[str, ...]) -> tuple[str, ...]:
        rules, lists = self._sentences.expansion_rules, {**self._sentences.slot_lists, **_names(partners)}
        phrases: dict[str, None] = {}
        for template in chain.from_iterable(self._where[awaits]):
            sampled = sample(template.block.sentences[0].expression, rules, lists)
            phrases.update(dict.fromkeys(" ".join(phrase.split()).lower() for phrase in sampled))
        return tuple(phrase for phrase in phrases if phrase)

    def _templates(self, intent: Intent) -> list[_Template]:
        """Each template as a block of its own, so that it can be left out alone."""
        rules, lists = self._sentences.expansion_rules, self._sentences.slot_lists
        blocks = [replace(block, sentence_texts=[text]) for block in intent.data for text in block.sentence_texts]
        return [
            _Template(
                intent.name,
                block,
                vocabulary_of(block.sentences[0], rules, lists, NAMES),
                any(isinstance(lists.get(name), WildcardSlotList) for name in block.sentences[0].list_names(rules)),
            )
            for block in blocks
        ]


def _only(sentences: Intents, templates: list[_Template]) -> Intents:
    intents: dict[str, Intent] = {}
    for template in templates:
        intents.setdefault(template.intent, Intent(template.intent)).data.append(template.block)
    return replace(sentences, intents=intents)


def _in_order(templates: list[_Template], awaits: Awaits) -> tuple[list[_Template], ...]:
    """What was asked for, then what always works, then templates that swallow words: the first that match decide."""
    here = [template for template in templates if _means_something(template.block, awaits)]
    fixed = [template for template in here if not template.has_wildcard]
    return (
        [template for template in fixed if template.block.requires_context],
        [template for template in fixed if not template.block.requires_context],
        [template for template in here if template.has_wildcard],
    )


def _own_words(result: RecognizeResult) -> int:
    return result.text_chunks_matched


def _understood(text: str, result: RecognizeResult) -> Understood:
    slots = {name: str(entity.value) for name, entity in result.entities.items()}
    for name, value in result.intent_data.slots.items():
        slots.setdefault(name, str(value))
    return Understood(text, result.intent.name, slots)


def _means_something(block: IntentData, awaits: Awaits) -> bool:
    context = {"awaits": awaits.value}
    return check_required_context(block.requires_context, context) and check_excluded_context(
        block.excludes_context, context
    )


def _names(partners: tuple[str, ...]) -> dict[str, SlotList]:
    values = [TextSlotValue(TextChunk(name), name) for name in partners]
    return {"partner": TextSlotList("partner", values)}


_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u201b\u02bc\uff07", "'"))


def _plain(text: str) -> str:
    """Typographic apostrophes as typed ones; recognisers and keyboards differ."""
    return text.translate(_APOSTROPHES)
