"""In a ritual: the step asks, and a free line is read back before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intents.reply import Awaits
from intents.steps import Question

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood


class InRitual:
    """Steps and read-backs."""

    def question(self, course: Course) -> Question:
        """The step's own question, or whether to keep the line just said."""
        if course.place.phase == "readback" and course.position.draft is not None:
            return _keep_question(course)
        question = course.beat.step.question(course)
        if question is None:
            raise LookupError(f"the step {course.place.step} asks nothing")
        return question

    def take(self, course: Course, understood: Understood) -> bool:
        """An answer to the step, or to the read-back."""
        anyone_may = understood.intent in ("continue", "skip")
        wanted = None if anyone_may else _someone_else_was_asked(course)
        if wanted is not None:
            course.say_phrase("not_you", name=course.name(wanted))
            return True
        if understood.intent == "start_ritual":
            course.say_phrase("in_ritual.another", ritual=course.language.title(course.place.ritual))
            return True
        if course.place.phase == "readback" and course.position.draft is not None:
            return _take_keep(course, understood)
        return course.beat.step.take(course, understood)

    def stop(self, course: Course) -> None:
        """Before both agreed there is nothing to come back to; after that the place is kept."""
        if course.place.run is None:
            course.decline()
        else:
            course.leave_for_later()

    def time_passed(self, course: Course) -> None:
        """The talking time is over."""
        if course.place.phase == "ask":
            course.beat.step.time_passed(course)


def _someone_else_was_asked(course: Course) -> int | None:
    """The seat that was asked, when the door knows that the other spoke; an opener and a way back are for both."""
    by, question = course.seat(course.turn.by), course.standing_question
    if by is None or question is None or question.awaits is Awaits.RETURN or course.beat.step.kind == "agree":
        return None
    return question.asked if question.asked != by else None


def _keep_question(course: Course) -> Question:
    draft = course.position.draft
    if draft is None:
        raise LookupError("there is no draft to read back")
    key = "read_back.line" if draft.due_words is None else "read_back.due"
    return Question(
        text=course.phrase(key, text=draft.text.rstrip(".!?"), due=(draft.due_words or "").rstrip(".!?")),
        again=course.phrase("read_back.again"),
        awaits=Awaits.KEEP,
        expects=course.labels("keep", "change", "leave_out"),
        asked=draft.by,
        heard=True,
    )


def _take_keep(course: Course, understood: Understood) -> bool:
    match understood.intent:
        case "keep" | "yes":
            course.keep_draft()
            course.say_phrase("read_back.kept")
            course.advance()
        case "change":
            course.drop_draft()
            course.say_phrase("read_back.change")
            course.stay(phase="ask")
        case "leave_out" | "skip":
            course.say_phrase("read_back.left_out")
            course.advance()
        case _:
            return False
    return True
