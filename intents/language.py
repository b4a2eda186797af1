"""Language: everything said and understood in one language, read from its folder of files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hassil import Intents

from intents.failure import Failure
from intents.phrases import Phrases
from intents.ritual_file import SAFE_LOADER, Ritual, RitualFileError, load_ritual
from intents.safety import Contact, Safety, load_contacts
from intents.script import Script
from intents.understanding import Understanding

LANGUAGES = Path(__file__).parent / "languages"

RITUAL_IS_CALLED_AT = ["ritual", "names", "nothing", "return", "yes_no", "partner", "rating"]
"""Where asking for a ritual is understood; at an open question the same words are the answer."""


class LanguageError(Failure):
    """A language's files are missing or do not fit together. One sentence that says which."""


@dataclass(frozen=True)
class Language:
    """One language, ready for use. Nothing changes after it is loaded."""

    tag: str
    """BCP 47, such as ``en-US``."""

    phrases: Phrases
    understanding: Understanding
    safety: Safety
    contacts: tuple[Contact, ...]
    rituals: dict[str, Ritual]
    """By id, in the order in which they are offered."""

    scripts: dict[tuple[str, str | None], Script]
    """By ritual id and form."""

    @property
    def plain_answers(self) -> tuple[str, ...]:
        """The shortest answers, which any recogniser of this language has to know."""
        return self.phrases.below("label")

    def title(self, ritual: str) -> str:
        """How a ritual is named in a sentence."""
        return self.rituals[ritual].name


def load_language(tag: str, own_rituals: Path | None = None, languages: Path = LANGUAGES) -> Language:
    """Load a language and the couple's own rituals.

    Raises ``LanguageError`` for a language we do not have, ``RitualFileError`` for a ritual file with a mistake.
    """
    folder = languages / tag
    if not folder.is_dir():
        known = ", ".join(sorted(path.name for path in languages.iterdir() if path.is_dir()))
        raise LanguageError(f"There is no language {tag} here; choose one of: {known}.")
    sentences = _read(folder / "sentences.yaml")
    nameable = frozenset({"partner", *sentences.get("expansion_rules", ()), *sentences.get("lists", ())})
    rituals: dict[str, Ritual] = {}
    for path in _ritual_files(folder, own_rituals):
        ritual = load_ritual(path, nameable)
        if ritual.ritual in rituals:
            raise RitualFileError(f"{path}, line 1, field ritual: there already is a ritual called {ritual.ritual}.")
        rituals[ritual.ritual] = ritual
    sentences["intents"]["start_ritual"] = {"data": [block for ritual in rituals.values() for block in _calls(ritual)]}
    return Language(
        tag=tag,
        phrases=Phrases(_read(folder / "phrases.yaml")),
        understanding=Understanding(Intents.from_dict(sentences)),
        safety=Safety(_read(folder / "safety.yaml")),
        contacts=load_contacts(_read(folder / "contacts.yaml")),
        rituals=rituals,
        scripts={
            (ritual.ritual, form): Script(ritual, form) for ritual in rituals.values() for form in (None, *ritual.forms)
        },
    )


def read_language_file(tag: str, name: str) -> dict[str, Any]:
    """One file of a language, as it is written. Raises ``LanguageError`` when it is not there."""
    return _read(LANGUAGES / tag / name)


def _ritual_files(folder: Path, own: Path | None) -> list[Path]:
    files = sorted((folder / "rituals").glob("*.yaml"))
    if own is not None and own.is_dir():
        files += sorted(own.glob("*.yaml"))
    return files


def _calls(ritual: Ritual) -> list[dict[str, Any]]:
    """The sentences that ask for a ritual, in the shape of the sentence files."""
    context = {"awaits": RITUAL_IS_CALLED_AT}
    blocks: list[dict[str, Any]] = [
        {"sentences": list(ritual.called), "slots": {"ritual": ritual.ritual}, "requires_context": context}
    ]
    for name, form in ritual.forms.items():
        slots = {"ritual": ritual.ritual, "form": name}
        blocks.append({"sentences": list(form.called), "slots": slots, "requires_context": context})
    if ritual.topics:
        topics = f"[{{before}}] ({'|'.join(ritual.topics)}) [{{after}}]"
        slots = {"ritual": ritual.ritual}
        blocks.append({"sentences": [topics], "slots": slots, "requires_context": {"awaits": "ritual"}})
    return blocks


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    try:
        tree = yaml.load(_text(path), Loader=SAFE_LOADER)  # noqa: S506 - a safe loader
    except FileNotFoundError as error:
        raise LanguageError(f"The language file {path} is missing; install Common Ground again.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LanguageError(f"{path}, line {line}: this is not valid YAML ({error.problem}).") from error
    if not isinstance(tree, dict):
        raise LanguageError(f"{path}: the file is empty; install Common Ground again.")
    return tree
