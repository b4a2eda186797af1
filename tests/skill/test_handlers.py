"""What each kind of request becomes, and what is sent back, over whole signed requests."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from intents.journal import JournalError
from intents.reply import Awaits, Listening, Reply, Segment
from intents.turn import LAUNCH as LAUNCH_INTENT
from skill.intent_names import BUILT_IN_INTENTS, ritual_intent_name
from tests.skill.pki import NOW, Pki
from tests.skill.signed_requests import (
    LAUNCH,
    SECRET,
    USER_ID,
    Alexa,
    Couple,
    body_of,
    envelope,
    intent_request,
)

NOTHING = {"version": "1.0", "response": {}}


def test_a_launch_becomes_a_launch_turn(alexa: Alexa) -> None:
    """“Alexa, open …” is where a talk begins."""
    alexa.launch()
    (turn,) = alexa.couple.turns
    assert (turn.intent, turn.words, dict(turn.slots)) == (LAUNCH_INTENT, None, {})
    assert (turn.household, turn.channel, turn.at, turn.by) == ("home", "alexa", NOW, None)


@pytest.mark.parametrize(("name", "intent"), BUILT_IN_INTENTS.items())
def test_a_built_in_intent_becomes_the_conversations_own(alexa: Alexa, name: str, intent: str) -> None:
    """“Stop” must stop, whichever way Alexa heard it."""
    alexa.intent(name)
    assert (alexa.couple.turns[0].intent, alexa.couple.turns[0].words) == (intent, None)


@pytest.mark.parametrize(
    ("name", "ritual"),
    [("CheckinIntent", "checkin"), ("GratitudeIntent", "gratitude"), ("RepairLineIntent", "repair_line")],
)
def test_a_rituals_intent_starts_that_ritual(alexa: Alexa, name: str, ritual: str) -> None:
    """“Alexa, ask … for a gratitude round” works without a launch."""
    assert ritual_intent_name(ritual) == name
    alexa.intent(name)
    turn = alexa.couple.turns[0]
    assert (turn.intent, dict(turn.slots), turn.words) == ("start_ritual", {"ritual": ritual}, None)


def test_captured_words_reach_the_conversation_as_words(alexa: Alexa) -> None:
    """“Stop” said while an answer is awaited arrives inside the answer: all words must pass understanding."""
    for text in (
        "stop",
        "I was glad of the tea & the “quiet”",
        "\u0645\u0631\u062d\u0628\u0627 \U0001f600",
        "x" * 5_000,
    ):
        alexa.words(text)
        assert (alexa.couple.turns[-1].words, alexa.couple.turns[-1].intent) == (text, None)


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(intent_request("AMAZON.FallbackIntent"), id="fallback"),
        pytest.param(intent_request("AnswerIntent"), id="an answer without its slot"),
        pytest.param({"type": "IntentRequest", "intent": {"name": "AnswerIntent", "slots": None}}, id="null slots"),
        pytest.param(
            {"type": "IntentRequest", "intent": {"name": "AnswerIntent", "slots": {"words": {"name": "words"}}}},
            id="an empty slot",
        ),
        pytest.param(intent_request("NeverHeardOfIntent", words="something"), id="an unknown intent"),
        pytest.param(intent_request("WalkIntent"), id="a ritual that is not there"),
        pytest.param(intent_request("AMAZON.ScrollDownIntent"), id="an unknown built-in"),
    ],
)
def test_what_alexa_could_not_tell_is_a_voice_without_words(alexa: Alexa, request_: dict[str, Any]) -> None:
    """The conversation asks again; the talk is not lost."""
    alexa.say(request_)
    assert (alexa.couple.turns[0].words, alexa.couple.turns[0].intent) == ("", None)


def test_the_account_is_known_by_a_keyed_hash_alone(alexa: Alexa) -> None:
    """Amazon's id of a household must not lie in the journal."""
    alexa.launch()
    alexa.say(LAUNCH, user_id="amzn1.ask.account.BBBB")
    first, second = (turn.account for turn in alexa.couple.turns)
    assert first == hmac.new(SECRET, USER_ID.encode(), hashlib.sha256).hexdigest()
    assert first != second


def test_a_turn_says_which_question_it_answers(alexa: Alexa) -> None:
    """Another microphone may have moved the couple on: the late answer must not land at another question."""
    alexa.launch()
    assert alexa.attributes == {"version": 7}
    alexa.words("tea")
    assert [turn.answering for turn in alexa.couple.turns] == [None, 7]


def test_a_closed_session_leaves_nothing_behind(alexa: Alexa) -> None:
    """No session, no attributes."""
    alexa.couple.reply = Reply(segments=(Segment("Good night."),), listening=Listening.NONE, ended=True, version=9)
    body = alexa.launch()
    assert body == {
        "version": "1.0",
        "sessionAttributes": {},
        "response": {
            "outputSpeech": {"type": "SSML", "ssml": "<speak>Good night.</speak>"},
            "shouldEndSession": True,
        },
    }


def test_a_question_keeps_the_session_open_and_elicits_the_answer(alexa: Alexa) -> None:
    """The whole response, as Alexa gets it."""
    assert alexa.launch() == {
        "version": "1.0",
        "sessionAttributes": {"version": 7},
        "response": {
            "outputSpeech": {"type": "SSML", "ssml": "<speak>How was your day?</speak>"},
            "reprompt": {"outputSpeech": {"type": "SSML", "ssml": "<speak>How was it?</speak>"}},
            "directives": [
                {
                    "type": "Dialog.ElicitSlot",
                    "updatedIntent": {
                        "name": "AnswerIntent",
                        "confirmationStatus": "NONE",
                        "slots": {"words": {"name": "words", "confirmationStatus": "NONE"}},
                    },
                    "slotToElicit": "words",
                }
            ],
            "shouldEndSession": False,
        },
    }


@pytest.mark.parametrize(
    "request_",
    [
        {"type": "SessionEndedRequest", "reason": "USER_INITIATED"},
        {"type": "SessionEndedRequest", "reason": "EXCEEDED_MAX_REPROMPTS"},
        {"type": "SessionEndedRequest", "reason": "ERROR", "error": {"type": "INVALID_RESPONSE", "message": "<said>"}},
        {"type": "SessionEndedRequest", "reason": "SOMETHING_NEW"},
        {"type": "SessionEndedRequest"},
        {
            "type": "System.ExceptionEncountered",
            "error": {"type": "X", "message": "<said>"},
            "cause": {"requestId": "r"},
        },
        {"type": "AlexaSkillEvent.SkillEnabled", "eventCreationTime": "2026-03-14T19:30:00Z"},
        {"type": "AlexaSkillEvent.SkillDisabled"},
        {"type": "AlexaSkillEvent.SkillPermissionChanged", "body": {"acceptedPermissions": [{"scope": "s"}]}},
        {"type": "AlexaSkillEvent.SomethingNew"},
        {"type": "CanFulfillIntentRequest", "intent": {"name": "CheckinIntent"}},
        {"type": "Connections.Response", "name": "AskFor", "status": {"code": "200"}, "payload": {}},
        {"type": "Alexa.Presentation.APL.UserEvent"},
        {"type": "AudioPlayer.PlaybackStopped"},
        {"type": "Never.HeardOf"},
    ],
    ids=lambda request: f"{request['type']}{request.get('reason', '')}",
)
def test_what_must_not_be_answered_in_speech_gets_the_exact_empty_response(
    alexa: Alexa, request_: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    """An empty body is a fault to Alexa, and speech is refused; either failed certifications."""
    caplog.set_level("INFO")
    answer = alexa.send(envelope(request_))
    assert (answer.status_code, json.loads(answer.data)) == (200, NOTHING)
    assert alexa.couple.turns == []
    assert "said" not in caplog.text


def test_why_a_session_ended_is_noted_in_amazons_fixed_words(alexa: Alexa, caplog: pytest.LogCaptureFixture) -> None:
    """“INVALID_RESPONSE” in the log is how a broken response is found; the message beside it may quote people."""
    caplog.set_level("INFO")
    alexa.send(envelope({"type": "SessionEndedRequest", "reason": "ERROR", "error": {"type": "INVALID_RESPONSE"}}))
    alexa.send(envelope({"type": "SessionEndedRequest", "reason": "I said this"}))
    lines = [json.loads(record.message) for record in caplog.records if "session-ended" in record.message]
    assert [(line["why"], line["error"]) for line in lines] == [("ERROR", "INVALID_RESPONSE"), ("other", "none")]


@pytest.mark.parametrize(
    "change",
    [
        {"request": {"futureProperty": {"a": [1]}, "dialogState": "SOMETHING_NEW"}},
        {"request": {"__class__": 1, "to_dict": 2, "object_type": 3}},
        {"context": {"Viewport": {"shape": "OVAL"}, "Geolocation": {"timestamp": "yesterday"}}},
        {"context": {"Extensions": {"available": {"x": {}}}, "AudioPlayer": {"playerActivity": "NEW"}}},
        {"session": {"isNew": True, "attributes": {"version": 7, "left": "over"}}},
        {"future": 1},
    ],
)
def test_properties_that_nobody_knows_are_no_harm(alexa: Alexa, change: dict[str, Any]) -> None:
    """Amazon adds properties and values at any time; the SDK alone rejects a request with a new shape of screen."""
    whole = envelope(LAUNCH)
    for part, more in change.items():
        whole[part] = {**whole[part], **more} if part in whole else more
    assert alexa.send(whole).status_code == 200
    assert alexa.couple.turns[0].intent == LAUNCH_INTENT


def test_null_attributes_are_none(alexa: Alexa) -> None:
    """Some devices send them so."""
    whole = envelope(LAUNCH)
    whole["session"]["attributes"] = None
    assert not alexa.refuses(body_of(whole))
    assert alexa.couple.turns[0].answering is None


def test_a_journal_that_cannot_be_used_is_an_apology_and_an_end(pki: Pki, caplog: pytest.LogCaptureFixture) -> None:
    """Silence, or Alexa's own error, would leave the couple not knowing whether they were heard."""
    alexa = Alexa(pki, Couple(error=JournalError("The journal at /home/zoe is locked.")))
    body = alexa.words("I was glad of the tea")
    assert body == {
        "version": "1.0",
        "sessionAttributes": {},
        "response": {
            "outputSpeech": {"type": "SSML", "ssml": "<speak>&lt;apology&gt; &amp; sorry</speak>"},
            "shouldEndSession": True,
        },
    }
    assert [json.loads(record.message)["event"] for record in caplog.records] == ["journal-unusable"]
    assert not any(word in caplog.text for word in ("zoe", "tea", USER_ID))


def test_nothing_that_was_said_and_no_id_is_in_the_log(
    alexa: Alexa, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """A log lies around, is sent to others, and outlives a forgotten word."""
    caplog.set_level("DEBUG")
    alexa.couple.reply = Reply(
        segments=(Segment("You said: marmalade."),), listening=Listening.OPEN, awaits=Awaits.KEEP, reprompt="Keep it?"
    )
    alexa.words("marmalade")
    alexa.send(envelope({"type": "SessionEndedRequest", "reason": "marmalade"}))
    alexa.refuses(b'{"marmalade": ')
    alexa.refuses(body_of(envelope(intent_request("AnswerIntent", words="marmalade"))), headers={})
    ours = [record.message for record in caplog.records if record.name.startswith(("common_ground", "skill", "ask"))]
    assert {json.loads(line)["event"] for line in ours} == {"answered", "session-ended", "refused"}
    assert "marmalade" not in caplog.text
    assert "amzn1" not in caplog.text
