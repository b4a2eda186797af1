"""One conversation, two doors: what is begun on the speaker is finished on the laptop, and the other way round."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

from tests.command_line.commands import common_ground, served

Device = dict[str, Any]


class Speaker:
    """A device that talks to the local endpoint: it keeps the session and answers as it was told to."""

    def __init__(self, url: str, user: str = "amzn1.ask.account.HOME") -> None:
        self._url, self._user, self._attributes = url, user, dict[str, Any]()
        self.response: dict[str, Any] = {}

    def launch(self) -> str:
        """Open the skill; returns what is said."""
        return self._post({"type": "LaunchRequest"})

    def say(self, words: str) -> str:
        """Say something: into the slot that is asked for, else as the built-in or ritual it is."""
        asked = [each for each in self.response.get("directives", []) if each["type"] == "Dialog.ElicitSlot"]
        if asked:
            slots = {"words": {"name": "words", "value": words, "confirmationStatus": "NONE"}}
            intent = {"name": "AnswerIntent", "confirmationStatus": "NONE", "slots": slots}
        else:
            name = {"yes": "AMAZON.YesIntent", "no": "AMAZON.NoIntent", "check in": "CheckinIntent"}[words]
            intent = {"name": name, "confirmationStatus": "NONE"}
        return self._post({"type": "IntentRequest", "dialogState": "STARTED", "intent": intent})

    def _post(self, request: dict[str, Any]) -> str:
        user = {"userId": self._user}
        application = {"applicationId": "amzn1.ask.skill.any"}
        body = {
            "version": "1.0",
            "session": {
                "new": not self.response,
                "sessionId": "amzn1.echo-api.session.1",
                "application": application,
                "user": user,
                "attributes": self._attributes,
            },
            "context": {"System": {"application": application, "user": user, "device": {"deviceId": "d"}}},
            "request": {**request, "requestId": "r", "timestamp": "2026-11-22T19:30:00Z", "locale": "en-US"},
        }
        call = urllib.request.Request(  # noqa: S310 - the address our own process printed
            self._url, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(call, timeout=30) as answer:  # noqa: S310
            said = json.load(answer)
        self.response, self._attributes = said["response"], said.get("sessionAttributes", {})
        speech: str = self.response["outputSpeech"]["ssml"]
        return speech


FIRST_HALF = ["Ana and Ben", "yes", "check in", "yes", "yes", "tired", "keep that"]
SECOND_HALF = ["we're back", "I heard tired", "yes", "busy", "keep that", "we're back", "I heard busy", "yes",
               "a cup of tea", "keep that", "a hug", "keep that", "thank you for today", "thank you too"]  # fmt: skip


def kept(home: Path) -> list[tuple[str, str]]:
    """Who said what, as the journal has it."""
    exported = json.loads(common_ground(home, "journal", "export", "--format", "json").out)
    assert [run["outcome"] for run in exported["runs"]] == ["finished"]
    return [(entry["by"], entry["text"]) for entry in exported["entries"]]


THE_SAME = [("Ana", "tired"), ("Ben", "busy"), ("Ana", "a cup of tea"), ("Ben", "a hug")]


def test_a_check_in_begun_on_the_speaker_is_finished_at_the_keyboard(tmp_path: Path) -> None:
    with served(tmp_path, "--local-test") as url:
        speaker = Speaker(url)
        speaker.launch()
        for words in FIRST_HALF:
            said = speaker.say(words)
        assert "What sits behind that word" in said
        assert speaker.response["shouldEndSession"] is True
    ran = common_ground(tmp_path, "talk", "--keyboard", typed="\n".join(SECOND_HALF))
    assert ran.code == 0
    assert "What sits behind that word" in ran.out
    assert kept(tmp_path) == THE_SAME


def test_a_check_in_begun_at_the_keyboard_is_finished_on_the_speaker(tmp_path: Path) -> None:
    assert common_ground(tmp_path, "talk", "--keyboard", typed="\n".join([*FIRST_HALF, "we're back"])).code == 0
    with served(tmp_path, "--local-test") as url:
        speaker = Speaker(url)
        assert "say back what you heard" in speaker.launch()
        for words in SECOND_HALF[1:]:
            said = speaker.launch() if words == "we're back" else speaker.say(words)
            if "What sits behind" in said:
                assert speaker.response["shouldEndSession"] is True
        assert "That was your check-in" in said
    assert kept(tmp_path) == THE_SAME


def test_another_account_is_politely_refused_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    """The first account that speaks is this home's; a stranger who finds the address learns and leaves nothing."""
    with served(tmp_path, "--local-test") as url:
        Speaker(url).launch()
        stranger = Speaker(url, user="amzn1.ask.account.STRANGER")
        assert "another account" in stranger.launch()
        assert stranger.response["shouldEndSession"] is True
    assert not [path for path in tmp_path.iterdir() if b"STRANGER" in path.read_bytes()]
