"""Downloaded certificate chains, kept so that one download serves many requests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.verification import Store

from skill.certificate_chain import verified_public_key
from skill.fetch import Fetch
from skill.refusal import Refused

KEPT_FOR = timedelta(hours=24)
"""After that a chain is downloaded again, so that a withdrawn one does not live on. Ours."""

MOST_CHAINS = 8
"""At once; Amazon uses one or two at a time. The oldest goes first. Ours."""


@dataclass(frozen=True, slots=True)
class _Kept:
    pem: bytes
    since: datetime


class CertificateCache:
    """Chains by normalised URL. Safe to use from several threads.

    Only a chain that was verified is kept, and it is verified again each time it is used: one that expires, or that
    a trust store no longer reaches, is refused and dropped at once.
    """

    def __init__(self, *, trusted: Store, clock: Callable[[], datetime], fetch: Fetch) -> None:
        self._trusted = trusted
        self._clock = clock
        self._fetch = fetch
        self._kept: dict[str, _Kept] = {}
        self._lock = Lock()

    def public_key(self, url: str) -> RSAPublicKey:
        """The verified key behind ``url``, which must be normalised. Raises ``Refused``."""
        now = self._clock()
        with self._lock:
            kept = self._kept.get(url)
        if kept is None or not timedelta() <= now - kept.since < KEPT_FOR:
            kept = _Kept(pem=self._fetch(url), since=now)
        try:
            key = verified_public_key(kept.pem, trusted=self._trusted, at=now)
        except Refused:
            with self._lock:
                self._kept.pop(url, None)
            raise
        with self._lock:
            self._kept[url] = kept
            while len(self._kept) > MOST_CHAINS:
                del self._kept[min(self._kept, key=lambda known: self._kept[known].since)]
        return key
