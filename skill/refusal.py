"""Refused: why a request is not answered. The caller learns nothing but HTTP 400; the reason goes to the log."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """The step that refused. Fixed words, so that a log line can hold them and never what a request said."""

    BODY = "body"
    """Empty, or read by something else before it could be verified."""

    HEADERS = "headers"
    """``SignatureCertChainUrl`` or ``Signature-256`` is missing, empty or not base64."""

    CERTIFICATE_URL = "certificate-url"
    DOWNLOAD = "download"
    CERTIFICATE_CHAIN = "certificate-chain"
    SIGNATURE = "signature"

    SHAPE = "shape"
    """Not a JSON request of the kind that Alexa sends."""

    TIMESTAMP = "timestamp"
    SKILL_ID = "skill-id"
    """Signed by Amazon, but meant for another skill."""

    REPLAY = "replay"
    """A request id that was seen before."""


class Refused(Exception):
    """The request must not be handled. Holds its ``Reason`` and nothing of the request."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
