"""How old a request may be (cases 74 to 87)."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Any

import pytest
from cryptography.x509.verification import Store
from werkzeug.datastructures import Headers

from skill.envelope import Envelope
from skill.refusal import Refused
from skill.verification import Verifier
from tests.skill.pki import NOW, Pki, new_key
from tests.skill.signed_requests import (
    CERTIFICATE_URL,
    LAUNCH,
    SKILL_ID,
    Alexa,
    Bucket,
    Clock,
    body_of,
    envelope,
    refusal_reasons,
    signature,
)


@pytest.mark.parametrize(
    ("seconds", "fresh"),
    [
        (0, True),
        (-150, True),
        (150, True),
        (-151, False),
        (151, False),
        (-150.001, False),
        (150.001, False),
        (-86_400, False),
        (86_400, False),
        (-40 * 365 * 86_400, False),
    ],
)
def test_74_77_a_request_counts_for_150_seconds_either_side(alexa: Alexa, seconds: float, fresh: bool) -> None:
    """A recorded request could be played again for ever."""
    at = (NOW + timedelta(seconds=seconds)).isoformat()
    assert alexa.refuses(body_of(envelope({**LAUNCH, "timestamp": at}))) is not fresh


def test_78_a_stale_request_is_refused_as_stale_only_when_it_is_signed(
    alexa: Alexa, caplog: pytest.LogCaptureFixture
) -> None:
    """The reason in the log leads whoever mends a wrong clock."""
    body = body_of(envelope(LAUNCH, at=NOW - timedelta(hours=2)))
    assert alexa.refuses(body)
    assert alexa.refuses(body, {**alexa.headers(body), "Signature-256": signature(new_key(), body)})
    assert refusal_reasons(caplog) == ["timestamp", "signature"]


@pytest.mark.parametrize(
    "timestamp",
    [
        pytest.param(None, id="79 null"),
        pytest.param("", id="80 empty"),
        pytest.param("now", id="80 a word"),
        pytest.param("+1 day", id="80 a distance"),
        pytest.param("2026-03-14", id="80 a date"),
        pytest.param("2026-03-14T19:30:00Z tail", id="80 a tail"),
        pytest.param("2026-03-14T19:30:00Z\n", id="80 a line end"),
        pytest.param("20260314T193000Z", id="80 the basic form"),
        pytest.param("2026-W11-6T19:30:00Z", id="80 a week date"),
        pytest.param("2026-03-14T19:30Z", id="80 no seconds"),
        pytest.param("2026-02-30T19:30:00Z", id="80 no such day"),
        pytest.param("2026-03-14T24:30:00Z", id="80 no such hour"),
        pytest.param("2026-03-14T19:30:00+99:00", id="80 no such offset"),
        pytest.param("\u0662\u0660\u0662\u0666-03-14T19:30:00Z", id="80 other digits"),
        pytest.param(int(NOW.timestamp()), id="81 seconds"),
        pytest.param(int(NOW.timestamp() * 1000), id="81 milliseconds"),
        pytest.param(str(int(NOW.timestamp())), id="81 seconds as text"),
        pytest.param(True, id="81 true"),
        pytest.param(["2026-03-14T19:30:00Z"], id="81 a list"),
        pytest.param("2026-03-14T19:30:00", id="82 no zone"),
    ],
)
def test_79_82_a_time_that_is_none_is_refused(
    alexa: Alexa, timestamp: object, caplog: pytest.LogCaptureFixture
) -> None:
    """A lenient parser would make some moment of it, and the moment could be now."""
    assert alexa.refuses(body_of(envelope({**LAUNCH, "timestamp": timestamp})))
    assert refusal_reasons(caplog) == ["timestamp"]


def test_79_a_request_or_a_timestamp_that_is_missing_is_refused(alexa: Alexa) -> None:
    """What cannot be dated cannot be fresh."""
    whole = envelope(LAUNCH)
    del whole["request"]["timestamp"]
    assert alexa.refuses(body_of(whole))
    del whole["request"]
    assert alexa.refuses(body_of(whole))


@pytest.mark.parametrize(
    "timestamp",
    [
        "2026-03-14T19:30:00Z",
        "2026-03-14T21:30:00+02:00",
        "2026-03-14T19:30:00.123Z",
        "2026-03-14T14:00:00-05:30",
        "2026-03-14T19:29:59.123456789Z",
    ],
)
def test_83_offsets_and_fractions_are_accepted(alexa: Alexa, timestamp: str) -> None:
    """They are the same moment."""
    assert not alexa.refuses(body_of(envelope({**LAUNCH, "timestamp": timestamp})))


@pytest.mark.parametrize(
    ("seconds", "status"), [(0, 200), (-3_600, 200), (-3_601, 400), (150, 200), (151, 400), (3_600, 400)]
)
def test_84_85_a_skill_event_counts_for_an_hour_after_it_happened(alexa: Alexa, seconds: int, status: int) -> None:
    """Amazon sends events again for an hour; refused, an erasure would be lost."""
    event = {"type": "AlexaSkillEvent.SkillDisabled"}
    answer = alexa.send(envelope(event, at=NOW + timedelta(seconds=seconds)))
    assert answer.status_code == status


def test_a_type_that_only_looks_like_an_event_gets_no_hour(alexa: Alexa) -> None:
    """The hour is for events alone."""
    for kind in ("LaunchRequest", "alexaskillevent.SkillDisabled", "AlexaSkillEventX.Y", "X.AlexaSkillEvent.Y"):
        assert alexa.send(envelope({"type": kind}, at=NOW - timedelta(seconds=600))).status_code == 400


def _verifier(pki: Pki, **more: Any) -> Verifier:
    settings: dict[str, Any] = {
        "skill_id": SKILL_ID,
        "clock": Clock(),
        "trusted": Store([pki.root.certificate]),
        "fetch": Bucket({CERTIFICATE_URL: pki.chain}),
    }
    return Verifier(**{**settings, **more})


def _verified(verifier: Verifier, alexa: Alexa, whole: dict[str, Any]) -> Envelope | None:
    body = body_of(whole)
    try:
        return verifier.verify(Headers(alexa.headers(body)), body)
    except Refused:
        return None


@pytest.mark.parametrize(
    ("tolerance", "held", "warned"),
    [(600, 150, True), (151, 150, True), (150, 150, False), (75, 75, False), (0, 0, False)],
)
def test_86_87_a_tolerance_is_taken_as_given_up_to_amazons_own(
    pki: Pki, alexa: Alexa, tolerance: int, held: int, warned: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """A setting must not widen the window in which a recorded request works."""
    verifier = _verifier(pki, tolerance=timedelta(seconds=tolerance))
    assert any(record.levelno == logging.WARNING for record in caplog.records) is warned
    for sign in (1, -1):
        assert _verified(verifier, alexa, envelope(LAUNCH, at=NOW + timedelta(seconds=sign * held)))
        assert not _verified(verifier, alexa, envelope(LAUNCH, at=NOW + timedelta(seconds=sign * (held + 1))))


def test_a_negative_tolerance_is_a_mistake(pki: Pki) -> None:
    """It would refuse every request, and nobody would know why."""
    with pytest.raises(ValueError, match="negative"):
        _verifier(pki, tolerance=timedelta(seconds=-1))
