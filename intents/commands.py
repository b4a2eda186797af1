"""The words that always work, whatever was asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intents.modes import MODES
from intents.modes.paused import lengthen
from intents.position import Mode
from intents.reply import Awaits

if TYPE_CHECKING:
    from intents.course import Course

SLOWEST = 0.6
"""Relative to the usual pace; slower than this, words fall apart."""

SLOWER_BY = 0.15


def help_here(course: Course) -> None:
    """What can be said at this moment, and always where support is found."""
    course.say_phrase(f"help.{_awaited(course)}")
    course.say_phrase("help.always")
    course.say_phrase("help.support")


def stop(course: Course) -> None:
    """The talk ends; its place is kept."""
    MODES[course.position.mode].stop(course)


def cancel(course: Course) -> None:
    """What is under way ends for good, in the one way in which anything ends early."""
    course.end_early()


def pause(course: Course) -> None:
    """Never refused, from anywhere, by either."""
    if course.position.mode in (Mode.NAMES, Mode.COMPANY):
        course.say_phrase("pause.not_now")
        return
    if course.position.mode is Mode.PAUSED:
        lengthen(course)
    else:
        course.say_phrase("pause.begun")
        course.pause()


def go_on(course: Course) -> None:
    """Continue: back from a talk or a pause, yes to going on, else the question again."""
    course.say_phrase("continued")


def repeat(_: Course) -> None:
    """The question once more; it follows by itself."""


def slower(course: Course) -> None:
    """From now on, more slowly."""
    course.move(pace=round(max(SLOWEST, course.position.pace - SLOWER_BY), 2))
    course.say_phrase("slower")


def faster(course: Course) -> None:
    """Back towards the usual pace."""
    course.move(pace=round(min(1.0, course.position.pace + SLOWER_BY), 2))
    course.say_phrase("faster")


def skip(course: Course) -> None:
    """No reason needed, and not counted."""
    if course.position.mode is not Mode.RITUAL:
        course.say_phrase("skip.nothing")
    elif course.place.run is None:
        course.decline()
    else:
        course.say_phrase("skip.done")
        course.advance()


def go_back(course: Course) -> None:
    """To the question before."""
    if course.position.mode is not Mode.RITUAL or not course.go_back():
        course.say_phrase("go_back.nothing")


def whose_turn(course: Course) -> None:
    """Who was asked."""
    asked = course.standing_question.asked if course.standing_question else None
    if asked is None:
        course.say_phrase("whose_turn.either")
    else:
        course.say_phrase("whose_turn.one", name=course.name(asked))


def forget_that(course: Course) -> None:
    """The line that waits, or the last one kept: gone, bytes and all."""
    course.say_phrase("forget.done" if course.forget_last() else "forget.nothing")


def off_the_record(course: Course) -> None:
    """From here nothing is kept; a line that waits goes too."""
    if course.position.place is None or course.position.mode is Mode.PARTIAL:
        course.say_phrase("off_record.nothing")
        return
    course.say_phrase("off_record.begun")
    course.move(off_record=True)
    course.let_go_of_draft()


def on_the_record(course: Course) -> None:
    """Lines are read back and kept again."""
    course.say_phrase("off_record.over" if course.off_record else "off_record.not_begun")
    course.move(off_record=False)


def support(course: Course) -> None:
    """Outside help, the same for everyone who asks."""
    course.say_phrase("support.here")
    course.say_numbers()


COMMANDS: dict[str, Callable[[Course], None]] = {
    "help": help_here,
    "stop": stop,
    "cancel": cancel,
    "pause": pause,
    "continue": go_on,
    "repeat": repeat,
    "slower": slower,
    "faster": faster,
    "skip": skip,
    "go_back": go_back,
    "whose_turn": whose_turn,
    "forget_that": forget_that,
    "off_record": off_the_record,
    "on_record": on_the_record,
    "support": support,
}
"""Intents of the language files that work in every state."""


def _awaited(course: Course) -> Awaits:
    return course.standing_question.awaits if course.standing_question else Awaits.NOTHING
