"""Downloading a certificate chain: one plain GET over https, no redirects, no proxies, little time and little room."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPException, HTTPSConnection
from time import monotonic
from urllib.parse import urlsplit

import certifi

from skill.refusal import Reason, Refused

Fetch = Callable[[str], bytes]
"""From a normalised URL to the bytes behind it. Raises ``Refused``."""

LONGEST_WAIT = 3.0
"""Seconds, for connecting, for each silence, and for the body as a whole. Alexa waits about 8 for its answer."""

LARGEST_CHAIN = 64 * 1024
"""Bytes; Amazon's chains have about 7,000."""


def https_fetch(
    *, context: ssl.SSLContext | None = None, longest_wait: float = LONGEST_WAIT, largest: int = LARGEST_CHAIN
) -> Fetch:
    """A ``Fetch`` that trusts the servers ``context`` trusts; the public roots of ``certifi`` when it is None.

    ``longest_wait`` is in seconds, ``largest`` in bytes. Any status but 200, any redirect included, is refused.
    """
    trust = context or ssl.create_default_context(cafile=certifi.where())

    def fetch(url: str) -> bytes:
        parts = urlsplit(url)
        deadline = monotonic() + longest_wait
        connection = HTTPSConnection(parts.hostname or "", parts.port, timeout=longest_wait, context=trust)
        try:
            with closing(connection):
                connection.request("GET", parts.path, headers={"Accept": "*/*"})
                with connection.getresponse() as response:
                    if response.status != 200:
                        raise Refused(Reason.DOWNLOAD)
                    body = bytearray()
                    # Piece by piece, because a timeout of the socket alone lets a server drip for ever.
                    while piece := response.read1(largest + 1 - len(body)):
                        body += piece
                        if len(body) > largest or monotonic() > deadline:
                            raise Refused(Reason.DOWNLOAD)
                    # Unlike read, read1 takes a connection that breaks off for the end.
                    if response.length:
                        raise Refused(Reason.DOWNLOAD)
                    return bytes(body)
        except (OSError, HTTPException) as error:
            raise Refused(Reason.DOWNLOAD) from error

    return fetch
