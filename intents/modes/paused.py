"""Paused: the two are apart for a while, and come back to where they were."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from intents.course import LONGEST_PAUSE, SHORTEST_PAUSE
from intents.modes.idle import start
from intents.modes.plain import Plain
from intents.position import Mode
from intents.reply import Awaits, Listening
from intents.steps import Question

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class Paused(Plain):
    """At least twenty minutes, at most a day; either may end it, and nobody has to say why."""

    def question(self, course: Course) -> Question:
        """Away until they come back, ask for longer, or the time is over."""
        until = course.position.away_until
        due = until is None or until <= course.turn.at
        text = course.phrase("pause.due") if due else course.phrase("pause.until", minutes=_minutes(course))
        return Question(
            text=text,
            again=text,
            awaits=Awaits.RETURN_DUE if due else Awaits.RETURN,
            expects=course.labels("back", "longer"),
            listening=Listening.CLOSED if due else Listening.AWAY,
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """Back, or longer."""
        match understood.intent:
            case "back" | "continue" | "yes":
                end(course)
                course.say_phrase("pause.back")
            case "longer" | "no":
                lengthen(course, int(understood.slots.get("minutes", 0)))
            case "start_ritual":
                end(course)
                if course.position.mode is Mode.IDLE:
                    start(course, understood)
                else:
                    course.move(mode=Mode.RESUME)
            case _:
                return False
        return True

    def stop(self, course: Course) -> None:
        """End the talk; the pause goes on, and what was under way keeps its place."""
        course.say_phrase("stopped.idle" if course.position.place is None else "stopped.in_ritual")
        course.ended = True

    def time_passed(self, course: Course) -> None:
        """One soft line; the question says it."""
        course.move(away_until=None)


def lengthen(course: Course, minutes: int = 0) -> None:
    """From now, at least twenty minutes, and never past a day after the pause began."""
    since = course.position.paused_since or course.turn.at
    until = min(course.turn.at + max(timedelta(minutes=minutes), SHORTEST_PAUSE), since + LONGEST_PAUSE)
    course.move(away_until=until if until > course.turn.at else None, misses=0)


def end(course: Course) -> None:
    """Back to what was under way; a question whether to go on with it is asked again."""
    going_on = Mode.RITUAL if course.position.paused_in is Mode.RITUAL else Mode.RESUME
    mode = Mode.IDLE if course.position.place is None else going_on
    course.move(mode=mode, paused_in=None, away_until=None, paused_since=None, misses=0)


def _minutes(course: Course) -> str:
    until = course.position.away_until or course.turn.at
    return str(max(1, round((until - course.turn.at).total_seconds() / 60)))
