"""What is spoken lives in language files, never in Python; and no line there is missing or forgotten."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from intents.reply import Awaits
from intents.safety import Danger
from tests.conversations.couple import english

HERE = Path(__file__).parents[2]
MODULES = sorted((HERE / "intents").rglob("*.py"))
DOORS = sorted([*(HERE / "skill").rglob("*.py"), *(HERE / "local_voice").rglob("*.py"), *HERE.glob("common_ground.py")])
SPEAKING = {"say_phrase", "_say_missed", "phrase", "line", "has"}
SENTENCE = re.compile(r"[“\"]?[A-Z{][^\n]*\s[^\n]*[.?!…]”?")


def _keys() -> frozenset[str]:
    return english().phrases.keys()


def _calls(paths: list[Path], names: set[str]) -> Iterator[ast.Call]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", None)) in names:
                yield node


def _texts(node: ast.AST) -> Iterator[str]:
    """Every literal in an expression; a filled one as a pattern."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(next(_texts(part), r"[a-z_.]+") for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _spoken_by_the_framework() -> set[str]:
    """Patterns of the keys the room speaks: arguments of the speaking methods, and names given to them."""
    patterns = {pattern for call in _calls(MODULES, SPEAKING) for arg in call.args for pattern in _texts(arg)}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign):
                patterns |= {pattern for pattern in _texts(node.value) if re.match(r"[a-z_]+\\\.[a-z_\[]", pattern)}
    loose = {"label\\.[a-z_.]+", "door\\.[a-z_.]+", "[a-z_.]+_again"}
    return patterns - loose


def _labels() -> set[str]:
    return {f"label.{text}" for call in _calls(MODULES, {"labels"}) for arg in call.args for text in _texts(arg)}


def _doors() -> set[str]:
    return {f"door.{text}" for call in _calls(DOORS, {"phrase"}) if call.args for text in _texts(call.args[0])}


def test_every_line_the_code_speaks_is_in_the_language_file() -> None:
    """Harm: in the middle of a repair the voice falls silent on a missing line."""
    keys = _keys()
    for pattern in _spoken_by_the_framework():
        assert any(re.fullmatch(pattern, key) for key in keys), f"no line for {pattern}"
    assert _labels() <= keys
    for pattern in _doors():
        assert any(re.fullmatch(pattern.replace("door.", r"door\.", 1), key) for key in keys), f"no line for {pattern}"


def test_no_line_of_the_language_file_is_spoken_by_nobody() -> None:
    """Harm: a translator works on lines nobody ever hears, and the one that is heard is another."""
    patterns = _spoken_by_the_framework()
    again = {f"{pattern}_again" for pattern in patterns}
    heard = patterns | again | {re.escape(label) for label in _labels()}
    silent = [
        key
        for key in _keys()
        if not key.startswith("door.") and not any(re.fullmatch(pattern, key) for pattern in heard)
    ]
    assert silent == []


def test_no_line_of_the_doors_is_spoken_by_nobody() -> None:
    """Harm: the same, for what a door says of its own."""
    doors = {key for key in _keys() if key.startswith("door.")}
    spoken = {key for key in doors if any(re.fullmatch(pattern, key) for pattern in _doors())}
    assert doors - spoken == set()


@pytest.mark.parametrize("awaits", list(Awaits))
def test_help_has_a_line_for_every_kind_of_answer(awaits: Awaits) -> None:
    """Harm: help, where it is needed, is a crash."""
    assert english().phrases.has(f"help.{awaits}")


@pytest.mark.parametrize("danger", [danger for danger in Danger if danger is not Danger.PARTNER])
def test_every_danger_has_its_answer(danger: Danger) -> None:
    """Harm: the one time it matters, the voice has nothing to say."""
    assert english().phrases.has(f"safety.{danger}")


def test_violence_has_no_words_of_its_own() -> None:
    """Harm: a line in a file, one day spoken, that tells the room what was disclosed."""
    assert not [key for key in _keys() if Danger.PARTNER in key or "violence" in key]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(HERE)))
def test_no_spoken_sentence_is_written_in_python(path: Path) -> None:
    """Harm: a couple that speaks another language hears English in the middle of it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    errors = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Raise) for inner in ast.walk(node)}
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in errors | docs
        and SENTENCE.fullmatch(node.value.strip())
    ]
    assert found == []


def test_every_line_is_short_enough_for_the_ear() -> None:
    """Harm: nobody remembers what was asked at the end of it."""
    phrases = english().phrases
    slots = dict.fromkeys(
        ["one", "other", "names", "choices", "ritual", "text", "due", "name", "minutes", "number", "rest", "last"],
        "word",
    )
    assert [key for key in _keys() if len(phrases.line(key, **slots).split()) > 60] == []
