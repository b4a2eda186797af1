"""Whose requests are answered, and only once (cases 94 to 97)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from skill.app import create_app
from tests.skill.pki import NOW, Pki
from tests.skill.signed_requests import (
    CERTIFICATE_URL,
    LAUNCH,
    RITUALS,
    SECRET,
    SKILL_ID,
    Alexa,
    Clock,
    Couple,
    body_of,
    envelope,
    refusal_reasons,
)


def test_95_another_skills_request_is_refused(alexa: Alexa, caplog: pytest.LogCaptureFixture) -> None:
    """Amazon signs for every skill there is: anyone could make one and point it here."""
    for skill_id in (SKILL_ID + "0", SKILL_ID[:-1], SKILL_ID.upper()):
        assert alexa.refuses(body_of(envelope(LAUNCH, skill_id=skill_id)))
    assert refusal_reasons(caplog) == ["skill-id"] * 3
    assert not alexa.refuses(body_of())


def test_95_the_session_cannot_stand_in_for_the_context(alexa: Alexa) -> None:
    """The id that counts is the one that every request has."""
    whole = envelope(LAUNCH)
    whole["context"]["System"]["application"] = {"applicationId": "amzn1.ask.skill.other"}
    assert alexa.refuses(body_of(whole))


@pytest.mark.parametrize("skill_id", ["", " ", "\n"])
def test_96_without_a_skill_id_nothing_starts(pki: Pki, skill_id: str) -> None:
    """An endpoint that answers everyone's skills must not even start."""
    with pytest.raises(ValueError, match="skill id"):
        Alexa(pki, skill_id=skill_id)


@pytest.mark.parametrize("application", [None, {}, {"applicationId": None}, {"applicationId": ""}, "amzn1", [SKILL_ID]])
def test_97_a_request_without_an_application_is_refused(alexa: Alexa, application: object) -> None:
    """Nothing says whom it is for."""
    whole = envelope(LAUNCH)
    whole["context"]["System"]["application"] = application
    assert alexa.refuses(body_of(whole))
    del whole["context"]["System"]["application"]
    assert alexa.refuses(body_of(whole))
    del whole["context"]
    assert alexa.refuses(body_of(whole))


def test_a_request_that_was_seen_is_refused(alexa: Alexa, caplog: pytest.LogCaptureFixture) -> None:
    """Somebody who recorded a request must not be able to say it again."""
    body = body_of()
    assert not alexa.refuses(body)
    assert alexa.refuses(body)
    alexa.clock.forward(timedelta(seconds=150))
    assert alexa.refuses(body)
    alexa.clock.forward(timedelta(seconds=1))
    assert alexa.refuses(body)
    assert refusal_reasons(caplog) == ["replay", "replay", "timestamp"]


def test_a_request_from_a_clock_ahead_is_remembered_as_long_as_it_would_count(alexa: Alexa) -> None:
    """One that is dated 150 seconds ahead counts for 300."""
    body = body_of(envelope(LAUNCH, at=NOW + timedelta(seconds=150)))
    assert not alexa.refuses(body)
    alexa.clock.forward(timedelta(seconds=300))
    assert alexa.refuses(body)


def test_a_refused_request_leaves_its_id_free(alexa: Alexa) -> None:
    """Else a stranger could use up ids by sending them unsigned or for another skill."""
    whole = envelope(LAUNCH)
    assert alexa.refuses(body_of(whole), headers={})
    whole["context"]["System"]["application"]["applicationId"] = "amzn1.ask.skill.other"
    assert alexa.refuses(body_of(whole))
    whole["context"]["System"]["application"]["applicationId"] = SKILL_ID
    assert not alexa.refuses(body_of(whole))


def test_a_skill_event_may_come_again(alexa: Alexa) -> None:
    """Amazon repeats an event until it is acknowledged, with the same id."""
    event = envelope({"type": "AlexaSkillEvent.SkillDisabled"})
    assert [alexa.send(event).status_code for _ in range(3)] == [200, 200, 200]


def test_a_short_secret_is_a_mistake(pki: Pki) -> None:
    """A key that can be guessed makes the hash of an account id no secret."""
    with pytest.raises(ValueError, match="16 bytes"):
        create_app(Couple(), household="h", secret=SECRET[:15], ritual_ids=RITUALS, skill_id=SKILL_ID, clock=Clock())


def test_61_production_does_not_trust_the_tests_root(pki: Pki) -> None:
    """With the roots left to their default, the same well-signed request is refused."""
    alexa = Alexa(pki)
    alexa.app = create_app(
        alexa.couple,
        household="home",
        secret=SECRET,
        ritual_ids=RITUALS,
        skill_id=SKILL_ID,
        clock=alexa.clock,
        fetch=alexa.bucket,
    )
    assert alexa.refuses(body_of())
    assert alexa.bucket.asked == [CERTIFICATE_URL]
