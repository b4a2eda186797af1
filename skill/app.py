"""The HTTP surface of the speaker's door: two Flask apps, one for the internet and one for trying it out at home."""

from __future__ import annotations

import hmac
import json
import logging
import traceback
from collections.abc import Callable, Iterable
from datetime import datetime
from time import perf_counter
from typing import Any

from cryptography.x509.verification import Store
from flask import Flask, Response, g, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, InternalServerError, MethodNotAllowed, NotFound

from skill.envelope import TURN_TYPES, Envelope, read_envelope
from skill.fetch import Fetch
from skill.handlers import Conversation, Skill
from skill.refusal import Reason, Refused
from skill.structured_log import Event, record
from skill.verification import Verifier

LARGEST_BODY = 128 * 1024
"""Bytes of a request. Amazon's have a few thousand. Ours."""


def create_app(
    conversation: Conversation,
    *,
    household: str,
    secret: bytes,
    ritual_ids: Iterable[str],
    skill_id: str,
    clock: Callable[[], datetime],
    trusted: Store | None = None,
    fetch: Fetch | None = None,
) -> Flask:
    """The public endpoint: ``POST /alexa`` and ``GET /health``, nothing else.

    Every request to ``/alexa`` is verified before it is parsed; nothing turns that off. ``household`` is whose journal
    it is, ``secret`` (at least 16 bytes) keys the hash of account ids, ``skill_id`` is the only skill that is answered,
    ``clock`` gives the time with its zone. ``trusted`` and ``fetch`` are for other roots and another way to download
    the signing certificates than the public ones. Raises ``ValueError`` when there is no skill id or the secret is
    too short.
    """
    skill = Skill(conversation, household=household, secret=secret, ritual_ids=ritual_ids, clock=clock)
    verifier = Verifier(skill_id=skill_id, clock=clock, trusted=trusted, fetch=fetch)
    app = _Endpoint()

    @app.post("/alexa", provide_automatic_options=False)
    def alexa() -> Response:
        envelope = verifier.verify(request.headers, _raw_body())
        g.verified = True
        return _answered(skill, envelope)

    return app


def create_local_test_app(
    conversation: Conversation,
    *,
    household: str,
    secret: bytes,
    ritual_ids: Iterable[str],
    token: str,
    clock: Callable[[], datetime],
) -> Flask:
    """The endpoint for ``serve --local-test``: ``POST /alexa/<token>`` and ``GET /health``, nothing else.

    Signatures, times and skill ids are not checked, so it answers only who knows ``token`` (from ``secrets``, at least
    16 characters), on this machine: foreign Host headers and whatever a proxy passed on get HTTP 403. That a request
    comes from 127.0.0.1 proves nothing: a tunnel and a web page in the browser come from there too. Raises
    ``ValueError`` when the token or the secret is too short.
    """
    if len(token) < 16:
        raise ValueError("The token of a local test needs at least 16 characters.")
    skill = Skill(conversation, household=household, secret=secret, ritual_ids=ritual_ids, clock=clock)
    app = _Endpoint()

    @app.before_request
    def only_from_here() -> Response | None:
        return None if _is_from_here() else Response(status=403)

    @app.post("/alexa/<given>", provide_automatic_options=False)
    def alexa(given: str) -> Response:
        if not hmac.compare_digest(given.encode(), token.encode()):
            raise NotFound
        envelope = read_envelope(_raw_body())
        g.verified = True
        return _answered(skill, envelope)

    return app


class _Endpoint(Flask):
    """Both endpoints: ``GET /health``, no static files, empty error bodies, and a log without a word of a request."""

    def __init__(self) -> None:
        super().__init__(__name__, static_folder=None)
        self.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
        # Even under test: what fails must be answered, never re-raised past the handlers below.
        self.config["PROPAGATE_EXCEPTIONS"] = False
        self.add_url_rule("/health", view_func=_health, methods=["GET"], provide_automatic_options=False)
        self.register_error_handler(Refused, _refused)
        self.register_error_handler(HTTPException, _without_detail)
        self.register_error_handler(InternalServerError, _failed)

    def log_exception(self, exc_info: Any) -> None:
        """One line with where it happened. Flask's own has the message and the traceback: they may quote a request."""
        _, error, trace = exc_info
        place = traceback.extract_tb(trace)[-1]
        record(Event.FAILED, logging.ERROR, error=type(error).__name__, where=f"{place.name}:{place.lineno}")


def _health() -> Response:
    return Response('{"status": "ok"}', mimetype="application/json")


def _raw_body() -> bytes:
    """The body as it came. Raises ``Refused`` when something read it first: then nothing could be verified."""
    try:
        return request.get_data()
    except ClientDisconnected as error:
        raise Refused(Reason.BODY) from error


def _answered(skill: Skill, envelope: Envelope) -> Response:
    started = perf_counter()
    answer = json.dumps(skill.answer(envelope), ensure_ascii=False).encode()
    kind = envelope.request.type if envelope.request.type in TURN_TYPES else "other"
    record(Event.ANSWERED, request=kind, seconds=round(perf_counter() - started, 4), bytes=len(answer))
    return Response(answer, mimetype="application/json")


def _refused(refused: Refused) -> Response:
    record(Event.REFUSED, logging.WARNING, reason=refused.reason.value)
    return Response(status=400)


def _failed(error: InternalServerError) -> Response:
    """Fail closed: what breaks before a request is verified is a request that was not verified."""
    return Response(status=500 if g.get("verified", False) else 400)


def _without_detail(error: HTTPException) -> Response:
    methods = error.valid_methods if isinstance(error, MethodNotAllowed) else None
    headers = {"Allow": ", ".join(methods)} if methods else {}
    return Response(status=error.code, headers=headers)


def _is_from_here() -> bool:
    port = request.environ["SERVER_PORT"]
    names = ("127.0.0.1", "localhost", "[::1]")
    hosts = {f"{name}:{port}" for name in names} | ({*names} if port == "80" else set())
    forwarded = any(
        name.lower().startswith("x-forwarded-") or name.lower() in {"forwarded", "via", "x-real-ip"}
        for name in request.headers.keys()  # noqa: SIM118 (a Headers iterates over pairs)
    )
    return request.environ.get("HTTP_HOST", "").lower() in hosts and not forwarded
