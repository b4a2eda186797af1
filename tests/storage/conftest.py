"""A journal in a new folder, a couple that uses it, and eyes for every byte of the folder."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import pytest

from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import Couple

BytesOf = Callable[[Path], bytes]

NOBODY = 65534


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def journal(folder: Path) -> Iterator[SqliteJournal]:
    with SqliteJournal(folder) as journal:
        yield journal


@pytest.fixture
def couple(journal: SqliteJournal) -> Couple:
    couple = Couple(journal)
    couple.begin()
    return couple


@pytest.fixture
def bytes_of() -> BytesOf:
    def read(folder: Path) -> bytes:
        """Every byte of every file, read by another process: a file handle of ours would drop SQLite's locks."""
        files = sorted(str(path) for path in folder.rglob("*") if path.is_file())
        assert files
        return subprocess.run(["/bin/cat", *files], capture_output=True, check=True).stdout

    return read


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of this machine may enter (pytest's own are for its user alone)."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for place in (folder, *folder.iterdir()):
        place.chmod(0o755)
    rmtree(folder)


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Without the administrator's right to open everything, where the tests have it."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
