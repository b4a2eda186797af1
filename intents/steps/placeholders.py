"""Placeholders: what may stand in curly brackets in the words of a ritual file."""

from __future__ import annotations

from string import Formatter

NAMES = frozenset({"speaker", "listener"})
"""The partner whose turn it is, and the other."""


def check_placeholders(words: str, known: frozenset[str] = NAMES) -> str:
    """Give back ``words`` as they are. Raises ``ValueError`` for an unknown placeholder or a bracket left open."""
    those = " or ".join(f"{{{name}}}" for name in sorted(known, reverse=True))
    try:
        parts = list(Formatter().parse(words))
    except ValueError as error:
        raise ValueError(f"a curly bracket stands alone; curly brackets are for {those}") from error
    for _, name, shape, conversion in parts:
        if name is not None and (name not in known or shape or conversion):
            raise ValueError(f"nobody is called {{{name}}} here; use {those}")
    return words
