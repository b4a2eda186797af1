"""A phrase is written once, in one language file, and is understood at every door."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intents.conversation import Conversation
from intents.language import LANGUAGES, Language, load_language
from intents.turn import Turn
from tests.memory_journal import MemoryJournal
from tests.skill.pki import Pki
from tests.skill.signed_requests import Alexa

PHRASE = "zip it up"


@pytest.fixture
def language(tmp_path: Path) -> Language:
    """American English with one more way to say stop, written into its sentence file."""
    shutil.copytree(LANGUAGES / "en-US", tmp_path / "en-US")
    sentences = tmp_path / "en-US" / "sentences.yaml"
    text = sentences.read_text(encoding="utf-8")
    written = text.replace('          - "stop"\n', f'          - "stop"\n          - "{PHRASE}"\n', 1)
    assert written != text
    sentences.write_text(written, encoding="utf-8")
    return load_language("en-US", languages=tmp_path)


def at_an_open_question(language: Language) -> Conversation:
    """A couple in a gratitude round."""
    conversation = Conversation(MemoryJournal(), language)
    for second, words in enumerate(("Ana and Ben", "yes", "gratitude round")):
        at = datetime(2026, 11, 22, 19, 30, second, tzinfo=UTC)
        conversation.reply_to(Turn(household="home", channel="keyboard", at=at, words=words))
    return conversation


def test_it_is_understood_and_can_be_heard_by_the_recogniser(language: Language) -> None:
    conversation = at_an_open_question(language)
    at = datetime(2026, 11, 22, 19, 31, tzinfo=UTC)
    question = conversation.reply_to(Turn(household="home", channel="keyboard", at=at, words="repeat"))
    assert PHRASE in conversation.sayable(question)
    assert conversation.understood(PHRASE, question)
    assert conversation.reply_to(Turn(household="home", channel="keyboard", at=at, words=PHRASE)).ended


def test_it_is_accepted_by_the_endpoint(language: Language, pki: Pki) -> None:
    conversation = at_an_open_question(language)
    alexa = Alexa(pki, conversation)
    alexa.launch()
    assert alexa.words(PHRASE)["response"]["shouldEndSession"] is True


def test_without_it_the_same_words_are_an_answer() -> None:
    """The control: it is the language file that makes the difference."""
    conversation = at_an_open_question(load_language("en-US"))
    at = datetime(2026, 11, 22, 19, 31, tzinfo=UTC)
    reply = conversation.reply_to(Turn(household="home", channel="keyboard", at=at, words=PHRASE))
    assert PHRASE in reply.speech
    assert not reply.ended
