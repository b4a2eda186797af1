"""A Journal in memory, for tests of the conversation alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from intents.journal import Changes, Commitment, Entry, Overtaken, RunEnd, RunStart, Standing
from intents.position import Position


@dataclass
class MemoryJournal:
    """Keeps what is committed, and every position by its bytes."""

    positions: dict[str, str] = field(default_factory=dict)
    partners: dict[str, tuple[str, str]] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    begun: list[RunStart] = field(default_factory=list)
    ended: list[RunEnd] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    commitments: dict[str, Commitment] = field(default_factory=dict)

    def standing(self, household: str) -> Standing:
        written = self.positions.get(household)
        position = Position() if written is None else Position.model_validate_json(written)
        return Standing(position, self.partners.get(household, ()), self.accounts.get(household))

    def commit(self, household: str, seen: int, changes: Changes) -> None:
        if self.standing(household).position.version != seen:
            raise Overtaken
        assert changes.position.version == seen + 1
        self.positions[household] = changes.position.model_dump_json()
        if changes.partners:
            self.partners[household] = changes.partners
        if changes.account:
            self.accounts[household] = changes.account
        if changes.begun:
            self.begun.append(changes.begun)
        for forgotten in changes.forgotten:
            self.entries.pop(forgotten, None)
            self.commitments.pop(forgotten, None)
        for entry in changes.entries:
            assert entry.id not in self.entries, "an id was used twice"
            self.entries[entry.id] = entry
        for commitment in changes.commitments:
            self.commitments[commitment.id] = commitment
        if changes.ended:
            self.ended.append(changes.ended)

    def first_of_last_run(self, household: str, ritual: str) -> int | None:
        runs = [run for run in self.begun if run.ritual == ritual]
        return runs[-1].first if runs else None
