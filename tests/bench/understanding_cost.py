"""What it costs to understand one utterance, over every phrase of the gate at every kind of question."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter

from intents.language import load_language
from intents.reply import Awaits
from tests.bench.figure import Figure, quantile
from tests.gate.phrase_lists import all_phrases

MOMENTS = (Awaits.LINE, Awaits.YES_NO, Awaits.KEEP, Awaits.RITUAL, Awaits.RETURN)


def measure() -> Sequence[Figure]:
    """Each phrase once at each moment, after warming."""
    began = perf_counter()
    language = load_language("en-US")
    language.understanding.warm()
    loaded = perf_counter() - began
    costs: list[float] = []
    for moment in MOMENTS:
        for words in all_phrases():
            began = perf_counter()
            language.understanding.understand(words, moment, ("Ana", "Ben"))
            costs.append((perf_counter() - began) * 1000)
    return [
        Figure("understanding one utterance, p50", quantile(costs, 0.5), "ms", 2),
        Figure("understanding one utterance, p99", quantile(costs, 0.99), "ms", 2),
        Figure("loading a language", loaded, "s", 0.5),
    ]
