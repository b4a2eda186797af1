"""One turn is one durable step: all of it, or nothing, and only if nobody was quicker."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from intents.journal import Changes, Commitment, JournalError, Overtaken, RunStart, Standing
from intents.position import Draft, Mode, Place, Position
from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import EVENING, Couple, spoken


def test_a_new_household_stands_at_a_fresh_position(journal: SqliteJournal) -> None:
    assert journal.standing("home") == Standing(Position())


def test_everything_of_a_turn_stands_in_the_next_process(folder: Path) -> None:
    """Harm: the couple come home to a device that no longer knows where they were."""
    position = Position(
        version=1,
        mode=Mode.RITUAL,
        place=Place(ritual="gratitude", step="noticed", run="run", trail=(("noticed", 0),)),
        draft=Draft(text="You made soup.", by=1),
        asked_at=EVENING,
    )
    start = RunStart("run", "gratitude", "microphone", EVENING, 1, form="short")
    with SqliteJournal(folder) as journal:
        journal.commit("home", 0, Changes(position=position, partners=("Sam", "Alex"), account="key", begun=start))
    with SqliteJournal(folder) as journal:
        assert journal.standing("home") == Standing(position, ("Sam", "Alex"), "key")
        assert journal.first_of_last_run("home", "gratitude") == 1
        assert journal.first_of_last_run("home", "walk") is None


def test_the_slower_of_two_microphones_writes_nothing(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: an answer to a question that no longer stands is kept as the answer to another."""
    seen = couple.version()
    couple.say("the quicker one")
    late = Changes(position=Position(version=seen + 1), entries=(spoken("the slower one"),), account="stolen")
    with pytest.raises(Overtaken):
        journal.commit("home", seen, late)
    assert journal.standing("home").account is None
    assert texts(journal) == ["the quicker one"]


@pytest.mark.parametrize("seen", [0, 7])
def test_a_household_begins_once(couple: Couple, journal: SqliteJournal, seen: int) -> None:
    with pytest.raises(Overtaken):
        journal.commit("home", seen, Changes(position=Position(version=seen + 1)))


def test_a_version_that_was_never_there_is_overtaken(journal: SqliteJournal) -> None:
    """Harm: after a backup was put back, a turn from before it would write over it."""
    with pytest.raises(Overtaken):
        journal.commit("home", 3, Changes(position=Position(version=4)))
    assert journal.standing("home") == Standing(Position())


def test_a_turn_that_cannot_be_written_whole_is_not_written_at_all(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: half a turn on disk, and the other half lost."""
    before = journal.standing("home")
    words = "lost unless all of it is kept"
    changes = Changes(
        position=Position(version=before.position.version + 1),
        entries=(spoken(words), spoken(words, run="a run that never began")),
    )
    with pytest.raises(JournalError) as refusal:
        journal.commit("home", before.position.version, changes)
    assert words not in str(refusal.value)
    assert journal.standing("home") == before
    assert texts(journal) == []


def test_the_next_run_knows_who_began_the_last(couple: Couple, journal: SqliteJournal) -> None:
    couple.begin("second", first=1)
    assert journal.first_of_last_run("home", "gratitude") == 1
    couple.begin("third", first=0)
    assert journal.first_of_last_run("home", "gratitude") == 0
    assert journal.first_of_last_run("another home", "gratitude") is None


def test_a_promise_is_brought_up_to_date(couple: Couple, journal: SqliteJournal) -> None:
    entry = couple.promise("call the plumber", due_words="on Sunday")
    done = Commitment(entry.id, 0, "call the plumber", "on Sunday", EVENING, "done")
    couple.turn(Changes(position=Position(), commitments=(done,)))
    with journal.connection() as db:
        assert list(db.query("SELECT id, state, due FROM commitments")) == [
            {"id": entry.id, "state": "done", "due": "2026-11-22T19:30:00+01:00"}
        ]


def test_a_run_ends_only_for_its_own_household(couple: Couple, journal: SqliteJournal) -> None:
    stranger = Couple(journal, "next door")
    stranger.end("run")
    with journal.connection() as db:
        assert db.execute("SELECT ended, outcome FROM runs").fetchall() == [(None, None)]
    couple.end("run")
    with journal.connection() as db:
        assert db.execute("SELECT ended, outcome FROM runs").fetchall() == [("2026-11-22T19:34:00+01:00", "finished")]


def test_threads_take_turns_and_none_is_lost(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: two web workers answer at once and one answer disappears."""

    def talk(speaker: int) -> None:
        for number in range(10):
            while not tried(journal, f"{speaker}-{number}"):
                continue

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(talk, range(6)))
    assert sorted(texts(journal)) == sorted(f"{speaker}-{number}" for speaker in range(6) for number in range(10))


def test_a_closed_journal_says_so(folder: Path) -> None:
    journal = SqliteJournal(folder)
    journal.close()
    journal.close()
    with pytest.raises(JournalError, match="was closed"):
        journal.standing("home")


def test_closing_while_a_connection_is_lent_leaves_no_log_behind(folder: Path) -> None:
    journal = SqliteJournal(folder)
    couple = Couple(journal)
    couple.begin()
    with journal.connection():
        journal.close()
    assert [path.name for path in folder.iterdir()] == ["journal.db"]


def test_only_their_own_user_can_read_the_folder(folder: Path, couple: Couple) -> None:
    """Harm: another user of the machine reads what they said."""
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert modes == {"journal.db": 0o600, "journal.db-wal": 0o600, "journal.db-shm": 0o600}


def test_every_connection_makes_the_same_promises(journal: SqliteJournal) -> None:
    """Harm: a second connection, opened under load, would be less durable than the first."""
    with journal.connection() as first, journal.connection() as second:
        assert first is not second
        for db in (first, second):
            promises = {
                name: db.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
            }
            assert promises == {
                "journal_mode": "wal",
                "synchronous": 2,
                "foreign_keys": 1,
                "secure_delete": 1,
                "temp_store": 2,
            }
            assert db.execute("PRAGMA busy_timeout").fetchone()[0] == 5000


def test_a_turn_is_one_commit_and_reads_no_table_from_end_to_end(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: after ten years of evenings, every answer would take longer than the one before."""
    statements: list[str] = []
    with journal.connection() as db:
        connection = db.conn
    connection.set_trace_callback(statements.append)
    entry = couple.say("noticed")
    journal.first_of_last_run("home", "gratitude")
    connection.set_trace_callback(None)
    assert statements.count("BEGIN IMMEDIATE") == statements.count("COMMIT") == 1
    data = [line for line in statements if line.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}]
    assert any(entry.id in line for line in data)
    for line in data:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {line}")]
        assert not [step for step in steps if step.startswith("SCAN") and step != "SCAN erasures_due"]


def test_a_position_that_cannot_be_read_is_reported_without_its_words(folder: Path, couple: Couple) -> None:
    """Harm: a draft printed on a terminal or into a log by a traceback."""
    couple.draft("something private")
    with couple.journal.connection() as db:
        db.execute('UPDATE positions SET json = \'{"draft": "something private"\'')
    with pytest.raises(JournalError) as damaged:
        couple.journal.standing("home")
    assert str(folder / "journal.db") in str(damaged.value)
    assert "private" not in str(damaged.value)
    assert damaged.value.__suppress_context__


def test_times_keep_their_offset(couple: Couple, journal: SqliteJournal) -> None:
    in_nepal = timezone(timedelta(hours=5, minutes=45))
    entry = replace(spoken("on a mountain"), at=datetime(2026, 11, 22, 19, 30, tzinfo=in_nepal))
    couple.turn(Changes(position=Position(), entries=(entry,)))
    with journal.connection() as db:
        assert db.execute("SELECT at FROM entries").fetchone() == ("2026-11-22T19:30:00+05:45",)


def test_an_entry_is_never_rewritten(couple: Couple, folder: Path) -> None:
    """Harm: the search index would go on finding words that are no longer there."""
    couple.say("as it was said")
    other = sqlite3.connect(folder / "journal.db")
    with pytest.raises(sqlite3.IntegrityError):
        other.execute("UPDATE entries SET text = 'improved'")
    other.close()


def tried(journal: SqliteJournal, text: str) -> bool:
    seen = journal.standing("home").position.version
    try:
        journal.commit("home", seen, Changes(position=Position(version=seen + 1), entries=(spoken(text),)))
    except Overtaken:
        return False
    return True


def texts(journal: SqliteJournal) -> list[str]:
    with journal.connection() as db:
        return [row[0] for row in db.execute("SELECT text FROM entries ORDER BY number").fetchall()]
