"""The phrase lists of the gate, written by someone who had not seen the sentence templates."""

from __future__ import annotations

from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


def phrases(name: str) -> list[dict[str, str]]:
    """One list: ``say``, and what it ``means`` where that is one thing."""
    rows: list[dict[str, str]] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return rows


def all_phrases() -> list[str]:
    """Every phrase of every list."""
    return [row["say"] for path in sorted(FOLDER.glob("*.yaml")) for row in phrases(path.stem)]
