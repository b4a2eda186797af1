"""What the public endpoint answers to, and what not (cases 1 to 11)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from skill.app import LARGEST_BODY
from tests.skill.pki import Pki
from tests.skill.signed_requests import (
    LAUNCH,
    Alexa,
    Couple,
    body_of,
    envelope,
    refusal_reasons,
)


def test_4_a_signed_request_is_answered(alexa: Alexa) -> None:
    """The control beside every refusal below: without it each of them could pass for another reason."""
    answer = alexa.send(envelope(LAUNCH))
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert json.loads(answer.data)["response"]["outputSpeech"]["ssml"] == "<speak>How was your day?</speak>"


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_1_the_endpoint_takes_post_only(alexa: Alexa, method: str) -> None:
    """Another method must not reach the conversation by a side way."""
    answer = alexa.app.test_client().open("/alexa", method=method, data=body_of(), headers=alexa.headers(body_of()))
    assert (answer.status_code, answer.data, answer.headers["Allow"]) == (405, b"", "POST")
    assert alexa.couple.turns == []


@pytest.mark.parametrize(
    "path", ["/", "/alexa/", "/alexa/token", "/health/", "/static/app.py", "/journal", "/favicon.ico", "//alexa"]
)
def test_the_endpoint_has_no_other_page(alexa: Alexa, path: str) -> None:
    """What is public must be what was meant to be."""
    for method in ("GET", "POST"):
        assert alexa.app.test_client().open(path, method=method).status_code in (404, 308)


def test_the_app_holds_exactly_two_routes(alexa: Alexa) -> None:
    """A page of the journal must never come to stand beside the endpoint."""
    routes = {(rule.rule, *sorted(rule.methods or ())) for rule in alexa.app.url_map.iter_rules()}
    assert routes == {("/alexa", "POST"), ("/health", "GET", "HEAD")}


def test_health_is_answered_without_a_signature(alexa: Alexa) -> None:
    """A container's health check has no key."""
    answer = alexa.app.test_client().get("/health")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert alexa.app.test_client().post("/health").status_code == 405


def test_3_a_fault_after_verification_is_a_500_without_a_word(pki: Pki, caplog: pytest.LogCaptureFixture) -> None:
    """A traceback quotes what was said: in the answer or in the log it would be a leak."""
    couple = Couple(error=RuntimeError("I kissed somebody"))
    answer = Alexa(pki, couple).send(envelope(LAUNCH))
    assert (answer.status_code, answer.data) == (500, b"")
    assert "kissed" not in caplog.text
    line = json.loads(caplog.records[-1].message)
    assert (line["event"], line["error"]) == ("failed", "RuntimeError")


NOT_REQUESTS: dict[str, bytes] = {
    "5 not JSON": b"not json",
    "5 cut off": body_of()[:-1],
    "5 more than one object": body_of() + body_of(),
    "7 empty": b"",
    "9 null": b"null",
    "9 a number": b"42",
    "9 a list": b"[1]",
    "9 a string": b'"launch"',
    "10 invalid UTF-8": body_of().replace(b"en-US", b"en-\xff"),
    "10 UTF-16": body_of().decode().encode("utf-16"),
    "10 half a surrogate pair": body_of().replace(b"en-US", b"\\ud800"),
    "5 nested without end": b"[" * 60_000,
    "5 an object nested without end": b'{"a":' * 20_000,
    "5 an empty object": b"{}",
    "5 another program's JSON": b'{"update_id": 1, "message": {"text": "hello"}}',
    "5 a request that is a list": body_of({**envelope(LAUNCH), "request": []}),
    "5 no request id": body_of(envelope({**LAUNCH, "requestId": None})),
    "5 a type that is a number": body_of({**envelope(LAUNCH), "request": {**envelope(LAUNCH)["request"], "type": 5}}),
    "5 no session": body_of({**envelope(LAUNCH), "session": None}),
    "5 an intent request without an intent": body_of(envelope({"type": "IntentRequest"})),
    "5 slots that are a list": body_of(envelope({"type": "IntentRequest", "intent": {"name": "A", "slots": [1]}})),
}


@pytest.mark.parametrize("body", NOT_REQUESTS.values(), ids=NOT_REQUESTS.keys())
def test_a_body_that_is_no_request_is_refused_though_it_is_signed(alexa: Alexa, body: bytes) -> None:
    """Neither a traceback nor a half-read request may come of it."""
    assert alexa.refuses(body)
    assert alexa.refuses(body, headers={})
    assert not alexa.refuses(body_of())


def test_6_a_body_that_something_read_before_is_refused_as_that(alexa: Alexa, caplog: pytest.LogCaptureFixture) -> None:
    """Else a middleware that reads bodies looks like a forged signature, and somebody looks for days."""

    def reads_first(app: WSGIApplication) -> WSGIApplication:
        def middleware(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            environ["wsgi.input"].read()
            return app(environ, start_response)

        return middleware

    alexa.app.wsgi_app = reads_first(alexa.app.wsgi_app)  # type: ignore[method-assign, assignment]
    assert alexa.refuses(body_of())
    assert refusal_reasons(caplog) == ["body"]


def test_8_a_body_over_the_limit_is_refused_before_any_cryptography(alexa: Alexa) -> None:
    """Anyone on the internet may post; a megabyte of anything must cost nothing."""
    for size in (LARGEST_BODY + 1, 1_000_000):
        answer = alexa.post(b"x" * size)
        assert (answer.status_code, answer.data) == (413, b"")
    assert alexa.bucket.asked == []


def test_a_body_just_below_the_limit_is_read(alexa: Alexa) -> None:
    """The control: the limit is where it says."""
    body = body_of()
    assert not alexa.refuses(body + b" " * (LARGEST_BODY - len(body)))


def test_11_a_fault_inside_the_verifier_refuses(
    alexa: Alexa, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks before a request is verified, it was not verified."""

    def broken(url: str) -> bytes:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(alexa.bucket.__class__, "__call__", lambda self, url: broken(url))
    assert alexa.refuses(body_of())
    assert "secret detail" not in caplog.text
