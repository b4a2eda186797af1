"""The endpoint for trying things out at home: unsigned, so only for who knows the token, on this machine."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from skill.app import create_local_test_app
from tests.skill.signed_requests import LAUNCH, RITUALS, SECRET, Clock, Couple, body_of, envelope

TOKEN = "tq3Zr0tq3Zr0tq3Zr0tq3Zr0"
HERE = {"Host": "127.0.0.1"}


@pytest.fixture
def couple() -> Couple:
    """Who answers."""
    return Couple()


@pytest.fixture
def app(couple: Couple) -> Flask:
    """The endpoint, on port 80 as far as Flask's test client goes."""
    return create_local_test_app(
        couple, household="home", secret=SECRET, ritual_ids=RITUALS, token=TOKEN, clock=Clock()
    )


def _post(app: Flask, path: str = f"/alexa/{TOKEN}", body: bytes | None = None, host: str = "127.0.0.1") -> int:
    """The status of one post."""
    data = body_of() if body is None else body
    return app.test_client().post(path, data=data, headers={"Host": host}).status_code


def test_who_knows_the_token_is_answered_without_a_signature(app: Flask, couple: Couple) -> None:
    """It is there to try a ritual without an Amazon account."""
    body = body_of(envelope(LAUNCH, skill_id="any.skill.at.all"))
    answer = app.test_client().post(f"/alexa/{TOKEN}", data=body, headers=HERE)
    assert answer.status_code == 200
    assert json.loads(answer.data)["response"]["shouldEndSession"] is False
    assert len(couple.turns) == 1
    assert app.test_client().get("/health", headers=HERE).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/alexa",
        "/alexa/",
        f"/alexa/{TOKEN}/",
        f"/alexa/{TOKEN[:-1]}",
        f"/alexa/{TOKEN}x",
        f"/alexa/{TOKEN.lower()}",
        "/alexa/ä",
        f"/alexa/x/{TOKEN}",
        "/",
        "/journal",
    ],
)
def test_any_other_path_is_not_there(app: Flask, couple: Couple, path: str) -> None:
    """Another program on this machine, or a web page, must not find the way in."""
    assert _post(app, path) in (404, 405)
    assert couple.turns == []


def test_only_post_reaches_the_conversation(app: Flask, couple: Couple) -> None:
    """An image tag in a web page can get, but not post."""
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        assert app.test_client().open(f"/alexa/{TOKEN}", method=method, headers=HERE).status_code == 405
    assert couple.turns == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]", "127.0.0.1:80", "localhost:80"])
def test_the_names_of_this_machine_are_accepted(app: Flask, host: str) -> None:
    """The control beside the refusals below."""
    assert _post(app, host=host) == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.test",
        "127.0.0.1.evil.test",
        "localhost.evil.test",
        "localhost:8080",
        "127.0.0.1:81",
        "0.0.0.0",  # noqa: S104 (a header, no binding)
        "127.0.0.2",
        "",
        "::1",
        "localhost, evil.test",
        "user@localhost",
        "192.168.1.7",
        "localhost.",
        "2130706433",
    ],
)
def test_another_host_name_is_refused(app: Flask, couple: Couple, host: str) -> None:
    """A web page whose name resolves to 127.0.0.1 (DNS rebinding) gets here with its own name."""
    assert _post(app, host=host) == 403
    assert app.test_client().get("/health", headers={"Host": host}).status_code == 403
    assert couple.turns == []


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For",
        "x-forwarded-host",
        "X-Forwarded-Proto",
        "X-FORWARDED-ANYTHING",
        "X-Real-IP",
        "Forwarded",
        "Via",
    ],
)
def test_what_a_proxy_passed_on_is_refused(app: Flask, couple: Couple, header: str) -> None:
    """A tunnel to the internet connects from the loopback too."""
    for value in ("203.0.113.9", ""):
        answer = app.test_client().post(f"/alexa/{TOKEN}", data=body_of(), headers={**HERE, header: value})
        assert answer.status_code == 403
    assert couple.turns == []


NOT_REQUESTS: dict[str, bytes] = {
    "empty": b"",
    "not JSON": b"hello",
    "not an object": b"[1]",
    "invalid UTF-8": b'{"version": "\xff"}',
    "no time": body_of(envelope({**LAUNCH, "timestamp": None})),
    "a time in words": body_of(envelope({**LAUNCH, "timestamp": "yesterday"})),
    "no application": body_of({**envelope(LAUNCH), "context": {"System": {"user": {"userId": "u"}}}}),
    "no user": body_of({**envelope(LAUNCH), "context": {"System": {"application": {"applicationId": "a"}}}}),
}


@pytest.mark.parametrize("body", NOT_REQUESTS.values(), ids=NOT_REQUESTS.keys())
def test_what_is_no_request_is_refused_here_too(app: Flask, couple: Couple, body: bytes) -> None:
    """Unsigned is not unchecked: what works here should work on the speaker."""
    assert _post(app, body=body) == 400
    assert couple.turns == []


def test_a_body_over_the_limit_is_refused_here_too(app: Flask) -> None:
    """The same limit as in public."""
    assert _post(app, body=b"x" * 1_000_000) == 413


def test_a_token_that_can_be_guessed_is_a_mistake(couple: Couple) -> None:
    """It is all that keeps others out."""
    settings: dict[str, Any] = {"household": "home", "secret": SECRET, "ritual_ids": RITUALS, "clock": Clock()}
    for token in ("", TOKEN[:15]):
        with pytest.raises(ValueError, match="16 characters"):
            create_local_test_app(couple, token=token, **settings)
