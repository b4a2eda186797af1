"""A journal that cannot be used says what to do, in one sentence, and is left exactly as it was."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from shutil import copyfile

import pytest
from sqlite_utils import Database

from intents.journal import Changes, JournalError
from intents.position import Position
from storage.connection import use_wal
from storage.export import export
from storage.search import search
from storage.sqlite_journal import SqliteJournal
from tests.storage.conftest import BytesOf, ordinary_user
from tests.storage.couple import Couple, spoken

SECRET = "xylophone"


@pytest.fixture
def used(folder: Path) -> Path:
    """A journal with a few hundred entries, closed."""
    with SqliteJournal(folder) as journal:
        couple = Couple(journal)
        couple.begin()
        entries = tuple(spoken(f"{SECRET} number {number} " + "and so on " * (number % 50)) for number in range(300))
        couple.turn(Changes(position=Position(), entries=entries))
        couple.promise(f"tune the {SECRET}")
        search(journal, "home", SECRET)
    return folder / "journal.db"


def refusal(attempt: Callable[[], object], path: Path) -> str:
    """The one sentence; it names the file, and neither it nor its traceback holds anything that was said."""
    with pytest.raises(JournalError) as refused:
        attempt()
    message = str(refused.value)
    assert str(path) in message
    assert message.endswith(".")
    assert len(re.findall(r"[.!?](?:\s|$)", message)) == 1
    assert SECRET not in message
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__ or refused.value.__context__ is None
    return message


@pytest.mark.parametrize(
    "content", [b"not a journal at all " * 400, b"a short letter", b"1", b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_file_that_is_no_journal(folder: Path, content: bytes) -> None:
    """Harm: someone's own file named journal.db is overwritten."""
    folder.mkdir()
    path = folder / "journal.db"
    path.write_bytes(content)
    assert "not a Common Ground journal" in refusal(lambda: SqliteJournal(folder), path)
    assert path.read_bytes() == content


def test_a_first_start_that_was_killed_half_way_is_undone(folder: Path) -> None:
    """Harm: the plug is pulled during the very first start, and no other start works ever after."""
    died = subprocess.run(
        [sys.executable, "-m", "tests.storage.die_while_creating", folder],
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert died.returncode == -signal.SIGKILL
    assert {path.name for path in folder.iterdir()} == {"journal.db", "journal.db-journal"}
    assert (folder / "journal.db").stat().st_size > 0
    with SqliteJournal(folder) as journal:
        Couple(journal).begin()
        assert journal.damage() == []


def test_the_database_of_another_program(folder: Path) -> None:
    folder.mkdir()
    path = folder / "journal.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    assert "not a Common Ground journal" in refusal(lambda: SqliteJournal(folder), path)
    assert path.read_bytes() == before


def test_a_journal_of_a_newer_program(used: Path) -> None:
    """Harm: an old program writes into a journal whose rules it does not know."""
    migrate_beyond(used)
    before = used.read_bytes()
    assert "newer Common Ground" in refusal(lambda: SqliteJournal(used.parent), used)
    assert used.read_bytes() == before


def test_a_journal_of_a_newer_program_that_was_killed(used: Path, tmp_path: Path) -> None:
    """Harm: its log, which only the newer program understands, is folded into the file by the older one."""
    left = tmp_path / "left"
    left.mkdir()
    with closing(sqlite3.connect(used, isolation_level=None)) as newer:
        newer.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('common_ground', 'm999_future')")
        for suffix in ("", "-wal"):
            subprocess.run(["/bin/cp", f"{used}{suffix}", left], check=True)
    path = left / "journal.db"
    before = [Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")]
    assert before[1]
    assert "newer Common Ground" in refusal(lambda: SqliteJournal(left), path)
    assert [Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")] == before


def test_a_damaged_page_anywhere(used: Path, tmp_path: Path) -> None:
    """Harm: a traceback, or half a journal exported as if it were the whole."""
    pages = used.stat().st_size // 4096
    sentences = []
    for page in range(pages):
        home = tmp_path / str(page)
        home.mkdir(mode=0o700)
        path = home / "journal.db"
        copyfile(used, path)
        with path.open("r+b") as file:
            file.seek(page * 4096 + (100 if page == 0 else 0))
            file.write(b"\xa5" * 3000)
        before = path.read_bytes()
        if (sentence := use_every_part(home)) is not None:
            sentences.append(sentence)
            assert path.read_bytes() == before
    assert len(sentences) > pages // 2
    assert all("is damaged; put your last backup" in sentence for sentence in sentences)


def test_damage_to_what_every_turn_needs_is_found_at_the_start(used: Path) -> None:
    """Harm: the couple begin a ritual, and its first answer cannot be kept."""
    with closing(sqlite3.connect(used, isolation_level=None)) as other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("UPDATE sqlite_master SET sql = replace(sql, 'version INTEGER', 'version TEXT')")
    before = used.read_bytes()
    assert "damaged" in refusal(lambda: SqliteJournal(used.parent), used)
    assert used.read_bytes() == before


def test_a_name_whose_bytes_are_no_text(used: Path) -> None:
    """Harm: the driver's own message quotes what it could not read."""
    with closing(sqlite3.connect(used, isolation_level=None)) as other:
        other.execute("UPDATE partners SET name = CAST(? AS TEXT)", (SECRET.encode() + b"\xff",))
    with SqliteJournal(used.parent) as journal:
        assert "damaged" in refusal(lambda: journal.standing("home"), used)


def test_a_file_that_was_cut_off(used: Path) -> None:
    whole = used.read_bytes()
    used.write_bytes(whole[: len(whole) // 2])
    before = used.read_bytes()
    sentence = use_every_part(used.parent)
    assert sentence is not None
    assert "damaged" in sentence
    assert used.read_bytes() == before


def use_every_part(folder: Path) -> str | None:
    """Do all that the program does with a journal; return the sentence of the refusal, None if all of it went well."""

    def use() -> None:
        with SqliteJournal(folder) as journal:
            if damage := journal.damage():
                assert SECRET not in str(damage)
            for household in ("home", "next door"):
                journal.standing(household)
            journal.first_of_last_run("home", "gratitude")
            export(journal, "home", "json")
            search(journal, "home", "number")

    try:
        use()
    except JournalError:
        return refusal(use, folder / "journal.db")
    return None


def test_a_journal_that_another_program_holds(folder: Path, couple: Couple, bytes_of: BytesOf) -> None:
    """Harm: a turn that hangs for ever, or one that is said to be kept and is not."""
    path = folder / "journal.db"
    with (
        SqliteJournal(folder, busy_timeout=0.01) as impatient,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        before = bytes_of(folder)
        assert "in use by another program" in refusal(lambda: Couple(impatient).say("not yet"), path)
        assert "in use by another program" in refusal(lambda: SqliteJournal(folder, busy_timeout=0.01), path)
        assert bytes_of(folder) == before
        other.execute("COMMIT")
        Couple(impatient).say("now")
    assert [entry.text for entry in search(couple.journal, "home", "now")] == ["now"]


def test_a_new_journal_that_another_program_holds(folder: Path) -> None:
    folder.mkdir()
    path = folder / "journal.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "in use by another program" in refusal(lambda: SqliteJournal(folder, busy_timeout=0.01), path)


def test_a_disk_that_cannot_share_a_log(folder: Path) -> None:
    """Harm: on a network share, two doors would write over each other."""
    with closing(Database(memory=True)) as db:
        message = refusal(lambda: use_wal(db, folder / "journal.db", 0.01), folder / "journal.db")
    assert "move its folder to a disk of this machine" in message


def test_a_full_disk(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: the disk fills up in the middle of an evening, and what was kept before is lost with it."""
    couple.say("before")
    seen = couple.version()
    with journal.connection() as db:
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
    assert "no room left on the disk" in refusal(lambda: couple.say(f"{SECRET} " * 5000), journal.path)
    assert couple.version() == seen
    couple.say("after")
    assert [entry.text for entry in search(journal, "home", "after")] == ["after"]
    assert journal.damage() == []


def test_a_disk_that_refuses_to_write(used: Path) -> None:
    """Harm: a quota or a failing disk looks to the couple like a crash."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.storage.write_beyond_limit", used.parent],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert "The disk failed while" in result.stdout
    with SqliteJournal(used.parent) as journal:
        assert journal.damage() == []
        assert len(search(journal, "home", SECRET, limit=1000)) == 301


def test_a_folder_that_cannot_be_read(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0o000)
    with ordinary_user():
        for folder in (closed, closed / "deeper"):
            assert "cannot be read and written" in refusal(partial(SqliteJournal, folder), folder / "journal.db")


def test_a_folder_that_cannot_be_written(open_folder: Path, used: Path) -> None:
    """Harm: a turn that is said to be kept, from a folder that was put back read-only."""
    folder = open_folder / "readonly"
    folder.mkdir()
    path = folder / "journal.db"
    with_journal, without = folder, open_folder
    copyfile(used, path)
    path.chmod(0o444)
    for place in (folder, open_folder):
        place.chmod(0o555)
    with ordinary_user():
        for place in (with_journal, without):
            assert "cannot be read and written" in refusal(partial(SqliteJournal, place), place / "journal.db")
    assert path.read_bytes() == used.read_bytes()
    assert [file.name for file in folder.iterdir()] == ["journal.db"]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "home"
    path.write_text("a letter")
    assert "cannot be read and written" in refusal(lambda: SqliteJournal(path), path / "journal.db")
    assert "cannot be read and written" in refusal(lambda: SqliteJournal(path / "deeper"), path / "deeper/journal.db")
    assert path.read_text() == "a letter"


def test_a_journal_that_is_a_folder(folder: Path) -> None:
    (folder / "journal.db").mkdir(parents=True)
    assert "cannot be read and written" in refusal(lambda: SqliteJournal(folder), folder / "journal.db")


def migrate_beyond(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as newer:
        newer.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('common_ground', 'm999_future')")
