"""Names: the first run, in which the two say who they are."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from intents.modes.plain import Plain, yes_no
from intents.position import Mode
from intents.reply import Awaits
from intents.steps import Question

if TYPE_CHECKING:
    from intents.course import Course
    from intents.understanding import Understood

LONGEST_NAME = 40
"""Characters. A longer one is more likely a sentence that was heard as a name."""

MOST_WORDS = 3


class Names(Plain):
    """One name, the other, and whether both were heard right."""

    def question(self, course: Course) -> Question:
        """For the first name, the second, or a yes."""
        names = course.position.names
        if len(names) == 2:
            return yes_no(course, course.phrase("names.confirm", one=names[0], other=names[1]))
        key = "names.other" if names else "names.one"
        return Question(text=course.phrase(key), again=course.phrase(f"{key}_again"), awaits=Awaits.NAMES)

    def take(self, course: Course, understood: Understood) -> bool:
        """Take names one by one or both at once."""
        names = course.position.names
        if len(names) == 2:
            return self._confirm(course, understood, (names[0], names[1]))
        if understood.intent == "names":
            said = tuple(understood.slots[slot] for slot in ("name", "other") if slot in understood.slots)
        elif understood.intent is None:
            said = (understood.text,)
        else:
            return False
        cleaned = tuple(_tidy(name) for name in said)
        if not all(cleaned) or len(names) + len(cleaned) > 2:
            return False
        together = (*names, *cleaned)
        if len({name.casefold() for name in together}) < len(together):
            course.say_phrase("names.same")
            together = together[:1]
        course.move(names=together, misses=0)
        return True

    def _confirm(self, course: Course, understood: Understood, names: tuple[str, str]) -> bool:
        if understood.intent == "yes":
            course.set_partners(names)
            course.move(mode=Mode.IDLE, names=(), misses=0)
            course.say_phrase("welcome.told", one=names[0], other=names[1])
            course.say_phrase("help.support")
            return True
        if understood.intent == "no":
            course.move(names=(), misses=0)
            course.say_phrase("names.again")
            return True
        return False


def _tidy(said: str) -> str:
    """A name as written; empty for what cannot be one."""
    name = " ".join(unicodedata.normalize("NFC", said).replace("\u2019", "'").split()).strip(' .,!?;:"')
    letters = all(unicodedata.category(sign)[0] in "LM" for sign in name if sign not in " -'")
    if not name.strip("-'") or not letters or len(name) > LONGEST_NAME or len(name.split()) > MOST_WORDS:
        return ""
    return name.title() if name.islower() else name
