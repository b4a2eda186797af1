"""Figure: a measured number beside its target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the bench's table."""

    name: str
    value: float
    unit: str
    target: float
    at_least: bool = False
    """True when the target is a floor, False when it is a ceiling."""

    @property
    def met(self) -> bool:
        """True when the target is met."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        met = "  ok" if self.met else "MISS"
        return f"{met}  {self.name:<72} {self.value:>9.3f} {self.unit:<4} {sign} {self.target:g}"


Measurement = Callable[[], Sequence[Figure]]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
