"""The two headers that carry a signature, and what they make us download (cases 13 to 20, 25, 49 and 50)."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1

from tests.skill.signed_requests import (
    CERTIFICATE_URL,
    Alexa,
    body_of,
    signature,
)


def test_13_17_a_missing_or_empty_header_is_refused_without_a_download(alexa: Alexa) -> None:
    """An unsigned request is the first thing anyone tries."""
    body = body_of()
    good = alexa.headers(body)
    for name in good:
        assert alexa.refuses(body, {key: value for key, value in good.items() if key != name})
        assert alexa.refuses(body, {**good, name: ""})
    old = signature(alexa.pki.leaf.key, body, SHA1())  # noqa: S303
    assert alexa.refuses(body, {"SignatureCertChainUrl": CERTIFICATE_URL, "Signature": old})
    assert alexa.bucket.asked == []
    assert not alexa.refuses(body, good)


@pytest.mark.parametrize("change", [str.lower, str.upper, str.swapcase])
def test_16_header_names_are_taken_in_any_letter_case(alexa: Alexa, change: Any) -> None:
    """HTTP says so, and proxies change them."""
    body = body_of()
    assert not alexa.refuses(body, {change(name): value for name, value in alexa.headers(body).items()})


def test_18_a_right_old_signature_does_not_mend_a_wrong_new_one(alexa: Alexa) -> None:
    """A downgrade to SHA-1 is a way round the signature."""
    body = body_of()
    wrong = signature(alexa.pki.leaf.key, body + b" ")
    for old in (signature(alexa.pki.leaf.key, body, SHA1()), signature(alexa.pki.leaf.key, body)):  # noqa: S303
        assert alexa.refuses(body, {**alexa.headers(body), "Signature-256": wrong, "Signature": old})


@pytest.mark.parametrize("text", ["not base64!", "====", "Zm9v\u00e4", "Zm9v Zm9v", "Zg"])
def test_19_a_signature_that_is_not_base64_is_refused_without_a_download(alexa: Alexa, text: str) -> None:
    """It cannot be right, so nothing is fetched for it."""
    assert alexa.refuses(body_of(), {**alexa.headers(body_of()), "Signature-256": text})
    assert alexa.bucket.asked == []


def test_20_a_signature_of_the_wrong_length_is_refused(alexa: Alexa) -> None:
    """Garbage must not break the check."""
    body = body_of()
    good = alexa.headers(body)["Signature-256"]
    for text in ("Zm9v", "AAAA" * 85 + "AA==", good[:-4] + "AAAA", "A" * 4000):
        assert alexa.refuses(body, {**alexa.headers(body), "Signature-256": text})
    assert not alexa.refuses(body)


def test_25_the_url_that_is_fetched_is_the_normalised_one(alexa: Alexa) -> None:
    """What was checked and what is fetched must be one and the same."""
    body = body_of()
    odd = "HTTPS://S3.amazonaws.com:443/echo.api/../echo.api/echo-api-cert-12.pem"
    assert not alexa.refuses(body, {**alexa.headers(body), "SignatureCertChainUrl": odd})
    assert alexa.bucket.asked == [CERTIFICATE_URL]


def test_50_a_forbidden_url_is_never_fetched(alexa: Alexa) -> None:
    """Else the endpoint fetches for strangers whatever they name."""
    body = body_of()
    for url in ("http://169.254.169.254/echo.api/c.pem", "file:///etc/passwd", "https://evil.test/echo.api/c.pem"):
        assert alexa.refuses(body, {**alexa.headers(body), "SignatureCertChainUrl": url})
    assert alexa.bucket.asked == []


def test_49_a_web_page_instead_of_a_chain_is_refused_and_not_kept(alexa: Alexa) -> None:
    """One bad download must not close the endpoint until the cache forgets it."""
    alexa.bucket.files[CERTIFICATE_URL] = b"<html>Service unavailable</html>"
    assert alexa.refuses(body_of())
    alexa.bucket.files[CERTIFICATE_URL] = alexa.pki.chain
    assert not alexa.refuses(body_of())
    assert len(alexa.bucket.asked) == 2
