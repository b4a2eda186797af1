"""Course: one turn on its way through the conversation. It gathers what is said and what the journal is to keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from intents.journal import Changes, Commitment, Entry, Outcome, RunEnd, RunStart, Standing
from intents.language import Language
from intents.position import Draft, Kept, Mode, Place
from intents.reply import Listening, Reply, Segment
from intents.safety import fold, speakable
from intents.script import Beat, Script
from intents.steps import Question
from intents.turn import Turn
from intents.understanding import Understood

SHORTEST_PAUSE = timedelta(minutes=20)
"""A flooded body needs about this long to settle."""

LONGEST_PAUSE = timedelta(hours=24)

LIGHT_ONLY_AFTER_EARLY_END = timedelta(minutes=30)


class Course:
    """Built for one turn and thrown away after it; everything lasting is in ``position`` and ``changes``."""

    def __init__(
        self,
        language: Language,
        standing: Standing,
        turn: Turn,
        first_of_last_run: Callable[[str], int | None],
        country: str,
    ) -> None:
        self.language = language
        self.turn = turn
        self.partners = standing.partners
        self.position = standing.position
        self.came_from = standing.position
        self.segments: list[Segment] = []
        self.ended = False
        self.standing_question: Question | None = None
        """The question this turn may answer."""

        self._first_of_last_run = first_of_last_run
        self._country = country
        self._changes: dict[str, Any] = {}
        self._entries: list[Entry] = []
        self._commitments: list[Commitment] = []
        self._forgotten: list[str] = []

    # What is said.

    def say(self, text: str, pause: float = 0.0, *, heard: bool = False) -> None:
        """Add words to the reply; ``pause`` in seconds."""
        self.segments.append(Segment(text, pause, heard=heard))

    def phrase(self, key: str, **slots: str) -> str:
        """A framework line, with the partners' names at hand."""
        return self.language.phrases.line(key, **slots)

    def say_phrase(self, key: str, **slots: str) -> None:
        """Say a framework line."""
        self.say(self.phrase(key, **slots))

    def say_number(self, kind: str) -> None:
        """The number of one kind of help in the couple's country, twice; the emergency number stands in for none."""
        contacts = speakable(self.language.contacts, self._country, kind) or speakable(
            self.language.contacts, self._country, "emergency"
        )
        for contact in contacts[:1]:
            self.say(self.phrase("support.number", name=contact.name, number=contact.number_spoken))
            self.say(self.phrase("support.again", number=contact.number_spoken))

    def say_numbers(self) -> None:
        """Every number of the couple's country that someone checked."""
        for contact in speakable(self.language.contacts, self._country):
            self.say(self.phrase("support.number", name=contact.name, number=contact.number_spoken), pause=0.5)

    def closes_while_away(self) -> bool:
        """True when this door is closed while the two talk to each other, so that calling it again is coming back."""
        return self.language.phrases.has(f"away.{self.turn.channel}")

    def way_back(self) -> str:
        """What to say to come back from a talk, at this door."""
        return self.phrase(f"away.{self.turn.channel}" if self.closes_while_away() else "away.here")

    def labels(self, *keys: str) -> tuple[str, ...]:
        """Short answers as they are said in this language."""
        return tuple(self.phrase(f"label.{key}") for key in keys)

    def fill(self, words: str, **slots: str) -> str:
        """Words of a ritual file with the names of speaker and listener."""
        return words.format(
            speaker=self.name(self.speaker), listener=self.name(1 - self.speaker), **{"partner": "", **slots}
        )

    # Who is who.

    def name(self, seat: int) -> str:
        """The partner's name."""
        return self.partners[seat]

    def seat(self, name: str | None) -> int | None:
        """The seat of a name, whatever its case; None for nobody we know."""
        names = [partner.casefold() for partner in self.partners]
        return names.index(name.casefold()) if name and name.casefold() in names else None

    def seat_of(self, to: str) -> int | None:
        """The seat a step speaks to."""
        return {"speaker": self.speaker, "listener": 1 - self.speaker, "either": None}[to]

    def seat_meant(self, understood: Understood) -> int | None:
        """The partner an answer names: by name, or as "me" and "not me" by someone we know."""
        by = self.seat(self.turn.by)
        if understood.intent == "partner":
            return self.seat(understood.slots["partner"])
        if by is not None and understood.intent in ("me", "not_me"):
            return by if understood.intent == "me" else 1 - by
        return None

    def speaker_of_turn(self) -> int:
        """Who is taken to have spoken: who the door knows, else who was asked."""
        by = self.seat(self.turn.by)
        if by is not None:
            return by
        asked = self.standing_question.asked if self.standing_question else None
        return self.speaker if asked is None else asked

    # Where we are.

    def move(self, **fields: Any) -> None:
        """Change the position."""
        self.position = self.position.model_copy(update=fields)

    @property
    def place(self) -> Place:
        """The place in the ritual we are in. Raises ``LookupError`` outside of one."""
        if self.position.place is None:
            raise LookupError("no ritual is under way")
        return self.position.place

    @property
    def script(self) -> Script:
        """The script of the ritual we are in."""
        return self.language.scripts[self.place.ritual, self.place.form]

    @property
    def beat(self) -> Beat:
        """The beat we are at. Raises ``LookupError`` when the ritual's file no longer has it."""
        found = self.script.beat((self.place.step, self.place.round))
        if found is None:
            raise LookupError(f"{self.place.ritual} has no step {self.place.step}")
        return found

    @property
    def first(self) -> int:
        """The seat that speaks first in this run."""
        return self.place.first

    @property
    def speaker(self) -> int:
        """The seat whose turn it is."""
        return self.first if self.place.round == 0 else 1 - self.first

    @property
    def off_record(self) -> bool:
        """True while nothing is kept."""
        return self.position.off_record

    # Moving on.

    def start(self, ritual: str, form: str | None = None) -> None:
        """Begin a ritual at its first step; it counts as begun once both agreed."""
        last = self._first_of_last_run(ritual)
        script = self.language.scripts[ritual, form]
        opening = script.beats[0]
        self.move(
            mode=Mode.RITUAL,
            place=Place(ritual=ritual, form=form, step=opening.name, first=0 if last is None else 1 - last),
            draft=None,
            off_record=False,
            misses=0,
            away_until=None,
        )
        self._settle(opening)
        if self.beat.step.kind != "agree":
            self.begin()

    def begin(self) -> None:
        """Both agreed: from here there is a run."""
        run = self._new_id("run")
        self.move(place=self.place.model_copy(update={"run": run}), kept=())
        self._changes["begun"] = RunStart(
            run, self.place.ritual, self.turn.channel, self.turn.at, self.first, self.place.form
        )

    def stay(self, **fields: Any) -> None:
        """Ask on at the same step."""
        self.move(place=self.place.model_copy(update=fields), misses=0)

    def advance(self, answer: str | None = None) -> None:
        """Go on to the next step, or to the end."""
        here = (self.place.step, self.place.round)
        following = self.script.after(here, answer)
        trail = (*self.place.trail, here)
        self.drop_draft()
        self.move(misses=0, away_until=None, place=self.place.model_copy(update={"trail": trail}))
        if following is None:
            self._finish()
        else:
            self._settle(following)

    def go_back(self) -> bool:
        """Return to the step before; False at the beginning."""
        trail = [key for key in self.place.trail if self.script.beat(key) is not None]
        if self.place.phase != "ask":
            self.drop_draft()
            self.stay(phase="ask")
            return True
        if not trail or (self.script.beats[0].key == trail[-1] and self.script.beats[0].step.kind == "agree"):
            return False
        self.drop_draft()
        step, round_ = trail[-1]
        place = self.place.model_copy(
            update={"step": step, "round": round_, "phase": "ask", "trail": tuple(trail[:-1])}
        )
        self.move(place=place, misses=0, away_until=None)
        return True

    def restart(self) -> None:
        """Back to the first step of a ritual whose file has changed."""
        self.drop_draft()
        self.move(away_until=None, place=self.place.model_copy(update={"trail": ()}))
        opening = next(beat for beat in self.script.beats if beat.step.kind not in ("say", "agree"))
        self._stand_at(opening)
        if self.place.run is None:
            self.begin()

    def let_speak_first(self, seat: int) -> None:
        """Make this partner the speaker from here on."""
        self.stay(first=seat)

    def _settle(self, beat: Beat | None) -> None:
        """Say what needs no answer, and stop at the first step that asks."""
        while beat is not None and beat.step.kind == "say":
            self._stand_at(beat)
            self.say(self.fill(beat.step.words), getattr(beat.step, "pause", 0.0))
            beat = self.script.after(beat.key)
        if beat is None:
            self._finish()
        else:
            self._stand_at(beat)

    def _stand_at(self, beat: Beat) -> None:
        self.stay(step=beat.name, round=beat.round, phase="ask", agreed=())

    # Lines.

    def nudge(self, text: str) -> bool:
        """Answer a hardening word gently, once in a run; False when there is nothing to say to it."""
        if self.place.nudged or not self.beat.step.nudge:
            return False
        said = f" {fold(text)} "
        for nudge in self.language.rituals[self.place.ritual].nudges:
            if any(f" {fold(word)} " in said for word in nudge.hear):
                self.stay(nudged=True)
                self.say(self.fill(nudge.say))
                return True
        return False

    def hold(self, text: str, phase: str) -> None:
        """Keep a line as a draft while something more is asked about it."""
        self.drop_draft()
        self.move(draft=Draft(text=text.strip(), by=self.speaker_of_turn()))
        self.stay(phase=phase)

    def read_back(self, text: str) -> None:
        """Hold a line until it was read back and accepted."""
        self.hold(text, phase="readback")

    def read_back_due(self, due_words: str) -> None:
        """Hold the time of a commitment with it, and read both back."""
        if self.position.draft is not None:
            self.move(draft=self.position.draft.model_copy(update={"due_words": due_words.strip()}))
        self.stay(phase="readback")

    def keep_draft(self) -> None:
        """The line was accepted: it becomes an entry."""
        draft, place = self.position.draft, self.place
        step = self.beat.step
        if draft is None or place.run is None:
            return
        for older in self.position.kept:
            if (older.step, older.round) == (place.step, place.round):
                self._forgotten.append(older.entry)
        entry = self._new_id(f"entry|{place.step}|{place.round}")
        kind = getattr(step, "keep", None) or step.kind
        self._entries.append(
            Entry(entry, place.run, place.ritual, place.step, kind, draft.by, draft.text, self.turn.at)
        )
        if draft.due_words is not None:
            self._commitments.append(Commitment(entry, draft.by, draft.text, draft.due_words))
        others = tuple(kept for kept in self.position.kept if (kept.step, kept.round) != (place.step, place.round))
        self.move(draft=None, kept=(*others, Kept(step=place.step, round=place.round, entry=entry)))

    def forget_last(self) -> bool:
        """Forget the draft, or the last thing kept; False when there is nothing."""
        if self.let_go_of_draft():
            return True
        if not self.position.kept:
            return False
        *rest, last = self.position.kept
        self._forgotten.append(last.entry)
        self.move(kept=tuple(rest))
        return True

    def forget_kept(self) -> None:
        """Forget everything this run holds."""
        self._forgotten.extend(kept.entry for kept in self.position.kept)
        self.move(kept=())

    def let_go_of_draft(self) -> bool:
        """Drop the line that waits and go on past its step, or do so once the talk is back; False when none waits."""
        if self.position.draft is None:
            return False
        if self.position.mode is Mode.RITUAL:
            self.advance()
        else:
            self.drop_draft()
            self.stay(phase="ask")
        return True

    def drop_draft(self) -> None:
        """The draft is left out or replaced: its bytes go with this turn."""
        if self.position.draft is not None:
            self._changes["erase_draft"] = True
            self.move(draft=None)

    # Ends.

    def decline(self) -> None:
        """Not a good time: taken warmly, written down nowhere."""
        self.say_phrase("opener.declined", ritual=self.language.title(self.place.ritual))
        self.move(mode=Mode.IDLE, place=None, misses=0)
        self.ended = True

    def leave_for_later(self) -> None:
        """Stop: the talk ends politely and its place is kept."""
        self.say_phrase("stopped.in_ritual")
        self.move(mode=Mode.RESUME, misses=0)
        self.ended = True

    def end_early(self) -> None:
        """The early end: one thing, whatever the reason. Nothing in sound or record tells one from another."""
        place = self.position.place
        self.segments = [Segment(self.phrase("early_end"))]
        self.drop_draft()
        if place is not None and place.run is not None:
            if self.language.rituals[place.ritual].unfinished != "keep":
                self.forget_kept()
            self._end_run(place.run, "ended early")
        self.move(
            mode=Mode.IDLE if self.partners else Mode.NAMES,
            place=None,
            off_record=False,
            misses=0,
            away_until=None,
            paused_since=None,
            ended_early_at=self.turn.at,
        )
        self.ended = True

    def drop_ritual(self) -> None:
        """What was left standing is not gone on with; what it kept stays."""
        self.drop_draft()
        if self.position.place is not None and self.position.place.run is not None:
            self._end_run(self.position.place.run, "ended early")
        self.move(mode=Mode.IDLE, place=None, off_record=False, misses=0, away_until=None)

    def pause(self) -> None:
        """Apart for a while. Never refused, nobody asked why, written down against nobody."""
        self.move(
            mode=Mode.PAUSED,
            misses=0,
            paused_since=self.turn.at,
            paused_in=self.position.mode,
            away_until=self.turn.at + SHORTEST_PAUSE,
        )

    def pause_instead(self) -> None:
        """A pause in place of going on, without a word about who needs it."""
        self.say_phrase("pause.instead")
        self.pause()

    def light_only(self) -> bool:
        """True in the half hour after an early end."""
        ended = self.position.ended_early_at
        return ended is not None and self.turn.at - ended < LIGHT_ONLY_AFTER_EARLY_END

    def _finish(self) -> None:
        if self.place.run is not None:
            self._end_run(self.place.run, "finished")
        self.move(mode=Mode.IDLE, place=None, off_record=False, misses=0, away_until=None)
        self.ended = True

    def _end_run(self, run: str, outcome: Outcome) -> None:
        self._changes["ended"] = RunEnd(run, self.turn.at, outcome)

    # What becomes of it.

    def set_partners(self, names: tuple[str, str]) -> None:
        """The two have told us who they are."""
        self.partners = names
        self._changes["partners"] = names

    def bind(self, account: str) -> None:
        """Bind this home to an account."""
        self._changes["account"] = account

    def changes(self) -> Changes:
        """All this turn does to the journal."""
        self.move(version=self.came_from.version + 1)
        return Changes(
            position=self.position,
            forgotten=tuple(self._forgotten),
            entries=tuple(self._entries),
            commitments=tuple(self._commitments),
            **self._changes,
        )

    def reply(self, question: Question | None) -> Reply:
        """The reply, closed by ``question`` unless the talk is over."""
        segments = list(self.segments)
        place = self.position.place
        if question is None:
            return Reply(
                segments=tuple(segments),
                listening=Listening.NONE,
                ended=True,
                version=self.position.version,
                language=self.language.tag,
                pace=self.position.pace,
            )
        if question.text:
            segments.append(Segment(question.text, emphasis=True, heard=question.heard))
        return Reply(
            segments=tuple(segments),
            listening=question.listening,
            awaits=question.awaits,
            expects=question.expects,
            asked_of=None if question.asked is None else self.name(question.asked),
            reprompt=None if question.listening is Listening.AWAY else question.again,
            patience=question.patience,
            returns_at=self.position.away_until if question.listening is Listening.AWAY else None,
            ritual=place.ritual if place else None,
            step=place.step if place else None,
            version=self.position.version,
            language=self.language.tag,
            pace=self.position.pace,
        )

    def reask(self, question: Question) -> Question:
        """The same question in its shorter words."""
        return replace(question, text=question.again, heard=False)

    def _new_id(self, what: str) -> str:
        """An id that another turn cannot have: made from what the turn is, not from chance."""
        turn = self.turn
        return str(uuid5(NAMESPACE_OID, f"{turn.household}|{turn.at.isoformat()}|{self.came_from.version}|{what}"))
