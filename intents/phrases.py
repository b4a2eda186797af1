"""Phrases: the lines the framework speaks, by key, from a language's ``phrases.yaml``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any


class Phrases:
    """Lines by dotted key, with ``{slots}`` to fill. Raises ``KeyError`` for a key no language file has."""

    def __init__(self, tree: Mapping[str, Any]) -> None:
        self._lines = dict(_flatten(tree, ""))

    def line(self, key: str, **slots: str) -> str:
        """The line of a key, filled."""
        return self._lines[key].format_map(slots)

    def has(self, key: str) -> bool:
        """True when the language has a line of its own for this."""
        return key in self._lines

    def one_of(self, items: Sequence[str]) -> str:
        """The items as a choice: "a, b, or c"."""
        return self._list(items, "one_of")

    def all_of(self, items: Sequence[str]) -> str:
        """The items together: "a and b"."""
        return self._list(items, "all_of")

    def below(self, key: str) -> tuple[str, ...]:
        """The lines of every key that begins with ``key`` and a dot."""
        return tuple(line for name, line in self._lines.items() if name.startswith(f"{key}."))

    def keys(self) -> frozenset[str]:
        """Every key there is."""
        return frozenset(self._lines)

    def _list(self, items: Sequence[str], key: str) -> str:
        if len(items) < 2:
            return "".join(items)
        way = "two" if len(items) == 2 else "more"
        return self.line(f"list.{key}_{way}", rest=", ".join(items[:-1]), last=items[-1])


def _flatten(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    flat: list[tuple[str, str]] = []
    for key, value in tree.items():
        if isinstance(value, Mapping):
            flat.extend(_flatten(value, f"{prefix}{key}."))
        else:
            flat.append((f"{prefix}{key}", " ".join(str(value).split())))
    return flat
