"""Conversation: the one function every door calls, from a Turn to a Reply."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from intents.commands import COMMANDS
from intents.course import Course
from intents.journal import Journal, JournalError, Overtaken
from intents.language import Language
from intents.modes import MODES
from intents.position import Mode
from intents.reply import Awaits, Listening, Reply, Segment
from intents.safety import Danger
from intents.steps import Question
from intents.tokens import words_of
from intents.turn import LAUNCH, LONGEST_UTTERANCE, Turn
from intents.understanding import Understood

DOUBTFUL = 0.35
"""Confidence below which a hearing is asked again and never acted on."""

RESUMES_BY_ITSELF = timedelta(hours=12)
"""A talk that broke off this recently goes on at its question; an older one is offered first."""

STAYS_WITH_SOMEONE = timedelta(minutes=10)
"""How long the question whether someone is there stands; after that the next talk sounds as it always does."""

ALWAYS_IN_TIME = frozenset({"stop", "pause", "cancel"})
"""Ways out, obeyed whatever question they were said to."""

TRIES = 5
"""How often a turn is tried anew when other microphones are quicker."""


class Conversation:
    """Loads where the household stands, understands the turn, advances, and commits before it answers.

    One language, any number of households, threads and processes.
    """

    def __init__(self, journal: Journal, language: Language, country: str = "US") -> None:
        """``country`` (ISO 3166) chooses the numbers given for outside support."""
        self._journal = journal
        self._language = language
        self._country = country

    def reply_to(self, turn: Turn) -> Reply:
        """Answer one turn. What the reply acknowledges is on disk when it is returned.

        Raises ``JournalError`` when it could not be kept; then nothing was acknowledged and nothing changed.
        """
        if turn.words is not None:
            turn = replace(turn, words=_whole(turn.words))
        for _ in range(TRIES):
            try:
                return self._try(turn)
            except Overtaken:
                turn = replace(turn, answering=-1)
        raise JournalError("Too many microphones spoke at once; say that again in a moment.")

    def sayable(self, reply: Reply) -> tuple[str, ...]:
        """Phrases that mean something as an answer to ``reply``, lower case, for a recogniser's grammar."""
        return self._language.understanding.sayable(reply.awaits, self._partners_of(reply))

    def phrase(self, key: str, **slots: str) -> str:
        """A line that a door speaks of its own, from ``door:`` in the language's phrases."""
        return self._language.phrases.line(f"door.{key}", **slots)

    def understood(self, words: str, reply: Reply) -> bool:
        """True when ``words`` mean something as an answer to ``reply``; asked by doors that listen for little."""
        partners = self._partners_of(reply)
        return self._language.understanding.understand(words, reply.awaits, partners).intent is not None

    def calls_back(self, words: str, reply: Reply) -> bool:
        """True when ``words`` end the time in which the two talk to each other, or stop the talk; nothing less does."""
        plain = self._language.phrases
        meaning = self._language.understanding.understand(words, reply.awaits, ())
        said = words_of(words)
        return meaning.intent in ("back", "longer") or said in (
            words_of(plain.line("label.stop")),
            words_of(plain.line("label.pause")),
        )

    def _partners_of(self, reply: Reply) -> tuple[str, ...]:
        return reply.expects if reply.awaits is Awaits.PARTNER else ()

    def _try(self, turn: Turn) -> Reply:
        standing = self._journal.standing(turn.household)
        if turn.account is not None and standing.account not in (None, turn.account):
            return self._refuse()
        course = Course(
            self._language,
            standing,
            turn,
            lambda ritual: self._journal.first_of_last_run(turn.household, ritual),
            self._country,
        )
        if turn.account is not None and standing.account is None:
            course.bind(turn.account)
        mended = _mend(course)
        course.standing_question = MODES[course.position.mode].question(course)
        self._take(course, mended)
        question = None if course.ended else self._ask(course)
        if question is not None:
            _note_time(course, question)
        self._journal.commit(turn.household, standing.position.version, course.changes())
        return course.reply(question)

    def _take(self, course: Course, mended: bool) -> None:
        """Let the turn do what it does: safety first, then everything else."""
        turn = course.turn
        if turn.only_time_passed:
            _let_time_pass(course)
            return
        if turn.words is not None and len(turn.words) > LONGEST_UTTERANCE:
            course.say_phrase("too_long")
            return
        danger = self._language.safety.heard_in(turn.words, course.partners) if turn.words else None
        if danger is not None:
            _answer_danger(course, danger)
        elif turn.intent == LAUNCH:
            _launch(course)
        elif mended or (turn.answering is not None and turn.answering != course.came_from.version):
            self._answer_late(course)
        elif turn.confidence is not None and turn.confidence < DOUBTFUL and turn.words:
            _say_missed(course, "doubtful")
        else:
            self._understand(course)

    def _understand(self, course: Course) -> None:
        awaits = _awaited(course)
        if _act_on(course, self._meaning(course, awaits), awaits):
            course.move(misses=0)
        else:
            _say_missed(course, "missed.first")

    def _answer_late(self, course: Course) -> None:
        """It was said to a question that stands no more: only a way out counts; the rest is asked again."""
        awaits = _awaited(course)
        meaning = self._meaning(course, awaits)
        if meaning.intent in ALWAYS_IN_TIME:
            _act_on(course, meaning, awaits)
        elif course.turn.answering is not None:
            course.say_phrase("overtaken")

    def _meaning(self, course: Course, awaits: Awaits) -> Understood:
        turn = course.turn
        if turn.words is None:
            return Understood("", turn.intent, turn.slots)
        return self._language.understanding.understand(turn.words, awaits, course.partners)

    def _ask(self, course: Course) -> Question:
        """The question that stands now; after misses in fewer words."""
        question = MODES[course.position.mode].question(course)
        return course.reask(question) if course.position.misses >= 2 else question

    def _refuse(self) -> Reply:
        """Another account speaks: nothing of it is kept."""
        line = self._language.phrases.line("stranger")
        return Reply(segments=(Segment(line),), listening=Listening.NONE, ended=True, language=self._language.tag)


def _whole(words: str) -> str:
    """Words that can be written: half a character, as a terminal in another encoding gives it, becomes "?"."""
    return words.encode(errors="replace").decode()


def _act_on(course: Course, understood: Understood, awaits: Awaits) -> bool:
    """Do what was said; False when it means nothing here. Continue and skip are answers where a question has them."""
    rules = MODES[course.position.mode]
    answers = understood.intent in ("continue", "skip") and awaits is not Awaits.LINE
    if answers and course.position.mode is not Mode.COMPANY and rules.take(course, understood):
        return True
    if understood.intent in COMMANDS:
        COMMANDS[understood.intent](course)
        return True
    return rules.take(course, understood)


def _launch(course: Course) -> None:
    """A talk opens: on with what broke off, or a greeting."""
    position = course.position
    of_this_door = f"welcome.private_{course.turn.channel}"
    match position.mode:
        case Mode.NAMES if not position.names:
            course.say_phrase("welcome.first")
            course.say_phrase(of_this_door if course.language.phrases.has(of_this_door) else "welcome.private")
        case Mode.IDLE:
            _greet(course)
        case Mode.COMPANY if _is_old(course, STAYS_WITH_SOMEONE):
            # Whoever opens the next talk need not be who was asked whether someone is there.
            course.move(mode=Mode.IDLE)
            _greet(course)
        case Mode.RITUAL | Mode.PAUSED if _is_old(course, RESUMES_BY_ITSELF):
            begun = position.place is not None and position.place.run is not None
            course.move(mode=Mode.RESUME if begun else Mode.IDLE, paused_in=None, paused_since=None, away_until=None)
            if not begun:
                course.move(place=None)
            _greet(course)
        case Mode.RITUAL if position.away_until is not None and course.closes_while_away():
            course.say_phrase("pause.back")
            course.beat.step.time_passed(course)
        case Mode.RITUAL:
            course.say_phrase("welcome.back")
    course.move(misses=0)


def _is_old(course: Course, age: timedelta) -> bool:
    """True when the last question was asked longer ago than ``age``, so that it must not simply go on."""
    asked = course.position.asked_at
    return asked is not None and course.turn.at - asked > age


def _greet(course: Course) -> None:
    course.say_phrase("welcome.again", names=course.language.phrases.all_of(course.partners))


def _let_time_pass(course: Course) -> None:
    """Away steps end and pauses fall due; otherwise the question stands."""
    due = course.position.away_until
    if due is not None and due <= course.turn.at:
        MODES[course.position.mode].time_passed(course)


def _note_time(course: Course, question: Question) -> None:
    """Remember when this was asked, and when an away question goes on by itself."""
    if not course.turn.only_time_passed or course.position.place != course.came_from.place:
        course.move(asked_at=course.turn.at)
    if question.returns_after is not None and course.position.away_until is None:
        course.move(away_until=course.turn.at + question.returns_after)


def _say_missed(course: Course, first: str) -> None:
    """Never a dead end: ask again (``first`` says why), ask differently, then say what can be said here."""
    misses = course.position.misses + 1
    course.move(misses=misses)
    question = course.standing_question
    if misses == 1:
        course.say_phrase(first)
    elif misses == 2:
        course.say_phrase("missed.second")
    else:
        course.say_phrase("missed.third")
        if question is not None:
            course.say_phrase(f"help.{question.awaits}")


def _answer_danger(course: Course, danger: Danger) -> None:
    """Each kind has its answer; what was said goes nowhere."""
    match danger:
        case Danger.SELF_HARM | Danger.ABOUT_PARTNER:
            course.end_early()
            course.segments.clear()
            course.ended = False
            course.move(mode=Mode.COMPANY)
            course.say_phrase(f"safety.{danger}")
            course.say_number("crisis")
        case Danger.PARTNER:
            course.end_early()
        case _:
            course.end_early()
            closing = course.segments.pop()
            course.say_phrase(f"safety.{danger}")
            if danger is Danger.CHILD:
                course.say_number("child")
            course.segments.append(closing)


def _awaited(course: Course) -> Awaits:
    return course.standing_question.awaits if course.standing_question else Awaits.NOTHING


def _mend(course: Course) -> bool:
    """A ritual file may have changed or gone since the position was written: begin it again, or let it go.

    True when it had; then what is said in this turn answers a question that is no more.
    """
    place = course.position.place
    if place is None:
        return False
    if (place.ritual, place.form) not in course.language.scripts:
        course.drop_ritual()
        course.say_phrase("mended.gone")
    elif course.script.beat((place.step, place.round)) is None:
        course.move(mode=Mode.RITUAL)
        course.restart()
        course.say_phrase("mended.changed")
    else:
        return False
    return True
