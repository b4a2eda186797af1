"""Requests as Alexa sends them, signed for real with a certificate of the tests' own authority, and posted."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256, HashAlgorithm
from cryptography.x509.verification import Store
from flask import Flask
from werkzeug.test import TestResponse

from intents.reply import Awaits, Listening, Reply, Segment
from intents.turn import Turn
from skill.app import create_app
from skill.handlers import Conversation
from skill.refusal import Reason, Refused
from tests.skill.pki import NOW, Pki

SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
USER_ID = "amzn1.ask.account.AAAA"
CERTIFICATE_URL = "https://s3.amazonaws.com/echo.api/echo-api-cert-12.pem"
SECRET = b"a secret of at least 16 bytes"
RITUALS = ("checkin", "gratitude", "repair", "repair_line")

LAUNCH = {"type": "LaunchRequest"}

_numbers = itertools.count(1)


class Clock:
    """A time that stands still until a test moves it."""

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, by: timedelta) -> None:
        self.now += by


class Bucket:
    """Where certificates are downloaded from: bytes by URL, with every download noted."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked: list[str] = []

    def __call__(self, url: str) -> bytes:
        self.asked.append(url)
        if url not in self.files:
            raise Refused(Reason.DOWNLOAD)
        return self.files[url]


class Couple:
    """A conversation that says what the test put into ``reply`` and remembers the turns it was given."""

    def __init__(self, reply: Reply | None = None, error: Exception | None = None) -> None:
        self.reply = reply or Reply(
            segments=(Segment("How was your day?"),),
            listening=Listening.OPEN,
            awaits=Awaits.LINE,
            reprompt="How was it?",
            version=7,
        )
        self.error = error
        self.turns: list[Turn] = []

    def reply_to(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        if self.error is not None:
            raise self.error
        return self.reply

    def phrase(self, key: str, **slots: str) -> str:
        return f"<{key}> & sorry"


def slots(**values: str) -> dict[str, Any]:
    """The ``slots`` object of an intent."""
    return {name: {"name": name, "value": value, "confirmationStatus": "NONE"} for name, value in values.items()}


def intent_request(name: str, **values: str) -> dict[str, Any]:
    """The ``request`` object of an intent, but for id, time and locale."""
    return {
        "type": "IntentRequest",
        "dialogState": "IN_PROGRESS",
        "intent": {"name": name, "confirmationStatus": "NONE", "slots": slots(**values)},
    }


def envelope(
    request: dict[str, Any],
    *,
    at: datetime = NOW,
    user_id: str = USER_ID,
    skill_id: str = SKILL_ID,
    attributes: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """A whole request, much as an Echo Show sends it, with a request id of its own."""
    application, user = {"applicationId": skill_id}, {"userId": user_id}
    whole: dict[str, Any] = {
        "version": "1.0",
        "session": {
            "new": attributes is None,
            "sessionId": "amzn1.echo-api.session.1",
            "application": application,
            "attributes": attributes or {},
            "user": user,
        },
        "context": {
            "Viewports": [{"type": "APL", "id": "main", "shape": "RECTANGLE", "dpi": 160}],
            "System": {
                "application": application,
                "user": user,
                "device": {"deviceId": "amzn1.ask.device.A", "supportedInterfaces": {}},
                "apiEndpoint": "https://api.amazonalexa.com",
                "apiAccessToken": "token",
            },
        },
        "request": {
            "requestId": f"amzn1.echo-api.request.{next(_numbers)}",
            "locale": "en-US",
            "timestamp": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **request,
        },
    }
    if request.get("type", "").startswith("AlexaSkillEvent."):
        del whole["session"]
    return whole


def body_of(whole: Any = None) -> bytes:
    """A whole request as bytes; a launch unless another is given."""
    return json.dumps(envelope(LAUNCH) if whole is None else whole).encode()


def signature(key: RSAPrivateKey, body: bytes, digest: HashAlgorithm | None = None) -> str:
    """RSA PKCS#1 v1.5 over ``body``, in base64."""
    return base64.b64encode(key.sign(body, PKCS1v15(), digest or SHA256())).decode()


class Alexa:
    """The other side of the endpoint: it signs requests and posts them to an app through Flask's test client.

    ``conversation`` answers (a ``Couple`` when None); ``bucket`` holds the certificates, ``clock`` the time.
    """

    def __init__(
        self,
        pki: Pki,
        conversation: Conversation | None = None,
        *,
        skill_id: str = SKILL_ID,
        rituals: Iterable[str] = RITUALS,
        household: str = "home",
    ) -> None:
        self.pki = pki
        self.clock = Clock()
        self.bucket = Bucket({CERTIFICATE_URL: pki.chain})
        self.couple = Couple()
        self.app: Flask = create_app(
            conversation or self.couple,
            household=household,
            secret=SECRET,
            ritual_ids=rituals,
            skill_id=skill_id,
            clock=self.clock,
            trusted=Store([pki.root.certificate]),
            fetch=self.bucket,
        )
        self.attributes: dict[str, Any] | None = None

    def headers(self, body: bytes) -> dict[str, str]:
        """The two headers of a well-signed request."""
        return {"SignatureCertChainUrl": CERTIFICATE_URL, "Signature-256": signature(self.pki.leaf.key, body)}

    def post(self, body: bytes, headers: dict[str, str] | None = None) -> TestResponse:
        """Post raw bytes, well signed unless other headers are given."""
        return self.app.test_client().post(
            "/alexa", data=body, headers=self.headers(body) if headers is None else headers
        )

    def refuses(self, body: bytes, headers: dict[str, str] | None = None) -> bool:
        """True for a 400 without a word, before any handler; False for an answer. Anything else fails the test."""
        before = len(self.couple.turns)
        answer = self.post(body, headers)
        if answer.status_code == 200:
            assert len(self.couple.turns) == before + 1
            return False
        assert (answer.status_code, answer.data, len(self.couple.turns)) == (400, b"", before)
        return True

    def send(self, whole: dict[str, Any]) -> TestResponse:
        """Post a request object, well signed."""
        return self.post(json.dumps(whole, ensure_ascii=False).encode())

    def say(self, request: dict[str, Any], **more: Any) -> dict[str, Any]:
        """Send one request now, inside the session that the responses so far left, and return the response object."""
        answer = self.send(envelope(request, at=self.clock(), attributes=self.attributes, **more))
        assert answer.status_code == 200, answer.status
        body: dict[str, Any] = json.loads(answer.data)
        is_open = body["response"].get("shouldEndSession") is False
        self.attributes = body["sessionAttributes"] if is_open else None
        return body

    def launch(self) -> dict[str, Any]:
        """“Alexa, open …”."""
        return self.say(LAUNCH)

    def intent(self, name: str, **values: str) -> dict[str, Any]:
        """An utterance that Alexa understood."""
        return self.say(intent_request(name, **values))

    def words(self, text: str) -> dict[str, Any]:
        """An utterance captured whole, while a slot is elicited."""
        return self.intent("AnswerIntent", words=text)


def refusal_reasons(log: pytest.LogCaptureFixture) -> list[str]:
    """Why requests were refused, from the log lines."""
    lines = [json.loads(record.message) for record in log.records if record.name == "common_ground.skill"]
    return [line["reason"] for line in lines if line["event"] == "refused"]
