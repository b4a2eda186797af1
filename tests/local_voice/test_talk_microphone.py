"""The talk at the kitchen table, in a room with a virtual microphone and loudspeaker; all else is real."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Semaphore

import pytest

from intents.conversation import Conversation
from intents.reply import Awaits, Reply
from intents.turn import Turn
from local_voice.audio import HEARING_RATE
from local_voice.loudspeaker import Loudspeaker
from local_voice.microphone import Microphone
from local_voice.recognizer_whisper import WhisperRecognizer
from local_voice.sound_device import SoundError
from local_voice.talk_microphone import TalkAloud, talk_microphone
from local_voice.voice_pyttsx3 import Pyttsx3Voice
from tests.conversations.couple import HOME, english
from tests.local_voice.home_of_two import home_of_two
from tests.local_voice.moments import moment
from tests.local_voice.virtual_room import VirtualRoom, virtual_room
from tests.memory_journal import MemoryJournal
from tests.partner_voice import ANA, BEN, partner_voice


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VirtualRoom]:
    with virtual_room(tmp_path_factory.mktemp("room")) as opened:
        yield opened


class RecordedConversation(Conversation):
    """The real conversation, with every turn it was given and every reply."""

    def __init__(self, journal: MemoryJournal) -> None:
        super().__init__(journal, english())
        self.turns: list[Turn] = []
        self.replies: list[Reply] = []

    def reply_to(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        self.replies.append(super().reply_to(turn))
        return self.replies[-1]


class AttentiveMicrophone(Microphone):
    """The real microphone; tells when it opens, as a light on a device does."""

    def __init__(self, opened: Semaphore) -> None:
        super().__init__()
        self._opened = opened

    def open_ears(self) -> None:
        super().open_ears()
        self._opened.release()


def test_two_people_talk_with_it_across_the_room(
    room: VirtualRoom, whisper: WhisperRecognizer, system_voice: Pyttsx3Voice
) -> None:
    """The whole of it: it speaks, opens its ears, hears the answer, and stops when told to."""
    conversation = RecordedConversation(home_of_two())
    talk = TalkAloud(
        conversation,
        whisper,
        system_voice,
        clock=lambda: datetime.now(UTC),
        household=HOME,
    )
    opened = Semaphore(0)
    complaints = io.StringIO()
    with room.recording() as path, ThreadPoolExecutor(1) as table:
        talking = table.submit(talk_microphone, talk, lambda: AttentiveMicrophone(opened), Loudspeaker, complaints)
        for said, cents in (
            ("gratitude round", BEN),
            ("you made dinner when I came home late", ANA),
            ("please stop", BEN),
        ):
            assert opened.acquire(timeout=120)
            room.play(partner_voice(said, cents))
        talking.result(timeout=120)
    assert complaints.getvalue() == ""
    assert [reply.ritual for reply in conversation.replies][1:3] == ["gratitude", "gratitude"]
    assert conversation.replies[-1].ended
    heard = conversation.turns[1:]
    assert len(heard) == 3
    assert all(turn.words and turn.confidence and turn.channel == "microphone" for turn in heard)
    assert [turn.answering for turn in heard] == [reply.version for reply in conversation.replies[:-1]]
    goodbye = conversation.replies[-1].speech.lower()
    spoken = whisper.hear(room.recorded(path), HEARING_RATE, moment(Awaits.LINE)).text.lower()
    assert goodbye.split()[-1].strip(".") in spoken


def test_a_device_of_another_name_is_refused_with_the_names_there_are(room: VirtualRoom) -> None:
    with pytest.raises(SoundError, match=r"No microphone is called “studio”.*pulse"):
        Microphone("studio")
    with pytest.raises(SoundError, match=r"No loudspeaker is called “studio”.*pulse"):
        Loudspeaker("studio")
