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
            awaits=Awaits.RETURN,
            expects=course.labels("back", "longer"),
            listening=Listening.CLOSED if due else Listening.AWAY,
        )

    def take(self, course: Course, understood: Understood) -> bool:
        """Back, or longer."""
        match understood.intent:
            case "back" | "continue" | "yes":
                course.move(
                    mode=Mode.RITUAL if course.position.place else Mode.IDLE, away_until=None, paused_since=None
                )
                course.say_phrase("pause.back")
            case "longer" | "no":
                self._lengthen(course, understood)
            case "start_ritual" if course.position.place is None:
                course.move(mode=Mode.IDLE, away_until=None, paused_since=None)
                start(course, understood)
            case _:
                return False
        return True

    def time_passed(self, course: Course) -> None:
        """One soft line; the question says it."""
        course.move(away_until=None)

    def _lengthen(self, course: Course, understood: Understood) -> None:
        """From now, at least twenty minutes, and never past a day after it began."""
        wish = timedelta(minutes=int(understood.slots.get("minutes", SHORTEST_PAUSE.total_seconds() // 60)))
        since = course.position.paused_since or course.turn.at
        until = min(course.turn.at + max(wish, SHORTEST_PAUSE), since + LONGEST_PAUSE)
        course.move(away_until=until if until > course.turn.at else None, misses=0)


def _minutes(course: Course) -> str:
    until = course.position.away_until or course.turn.at
    return str(max(1, round((until - course.turn.at).total_seconds() / 60)))
