"""Everything a household kept, as one text it can take away. Never drafts: those were not accepted yet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any, Literal

from sqlite_utils import Database

from storage.sqlite_journal import SqliteJournal

Format = Literal["json", "csv", "markdown"]

VERSION = 1
"""Of the JSON export; raised when a field changes its meaning."""

_RUNS = "SELECT ritual, channel, started, ended, outcome FROM runs WHERE household = ? ORDER BY number"
_ENTRIES = """SELECT ritual, step, kind, name AS by, text, at, visibility,
        what, due, due_words, state
    FROM entries LEFT JOIN commitments USING (id)
    LEFT JOIN partners ON partners.household = entries.household AND seat = entries.by
    WHERE entries.household = ? ORDER BY number"""
_COMMITMENTS = """SELECT name AS by, what, due, due_words, state
    FROM commitments JOIN entries USING (id)
    LEFT JOIN partners ON partners.household = entries.household AND seat = commitments.by
    WHERE entries.household = ? ORDER BY number"""
_SCHEDULES = "SELECT ritual, rule, at, timezone FROM schedules WHERE household = ? ORDER BY id"
_PARTNERS = "SELECT name FROM partners WHERE household = ? ORDER BY seat"

_ENTRY_FIELDS = ("ritual", "step", "kind", "by", "text", "at", "visibility")
_COMMITMENT_FIELDS = ("what", "due", "due_words", "state")

_MARKDOWN_SIGNS = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&])")


def export(journal: SqliteJournal, household: str, format: Format) -> str:  # noqa: A002 - the option's own name
    """Write down everything ``household`` kept, shared and private; times are ISO 8601 with offset.

    ``json`` holds partners, runs, entries, commitments and schedules; ``csv`` one line for each entry, with its
    commitment; ``markdown`` is for reading. A household without entries gives an empty export. Raises ``JournalError``.
    """
    return _WRITERS[format](_read(journal, household))


def _read(journal: SqliteJournal, household: str) -> dict[str, list[dict[str, Any]]]:
    with journal.connection() as db:
        # One snapshot: otherwise an entry forgotten meanwhile could leave its commitment behind.
        db.execute("BEGIN")
        try:
            return {
                "partners": _rows(db, _PARTNERS, household),
                "runs": _rows(db, _RUNS, household),
                "entries": _rows(db, _ENTRIES, household),
                "commitments": _rows(db, _COMMITMENTS, household),
                "schedules": _rows(db, _SCHEDULES, household),
            }
        finally:
            db.rollback()


def _rows(db: Database, sql: str, household: str) -> list[dict[str, Any]]:
    return list(db.query(sql, (household,)))


def _only(row: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: row[field] for field in fields}


def _as_json(kept: dict[str, list[dict[str, Any]]]) -> str:
    document = {
        "version": VERSION,
        "partners": [row["name"] for row in kept["partners"]],
        "runs": kept["runs"],
        "entries": [_only(row, _ENTRY_FIELDS) for row in kept["entries"]],
        "commitments": kept["commitments"],
        "schedules": kept["schedules"],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _as_csv(kept: dict[str, list[dict[str, Any]]]) -> str:
    lines = io.StringIO(newline="")
    writer = csv.DictWriter(lines, [*_ENTRY_FIELDS, *_COMMITMENT_FIELDS])
    writer.writeheader()
    writer.writerows(kept["entries"])
    return lines.getvalue()


def _as_markdown(kept: dict[str, list[dict[str, Any]]]) -> str:
    names = " and ".join(_plain(row["name"]) for row in kept["partners"])
    lines = [f"# The journal of {names}" if names else "# An empty journal", ""]
    heading = ""
    for row in kept["entries"]:
        day = row["at"][:10]
        if heading != (heading := f"## {day}, {_plain(row['ritual'])}"):
            lines += [heading, ""]
        private = ", private" if row["visibility"] == "private" else ""
        lines.append(f"- **{_plain(row['by'] or '?')}** ({_plain(row['kind'])}{private}): {_plain(row['text'])}")
        if row["what"] is not None:
            due = row["due_words"] or (row["due"] or "")[:10]
            when = f", {_plain(due)}" if due else ""
            lines.append(f"  - {_plain(row['what'])}{when} ({row['state']})")
        lines.append("")
    if kept["schedules"]:
        lines += ["## Times", ""]
        for row in kept["schedules"]:
            lines.append(f"- {_plain(row['ritual'])}: {row['at']} {_plain(row['timezone'])}, {_plain(row['rule'])}")
        lines.append("")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Keep ``text`` on one line, with every sign that Markdown would read as layout escaped."""
    return _MARKDOWN_SIGNS.sub(r"\\\1", " ".join(text.split()))


_WRITERS: dict[Format, Callable[[dict[str, list[dict[str, Any]]]], str]] = {
    "json": _as_json,
    "csv": _as_csv,
    "markdown": _as_markdown,
}
