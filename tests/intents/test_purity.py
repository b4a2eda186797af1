"""The conversation room is pure: no audio, no network, no database, no clock, no chance."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
MODULES = sorted((HERE / "intents").rglob("*.py"))

WORLDLY = [
    "flask",
    "werkzeug",
    "waitress",
    "ask_sdk_core",
    "requests",
    "urllib3",
    "httpx",
    "aiohttp",
    "urllib.request",
    "http.client",
    "http.server",
    "smtplib",
    "ftplib",
    "sqlite3",
    "sqlite_utils",
    "sounddevice",
    "soundfile",
    "pyaudio",
    "vosk",
    "faster_whisper",
    "pyttsx3",
    "piper",
    "numpy",
    "onnxruntime",
    "ssl",
    "subprocess",
    "skill",
    "storage",
    "local_voice",
    "common_ground",
]
"""Modules that reach out of the program."""

IMPORT_ALL = """
import pkgutil, sys
import intents
for module in pkgutil.walk_packages(intents.__path__, "intents."):
    __import__(module.name)
print("\\n".join(sys.modules))
"""


def test_importing_the_room_loads_nothing_that_reaches_out_of_the_program() -> None:
    """Harm: what two people say passes through code that could send it somewhere."""
    bare = _loaded("import sys, hassil, yaml, pydantic, datetime, uuid\nprint('\\n'.join(sys.modules))")
    loaded = _loaded(IMPORT_ALL)
    assert "intents.conversation" in loaded
    assert sorted((loaded - bare) & set(WORLDLY)) == []
    ours = {
        "flask",
        "sqlite3",
        "sounddevice",
        "requests",
        "urllib.request",
        "http.client",
        "skill",
        "storage",
        "local_voice",
    }
    assert sorted(loaded & ours) == [], "not even by way of a library"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HERE)))
def test_no_module_looks_at_a_clock_or_throws_dice(path: Path) -> None:
    """Harm: the same words on the same evening lead somewhere else, and no test can tell where."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imported = {name.split(".")[0] for name in _imports(tree)}
    assert imported.isdisjoint(
        {"time", "random", "secrets", "os", "subprocess", "socket", "tempfile", "logging", "asyncio"}
    )
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called.isdisjoint({"now", "utcnow", "today", "time", "monotonic", "uuid1", "uuid4", "urandom", "getenv"})
    names = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert names.isdisjoint({"uuid1", "uuid4", "print", "input", "open"})


def _loaded(program: str) -> set[str]:
    # Coverage starts itself in every process, and brings a database along.
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=HERE, env=unmeasured, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def _imports(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
    return names
