"""Is this request from Amazon, fresh, and meant for this skill? The order of the steps, and one answer: ``Refused``.

After Amazon, "Host a custom skill as a web service", "Verify that the request was sent by Alexa". Amazon's own Python
package for it cannot be imported with OpenSSL 3.0.10 and later, so the steps are here, on ``cryptography``.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import Store
from werkzeug.datastructures import Headers

from skill.certificate_cache import CertificateCache
from skill.certificate_chain import public_roots
from skill.certificate_url import normalised_certificate_url
from skill.envelope import Envelope, read_envelope
from skill.fetch import Fetch, https_fetch
from skill.refusal import Reason, Refused
from skill.replay import SeenRequests
from skill.timestamp import EVENT_PREFIX, MOST_TOLERANCE, Freshness

__all__ = ["Reason", "Refused", "Verifier"]

CERTIFICATE_URL_HEADER = "SignatureCertChainUrl"
SIGNATURE_HEADER = "Signature-256"
"""The signature with SHA-256. The older ``Signature`` is SHA-1 and never read."""


class Verifier:
    """Verifies requests for one skill. Safe to use from several threads.

    ``skill_id`` is the skill's application id (``amzn1.ask.skill.…``); without one nothing could be told from a
    request for another skill, so an empty one raises ``ValueError``. ``clock`` gives the time with its zone.
    ``trusted`` are the roots (the public ones when None) and ``fetch`` downloads a chain (over https when None).
    """

    def __init__(
        self,
        *,
        skill_id: str,
        clock: Callable[[], datetime],
        trusted: Store | None = None,
        fetch: Fetch | None = None,
        tolerance: timedelta = MOST_TOLERANCE,
    ) -> None:
        if not skill_id.strip():
            raise ValueError(
                "No skill id is set, so no request could be told from another skill's: set it, then start again."
            )
        self._skill_id = skill_id.strip()
        self._clock = clock
        self._freshness = Freshness(tolerance)
        self._seen = SeenRequests()
        self._certificates = CertificateCache(
            trusted=trusted or public_roots(), clock=clock, fetch=fetch or https_fetch()
        )

    def verify(self, headers: Headers, body: bytes) -> Envelope:
        """The request in ``body`` (its raw bytes), once every step has passed. Raises ``Refused``."""
        if not body:
            raise Refused(Reason.BODY)
        url = headers.get(CERTIFICATE_URL_HEADER, "")
        if not url:
            raise Refused(Reason.HEADERS)
        signature = _decoded(headers.get(SIGNATURE_HEADER, ""))
        key = self._certificates.public_key(normalised_certificate_url(url))
        try:
            key.verify(signature, body, PKCS1v15(), SHA256())
        except InvalidSignature as error:
            raise Refused(Reason.SIGNATURE) from error
        envelope = read_envelope(body)
        self._check_time_and_place(envelope)
        return envelope

    def _check_time_and_place(self, envelope: Envelope) -> None:
        request, now = envelope.request, self._clock()
        self._freshness.check(request.timestamp, now=now, request_type=request.type)
        if envelope.context.system.application.application_id != self._skill_id:
            raise Refused(Reason.SKILL_ID)
        # A skill event is sent again until it is acknowledged; its handling is idempotent instead.
        if not request.type.startswith(EVENT_PREFIX):
            self._seen.check(request.request_id, until=request.timestamp + self._freshness.tolerance, now=now)


def _decoded(signature: str) -> bytes:
    try:
        decoded = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Reason.HEADERS) from error
    if not decoded:
        raise Refused(Reason.HEADERS)
    return decoded
