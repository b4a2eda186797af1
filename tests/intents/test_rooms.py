"""The rooms and the arrows between them (design.md)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parents[2]
ROOMS = {"intents", "storage", "skill", "local_voice"}
MAY_IMPORT = {"intents": set(), "storage": {"intents"}, "skill": {"intents"}, "local_voice": {"intents"}}


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_imports_only_what_its_arrows_allow(room: str) -> None:
    """Harm: a new door cannot be built without touching the journal, or the other way round."""
    modules = sorted((HERE / room).rglob("*.py"))
    assert modules
    for path in modules:
        foreign = _rooms_imported(path) - {room} - MAY_IMPORT[room]
        assert not foreign, f"{path.relative_to(HERE)} imports {sorted(foreign)}"


def _rooms_imported(path: Path) -> set[str]:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots, which hides the room"
            imported.add((node.module or "").split(".")[0])
    return imported & (ROOMS | {"common_ground", "tests"})
