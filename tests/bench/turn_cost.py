"""What a turn costs with its commit, against a bare SQLite commit of the same durability in the same run."""

from __future__ import annotations

import math
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from intents.conversation import Conversation
from intents.journal import Changes, Entry
from intents.language import Language, load_language
from intents.turn import Turn
from storage.sqlite_journal import SqliteJournal
from tests.bench.figure import Figure, quantile

ROUNDS = 300
START = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)

ROUND = (
    "gratitude round",
    *("you made tea this morning", "keep that", "you see what I need", "keep that", "thank you"),
    *("you called my mother", "keep that", "you are kind to people", "keep that", "that was good to hear"),
)

FORGETTING = ("gratitude round", *("you made tea this morning", "leave it out") * 2, "thank you", "cancel")
"""Turns after which words must be gone from every byte: more than a commit, and so not compared with one."""


def measure() -> Sequence[Figure]:
    """Turns of gratitude rounds, alternating with bare commits so that both meet the same disk."""
    language = load_language("en-US")
    language.understanding.warm()
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as full:
        with SqliteJournal(Path(full)) as journal:
            _fill(journal, 100_000)
        turns, bare = _measure_turns(Path(empty), language, ROUND)
        many, bare_beside = _measure_turns(Path(full), language, ROUND)
    with tempfile.TemporaryDirectory() as folder:
        forgetting, _ = _measure_turns(Path(folder), language, FORGETTING)
    # The disk may be slower in one half of the run than in the other: both are told as ratios to its own commits.
    grown = {share: _ratio(many, bare_beside, share) / _ratio(turns, bare, share) for share in (0.5, 0.99)}
    return [
        Figure("a bare SQLite commit with FULL, p50", 1000 * quantile(bare, 0.5), "ms", math.inf),
        Figure("a turn with its commit, p50, as a ratio to that", _ratio(turns, bare, 0.5), "x", 2),
        Figure("a turn with its commit, p99, as a ratio to that", _ratio(turns, bare, 0.99), "x", 2),
        Figure("the same with 100,000 entries, p50, against an empty journal", grown[0.5], "x", 1.2),
        Figure("the same with 100,000 entries, p99, against an empty journal", grown[0.99], "x", 1.2),
        Figure("turns of which half erase a line from every byte, p50", 1000 * quantile(forgetting, 0.5), "ms", 50),
    ]


def _ratio(values: Sequence[float], to: Sequence[float], share: float) -> float:
    return quantile(values, share) / quantile(to, share)


def _measure_turns(folder: Path, language: Language, lines: Sequence[str]) -> tuple[list[float], list[float]]:
    turns: list[float] = []
    bare: list[float] = []
    with SqliteJournal(folder) as journal, _bare(folder) as commit_bare:
        conversation = Conversation(journal, language)
        for number, words in enumerate(_many(lines)):
            turn = Turn(household="home", channel="bench", at=START + timedelta(seconds=number), words=words)
            began = perf_counter()
            conversation.reply_to(turn)
            turns.append(perf_counter() - began)
            began = perf_counter()
            commit_bare.execute("BEGIN IMMEDIATE")
            commit_bare.execute("UPDATE place SET words = ?", (f"{number:0300d}",))
            commit_bare.execute("COMMIT")
            bare.append(perf_counter() - began)
    return turns[20:], bare[20:]


def _many(lines: Sequence[str]) -> Iterator[str]:
    yield from ("Ana and Ben", "yes")
    for _ in range(ROUNDS):
        yield from lines


class _bare:  # noqa: N801 - reads as a verb phrase where it is used
    """A bare sqlite3 database of one row, as durable as the journal."""

    def __init__(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "bare.db", isolation_level=None)

    def __enter__(self) -> sqlite3.Connection:
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("CREATE TABLE place (words TEXT)")
        self._db.execute("INSERT INTO place VALUES ('')")
        return self._db

    def __exit__(self, *_: object) -> None:
        self._db.close()


def _fill(journal: SqliteJournal, entries: int) -> None:
    """A journal of many years."""
    language = load_language("en-US")
    conversation = Conversation(journal, language)
    for number, words in enumerate(("Ana and Ben", "yes", "gratitude round")):
        conversation.reply_to(
            Turn(household="home", channel="bench", at=START - timedelta(days=1, seconds=-number), words=words)
        )
    for batch in range(0, entries, 10_000):
        position = journal.standing("home").position
        run = position.place.run if position.place and position.place.run else ""
        journal.commit(
            "home",
            position.version,
            Changes(
                position=position.model_copy(update={"version": position.version + 1}),
                entries=tuple(
                    Entry(f"old-{n}", run, "gratitude", "noticed", "gratitude", n % 2, f"number {n} about tea", START)
                    for n in range(batch, batch + 10_000)
                ),
            ),
        )
    conversation.reply_to(Turn(household="home", channel="bench", at=START - timedelta(hours=2), words="cancel"))
