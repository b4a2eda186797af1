"""Script: the beats of a ritual in the order in which they are played, each partner's turn written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from intents.ritual_file import Each, Ritual
from intents.steps import Step

Key = tuple[str, int]


@dataclass(frozen=True)
class Beat:
    """One step in one partner's turn."""

    step: Step
    name: str
    round: int
    in_each: bool
    guards: tuple[tuple[Key, str], ...] = ()
    """Answers that lead here: the beat is played only after all of them."""

    @property
    def key(self) -> Key:
        """What tells it apart within the ritual."""
        return (self.name, self.round)


@dataclass(frozen=True)
class Script:
    """A ritual in one of its forms, written out."""

    ritual: Ritual
    form: str | None = None

    @cached_property
    def beats(self) -> tuple[Beat, ...]:
        """All beats in order."""
        return tuple(self._lay_out())

    @cached_property
    def _index(self) -> dict[Key, int]:
        return {beat.key: number for number, beat in enumerate(self.beats)}

    def beat(self, key: Key) -> Beat | None:
        """The beat of a key; None when the file no longer has it."""
        number = self._index.get(key)
        return None if number is None else self.beats[number]

    def after(self, key: Key | None, answer: str | None = None) -> Beat | None:
        """The next beat after one that was answered, or the first; None at the end."""
        if key is None:
            known: dict[Key, str] = {}
            rest = self.beats
        else:
            here = self._index[key]
            known = dict(self.beats[here].guards)
            if answer is not None:
                known[key] = answer
            rest = self.beats[here + 1 :]
        return next((beat for beat in rest if all(known.get(guard) == way for guard, way in beat.guards)), None)

    def _lay_out(self) -> Iterator[Beat]:
        for number, item in enumerate(self.ritual.written(self.form)):
            rounds = (0, 1) if isinstance(item, Each) else (0,)
            inner = item.each if isinstance(item, Each) else (item,)
            for each_round in rounds:
                yield from self._turn(inner, each_round, isinstance(item, Each), (), f"say{number}")

    def _turn(
        self, steps: tuple[Step, ...], round_: int, in_each: bool, guards: tuple[tuple[Key, str], ...], unnamed: str
    ) -> Iterator[Beat]:
        for number, step in enumerate(steps):
            name = step.id or f"{unnamed}.{number}"
            yield Beat(step, name, round_, in_each, guards)
            for way, inner in step.inner():
                yield from self._turn(
                    inner, round_, in_each, (*guards, ((name, round_), way)), f"{unnamed}.{number}.{way}"
                )
