"""Ritual files: how a ritual is written down, and what is said when one has a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from intents.failure import Failure
from intents.steps import AnyStep, Step
from intents.steps.placeholders import check_placeholders

SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C where there is one: ten times as fast."""

Weight = Literal["light", "deep"]

Where = tuple[int | str, ...]
"""A location in a file: keys, and numbers in lists."""


class RitualFileError(Failure):
    """A ritual file has a mistake. The message names the file, the line, the step and the field, and what to do."""


_REFERENCE = re.compile(r"<\w+>|{\w+")


def _readable(template: str, info: ValidationInfo) -> str:
    if not any(sign.isalpha() for sign in template):
        raise ValueError("these are no words")
    try:
        parse_sentence(template)
    except ParseError as error:
        raise ValueError(f"a bracket in “{template}” is left open or closed twice") from error
    known: frozenset[str] | None = info.context
    for reference in _REFERENCE.findall(template):
        if known is not None and reference.strip("<>{") not in known:
            raise ValueError(f"nothing is called {reference.strip('<>{')} in the sentences of this language")
    return template


Called = Annotated[str, AfterValidator(_readable)]
"""A sentence template: "(this|that)" for a choice, "[please]" for words that may be left out."""


class Each(BaseModel):
    """Steps that one partner takes, and then the other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    each: tuple[AnyStep, ...] = Field(min_length=1)


class Nudge(BaseModel):
    """A word that hardens an answer, and what is gently said to it: once in a run, then never again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hear: tuple[str, ...] = Field(min_length=1)
    say: Annotated[str, AfterValidator(check_placeholders)]


Written = Annotated[
    Annotated[Each, Tag("each")] | Annotated[AnyStep, Tag("step")],
    Discriminator(
        lambda item: "each" if isinstance(item, Each) or (isinstance(item, dict) and "each" in item) else "step"
    ),
]


class Form(BaseModel):
    """Another way through the same ritual, such as a short one, called by its own phrases."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    called: tuple[Called, ...] = Field(min_length=1)
    minutes: int = Field(gt=0, le=180)
    steps: tuple[Written, ...] = Field(min_length=1)


class Ritual(BaseModel):
    """A ritual as its file describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    ritual: str = Field(pattern=r"^[a-z][a-z_]*$")
    """Its id, the same in every language."""

    name: str = Field(min_length=1)
    """As spoken in the middle of a sentence: "a daily check-in"."""

    minutes: int = Field(gt=0, le=180)
    about: str = Field(min_length=1)
    weight: Weight = "deep"
    """Light ones are offered even in the half hour after an early end."""

    called: tuple[Called, ...] = Field(min_length=1)
    """Sentence templates that ask for it; the first is how it is named in lists of what can be said."""

    topics: tuple[Called, ...] = ()
    """Words that point here wherever they stand in a sentence, while we ask what the two would like to do."""

    unfinished: Literal["keep", "ask", "forget"] = "keep"
    """What becomes of entries when it is left for good before its end: kept, kept if both say so, or forgotten."""

    nudges: tuple[Nudge, ...] = ()
    steps: tuple[Written, ...] = Field(min_length=1)
    forms: dict[str, Form] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _can_be_played(self) -> Ritual:
        for form in (None, *self.forms):
            where: Where = ("steps",) if form is None else ("forms", form, "steps")
            seen: set[str] = set()
            for at, step in _located(self.written(form), where):
                if step.kind == "say":
                    continue
                if step.id is None:
                    raise _mistake(at, "a step that asks something needs an id")
                if step.id in seen:
                    raise _mistake((*at, "id"), f"two steps have the id {step.id}")
                seen.add(step.id)
            if not seen:
                raise _mistake(where, "a ritual needs at least one step that asks something")
            *_, last = self.written(form)
            if isinstance(last, Each) or last.kind != "say":
                at = (*where, len(self.written(form)) - 1)
                raise _mistake(at, "a ritual ends with a “say”, so that both hear that it is over")
        return self

    def written(self, form: str | None) -> tuple[Each | Step, ...]:
        """The steps of a form, or the ritual's own."""
        return self.steps if form is None else self.forms[form].steps


def all_steps(written: tuple[Each | Step, ...]) -> Iterator[Step]:
    """Every step, with those inside others."""
    return (step for _, step in _located(written, ()))


def _located(written: tuple[Each | Step, ...], where: Where) -> Iterator[tuple[Where, Step]]:
    """Every step, with its location in the file."""
    for number, item in enumerate(written):
        at = (*where, number)
        if isinstance(item, Each):
            yield from _located(item.each, (*at, "each"))
        else:
            yield at, item
            for answer, inner in item.inner():
                yield from _located(inner, (*at, f"if_{answer}"))


def _mistake(at: Where, message: str) -> PydanticCustomError:
    return PydanticCustomError("ritual", "{message}", {"message": message, "at": at})


def load_ritual(path: Path, known: frozenset[str] | None = None) -> Ritual:
    """Read one ritual file. Raises ``RitualFileError`` with one sentence that says where and what.

    ``known`` holds the rules and lists of the language that its sentence templates may name; None leaves that
    unchecked.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text, Loader=SAFE_LOADER)
        written = yaml.load(text, Loader=SAFE_LOADER)  # noqa: S506 - a safe loader
    except UnicodeDecodeError as error:
        raise RitualFileError(f"{path}: this is not a UTF-8 text file; save it as UTF-8 and try again.") from error
    except OSError as error:
        raise RitualFileError(f"{path}: the file cannot be read ({error.strerror}).") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RitualFileError(f"{path}, line {line}: this is not valid YAML ({error.problem}).") from error
    except yaml.YAMLError as error:
        raise RitualFileError(f"{path}: this is not valid YAML; look for unusual characters.") from error
    if not isinstance(written, dict):
        raise RitualFileError(f"{path}, line 1: a ritual file begins with lines such as “ritual: evening_walk”.")
    try:
        return Ritual.model_validate(written, context=known)
    except ValidationError as error:
        raise RitualFileError(_explain(path, tree, written, error)) from error


def _explain(path: Path, tree: yaml.Node | None, written: dict[str, Any], error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    location = list(first.get("ctx", {}).get("at", ())) or _without_tags(first["loc"])
    line, step = _find(tree, written, location)
    fields = [part for part in location if isinstance(part, str)]
    where = f"{path}, line {line}"
    if step is not None:
        where += f", step {step}"
    if fields and fields[-1] not in ("steps", "each"):
        where += f", field {fields[-1]}"
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {message[0].lower()}{message[1:]}."


def _without_tags(location: tuple[int | str, ...]) -> list[int | str]:
    """A location without the names of union branches, which pydantic puts in and no file has."""
    clean: list[int | str] = []
    lists = ("steps", "each", "if_yes", "if_no")
    branch_follows = False
    for part in location:
        if isinstance(part, int):
            branch_follows = bool(clean) and clean[-1] in lists
        elif branch_follows:
            branch_follows = part == "step"
            continue
        clean.append(part)
    return clean


def _find(tree: yaml.Node | None, written: Any, location: list[int | str]) -> tuple[int, str | None]:
    """The line of a location in the file, and the id (or number) of the step it is in."""
    node, value, step = tree, written, None
    line = 1
    for part in location:
        if isinstance(node, yaml.MappingNode) and isinstance(value, dict) and part in value:
            key, node = next(pair for pair in node.value if pair[0].value == part)
            line, value = key.start_mark.line + 1, value[part]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node, value = node.value[part], value[part]
            line = node.start_mark.line + 1
            if isinstance(value, dict):
                step = str(value.get("id", part + 1))
    return line, step
