"""The signature over the raw bytes (cases 68 to 73)."""

from __future__ import annotations

import json

from cryptography.hazmat.primitives.hashes import SHA1

from tests.skill.pki import new_key
from tests.skill.signed_requests import (
    Alexa,
    body_of,
    envelope,
    intent_request,
    signature,
)


def test_69_a_changed_byte_is_refused(alexa: Alexa) -> None:
    """Else words could be put into somebody's mouth."""
    body = body_of()
    headers = alexa.headers(body)
    for place in (0, len(body) // 2, len(body) - 1):
        changed = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        assert alexa.refuses(changed, headers)
    assert alexa.refuses(body + b"\n", headers)
    assert not alexa.refuses(body, headers)


def test_70_another_keys_signature_is_refused(alexa: Alexa) -> None:
    """A right certificate beside a signature by someone else proves nothing."""
    body = body_of()
    assert alexa.refuses(body, {**alexa.headers(body), "Signature-256": signature(new_key(), body)})


def test_71_the_same_json_in_other_bytes_is_refused(alexa: Alexa) -> None:
    """What was signed are bytes; whoever re-serialises first can be made to read something else."""
    body = body_of()
    again = json.dumps(json.loads(body), indent=1).encode()
    assert alexa.refuses(again, alexa.headers(body))
    assert not alexa.refuses(again)


def test_72_words_beyond_ascii_are_accepted(alexa: Alexa) -> None:
    """Names are spelt Zoë and 지우, and emoji come in text."""
    said = "Pok\u00e9mon, \uc9c0\uc6b0 \U0001f600 \u0645\u0631\u062d\u0628\u0627"
    for ascii_only in (True, False):
        whole = envelope(intent_request("AnswerIntent", words=said))
        assert not alexa.refuses(json.dumps(whole, ensure_ascii=ascii_only).encode())
        assert alexa.couple.turns[-1].words == said


def test_73_a_sha_1_signature_in_the_new_header_is_refused(alexa: Alexa) -> None:
    """A downgrade by another door."""
    body = body_of()
    old = signature(alexa.pki.leaf.key, body, SHA1())  # noqa: S303
    assert alexa.refuses(body, {**alexa.headers(body), "Signature-256": old})
