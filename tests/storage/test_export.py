"""What a couple takes away is all they kept, and nothing they did not."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.export import Format, export
from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import Couple

FORMATS: tuple[Format, ...] = ("json", "csv", "markdown")


def test_json_holds_all_that_was_kept_in_the_agreed_shape(couple: Couple, journal: SqliteJournal, folder: Path) -> None:
    """Harm: another program that reads the export finds a field missing."""
    couple.say('You said "thank you", twice. 🎉\nAnd again.', by=1)
    couple.say("for me alone", visibility="private")
    couple.promise("call the plumber", due_words="on Sunday")
    couple.promise("bake")
    couple.end()
    couple.begin("second")
    add_schedule(folder)
    at = "2026-11-22T19:30:00+01:00"
    told = {"ritual": "gratitude", "step": "noticed", "kind": "gratitude", "at": at}
    run = {"ritual": "gratitude", "channel": "keyboard", "started": at}
    exported = json.loads(export(journal, "home", "json"))
    assert exported == {
        "version": 1,
        "partners": ["Sam", "Alex"],
        "runs": [
            {**run, "ended": "2026-11-22T19:34:00+01:00", "outcome": "finished"},
            {**run, "ended": None, "outcome": None},
        ],
        "entries": [
            {**told, "by": "Alex", "text": 'You said "thank you", twice. 🎉\nAnd again.', "visibility": "shared"},
            {**told, "by": "Sam", "text": "for me alone", "visibility": "private"},
            {**told, "by": "Sam", "text": "call the plumber", "visibility": "shared"},
            {**told, "by": "Sam", "text": "bake", "visibility": "shared"},
        ],
        "commitments": [
            {"by": "Sam", "what": "call the plumber", "due": at, "due_words": "on Sunday", "state": "open"},
            {"by": "Sam", "what": "bake", "due": None, "due_words": None, "state": "open"},
        ],
        "schedules": [{"ritual": "gratitude", "rule": "FREQ=DAILY", "at": "21:30", "timezone": "Europe/Berlin"}],
    }
    assert list(exported) == ["version", "partners", "runs", "entries", "commitments", "schedules"]
    assert list(exported["entries"][0]) == ["ritual", "step", "kind", "by", "text", "at", "visibility"]


def test_csv_holds_each_entry_on_one_line_with_its_promise(couple: Couple, journal: SqliteJournal) -> None:
    couple.say('commas, "quotes"\nand lines')
    couple.promise("call the plumber", due_words="on Sunday")
    rows = list(csv.DictReader(io.StringIO(export(journal, "home", "csv"), newline="")))
    assert [row["text"] for row in rows] == ['commas, "quotes"\nand lines', "call the plumber"]
    assert [row["due_words"] for row in rows] == ["", "on Sunday"]
    assert [row["by"] for row in rows] == ["Sam", "Sam"]


def test_markdown_reads_as_it_was_said(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: "# 1 dad" turns into a headline, and <3 disappears."""
    couple.say("# you are\n*my* <3")
    couple.say("for me alone", by=1, visibility="private")
    couple.promise("bake", due_words="on Sunday")
    assert export(journal, "home", "markdown").splitlines() == [
        "# The journal of Sam and Alex",
        "",
        "## 2026-11-22, gratitude",
        "",
        r"- **Sam** (gratitude): \# you are \*my\* \<3",
        "",
        "- **Alex** (gratitude, private): for me alone",
        "",
        "- **Sam** (gratitude): bake",
        "  - bake, on Sunday (open)",
    ]


def test_markdown_names_the_times(couple: Couple, journal: SqliteJournal, folder: Path) -> None:
    add_schedule(folder)
    assert export(journal, "home", "markdown").splitlines()[2:] == [
        "## Times",
        "",
        r"- gratitude: 21:30 Europe/Berlin, FREQ=DAILY",
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_draft_is_in_no_export(couple: Couple, journal: SqliteJournal, format_: Format) -> None:
    """Harm: a line that was never accepted is handed on."""
    couple.say("accepted")
    couple.draft("unaccepted")
    exported = export(journal, "home", format_)
    assert "accepted" in exported
    assert "unaccepted" not in exported


@pytest.mark.parametrize("format_", FORMATS)
def test_the_neighbours_are_in_no_export(couple: Couple, journal: SqliteJournal, format_: Format) -> None:
    couple.promise("ours alone")
    exported = export(journal, "next door", format_)
    assert exported
    assert "ours alone" not in exported
    assert "Sam" not in exported


def test_a_forgotten_entry_is_in_no_export(couple: Couple, journal: SqliteJournal) -> None:
    couple.forget(couple.promise("forgotten").id)
    assert "forgotten" not in export(journal, "home", "json")


def test_exporting_holds_nobody_up_afterwards(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: a snapshot left open keeps forgotten words in the log."""
    export(journal, "home", "json")
    with journal.connection() as db:
        assert not db.conn.in_transaction
        assert db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0


def add_schedule(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "journal.db", isolation_level=None)) as other:
        other.execute(
            "INSERT INTO schedules (household, ritual, rule, at, timezone)"
            " VALUES ('home', 'gratitude', 'FREQ=DAILY', '21:30', 'Europe/Berlin')"
        )
